"""One walk of a worker through a department's page, heard step by step; every step is journalled before the next."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bridges.course import Course, OutOfOrder, Stage
from bridges.filing import (
    Changed,
    EvidencePiece,
    FieldProof,
    FieldsChecked,
    Filed,
    Filing,
    Frame,
    Note,
    Outcome,
    PageAnswered,
    PageAsks,
    Parked,
    Refused,
    Resumed,
    StepBegan,
    Tell,
    say_nothing,
)
from bridges.hand import Hand, WorkerGone
from bridges.hand_over import HandOver
from bridges.journal import Journal, Settled
from bridges.recipe import Form

PATIENCE = 0.05


@dataclass(frozen=True)
class Job:
    """What one call of the door is about: whose hand, which form, what to file, who listens, who may stop it."""

    hand: Hand
    form: Form
    filing: Filing
    tell: Tell
    stop: threading.Event
    rehearsal: bool = False
    person: HandOver | None = None


class FilingRun:
    """`fence` 0 is a rehearsal: nothing is journalled and nothing may be clicked."""

    def __init__(self, journal: Journal, job: Job, fence: int, steps: int) -> None:
        self._journal, self._job, self._fence = journal, job, fence
        self._stop_said = False
        self.steps, self.course, self.intended = steps, Course(), 0.0

    def go(self, order: Mapping[str, Any]) -> dict[str, Any]:
        job = self._job
        if job.stop.is_set():
            return {"end": "trouble", "reason": "stopped", "code": "stopped_by_clerk", "detail": {}}
        with_person = {"dialog_s": job.person.dialog_seconds} if job.person is not None else {}
        watched = job.tell is not say_nothing
        job.hand.begin({**order, "watched": watched, "person": job.person is not None, **with_person})
        if job.person is not None:
            job.person.bind(job.hand.send)
        try:
            return self._listen()
        finally:
            if job.person is not None:
                job.person.release()

    def _listen(self) -> dict[str, Any]:
        job = self._job
        for message in job.hand.heard(PATIENCE):
            if job.stop.is_set() and not self._stop_said:
                self._say_stop()
            if message is not None and message["say"] == "end":
                return dict(message["result"])
            if message is not None:
                self._hear(message)
        raise WorkerGone

    def _say_stop(self) -> None:
        self._stop_said = True
        if self.course.may_be_stopped:
            self._job.hand.send({"do": "stop"})
        else:
            self._job.tell(Note("cannot_be_stopped_any_more"))

    def _hear(self, message: Mapping[str, Any]) -> None:
        tell = self._job.tell
        match message["say"]:
            case "stage":
                self._reach(Stage(message["stage"]))
            case "intent?":
                self._job.hand.send({"do": "answer", "intent": self._may_click()})
            case "step":
                tell(StepBegan(message["name"], message["n"], message["of"]))
            case "fields":
                tell(FieldsChecked(message["filled"], message["verified"], message["of"]))
            case "parked":
                self._job.hand.send({"do": "answer", "intent": self._may_park(message)})
            case "changed" | "kept":
                fields = tuple(_changed(one) for one in message["fields"])
                if message["say"] == "changed":
                    tell(Changed(fields))
                elif self._job.person is not None:
                    self._job.person.kept = fields
            case "resumed":
                self._taken_back(int(message["ms"]))
            case "asks" | "answered":
                tell(_question(message))
            case "frame":
                tell(Frame(base64.b64decode(message["jpeg"]), message["width"], message["height"]))

    def _reach(self, stage: Stage) -> None:
        try:
            self.course = self.course.reach(stage)
        except OutOfOrder as trouble:
            raise WorkerGone from trouble
        self.steps += 1
        if self._fence and not self._journal.step(self._job.filing.key, self._fence, self.steps, stage.value):
            raise WorkerGone

    def _may_park(self, message: Mapping[str, Any]) -> bool:
        """As durable as an intent: what a person does with the page nobody here sees."""
        if self._job.person is None:
            return False
        self.intended = self._journal.now()
        self._reach(Stage.PARKED)
        if self._fence and not self._journal.park(self._job.filing.key, self._fence):
            return False
        self._job.person.parked()
        self._job.tell(Parked(message["why"], message["words"]))
        return True

    def _taken_back(self, ms: int) -> None:
        """The page was judged: surely nothing was sent. Only then the doubt is taken back."""
        if self._fence and not self._journal.unpark(self._job.filing.key, self._fence):
            raise WorkerGone
        self._reach(Stage.RESUMED)
        self._job.tell(Resumed(ms))

    def _may_click(self) -> bool:
        """The durable word. The course moves before the database is asked: an unknown commit counts as an intent."""
        if self._job.stop.is_set() or not self._fence:
            return False
        before, self.steps = self.course, self.steps + 1
        self.intended = self._journal.now()
        self.course = self.course.reach(Stage.INTENT)
        if self._journal.intend(self._job.filing.key, self._fence, self.steps):
            return True
        self.course = before
        return False


def stored(settled: Settled) -> Outcome:
    if settled.state == "filed":
        return Filed(settled.number, found_by_lookup=settled.told.get("by") == "lookup")
    return Refused(str(settled.told.get("words", "")))


def _question(message: Mapping[str, Any]) -> PageAsks | PageAnswered:
    if message["say"] == "answered":
        return PageAnswered(message["n"])
    return PageAsks(message["n"], message["kind"], message["words"], message["typed"])


def _changed(one: Mapping[str, Any]) -> FieldProof:
    return FieldProof(one["element"], one["label"], one["wanted"], one["got"], one["normalised"], False)


def proofs(told: Mapping[str, Any]) -> tuple[FieldProof, ...]:
    return tuple(FieldProof(**proof) for proof in told.get("proofs", ()))


def evidence(told: Mapping[str, Any]) -> tuple[EvidencePiece, ...]:
    pieces = []
    for piece in told.get("evidence", ()):
        content = base64.b64decode(piece["content"])
        pieces.append(EvidencePiece(piece["name"], piece["media_type"], content, hashlib.sha256(content).hexdigest()))
    return tuple(pieces)
