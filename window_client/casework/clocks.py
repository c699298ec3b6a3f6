"""Working days and due dates: promises (承诺办结), the five days for asking for corrections (补正), hours.

Laws:

* A year counts as known only when its notice was entered (`resources/calendar/<year>.yaml`, or a centre's own folder
  after it). Beyond, weekends and the statutory days give a *provisional* date that says so; nothing crashes at New
  Year (the usual package does: service-windows.md §0.8).
* Days count from the day after the act; a due day ends with its last second, in the zone of the act.
* Asked for corrections later than five working days after receipt, an application counts as accepted on receipt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import holidays

from window_client.casework.errors import WindowError
from window_client.casework.yaml_page import Page, read_page

Unit = Literal["W", "D", "H"]
CORRECTION_DAYS = 5
_LAST_SECOND = time(23, 59, 59)
_LAST_DAY = date(9999, 12, 31)


@dataclass(frozen=True)
class YearCalendar:
    """A year's notice: days off beyond weekends, and weekend days that are worked."""

    year: int
    signed_by: str
    days_off: frozenset[date] = field(repr=False)
    workdays: frozenset[date] = field(repr=False)

    def is_working(self, day: date) -> bool:
        return day in self.workdays or (day.weekday() < 5 and day not in self.days_off)


@dataclass(frozen=True)
class Due:
    """The last moment. `provisional_year`: the first year on the way whose notice is not out yet, 0 when none."""

    at: datetime
    provisional_year: int = 0

    @property
    def is_provisional(self) -> bool:
        return self.provisional_year != 0

    def is_over(self, now: datetime) -> bool:
        return now > self.at


@dataclass(frozen=True)
class WorkCalendar:
    years: Mapping[int, YearCalendar]

    @classmethod
    def load(cls, *folders: Path) -> WorkCalendar:
        """All `<year>.yaml` of the folders; a later folder's year replaces an earlier one's."""
        years: dict[int, YearCalendar] = {}
        for folder in folders:
            for file in sorted(folder.glob("*.yaml")):
                one = _year(read_page(file))
                years[one.year] = one
        return cls(years)

    def is_signed(self, year: int) -> bool:
        return year in self.years

    def is_working(self, day: date) -> bool:
        return (self.years.get(day.year) or _guessed(day.year)).is_working(day)

    def working_days_after(self, day: date) -> Iterator[date]:
        while day < _LAST_DAY:
            day += timedelta(days=1)
            if self.is_working(day):
                yield day

    def count(self, start: date, end: date) -> int:
        """Working days after `start`, up to and with `end`."""
        span = (end - start).days
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, span + 1))

    def due(self, received: datetime, amount: int, unit: str) -> Due:
        """The last moment of a promise of `amount` working days (W), days (D) or hours (H). `received` has a zone.

        A promise of 0 days ends with the day of receipt. WindowError casework.no_due_date for a unit that is none.
        """
        if received.tzinfo is None or amount < 0 or unit not in ("W", "D", "H"):
            raise WindowError("casework.no_due_date", amount=amount, unit=unit)
        try:
            if unit == "H":
                return Due(received + timedelta(hours=amount))
            last = self._last_day(received.date(), amount, unit)
        except (OverflowError, StopIteration):
            raise WindowError("casework.no_due_date", amount=amount, unit=unit) from None
        at = datetime.combine(last, _LAST_SECOND, received.tzinfo)
        return Due(at, self._unsigned_between(received.date(), last) if unit == "W" else 0)

    def correction_due(self, received: datetime) -> Due:
        """Until when a resident must be told, once and completely, what is missing (补正一次性告知)."""
        return self.due(received, CORRECTION_DAYS, "W")

    def counts_as_accepted(self, received: datetime, told: datetime | None, now: datetime) -> bool:
        """逾期不告知的，自收到之日起即为受理: nobody was told of corrections in time."""
        due = self.correction_due(received)
        return due.is_over(now) and (told is None or due.is_over(told))

    def _last_day(self, start: date, amount: int, unit: str) -> date:
        if unit == "D":
            return start + timedelta(days=amount)
        days, last = self.working_days_after(start), start
        for _ in range(amount):
            last = next(days)
        return last

    def _unsigned_between(self, start: date, end: date) -> int:
        return next((year for year in range(start.year, end.year + 1) if not self.is_signed(year)), 0)


@cache
def _guessed(year: int) -> YearCalendar:
    """The statutory days of a year whose notice is not out; weekends that will be worked are not known."""
    try:
        off = frozenset(holidays.country_holidays("CN", years=year))
    except (NotImplementedError, ValueError, OverflowError):
        off = frozenset()
    return YearCalendar(year, "", off, frozenset())


def _year(page: Page) -> YearCalendar:
    data = page.data
    for key in ("year", "signed", "holidays", "workdays"):
        if key not in data:
            raise page.wrong((), f"{key} is missing")
    year = data["year"]
    if not isinstance(year, int) or page.file.stem != str(year):
        raise page.wrong(("year",), "the file must be named after its year")
    if not isinstance(data["signed"], dict) or not data["signed"].get("by"):
        raise page.wrong(("signed",), "say by which notice: signed: {by: …, on: …}")
    off: set[date] = set()
    for at, row in enumerate(data["holidays"] or ()):
        off |= set(_span(page, at, row, year))
    worked = {_day(page, ("workdays", at), day, year) for at, day in enumerate(data["workdays"] or ())}
    for at, day in enumerate(data["workdays"] or ()):
        if date.fromisoformat(day) in off or date.fromisoformat(day).weekday() < 5:
            raise page.wrong(("workdays", at), f"{day} is no weekend day that is worked")
    return YearCalendar(year, str(data["signed"]["by"]), frozenset(off), frozenset(worked))


def _span(page: Page, at: int, row: Any, year: int) -> Iterator[date]:
    where = ("holidays", at)
    if not isinstance(row, dict) or not {"from", "until"} <= set(row):
        raise page.wrong(where, "a holiday is {name: …, from: …, until: …}")
    first, last = _day(page, (*where, "from"), row["from"], year), _day(page, (*where, "until"), row["until"], year)
    if last < first or (last - first).days > 30:
        raise page.wrong(where, "the holiday ends before it begins, or lasts longer than a month")
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def _day(page: Page, where: tuple[str | int, ...], said: Any, year: int) -> date:
    try:
        day = date.fromisoformat(said)
    except (TypeError, ValueError):
        raise page.wrong(where, f"{said!r} is not a date in quotes like '2026-10-01'") from None
    if day.year != year:
        raise page.wrong(where, f"{day} is not in {year}")
    return day
