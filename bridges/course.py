"""The course of one run, as a pure state machine: which step may follow which, and what an end at each step means.

The one rule everything hangs on: before the intent any trouble is `NotSent`; from the intent on nobody may say so.
Laws: I1, I10. No browser and no database here, so that every path can be walked in a test.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum


class Stage(Enum):
    QUEUED = "queued"
    ATTACHED = "attached"
    NEED_LOGIN = "need_login"
    OPENED = "opened"
    PROBED = "probed"
    FILLED = "filled"
    UPLOADED = "uploaded"
    VERIFIED = "verified"
    EVIDENCE = "evidence"
    PARKED = "parked"
    RESUMED = "resumed"
    INTENT = "intent"
    CLICKED = "clicked"
    RECEIPT = "receipt"
    DONE = "done"


_S = Stage
# A page of several panes goes round probed → filled → verified; a lost session starts again, before the intent only.
FOLLOWS: dict[Stage, frozenset[Stage]] = {
    _S.QUEUED: frozenset({_S.ATTACHED}),
    _S.ATTACHED: frozenset({_S.ATTACHED, _S.NEED_LOGIN, _S.OPENED}),
    _S.NEED_LOGIN: frozenset({_S.ATTACHED, _S.OPENED}),
    _S.OPENED: frozenset({_S.OPENED, _S.NEED_LOGIN, _S.PROBED, _S.UPLOADED, _S.VERIFIED, _S.ATTACHED}),
    _S.PROBED: frozenset({_S.FILLED, _S.NEED_LOGIN, _S.ATTACHED}),
    _S.FILLED: frozenset({_S.PROBED, _S.UPLOADED, _S.VERIFIED, _S.OPENED, _S.NEED_LOGIN, _S.ATTACHED}),
    _S.UPLOADED: frozenset({_S.PROBED, _S.UPLOADED, _S.VERIFIED, _S.OPENED, _S.NEED_LOGIN, _S.ATTACHED}),
    # Two clicks in a row (a tab looked at and left again) read the panes twice.
    _S.VERIFIED: frozenset({_S.EVIDENCE, _S.VERIFIED, _S.OPENED, _S.PROBED, _S.UPLOADED, _S.NEED_LOGIN, _S.ATTACHED}),
    _S.EVIDENCE: frozenset({_S.INTENT, _S.NEED_LOGIN, _S.ATTACHED}),
    _S.PARKED: frozenset({_S.RESUMED}),
    _S.INTENT: frozenset({_S.CLICKED}),
    _S.CLICKED: frozenset({_S.RECEIPT}),
    _S.RECEIPT: frozenset({_S.DONE}),
    _S.DONE: frozenset(),
}
# A person may take the page at every step before the intent, and it may be at any of them when it comes back.
_BEFORE = frozenset(
    {_S.ATTACHED, _S.NEED_LOGIN, _S.OPENED, _S.PROBED, _S.FILLED, _S.UPLOADED, _S.VERIFIED, _S.EVIDENCE}
)
FOLLOWS |= {stage: FOLLOWS[stage] | {_S.PARKED} for stage in _BEFORE}
FOLLOWS[_S.RESUMED] = _BEFORE | {_S.PARKED}
AFTER_INTENT = frozenset({_S.INTENT, _S.CLICKED, _S.RECEIPT, _S.DONE})


class OutOfOrder(Exception):
    """A step was reported that cannot follow: the worker is not believed, the run ends by the rule of its stage."""


@dataclass(frozen=True)
class Course:
    stage: Stage = Stage.QUEUED
    walked: tuple[Stage, ...] = field(default=())

    def reach(self, stage: Stage) -> Course:
        if stage not in FOLLOWS[self.stage]:
            raise OutOfOrder(f"{self.stage.value} -> {stage.value}")
        return replace(self, stage=stage, walked=(*self.walked, stage))

    @property
    def may_be_stopped(self) -> bool:
        return self.stage not in AFTER_INTENT

    @property
    def surely_not_sent(self) -> bool:
        """While a person holds the page nobody may say so: they may have clicked."""
        return self.stage not in AFTER_INTENT and self.stage is not Stage.PARKED
