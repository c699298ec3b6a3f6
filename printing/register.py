"""What was issued and what was printed: no number is used twice, no paper comes out twice unmarked (laws I2, C11).

Two tables. `press_voucher` keeps every statement with its two papers: asking again gives the stored bytes.
`press_print` is the print queue: written before the printer hears of a job, it survives a restart. Its `paper_key` is
unique, one paper for one copy of one voucher; it is emptied only when surely nothing was printed.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Literal

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    UniqueConstraint,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from printing.errors import AlreadyPrinted

METADATA: Final = MetaData()
VOUCHER: Final = Table(
    "press_voucher",
    METADATA,
    Column("number", String(64), primary_key=True),
    Column("copy", Integer, primary_key=True),
    Column("kind", String(64), nullable=False),
    Column("layout", String(64), nullable=False),
    Column("contents", String(64), nullable=False),
    Column("identity", String(24), nullable=False),
    Column("key_id", String(16), nullable=False),
    Column("qr_text", String(4096), nullable=False),
    Column("statement", LargeBinary, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
    Column("receipt_png", LargeBinary, nullable=False),
    Column("issued_at", BigInteger, nullable=False),
)
PRINT: Final = Table(
    "press_print",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("number", String(64), nullable=False),
    Column("copy", Integer, nullable=False),
    Column("form", String(8), nullable=False),
    Column("printer", String(128), nullable=False),
    Column("paper_key", String(80), unique=True),
    Column("state", String(8), nullable=False),
    Column("job", String(256), nullable=False, default=""),
    Column("code", String(32), nullable=False, default=""),
    Column("begun_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Index("press_print_state", "state"),
    Index("press_print_number", "number", "copy"),
)
# Which place of which status list a voucher has, and how it stands; every change with its reason stays (I8).
STANDING: Final = Table(
    "press_standing",
    METADATA,
    Column("number", String(64), primary_key=True),
    Column("list", String(64), nullable=False),
    Column("place", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("successor", String(64), nullable=False, default=""),
    UniqueConstraint("list", "place", name="press_standing_place"),
)
STANDING_CHANGE: Final = Table(
    "press_standing_change",
    METADATA,
    Column("number", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("state", String(12), nullable=False),
    Column("reason", String(400), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("at", BigInteger, nullable=False),
)
STATUS_LIST: Final = Table(
    "press_status_list",
    METADATA,
    Column("list", String(64), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("issued_at", BigInteger, nullable=False),
    Column("paper", LargeBinary, nullable=False),
)
# The Merkle log: level 0 holds a leaf for every statement signed, level n the hash over 2^n whole leaves.
LOG_NODE: Final = Table(
    "press_log_node",
    METADATA,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("number", String(64), nullable=False, default=""),
    Column("copy", Integer, nullable=False, default=0),
    Index("press_log_number", "number", "copy"),
)
LOG_CHECKPOINT: Final = Table(
    "press_log_checkpoint",
    METADATA,
    Column("size", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    Column("paper", LargeBinary, nullable=False),
)
PrintState = Literal["queued", "sent", "done", "failed"]


@dataclass(frozen=True)
class StoredVoucher:
    number: str
    copy: int
    kind: str
    layout: str
    contents: str
    identity: str
    key_id: str
    issued_at: int
    qr_text: str = field(repr=False)
    statement: bytes = field(repr=False)
    pdf: bytes = field(repr=False)
    receipt_png: bytes = field(repr=False)


@dataclass(frozen=True)
class PrintRow:
    """`code` is the trouble of a failed or waiting job; `held` true: paper came out or may have come out."""

    id: str
    number: str
    copy: int
    form: str
    printer: str
    state: PrintState
    job: str
    code: str
    held: bool
    begun_at: int


class Register:
    """The press's two tables in the engine that assembly hands in; they exist already (migration, or create_all)."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._clock = clock

    def find(self, number: str, copy: int = 0) -> StoredVoucher | None:
        with self._engine.connect() as connection:
            row = connection.execute(
                select(VOUCHER).where(VOUCHER.c.number == number, VOUCHER.c.copy == copy)
            ).one_or_none()
        return None if row is None else _stored(row)

    def last_copy(self, number: str) -> StoredVoucher | None:
        with self._engine.connect() as connection:
            row = connection.execute(
                select(VOUCHER).where(VOUCHER.c.number == number).order_by(VOUCHER.c.copy.desc()).limit(1)
            ).one_or_none()
        return None if row is None else _stored(row)

    def keep(self, voucher: StoredVoucher) -> bool:
        """False when another window or thread was faster with this number and copy: take theirs."""
        values = {name: getattr(voucher, name) for name in StoredVoucher.__dataclass_fields__}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(VOUCHER).values(values))
        except IntegrityError:
            return False
        return True

    def begin_print(self, number: str, copy: int, form: str, printer: str, *, paper: bool) -> str:
        """The job's id, durable before the printer hears of it. AlreadyPrinted: this copy is or may be on paper."""
        now = int(self._clock().timestamp())
        made = secrets.token_hex(16)
        row = {
            "id": made,
            "number": number,
            "copy": copy,
            "form": form,
            "printer": printer,
            "paper_key": f"{number}/{copy}" if paper else None,
            "state": "queued",
            "job": "",
            "code": "",
            "begun_at": now,
            "changed_at": now,
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(PRINT).values(row))
        except IntegrityError:
            raise AlreadyPrinted(number=number, copy=str(copy)) from None
        return made

    def change_print(
        self, print_id: str, state: PrintState, *, job: str | None = None, code: str = "", release: bool = False
    ) -> None:
        """`release` only when surely nothing was printed: then this copy may go to another printer."""
        values: dict[str, Any] = {"state": state, "code": code, "changed_at": int(self._clock().timestamp())}
        if job is not None:
            values["job"] = job
        if release:
            values["paper_key"] = None
        with self._engine.begin() as connection:
            connection.execute(update(PRINT).where(PRINT.c.id == print_id).values(values))

    def prints(self, *states: PrintState, number: str | None = None) -> tuple[PrintRow, ...]:
        wish = select(PRINT).order_by(PRINT.c.begun_at, PRINT.c.id)
        if states:
            wish = wish.where(PRINT.c.state.in_(states))
        if number is not None:
            wish = wish.where(PRINT.c.number == number)
        with self._engine.connect() as connection:
            return tuple(_print(row) for row in connection.execute(wish))


def _stored(row: Row[Any]) -> StoredVoucher:
    found = dict(row._mapping)
    return StoredVoucher(**{name: found[name] for name in StoredVoucher.__dataclass_fields__})


def _print(row: Row[Any]) -> PrintRow:
    found = row._mapping
    return PrintRow(
        id=found["id"],
        number=found["number"],
        copy=found["copy"],
        form=found["form"],
        printer=found["printer"],
        state=found["state"],
        job=found["job"],
        code=found["code"],
        held=found["paper_key"] is not None,
        begun_at=found["begun_at"],
    )
