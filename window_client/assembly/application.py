"""The Qt application: platform, fonts and input method, chosen before the first widget exists."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from window_client.look import start
from window_client.look.fonts import families

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
        running = QApplication.instance()
        app = running if isinstance(running, QApplication) else QApplication([name])
        app.setApplicationName("onewindow")
        app.setApplicationDisplayName(name)
        families()
        yield app


def _two_screens(folder: Path) -> Path:
    common = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    path = folder / "screens.json"
    path.write_text(json.dumps({"screens": [CLERK | common, RESIDENT | common]}), encoding="utf-8")
    return path
