"""Receipt printers that speak ESC/POS: over the network, a device file or USB, as `receipt-printers.json` names them.

Such a printer keeps no list of jobs. It is asked before (paper? online?) and, in turn with the job, after it: an answer
then means that everything before it was worked off. One that answered before and is silent after may have printed: that
job stays held, and the next paper is a marked reprint.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from printing import receipt_line as line
from printing.errors import OutOfPaper, PressFileWrong, PrinterGone, PrinterRefused
from printing.files import write_private
from printing.printers import Delivery, Job, JobState
from printing.voucher import Form, PrinterState

LIST: Final = "receipt-printers.json"
HEADS: Final = (180, 203, 300, 600)


@dataclass(frozen=True)
class ReceiptPrinter:
    """`address`: tcp://host:9100, file:///dev/usb/lp0 or usb://04b8:0e15."""

    name: str
    address: str
    dpi: int = 203
    paper: bool = True

    def state(self) -> PrinterState:
        try:
            with line.opened(self.address, self.name) as open_line:
                code = self._trouble(open_line)[0]
        except (PrinterGone, PrinterRefused, OSError):
            return PrinterState(self.name, False, "printer_gone", self.address)
        return PrinterState(self.name, not code, code, self.address)

    def takes(self, form: Form) -> Literal["application/pdf", "image/png"]:
        return "image/png" if form == "80mm" else "application/pdf"

    def deliver(self, job: Job) -> Delivery:
        if job.media_type != "image/png":
            raise PrinterRefused(printer=self.name, reason="form")
        content, made = line.commands(job.content), secrets.token_hex(6)
        with line.opened(self.address, self.name) as open_line:
            try:
                code, answers = self._trouble(open_line)
            except OSError:
                raise PrinterGone(printer=self.name, reason="line") from None
            if code:
                raise (OutOfPaper if code == "out_of_paper" else PrinterGone)(printer=self.name, reason="state")
            ending = self._sent(open_line, content, answers=answers)
        state: Literal["sent", "done"] = "done" if ending == "done" else "sent"
        return Delivery(f"{ending}-{made}", f"{self.name} {self.address}", state)

    def _trouble(self, open_line: line.Line) -> tuple[str, bool]:
        """(text code of what stands in the way, whether the printer answers at all)."""
        said = open_line.ask(line.ASK_STATE, line.PATIENCE)
        if not said:
            return "", False
        paper = open_line.ask(line.ASK_PAPER, line.PATIENCE)
        if paper and paper[0] & line.PAPER_END:
            return "out_of_paper", True
        return ("printer_gone" if said[0] & line.OFFLINE else ""), True

    @staticmethod
    def _sent(open_line: line.Line, content: bytes, *, answers: bool) -> Literal["done", "broken", "empty"]:
        """How it ended: `broken`: the line broke or the printer fell silent, part of it may be on paper."""
        try:
            for at in range(0, len(content), line.PART):
                open_line.write(content[at : at + line.PART])
            said = open_line.ask(line.ASK_IN_TURN, line.PRINTING) if answers else b""
        except Exception:  # noqa: BLE001 whatever a driver raises after the first byte: nobody knows what came out
            return "broken"
        if answers and not said:
            return "broken"
        return "empty" if said and said[0] & line.PAPER_END_IN_TURN == line.PAPER_END_IN_TURN else "done"

    def follow(self, job: str) -> JobState:
        match job.partition("-")[0]:
            case "done":
                return JobState("done")
            case "empty":
                return JobState("failed", "out_of_paper")
            case _:
                return JobState("failed", "printer_gone")

    def take_back(self, job: str) -> JobState:
        return self.follow(job)


def known(room: Path) -> list[ReceiptPrinter]:
    """The printers of the list; PressFileWrong names a list that cannot be read, rather than printing elsewhere."""
    file = room / LIST
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        found = [ReceiptPrinter(str(row["name"]), str(row["address"]), int(row["dpi"])) for row in rows]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError):
        raise PressFileWrong(file=str(file)) from None
    return found


def keep(room: Path, printers: list[ReceiptPrinter]) -> None:
    """Writes the list. PrinterRefused for an address or a head that no such printer has."""
    for one in printers:
        if not line.is_address(one.address):
            raise PrinterRefused(printer=one.name, reason="address")
        if one.dpi not in HEADS:
            raise PrinterRefused(printer=one.name, reason="dpi")
    rows = [{"name": one.name, "address": one.address, "dpi": one.dpi} for one in printers]
    write_private(room / LIST, json.dumps(rows, ensure_ascii=False, indent=1).encode())


def find(room: Path) -> list[ReceiptPrinter]:
    return known(room)
