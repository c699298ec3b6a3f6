"""Whether a genuine voucher is still in force: exact two-bit lists with a date, never a filter that guesses (I5, I10).

A voucher names its list and its place in it; 0 in force, 1 revoked, 2 suspended, 3 redeemed. Beside the bits a list
names, for each voucher that was corrected, the number of the one that took its place. Lists are signed by a status key
of the trust list, whose regions must cover the list's address; a list nobody may sign is no list. A verifier without
the list says so and stays with "genuine"; an old list is shown with its date.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

import cbor2

from printing import cbor, endorsement
from printing.endorsement import Endorsed, EndorsementWrong
from printing.errors import StatusWrong
from printing.seal import Seal
from printing.trust import TrustList

State = Literal["in_force", "revoked", "suspended", "redeemed"]
STATES: Final[tuple[State, ...]] = ("in_force", "revoked", "suspended", "redeemed")
LIST: Final = "onewindow-status-1"
LIFE: Final = timedelta(days=1)
MOST: Final = 1 << 20  # entries of one list
MOST_REPLACED: Final = 100_000


@dataclass(frozen=True)
class StatusList:
    """`bits` holds four vouchers a byte, lowest two bits first, as in the IETF token status list."""

    uri: str
    issued: datetime
    life: timedelta
    bits: bytes = field(repr=False)
    version: int = 1
    replaced: tuple[tuple[int, str], ...] = field(default=(), repr=False)

    def state(self, index: int) -> State | None:
        """None when the list is too short for this voucher: it is then not the list that was meant."""
        place, shift = divmod(index, 4)
        return STATES[self.bits[place] >> 2 * shift & 3] if 0 <= place < len(self.bits) else None

    def successor(self, index: int) -> str:
        """The number of the voucher that corrects this one; "" for none."""
        return self._successors.get(index, "")

    @cached_property
    def _successors(self) -> dict[int, str]:
        return dict(self.replaced)

    def is_stale(self, now: datetime) -> bool:
        return now > self.issued + self.life

    def encode(self) -> bytes:
        """What the status key signs. The bits are raw deflate: almost all of them are zero."""
        packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
        rows = [[index, number] for index, number in sorted(self.replaced)]
        return cbor2.dumps(
            {
                0: LIST,
                1: self.uri,
                2: self.version,
                3: int(self.issued.timestamp()),
                4: int(self.life.total_seconds()),
                5: len(self.bits),
                6: packer.compress(self.bits) + packer.flush(),
                7: rows,
            },
            canonical=True,
        )

    def signed(self, seal: Seal) -> bytes:
        return Endorsed(endorsement.STATUS_LIST, self.encode()).endorsed(seal).encode()

    @classmethod
    def decode(cls, content: bytes) -> StatusList:
        """The list of verified bytes; StatusWrong(damaged) for anything that is not exactly its shape."""
        try:
            found: Any = cbor.read(content)
            if found[0] != LIST or not isinstance(found[1], str):
                raise StatusWrong(reason="not_a_status_list")
            size, rows = int(found[5]), list(found[7])
            if not 0 < size <= MOST // 4 or len(rows) > MOST_REPLACED:
                raise ValueError
            opener = zlib.decompressobj(-15)
            bits = opener.decompress(found[6], size)  # never more than the size that was signed
            if len(bits) != size or not opener.eof or opener.unused_data:
                raise ValueError
            replaced = tuple((int(index), str(number)) for index, number in rows)
            times = datetime.fromtimestamp(int(found[3]), UTC), timedelta(seconds=int(found[4]))
            return cls(found[1], *times, bits, int(found[2]), replaced)
        except (cbor.CborWrong, zlib.error, KeyError, TypeError, ValueError, OverflowError):
            raise StatusWrong(reason="damaged") from None


def pack(states: Mapping[int, State], size: int) -> bytes:
    """The bits of a list of `size` places from the places that are not simply in force."""
    bits = bytearray(size // 4)
    for index, state in states.items():
        bits[index // 4] |= STATES.index(state) << 2 * (index % 4)
    return bytes(bits)


def read(data: bytes, trust: TrustList) -> StatusList:
    """A status list that a status key of `trust` may sign and did sign. StatusWrong with reason damaged,
    not_a_status_list, unknown_key, not_authorised or signature."""
    try:
        paper = endorsement.read(data, endorsement.STATUS_LIST)
        keys = trust.keys_under(paper, "status")
    except EndorsementWrong as wrong:
        reason = "not_a_status_list" if wrong.reason in ("other_paper", "not_cbor", "shape") else wrong.reason
        raise StatusWrong(reason=reason) from None
    made = StatusList.decode(paper.content)
    # A list of a lost key is not believed whatever its date: who has the key writes the date.
    if not any(key.compromised_since is None and key.signs_at(made.uri, made.issued) for key in keys):
        raise StatusWrong(reason="not_authorised")
    return made


@dataclass(frozen=True)
class StatusLists:
    """The newest list of every address. `refused`: reasons of files that were no list to believe."""

    lists: Mapping[str, StatusList]
    refused: tuple[str, ...] = ()

    def find(self, uri: str) -> StatusList | None:
        return self.lists.get(uri)

    @classmethod
    def of(cls, given: Iterable[bytes], trust: TrustList) -> StatusLists:
        found: dict[str, StatusList] = {}
        refused = []
        for data in given:
            try:
                made = read(data, trust)
            except StatusWrong as wrong:
                refused.append(wrong.detail["reason"])
                continue
            known = found.get(made.uri)
            if known is None or made.version > known.version:
                found[made.uri] = made
        return cls(found, tuple(refused))

    @classmethod
    def load(cls, paths: Iterable[Path], trust: TrustList) -> StatusLists:
        """From files; one that cannot be read counts as refused."""
        given, unreadable = [], []
        for path in paths:
            try:
                with path.open("rb") as file:
                    given.append(file.read(endorsement.LARGEST + 1))
            except OSError:
                unreadable.append("unreadable")
        made = cls.of(given, trust)
        return cls(made.lists, (*made.refused, *unreadable))
