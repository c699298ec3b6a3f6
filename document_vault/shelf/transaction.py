"""One transaction with the vault's tables, and what the database's own errors mean to a clerk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from document_vault.errors import DiskFull, StorageFailed


class Doubled(Exception):
    """Somebody else wrote the same thing first; look again."""


@contextmanager
def transaction(engine: Engine, *, reading: bool = False) -> Iterator[Connection]:
    """Everything inside happens or nothing does. Errors leave without their statement's values (law I9).

    ``reading`` tells the embedded database not to take the writers' lock.
    """
    try:
        with engine.connect().execution_options(onewindow_reading=reading) as connection, connection.begin():
            yield connection
    except IntegrityError:
        raise Doubled from None
    except DBAPIError as failure:
        state = getattr(failure.orig, "sqlstate", "") or ""
        words = str(failure.orig).lower()
        if state == "53100" or "disk is full" in words or "no space" in words:
            raise DiskFull("disk_full", doing="records") from None
        raise StorageFailed("records_failed", error=type(failure.orig).__name__, state=state) from None
    except SQLAlchemyError as failure:
        raise StorageFailed("records_failed", error=type(failure).__name__) from None
