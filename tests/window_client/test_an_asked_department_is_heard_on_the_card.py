"""查办理进度: the card says when the department was asked, also when it has no news or gives no answer."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from bridges.status import NoNews, Status
from tests.window_client import desks, looking
from window_client.casework import facts as f
from window_client.counter.desk import Desk
from window_client.look.words import Language
from window_client.staff.window import StaffWindow

SAID = {
    "zh": ("问过部门，没有新进度", "列表里没有这一件的进度", "部门进度：退回补正"),
    "en": ("no news", "does not show what became", "退回补正"),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_asking_is_answered_also_when_nothing_is_new(
    qtbot: QtBot, desk: Desk, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    desks.pick(desk)
    desk.read_card()
    desks.begin(desk)
    assert desk.visit is not None
    case = desk.visit.live_cases[0].number
    learnt = f.StatusLearnt(case, "working", "审核中", "2026-11-21T09:00+08:00")
    desks.happen(desk, f.Filed(case, "MZ202611210007", 30, 30, 6.4), learnt)
    window = desks.clerks_window(qtbot, desk, language)
    window.turn("file")
    answers: list[Status | NoNews] = [
        Status("working", "审核中"), NoNews("unknown"), Status("returned", "退回补正"), Status("returned", "退回补正")
    ]  # fmt: skip
    monkeypatch.setattr(desk.rooms.filing_desk, "ask_status", lambda *_: answers.pop(0))
    at = desk.now().strftime("%H:%M")
    none, unknown, news = SAID[language]

    assert _asked(window, case) == "", "nobody has asked yet"
    _ask(window, case)
    assert none in _asked(window, case)
    assert at[:3] in _asked(window, case)
    _ask(window, case)
    assert unknown in _asked(window, case), "no answer is not called no news"
    _ask(window, case)
    assert _asked(window, case) == "", "news speaks for itself"
    assert news in " ".join(one.text() for one in window.findChildren(QLabel))
    _ask(window, case)
    assert none in _asked(window, case)
    assert looking.cut_off(window) + looking.outside(window) == []


def _ask(window: StaffWindow, case: str) -> None:
    next(one for one in window.findChildren(QPushButton) if one.objectName() == f"staff.status.ask {case}").click()
    for _ in range(4):
        QApplication.processEvents()


def _asked(window: StaffWindow, case: str) -> str:
    found = [one.text() for one in window.findChildren(QLabel) if one.objectName() == f"asked {case}"]
    return found[0] if found else ""
