"""Opening the one database of a house: SQLCipher beside the client, PostgreSQL for a centre.

Laws:

* B6: a wrong key, a foreign or damaged file, a file that has gone: each is told and nothing is put in its place.
  A new file is made only where there was none before, whole, under another name first.
* B1/B10: WAL with synchronous=EXTRA, writers begin IMMEDIATE; SQLite older than 3.51.3 can corrupt a WAL database
  and is refused (measurements: reliability.md §4, dependencies.md §6).
* I9: statements' values never reach an exception text or a log.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import Connection
from sqlalchemy import Engine as Engine  # for assembly, which hands it to the four record rooms unopened
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlcipher3 import dbapi2

from window_client.casework.errors import WindowError

APPLICATION_ID = 0x4F4E4557  # "ONEW", in the header of every records file of ours
_OLDEST_SQLITE = (3, 51, 3)
_BUSY_MS = 10_000


def open_engine(place: str | Path, key: bytes | None) -> Engine:
    """The engine for a file path (SQLCipher, `key` of 32 bytes) or a `postgresql://` address (no key).

    Raises `WindowError` casework.records_*: wrong_key, foreign, gone, damaged, need_key, old_sqlite, unreachable.
    """
    if "://" in str(place):
        return _postgresql(str(place))
    if key is None or len(key) != 32:
        raise WindowError("casework.records_need_key")
    if dbapi2.sqlite_version_info < _OLDEST_SQLITE:
        raise WindowError("casework.records_old_sqlite", version=dbapi2.sqlite_version)
    return _sqlcipher(Path(place).absolute(), key)


# -- SQLCipher -------------------------------------------------------------------------------------------------------


def _sqlcipher(path: Path, key: bytes) -> Engine:
    marker = path.with_name(path.name + ".founded")
    if not path.exists():
        if marker.exists() or path.with_name(path.name + "-wal").exists():
            raise WindowError("casework.records_gone", file=path.name)
        _found(path, key)
    elif path.stat().st_size == 0:
        raise WindowError("casework.records_damaged", file=path.name)
    _prove(path, key)
    marker.touch(mode=0o600)
    engine = sqlalchemy.create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key),
        poolclass=sqlalchemy.QueuePool,
        pool_size=8,
        hide_parameters=True,
    )
    sqlalchemy.event.listen(engine, "begin", _begin)
    engine.update_execution_options(onewindow_file=str(path))
    return engine


def connect(path: Path, key: bytes) -> Any:
    """One connection with every setting that must be there before the first page is read or written."""
    try:
        raw = dbapi2.connect(f"file:{_escaped(path)}?mode=rw", uri=True, check_same_thread=False)
    except dbapi2.OperationalError:
        raise WindowError("casework.records_gone", file=path.name) from None
    raw.isolation_level = None  # we begin and commit ourselves
    try:
        for words in _settings(key):
            raw.execute(f"PRAGMA {words}")
    except dbapi2.DatabaseError:
        raw.close()
        raise
    return raw


def _settings(key: bytes) -> tuple[str, ...]:
    return (
        f"key = \"x'{key.hex()}'\"",
        "cipher_log = off",
        "cipher_log_level = NONE",
        f"busy_timeout = {_BUSY_MS}",
        "synchronous = EXTRA",
        "foreign_keys = ON",
        "secure_delete = ON",
    )


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _found(path: Path, key: bytes) -> None:
    """A new, empty, encrypted file, made under another name so that a half-made one is never taken for ours."""
    making = path.with_name(f"{path.name}.{os.getpid()}.making")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        raw = connect(making, key)
        try:
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        finally:
            raw.close()
        with contextlib.suppress(FileExistsError):  # another client of ours was faster; its file is as good
            os.link(making, path)
    except (OSError, dbapi2.DatabaseError) as failure:
        raise WindowError("casework.records_cannot_be_made", error=type(failure).__name__) from None
    finally:
        making.unlink(missing_ok=True)


def _prove(path: Path, key: bytes) -> None:
    """It opens with this key, is whole at first sight, and is ours."""
    with path.open("rb") as file:
        if file.read(16) == b"SQLite format 3\0":
            raise WindowError("casework.records_foreign", file=path.name)
    try:
        with contextlib.closing(connect(path, key)) as raw:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise WindowError("casework.records_foreign", file=path.name)
            raw.execute("PRAGMA journal_mode = WAL")
    except dbapi2.DatabaseError as failure:
        code = "wrong_key" if "not a database" in str(failure) else "damaged"
        raise WindowError(f"casework.records_{code}", file=path.name) from None


def _begin(connection: Connection) -> None:
    """Writers queue at the start of their turn: locks taken half-way failed 339 times in 1,200 (reliability.md B10)."""
    looking = connection.get_execution_options().get("onewindow_reading", False)
    connection.exec_driver_sql("BEGIN" if looking else "BEGIN IMMEDIATE")


# -- PostgreSQL ------------------------------------------------------------------------------------------------------


def _postgresql(address: str) -> Engine:
    try:
        url = make_url(address)
    except ArgumentError:
        raise WindowError("casework.records_wrong_address") from None
    if url.get_backend_name() != "postgresql":
        raise WindowError("casework.records_wrong_address")
    try:
        engine = sqlalchemy.create_engine(
            url.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, "options": f"-c lock_timeout={_BUSY_MS} -c timezone=UTC"},
        )
    except ArgumentError:
        raise WindowError("casework.records_wrong_address") from None
    try:
        with engine.connect() as connection:
            connection.execute(sqlalchemy.text("SELECT 1"))
    except DBAPIError:
        engine.dispose()
        raise WindowError("casework.records_unreachable") from None
    return engine
