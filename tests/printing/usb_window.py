"""The press's end of a USB cable: a program of its own, because umockdev's library must be there before libusb is.

Orders on standard input, one JSON a line; each is answered with one. `state`, `deliver` (a picture) go to the press's
own printer, `naive` to python-escpos as it comes.
"""

from __future__ import annotations

import base64
import json
import sys

from printing.errors import PressTrouble
from printing.printers import Job
from printing.printers.receipt import ReceiptPrinter

PRINTER = ReceiptPrinter("cable", "usb://04b8:0e15")


def naive() -> str:
    from escpos.printer import Usb

    printer = Usb(0x04B8, 0x0E15)
    printer.open()
    try:
        printer._raw(b"\x1b@")
    except ValueError as wrong:
        return str(wrong)
    finally:
        printer.close()
    return "written"


def answer(order: dict[str, str]) -> dict[str, object]:
    match order["do"]:
        case "state":
            found = PRINTER.state()
            return {"usable": found.usable, "code": found.code}
        case "deliver":
            job = Job("U-0", "80mm", "image/png", base64.b64decode(order["picture"]))
            try:
                made = PRINTER.deliver(job)
            except PressTrouble as trouble:
                return {"trouble": trouble.code}
            after = PRINTER.follow(made.job)
            return {"state": made.state, "then": after.state, "code": after.code, "unprinted": after.unprinted}
        case _:
            return {"said": naive()}


if __name__ == "__main__":
    for row in sys.stdin:
        print(json.dumps(answer(json.loads(row))), flush=True)
