"""No bridge possible: the clerk copies the values in the page's order and brings the number; it is checked like any."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from bridges.recipe import departments
from tests.window_client import desks, looking
from window_client.assembly.house import House
from window_client.casework import facts as f
from window_client.casework.errors import WindowError
from window_client.counter.desk import Desk
from window_client.look.words import Language
from window_client.staff.window import StaffWindow


@pytest.mark.parametrize("language", ["zh", "en"])
def test_values_are_copied_in_order_and_the_number_comes_home(
    qtbot: QtBot, desk: Desk, house: House, language: Language
) -> None:
    desks.pick(desk)
    desk.read_card()
    desks.fill(desk)
    desks.begin(desk)
    assert desk.visit is not None
    case = next(one for one in desk.visit.live_cases if one.department == "gongan")
    desks.happen(desk, f.NotSent(case.number, "transport", "bridge.department_down"))
    window = desks.clerks_window(qtbot, desk, language)
    window.turn("file")
    _settle()
    _button(window, f"staff.by_hand.open {case.number}").click()
    _settle()
    assert looking.cut_off(window) + looking.outside(window) + looking.nameless(window) == []
    chips = [one for one in window.findChildren(QPushButton) if one.objectName().startswith("chip ")]
    form = departments()["gongan"].form_for(case.item)
    assert form is not None
    labels = [f"chip {one['label']}" for one in form.fields() if desk.visit.value(one["element"])]
    assert [chip.objectName() for chip in chips] == labels
    _button(window, "chip 现居住地区划").click()
    assert QGuiApplication.clipboard().text() == "幸福区", "in the words of the department's page"
    with pytest.raises(WindowError) as wrong:  # the test's lanes run at once and tell trouble to the caller
        desk.file_by_hand(case.number, "GA-1")
    assert wrong.value.code == "bridge.number_by_hand_format"
    assert desk.visit.cases[case.number].state == "not_sent", "a slip of the pen is no doubt"
    field = window.findChild(QLineEdit, f"number {case.number}")
    assert field is not None
    number = f"GA-990101-2026-{'000777' if language == 'zh' else '000778'}"
    field.setText(number)
    _button(window, f"staff.by_hand.register {case.number}").click()
    _settle()
    filed = desk.visit.cases[case.number]
    assert (filed.state, filed.accepted_number, filed.by_hand) == ("filed", number, True)
    assert window.findChild(QLineEdit, f"number {case.number}") is None


def _button(window: StaffWindow, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert found is not None, name
    return found


def _settle() -> None:
    for _ in range(4):
        QApplication.processEvents()
