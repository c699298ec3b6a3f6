"""The door of this room: a filing goes in, one of four truths comes out, and the department hears of a case once.

The parent keeps the journal, the worker only clicks when the intent is durably written. What a crash left in doubt is
asked of the department, never clicked again. Laws: I1, I2, I9, I10. `file` blocks; call it on a lane's thread.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bridges import uploads
from bridges.browser_process import NoBrowser
from bridges.course import Course, OutOfOrder, Stage
from bridges.filing import (
    Credentials, EvidencePiece, FieldProof, FieldsChecked, Filed, Filing, Frame, NotSent, Note, Outcome, Refused,
    StepBegan, Tell, Unsure, say_nothing,
)  # fmt: skip
from bridges.hand import Hand, WorkerGone
from bridges.journal import LEASE_SECONDS, Busy, Claimed, InDoubt, Journal, Settled
from bridges.plan import CannotPlan, Plan, plan, steps_with_values
from bridges.recipe import Form, Recipe

PATIENCE = 0.05
TRIES_BEFORE_INTENT = 3


class FilingDesk:
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
        self._departments = departments
        self._keys: dict[str, threading.Lock] = {}
        self._keys_lock = threading.Lock()
        uploads.sweep()

    # ---- the door
    def warm(self, department: str) -> None:
        """Starts browser and worker and signs in while the clerk still types; quiet about every trouble: `file` tells."""
        hand = self._hands.get(department)
        if hand is None or not hand.lock.acquire(blocking=False):
            return
        try:
            first = next(iter(hand.recipe.forms.values()))
            order = {"do": "warm", "steps": list(first.steps[:1]), "form": first.name, "receipt": {}, "values": {}, "masked": []}
            hand.begin({**order, **self._signing(department)})
            for _ in hand.heard(5):
                pass
        except (WorkerGone, NoBrowser):
            hand.drop_worker()
        finally:
            hand.lock.release()

    def file(
        self,
        filing: Filing,
        tell: Tell = say_nothing,
        stop: threading.Event | None = None,
        *,
        stop_before_submit: bool = False,
    ) -> Outcome:
        """Exactly once per `filing.key`, whatever dies. Blocks until the truth is known, or known to be unknown."""
        began, stop = time.monotonic(), stop or threading.Event()
        hand = self._hands.get(filing.department)
        form = hand.recipe.form_for(filing.item) if hand else None
        if hand is None or form is None:
            return NotSent("data", "no_recipe", {"department": filing.department, "item": filing.item})
        if hand.recipe.engine != "chromium":
            return NotSent("page", "no_bridge_possible", {"department": filing.department})
        with self._key_lock(filing.key), hand.lock:
            outcome = self._file(hand, form, filing, tell, stop, stop_before_submit)
        return _timed(outcome, time.monotonic() - began)

    def look_up(self, filing: Filing, tell: Tell = say_nothing, stop: threading.Event | None = None) -> Outcome:
        """For a filing in doubt: asks the department. Filed | Unsure; NotSent when this key was never clicked."""
        began = time.monotonic()
        hand = self._hands.get(filing.department)
        form = hand.recipe.form_for(filing.item) if hand else None
        if hand is None or form is None:
            return NotSent("data", "no_recipe", {"department": filing.department, "item": filing.item})
        with self._key_lock(filing.key), hand.lock:
            match self._claim(filing, stop or threading.Event()):
                case Settled() as settled:
                    outcome = _stored(settled)
                case InDoubt(fence, since):
                    outcome = self._ask(hand, form, filing, fence, since, tell, stop or threading.Event(), "in_doubt")
                case Claimed(fence):
                    self._journal.settle(filing.key, fence, "not_sent")
                    outcome = NotSent("stopped", "never_clicked")
                case Busy():
                    outcome = Unsure("busy_elsewhere")
        return _timed(outcome, time.monotonic() - began)

    def close(self) -> None:
        for hand in self._hands.values():
            hand.close()

    # ---- one filing
    @contextlib.contextmanager
    def _key_lock(self, key: str) -> Iterator[None]:
        with self._keys_lock:
            lock = self._keys.setdefault(key, threading.Lock())
        with lock:
            yield

    def _claim(self, filing: Filing, stop: threading.Event) -> Claimed | InDoubt | Settled | Busy:
        """Waits for another window that works on this very filing; its answer is our answer."""
        while True:
            claim = self._journal.claim(filing.key, filing.department, filing.item)
            if not isinstance(claim, Busy) or stop.wait(0.2):
                return claim

    def _file(
        self, hand: Hand, form: Form, filing: Filing, tell: Tell, stop: threading.Event, rehearsal: bool
    ) -> Outcome:
        today = datetime.fromtimestamp(self._clock()).date()
        try:
            plan(form, filing, {one.kind: "" for one in filing.attachments}, today=today)
        except CannotPlan as trouble:
            return NotSent("data", trouble.code, trouble.detail)
        if rehearsal:
            return self._attempts(hand, form, filing, 0, tell, stop)
        match self._claim(filing, stop):
            case Settled() as settled:
                return _stored(settled)
            case InDoubt(fence, since):
                return self._ask(hand, form, filing, fence, since, tell, stop, "in_doubt")
            case Busy():
                return Unsure("busy_elsewhere")
            case Claimed(fence):
                with self._kept(filing.key, fence):
                    return self._attempts(hand, form, filing, fence, tell, stop)

    @contextlib.contextmanager
    def _kept(self, key: str, fence: int) -> Iterator[None]:
        """Renews the lease while the block lasts."""
        over = threading.Event()

        def renew() -> None:
            while not over.wait(LEASE_SECONDS / 3):
                if not self._journal.renew(key, fence):
                    return

        thread = threading.Thread(target=renew, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _attempts(
        self, hand: Hand, form: Form, filing: Filing, fence: int, tell: Tell, stop: threading.Event
    ) -> Outcome:
        """A worker or browser that dies before the intent is replaced and the run starts over; after it, only asked."""
        outcome: Outcome = NotSent("transport", "worker_gone")
        steps = 0
        for _ in range(TRIES_BEFORE_INTENT):
            run = _Run(self._journal, hand, filing, fence, tell, stop, steps)
            try:
                with uploads.laid_out(filing.attachments) as paths:
                    today = datetime.fromtimestamp(self._clock()).date()
                    made = plan(form, filing, paths, today=today)
                    told = run.go(self._order("file", form, filing, made, rehearsal=fence == 0) | self._signing(filing.department))
            except WorkerGone:
                hand.drop_worker()
                steps = run.steps
                if not run.course.surely_not_sent:
                    return self._ask(hand, form, filing, fence, self._journal.now(), tell, stop, "worker_gone")
                continue
            except NoBrowser as trouble:
                outcome = NotSent("transport", trouble.code)
                break
            except uploads.NoPrivateMemory:
                outcome = NotSent("transport", "no_private_memory")
                break
            outcome = self._judge(hand, form, filing, fence, run, told, tell, stop)
            if not (isinstance(outcome, NotSent) and outcome.code == "browser_gone"):
                return outcome
            hand.drop_worker()
            steps = run.steps
        if fence:
            self._journal.settle(filing.key, fence, "not_sent", told={"code": outcome.code} if isinstance(outcome, NotSent) else {})
        return outcome

    def _judge(
        self, hand: Hand, form: Form, filing: Filing, fence: int, run: _Run, told: dict[str, Any], tell: Tell, stop: threading.Event
    ) -> Outcome:
        proofs, evidence = _proofs(told), _evidence(told)
        match told["end"]:
            case "filed":
                if self._journal.settle(filing.key, fence, "filed", number=told["number"]):
                    return Filed(told["number"], proofs, evidence)
                why = "same_number" if self._journal.number_known(filing.department, told["number"], but=filing.key) else "lost_lease"
                return self._ask(hand, form, filing, fence, run.intended, tell, stop, why, proofs, evidence)
            case "refused":
                self._journal.settle(filing.key, fence, "refused", told={"words": told["words"]})
                return Refused(told["words"], proofs, evidence)
            case "doubt":
                return self._ask(hand, form, filing, fence, run.intended, tell, stop, told["why"], proofs, evidence)
            case _ if not run.course.surely_not_sent:
                return self._ask(hand, form, filing, fence, run.intended, tell, stop, told["code"], proofs, evidence)
            case _:
                if fence:
                    self._journal.settle(filing.key, fence, "not_sent", told={"code": told["code"]})
                return NotSent(told["reason"], told["code"], told["detail"], proofs, evidence)

    # ---- in doubt
    def _ask(
        self, hand: Hand, form: Form, filing: Filing, fence: int, since: float, tell: Tell, stop: threading.Event, why: str,
        proofs: tuple[FieldProof, ...] = (), evidence: tuple[EvidencePiece, ...] = (),
    ) -> Outcome:  # fmt: skip
        """"Not found" right after a crash proves nothing (A2): first the department's longest known delay, then the question."""
        with self._kept(filing.key, fence):
            found: list[str] = []
            if form.look_up is not None:
                tell(Note("asking_the_department"))
                wait = since + hand.recipe.longest_delay_s - self._journal.now()
                if not stop.wait(max(0.0, min(wait, hand.recipe.longest_delay_s))):
                    found = self.stepsumbers(hand, form, filing, since, tell)
            fresh = [n for n in found if not self._journal.number_known(filing.department, n, but=filing.key)]
            if len(fresh) == 1 and self._journal.settle(filing.key, fence, "filed", number=fresh[0], told={"by": "lookup"}):
                return Filed(fresh[0], proofs, evidence, found_by_lookup=True)
            self._journal.settle(filing.key, fence, "unsure", told={"why": why})
            return Unsure("several_found" if len(fresh) > 1 else why, proofs, evidence)

    def _numbers(self, hand: Hand, form: Form, filing: Filing, since: float, tell: Tell) -> list[str]:
        assert form.look_up is not None
        values = {**filing.values, "filing.key": filing.key, "filing.today": datetime.fromtimestamp(self._clock()).date().isoformat()}
        look_up = {**form.look_up, "steps": steps_with_values(form.look_up["steps"], values, {})}
        order = {"do": "look_up", "form": form.name, "steps": [], "receipt": {}, "look_up": look_up, "values": values, "masked": [], "since": since}
        for _ in range(2):
            try:
                hand.begin({**order, **self._signing(filing.department)})
                for message in hand.heard(5):
                    if message is not None and message["say"] == "end":
                        return [str(n) for n in message["result"].get("numbers", [])]
            except (WorkerGone, NoBrowser):
                hand.drop_worker()
        return []

    def _order(self, do: str, form: Form, filing: Filing, made: Plan, *, rehearsal: bool) -> dict[str, Any]:
        return {
            "do": do, "form": made.form, "steps": list(made.steps), "receipt": form.receipt or {}, "masked": list(made.masked),
            "values": dict(filing.values), "stop_before_submit": rehearsal,
        }  # fmt: skip

    def _signing(self, department: str) -> dict[str, Any]:
        known = self._credentials(department)
        return {"credentials": {"user": known.user, "password": known.password.reveal()} if known else None}


class _Run:
    """One walk of the worker, heard step by step."""

    def __init__(self, journal: Journal, hand: Hand, filing: Filing, fence: int, tell: Tell, stop: threading.Event, steps: int) -> None:
        self._journal, self._hand, self._filing, self._fence = journal, hand, filing, fence
        self._tell, self._stop, self._stop_said, self.steps = tell, stop, False, steps
        self.course, self.intended = Course(), 0.0

    def go(self, order: dict[str, Any]) -> dict[str, Any]:
        if self._stop.is_set():
            return {"end": "trouble", "reason": "stopped", "code": "stopped_by_clerk", "detail": {}}
        self._hand.begin({**order, "watched": self._tell is not say_nothing})
        for message in self._hand.heard(PATIENCE):
            if self._stop.is_set() and not self._stop_said:
                self._stop_said = True
                if self.course.may_be_stopped:
                    self._hand.send({"do": "stop"})
                else:
                    self._tell(Note("cannot_be_stopped_any_more"))
            if message is not None and message["say"] == "end":
                return dict(message["result"])
            if message is not None:
                self._hear(message)
        raise WorkerGone

    def _hear(self, message: dict[str, Any]) -> None:
        match message["say"]:
            case "stage":
                self._reach(Stage(message["stage"]))
            case "intent?":
                self._hand.send({"do": "answer", "intent": self._may_click()})
            case "step":
                self._tell(StepBegan(message["name"], message["n"], message["of"]))
            case "fields":
                self._tell(FieldsChecked(message["filled"], message["verified"], message["of"]))
            case "frame":
                self._tell(Frame(base64.b64decode(message["jpeg"]), message["width"], message["height"]))

    def _reach(self, stage: Stage) -> None:
        try:
            self.course = self.course.reach(stage)
        except OutOfOrder as trouble:
            raise WorkerGone from trouble
        self.steps += 1
        if self._fence and not self._journal.step(self._filing.key, self._fence, self.steps, stage.value):
            raise WorkerGone

    def _may_click(self) -> bool:
        """The durable word. The course moves on before the database is asked: an unknown commit counts as an intent."""
        if self._stop.is_set() or not self._fence:
            return False
        before, self.steps = self.course, self.steps + 1
        self.course = self.course.reach(Stage.INTENT)
        self.intended = self._journal.now()
        if self._journal.intend(self._filing.key, self._fence, self.steps):
            return True
        self.course = before
        return False


def _stored(settled: Settled) -> Outcome:
    if settled.state == "filed":
        return Filed(settled.number, found_by_lookup=settled.told.get("by") == "lookup")
    return Refused(str(settled.told.get("words", "")))


def _proofs(told: Mapping[str, Any]) -> tuple[FieldProof, ...]:
    return tuple(FieldProof(**proof) for proof in told.get("proofs", ()))


def _evidence(told: Mapping[str, Any]) -> tuple[EvidencePiece, ...]:
    pieces = []
    for piece in told.get("evidence", ()):
        content = base64.b64decode(piece["content"])
        pieces.append(EvidencePiece(piece["name"], piece["media_type"], content, hashlib.sha256(content).hexdigest()))
    return tuple(pieces)


def _timed(outcome: Outcome, seconds: float) -> Outcome:
    from dataclasses import replace

    return replace(outcome, seconds=round(seconds, 3))
