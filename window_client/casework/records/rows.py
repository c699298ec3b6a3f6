"""Rows behind an append: locking a chain's end and a visit's length in the one order that cannot deadlock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.dialects import postgresql, sqlite

from window_client.casework.ledger import GENESIS, Link
from window_client.casework.records.tables import HeadRow, Table, VisitRow

ENTRY_COLUMNS = tuple(one.name for one in fields(Link))


@dataclass
class ChainEnd:
    """Moves along while entries are added; written back once."""

    station: str
    position: int
    hash: bytes


def insert_new(db: Connection, table: type[Table], values: Mapping[str, Any]) -> None:
    """Insert unless it is there. `ON CONFLICT DO NOTHING` is the same on both databases but lives in two dialects."""
    make = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    db.execute(make(table).values(values).on_conflict_do_nothing())


def lock_head(db: Connection, station: str) -> ChainEnd:
    """First of all locks: appends of one station follow one another."""
    insert_new(db, HeadRow, {"station": station, "position": 0, "hash": GENESIS})
    row = db.execute(select(HeadRow.position, HeadRow.hash).where(HeadRow.station == station).with_for_update()).one()
    return ChainEnd(station, row.position, bytes(row.hash))


def lock_visit(db: Connection, visit: str) -> int:
    """Second lock: the visit's length, 0 when it is new."""
    return db.scalar(select(VisitRow.length).where(VisitRow.number == visit).with_for_update()) or 0


def set_head(db: Connection, end: ChainEnd) -> None:
    db.execute(update(HeadRow).where(HeadRow.station == end.station).values(position=end.position, hash=end.hash))


def link_of(row: Row[Any]) -> Link:
    found = row._mapping
    return Link(**{name: _own(found[name]) for name in ENTRY_COLUMNS})


def _own(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
