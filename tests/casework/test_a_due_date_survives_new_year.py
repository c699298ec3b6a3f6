"""Working days by the year's notice; provisional beyond it; boundaries to the second; property tests over ten years."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from tests.casework.room import HERE
from window_client.casework.clocks import WorkCalendar
from window_client.casework.errors import WindowError
from window_client.casework.yaml_page import CatalogueWrong

CALENDAR = WorkCalendar.load(resources.calendar_dir())
DAYS = st.dates(date(2024, 1, 1), date(2034, 12, 31))
AMOUNTS = st.integers(0, 60)


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HERE)


@pytest.mark.parametrize(
    ("received", "amount", "unit", "last"),
    [
        (date(2026, 11, 20), 5, "W", date(2026, 11, 27)),
        (date(2026, 9, 18), 5, "W", date(2026, 9, 24)),  # Sunday the 20th is worked
        (date(2026, 9, 30), 1, "W", date(2026, 10, 8)),  # over the week of National Day
        (date(2026, 10, 8), 2, "W", date(2026, 10, 10)),  # a Saturday that is worked
        (date(2026, 2, 13), 2, "W", date(2026, 2, 24)),  # Saturday 14th worked, then nine days off
        (date(2026, 11, 21), 1, "W", date(2026, 11, 23)),  # received on a Saturday
        (date(2026, 11, 20), 0, "W", date(2026, 11, 20)),
        (date(2026, 12, 30), 3, "D", date(2027, 1, 2)),
    ],
)
def test_the_last_day(received: date, amount: int, unit: str, last: date) -> None:
    assert CALENDAR.due(at(received), amount, unit).at == datetime(
        last.year, last.month, last.day, 23, 59, 59, tzinfo=HERE
    )


def test_counting_over_new_year_is_provisional_and_says_which_year() -> None:
    due = CALENDAR.due(at(date(2026, 11, 20)), 30, "W")
    assert due.at.date() == date(2027, 1, 4)
    assert due.is_provisional
    assert due.provisional_year == 2027
    assert not CALENDAR.due(at(date(2026, 11, 20)), 29, "W").is_provisional


def test_a_house_without_any_notice_still_counts_and_says_so() -> None:
    due = WorkCalendar({}).due(at(date(2026, 12, 31)), 200, "W")
    assert due.provisional_year == 2026
    assert due.at.year == 2027


def test_hours_are_exact() -> None:
    due = CALENDAR.due(at(date(2026, 12, 31), 23, 30), 24, "H")
    assert due.at == datetime(2027, 1, 1, 23, 30, tzinfo=HERE)
    assert not due.is_over(due.at)
    assert due.is_over(due.at + timedelta(minutes=1))


def test_told_in_the_last_minute_is_in_time_and_a_minute_later_is_not() -> None:
    received = at(date(2026, 11, 20))
    last = CALENDAR.correction_due(received).at
    assert last.date() == date(2026, 11, 27)
    minute = timedelta(minutes=1)
    assert not CALENDAR.counts_as_accepted(received, last, last + minute)
    assert CALENDAR.counts_as_accepted(received, last + minute, last + minute)
    assert CALENDAR.counts_as_accepted(received, None, last + minute)
    assert not CALENDAR.counts_as_accepted(received, None, last)


@given(DAYS, AMOUNTS)
def test_the_due_day_is_a_working_day_and_counting_back_gives_the_amount(start: date, amount: int) -> None:
    last = CALENDAR.due(at(start), amount, "W").at.date()
    assert amount == 0 or CALENDAR.is_working(last)
    assert CALENDAR.count(start, last) == amount


@given(DAYS, AMOUNTS)
def test_one_day_more_is_never_earlier(start: date, amount: int) -> None:
    assert CALENDAR.due(at(start), amount, "W").at <= CALENDAR.due(at(start), amount + 1, "W").at
    assert CALENDAR.due(at(start), amount, "W").at <= CALENDAR.due(at(start + timedelta(days=1)), amount, "W").at


def test_2026_has_as_many_working_days_as_its_notice_says() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    weekdays = sum(day.weekday() < 5 for day in days)
    assert sum(map(CALENDAR.is_working, days)) == weekdays - 19 + 6  # 19 weekdays off, 6 weekend days worked


@pytest.mark.parametrize(("amount", "unit"), [(-1, "W"), (1, "M"), (4_000_000, "D"), (10**9, "H")])
def test_what_cannot_be_counted_is_told(amount: int, unit: str) -> None:
    with pytest.raises(WindowError) as told:
        CALENDAR.due(at(date(2026, 11, 20)), amount, unit)
    assert told.value.code == "casework.no_due_date"


def test_the_end_of_the_calendar_is_told() -> None:
    with pytest.raises(WindowError) as told:
        CALENDAR.due(at(date(9999, 12, 20)), 30, "W")
    assert told.value.code == "casework.no_due_date"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(WindowError):
        CALENDAR.due(datetime(2026, 11, 20, 10), 1, "W")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("year: 2027\nsigned: {by: n}\nholidays: []\nworkdays: ['2026-01-04']\n", 4),
        ("year: 2027\nsigned: {by: n}\nholidays:\n  - {from: '2027-02-10', until: '2027-02-01'}\nworkdays: []\n", 4),
        ("year: 2028\nsigned: {by: n}\nholidays: []\nworkdays: []\n", 1),
        ("year: 2027\nsigned: {}\nholidays: []\nworkdays: []\n", 2),
        ("year: 2027\nsigned: {by: n}\nholidays: []\nworkdays: ['2027-01-04']\n", 4),
        ("year: 2027\nholidays: []\nworkdays: []\n", 1),
    ],
)
def test_a_wrong_calendar_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "2027.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueWrong) as told:
        WorkCalendar.load(tmp_path)
    assert (told.value.file.name, told.value.line) == ("2027.yaml", line)


def test_a_centres_own_year_makes_it_signed(tmp_path: Path) -> None:
    (tmp_path / "2027.yaml").write_text(
        "year: 2027\nsigned: {by: 通知}\nholidays:\n"
        "  - {name: 元旦, from: '2027-01-01', until: '2027-01-03'}\nworkdays: []\n",
        encoding="utf-8",
    )
    both = WorkCalendar.load(resources.calendar_dir(), tmp_path)
    assert not both.due(at(date(2026, 11, 20)), 30, "W").is_provisional
