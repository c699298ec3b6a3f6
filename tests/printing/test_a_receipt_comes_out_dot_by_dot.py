"""C10 and C11 on a roll: the dots on the line are the dots that were read back; what may have printed is never sent
again unmarked. Over a real socket, into a device file, judged by python-escpos as a stranger would write it."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageOps

import resources
from printing import reading, receipt_line
from printing.errors import AlreadyPrinted, OutOfPaper, PressFileWrong, PrinterGone, PrinterRefused
from printing.press import Press
from printing.printers import receipt as escpos
from printing.printers import roll_call
from printing.printers.folder import FolderPrinter
from printing.printers.receipt import ReceiptPrinter
from printing.voucher import Issued
from tests.printing.conftest import HOST, NOW, Centre, receipt
from tests.printing.receipt_printer import Roll, pictures, running_receipt_printer


@pytest.fixture
def roll() -> Iterator[Roll]:
    with running_receipt_printer() as running:
        yield running


def _same_dots(printed: Image.Image, drawn: bytes) -> bool:
    with Image.open(io.BytesIO(drawn)) as wanted:
        one, other = printed.convert("L"), wanted.convert("L")
    return one.size == other.size and ImageChops.difference(one, other).getbbox() is None


def _add(press: Press, roll: Roll, dpi: int = 203) -> None:
    escpos.keep(press._work, [ReceiptPrinter("roll", roll.address, dpi)])


def test_the_slip_on_the_line_is_the_slip_that_was_read_back(counter: Press, roll: Roll) -> None:
    _add(counter, roll)
    issued = counter.issue(receipt("E1"))
    assert {state.name: state.usable for state in counter.printers()}["roll"]
    done = counter.print(issued, "roll", "80mm")
    assert done.state == "done", "the printer answered in turn: everything before it was worked off"
    (printed,) = pictures(roll.jobs[-1])
    assert _same_dots(printed, issued.receipt_png)
    assert reading.by_zxing(printed.convert("L")) == reading.by_pyzbar(printed.convert("L")) == [issued.qr_text]
    with pytest.raises(AlreadyPrinted):
        counter.print(issued, "roll", "80mm")
    assert len(roll.jobs) == 1


def test_a_head_of_180_dpi_gets_a_slip_of_its_own_dots(counter: Press, roll: Roll) -> None:
    _add(counter, roll, 180)
    issued = counter.issue(receipt("E2"))
    counter.print(issued, "roll", "80mm")
    (printed,) = pictures(roll.jobs[-1])
    assert printed.width == 512
    assert reading.by_zxing(printed.convert("L")) == reading.by_pyzbar(printed.convert("L")) == [issued.qr_text]


def test_our_raster_is_the_one_python_escpos_writes(press: Press, issued: Issued) -> None:
    from escpos.printer import Dummy

    stranger = Dummy()
    stranger.image(Image.open(io.BytesIO(issued.receipt_png)), impl="bitImageRaster", fragment_height=receipt_line.BAND)
    stranger.cut(feed=False)
    (theirs,), (ours,) = pictures(stranger.output), pictures(receipt_line.commands(issued.receipt_png))
    assert ImageChops.difference(theirs, ours).getbbox() is None


def test_a_wrong_bit_would_be_seen(issued: Issued) -> None:
    """Negative control: white and black exchanged, and one dot."""
    with Image.open(io.BytesIO(issued.receipt_png)) as slip:
        turned, dotted = ImageOps.invert(slip.convert("L")), slip.convert("L")
    dotted.putpixel((0, 0), 0)
    assert not _same_dots(turned, issued.receipt_png)
    assert not _same_dots(dotted, issued.receipt_png)


def test_a_device_file_gets_the_same_bytes(counter: Press, tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    escpos.keep(tmp_path, [ReceiptPrinter("device", f"file://{device}")])
    issued = counter.issue(receipt("E3"))
    with pytest.raises(PrinterGone):
        counter.print(issued, "device", "80mm")
    device.touch()
    assert counter.print(issued, "device", "80mm").state == "done", "what is not there took nothing: the copy was free"
    assert device.read_bytes() == receipt_line.commands(issued.receipt_png)
    again = counter.reprint("E3", "卡纸")
    counter.print(again, "device", "80mm")
    assert len(pictures(device.read_bytes())) == 2, "a device file is written on, never over"


def test_without_paper_nothing_is_sent_and_another_printer_may_have_it(counter: Press, roll: Roll) -> None:
    _add(counter, roll)
    roll.paper = False
    issued = counter.issue(receipt("E4"))
    with pytest.raises(OutOfPaper):
        counter.print(issued, "roll", "80mm")
    assert roll.jobs == []
    assert {state.name: state.code for state in counter.printers()}["roll"] == "out_of_paper"
    assert counter.print(issued, "folder", "80mm").state == "done"
    roll.paper = True
    assert counter.print(issued, "roll", "80mm").state == "done"


def test_paper_that_ends_inside_a_slip_is_told_and_held(counter: Press, roll: Roll) -> None:
    _add(counter, roll)
    roll.ends_in_job = True
    issued = counter.issue(receipt("E5"))
    assert counter.print(issued, "roll", "80mm").state == "sent"
    assert [(row.state, row.code, row.held) for row in counter.follow()] == [("failed", "out_of_paper", True)]
    with pytest.raises(AlreadyPrinted):
        counter.print(issued, "roll", "80mm")
    roll.ends_in_job = False
    assert counter.print(counter.reprint("E5", "缺纸"), "roll", "80mm").copy == 1


def test_a_line_that_breaks_inside_a_slip_may_have_printed(counter: Press, roll: Roll, centre: Centre) -> None:
    """Also after a restart of the window: the queue is in the database, nothing is in memory."""
    _add(counter, roll)
    roll.breaks_after = 4000
    issued = counter.issue(receipt("E6"))
    printed = counter.print(issued, "roll", "80mm")
    assert printed.state == "sent"
    again = Press(centre.seal, counter._register, resources.layouts_dir(), HOST, counter._work, clock=lambda: NOW)
    assert again.recover() == ()
    (row,) = again.follow()
    assert (row.number, row.state, row.code, row.held) == ("E6", "failed", "printer_gone", True)
    with pytest.raises(AlreadyPrinted):
        again.print(issued, "roll", "80mm")


def test_a_printer_that_never_answers_is_believed_when_it_took_everything(counter: Press, roll: Roll) -> None:
    _add(counter, roll)
    roll.answers = False
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receipt_line, "PATIENCE", 0.3)
        assert counter.print(counter.issue(receipt("E7")), "roll", "80mm").state == "done"


def test_nobody_there_is_said_at_once(counter: Press) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    gone = [ReceiptPrinter("roll", f"tcp://127.0.0.1:{port}"), ReceiptPrinter("usb", "usb://1d0f:ffff")]
    escpos.keep(counter._work, gone)
    issued = counter.issue(receipt("E8"))
    for name in ("roll", "usb"):
        with pytest.raises(PrinterGone):
            counter.print(issued, name, "80mm")
    states = {state.name: state.code for state in counter.printers()}
    assert (states["roll"], states["usb"]) == ("printer_gone", "printer_gone")
    assert counter.print(issued, "folder", "80mm").state == "done"


def test_a_roll_takes_no_sheet(counter: Press, roll: Roll) -> None:
    _add(counter, roll)
    with pytest.raises(PrinterRefused):
        counter.print(counter.issue(receipt("E9")), "roll", "a4")
    assert roll.jobs == []


@pytest.mark.parametrize(
    "wrong", [{"address": "http://x:1"}, {"address": "tcp://x"}, {"dpi": 96}, {"address": "file://x"}]
)
def test_a_printer_that_cannot_be_is_not_kept(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(PrinterRefused):
        escpos.keep(tmp_path, [replace(ReceiptPrinter("p", "tcp://127.0.0.1:9100"), **wrong)])  # type: ignore[arg-type]
    (tmp_path / escpos.LIST).write_text('[{"name": 1')
    with pytest.raises(PressFileWrong):
        roll_call(tmp_path)
    assert FolderPrinter(tmp_path).name == "folder"
