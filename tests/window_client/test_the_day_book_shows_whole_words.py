"""The day book in the larger English type: no name is cut; a column there is no room for gives way as a whole."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.window_client import desks
from window_client.casework import facts as f
from window_client.counter.desk import Desk
from window_client.look.fonts import font
from window_client.look.words import Language
from window_client.staff.panels.day_book import GIVE_WAY, DayBook, in_two_lines
from window_client.staff.panels.day_table import COLUMNS

PADDING = 16  # of a cell, left and right together


@pytest.mark.parametrize(
    ("language", "large", "size"), [("en", True, (1920, 1080)), ("en", True, (1366, 768)), ("zh", False, (1366, 768))]
)
def test_every_cell_holds_its_words_in_two_lines(
    qtbot: QtBot, desk: Desk, language: Language, large: bool, size: tuple[int, int]
) -> None:
    desks.pick(desk)
    desk.read_card()
    desks.begin(desk)
    assert desk.visit is not None
    first, *_ = (case.number for case in desk.visit.live_cases)
    desks.happen(desk, f.Filed(first, "GA-990101-2026-000088", 30, 30, 6.4))
    window = desks.clerks_window(qtbot, desk, language, large)
    window.resize(*size)
    window.turn("day_book")
    for _ in range(6):
        QApplication.processEvents()
    book = window.findChild(DayBook)
    assert book is not None
    metrics = QFontMetrics(font(book.tokens.px("body")))
    shown = [n for n in range(len(COLUMNS)) if not book.table.isColumnHidden(n)]
    cut = [
        text
        for row in range(book.model.rowCount())
        for n in shown
        if in_two_lines(text := str(book.model.index(row, n).data()), metrics) + PADDING > book.table.columnWidth(n)
    ]
    assert cut == []
    assert {COLUMNS[n] for n in set(range(len(COLUMNS))) - set(shown)} <= set(GIVE_WAY)
    height = book.table.verticalHeader().defaultSectionSize()
    assert height >= 2 * metrics.lineSpacing(), "two lines stand in a row"
    if large and size[0] == 1366:  # control: in one line, as before, the service's name is cut
        name = metrics.horizontalAdvance("First application for a residence permit")
        assert name + PADDING > book.table.columnWidth(COLUMNS.index("item"))
