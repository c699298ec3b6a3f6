"""What must be right before the application object exists: the Qt build, Chinese input, crisp scaling.

* PySide6 6.12 on Python older than 3.12 loses a reference on every call that returns None or a bool and aborts the
  process after some hundred calls (measured; `tests/window_client/test_qt_keeps_its_references.py`).
* The pip wheel has no fcitx input plugin. With QT_IM_MODULE=fcitx Chinese cannot be typed at all, while the ibus
  plugin, which the wheel has, reaches a running fcitx5 as well (measured with fcitx5 5.0.21).
"""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

from window_client.casework.errors import WindowError

_FCITX = ("fcitx", "fcitx5")


def refuse_lossy_qt(python: tuple[int, int], qt: tuple[int, int]) -> None:
    """Raises `client.qt_loses_references` for the combination that aborts."""
    if python < (3, 12) and qt >= (6, 12):
        raise WindowError("client.qt_loses_references", python=".".join(map(str, python)), qt=".".join(map(str, qt)))


def choose_input_method(environ: MutableMapping[str, str], plugins: Path) -> None:
    if environ.get("QT_IM_MODULE", "").lower() not in _FCITX:
        return
    has_fcitx = any((plugins / "platforminputcontexts").glob("*fcitx*"))
    if not has_fcitx:
        environ["QT_IM_MODULE"] = "ibus"


def prepare() -> None:
    """Call once, before QApplication."""
    import PySide6
    from PySide6.QtCore import QLibraryInfo

    refuse_lossy_qt(sys.version_info[:2], (PySide6.__version_info__[0], PySide6.__version_info__[1]))
    choose_input_method(os.environ, Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)))
