"""B6: a wrong key, a foreign, damaged, empty or vanished file is told; nothing is ever put in its place."""

import os
import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.casework.room import cabinet_on, opened
from window_client.casework import facts as f
from window_client.casework.errors import WindowError
from window_client.casework.records import engine as engine_module
from window_client.casework.records.engine import open_engine

KEY = bytes(range(32))
VISIT = "V20261121-03-0001"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.db"
    engine = open_engine(path, KEY)
    cabinet_on(engine).append(VISIT, opened(VISIT), expected=0, actor="c01")
    engine.dispose()
    return path


def _foreign(path: Path) -> None:
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE notes (words TEXT)")
    other.commit()
    other.close()


def _of_another_program(path: Path) -> None:
    path.unlink()
    other = dbapi2.connect(str(path))
    other.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    other.execute("CREATE TABLE notes (words TEXT)")
    other.commit()
    other.close()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.unlink(), "gone"),
        (lambda path: os.truncate(path, 0), "damaged"),
        (_foreign, "foreign"),
        (_of_another_program, "foreign"),
        (lambda path: path.write_bytes(secrets.token_bytes(20_000)), "wrong_key"),
        (lambda path: path.write_bytes(b"\x00" * 4096 + path.read_bytes()[4096:]), "wrong_key"),
    ],
)
def test_a_spoilt_file_is_told_and_left_as_it_is(records: Path, spoil: Callable[[Path], object], code: str) -> None:
    spoil(records)
    before = records.read_bytes() if records.exists() else None
    with pytest.raises(WindowError) as told:
        open_engine(records, KEY)
    assert told.value.code == f"casework.records_{code}"
    assert (records.read_bytes() if records.exists() else None) == before


def test_a_wrong_key_is_told_and_the_right_one_still_opens(records: Path) -> None:
    with pytest.raises(WindowError) as told:
        open_engine(records, secrets.token_bytes(32))
    assert told.value.code == "casework.records_wrong_key"
    engine = open_engine(records, KEY)
    assert len(cabinet_on(engine).facts(VISIT)) == 3
    engine.dispose()


def test_nothing_readable_rests_on_the_disk(records: Path) -> None:
    for file in records.parent.iterdir():
        content = file.read_bytes()
        assert b"SQLite format" not in content
        assert VISIT.encode() not in content
        assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("key", [None, b"", b"short"])
def test_a_file_without_a_key_is_not_opened(tmp_path: Path, key: bytes | None) -> None:
    with pytest.raises(WindowError) as told:
        open_engine(tmp_path / "records.db", key)
    assert told.value.code == "casework.records_need_key"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["mysql://a/b", "postgresql:///x?port=notanumber://", "nonsense://"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(WindowError) as told:
        open_engine(address, None)
    assert told.value.code in ("casework.records_wrong_address", "casework.records_unreachable")


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(WindowError) as told:
        open_engine("postgresql://nobody@127.0.0.1:1/none", None)
    assert told.value.code == "casework.records_unreachable"
    assert "nobody" not in str(told.value)


def test_an_sqlite_that_can_corrupt_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(WindowError) as told:
        open_engine(tmp_path / "records.db", KEY)
    assert told.value.code == "casework.records_old_sqlite"


def test_a_private_fact_before_anybody_is_identified_is_refused(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "records.db", KEY)
    cabinet = cabinet_on(engine)
    with pytest.raises(WindowError) as told:
        cabinet.append(VISIT, (f.AnswerWritten("person.name", "王小明"),), expected=0, actor="c01")
    assert told.value.code == "casework.nobody_identified"
    assert cabinet.facts(VISIT) == ()
    engine.dispose()
