"""The system's own dialog through Qt, on a lane, with the screen on the main thread: what it prints reads as what was
signed, and a cancelled dialog prints nothing."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from printing import paper, reading
from printing.errors import PressTrouble, PrinterRefused
from printing.press import Press
from printing.printers import roll_call, system
from printing.printers.system import SystemPrinter
from tests.printing.conftest import receipt


class Clerk:
    """Answers the dialog as a clerk would: prints into a file, or cancels. Remembers on which thread it was asked."""

    def __init__(self, file: Path, *, prints: bool = True) -> None:
        self.file, self.prints = file, prints
        self.asked_on: list[QThread] = []

    def __call__(self, printer: Any) -> bool:
        from PySide6.QtPrintSupport import QPrinter

        self.asked_on.append(QThread.currentThread())
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.file))
        return self.prints


def _from_a_lane(qapp: QApplication, press: Press, clerk: Clerk, form: Any, number: str) -> list[Exception]:
    """Prints as the client does: the work on another thread, the main thread's events running."""
    press._printers = (SystemPrinter(clerk),)
    issued, trouble = press.issue(receipt(number)), list[Exception]()

    def work() -> None:
        try:
            press.print(issued, "system", form)
        except PressTrouble as error:
            trouble.append(error)

    lane = threading.Thread(target=work)
    lane.start()
    while lane.is_alive():
        qapp.processEvents()
        lane.join(0.005)
    return trouble


@pytest.mark.parametrize("form", ["a4", "a5", "80mm"])
def test_what_the_dialog_prints_reads_as_what_was_signed(
    qapp: QApplication, counter: Press, tmp_path: Path, form: str
) -> None:
    clerk = Clerk(tmp_path / "out.pdf")
    assert _from_a_lane(qapp, counter, clerk, form, f"Q-{form}") == []
    printed = clerk.file.read_bytes()
    (page,) = paper.raster(printed, 300)
    text = counter.stored(f"Q-{form}").qr_text
    assert reading.by_zxing(page) == reading.by_pyzbar(page) == [text]
    wide, high = paper.size_mm(printed)
    assert (round(wide), round(high)) == {"a4": (210, 297), "a5": (148, 210)}.get(form, (72, round(high)))
    assert clerk.asked_on == [qapp.thread()], "a dialog belongs to the main thread"
    assert "".join(paper.page_texts(printed)).strip() == "", "pictures only: Qt's text would be other characters"


def test_a_cancelled_dialog_prints_nothing(qapp: QApplication, counter: Press, tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "out.pdf", prints=False)
    (trouble,) = _from_a_lane(qapp, counter, clerk, "a4", "Q-cancelled")
    assert isinstance(trouble, PrinterRefused)
    assert not clerk.file.exists()
    clerk.prints = True
    assert _from_a_lane(qapp, counter, clerk, "a4", "Q-cancelled") == [], "the copy is still free"


def test_it_is_there_only_with_windows(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "system" in [printer.name for printer in roll_call(tmp_path)]
    assert SystemPrinter().state().usable
    monkeypatch.setattr(system, "_application", lambda: None)
    assert "system" not in [printer.name for printer in roll_call(tmp_path)]
    assert not SystemPrinter().state().usable
