"""Whether a genuine voucher is still in force: exact two-bit lists with a date, never a filter that guesses.

A voucher names its list and its place in it; 0 in force, 1 revoked, 2 suspended, 3 redeemed. A verifier without the
list says so and stays with "genuine"; an old list is shown with its date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

State = Literal["in_force", "revoked", "suspended", "redeemed"]
STATES: Final[tuple[State, ...]] = ("in_force", "revoked", "suspended", "redeemed")


@dataclass(frozen=True)
class StatusList:
    """`bits` holds four vouchers a byte, lowest two bits first, as in the IETF token status list."""

    uri: str
    issued: datetime
    life: timedelta
    bits: bytes = field(repr=False)

    def state(self, index: int) -> State | None:
        """None when the list is too short for this voucher: it is then not the list that was meant."""
        place, shift = divmod(index, 4)
        return STATES[self.bits[place] >> 2 * shift & 3] if place < len(self.bits) else None

    def is_stale(self, now: datetime) -> bool:
        return now > self.issued + self.life


@dataclass(frozen=True)
class StatusLists:
    lists: Mapping[str, StatusList]

    def find(self, uri: str) -> StatusList | None:
        return self.lists.get(uri)
