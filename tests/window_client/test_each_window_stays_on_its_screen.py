"""Screens are found by name; a screen that goes takes its window's content with it; neither window covers the other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from window_client.screens import Screens


class Plugs:
    """The screens of the machine, with a hand that pulls plugs."""

    def __init__(self) -> None:
        self.all = {screen.name(): screen for screen in QGuiApplication.screens()}
        self.pulled: set[str] = set()

    def __call__(self) -> list[QScreen]:
        # Reversed on purpose: on real machines the order is whatever the last plug made it.
        return [screen for name, screen in reversed(self.all.items()) if name not in self.pulled]


@pytest.fixture
def plugs(qapp: object) -> Plugs:
    return Plugs()


@pytest.fixture
def windows(qtbot: QtBot) -> tuple[QWidget, QWidget]:
    staff, stage = QWidget(), QWidget()
    qtbot.addWidget(staff)
    qtbot.addWidget(stage)
    return staff, stage


def _placed(screens: Screens, windows: tuple[QWidget, QWidget]) -> list[str]:
    told: list[str] = []
    screens.resident_lost.connect(lambda: told.append("lost"))
    screens.resident_found.connect(lambda: told.append("found"))
    screens.blanked.connect(lambda: told.append("blanked"))
    screens.place(*windows)
    return told


def test_by_name_whatever_the_order(plugs: Plugs, windows: tuple[QWidget, QWidget]) -> None:
    screens = Screens("RESIDENT", "", plugs)
    told = _placed(screens, windows)
    staff, stage = windows
    assert stage.geometry() == plugs.all["RESIDENT"].geometry()
    assert plugs.all["CLERK"].geometry().contains(staff.geometry().center())
    assert stage.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert stage.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert stage.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert told == ["found"]
    assert not screens.together


def test_unplugged_hides_blanks_and_tells_and_plugged_again_comes_back(
    plugs: Plugs, windows: tuple[QWidget, QWidget]
) -> None:
    screens = Screens("RESIDENT", "CLERK", plugs)
    told = _placed(screens, windows)
    staff, stage = windows
    plugs.pulled = {"RESIDENT"}
    screens.settle()
    assert not stage.isVisible()
    assert staff.isVisible()
    assert told == ["found", "blanked", "lost"]
    plugs.pulled = set()
    screens.settle()
    assert stage.isVisible()
    assert stage.geometry() == plugs.all["RESIDENT"].geometry()
    assert told[-1] == "found"


def test_without_the_clerks_screen_nothing_is_shown_at_all(plugs: Plugs, windows: tuple[QWidget, QWidget]) -> None:
    screens = Screens("RESIDENT", "CLERK", plugs)
    told = _placed(screens, windows)
    plugs.pulled = {"CLERK"}
    screens.settle()
    assert [window.isVisible() for window in windows] == [False, False]
    assert "blanked" in told
    plugs.pulled = set()
    screens.settle()
    assert [window.isVisible() for window in windows] == [True, True]


def test_one_screen_means_two_ordinary_windows(plugs: Plugs, windows: tuple[QWidget, QWidget]) -> None:
    plugs.pulled = {"RESIDENT"}
    screens = Screens("", "", plugs)
    _placed(screens, windows)
    assert screens.together
    assert [window.isVisible() for window in windows] == [True, True]
    assert not windows[1].windowFlags() & Qt.WindowType.FramelessWindowHint


def test_a_named_screen_that_is_not_there_is_never_replaced_by_another(
    plugs: Plugs, windows: tuple[QWidget, QWidget]
) -> None:
    screens = Screens("HDMI-9", "", plugs)
    told = _placed(screens, windows)
    assert not windows[1].isVisible()
    assert told == ["blanked", "lost"]


def test_big_numbers_come_and_go(plugs: Plugs, qtbot: QtBot) -> None:
    screens = Screens("RESIDENT", "", plugs)
    assert screens.identify(0.05) == ("RESIDENT", "CLERK")
    assert len(screens._numbers) == 2
    assert [number.text() for number in screens._numbers] == ["1", "2"]  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not screens._numbers, timeout=5000)
