"""Looking at widgets the way a strict person would: what is cut off, what has no name, what cannot be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QTableView,
    QWidget,
)

INTERACTIVE = (QAbstractButton, QLineEdit, QComboBox, QProgressBar, QTableView)


def seen(root: QWidget) -> Iterator[QWidget]:
    """Every widget that is shown, the inner parts of Qt's own composite widgets left aside."""
    for widget in root.findChildren(QWidget):
        parent = widget.parent()
        if widget.isVisible() and not isinstance(parent, QComboBox | QAbstractItemView | QLineEdit):
            yield widget


def cut_off(root: QWidget) -> list[str]:
    """Labels and buttons that have less room than their text needs (two pixels of rounding allowed)."""
    found = []
    for widget in seen(root):
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                short = widget.height() + 2 < widget.heightForWidth(widget.width())
                short |= _longest_word(widget) > widget.width() + 2
            else:
                short = (
                    widget.width() + 2 < widget.sizeHint().width() or widget.height() + 2 < widget.sizeHint().height()
                )
            if short:
                found.append(f"label {widget.text()!r}: {widget.size().toTuple()}")
        elif isinstance(widget, QAbstractButton):
            need = widget.minimumSizeHint()
            if widget.width() + 2 < need.width() or widget.height() + 2 < need.height():
                found.append(f"button {widget.accessibleName()!r}: {widget.size().toTuple()} < {need.toTuple()}")
    return found


def outside(root: QWidget) -> list[str]:
    """Widgets that stick out of their parent sideways: what is there cannot be seen, and nothing scrolls sideways."""
    found = []
    for widget in seen(root):
        parent = widget.parentWidget()
        if parent is not None and isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
            right = widget.mapTo(root, widget.rect().topRight()).x()
            if right > root.width() + 1:
                found.append(f"{type(widget).__name__} {widget.accessibleName()!r} ends at {right} of {root.width()}")
    return found


def _longest_word(label: QLabel) -> int:
    words = re.split(r"[\s\u3000-\u9fff\uff00-\uffef/·-]+", label.text())
    return max((label.fontMetrics().horizontalAdvance(word) for word in words), default=0)


def nameless(root: QWidget) -> list[str]:
    found = []
    for widget in seen(root):
        if isinstance(widget, INTERACTIVE):
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not (widget.accessibleName() or text).strip():
                found.append(f"{type(widget).__name__} {widget.objectName()!r}")
    return found


def unreachable(root: QWidget) -> list[str]:
    """Interactive widgets of the clerk that Tab does not come to."""
    found = []
    for widget in seen(root):
        is_interactive = isinstance(widget, QAbstractButton | QLineEdit | QComboBox) and widget.isEnabled()
        if is_interactive and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(f"{type(widget).__name__} {widget.accessibleName()!r}")
    return found


def words_on(root: QWidget) -> set[str]:
    """Every text that is shown, in labels, buttons, fields, chips and tooltips."""
    told: set[str] = set()
    for widget in seen(root):
        for attribute in ("text", "placeholderText", "currentText"):
            value = getattr(widget, attribute, None)
            said = value() if callable(value) else value
            if isinstance(said, str):
                told.add(said)
        told.add(widget.toolTip())
    return {text for text in told if text}
