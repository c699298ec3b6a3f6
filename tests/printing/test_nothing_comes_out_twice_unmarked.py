"""Laws I2, C11, on both databases: a number is one voucher for ever; a second paper says that it is one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import Engine

import resources
from printing.errors import (
    AlreadyPrinted,
    NumberTaken,
    OutOfPaper,
    PressTrouble,
    PrinterGone,
    PrinterRefused,
    ReasonMissing,
    UnknownVoucher,
)
from printing.press import Press
from printing.printers import Delivery, Job, JobState, Printer
from printing.printers.folder import FolderPrinter
from printing.register import METADATA, Register
from printing.verify import verify
from printing.voucher import Form, Line, PrinterState
from tests.printing.conftest import HOST, NOW, Centre, receipt


@dataclass
class Tray:
    """A printer whose paper we can count, and which can be made to refuse before it takes a sheet."""

    name: str = "tray"
    paper: bool = True
    dpi: int = 203
    sheets: list[str] = field(default_factory=list)
    refuses: type[PressTrouble] | None = None
    jobs: dict[str, JobState] = field(default_factory=dict)

    def state(self) -> PrinterState:
        return PrinterState(self.name, self.refuses is None)

    def takes(self, form: Form) -> Literal["application/pdf", "image/png"]:
        return "application/pdf"

    def deliver(self, job: Job) -> Delivery:
        if self.refuses is not None:
            raise self.refuses(printer=self.name)
        self.sheets.append(job.title)
        return Delivery(f"tray-{len(self.sheets)}", self.name, "sent")

    def follow(self, job: str) -> JobState:
        return self.jobs.get(job, JobState("sent"))

    def take_back(self, job: str) -> JobState:
        return self.jobs.get(job, JobState("failed", "taken_back", unprinted=True))


def _press(centre: Centre, engine: Engine, *printers: Printer, room: Path | None = None) -> Press:
    METADATA.create_all(engine)
    found: tuple[Printer, ...] = printers or (FolderPrinter((room or centre.room) / "printed"),)
    return Press(
        centre.seal,
        Register(engine),
        resources.layouts_dir(),
        HOST,
        centre.room,
        printers=found,
        clock=lambda: NOW,
    )


def test_the_same_number_gives_the_stored_voucher(centre: Centre, engine: Engine) -> None:
    press = _press(centre, engine)
    first = press.issue(receipt("A1"))
    later = press.issue(replace(receipt("A1"), issued_at=NOW.replace(minute=59)))
    assert later.again
    assert (later.statement, later.pdf, later.receipt_png) == (first.statement, first.pdf, first.receipt_png)
    with pytest.raises(NumberTaken):
        press.issue(replace(receipt("A1"), lines=(Line("holder", "李*"),)))
    assert press.stored("A1").statement == first.statement


def test_two_windows_at_once_have_one_voucher(centre: Centre, engine: Engine) -> None:
    press = _press(centre, engine)
    found: list[bytes] = []

    def at_a_window() -> None:
        found.append(press.issue(receipt("A2")).statement)

    windows = [threading.Thread(target=at_a_window) for _ in range(4)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_a_second_paper_must_be_a_reprint(centre: Centre, engine: Engine) -> None:
    tray = Tray()
    press = _press(centre, engine, tray)
    issued = press.issue(receipt("A3"))
    press.print(issued, "tray", "a4")
    for form in ("a4", "80mm"):
        with pytest.raises(AlreadyPrinted):
            press.print(issued, "tray", form)
    with pytest.raises(ReasonMissing):
        press.reprint("A3", "  ")
    again = press.reprint("A3", "申请人遗失")
    press.print(again, "tray", "a4")
    assert tray.sheets == ["A3-0", "A3-1"]
    verdict = verify(again.pdf, centre.trust, now=NOW)
    assert verdict.code == "VALID"
    assert verdict.voucher is not None
    assert (verdict.voucher.copy, verdict.voucher.reason) == (1, "申请人遗失")
    assert "reprint" in verdict.notes
    assert press.reprint("A3", "污损").copy == 2
    assert again.statement != issued.statement


def test_two_windows_print_one_copy_once(centre: Centre, engine: Engine) -> None:
    """Negative control inside: four windows ask, the naive count would be four sheets with the same copy number."""
    tray = Tray()
    press = _press(centre, engine, tray)
    issued = press.issue(receipt("A4"))
    refused: list[str] = []

    def at_a_window() -> None:
        try:
            press.print(issued, "tray", "80mm")
        except AlreadyPrinted as trouble:
            refused.append(trouble.code)

    windows = [threading.Thread(target=at_a_window) for _ in range(4)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert tray.sheets == ["A4-0"]
    assert len(refused) == 3


@pytest.mark.parametrize("kind", [PrinterGone, OutOfPaper, PrinterRefused])
def test_a_printer_that_took_nothing_leaves_the_copy_free(
    centre: Centre, engine: Engine, kind: type[PressTrouble]
) -> None:
    tray, other = Tray(refuses=kind), Tray(name="other")
    press = _press(centre, engine, tray, other)
    issued = press.issue(receipt("A5"))
    with pytest.raises(kind):
        press.print(issued, "tray", "a4")
    assert press.stored("A5").pdf == issued.pdf, "the receipt stays"
    press.print(issued, "other", "a4")
    assert other.sheets == ["A5-0"]
    with pytest.raises(PrinterGone):
        press.print(issued, "nowhere", "a4")


def test_a_job_taken_back_can_go_to_another_printer(centre: Centre, engine: Engine) -> None:
    tray, other = Tray(), Tray(name="other")
    press = _press(centre, engine, tray, other)
    issued = press.issue(receipt("A6"))
    printed = press.print(issued, "tray", "a4")
    assert not press.take_back(printed.print_id).held
    press.print(issued, "other", "a4")
    assert other.sheets == ["A6-0"]


def test_a_job_that_may_have_printed_is_not_sent_elsewhere(centre: Centre, engine: Engine) -> None:
    tray, other = Tray(), Tray(name="other")
    press = _press(centre, engine, tray, other)
    issued = press.issue(receipt("A7"))
    printed = press.print(issued, "tray", "a4")
    tray.jobs[printed.job] = JobState("failed", "printer_refused")
    rows = press.follow()
    assert [(row.state, row.code, row.held) for row in rows] == [("failed", "printer_refused", True)]
    with pytest.raises(AlreadyPrinted):
        press.print(issued, "other", "a4")
    assert press.follow() == ()


def test_unknown_numbers(centre: Centre, engine: Engine) -> None:
    press = _press(centre, engine)
    with pytest.raises(UnknownVoucher):
        press.reprint("nobody", "遗失")
    with pytest.raises(UnknownVoucher):
        press.stored("nobody")


_DIES = """
import os, signal, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from tests.printing import test_nothing_comes_out_twice_unmarked as here
here.dies_while_printing({data!r}, {when!r})
"""


def dies_while_printing(data: str, when: str) -> None:
    """In a child: prints and is killed without a word, before or after the printer got the page."""
    from printing import keys
    from tests.printing.conftest import KEK
    from window_client.casework.records.engine import open_engine

    room = Path(data)
    engine = open_engine(room / "press.db", b"\x01" * 32)
    seal = keys.open_issuer(room / "issuer.key", KEK, NOW)

    class Deadly(Tray):
        def deliver(self, job: Job) -> Delivery:
            if when == "after":
                (room / "paper").open("a").write(job.title + "\n")
            os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError

    press = Press(seal, Register(engine), resources.layouts_dir(), HOST, room, printers=(Deadly(),), clock=lambda: NOW)
    press.print(press.stored("K1"), "tray", "a4")


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_printing_the_next_paper_is_marked(tmp_path: Path, when: str) -> None:
    """kill -9 between "begun" and "sent": nobody knows whether paper came out, so no second unmarked one may."""
    from printing import keys
    from tests.printing.conftest import KEK
    from window_client.casework.records.engine import open_engine

    record = keys.make_issuer(tmp_path / "issuer.key", KEK, issuer="990101001", name="幸福区", now=NOW)
    centre = Centre(
        tmp_path, keys.open_issuer(tmp_path / "issuer.key", KEK, NOW), keys.TrustList.first((record,), (), NOW)
    )
    engine = open_engine(tmp_path / "press.db", b"\x01" * 32)
    press = _press(centre, engine, Tray())
    issued = press.issue(receipt("K1"))
    engine.dispose()
    script = _DIES.format(root=str(Path(__file__).parents[2]), data=str(tmp_path), when=when)
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60)
    assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()

    engine = open_engine(tmp_path / "press.db", b"\x01" * 32)
    tray = Tray()
    press = _press(centre, engine, tray)
    doubtful = press.recover()
    assert [(row.number, row.copy) for row in doubtful] == [("K1", 0)]
    assert press.recover() == ()
    with pytest.raises(AlreadyPrinted):
        press.print(press.stored("K1"), "tray", "a4")
    press.print(press.reprint("K1", "打印中断"), "tray", "a4")
    assert tray.sheets == ["K1-1"]
    assert press.stored("K1", 0).statement == issued.statement
    engine.dispose()


def test_the_folder_holds_whole_private_files(centre: Centre, engine: Engine, tmp_path: Path) -> None:
    press = _press(centre, engine, room=tmp_path)
    issued = press.issue(receipt("A8"))
    for form, ending in (("a4", "pdf"), ("80mm", "png")):
        done = press.print(issued, "folder", form)  # type: ignore[arg-type]
        file = Path(done.where)
        assert (done.state, file.suffix) == ("done", f".{ending}")
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o077 == 0
    assert sorted(file.suffix for file in (tmp_path / "printed").iterdir()) == [".pdf", ".png"], "no halves left behind"
    assert press.print(issued, "folder", "a4").state == "done", "the same file again is no second paper"


def test_a_folder_that_cannot_be_written_keeps_the_receipt(centre: Centre, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "printed").write_text("a file where the folder should be")
    press = _press(centre, engine, room=tmp_path)
    issued = press.issue(receipt("A9"))
    assert not press.printers()[0].usable
    with pytest.raises(PrinterRefused):
        press.print(issued, "folder", "a4")
    assert press.stored("A9").pdf == issued.pdf
