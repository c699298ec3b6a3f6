"""Bringing a database to the schema of this version, at start, from code.

Laws: B12: old or new, never between (each step is one transaction on both databases); a SQLCipher file is copied before
it is changed. A database written by a newer version is refused, not guessed at.
"""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from window_client.casework.errors import WindowError
from window_client.casework.records.trouble import window_error

_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY
_HERE = Path(__file__).resolve().parent
_LOCK = 0x4F4E4557  # PostgreSQL advisory lock: two windows starting at once migrate one after the other


def bring_up_to_date(engine: Engine) -> None:
    """Run what is missing; nothing when the schema is current. Raises `WindowError`, casework.records_newer first."""
    script = ScriptDirectory(str(_HERE))
    try:
        if _revision(engine, script) == script.get_current_head():
            return
        _keep_copy(engine)
        config = Config()
        config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as failure:
        raise window_error(failure) from None


def _revision(engine: Engine, script: ScriptDirectory) -> str | None:
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in {one.revision for one in script.walk_revisions()}:
        raise WindowError("casework.records_newer", schema=found)
    return found


def _keep_copy(engine: Engine) -> None:
    """A copy of the encrypted file, pages and all, beside it; the last three are kept."""
    place = engine.get_execution_options().get("onewindow_file")
    if place is None:
        return
    path = Path(place)
    with engine.connect().execution_options(onewindow_reading=True) as connection:
        if not connection.scalar(text("SELECT count(*) FROM sqlite_master")):
            return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("BEGIN IMMEDIATE")  # nobody writes while the file is copied
        _copy(path, path.with_name(f"{path.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"))
        cursor.execute("ROLLBACK")
    finally:
        raw.close()
    for old in sorted(path.parent.glob(f"{path.name}.before-*"))[:-3]:
        old.unlink()


def _copy(source: Path, target: Path) -> None:
    try:
        with source.open("rb") as old, os.fdopen(os.open(target, _NEW, 0o600), "wb") as new:
            while block := old.read(1 << 20):
                new.write(block)
            new.flush()
            os.fsync(new.fileno())
    except OSError as failure:
        with contextlib.suppress(OSError):
            target.unlink()
        code = "disk_full" if failure.errno == 28 else "records_no_copy"
        raise WindowError(f"casework.{code}") from None
