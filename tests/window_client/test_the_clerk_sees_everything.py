"""The clerk's panels, along one real visit: nothing cut, nameless, untranslated or out of reach of the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.window_client import desks, looking
from window_client.assembly.house import House
from window_client.casework import facts as f
from window_client.casework.errors import WindowError
from window_client.counter import scenes as s
from window_client.counter.desk import Desk
from window_client.counter.errands import Errand, Homecoming
from window_client.counter.progress import CaseProgress
from window_client.look.words import Language
from window_client.staff.panels.fill_form import FillForm
from window_client.staff.panels.pick_items import PickItems
from window_client.staff.preferences import Preferences
from window_client.staff.window import StaffWindow


@dataclass
class Walk:
    """One visit from the empty window to the printed receipt, one panel after the other."""

    desk: Desk
    house: House
    window: StaffWindow

    def stations(self) -> Iterator[str]:
        desk, turn = self.desk, self.window.turn
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("card", lambda: None),
            ("card", desk.open_visit),
            ("pick", lambda: desks.pick(desk)),
            ("card", desk.read_card),
            ("pick", lambda: None),
            ("gather", lambda: desks.scan(desk, self.house, "id_card", "hukou_booklet")),
            ("form", lambda: desks.fill(desk, leave=3)),
            ("gather", lambda: desks.scan(desk, self.house, *self._missing())),
            ("gather", desk.ask_consent),
            ("form", self._agree),
            ("resident", desk.push_review),
            ("resident", lambda: desk.answered(s.SaysWrong("contact.phone"))),
            ("form", lambda: None),
            ("resident", self._mend),
            ("file", lambda: None),
            ("file", self._begin),
            ("file", self._end),
            ("hand_over", lambda: None),
            ("hand_over", desk.issue_voucher),
            ("hand_over", lambda: desk.print_voucher("folder", "80mm")),
            ("notices", lambda: None),
            ("notices", self._notice),
            ("notices", lambda: desk.print_notice("folder", "a5")),
            ("file", self._news),
            ("day_book", lambda: None),
            ("settings", lambda: None),
        )
        for n, (panel, do) in enumerate(steps):
            do()
            turn(panel)
            for _ in range(3):
                QApplication.processEvents()
            yield f"{n} {panel}"

    def _notice(self) -> None:
        """The first case is accepted, the second refused: each has its notice."""
        assert self.desk.visit is not None
        first = self.desk.visit.live_cases[0].number
        self.desk.issue_notice(first, "acceptance_notice", {"basis": "《行政许可法》第三十二条第一款第五项"})

    def _news(self) -> None:
        """The department decides while the window is open."""
        assert self.desk.visit is not None
        learnt = f.StatusLearnt(self.desk.visit.live_cases[0].number, "returned", "退回补正", "2026-11-23T10:00+08:00")
        self.desk.take_in(
            Errand("fates", "", "", lambda *_: Homecoming()), Homecoming((learnt,), visit=self.desk.visit.number)
        )
        self.window.tell_news(learnt)

    def _missing(self) -> tuple[str, ...]:
        assert self.desk.visit is not None
        return tuple(one.kind for one in self.desk.form.missing_materials(self.desk.visit))

    def _agree(self) -> None:
        desks.agree(self.desk)
        desks.fill(self.desk)

    def _mend(self) -> None:
        self.desk.write("contact.phone", "19900000999")
        desks.sign(self.desk)

    def _begin(self) -> None:
        for number in desks.begin(self.desk):
            desks.under_way(self.desk, f"bridge:{number}", "desk.says.file", number)
            self.desk.progress[number] = CaseProgress("fill", 3, 6, 28, 25, 30, "", desks.page_picture())

    def _end(self) -> None:
        assert self.desk.visit is not None
        self.desk.errands.clear()
        first, second, third = (case.number for case in self.desk.visit.live_cases)
        desks.happen(
            self.desk,
            f.Filed(first, "MZ202611210007", 30, 30, 6.4),
            f.Refused(second, "该申请人名下已有在办的同类申请，请先办结后再提交。"),
            f.Unsure(third, "bridge.client_stopped"),
        )


BY_NIGHT = [pytest.param(*one, marks=pytest.mark.nightly) for one in (("en", False), ("zh", True))]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "large"), [("zh", False), ("en", True), *BY_NIGHT])
def test_nothing_is_cut_nameless_untranslated_or_out_of_reach(
    qtbot: QtBot, desk: Desk, house: House, language: Language, large: bool
) -> None:
    window = desks.clerks_window(qtbot, desk, language, large)
    faults: dict[str, list[str]] = {}
    for place in Walk(desk, house, window).stations():
        found = looking.cut_off(window) + looking.outside(window)
        found += looking.nameless(window) + looking.unreachable(window)
        if found:
            faults[place] = found
    assert faults == {}
    assert window.place.words.missed == []


def test_by_keyboard_alone(qtbot: QtBot, desk: Desk, house: House) -> None:
    """From the empty window to a filled field without a mouse."""
    window = desks.clerks_window(qtbot, desk)
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert desk.visit is not None
    QTest.keyClick(window, Qt.Key.Key_F2)
    QApplication.processEvents()
    panel = window.panels["pick"]
    assert isinstance(panel, PickItems)
    QTest.keyClicks(panel.search, "jlk")
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert [case.item for case in desk.visit.live_cases] == ["minzheng.senior_card"]
    QTest.keyClicks(panel.search, "jzz")
    QApplication.processEvents()
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    QTest.keyClick(panel._rows[0], Qt.Key.Key_Return)
    assert len(desk.visit.live_cases) == 2
    desk.read_card()
    QTest.keyClick(window, Qt.Key.Key_F5)
    QApplication.processEvents()
    form = window.panels["form"]
    assert isinstance(form, FillForm)
    line = form.rows["contact.phone"].findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "19900000315")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert desk.visit.value("contact.phone") == "19900000315"


def test_a_wrong_value_is_told_at_its_own_field_and_the_old_one_stays(qtbot: QtBot, desk: Desk) -> None:
    window = desks.clerks_window(qtbot, desk)
    desks.pick(desk)
    desk.read_card()
    window.turn("form")
    QApplication.processEvents()
    form = window.panels["form"]
    assert isinstance(form, FillForm)
    row = form.rows["contact.phone"]
    form._write("contact.phone", "12")
    assert row._wrong.text()
    assert desk.visit is not None
    assert desk.visit.value("contact.phone") == ""
    form._write("contact.phone", "19900000315")
    assert row._wrong.text() == ""


def test_one_input_for_one_element(qtbot: QtBot, desk: Desk) -> None:
    window = desks.clerks_window(qtbot, desk)
    desks.pick(desk)
    desk.read_card()
    window.turn("form")
    QApplication.processEvents()
    form = window.panels["form"]
    assert isinstance(form, FillForm)
    assert sorted(form.rows) == sorted(one.name for one in desk.form.fields)
    assert desk.form.saved() > 0


def test_trouble_says_three_things_and_goes_away_with_the_next_success(qtbot: QtBot, desk: Desk) -> None:
    window = desks.clerks_window(qtbot, desk)
    assert not window.act(desk.read_card)
    assert window.trouble.isVisible()
    words = looking.words_on(window.trouble)
    assert len([text for text in words if len(text) > 4]) == 3
    assert window.act(desk.open_visit)
    assert not window.trouble.isVisible()


def test_a_trouble_nobody_wrote_words_for_is_still_told(qtbot: QtBot, desk: Desk) -> None:
    window = desks.clerks_window(qtbot, desk)
    window.tell(WindowError("nobody.knows"))
    assert "nobody.knows" in " ".join(looking.words_on(window.trouble))


def test_another_language_and_larger_type_at_run_time(qtbot: QtBot, desk: Desk) -> None:
    window = desks.clerks_window(qtbot, desk)
    desks.pick(desk)
    kept: list[Preferences] = []
    window.preferred.connect(kept.append)
    window.turn("form")
    window.prefer(Preferences("en", "contrast", True, "RESIDENT"))
    qtbot.waitUntil(lambda: "One form" in looking.words_on(window), timeout=5000)
    assert window.here == "form"
    assert kept[0].language == "en"
    assert len(desk.visit.live_cases if desk.visit else ()) == 3


def test_the_clerk_is_told_when_the_residents_screen_goes(qtbot: QtBot, desk: Desk) -> None:
    window = desks.clerks_window(qtbot, desk)
    window.tell_screen(False)
    assert window.trouble.code == "client.resident_screen_gone"
    window.tell_screen(True)
    assert not window.trouble.isVisible()


def test_another_resident_finds_nothing_of_the_last_one(qtbot: QtBot, desk: Desk) -> None:
    window = desks.clerks_window(qtbot, desk)
    desks.pick(desk)
    desk.read_card()
    assert desk.visit is not None
    name, number = desk.visit.value("person.name"), desk.visit.value("person.id_number")
    for panel in ("card", "form", "gather"):
        window.turn(panel)
        QApplication.processEvents()
    desk.park_visit()
    for panel in window.panels:
        if panel == "day_book":
            continue
        window.turn(panel)
        QApplication.processEvents()
        told = " ".join(looking.words_on(window))
        assert name not in told
        assert number not in told
