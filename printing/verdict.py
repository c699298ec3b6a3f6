"""The answers a verification can have. "Cannot tell" is never "false": each code belongs to one of three classes.

Exit codes: genuine 0 · the answer is no 1 · wrong input 2 · could not tell 3. Words: texts `verdict.<CODE>` and
`verdict.note.<note>`. The table itself is data (resources/verdicts.json): a web page without Python reads it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

import resources
from printing.voucher import Voucher

Class = Literal["true", "false", "cannot-tell"]


@dataclass(frozen=True)
class Outcome:
    """One row of resources/verdicts.json, the one table of the command line, the client and the verifying page."""

    number: int
    exit_code: int
    kind: Class


def _table() -> tuple[Mapping[str, Outcome], tuple[str, ...]]:
    found = resources.verdicts()
    rows = {code: Outcome(row["number"], row["exit"], row["class"]) for code, row in found["codes"].items()}
    return MappingProxyType(rows), tuple(found["notes"])


# NOTES: a changed host, a page without text, a reprint: said beside the verdict, never instead of it.
CODES, NOTES = _table()


@dataclass(frozen=True)
class Mismatch:
    """A place where the page and the signed words differ; `seen` is what the page has instead, where that is known."""

    place: str
    signed: str = field(repr=False)
    seen: str = field(default="", repr=False)


@dataclass(frozen=True)
class Basis:
    """What a verdict stands on, for showing: how old the lists are is the reader's to judge, so they are told."""

    root: str = ""
    root_digest: str = ""
    root_is_local: bool = False
    trust_version: int = 0
    trust_issued: datetime | None = None
    trust_expires: datetime | None = None
    status_list: str = ""
    status_version: int = 0
    status_issued: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """`replaced_by`: the voucher that corrects this one; `replaces`: the one this corrects. Both are numbers or ""."""

    code: str
    voucher: Voucher | None = field(default=None, repr=False)
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    detail: str = ""
    notes: tuple[str, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    human_code: str = ""
    issuer: str = ""
    signer: str = ""
    statement: bytes = field(default=b"", repr=False)
    basis: Basis = Basis()
    replaces: str = ""
    replaced_by: str = ""

    @property
    def exit_code(self) -> int:
        return CODES[self.code].exit_code

    @property
    def kind(self) -> Class:
        return CODES[self.code].kind

    @property
    def genuine(self) -> bool:
        return self.exit_code == 0
