"""The tables of the journal: runs, their steps, and when a department was last asked about a case by itself."""

from __future__ import annotations

from sqlalchemy import Float, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

METADATA = MetaData()


class _Table(DeclarativeBase):
    metadata = METADATA


class BridgeRun(_Table):
    __tablename__ = "bridge_run"
    __table_args__ = (UniqueConstraint("department", "number", name="uq_bridge_run_department_number"),)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    department: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(12))
    owner: Mapped[str] = mapped_column(String(120))
    lease: Mapped[float] = mapped_column(Float(53))
    fence: Mapped[int] = mapped_column(Integer)
    number: Mapped[str | None] = mapped_column(String(120))
    told: Mapped[str] = mapped_column(Text, default="{}")
    began: Mapped[float] = mapped_column(Float(53))
    intended: Mapped[float | None] = mapped_column(Float(53))
    ended: Mapped[float | None] = mapped_column(Float(53))


class BridgeStep(_Table):
    __tablename__ = "bridge_step"
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    fence: Mapped[int] = mapped_column(Integer, primary_key=True)
    n: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    at: Mapped[float] = mapped_column(Float(53))


class BridgeAsked(_Table):
    """A table of its own, because a plain journal of an earlier version gets whole tables, never columns."""

    __tablename__ = "bridge_asked"
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    department: Mapped[str] = mapped_column(String(40), index=True)
    at: Mapped[float] = mapped_column(Float(53))
