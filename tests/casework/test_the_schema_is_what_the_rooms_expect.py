"""Migration 1 makes every room's tables, on both databases; an old file is copied first; a newer one is refused."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, inspect, text

from bridges.journal import METADATA as JOURNAL
from document_vault.shelf import METADATA as SHELF
from printing.register import METADATA as REGISTER
from window_client.casework.errors import WindowError
from window_client.casework.records.engine import open_engine
from window_client.casework.records.migrations import bring_up_to_date
from window_client.casework.records.tables import METADATA as RECORDS

ROOMS = (RECORDS, JOURNAL, SHELF, REGISTER)


def test_the_migrated_schema_equals_what_the_rooms_declare(engine: Engine) -> None:
    bring_up_to_date(engine)
    declared = MetaData()
    for room in ROOMS:
        for table in room.tables.values():
            table.to_metadata(declared)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, declared) == []


def test_doing_it_twice_changes_nothing(engine: Engine) -> None:
    bring_up_to_date(engine)
    before = inspect(engine).get_table_names()
    bring_up_to_date(engine)
    assert inspect(engine).get_table_names() == before


def test_a_newer_schema_is_refused_and_left_alone(engine: Engine) -> None:
    bring_up_to_date(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WindowError) as told:
        bring_up_to_date(engine)
    assert told.value.code == "casework.records_newer"
    assert told.value.detail["schema"] == "9999"


def test_a_step_that_fails_leaves_the_old_schema(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE press_print (id INTEGER)"))  # the last room's table is in the way
    with pytest.raises(WindowError):
        bring_up_to_date(engine)
    assert inspect(engine).get_table_names() == ["press_print"]


def test_the_old_file_is_copied_and_still_opens(tmp_path: Path) -> None:
    key = bytes(range(32))
    engine = open_engine(tmp_path / "records.db", key)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE older (words TEXT)"))
        connection.execute(text("INSERT INTO older VALUES ('kept')"))
    bring_up_to_date(engine)
    engine.dispose()
    (copy,) = tmp_path.glob("records.db.before-*")
    assert copy.stat().st_mode & 0o077 == 0
    old = open_engine(copy, key)
    with old.connect() as connection:
        assert connection.scalar(text("SELECT words FROM older")) == "kept"
        assert inspect(connection).get_table_names() == ["older"]
    old.dispose()
