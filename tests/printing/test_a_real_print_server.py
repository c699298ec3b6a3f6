"""Law C11 through a real `cupsd` and a real IPP printer, both private and started here."""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Iterator

import pytest

import resources
from printing import ipp, paper
from printing.errors import AlreadyPrinted, OutOfPaper, PrinterGone, StillWaiting
from printing.handing_over import freed
from printing.press import Press
from printing.printers import Job, cups, roll_call
from printing.register import METADATA, Register
from printing.verify import verify
from tests.printing.conftest import HOST, NOW, Centre, receipt
from tests.printing.print_server import PrintServer, running_print_server, wait_for
from window_client.casework.records.engine import open_engine

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("print-server")]


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    with running_print_server() as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUPS_SERVER", running.address)
        yield running


@pytest.fixture(scope="module")
def cups_press(centre: Centre, server: PrintServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    room = tmp_path_factory.mktemp("cups")
    engine = open_engine(room / "press.db", secrets.token_bytes(32))
    METADATA.create_all(engine)
    yield Press(
        centre.seal, Register(engine), resources.layouts_dir(), HOST, room, printers=roll_call(room), clock=lambda: NOW
    )
    engine.dispose()


def _ended(press: Press, number: str) -> bool:
    press.follow()
    return all(row.state in ("done", "failed") for row in press._register.prints(number=number))


def test_the_roll_call_finds_the_queue(cups_press: Press) -> None:
    usable = {state.name: state.usable for state in cups_press.printers()}
    assert usable == {"cups:cable": True, "cups:office": True, "folder": True}


def test_only_a_printer_is_asked_how_it_stands(server: PrintServer) -> None:
    """Also behind TLS with a certificate it signed itself; another server's queue would only remember."""
    device = cups.CupsQueue("office")._device()
    for way in (device, device.replace("ipp:", "ipps:")):
        assert ipp.printer_said(way) == ipp.PrinterSaid("idle", ())
    assert ipp.printer_said(f"ipp://{server.address}/ipp/print") is None, "it answers, and is no printer"
    assert ipp.printer_said("ipp://127.0.0.1:9/ipp/print") == "silent"
    unaskable = ("cable:/1", "usb://EPSON/TM?serial=1", "dnssd://Office._ipps._tcp.local/", "ipp://x:999999/", "")
    for other in (f"ipp://{server.address}/printers/office", *unaskable):
        assert ipp.printer_said(other) is None, other


@pytest.mark.parametrize("form", ["a4", "80mm"])
def test_what_comes_out_is_a_valid_voucher(cups_press: Press, server: PrintServer, centre: Centre, form: str) -> None:
    before = len(server.pages())
    issued = cups_press.issue(receipt(f"C1-{form}"))
    printed = cups_press.print(issued, "cups:office", form)  # type: ignore[arg-type]
    assert printed.state == "sent"
    wait_for(lambda: len(server.pages()) == before + 1, "the page comes out of the printer")
    wait_for(lambda: _ended(cups_press, issued.number), "the server says that the job is done")
    assert [row.state for row in cups_press._register.prints(number=issued.number)] == ["done"]
    with pytest.raises(AlreadyPrinted):
        cups_press.print(issued, "cups:office", "a4")
    page = max(server.room.joinpath("paper").glob("*.pdf"), key=lambda file: file.stat().st_mtime_ns).read_bytes()
    verdict = verify(page, centre.trust, now=NOW)
    assert verdict.code == "VALID"
    assert verdict.voucher is not None
    assert verdict.voucher.number == issued.number
    if form == "a4":
        assert "张*" in "".join(paper.page_texts(page)), "the server's filters kept the text layer"


def test_out_of_paper_waits_and_says_so(cups_press: Press, server: PrintServer) -> None:
    before = len(server.pages())
    server.take_paper_out()
    issued = cups_press.issue(receipt("C2"))
    cups_press.print(issued, "cups:office", "a4")
    wait_for(lambda: any(row.code == "out_of_paper" for row in cups_press.follow()), "the job says: out of paper")
    state = next(each for each in cups_press.printers() if each.name == "cups:office")
    assert (state.usable, state.code) == (False, "out_of_paper")
    assert len(server.pages()) == before
    server.add_paper()
    wait_for(lambda: _ended(cups_press, "C2"), "the waiting job ends")
    assert [(row.state, row.code) for row in cups_press._register.prints(number="C2")] == [("done", "")]
    assert len(server.pages()) == before + 1, "once, not twice"


def test_a_job_the_server_drops_is_not_called_printed(cups_press: Press, server: PrintServer) -> None:
    """Negative control inside: `lpstat` shows this job exactly as it shows a printed one."""
    queue = cups.CupsQueue("office")
    words = ("lp", "-d", "office", "-o", "media=Custom.72x245mm", "-o", "document-format=application/pdf", "-")
    code, said = cups._say(*words, given=cups_press.issue(receipt("C5")).pdf)
    assert code == 0
    job = said.split("request id is ")[1].split(" ")[0]
    wait_for(lambda: queue.follow(job).state != "sent", "the server drops the job")
    assert (queue.follow(job).state, queue.follow(job).unprinted) == ("failed", False)
    listed = cups._say("lpstat", "-l", "-W", "completed", "-o", "office")[1]
    assert "canceled" not in listed
    assert "aborted" not in listed


def _queue(server: PrintServer, program: str) -> None:
    subprocess.run((program, "-h", server.address, "office"), check=True, capture_output=True, timeout=30)


def test_a_job_that_waits_is_taken_back_and_handed_to_another_printer(cups_press: Press, server: PrintServer) -> None:
    """The queue is stopped before it began the job: surely nothing came out, so the same copy may go elsewhere."""
    before = len(server.pages())
    issued = cups_press.issue(receipt("C6"))
    queue = next(one for one in cups_press._found() if one.name == "cups:office")
    _queue(server, "cupsdisable")
    job = Job("C6-0", "a4", "application/pdf", issued.pdf, "A4")
    with pytest.raises(PrinterGone):
        cups_press.print(issued, "cups:office", "a4")
    code, said = cups._say("lp", "-d", "office", "-t", job.title, "-", given=job.content)
    assert code == 0
    waiting = said.split("request id is ")[1].split(" ")[0]
    assert queue.follow(waiting).state == "sent"
    taken = queue.take_back(waiting)
    assert (taken.state, taken.unprinted) == ("failed", True)
    assert cups_press.print(issued, "folder", "a4").state == "done"
    _queue(server, "cupsenable")
    wait_for(lambda: queue.state().usable, "the queue works again")
    assert len(server.pages()) == before


def test_a_job_cancelled_at_the_server_before_it_began_left_no_paper(cups_press: Press, server: PrintServer) -> None:
    """Somebody cancels it there: surely nothing came out, so the same copy may be printed unmarked."""
    before, register = len(server.pages()), cups_press._register
    issued = cups_press.issue(receipt("C7"))
    row = register.begin_print("C7", 0, "a4", "cups:office", paper=True)
    code, said = cups._say("lp", "-H", "hold", "-d", "office", "-t", "C7-0", "-", given=issued.pdf)
    assert code == 0
    job = said.split("request id is ")[1].split(" ")[0]
    register.change_print(row, "sent", job=job)
    assert [one.state for one in cups_press.follow()] == ["sent"]
    assert cups._say("cancel", job)[0] == 0
    wait_for(lambda: _ended(cups_press, "C7"), "the press learns of it")
    (ended,) = register.prints(number="C7")
    assert (ended.state, ended.code, ended.held) == ("failed", "cancelled_there", False)
    assert cups_press.print(issued, "folder", "a4").copy == 0
    assert len(server.pages()) == before


def test_a_job_cancelled_at_the_server_after_it_began_is_doubtful(cups_press: Press, server: PrintServer) -> None:
    """The control: the same cancelling, but the server had begun; the next paper must be a marked reprint."""
    server.take_paper_out()
    issued = cups_press.issue(receipt("C8"))
    printed = cups_press.print(issued, "cups:office", "a4")
    wait_for(lambda: any(row.code == "out_of_paper" for row in cups_press.follow()), "the job says: out of paper")
    assert cups._say("cancel", printed.job)[0] == 0
    wait_for(lambda: _ended(cups_press, "C8"), "the press learns of it")
    (ended,) = cups_press._register.prints(number="C8")
    assert (ended.state, ended.code, ended.held) == ("failed", "cancelled_midway", True)
    with pytest.raises(AlreadyPrinted):
        cups_press._register.begin_print("C8", 0, "a4", "cups:office", paper=True)
    with pytest.raises(OutOfPaper):
        cups_press.print(cups_press.issue(receipt("C9")), "cups:office", "a4")
    server.add_paper()
    wait_for(lambda: all(one.usable for one in cups_press.printers()), "the printer itself says that it has paper")
    assert _as_the_server_remembers("office") == "out_of_paper", (
        "the control: believing the server, nothing would print"
    )
    assert cups_press.print(cups_press.stored("C9"), "cups:office", "a4").copy == 0, "refused, so the copy was free"
    wait_for(lambda: _ended(cups_press, "C9"), "it comes out, and nobody had to touch the server")
    assert sorted(row.state for row in cups_press._register.prints(number="C9")) == ["done", "failed"]


def _as_the_server_remembers(queue: str) -> str:
    """What the press once took for the printer's state: the server's list of alerts."""
    return "out_of_paper" if "media-empty" in cups._alerts(cups._say("lpstat", "-l", "-p", queue)[1]) else ""


def test_a_printer_nobody_can_ask_gets_the_job_and_it_waits_for_paper(cups_press: Press, server: PrintServer) -> None:
    """A printer on a cable: paper runs out, the job is cancelled, and the server goes on saying "empty" for ever."""
    server.take_paper_out()
    cups_press.print(cups_press.issue(receipt("C10")), "cups:cable", "a4")
    wait_for(lambda: any(row.code == "out_of_paper" for row in cups_press.follow()), "the job says: out of paper")
    with pytest.raises(OutOfPaper):
        cups_press.print(cups_press.issue(receipt("C11")), "cups:cable", "a4")
    assert not freed(cups_press, "C10", "folder"), "it was begun: whether something came out, nobody can say"
    with pytest.raises(AlreadyPrinted):
        cups_press._register.begin_print("C10", 0, "a4", "cups:office", paper=True)
    wait_for(lambda: " is idle" in cups._say("lpstat", "-p", "cable")[1], "the server lets go of the cable")
    assert _as_the_server_remembers("cable") == "out_of_paper", "the control: no press that believes this prints again"
    before = len(server.pages())
    cups_press.print(cups_press.stored("C11"), "cups:cable", "a4")
    wait_for(lambda: [row.code for row in cups_press.waiting("C11")] == ["out_of_paper"], "still empty, and told")
    assert len(server.pages()) == before
    with pytest.raises(StillWaiting):
        freed(cups_press, "C11", "cups:cable")
    server.add_paper()
    wait_for(lambda: _ended(cups_press, "C11"), "the waiting job comes out by itself")
    assert sorted(row.state for row in cups_press._register.prints(number="C11")) == ["done", "failed"]
    assert len(server.pages()) == before + 1, "once, not twice"
    assert not cups_press.is_free("C11")


def test_the_plug_is_pulled(cups_press: Press, server: PrintServer) -> None:
    """Last: the printer does not come back. The receipt stays, the job is taken back, the next paper is marked."""
    issued = cups_press.issue(receipt("C3"))
    server.pull_the_plug()
    printed = cups_press.print(issued, "cups:office", "a4")
    wait_for(lambda: any(row.code == "printer_gone" for row in cups_press.follow()), "the job says: printer gone")
    with pytest.raises(PrinterGone):
        cups_press.print(cups_press.issue(receipt("C4")), "cups:office", "a4")
    taken = cups_press.take_back(printed.print_id)
    assert taken.state == "failed"
    if taken.held:  # the server had begun the job: whether a page went out, nobody can say
        with pytest.raises(AlreadyPrinted):
            cups_press.print(issued, "cups:office", "a4")
    again = cups_press.reprint("C3", "打印机故障")
    assert cups_press.print(again, "folder", "a4").copy == 1
    assert cups_press.stored("C3", 0).pdf == issued.pdf


def test_no_server_is_no_trouble(monkeypatch: pytest.MonkeyPatch, centre: Centre) -> None:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:9")
    assert cups.find(centre.room) == []
    assert cups.CupsQueue("office").state().code == "printer_gone"
    assert cups.CupsQueue("office").follow("office-1").state == "sent", "unknown stays unknown"
