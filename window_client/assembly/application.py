"""The Qt application: platform, fonts and input method, chosen before the first widget exists."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from window_client.look import start
from window_client.look.fonts import families

log = logging.getLogger(__name__)
_LOUD = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
CLERK = {"name": "CLERK", "x": 0, "y": 0, "width": 1920, "height": 1080}
RESIDENT = {"name": "RESIDENT", "x": 1920, "y": 0, "width": 1280, "height": 800}


def has_display() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def application(name: str, *, offscreen: bool = False) -> Iterator[QApplication]:
    """One application for this process. ``offscreen``: the same windows on two screens that only exist in memory."""
    with tempfile.TemporaryDirectory(prefix="onewindow-screens-") as folder:
        if offscreen:
            os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_two_screens(Path(folder))}"
        start.prepare()
        qInstallMessageHandler(_qt_said)
        running = QApplication.instance()
        app = running if isinstance(running, QApplication) else QApplication([name])
        app.setApplicationName("onewindow")
        app.setApplicationDisplayName(name)
        families()
        with _leaving_when_told(app):
            yield app


@contextmanager
def _leaving_when_told(app: QApplication) -> Iterator[None]:
    """SIGTERM and Ctrl-C end the program the orderly way: lanes come home, browsers are closed, nothing is lost."""
    beat = QTimer()  # gives Python a moment to run its signal handlers; Qt's loop alone never does
    beat.timeout.connect(lambda: None)
    beat.start(400)
    before = {number: signal.signal(number, lambda *_: app.quit()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        beat.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def _qt_said(kind: QtMsgType, where: QMessageLogContext, words: str) -> None:
    """Qt's own words go into the log like everybody's; what the offscreen platform cannot do is no news."""
    if "offscreen" in os.environ.get("QT_QPA_PLATFORM", "") and where.category == "qt.qpa.offscreen":
        return
    level = logging.WARNING if kind in _LOUD else logging.DEBUG
    log.log(level, "qt: %s", words)


def _two_screens(folder: Path) -> Path:
    common = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    path = folder / "screens.json"
    path.write_text(json.dumps({"screens": [CLERK | common, RESIDENT | common]}), encoding="utf-8")
    return path
