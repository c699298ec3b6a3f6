"""The tables of the records: entries (the ledger), visits, cases (for searching), chain heads, number counters.

Only `record_entry` is the truth; the other tables are written in the same transaction and could be made again from it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class Table(DeclarativeBase):
    metadata = METADATA


class EntryRow(Table):
    """A fact for good. `holder`: under whose key the body is sealed, empty when it is not."""

    __tablename__ = "record_entry"
    __table_args__ = (UniqueConstraint("visit", "seq"),)
    station: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    visit: Mapped[str] = mapped_column(String(40))
    seq: Mapped[int] = mapped_column(Integer)
    at: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(String(64))
    operation: Mapped[str] = mapped_column(String(32))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    prev: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class HeadRow(Table):
    """The end of each station's chain; whoever appends locks this row first."""

    __tablename__ = "record_head"
    station: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class VisitRow(Table):
    __tablename__ = "record_visit"
    __table_args__ = (Index(None, "closed_at", "opened_at"),)
    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    station: Mapped[str] = mapped_column(String(80))
    length: Mapped[int] = mapped_column(Integer)
    holder: Mapped[str] = mapped_column(String(64), index=True)
    person: Mapped[str] = mapped_column(String(60))
    person_words: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[str] = mapped_column(String(40))
    closed_at: Mapped[str | None] = mapped_column(String(40))


class CaseTableRow(Table):
    """One case as a day book shows it; `words` is spaced for searching, without ID numbers or full names."""

    __tablename__ = "record_case"
    __table_args__ = (Index(None, "day", "number"), Index(None, "state", "day"))
    number: Mapped[str] = mapped_column(String(48), primary_key=True)
    visit: Mapped[str] = mapped_column(ForeignKey("record_visit.number"), index=True)
    item: Mapped[str] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(Integer)
    department: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(12))
    accepted_number: Mapped[str] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(12), server_default="")
    status_words: Mapped[str] = mapped_column(String(120), server_default="")
    status_at: Mapped[str] = mapped_column(String(40), server_default="")
    person: Mapped[str] = mapped_column(String(60))
    day: Mapped[date] = mapped_column(Date)
    opened_at: Mapped[str] = mapped_column(String(40))
    changed_at: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text)


class CounterRow(Table):
    """The last visit number a window gave out on a day. Numbers may have gaps, never twins."""

    __tablename__ = "record_counter"
    window: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)
