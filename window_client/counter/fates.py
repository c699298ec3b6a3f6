"""Asking by itself what became of filed cases (回传), one question at a time, while the window is open.

Laws: a case whose department has said its last word is never asked about again; a case is asked about at most every
`pace` and the more seldom the older it is; nobody who files waits for a question; trouble is counted and never shown,
and a department that gave trouble rests, longer each time. The round runs on a lane of its own; what it learns comes
home as a fact like everything else.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bridges.status import NoNews, Status
from document_vault.errors import VaultTrouble
from window_client.casework import facts as f
from window_client.casework.errors import WindowError
from window_client.casework.records.cabinet import Cabinet
from window_client.casework.records.day_book import CaseRow
from window_client.casework.visit import Case, Visit, replay
from window_client.counter.errands import Errand, Homecoming, Tell

LANE = "fates"
DAY = timedelta(days=1)
PART_OF_AGE = 48
NEVER_REACHED = ("no_rule", "closed", "no_account", "busy", "not_yet")
Ask = Callable[[Visit, Case, float, threading.Event], Status | NoNews]


@dataclass(frozen=True)
class Pace:
    """`every` zero: nothing is asked by itself. Cases opened more than `days` ago are left to the clerk's button."""

    every: timedelta = timedelta(minutes=30)
    days: int = 90

    def for_age(self, age: timedelta) -> timedelta:
        """A 48th of the case's age, but never less than `every`, and once a day for what is old."""
        return max(self.every, min(DAY, age / PART_OF_AGE))


@dataclass
class Counts:
    """What the round did since the window was opened: shown small in the day book, written to the log at the end."""

    asked: int = 0
    news: int = 0
    without_answer: Counter[str] = field(default_factory=Counter)
    last: datetime | None = None


class Fates:
    def __init__(self, cabinet: Cabinet, ask: Ask, pace: Pace, clock: Callable[[], datetime]) -> None:
        self._cabinet, self._ask, self._pace, self._clock = cabinet, ask, pace, clock
        self._tried: dict[str, datetime] = {}
        self._troubles: Counter[str] = Counter()
        self._rests: dict[str, datetime] = {}
        self.counts = Counts()

    def errand(self) -> Errand | None:
        return Errand(LANE, "desk.says.status", "", self.round) if self._pace.every else None

    def round(self, tell: Tell, stop: threading.Event) -> Homecoming:
        """At most one question. Cases not tried for the longest time come first."""
        del tell
        now = self._clock()
        rows = self._cabinet.undecided(now.date() - timedelta(days=self._pace.days))
        for row in sorted(rows, key=lambda one: self._tried.get(one.number, datetime.min.replace(tzinfo=now.tzinfo))):
            every = self._due(row, now)
            if every is None:
                continue
            self._tried[row.number] = now
            home = self._asked(row, every, stop)
            if home is not None:
                return home
        return Homecoming()

    def _due(self, row: CaseRow, now: datetime) -> timedelta | None:
        """How often this case is asked about, when it is its turn now."""
        if self._rests.get(row.department, now) > now:
            return None
        filed = datetime.fromisoformat(row.changed_at)
        every = self._pace.for_age(now - filed)
        return every if now - self._tried.get(row.number, filed) >= every else None

    def _asked(self, row: CaseRow, every: timedelta, stop: threading.Event) -> Homecoming | None:
        """What a question brought; None when the department was not reached for it and another case may be tried."""
        try:
            visit = replay(row.visit, (entry.fact for entry in self._cabinet.facts(row.visit)))
            case = visit.cases[row.number]
            found = self._ask(visit, case, every.total_seconds(), stop)
        except (WindowError, VaultTrouble) as trouble:  # forgotten, or written by a newer version: never a notice
            self.counts.without_answer[str(getattr(trouble, "code", "trouble"))] += 1
            return None
        if isinstance(found, NoNews) and found.why in NEVER_REACHED:
            if found.why == "busy":  # tried again at the next round; the others wait their turn
                del self._tried[row.number]
            return None
        self.counts.asked += 1
        self.counts.last = self._clock()
        if isinstance(found, NoNews):
            self._without_answer(row, found)
            return Homecoming()
        self._troubles.pop(row.department, None)
        if (found.state, found.words) == (case.status, case.status_words):
            return Homecoming()
        self.counts.news += 1
        at = self._clock().isoformat(timespec="minutes")
        return Homecoming((f.StatusLearnt(row.number, found.state, found.words, at),), visit=row.visit)

    def _without_answer(self, row: CaseRow, found: NoNews) -> None:
        self.counts.without_answer[found.why] += 1
        if found.why in ("login", "trouble"):
            # A wrong password tried again and again locks an account: that department rests for the day.
            self._troubles[row.department] += 1
            rest = self._pace.every * 2 ** min(self._troubles[row.department], 6)
            self._rests[row.department] = self._clock() + (DAY if found.why == "login" else min(DAY, rest))
