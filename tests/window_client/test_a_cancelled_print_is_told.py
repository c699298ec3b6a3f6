"""A print job that ended without its paper is told in the trouble bar, in both languages; one that goes on is not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from printing.register import PrintRow, PrintState
from window_client.counter.trouble import of_prints
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
