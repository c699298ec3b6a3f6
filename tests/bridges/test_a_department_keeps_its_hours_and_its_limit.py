"""Sessions: office hours and limits, counted for the whole office; the way by hand ends in the same book."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from bridges.beijing import BEIJING
from bridges.filing import Filed, NotSent
from bridges.filing_desk import FilingDesk
from bridges.journal import METADATA, Journal
from bridges.office import DAYS, is_open
from bridges.recipe import Recipe, RecipeWrong, load
from tests.bridges.siege import RECIPE, light_filing

MONDAY = datetime(2026, 11, 23, tzinfo=BEIJING)


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return MONDAY.replace(day=23 + day, hour=hour, minute=minute)


def test_hours_are_open_from_the_first_minute_to_before_the_last() -> None:
    hours = ("Mon-Fri 08:30-12:00", "Mon-Fri 13:30-17:30", "Sat 09:00-12:00")
    assert is_open((), _at(6, 3))
    assert [is_open(hours, _at(0, 8, 29)), is_open(hours, _at(0, 8, 30)), is_open(hours, _at(0, 12))] == [
        False,
        True,
        False,
    ]
    assert [is_open(hours, _at(5, 10)), is_open(hours, _at(5, 14)), is_open(hours, _at(6, 10))] == [True, False, False]
    assert is_open(("Sat-Mon 08:00-18:00",), _at(6, 9)), "a span may run over the end of the week"


@given(st.sampled_from(DAYS), st.integers(0, 23), st.integers(0, 59))
def test_a_day_alone_is_that_day_only(day: str, hour: int, minute: int) -> None:
    open_days = [n for n in range(7) if is_open((f"{day} 00:00-23:59",), _at(n, 12))]
    assert open_days == [DAYS.index(day)]
    assert is_open(("00:00-24:00",), _at(0, hour, minute))


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    file = tmp_path / "light.yaml"
    file.write_text(RECIPE.format(base="http://127.0.0.1:1/", delay=1), encoding="utf-8")
    return load(file)


@pytest.fixture
def journal(engine: Engine) -> Journal:
    METADATA.create_all(engine)
    return Journal(engine, owner="here:1:1:a")


def _desk(recipe: Recipe, journal: Journal, room: Path) -> FilingDesk:
    """No browser is started by what is asked here."""
    return FilingDesk(journal, room / "browsers", lambda _: None, departments={"light": recipe})


def test_outside_its_hours_nothing_is_claimed_and_nothing_opened(
    recipe: Recipe, journal: Journal, tmp_path: Path
) -> None:
    desk = _desk(replace(recipe, hours=("Mon 00:00-00:00",)), journal, tmp_path)
    outcome = desk.file(light_filing(1))
    assert isinstance(outcome, NotSent)
    assert (outcome.reason, outcome.code) == ("transport", "outside_hours")
    assert journal.in_doubt() == ()


def test_the_limit_counts_the_clicks_of_all_windows(recipe: Recipe, journal: Journal, engine: Engine) -> None:
    other = Journal(engine, owner="elsewhere:2:2:b")
    for n, one in enumerate((journal, other, journal)):
        one.claim(f"key-{n}", "light", "light.form")
        assert one.intend(f"key-{n}", 1, 1)
    journal.claim("key-9", "another", "x")
    journal.intend("key-9", 1, 1)
    assert journal.submits_within("light", 60.0) == 3
    assert journal.submits_within("light", -1.0) == 0


def test_hours_that_nobody_can_read_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "light.yaml"
    text = RECIPE.format(base="http://127.0.0.1:1/", delay=1).replace("settle_ms: 0", "hours: [Montag 8-17]")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RecipeWrong) as wrong:
        load(file)
    assert wrong.value.line == 6


def test_a_case_filed_by_hand_stands_in_the_same_journal(recipe: Recipe, journal: Journal, tmp_path: Path) -> None:
    desk, filing = _desk(recipe, journal, tmp_path), light_filing(1)
    assert [(chip.label, chip.value) for chip in desk.sheet(filing)] == [
        ("姓名", filing.values["person.name"]),
        ("公民身份号码", filing.values["person.id_number"]),
    ]
    wrong = desk.filed_by_hand(filing, "2026-1")
    assert isinstance(wrong, NotSent)
    assert wrong.code == "number_by_hand_format"
    assert desk.filed_by_hand(filing, " LS2026-000001 ") == Filed("LS2026-000001")
    again = desk.file(filing)
    assert isinstance(again, Filed), "the bridge never files it once more"
    assert again.number == "LS2026-000001"
    twice = desk.filed_by_hand(light_filing(2), "LS2026-000001")
    assert isinstance(twice, NotSent)
    assert twice.code == "number_by_hand_known"


def test_a_doubt_is_ended_by_the_number_a_person_found(recipe: Recipe, journal: Journal, tmp_path: Path) -> None:
    filing = light_filing(3)
    journal.claim(filing.key, "light", "light.form")
    journal.intend(filing.key, 1, 1)
    journal.settle(filing.key, 1, "unsure")
    assert _desk(recipe, journal, tmp_path).filed_by_hand(filing, "LS2026-000003") == Filed("LS2026-000003")
    assert journal.in_doubt() == ()
