"""A receipt that waits at an empty printer is handed to another one: that very copy where surely nothing came out, a
marked reprint where something may have, and never one more paper from the printer where it waits."""

from __future__ import annotations

from dataclasses import dataclass

from printing.printers import JobState
from tests.counter.conftest import Counter
from tests.printing.test_nothing_comes_out_twice_unmarked import Tray


@dataclass
class Empty(Tray):
    """Its jobs wait for paper until they are taken back; `begun` when something may have come out."""

    begun: bool = False

    def follow(self, job: str) -> JobState:
        return JobState("sent", "out_of_paper")

    def take_back(self, job: str) -> JobState:
        return JobState("failed", "taken_back", unprinted=not self.begun)


def test_it_is_taken_back_first(counter: Counter) -> None:
    one, begun, good = Empty("one"), Empty("begun", begun=True), Tray("good")
    counter.desk.rooms.press._printers = (one, begun, good)
    counter.ready()
    counter.desk.file_all()
    counter.desk.issue_voucher()
    for printer in ("one", "one", "begun", "good"):
        counter.desk.print_voucher(printer, "a4")
    assert counter.troubles == ["printing.still_waiting"], "the same printer has the job already; the others got it"
    copies = [[sheet.rpartition("-")[2] for sheet in tray.sheets] for tray in (one, begun, good)]
    assert copies == [["0"], ["0"], ["1"]], "unmarked where nothing came out, marked where something may have"
    assert counter.desk.visit is not None
    assert counter.desk.visit.voucher is not None
    assert counter.desk.visit.voucher.copies == 2
