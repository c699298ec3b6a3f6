"""Is the visible text of a PDF what was signed? A genuine symbol on a changed page is the cheapest forgery there is.

Where the verifier has the voucher's layout, it draws the page again from the signed words and compares: every value as
often as it must occur, every item's values together, no foreign text, nothing gone. Where it has not, every value must
occur. Spaces, line ends and compatibility forms do not count: programs that re-save a PDF change those.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

import resources
from printing import layout, paper, preprinted, statement
from printing.errors import PressTrouble
from printing.seal import StatementWrong, unverified
from printing.verdict import Mismatch
from printing.voucher import Form, Voucher

_LONG: Final = 4  # letters of a value that does not stand anywhere by chance
_OTHER_SHEETS: Final[tuple[Form, ...]] = ("a5", "form")


@dataclass(frozen=True)
class Compared:
    """`exact` when the page could be drawn again for the comparison. Not `legible`: not one of the longer values is
    there; a printer's driver wrote letters for shapes, as on a scan, and that is no word against the paper."""

    mismatches: tuple[Mismatch, ...]
    exact: bool
    legible: bool = True


@cache
def _engine() -> paper.Engine:
    return paper.Engine(resources.layouts_dir())


def plain(text: str) -> str:
    """Without what re-saving changes. Radicals and compatibility forms become the ordinary characters (NFKC)."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf"))


def compare(layer: str, content: bytes, voucher: Voucher) -> Compared:
    """`layer` is the PDF's text; `content` the statement whose signature holds, `voucher` what it says."""
    seen = plain(layer)
    values = [(place, plain(text)) for place, text in statement.visible(voucher)]
    values.append(("issued_at", plain(layout.printed_time(voucher.issued_at))))
    if not any(len(value) >= _LONG and value in seen for _, value in values):
        return Compared((), exact=False, legible=False)
    drawn = _drawn_again(content, voucher, "a4")
    # The same words on another sheet stand in another order; only a page that is not the A4 one costs a second drawing.
    others = () if drawn is None or drawn == seen else (_drawn_again(content, voucher, form) for form in _OTHER_SHEETS)
    candidates = [drawn, *(each for each in others if each is not None)]
    wanted = min((each for each in candidates if each is not None), key=lambda each: _apart(seen, each), default=None)
    if wanted is None:
        gone = [Mismatch(place, value) for place, value in values if value not in seen]
        return Compared(tuple(gone), exact=False)
    if seen == wanted:
        return Compared((), exact=True)
    found = [Mismatch(place, value) for place, value in values if seen.count(value) < wanted.count(value)]
    found += _torn_items(seen, wanted, values)
    found += _other_text(seen, wanted)
    return Compared(tuple(found), exact=True)


def _apart(seen: str, wanted: str) -> tuple[bool, int]:
    """How far a page is from a drawing: the same, or by how many characters."""
    there, due = Counter(seen), Counter(wanted)
    return seen != wanted, sum((there - due).values()) + sum((due - there).values())


def _drawn_again(content: bytes, voucher: Voucher, form: Form) -> str | None:
    """The page's text as we would print it; None when this machine lacks the layout, its version or the fonts."""
    try:
        content_type, payload = unverified(content)
        packed = statement.unpack(payload, content_type)
        claims = statement.parse(packed)
        found = layout.load(resources.layouts_dir(), voucher.layout)
        if found.version != claims.template[1]:
            return None
        blank = [[False] * 69 for _ in range(69)]
        given = preprinted.fill(found, voucher, form, blank, statement.human_code(packed))
        return plain("".join(paper.page_texts(_engine().pdf(found, given, claims.issued))))
    except (PressTrouble, StatementWrong, resources.ResourceWrong):
        return None


def _torn_items(seen: str, wanted: str, values: list[tuple[str, str]]) -> list[Mismatch]:
    """An item's values must stand together as drawn: exchanging two items' numbers leaves every value on the page."""
    rows: dict[str, list[str]] = {}
    for place, value in values:
        if place.startswith("items."):
            rows.setdefault(place.rsplit(".", 1)[0], []).append(value)
    torn = []
    start = 0
    for row, cells in rows.items():
        first = min((at for cell in cells if (at := wanted.find(cell, start)) >= 0), default=-1)
        if first < 0:
            continue
        end = max(wanted.find(cell, first) + len(cell) for cell in cells)
        if wanted[first:end] not in seen:
            torn.append(Mismatch(row, wanted[first:end]))
        start = end
    return torn


def _other_text(seen: str, wanted: str) -> list[Mismatch]:
    added, gone = Counter(seen) - Counter(wanted), Counter(wanted) - Counter(seen)
    found = []
    if added:
        found.append(Mismatch("page.added", "", "".join(sorted(added.elements()))[:80]))
    if gone:
        found.append(Mismatch("page.missing", "".join(sorted(gone.elements()))[:80]))
    return found
