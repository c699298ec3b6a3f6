"""A print job that ended without its paper, or waits for some, is told in the trouble bar; one that goes on is not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from printing.register import PrintRow, PrintState
from window_client.counter.trouble import WaitingPrints, of_prints
from window_client.look.tokens import Tokens
from window_client.look.words import Language, Words
from window_client.staff.trouble import TroubleBar


def _row(number: str, state: PrintState, code: str = "") -> PrintRow:
    return PrintRow(number, number, 0, "a4", "cups:office", state, "office-1", code, False, 0)


def test_what_goes_on_or_is_done_is_no_trouble() -> None:
    assert of_prints([_row("V1", "sent", "out_of_paper"), _row("V2", "done")]) is None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", ["cancelled_there", "cancelled_midway"])
def test_a_cancelled_job_is_named_with_its_number_and_printer(qtbot: QtBot, language: Language, code: str) -> None:
    bar, words = TroubleBar(Tokens.load("staff", "light", False), Words(language)), Words(language)
    window = QWidget()  # never shown: a bar of its own would become a window
    qtbot.addWidget(window)
    bar.setParent(window)
    trouble = of_prints([_row("V1", "done"), _row("V2", "failed", code), _row("V3", "failed", code)])
    assert trouble is not None
    bar.tell(trouble)
    said = " ".join(one.text() for one in bar.findChildren(QLabel))
    assert "V2, V3" in said
    assert "cups:office" in said
    assert "V1" not in said
    assert words.missed == []


@pytest.mark.parametrize("code", ["out_of_paper", "printer_gone"])
def test_a_job_that_waits_is_told_once_with_what_to_do(code: str) -> None:
    """The naive telling (at every asking) would say it every ten seconds, and of every printer that is only slow."""
    waiting, row = WaitingPrints(), _row("V1", "sent", code)
    assert waiting.trouble([row]) is None, "a page may take a moment"
    told = waiting.trouble([row, _row("V2", "sent", code)])
    assert told is not None
    assert told.detail == {"printer": "cups:office", "number": "V1"}
    assert waiting.trouble([row]) is None
    assert waiting.trouble([]) is None
    assert [waiting.trouble([row]) is None for _ in range(3)] == [True, False, True], "out of paper again: told again"
    for language in ("zh", "en"):
        words = Words(language)
        assert all("{" not in words(f"{told.code}.{part}", **told.detail) for part in ("happened", "done", "next"))
        assert words.missed == []
