"""What the database's own errors mean to a person at the window. Nothing of a statement's values gets out (law I9)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from window_client.casework.errors import WindowError

_CONNECTION_LOST = ("08", "57P")  # SQLSTATE classes: connection exception, operator intervention (shutdown)


def window_error(failure: SQLAlchemyError) -> WindowError:
    if not isinstance(failure, DBAPIError):
        return WindowError("casework.records_failed", error=type(failure).__name__)
    state = getattr(failure.orig, "sqlstate", "") or ""
    words = str(failure.orig).lower()
    if state == "53100" or "disk is full" in words or "no space left" in words:
        return WindowError("casework.disk_full")
    if "database is locked" in words or state == "55P03":
        return WindowError("casework.records_busy")
    if "not a database" in words or "malformed" in words or "disk i/o error" in words:
        return WindowError("casework.records_damaged")
    if is_lost(failure):
        return WindowError("casework.records_unreachable")
    return WindowError("casework.records_failed", error=type(failure.orig).__name__)


def is_lost(failure: SQLAlchemyError) -> bool:
    """The connection went away: whether the transaction happened is not known."""
    if not isinstance(failure, DBAPIError):
        return False
    state = getattr(failure.orig, "sqlstate", None)
    named = type(failure.orig).__name__ == "OperationalError" and type(failure.orig).__module__.startswith("psycopg")
    return failure.connection_invalidated or (state or "").startswith(_CONNECTION_LOST) or (named and state is None)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: everything inside happens or nothing does. Errors leave as they came."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """For looking only: takes no write lock, sees one moment."""
    try:
        with engine.connect().execution_options(onewindow_reading=True) as connection:
            yield connection
    except SQLAlchemyError as failure:
        raise window_error(failure) from None
