"""The printers, found by roll call: each module of this package has `find(room) -> printers`; a new file is a new kind.

A printer says whether it makes paper. Paper is marked when it comes a second time; a file in a folder may be written
again, it is the same file.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from printing.voucher import Form, PrinterState


@dataclass(frozen=True)
class Job:
    """What goes out; `title` is the voucher number and copy, never a name: print servers show it to everybody. `paper`:
    A4 or A5, empty for a size without a name."""

    title: str
    form: Form
    media_type: Literal["application/pdf", "image/png"]
    content: bytes = field(repr=False)
    paper: str = ""


@dataclass(frozen=True)
class Delivery:
    job: str
    where: str
    state: Literal["sent", "done"]


@dataclass(frozen=True)
class JobState:
    """`failed` with `unprinted`: surely no paper. A waiting job may carry the reason in `code` (out_of_paper …)."""

    state: Literal["sent", "done", "failed"]
    code: str = ""
    unprinted: bool = False


class Printer(Protocol):
    """`deliver` raises PressTrouble only when surely nothing was or will be printed. `dpi`: at which a page is read
    back before it goes out; a head of 180 dpi gets a slip of its own dots."""

    @property
    def name(self) -> str: ...
    @property
    def paper(self) -> bool: ...
    @property
    def dpi(self) -> int: ...
    def state(self) -> PrinterState: ...
    def takes(self, form: Form) -> Literal["application/pdf", "image/png"]: ...
    def deliver(self, job: Job) -> Delivery: ...
    def follow(self, job: str) -> JobState: ...
    def take_back(self, job: str) -> JobState: ...


def roll_call(room: Path) -> tuple[Printer, ...]:
    """Every printer that the modules of this package find; `room` is the press's own folder."""
    found: list[Printer] = []
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda each: each.name):
        found.extend(importlib.import_module(f"{__name__}.{module.name}").find(room))
    return tuple(found)
