"""The answers a verification can have. "Cannot tell" is never "false": each code belongs to one of four kinds.

Kinds and exit codes: genuine 0 · the answer is no 1 · wrong input 2 · could not tell 3. Words: texts `verdict.<CODE>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from printing.voucher import Voucher

# number (docs/vouchers.md §7), exit code
CODES: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "VALID": (0, 0),
        "VALID_STALE_STATUS": (1, 0),
        "VALID_NO_STATUS": (2, 0),
        "REVOKED": (10, 1),
        "SUSPENDED": (11, 1),
        "REDEEMED": (12, 1),
        "SUPERSEDED": (13, 1),
        "EXPIRED": (14, 1),
        "NOT_YET_VALID": (15, 1),
        "BAD_SIGNATURE": (20, 1),
        "TEXT_MISMATCH": (21, 1),
        "KEY_COMPROMISED": (22, 1),
        "KEY_COMPROMISED_UNPROVEN": (23, 1),
        "KEY_OUT_OF_WINDOW": (24, 1),
        "ISSUER_NOT_AUTHORISED": (25, 1),
        "PDF_SIGNATURE_INVALID": (26, 1),
        "UNKNOWN_KEY": (40, 3),
        "TRUST_LIST_EXPIRED": (41, 3),
        "TRUST_LIST_ROLLBACK": (42, 3),
        "CLOCK_SUSPECT": (43, 3),
        "UNSUPPORTED_VERSION": (44, 3),
        "UNSUPPORTED_ALG": (45, 3),
        "UNKNOWN_DICTIONARY": (46, 3),
        "TRUST_LIST_MISSING": (47, 3),
        "NO_QR_FOUND": (60, 3),
        "QR_UNREADABLE": (61, 3),
        "NOT_A_VOUCHER": (62, 2),
        "MULTIPLE_VOUCHERS": (63, 2),
        "MALFORMED": (64, 1),
        "FILE_UNREADABLE": (65, 2),
        "FILE_TOO_LARGE": (66, 2),
    }
)
# A changed host, a page without text, a layout we do not have: said beside the verdict, never instead of it.
NOTES: Final = ("host_unknown", "text_not_compared", "layout_other_version", "reprint", "demo", "trust_list_old")


@dataclass(frozen=True)
class Mismatch:
    """A place where the page and the signed words differ; `seen` is what the page has instead, where that is known."""

    place: str
    signed: str = field(repr=False)
    seen: str = field(default="", repr=False)


@dataclass(frozen=True)
class Verdict:
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

    @property
    def exit_code(self) -> int:
        return CODES[self.code][1]

    @property
    def genuine(self) -> bool:
        return self.exit_code == 0
