"""What a voucher says, as frozen values: everything a person will see on paper and nothing else.

Law: every visible value is in here, and everything in here is inside the signature; a layout adds labels, never values.
Personal data come masked from the counter (name and ID number with stars): the paper travels, the vault does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Language = Literal["zh", "en", "zh+en"]
Form = Literal["a4", "a5", "80mm", "form"]  # form: the values alone, onto a pre-printed form (套打)


@dataclass(frozen=True)
class Line:
    """One visible value; `key` is a word of the layout's vocabulary, which holds the labels."""

    key: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class Voucher:
    """`copy` 0 is the first paper; n > 0 is the n-th reprint, which shows its number and its `reason`.
    A correction (更正) shows the number it `replaces` and why (`correction`)."""

    number: str
    kind: str
    layout: str
    centre: str
    issued_at: datetime
    lines: tuple[Line, ...]
    items: tuple[tuple[Line, ...], ...]
    copy: int = 0
    reason: str = ""
    language: Language = "zh"
    demo: bool = False
    replaces: str = ""
    correction: str = ""

    def value(self, key: str) -> str:
        return next((line.value for line in self.lines if line.key == key), "")


@dataclass(frozen=True)
class Issued:
    """A finished voucher: both papers drawn, the symbol read back by both readers, the signature verified again."""

    number: str
    statement: bytes = field(repr=False)
    qr_text: str = field(repr=False)
    pdf: bytes = field(repr=False)
    receipt_png: bytes = field(repr=False)
    digest: str
    copy: int = 0
    again: bool = False  # true when this is the stored voucher of an earlier issue with the same number


@dataclass(frozen=True)
class Printed:
    """`where` is the file for the folder printer, the queue and job for a print server. `state`: sent or done."""

    printer: str
    job: str
    copy: int
    where: str
    state: str = "done"
    print_id: str = ""


@dataclass(frozen=True)
class PrinterState:
    """`usable` false carries the text code of the reason: printer_gone, out_of_paper, printer_refused."""

    name: str
    usable: bool
    code: str = ""
    detail: str = ""
    paper: bool = True
