"""The chain through the ledger: each entry carries the hash of the one before it, one chain a station.

Law I8: a changed, removed, swapped or inserted entry shows. A chain alone cannot show that its *end* was cut off or
rewritten (reliability.md D6): whoever keeps a `Head` elsewhere (a voucher, a day sheet, another machine) can, and
`first_break` takes such heads.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

GENESIS = bytes(32)
_MARK = b"onewindow ledger 1\n"
Why = Literal["gap", "changed", "other_before", "cut_off"]


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it rests: everything the hash covers, the body sealed or not, exactly as stored."""

    station: str
    position: int
    visit: str
    seq: int
    at: str
    actor: str
    kind: str
    holder: str
    operation: str
    body: bytes = field(repr=False)
    prev: bytes = field(repr=False)
    hash: bytes = field(repr=False, default=b"")


@dataclass(frozen=True, slots=True)
class Head:
    """How far a station's chain had come, and the hash there."""

    station: str
    position: int
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold. `position` is the entry that cannot be believed."""

    station: str
    position: int
    why: Why


@dataclass(frozen=True, slots=True)
class ChainReport:
    entries: int
    heads: tuple[Head, ...]
    breaks: tuple[Break, ...]

    @property
    def ok(self) -> bool:
        return not self.breaks


def link_hash(link: Link) -> bytes:
    said = [
        link.station, link.position, link.visit, link.seq, link.at, link.actor, link.kind, link.holder, link.operation,
        hashlib.sha256(link.body).hexdigest(),
    ]  # fmt: skip
    canonical = json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()
    return hashlib.sha256(_MARK + link.prev + canonical).digest()


def walk(entries: Iterable[Link], known: Mapping[int, str] | None = None) -> Iterator[Link | Break]:
    """Each entry of one station in order of position; ends with the first `Break`.

    `known`: position → hash kept elsewhere.
    """
    wanted = dict(known or {})
    position, before, station = 0, GENESIS, ""
    for link in entries:
        station = link.station
        position += 1
        why = _fault(link, position, before, wanted.pop(position, ""))
        if why is not None:
            yield Break(station, position, why)
            return
        before = link.hash
        yield link
    if wanted:
        yield Break(station, position + 1, "cut_off")


def first_break(entries: Iterable[Link], known: Mapping[int, str] | None = None) -> Break | None:
    return next((found for found in walk(entries, known) if isinstance(found, Break)), None)


def _fault(link: Link, position: int, before: bytes, known: str) -> Why | None:
    if link.position != position:
        return "gap"
    if link.prev != before:
        return "other_before"
    if link_hash(link) != link.hash:
        return "changed"
    return "changed" if known and link.hash.hex() != known else None
