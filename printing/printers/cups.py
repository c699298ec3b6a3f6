"""Print servers spoken to through `lp`, `lpstat` and `cancel` (CUPS, also UOS and Kylin desktops).

Child processes rather than a binding: pycups is GPL, and a hanging server hangs a child that can be ended, not us.
The page travels on standard input, so no file of ours holds it. The title is the voucher number. Where the programs are
not installed (Windows) this module finds no printer. `CUPS_SERVER` is honoured by the programs themselves.

What a queue without a job under way says about paper and cables is the past: CUPS keeps it until its next job, and a
press that believed it would wait for ever. Then the printer itself is asked (IPP); where it cannot be, the job is sent
and waits at the server, followed, told, and taken back when the clerk chooses another printer.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from printing import ipp
from printing.errors import OutOfPaper, PressTrouble, PrinterGone, PrinterRefused
from printing.printers import Delivery, Job, JobState
from printing.voucher import Form, PrinterState

PATIENCE: Final = 20.0  # seconds; a print server that says nothing for so long is gone
_RESOLUTION: Final = re.compile(r"(?:Resolution|printer-resolution)[^\n]*\*([0-9]{2,4})(?:x[0-9]+)?dpi")
_REQUEST: Final = re.compile(r"request id is (\S+) ")
_DEVICE: Final = re.compile(r"device for [^\n]*?: (\S+)")
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_MILD: Final = ("-warning", "-report")
_PAPER: Final = ("media-empty", "media-needed", "media-jam", "door-open", "cover-open")
_OFFLINE: Final = ("offline", "shutdown", "timed-out", "cups-remote")
# The server's own sentence below a queue whose device does not answer; its alerts say "none" then (measured, 2.4.2).
_SILENT: Final = ("may not exist", "not responding", "Unable to connect", "Unable to locate", "unreachable")


def _say(*words: str, given: bytes | None = None) -> tuple[int, str]:
    """(exit code, both outputs) of one of the programs, in the one language we read; 124 when it said nothing."""
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C"}
    environment.pop("LANGUAGE", None)
    try:
        ran = subprocess.run(
            words, input=given or b"", capture_output=True, timeout=PATIENCE, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return 124, ""
    except OSError:
        return 127, ""
    return ran.returncode, (ran.stdout + ran.stderr).decode("utf-8", "replace")


@dataclass(frozen=True)
class _Told:
    """`is_memory`: no job is under way, so what is said about the printer is from the last one."""

    code: str
    alerts: str
    is_memory: bool


class CupsQueue:
    """One queue. Jobs are named as the server names them, `queue-12`."""

    paper = True

    def __init__(self, queue: str) -> None:
        self._queue = queue
        self.name = f"cups:{queue}"

    def state(self) -> PrinterState:
        told = self._told()
        if told.code in ("out_of_paper", "printer_gone") and told.is_memory:
            told = self._now(told)
        if told.code:
            return PrinterState(self.name, False, told.code, told.alerts)
        said = _say("lpstat", "-a", self._queue)[1]
        if "not accepting" in said:
            return PrinterState(self.name, False, "printer_refused", "not accepting")
        return PrinterState(self.name, True, detail=told.alerts)

    def _told(self) -> _Told:
        """What the server says of the queue."""
        code, said = _say("lpstat", "-l", "-p", self._queue)
        if code or f"printer {self._queue} " not in said:
            return _Told("printer_gone", "", is_memory=False)
        alerts = _alerts(said)
        head, empty = said.splitlines()[0], any(word in alerts for word in _PAPER)
        if " disabled " in head:
            return _Told("out_of_paper" if empty else "printer_gone", alerts, is_memory=False)
        idle = " is idle" in head
        if empty:
            return _Told("out_of_paper", alerts, is_memory=idle)
        if any(word in alerts for word in _OFFLINE) or any(word in said for word in _SILENT):
            return _Told("printer_gone", alerts, is_memory=idle)
        return _Told("", alerts, is_memory=idle)

    def _now(self, told: _Told) -> _Told:
        """The printer's own word instead of what the server remembers."""
        device = self._device()
        here = _host_of(device) in _LOOPBACK
        if here and not _server_is_here():
            return replace(told, code="")  # the server's own loopback is not ours
        match ipp.printer_said(device):
            case ipp.PrinterSaid() as said:
                return _Told(_in_the_way(said), " ".join(said.reasons), is_memory=False)
            case "silent" if told.code == "printer_gone" and _server_is_here():
                return told  # it does not answer us either
        return replace(told, code="")

    def _device(self) -> str:
        code, said = _say("lpstat", "-v", self._queue)
        found = _DEVICE.search(said) if code == 0 else None
        return found[1] if found else ""

    def takes(self, form: Form) -> Literal["application/pdf", "image/png"]:
        return "application/pdf"

    @cached_property
    def dpi(self) -> int:
        """The queue's default resolution as its server tells it; 300 where it tells none."""
        code, said = _say("lpoptions", "-p", self._queue, "-l")
        found = _RESOLUTION.search(said) if code == 0 else None
        return int(found[1]) if found else 300

    def deliver(self, job: Job) -> Delivery:
        found = self.state()
        if not found.usable:
            raise _trouble(found.code, self.name)
        # A roll has the queue's own size: asking a printer for one it lacks makes the server drop the whole job.
        size = ("-o", f"media={job.paper}") if job.paper else ()
        wish = (*size, "-o", "print-scaling=auto-fit" if job.form == "80mm" else "print-scaling=none")
        code, said = _say(
            "lp",
            "-d",
            self._queue,
            "-t",
            job.title,
            *wish,
            "-o",
            "document-format=application/pdf",
            "-",
            given=job.content,
        )
        request = _REQUEST.search(said)
        if code == 124:  # the server may have taken it: not sure, so not a trouble that allows a second try
            return Delivery("", self.name, "sent")
        if code or request is None:
            raise PrinterRefused(printer=self.name, reason="lp", system=said.strip()[:200])
        return Delivery(request[1], f"{self.name} {request[1]}", "sent")

    def follow(self, job: str) -> JobState:
        """done and failed are the server's own words about this job; everything unclear stays `sent`."""
        found = self._ask(job)
        match found and found.state:
            case "completed":
                return JobState("done")
            case "canceled" if found is not None and not found.begun:
                return JobState("failed", "cancelled_there", unprinted=True)
            case "canceled":
                return JobState("failed", "cancelled_midway")  # part of it may be on paper
            case "aborted":
                return JobState("failed", "printer_refused")  # here too
            case None:
                return JobState("sent", "printer_gone")
            case "held":
                return JobState("sent")  # somebody at the server lets it wait
            case _:
                return JobState("sent", self._told().code)

    def take_back(self, job: str) -> JobState:
        """Cancels a waiting job. Surely unprinted only when the server had not begun it."""
        before = self._ask(job)
        if before is None or before.state in ("completed", "aborted", "canceled"):
            return self.follow(job)
        code, _ = _say("cancel", job)
        if code:
            return self.follow(job)
        return JobState("failed", "taken_back", unprinted=before.state in ("pending", "held"))

    def _ask(self, job: str) -> ipp.JobSaid | None:
        number = job.rpartition("-")[2]
        if not number.isdecimal():
            return None
        code, server = _say("lpstat", "-H")
        return None if code or not server.strip() else ipp.job_said(server.strip(), int(number))


def _alerts(said: str) -> str:
    return " ".join(line.split(":", 1)[1].strip() for line in said.splitlines() if line.strip().startswith("Alerts:"))


def _in_the_way(said: ipp.PrinterSaid) -> str:
    """A warning of an idle printer is not in the way: another tray has paper. Beside a page that waits it is."""
    reasons = " ".join(each for each in said.reasons if said.state != "idle" or not each.endswith(_MILD))
    if any(word in reasons for word in _PAPER):
        return "out_of_paper"
    return "printer_gone" if said.state == "stopped" or any(word in reasons for word in _OFFLINE) else ""


def _host_of(device: str) -> str:
    try:
        return urlsplit(device).hostname or ""
    except ValueError:
        return ""


def _server_is_here() -> bool:
    code, server = _say("lpstat", "-H")
    return code == 0 and (server.startswith("/") or server.strip().rpartition(":")[0].strip("[]") in _LOOPBACK)


def _trouble(code: str, printer: str) -> PressTrouble:
    kind = {"out_of_paper": OutOfPaper, "printer_gone": PrinterGone}.get(code, PrinterRefused)
    return kind(printer=printer, reason="state")


def find(_room: Path) -> list[CupsQueue]:
    """The server's queues; none where there is no server, which is no trouble."""
    if not shutil.which("lp") or not shutil.which("lpstat"):
        return []
    code, said = _say("lpstat", "-e")
    if code:
        return []
    return [CupsQueue(line.split()[0]) for line in said.splitlines() if line and not line.startswith("lpstat:")]
