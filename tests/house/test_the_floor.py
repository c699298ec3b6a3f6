"""The floor everything stands on: the database is new enough to be trusted, and the suite's own ears work."""

import logging

import sqlalchemy
from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from tests.whispers import Ear, people, whispered

# Older ones can corrupt a write-ahead log used by two connections (fixed 2026-03-13).
_OLDEST_TRUSTED = (3, 51, 3)


def test_the_embedded_database_cannot_corrupt_its_log() -> None:
    assert tuple(int(part) for part in dbapi2.sqlite_version.split(".")) >= _OLDEST_TRUSTED


def test_a_fresh_database_is_empty_and_works(engine: Engine) -> None:
    assert sqlalchemy.inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE sample (words TEXT)"))
        connection.execute(sqlalchemy.text("INSERT INTO sample VALUES ('一窗')"))
    with engine.begin() as connection:
        assert connection.execute(sqlalchemy.text("SELECT words FROM sample")).scalar_one() == "一窗"


def test_a_whisper_is_heard() -> None:
    invented = "990101" + "19800101" + "001" + "X"
    ear = Ear()
    record = logging.LogRecord("window_client.x", logging.INFO, __file__, 1, "read card %s", (invented,), None)
    ear.emit(record)
    assert [line for line in ear.complaints() if "personal" in line]
    assert not whispered("990101********001X")


def test_an_unexpected_warning_is_heard_and_an_expected_one_is_not() -> None:
    ear = Ear()
    ear.emit(logging.LogRecord("bridges.x", logging.WARNING, __file__, 1, "the worker stopped", (), None))
    assert list(ear.complaints())
    ear.expect("worker stopped")
    assert not list(ear.complaints())


def test_a_sample_residents_name_is_a_whisper() -> None:
    first = next(iter(people()))
    assert whispered(f"page of {first} scanned")
    assert first not in "".join(whispered(first))
