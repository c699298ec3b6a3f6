"""The folder printer: the paper as a file, whole or absent, readable by its owner only.

For windows without a printer, for the demonstration, and as the place from which a receipt is sent on. It makes no
paper, so writing the same copy again is no second original.
"""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import Literal

from printing.errors import PrinterRefused
from printing.files import write_private
from printing.printers import Delivery, Job, JobState
from printing.voucher import Form, PrinterState

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")


class FolderPrinter:
    name = "folder"
    paper = False
    dpi = 203

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def state(self) -> PrinterState:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as trouble:
            return PrinterState(self.name, False, "printer_refused", str(trouble.strerror), paper=False)
        return PrinterState(self.name, True, detail=str(self._folder), paper=False)

    def takes(self, form: Form) -> Literal["application/pdf", "image/png"]:
        return "image/png" if form == "80mm" else "application/pdf"

    def deliver(self, job: Job) -> Delivery:
        ending = "pdf" if job.media_type == "application/pdf" else "png"
        path = self._folder / f"{_UNSAFE.sub('_', job.title)}-{job.form}.{ending}"
        try:
            write_private(path, job.content)
        except OSError as trouble:
            reason = "disk_full" if trouble.errno in (errno.ENOSPC, errno.EDQUOT) else "folder"
            raise PrinterRefused(printer=self.name, reason=reason, system=str(trouble.strerror)) from None
        return Delivery(path.name, str(path), "done")

    def follow(self, job: str) -> JobState:
        there = (self._folder / job).is_file() if job else False
        return JobState("done") if there else JobState("failed", "printer_refused", unprinted=True)

    def take_back(self, job: str) -> JobState:
        return self.follow(job)


def find(room: Path) -> list[FolderPrinter]:
    return [FolderPrinter(room / "printed")]
