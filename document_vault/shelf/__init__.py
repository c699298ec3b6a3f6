"""The shelf: the vault's rows in the house's one database. The only room of the vault that knows SQLAlchemy.

`METADATA` is what the first migration is made of; `make_tables` makes them where there is no migration (tests, tools).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from document_vault.errors import StorageFailed
from document_vault.shelf import trail
from document_vault.shelf.tables import METADATA
from document_vault.shelf.transaction import Doubled, transaction
from document_vault.shelf.turn import ConsentRow, DocumentRow, ObjectRow, PersonRow, Turn
from document_vault.values import Anchor, AuditReport

__all__ = [
    "METADATA",
    "ConsentRow",
    "DocumentRow",
    "Doubled",
    "Engine",
    "ObjectRow",
    "PersonRow",
    "Shelf",
    "Turn",
    "make_tables",
]


def make_tables(engine: Engine) -> None:
    METADATA.create_all(engine)


class Shelf:
    def __init__(self, engine: Engine, station: str, audit_key: bytes, clock: Callable[[], datetime]) -> None:
        self.station = station
        self._engine = engine
        self._audit_key = audit_key
        self._clock = clock

    def now(self) -> int:
        return to_ms(self._clock())

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """A writer's turn: at its end the noted audit entries are written and all of it is committed, or nothing is."""
        with transaction(self._engine) as connection:
            end = trail.take_turn(connection, self.station)
            turn = Turn(connection, self.now())
            yield turn
            if turn.entries:
                trail.write_entries(connection, self.station, end, turn.entries, self._audit_key)

    @contextmanager
    def look(self) -> Iterator[Turn]:
        """For reading: takes nobody's turn."""
        with transaction(self._engine, reading=True) as connection:
            yield Turn(connection, self.now())

    def peek_key(self, holder: str) -> tuple[bytes | None, int] | None:
        """The sealed person key, read beside any transaction that may be open elsewhere in this process.

        The records seal values while they hold the database's write lock; a reader that asked for that lock too
        (as every ordinary transaction of the embedded database does) would wait for itself.
        """
        mark = "?" if self._engine.dialect.name == "sqlite" else "%s"
        words = f"SELECT sealed_key, generation FROM vault_person WHERE holder = {mark}"  # noqa: S608 one of two marks
        try:
            raw = self._engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute(words, (holder,))
                row: Any = cursor.fetchone()
                cursor.close()
            finally:
                raw.close()
        except (SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error) as failure:
            raise StorageFailed("records_failed", error=type(failure).__name__) from None
        return None if row is None else (None if row[0] is None else bytes(row[0]), int(row[1]))

    def anchors(self) -> tuple[Anchor, ...]:
        with transaction(self._engine, reading=True) as connection:
            return trail.anchors(connection)

    def verify_audit(self, known: Sequence[Anchor]) -> AuditReport:
        with transaction(self._engine, reading=True) as connection:
            return trail.verify(connection, self._audit_key, known)


def to_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def from_ms(moment: int) -> datetime:
    return datetime.fromtimestamp(moment / 1000, UTC)
