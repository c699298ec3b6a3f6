"""The centre's append-only log of the statements it signed: written before a voucher is released (laws I5, I8).

A leaf is there before its paper is registered and released, so no released voucher is missing from the log; a leaf
without a paper means that a power cut came between, and is no harm. Whole subtrees are kept beside the leaves, so that
an append, a checkpoint or a proof takes a handful of rows however long the log is. `audit` believes none of them: it
builds the tree anew from the registered statements and the leaves and compares every checkpoint ever signed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import cbor2
from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from printing import log_proof
from printing.errors import LogWrong
from printing.log_proof import Checkpoint
from printing.register import LOG_CHECKPOINT, LOG_NODE, VOUCHER
from printing.seal import Seal
from printing.trust import TrustList

TRIES: Final = 50


@dataclass(frozen=True)
class Break:
    """`why`: leaf_missing, leaf_wrong, node_wrong, checkpoint_unsigned, checkpoint_wrong, log_shorter."""

    why: str
    where: str


@dataclass(frozen=True)
class LogReport:
    leaves: int
    checkpoints: int
    unreleased: int
    breaks: tuple[Break, ...]

    @property
    def ok(self) -> bool:
        return not self.breaks


class IssueLog:
    """`seal` signs checkpoints and is not the issuer's; `name`: `<issuer code>/log`."""

    def __init__(
        self, engine: Engine, seal: Seal, issuer: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._engine = engine
        self._seal = seal
        self.name = f"{issuer}/log"
        self._clock = clock

    def append(self, number: str, copy: int, statement: bytes) -> bytes:
        """Writes the leaf, durable on return, and gives the proof under a checkpoint signed at this moment."""
        leaf = log_proof.leaf(statement)
        for _ in range(TRIES):
            try:
                with self._engine.begin() as connection:
                    place = _size(connection)
                    _add(connection, place, leaf, number, copy)
                    return self._proof(connection, place, place + 1)
            except IntegrityError:  # another window was faster: the next place
                continue
        raise LogWrong(reason="busy")

    def adopt(self) -> int:
        """A house that issued before it had a log: its vouchers become the first leaves. Only ever of an empty log."""
        with self._engine.begin() as connection:
            if _size(connection):
                return 0
            wish = select(VOUCHER.c.number, VOUCHER.c.copy, VOUCHER.c.statement)
            rows = connection.execute(wish.order_by(VOUCHER.c.issued_at, VOUCHER.c.number, VOUCHER.c.copy)).all()
            for place, row in enumerate(rows):
                _add(connection, place, log_proof.leaf(bytes(row.statement)), row.number, row.copy)
        return len(rows)

    def proof(self, statement: bytes) -> bytes | None:
        """The proof of a statement under a checkpoint of now; None when it is not in the log."""
        with self._engine.begin() as connection:
            place = connection.scalar(
                select(func.min(LOG_NODE.c.place)).where(
                    LOG_NODE.c.level == 0, LOG_NODE.c.hash == log_proof.leaf(statement)
                )
            )
            return None if place is None else self._proof(connection, place, _size(connection))

    def checkpoint(self) -> bytes:
        """Signed now, and kept: for the daily sheet, the neighbouring station, the archive."""
        with self._engine.begin() as connection:
            return self._checkpoint(connection, _size(connection))

    def consistency(self, before: int) -> list[bytes]:
        """The proof that the log of `before` leaves grew into the present one."""
        with self._engine.connect() as connection:
            leaves = _leaves(connection)
        return log_proof.consistency(before, leaves)

    def audit(self, trust: TrustList) -> LogReport:
        """Everything again from the leaves: registered statements, subtrees, every checkpoint."""
        with self._engine.connect() as connection:
            leaves = _leaves(connection)
            known = set(leaves)
            breaks = [*_missing(connection, known), *_nodes(connection, leaves)]
            released = connection.scalar(select(func.count()).select_from(VOUCHER)) or 0
            papers = connection.execute(select(LOG_CHECKPOINT).order_by(LOG_CHECKPOINT.c.size)).all()
        for row in papers:
            breaks += _checked(bytes(row.paper), leaves, trust, self.name)
        return LogReport(len(leaves), len(papers), max(0, len(leaves) - released), tuple(breaks))

    def _proof(self, connection: Connection, place: int, size: int) -> bytes:
        checkpoint = self._checkpoint(connection, size)
        path = _path(connection, place, 0, size)
        return cbor2.dumps({0: log_proof.PROOF, 1: place, 2: path, 3: checkpoint}, canonical=True)

    def _checkpoint(self, connection: Connection, size: int) -> bytes:
        now = self._clock()
        kept = connection.scalar(
            select(LOG_CHECKPOINT.c.paper).where(
                LOG_CHECKPOINT.c.size == size, LOG_CHECKPOINT.c.at == int(now.timestamp())
            )
        )
        if kept is not None:
            return bytes(kept)
        root = _root(connection, 0, size) if size else log_proof.tree_root([])
        paper = Checkpoint(self.name, size, root, now).signed(self._seal)
        connection.execute(insert(LOG_CHECKPOINT).values(size=size, at=int(now.timestamp()), paper=paper))
        return paper


def _size(connection: Connection) -> int:
    last = connection.scalar(select(func.max(LOG_NODE.c.place)).where(LOG_NODE.c.level == 0))
    return 0 if last is None else int(last) + 1


def _add(connection: Connection, place: int, leaf: bytes, number: str, copy: int) -> None:
    """The leaf, and every subtree that it completes."""
    connection.execute(insert(LOG_NODE).values(level=0, place=place, hash=leaf, number=number, copy=copy))
    level, found = 0, leaf
    while place % 2:
        found = log_proof.node(_stored(connection, level, place - 1), found)
        level, place = level + 1, place >> 1
        connection.execute(insert(LOG_NODE).values(level=level, place=place, hash=found, number="", copy=0))


def _stored(connection: Connection, level: int, place: int) -> bytes:
    found = connection.scalar(select(LOG_NODE.c.hash).where(LOG_NODE.c.level == level, LOG_NODE.c.place == place))
    if found is None:
        raise LogWrong(reason="node_missing")
    return bytes(found)


def _root(connection: Connection, start: int, size: int) -> bytes:
    """The root over the leaves `start` … `start + size`; whole subtrees are looked up, the rest is built of them."""
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return _stored(connection, level, start >> level)
    cut = 1 << (size - 1).bit_length() - 1
    return log_proof.node(_root(connection, start, cut), _root(connection, start + cut, size - cut))


def _path(connection: Connection, place: int, start: int, size: int) -> list[bytes]:
    if size == 1:
        return []
    cut = 1 << (size - 1).bit_length() - 1
    if place < start + cut:
        return [*_path(connection, place, start, cut), _root(connection, start + cut, size - cut)]
    return [*_path(connection, place, start + cut, size - cut), _root(connection, start, cut)]


def _leaves(connection: Connection) -> list[bytes]:
    wish = select(LOG_NODE.c.place, LOG_NODE.c.hash).where(LOG_NODE.c.level == 0).order_by(LOG_NODE.c.place)
    return [bytes(row.hash) for row in connection.execute(wish)]


def _missing(connection: Connection, known: set[bytes]) -> list[Break]:
    """Released vouchers that are not in the log: signed behind its back."""
    rows = connection.execute(select(VOUCHER.c.number, VOUCHER.c.copy, VOUCHER.c.statement))
    return [
        Break("leaf_missing", f"{row.number}/{row.copy}")
        for row in rows
        if log_proof.leaf(bytes(row.statement)) not in known
    ]


def _nodes(connection: Connection, leaves: list[bytes]) -> list[Break]:
    """Stored subtrees that are not what the leaves say, and gaps between the leaves."""
    rows = connection.execute(select(LOG_NODE.c.level, LOG_NODE.c.place, LOG_NODE.c.hash)).all()
    stored = {(row.level, row.place): bytes(row.hash) for row in rows}
    found = [Break("leaf_wrong", str(n)) for n in range(len(leaves)) if (0, n) not in stored]
    level, below = 0, leaves
    while len(below) > 1:
        level += 1
        below = [log_proof.node(below[n], below[n + 1]) for n in range(0, len(below) - 1, 2)]
        found += [Break("node_wrong", f"{level}:{n}") for n, each in enumerate(below) if stored.get((level, n)) != each]
    return found


def _checked(paper: bytes, leaves: list[bytes], trust: TrustList, name: str) -> list[Break]:
    try:
        point = log_proof.read_checkpoint(paper, trust)
    except LogWrong as wrong:
        return [Break("checkpoint_unsigned", wrong.detail["reason"])]
    if point.log != name:
        return [Break("checkpoint_wrong", point.log)]
    if point.size > len(leaves):
        return [Break("log_shorter", f"{len(leaves)} < {point.size}")]
    if log_proof.tree_root(leaves[: point.size]) != point.root:
        return [Break("checkpoint_wrong", str(point.size))]
    return []
