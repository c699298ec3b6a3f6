"""I8, D6: a changed, removed, swapped, inserted entry shows; a cut-off or rewritten end shows to who kept a head."""

import dataclasses
import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, update
from typer.testing import CliRunner

from tests.casework.room import cabinet_on, opened
from window_client.casework import facts as f
from window_client.casework.ledger import GENESIS, Link, first_break, link_hash
from window_client.casework.records.tables import EntryRow, HeadRow

VISIT = "V20261121-03-0001"


def chain(length: int, salt: str = "") -> list[Link]:
    links, before = [], GENESIS
    for n in range(1, length + 1):
        link = Link(
            "w03", n, VISIT, n, "2026-11-21T09:30:00+08:00", "c01", "Rated", "", f"op{n}", salt.encode() + b"{}", before
        )
        links.append(dataclasses.replace(link, hash=link_hash(link)))
        before = links[-1].hash
    return links


def rechained(links: list[Link]) -> list[Link]:
    """What a careful forger does: every hash after the change made anew."""
    out: list[Link] = []
    for n, link in enumerate(links, 1):
        moved = dataclasses.replace(link, position=n, prev=out[-1].hash if out else GENESIS)
        out.append(dataclasses.replace(moved, hash=link_hash(moved)))
    return out


@given(st.integers(0, 40))
def test_an_untouched_chain_holds(length: int) -> None:
    links = chain(length)
    assert first_break(links) is None
    assert first_break(links, {link.position: link.hash.hex() for link in links}) is None


@given(st.integers(1, 30), st.data())
def test_each_changed_field_shows_at_its_place(length: int, data: st.DataObject) -> None:
    links = chain(length)
    at = data.draw(st.integers(0, length - 1))
    changes = {
        "visit": "V2",
        "seq": 99,
        "at": "x",
        "actor": "y",
        "kind": "z",
        "holder": "h",
        "operation": "o",
        "body": b"b",
    }
    name = data.draw(st.sampled_from(sorted(changes)))
    links[at] = dataclasses.replace(links[at], **{name: changes[name]})  # type: ignore[arg-type]
    found = first_break(links)
    assert found is not None
    assert (found.position, found.why) == (at + 1, "changed")


@given(st.integers(2, 30), st.data())
def test_removing_swapping_and_inserting_show(length: int, data: st.DataObject) -> None:
    links = chain(length)
    at = data.draw(st.integers(0, length - 2))
    removed = links[:at] + links[at + 1 :]
    swapped = [*links[:at], links[at + 1], links[at], *links[at + 2 :]]
    inserted = [*links[: at + 1], links[at], *links[at + 1 :]]
    for forged in (removed, swapped, inserted):
        found = first_break(forged)
        assert found is not None
        assert found.position in (at + 1, at + 2)


@given(st.integers(2, 30), st.data())
def test_a_kept_head_shows_what_the_chain_alone_cannot(length: int, data: st.DataObject) -> None:
    """Negative control inside: without the head, a cut-off or carefully rewritten end is believed."""
    links = chain(length)
    head = {length: links[-1].hash.hex()}
    at = data.draw(st.integers(0, length - 1))
    rewritten = rechained([*links[:at], dataclasses.replace(links[at], actor="forger"), *links[at + 1 :]])
    for forged in (links[:at], rewritten):
        assert first_break(forged) is None
        assert first_break(forged, head) is not None


def test_the_database_is_walked_from_its_first_entry(engine: Engine) -> None:
    windows = [cabinet_on(engine, "w03"), cabinet_on(engine, "w04")]
    for cabinet, visit in zip(windows, (VISIT, "V20261121-04-0001"), strict=True):
        length = cabinet.append(visit, opened(visit), expected=0, actor="c01")
        for _ in range(4):
            length = cabinet.append(visit, (f.Rated(5), f.Disputed("remark.text")), expected=length, actor="c01")
    report = windows[0].verify_chain()
    assert (report.ok, report.entries, len(report.heads)) == (True, 22, 2)
    assert windows[0].verify_chain(report.heads).ok
    with engine.begin() as db:
        db.execute(update(EntryRow).where(EntryRow.station == "w04", EntryRow.position == 6).values(actor="c99"))
    (broken,) = windows[0].verify_chain().breaks
    assert (broken.station, broken.position, broken.why) == ("w04", 6, "changed")


def test_an_end_cut_off_in_the_database_shows(engine: Engine) -> None:
    cabinet = cabinet_on(engine)
    cabinet.append(VISIT, opened(VISIT), expected=0, actor="c01")
    kept = cabinet.heads()
    with engine.begin() as db:
        db.execute(delete(EntryRow).where(EntryRow.position == 3))
    (broken,) = cabinet.verify_chain().breaks
    assert (broken.position, broken.why) == (3, "cut_off")
    with engine.begin() as db:  # and the forger who also moves the head back is seen by whoever kept it
        link = next(reversed(list(cabinet.links("w03"))))
        db.execute(update(HeadRow).values(position=2, hash=link.hash))
    assert cabinet.verify_chain().ok
    assert not cabinet.verify_chain(kept).ok


def test_sealed_bodies_keep_their_place(engine: Engine) -> None:
    """Two sealed answers exchanged, with all hashes made anew, still do not open: the place is sealed in."""
    cabinet = cabinet_on(engine)
    length = cabinet.append(VISIT, opened(VISIT), expected=0, actor="c01")
    answers = (f.AnswerWritten("bank.account", "62220000"), f.AnswerWritten("contact.phone", "13800000000"))
    cabinet.append(VISIT, answers, expected=length, actor="c01")
    first, second = list(cabinet.links("w03"))[3:5]
    assert b"6222" not in first.body
    with engine.begin() as db:
        db.execute(update(EntryRow).where(EntryRow.position == 4).values(body=second.body))
    with pytest.raises(InvalidTag):
        cabinet.facts(VISIT)


def test_a_heads_file_that_is_none(tmp_path: Path) -> None:
    from window_client.cli.ledger import audit

    wrong = tmp_path / "heads.json"
    wrong.write_text(json.dumps([{"station": "w03"}]), encoding="utf-8")
    ran = CliRunner().invoke(audit, ["verify", "--heads", str(wrong)])
    assert ran.exit_code == 2
