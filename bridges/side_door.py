"""What a desk can be asked beside filing: values to type by hand, the number that came of it, the fate of a case.

The half of `FilingDesk` that never submits anything.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from bridges import by_hand, office, status
from bridges.beijing import BEIJING
from bridges.by_hand import Chip
from bridges.filing import Credentials, Filing, NotSent, Outcome, Tell, say_nothing
from bridges.filing_run import Job
from bridges.hand import Hand
from bridges.journal import Journal
from bridges.our_words import our_words
from bridges.status import NoNews, Status


class SideDoor:
    _hands: dict[str, Hand]
    _journal: Journal
    _credentials: Callable[[str], Credentials | None]
    _clock: Callable[[], float]
    _keys: dict[str, threading.Lock]
    _keys_lock: threading.Lock

    def ask_status(self, filing: Filing, number: str) -> Status | NoNews:
        """What became of a filed case, by the department's own list (回传), or why it does not say."""
        job = self._job(filing, say_nothing, None, False)
        if isinstance(job, NotSent) or status.rule_of(job) is None:
            return NoNews("no_rule")
        with job.hand.taken():
            return status.ask(job, number, self._signing(filing.department))

    def ask_by_itself(
        self, filing: Filing, number: str, *, every: float, stop: threading.Event | None = None
    ) -> Status | NoNews:
        """As `ask_status`, but nobody waits for it: at most once in `every` seconds for all windows of the office,
        only while the department is open, idle and within its limit; it stops for whoever files."""
        job = self._job(filing, say_nothing, stop, False)
        if isinstance(job, NotSent) or status.rule_of(job) is None:
            return NoNews("no_rule")
        recipe = job.hand.recipe
        if not office.is_open(recipe.hours, datetime.fromtimestamp(self._clock(), BEIJING)):
            return NoNews("closed")
        if recipe.login is not None and self._credentials(filing.department) is None:
            return NoNews("no_account")
        with job.hand.idle() as mine:
            if not mine:
                return NoNews("busy")
            if not self._journal.may_ask(filing.key, filing.department, every=every, per_minute=recipe.per_minute):
                return NoNews("not_yet")
            return status.ask(
                job, number, self._signing(filing.department), lambda: job.stop.is_set() or job.hand.is_wanted
            )

    # ---- by hand, where no bridge is possible
    def sheet(self, filing: Filing) -> tuple[Chip, ...]:
        """What the clerk types, in the department's words; raises `CannotPlan` when something is missing."""
        hand = self._hands.get(filing.department)
        form = hand.recipe.form_for(filing.item) if hand else None
        return by_hand.sheet(form, filing, today=self._today()) if form else ()

    def filed_by_hand(self, filing: Filing, number: str) -> Outcome:
        """The number the clerk brought from the department's own page, checked and written like any other."""
        hand = self._hands.get(filing.department)
        form = hand.recipe.form_for(filing.item) if hand else None
        if form is None:
            return NotSent("data", "no_recipe", {"department": filing.department, "item": filing.item})
        with self._key_lock(filing.key):
            return by_hand.register(self._journal, form, filing, number.strip())

    def our_words(self, filing: Filing, element: str, shown: str) -> str | None:
        """What a person left on the page, as our value of this data element; None where there is no way back."""
        hand = self._hands.get(filing.department)
        form = hand.recipe.form_for(filing.item) if hand else None
        return our_words(form, element, shown) if form else None

    # ---- what both halves need
    def _job(self, filing: Filing, tell: Tell, stop: threading.Event | None, rehearsal: bool) -> Job | NotSent:
        hand = self._hands.get(filing.department)
        form = hand.recipe.form_for(filing.item) if hand else None
        if hand is None or form is None:
            return NotSent("data", "no_recipe", {"department": filing.department, "item": filing.item})
        if hand.recipe.engine != "chromium":
            return NotSent("page", "no_bridge_possible", {"department": filing.department})
        return Job(hand, form, filing, tell, stop or threading.Event(), rehearsal)

    @contextlib.contextmanager
    def _key_lock(self, key: str) -> Iterator[None]:
        with self._keys_lock:
            lock = self._keys.setdefault(key, threading.Lock())
        with lock:
            yield

    def _signing(self, department: str) -> dict[str, Any]:
        known = self._credentials(department)
        return {"credentials": {"user": known.user, "password": known.password.reveal()} if known else None}

    def _today(self) -> date:
        return datetime.fromtimestamp(self._clock(), BEIJING).date()
