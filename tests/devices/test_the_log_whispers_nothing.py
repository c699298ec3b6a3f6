"""D9 of the fault list: whatever is planted, by whomever it is logged, the log does not hold it."""

import io
import json
import logging
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from window_client import log

# Planted numbers begin with 00: no region, and none of the sample people the house listens for.
_ID = st.builds(
    "00{:04d}{:04d}{:02d}{:02d}{:03d}{}".format,
    st.integers(0, 9999),
    st.integers(1900, 2026),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 999),
    st.sampled_from("0123456789X"),
)
_PHONE = st.builds("1{}{:09d}".format, st.sampled_from("3456789"), st.integers(0, 999_999_999))
_ACCOUNT = st.integers(10**15, 10**19 - 1).map(str)
_AROUND = st.text(st.characters(blacklist_categories=("Cs", "Nd")), max_size=12)


def _grouped(digits: str, every: int, gap: str) -> str:
    return gap.join(digits[at : at + every] for at in range(0, len(digits), every))


def _plain(text: str) -> str:
    """What a reader with patience gets out of a text: digits only, however they were written."""
    return re.sub(r"[^0-9X]", "", text.translate(str.maketrans("０１２３４５６７８９ｘＸx", "0123456789XXX")))


@given(_ID | _PHONE | _ACCOUNT, _AROUND, _AROUND)
@example("00010119540615002X", "id=", "，下一位")
@example("19900000315", "tel:+86", "\n")
def test_a_planted_number_never_comes_out(number: str, before: str, after: str) -> None:
    assert number not in log.redacted(f"{before}{number}{after}")


@given(_ID, st.sampled_from([(4, " "), (6, " "), (4, "-"), (3, "\u3000"), (6, "_")]), _AROUND)
def test_nor_does_it_in_groups_or_full_width(number: str, how: tuple[int, str], around: str) -> None:
    wide = number.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    for written in (_grouped(number, *how), wide, number.lower()):
        left = log.redacted(f"{around} {written} {around}")
        assert number not in _plain(left)


def _deep(number: str) -> dict[str, Any]:
    return {
        "said": f"read {number}",
        "row": [{"a": (number, {"b": {number}})}, number.encode()],
        number: "as a key",
        "count": int(number.rstrip("X")),
        "person.name": "安秀岚",
        "user_password": "x",
        "thing": _Thing(number),
    }


class _Thing:
    def __init__(self, number: str) -> None:
        self.number = number

    def __repr__(self) -> str:
        return f"<Thing {self.number}>"


@given(_ID)
def test_it_does_not_hide_anywhere_in_a_record(number: str) -> None:
    cleaned = json.dumps(log.redact(None, "info", _deep(number)), ensure_ascii=False)
    assert number not in cleaned
    assert number.rstrip("X") not in cleaned
    assert "安秀岚" not in cleaned


@pytest.mark.parametrize(
    "kept",
    [
        "V20261121-03-0001-2",
        "V20261121-03-0001-12:canlian:1",
        "2026-11-21T21:33:54.070681Z",
        "fills 40 fields in 1234 ms",
        "127.0.0.1:18631",
        "sha256 3f2a9c",
    ],
)
def test_what_a_log_is_searched_for_stays(kept: str) -> None:
    assert log.redacted(kept) == kept


@given(st.text(min_size=3, max_size=30).filter(lambda value: value.strip() and "*" not in value), _AROUND)
def test_a_registered_secret_never_comes_out(secret: str, around: str) -> None:
    with log.keeping_quiet(secret):
        assert secret not in log.redacted(f"{around}{secret}{around}")
        assert secret not in str(log.redact(None, "info", {"event": {"deep": [secret]}}))


def test_secrets_are_counted_not_forgotten_early() -> None:
    with log.keeping_quiet("canary-one"):
        with log.keeping_quiet("canary-one"):
            pass
        assert "canary-one" not in log.redacted("canary-one")
    assert log.redacted("canary-one") == "canary-one"


@given(st.text(max_size=80))
def test_one_value_is_never_two_lines(value: str) -> None:
    for line in (log.one_line(value), str(log.redact(None, "info", {"said": value})["said"])):
        assert len(line.splitlines()) <= 1
        assert "\x1b" not in line


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, io.StringIO]]:
    people = io.StringIO()
    monkeypatch.setattr(sys, "stderr", people)
    level = logging.getLogger().level
    log.start_logging(tmp_path / "log", megabytes=1, keep_files=2)
    yield tmp_path / "log" / "onewindow.jsonl", people
    log.stop_logging()
    logging.getLogger().setLevel(level)


_NUMBER = "000101195406150021"


def test_ours_and_foreign_records_pass_the_same_door(started: tuple[Path, io.StringIO]) -> None:
    file, people = started
    with log.about(visit="V20261121-03-0001"):
        log.logger("ours").info("read", said=_NUMBER, forged='x"}\n{"event": "forged"}')
    logging.getLogger("foreign").info("GET /?id=%s&phone=%s", _NUMBER, "13000000001", extra={"row": _NUMBER})
    written = file.read_text(encoding="utf-8")
    records = [json.loads(line) for line in written.splitlines()]
    assert [record["event"] for record in records] == ["read", "GET /?id=***&phone=***"]
    assert records[0]["visit"] == "V20261121-03-0001"
    assert "visit" not in records[1]
    for text in (written, people.getvalue()):
        assert _NUMBER not in text
        assert "13000000001" not in text
    assert len(people.getvalue().splitlines()) == 2


def test_a_traceback_has_places_and_no_values(started: tuple[Path, io.StringIO]) -> None:
    file, people = started

    def fails(secret_local: str) -> None:
        raise ValueError(f"cannot read {_NUMBER}\nand more")

    try:
        fails("local-canary")
    except ValueError as trouble:
        log.logger("ours").info("failed", exc_info=trouble)
    (record,) = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert record["trouble"].startswith("ValueError: cannot read ***")
    assert any("fails" in place for place in record["at"])
    for text in (json.dumps(record), people.getvalue()):
        assert _NUMBER not in text
        assert "local-canary" not in text


def test_the_naive_log_leaks() -> None:
    """Negative control: the standard library as it comes writes number and forged line."""
    heard = io.StringIO()
    naive = logging.Logger("naive")  # noqa: LOG001  one that nobody else hears
    naive.addHandler(logging.StreamHandler(heard))
    naive.info("read %s\nINFO forged", _NUMBER)
    assert _NUMBER in heard.getvalue()
    assert len(heard.getvalue().splitlines()) == 2


def test_only_the_owner_reads_it_and_it_does_not_grow_without_end(started: tuple[Path, io.StringIO]) -> None:
    file, _ = started
    writer = log.logger("ours")
    for number in range(160):
        writer.info("filler", words="词" * 6000, n=number)
    files = sorted(file.parent.iterdir())
    assert 2 <= len(files) <= 3
    assert all(stat.S_IMODE(one.stat().st_mode) == 0o600 for one in files)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_before_anything_is_started_our_records_are_clean_too(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        log.logger("window_client.early").info("early", said=_NUMBER)
    assert any("early" in record.getMessage() for record in caplog.records)
    assert not any(_NUMBER in record.getMessage() for record in caplog.records)
