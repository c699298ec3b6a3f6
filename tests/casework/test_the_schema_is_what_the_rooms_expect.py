"""Migration 1 makes every room's tables, on both databases; an old file is copied first; a newer one is refused."""

import json
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, inspect, text

from bridges.journal import METADATA as JOURNAL
from document_vault.shelf import METADATA as SHELF
from printing.register import METADATA as REGISTER
from window_client.casework.errors import WindowError
from window_client.casework.records import migrations
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


def test_what_an_older_version_only_wrote_into_the_ledger_comes_into_the_day_book(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    case = "INSERT INTO record_case VALUES (:n, 'V1', 'i', 1, 'd', :s, '', '', '2026-11-21', '', '', '')"
    entry = "INSERT INTO record_entry VALUES ('w03', :p, 'V1', :p, '', 'c01', 'StatusLearnt', '', '', :b, :b, :b)"
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.execute(text("INSERT INTO record_visit VALUES ('V1', 'w03', 2, '', '', '', '', NULL)"))
        for number, state in (("V1-1", "filed"), ("V1-2", "open")):
            connection.execute(text(case), {"n": number, "s": state})
        learnt = ((1, "V1-1", "working"), (2, "V1-1", "done"), (3, "V1-2", "done"))
        for place, number, state in learnt:
            body = json.dumps({"case": number, "state": state, "words": "话", "at": "2026-11-21T10:00"}).encode()
            connection.execute(text(entry), {"p": place, "b": body})
    bring_up_to_date(engine)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT number, status, status_words FROM record_case ORDER BY number")).all()
    assert [tuple(row) for row in rows] == [("V1-1", "done", "话"), ("V1-2", "", "")]
