"""PySide6 6.12 loses a reference on every void call under Python older than 3.12; we refuse it, and ours keeps them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from window_client.casework.errors import WindowError
from window_client.look.start import choose_input_method, refuse_lossy_qt


def test_the_lossy_pair_is_refused_and_others_are_not() -> None:
    with pytest.raises(WindowError) as refused:
        refuse_lossy_qt((3, 11), (6, 12))
    assert refused.value.code == "client.qt_loses_references"
    refuse_lossy_qt((3, 11), (6, 11))
    refuse_lossy_qt((3, 12), (6, 12))


def test_this_qt_keeps_its_references(qapp: object) -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for n in range(2000):
        thing.setObjectName(f"n{n % 3}")
    assert abs(sys.getrefcount(None) - before) < 200


@pytest.mark.parametrize(("wanted", "chosen"), [("fcitx", "ibus"), ("fcitx5", "ibus"), ("ibus", "ibus"), ("", "")])
def test_chinese_can_be_typed_where_only_ibus_is_shipped(tmp_path: Path, wanted: str, chosen: str) -> None:
    (tmp_path / "platforminputcontexts").mkdir()
    environ = {"QT_IM_MODULE": wanted}
    choose_input_method(environ, tmp_path)
    assert environ["QT_IM_MODULE"] == chosen


def test_a_fcitx_plugin_that_is_there_is_used(tmp_path: Path) -> None:
    (tmp_path / "platforminputcontexts").mkdir()
    (tmp_path / "platforminputcontexts" / "libfcitx5platforminputcontextplugin.so").touch()
    environ = {"QT_IM_MODULE": "fcitx5"}
    choose_input_method(environ, tmp_path)
    assert environ["QT_IM_MODULE"] == "fcitx5"
