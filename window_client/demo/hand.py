"""The resident's hand in the demo: real mouse events on the real signature pad, so that pictures show a signature."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from window_client.counter.scenes import Signs
from window_client.look.signature import SignaturePad


def _curves(width: float, height: float) -> Iterator[list[QPointF]]:
    """Three strokes of an invented, illegible signature, inside a pad of this size."""
    middle, reach = height / 2, min(height * 0.3, 90.0)
    for begin, span, waves, lean in ((0.24, 0.16, 1.5, 0.9), (0.37, 0.22, 2.5, 0.7), (0.55, 0.2, 1.0, -0.5)):
        yield [
            QPointF(
                width * (begin + span * step / 40),
                middle + reach * lean * math.sin(2 * math.pi * waves * step / 40 + begin * 9),
            )
            for step in range(41)
        ]


def sign(stage: QWidget) -> None:
    """Draw on the pad that the resident's window shows now. RuntimeError when there is none."""
    pad = stage.findChild(SignaturePad)
    if pad is None:
        raise RuntimeError("the resident's window shows no signature pad")
    for curve in _curves(pad.width(), pad.height()):
        _send(pad, QEvent.Type.MouseButtonPress, curve[0], Qt.MouseButton.LeftButton)
        for point in curve[1:]:
            _send(pad, QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton)
        _send(pad, QEvent.Type.MouseButtonRelease, curve[-1], Qt.MouseButton.LeftButton)


def signed(stage: QWidget) -> Signs:
    """What the pad holds, as the page's own button would hand it over."""
    pad = stage.findChild(SignaturePad)
    if pad is None:
        raise RuntimeError("the resident's window shows no signature pad")
    return Signs(pad.strokes.as_svg(), pad.strokes.as_json())


def _send(pad: QWidget, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton) -> None:
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    there = QPointF(pad.mapToGlobal(at))
    QApplication.sendEvent(pad, QMouseEvent(kind, at, there, button, held, Qt.KeyboardModifier.NoModifier))
