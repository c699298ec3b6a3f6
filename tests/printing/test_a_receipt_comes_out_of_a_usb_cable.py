"""C10 and C11 over USB: real libusb, pyusb and python-escpos open a printer that umockdev lets stand in /dev and sysfs.
Its far end is the receipt printer of the network's tests, so what it got can be compared byte by byte."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from printing.printers import Job
from printing.printers.receipt import ReceiptPrinter
from printing.voucher import Issued
from tests.printing.receipt_printer import Roll, pictures, running_receipt_printer

HERE = Path(__file__).parent
PRELOADED = "libumockdev-preload.so.0"


def _asked(program: subprocess.Popen[str], words: str) -> str:
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(words + "\n")
    program.stdin.flush()
    return program.stdout.readline()


@dataclass
class Desk:
    """A window with a printer on a cable."""

    roll: Roll
    cable: subprocess.Popen[str]
    window: subprocess.Popen[str]

    def do(self, order: str, picture: bytes = b"") -> dict[str, Any]:
        said = json.dumps({"do": order, "picture": base64.b64encode(picture).decode()})
        return dict(json.loads(_asked(self.window, said)))

    def set(self, order: str) -> None:
        assert _asked(self.cable, order) == "done\n"


def _program(closing: ExitStack, *words: str, **more: str) -> subprocess.Popen[str]:
    environment = {**os.environ, **more}
    pipe = subprocess.PIPE
    program = subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, env=environment, cwd=HERE.parents[1])

    def end() -> None:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.close()
        program.wait(10)
        program.stdout.close()

    closing.callback(end)
    return program


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with running_receipt_printer() as roll, ExitStack() as closing:
        # The system's own Python: umockdev's bindings are Debian's, as is the library.
        cable = _program(closing, "/usr/bin/python3", str(HERE / "usb_cable.py"), str(roll.port))
        assert cable.stdout is not None
        bed = cable.stdout.readline().strip()
        words = (sys.executable, "-m", "tests.printing.usb_window")
        yield Desk(roll, cable, _program(closing, *words, UMOCKDEV_DIR=bed, LD_PRELOAD=PRELOADED))


def _job_got(roll: Roll, nth: int) -> bytes:
    """The nth job, without the question at its end; the printer keeps it when the line is closed, a moment later."""
    deadline = time.monotonic() + 10
    while len(roll.jobs) < nth:
        assert time.monotonic() < deadline, "the printer never got it"
        time.sleep(0.01)
    return roll.jobs[nth - 1].removesuffix(b"\x1dr\x01")


def test_the_cable_carries_what_the_network_carries(desk: Desk, issued: Issued) -> None:
    assert desk.do("state") == {"usable": True, "code": ""}
    job = Job("U-0", "80mm", "image/png", issued.receipt_png)
    assert ReceiptPrinter("net", desk.roll.address).deliver(job).state == "done"
    by_network = _job_got(desk.roll, 1)
    assert desk.do("deliver", issued.receipt_png) == {"state": "done", "then": "done", "code": "", "unprinted": False}
    assert _job_got(desk.roll, 2) == by_network
    assert len(pictures(by_network)) == 1


def test_python_escpos_as_it_comes_would_not_find_the_way_in(desk: Desk) -> None:
    """Negative control: it takes the end points 0x01 and 0x82 for granted; this printer has 0x03 and 0x81."""
    assert "0x1" in desk.do("naive")["said"]


def test_a_slip_that_takes_its_time_is_not_called_lost(desk: Desk, issued: Issued) -> None:
    """python-escpos reads for a second and no longer; a slip comes out for longer."""
    before = len(desk.roll.jobs)
    desk.roll.printing = 1.1
    assert desk.do("deliver", issued.receipt_png)["state"] == "done"
    desk.roll.printing = 0.0
    assert _job_got(desk.roll, before + 1)


def test_no_paper_and_another_program_s_printer_take_no_byte(desk: Desk, issued: Issued) -> None:
    before = len(desk.roll.jobs)
    desk.roll.paper = False
    assert desk.do("deliver", issued.receipt_png) == {"trouble": "out_of_paper"}
    desk.roll.paper = True
    desk.set("busy")
    assert desk.do("state") == {"usable": False, "code": "printer_gone"}
    assert desk.do("deliver", issued.receipt_png) == {"trouble": "printer_gone"}
    desk.set("free")
    assert desk.do("deliver", issued.receipt_png)["state"] == "done", "the copy was free"
    assert _job_got(desk.roll, before + 1)
    assert len(desk.roll.jobs) == before + 1


def test_unplugged_in_the_middle_it_may_have_printed(desk: Desk, issued: Issued) -> None:
    desk.roll.breaks_after = 9000
    told = desk.do("deliver", issued.receipt_png)
    desk.roll.breaks_after = None
    assert told == {"state": "sent", "then": "failed", "code": "printer_gone", "unprinted": False}, (
        "held: never unmarked"
    )
    desk.set("unplug")
    assert desk.do("state") == {"usable": False, "code": "printer_gone"}
    assert desk.do("deliver", issued.receipt_png) == {"trouble": "printer_gone"}, "and here surely nothing came out"
    desk.set("plug")
    assert desk.do("deliver", issued.receipt_png)["state"] == "done", "the system's driver steps aside once more"
