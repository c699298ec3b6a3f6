"""The department's page in the clerk's hands: it comes forward, takes mouse and keys; what was changed is decided."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from bridges.filing import Changed, FieldProof, Frame, PageAnswered, PageAsks, Parked, Resumed
from bridges.hand_over import HandOver
from tests.window_client import desks, looking
from window_client.assembly.house import House
from window_client.counter.desk import Desk
from window_client.counter.errands import Errand
from window_client.look.touch import TouchView
from window_client.look.words import Language


class Away:
    """A filing under way: its errand, what the run would hear, and the window of the clerk."""

    def __init__(self, qtbot: QtBot, desk: Desk, house: House, language: Language) -> None:
        desks.pick(desk)
        desk.read_card()
        desks.scan(desk, house, "id_card")
        desks.fill(desk)
        self.number = desks.begin(desk)[0]
        self.desk, self.said = desk, list[dict[str, Any]]()
        self.errand: Errand = desks.under_way(desk, "bridge:minzheng", "desk.says.file", self.number)
        person = desk.hand_overs[self.number] = HandOver()
        person.bind(lambda order: self.said.append(dict(order)))
        self.window = desks.clerks_window(qtbot, desk, language)
        self.window.turn("file")
        self.hear(Frame(desks.page_picture(), 960, 600))

    def hear(self, told: object) -> None:
        self.desk.hear(self.errand, told)
        for _ in range(3):
            QApplication.processEvents()

    def button(self, name: str) -> QPushButton:
        found = self.window.findChild(QPushButton, f"{name} {self.number}")
        assert found is not None, name
        return found

    @property
    def view(self) -> TouchView:
        found = self.window.findChild(TouchView)
        assert found is not None
        return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_comes_forward_and_takes_mouse_and_keys(
    qtbot: QtBot, desk: Desk, house: House, language: Language
) -> None:
    away = Away(qtbot, desk, house, language)
    away.button("staff.hand_over.take").click()
    assert away.said.pop() == {"do": "take_over"}
    away.hear(Parked("taken_over"))
    away.hear(Frame(desks.page_picture(), 960, 600))
    assert looking.cut_off(away.window) + looking.outside(away.window) + looking.nameless(away.window) == []
    size = away.view.shown_size()
    assert size is not None
    assert size.width() > 700, "large enough to work on"
    left = (away.view.width() - size.width()) // 2
    QTest.mouseClick(away.view, Qt.MouseButton.LeftButton, pos=QPoint(left + size.width() // 4, size.height() // 2))
    pressed, released = (one for one in away.said if one.get("type") in ("mousePressed", "mouseReleased"))
    assert (round(pressed["x"], 2), round(pressed["y"], 2), pressed["button"]) == (0.25, 0.5, "left")
    assert released["clicks"] == 1
    away.said.clear()
    QTest.keyClicks(away.view, "abc")
    QTest.keyClick(away.view, Qt.Key.Key_Tab)
    assert [one.get("text") for one in away.said if one["kind"] == "text"] == ["a", "b", "c"]
    assert [one["key"] for one in away.said if one["kind"] == "key"] == ["Tab", "Tab"]
    away.button("staff.hand_over.carry_on").click()
    assert away.said[-1] == {"do": "resume", "keep": ""}
    away.hear(Resumed(40))
    assert away.window.findChild(TouchView) is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_page_asks_is_shown_and_answered(qtbot: QtBot, desk: Desk, house: House, language: Language) -> None:
    away = Away(qtbot, desk, house, language)
    away.hear(Parked("taken_over"))
    away.hear(Frame(desks.page_picture(), 960, 600))
    away.hear(PageAsks(1, "confirm", "该申请人已有在办件，是否合并办理？"))
    assert looking.cut_off(away.window) + looking.outside(away.window) + looking.nameless(away.window) == []
    assert "该申请人已有在办件，是否合并办理？" in looking.words_on(away.window)
    assert not away.button("staff.hand_over.carry_on").isEnabled(), "a page that asks cannot be read"
    away.button("staff.hand_over.asks_no").click()
    assert away.said.pop() == {"do": "dialog", "n": 1, "yes": False, "text": ""}
    away.hear(PageAnswered(1))
    assert away.button("staff.hand_over.carry_on").isEnabled()
    away.hear(PageAsks(2, "prompt", "合并到哪一件？", "A-1"))
    field = away.window.findChild(QLineEdit, f"typed {away.number}")
    assert field is not None
    assert field.text() == "A-1"
    field.setText("B-7")
    away.button("staff.hand_over.asks_yes").click()
    assert away.said.pop() == {"do": "dialog", "n": 2, "yes": True, "text": "B-7"}
    away.hear(PageAnswered(2))
    away.hear(PageAsks(3, "alert", ""))
    assert away.window.findChild(QPushButton, f"staff.hand_over.asks_no {away.number}") is None, "an alert is heard"


def _changed(desk: Desk) -> FieldProof:
    assert desk.visit is not None
    was = desk.visit.value("contact.phone")
    return FieldProof("contact.phone", "联系方式", was, "19900000999", "19900000999", False)


def test_what_was_changed_is_written_back_and_waits_for_a_new_signature(qtbot: QtBot, desk: Desk, house: House) -> None:
    away = Away(qtbot, desk, house, "zh")
    away.hear(Parked("human", "插入 USB 证书"))
    away.hear(Changed((_changed(desk),)))
    assert looking.cut_off(away.window) + looking.outside(away.window) + looking.nameless(away.window) == []
    away.button("staff.hand_over.page").click()
    assert desk.visit is not None
    assert desk.visit.value("contact.phone") == "19900000999"
    assert not desk.visit.is_confirmed
    assert away.errand.stop.is_set(), "what nobody signed is not sent"
    assert not any(one["do"] == "resume" for one in away.said)


def test_what_was_changed_is_overwritten_and_goes_on(qtbot: QtBot, desk: Desk, house: House) -> None:
    away = Away(qtbot, desk, house, "en")
    was = desk.visit.value("contact.phone") if desk.visit else ""
    away.hear(Parked("taken_over"))
    away.hear(Changed((_changed(desk),)))
    away.button("staff.hand_over.case").click()
    assert away.said[-1] == {"do": "resume", "keep": "case"}
    assert desk.visit is not None
    assert desk.visit.value("contact.phone") == was
    assert not away.errand.stop.is_set()
