"""How a voucher of our own stands is changed at the window: revoked, suspended, resumed, redeemed, corrected.

Laws: only a voucher that was checked and is in our register, by its identity and not by its number; every change has a
reason and the clerk's name and stays in the book of states for ever; what is final (revoked, redeemed, corrected) is
asked twice by the window and cannot be taken back here; the signed status list goes out at once with the change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from printing import statement
from printing.errors import UnknownVoucher
from printing.press import Press
from printing.status import State
from printing.status_book import Change, StatusBook
from printing.verdict import Verdict
from printing.voucher import Form, Line, Voucher
from window_client.casework.errors import WindowError

OFFERED: Final[dict[State, tuple[str, ...]]] = {
    "in_force": ("correct", "suspend", "redeem", "revoke"),
    "suspended": ("resume", "correct", "revoke"),
}
STATES: Final[dict[str, State]] = {
    "suspend": "suspended", "resume": "in_force", "redeem": "redeemed", "revoke": "revoked",
}  # fmt: skip
FOR_EVER: Final = ("correct", "redeem", "revoke")
LONGEST_CHAIN: Final = 20
_CORRECTION: Final = re.compile(r"-C\d+$")


@dataclass(frozen=True)
class Link:
    """One voucher of a chain of corrections."""

    number: str
    state: State


@dataclass(frozen=True)
class Ours:
    """A voucher out of our register: `chain` from the first issue to the newest correction, `changes` of this one."""

    voucher: Voucher = field(repr=False)
    state: State
    chain: tuple[Link, ...]
    changes: tuple[Change, ...] = field(repr=False)
    printed: bool

    @property
    def offered(self) -> tuple[str, ...]:
        return OFFERED.get(self.state, ())


@dataclass(frozen=True)
class Standings:
    """The centre's book of states, and how the signed lists are published from it; assembly hands both in."""

    book: StatusBook
    publish: Callable[[], object]

    def of(self, verdict: Verdict, press: Press) -> Ours | None:
        """None: not one of ours, or not proven to be."""
        if verdict.voucher is None:
            return None
        number = verdict.voucher.number
        try:
            stored = press.stored(number)
        except UnknownVoucher:
            return None
        if _identity(stored.statement) != _identity(verdict.statement):
            return None
        self.book.place_for(number)  # issued before there were lists: it still must be able to end
        state, _ = self.book.state_of(number)
        own = statement.of_the_register(stored.statement)[1].voucher
        printed = press.is_printed(number)
        return Ours(own, state, self._chain(number, press), self.book.history(number), printed)

    def change(self, number: str, state: State, reason: str, actor: str) -> None:
        self.book.change(number, state, reason, actor)
        self.publish()

    def _chain(self, number: str, press: Press) -> tuple[Link, ...]:
        first = number
        for _ in range(LONGEST_CHAIN):
            before = statement.of_the_register(press.stored(first).statement)[1].voucher.replaces
            if not before:
                break
            first = before
        links: list[Link] = []
        while first and len(links) < LONGEST_CHAIN:
            state, successor = self.book.state_of(first)
            links.append(Link(first, state))
            first = successor
        return tuple(links)


def corrected(ours: Ours, values: Mapping[str, str], reason: str, number: str) -> Voucher:
    """The correcting voucher: the same words but for `values` (place → word, places as statement.visible has them)."""
    old = ours.voucher

    def written(lines: tuple[Line, ...], row: str = "") -> tuple[Line, ...]:
        return tuple(replace(one, value=values.get(f"{row}{one.key}", one.value).strip()) for one in lines)

    items = tuple(written(item, f"items.{n}.") for n, item in enumerate(old.items, 1))
    lines = written(old.lines)
    if (lines, items) == (old.lines, old.items):
        raise WindowError("desk.nothing_corrected", number=old.number)
    return replace(
        old, number=number, lines=lines, items=items, copy=0, reason="", replaces=old.number, correction=reason.strip()
    )


def next_number(ours: Ours, press: Press) -> str:
    """The first voucher's number with the count of corrections: V1-R1, V1-R1-C1, V1-R1-C2."""
    first = _CORRECTION.sub("", ours.chain[0].number)
    for n in range(1, 1000):
        try:
            press.stored(f"{first}-C{n}")
        except UnknownVoucher:
            return f"{first}-C{n}"
    raise WindowError("printing.number_taken", number=first)


def paper_again(press: Press, number: str, printer: str, form: Form, reason: str) -> None:
    """The first paper, or with a reason the next one, marked as a reprint."""
    press.print(press.reprint(number, reason) if reason.strip() else press.stored(number), printer, form)


def _identity(signed: bytes) -> bytes:
    return statement.of_the_register(signed)[1].identity
