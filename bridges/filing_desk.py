"""The door of this room: a filing goes in, one of four truths comes out, and the department hears of a case once.

The parent keeps the journal; the worker clicks only when the intent is durably written. What a crash left in doubt is
asked of the department, never clicked again. Laws: I1, I2, I9, I10. `file` blocks; call it on a lane's thread.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bridges import doubt, office, uploads
from bridges.beijing import BEIJING
from bridges.browser_process import NoBrowser
from bridges.filing import Credentials, Filed, Filing, Note, NotSent, Outcome, Refused, Tell, Unsure, say_nothing
from bridges.filing_run import FilingRun, Job, evidence, proofs, stored
from bridges.hand import Hand, WorkerGone, WorkerSilent
from bridges.hand_over import HandOver
from bridges.journal import LEASE_SECONDS, Busy, Claim, Claimed, InDoubt, Journal, Settled
from bridges.plan import CannotPlan, plan, receipt_with_values
from bridges.recipe import Recipe
from bridges.side_door import SideDoor
from bridges.waker import Waker

TRIES_BEFORE_INTENT = 3


class FilingDesk(SideDoor):
    def __init__(
        self,
        journal: Journal,
        browsers: Path,
        credentials: Callable[[str], Credentials | None],
        *,
        departments: Mapping[str, Recipe],
        base_urls: Mapping[str, str] | None = None,
        headless: bool = True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._journal, self._credentials, self._clock = journal, credentials, clock
        browsers.mkdir(parents=True, exist_ok=True, mode=0o700)
        urls = base_urls or {}
        self._hands = {
            name: Hand(recipe, urls.get(name, recipe.base).rstrip("/") + "/", browsers, headless=headless)
            for name, recipe in departments.items()
        }
        self._keys: dict[str, threading.Lock] = {}
        self._keys_lock = threading.Lock()
        self._waker = Waker(self._hands, self.warm)
        uploads.sweep()

    # ---- the door
    def warm(self, department: str, item: str = "") -> None:
        """Browser, worker, sign-in and the item's first page while the clerk still types or the resident reads.

        Quiet about every trouble: `file` will tell. A page that lies open is used by a filing within a minute or so.
        """
        hand = self._hands.get(department)
        if hand is None:
            return
        with hand.idle() as mine:
            if mine:
                self._lay_open(hand, department, item)

    def _lay_open(self, hand: Hand, department: str, item: str) -> None:
        first = hand.recipe.form_for(item) or next(iter(hand.recipe.forms.values()))
        order = {"do": "warm", "form": first.name, "steps": list(first.steps[:1]), "masked": []}
        try:
            hand.begin({**order, **self._signing(department)})
            for _ in hand.heard(5):
                pass
            self._waker.begin()
        except (WorkerGone, NoBrowser):
            hand.drop_worker()

    def file(
        self,
        filing: Filing,
        tell: Tell = say_nothing,
        stop: threading.Event | None = None,
        *,
        stop_before_submit: bool = False,
        hand_over: HandOver | None = None,
    ) -> Outcome:
        """Exactly once per `filing.key`, whatever dies. Blocks until the truth is known, or known to be unknown.

        With `hand_over` somebody is at the counter: they may take the page, and are asked where a person is needed.
        """
        began = time.monotonic()
        job = self._job(filing, tell, stop, stop_before_submit)
        if isinstance(job, NotSent):
            return job
        job = replace(job, person=hand_over)
        with self._key_lock(filing.key), job.hand.taken():
            outcome = self._file(job)
        return replace(outcome, seconds=round(time.monotonic() - began, 3))

    def look_up(self, filing: Filing, tell: Tell = say_nothing, stop: threading.Event | None = None) -> Outcome:
        """For a filing in doubt: asks the department. Filed, Refused or Unsure; NotSent when it was never clicked."""
        began = time.monotonic()
        job = self._job(filing, tell, stop, False)
        if isinstance(job, NotSent):
            return job
        with self._key_lock(filing.key), job.hand.taken():
            claim = self._claim(job)
            if isinstance(claim, Claimed):
                self._journal.settle(filing.key, claim.fence, "not_sent")
                outcome: Outcome = doubt.never_clicked()
            else:
                outcome = self._without_walking(job, claim)
        return replace(outcome, seconds=round(time.monotonic() - began, 3))

    def close(self) -> None:
        """Ends every worker and every browser; no process and no profile is left."""
        self._waker.end()
        with ThreadPoolExecutor(max(1, len(self._hands))) as side_by_side:
            list(side_by_side.map(Hand.close, self._hands.values()))

    # ---- one filing
    def _claim(self, job: Job) -> Claim:
        """Waits for another window that works on this very filing; its answer is our answer."""
        while True:
            claim = self._journal.claim(job.filing.key, job.filing.department, job.filing.item)
            if not isinstance(claim, Busy) or job.stop.wait(0.2):
                return claim

    def _file(self, job: Job) -> Outcome:
        try:
            plan(job.form, job.filing, {one.kind: "" for one in job.filing.attachments}, today=self._today())
        except CannotPlan as trouble:
            return NotSent("data", trouble.code, trouble.detail)
        if job.rehearsal:
            return self._attempts(job, 0)
        closed = self._not_now(job)
        if closed is not None:
            return closed
        claim = self._claim(job)
        if not isinstance(claim, Claimed):
            return self._without_walking(job, claim)
        with self._kept(job.filing.key, claim.fence):
            return self._attempts(job, claim.fence)

    def _not_now(self, job: Job) -> NotSent | None:
        """Office hours are kept before anything is claimed; a full minute is waited for, in the order of the lock."""
        recipe = job.hand.recipe
        now = datetime.fromtimestamp(self._clock(), BEIJING)
        if not office.is_open(recipe.hours, now):
            return NotSent("transport", "outside_hours", {"hours": "、".join(recipe.hours)})
        waited = False
        while recipe.per_minute and self._journal.submits_within(recipe.department, 60.0) >= recipe.per_minute:
            if not waited:
                job.tell(Note("waiting_for_turn"))
                waited = True
            if job.stop.wait(0.25):
                return NotSent("stopped", "stopped_by_clerk")
        return None

    def _without_walking(self, job: Job, claim: Settled | InDoubt | Busy) -> Outcome:
        match claim:
            case Settled():
                return stored(claim)
            case InDoubt(fence, since):
                with self._kept(job.filing.key, fence):
                    return self._ask(job, fence, since, "in_doubt")
            case Busy():
                return Unsure("busy_elsewhere")

    @contextlib.contextmanager
    def _kept(self, key: str, fence: int) -> Iterator[None]:
        """Renews the lease while the block lasts."""
        over = threading.Event()

        def renew() -> None:
            while not over.wait(LEASE_SECONDS / 3) and self._journal.renew(key, fence):
                pass

        thread = threading.Thread(target=renew, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _attempts(self, job: Job, fence: int) -> Outcome:
        """What dies before the intent is replaced and the walk starts over; after the intent there is only asking."""
        outcome: Outcome = NotSent("transport", "worker_gone")
        steps = 0
        for _ in range(TRIES_BEFORE_INTENT):
            run = FilingRun(self._journal, job, fence, steps)
            try:
                outcome = self._walk(job, run, fence)
            except WorkerGone as gone:
                if not run.course.surely_not_sent:
                    job.hand.drop_worker()
                    return self._ask(job, fence, run.intended, "worker_gone_after_click")
                outcome = NotSent("transport", "worker_gone")
                if isinstance(gone, WorkerSilent):
                    job.hand.close()
                    outcome = NotSent("transport", "department_slow")
            except NoBrowser as trouble:
                outcome = NotSent("transport", trouble.code)
            except uploads.NoPrivateMemory:
                outcome = NotSent("transport", "no_private_memory")
            if not (isinstance(outcome, NotSent) and outcome.code in ("browser_gone", "worker_gone")):
                break
            job.hand.drop_worker()
            steps = run.steps
        if isinstance(outcome, NotSent) and fence:
            self._journal.settle(job.filing.key, fence, "not_sent", told={"code": outcome.code})
        return outcome

    def _walk(self, job: Job, run: FilingRun, fence: int) -> Outcome:
        with uploads.laid_out(job.filing.attachments) as paths:
            made = plan(job.form, job.filing, paths, today=self._today())
            order = {
                "do": "file",
                "form": made.form,
                "steps": list(made.steps),
                "receipt": receipt_with_values(job.form, job.filing, today=self._today()),
                "masked": list(made.masked),
                "values": {
                    **job.filing.values,
                    "filing.key": job.filing.key,
                    "filing.today": self._today().isoformat(),
                },
                "stop_before_submit": fence == 0,
            }
            told = run.go(order | self._signing(job.filing.department))
        return self._judge(job, run, fence, told)

    def _judge(self, job: Job, run: FilingRun, fence: int, told: dict[str, Any]) -> Outcome:
        key, end, seen = job.filing.key, told["end"], (proofs(told), evidence(told))
        if end == "refused":
            self._journal.settle(key, fence, "refused", told={"words": told["words"]})
            return Refused(told["words"], *seen)
        if end == "filed":
            number = told["number"]
            if self._journal.settle(key, fence, "filed", number=number):
                return Filed(number, *seen)
            known = self._journal.number_known(job.filing.department, number, but=key)
            why = "same_number" if known else "lost_lease"
        elif run.course.surely_not_sent:
            return NotSent(told["reason"], told["code"], told["detail"], *seen)
        else:
            why = told.get("why") or "in_doubt"
        asked = self._ask(job, fence, run.intended, why)
        return replace(asked, proofs=seen[0], evidence=seen[1])

    def _ask(self, job: Job, fence: int, since: float, why: str) -> Outcome:
        return doubt.ask(self._journal, job, fence, since, why, self._signing(job.filing.department))
