"""A clerk ends, rests, corrects and prints a voucher of this centre: with a reason, by name; what is final, twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

import resources
from printing import inquiry
from printing.inquiry import Papers
from printing.layout import load
from printing.voucher import Issued, Line
from tests.window_client import desks, looking
from window_client.assembly.house import House
from window_client.casework.errors import WindowError
from window_client.counter.changing import Standings
from window_client.counter.desk import Desk
from window_client.look.pieces import Chip
from window_client.look.words import Language
from window_client.staff.window import StaffWindow

NUMBERS = count(1)


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with desks.a_house(tmp_path_factory.mktemp("standing") / "house") as house:
        yield house


@pytest.fixture
def voucher(open_house: House) -> Issued:
    sample = load(resources.layouts_dir(), "combined_receipt").sample(1)
    here = {
        "issued_at": open_house.clock(),
        "centre": open_house.station.centre,
        "number": f"V20261121-03-{next(NUMBERS):04d}-R1",
    }
    return open_house.press.issue(replace(sample, **here))  # type: ignore[arg-type]


@pytest.fixture
def asking(open_house: House) -> Desk:
    desk, data = desks.a_desk(open_house), open_house.settings.data
    desk.papers = lambda: Papers.load(data)
    book = open_house.books.status
    desk.standings = Standings(book, lambda: book.publish_all(data / inquiry.STATUS, open_house.standing.status))
    return desk


def _window(qtbot: QtBot, desk: Desk, language: Language = "zh", large: bool = False) -> StaffWindow:
    window = desks.clerks_window(qtbot, desk, language, large)
    window.turn("verify")
    QApplication.processEvents()
    return window


def _press(window: StaffWindow, name: str) -> None:
    QApplication.processEvents()
    button = window.findChild(QPushButton, name)
    assert isinstance(button, QPushButton), name
    assert button.isEnabled(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def _type(window: StaffWindow, name: str, text: str) -> None:
    QApplication.processEvents()
    line = window.findChild(QLineEdit, name)
    assert isinstance(line, QLineEdit), name
    line.selectAll()
    QTest.keyClicks(line, text)


def _state(window: StaffWindow) -> str:
    QApplication.processEvents()
    chip = window.findChild(Chip, "standing state")
    return chip.text if isinstance(chip, Chip) else ""


def test_a_voucher_rests_comes_back_and_ends_and_everybody_is_told(
    qtbot: QtBot, asking: Desk, open_house: House, voucher: Issued
) -> None:
    window = _window(qtbot, asking)
    words, data = window.place.words, open_house.settings.data
    asking.check_voucher(voucher.qr_text)
    assert _state(window) == words("staff.standing.state.in_force")
    for act, state, code in (("suspend", "suspended", "SUSPENDED"), ("resume", "in_force", "VALID")):
        _press(window, f"act {act}")
        _type(window, "standing reason", f"reason to {act}")
        _press(window, "act go")
        assert _state(window) == words(f"staff.standing.state.{state}")
        assert Papers.load(data).verify(voucher.qr_text, open_house.clock()).code == code
    _press(window, "act revoke")
    _type(window, "standing reason", "issued in error")
    _press(window, "act go")
    assert _state(window) == words("staff.standing.state.in_force"), "asked a second time first"
    _press(window, "act go")
    assert Papers.load(data).verify(voucher.qr_text, open_house.clock()).code == "REVOKED"
    assert words("staff.standing.final") in looking.words_on(window)
    kept = open_house.books.status.history(voucher.number)
    assert [(one.state, one.actor) for one in kept] == [
        ("suspended", asking.station.clerk), ("in_force", asking.station.clerk), ("revoked", asking.station.clerk),
    ]  # fmt: skip
    with pytest.raises(WindowError) as refused:
        asking.change_voucher("resume", "a second thought")
    assert refused.value.code == "desk.not_to_change"


def test_nothing_is_changed_without_a_reason(qtbot: QtBot, asking: Desk, open_house: House, voucher: Issued) -> None:
    window = _window(qtbot, asking)
    asking.check_voucher(voucher.qr_text)
    _press(window, "act redeem")
    go = window.findChild(QPushButton, "act go")
    assert isinstance(go, QPushButton)
    assert not go.isEnabled()
    with pytest.raises(WindowError):
        asking.change_voucher("redeem", "   ")
    _press(window, "act back")
    assert open_house.books.status.state_of(voucher.number) == ("in_force", "")


def test_a_correction_ends_the_old_one_names_both_and_is_printed(
    qtbot: QtBot, asking: Desk, open_house: House, voucher: Issued
) -> None:
    window = _window(qtbot, asking)
    words = window.place.words
    asking.check_voucher(voucher.qr_text)
    _press(window, "act correct")
    _type(window, "standing telephone", "0990-5550199")
    _type(window, "standing reason", "wrong telephone")
    _press(window, "act go")
    _press(window, "act go")
    found = asking.checked
    assert found is not None
    assert found.ours is not None
    new = found.ours.voucher
    assert (new.value("telephone"), new.replaces, new.number) == (
        "0990-5550199", voucher.number, f"{voucher.number}-C1",
    )  # fmt: skip
    assert [one.state for one in found.ours.chain] == ["revoked", "in_force"]
    now = open_house.clock()
    before = Papers.load(open_house.settings.data).verify(voucher.qr_text, now)
    assert (before.code, before.replaced_by) == ("SUPERSEDED", new.number)
    assert {voucher.number, new.number} <= set(" ".join(looking.words_on(window)).replace("→", " ").split())
    _press(window, "act print")
    _press(window, "act go")
    papers = list(Path(open_house.settings.print_folder).glob(f"*{new.number}*"))
    assert len(papers) == 1
    # A real printer took it: from now on every paper is a reprint, which needs a reason.
    open_house.press._register.begin_print(new.number, 0, "a4", "a queue", paper=True)
    asking.check_voucher(open_house.press.stored(new.number).qr_text)
    _press(window, "act print")
    _type(window, "standing reason", "for their file")
    _press(window, "act go")
    assert open_house.press.stored(new.number).copy == 1
    assert words("staff.standing.reprint") in looking.words_on(window)


def test_a_stranger_with_our_number_is_not_ours(asking: Desk, open_house: House, voucher: Issued) -> None:
    """The control for "by its identity": the same number in another voucher is not in our register."""
    asking.check_voucher(voucher.qr_text)
    assert asking.checked is not None
    standings, verdict = asking.standings, asking.checked.verdict
    assert standings is not None
    assert standings.of(verdict, open_house.press) is not None
    other = load(resources.layouts_dir(), "combined_receipt").sample(1)
    changed = replace(other, number=f"{voucher.number}X", lines=(Line("holder", "李*"),))
    there = open_house.press.issue(replace(changed, issued_at=open_house.clock()))
    assert verdict.voucher is not None
    posing = replace(verdict, statement=there.statement)
    assert standings.of(posing, open_house.press) is None


@pytest.mark.parametrize(("language", "large"), [("zh", False), ("en", True)])
def test_nothing_is_cut_nameless_or_out_of_reach(
    qtbot: QtBot, asking: Desk, voucher: Issued, language: Language, large: bool
) -> None:
    window = _window(qtbot, asking, language, large)
    asking.check_voucher(voucher.qr_text)
    faults: dict[str, list[str]] = {}
    for act in ("", "revoke", "correct", "print"):
        if act:
            _press(window, f"act {act}")
        for _ in range(3):
            QApplication.processEvents()
        found = looking.cut_off(window) + looking.outside(window) + looking.nameless(window)
        found += looking.unreachable(window)
        if found:
            faults[act] = found
        if act:
            _press(window, "act back")
    assert faults == {}
    assert window.place.words.missed == []
