"""What became of a filed case, as the clerk reads it: one sentence and one colour, the same wherever it stands."""

from __future__ import annotations

from window_client.casework.facts import StatusLearnt
from window_client.look.words import Words

FATES = ("received", "working", "returned", "done", "refused")
_KINDS = {"returned": "warn", "done": "good", "refused": "bad"}


def fate_kind(state: str) -> str:
    return _KINDS.get(state, "note")


def moment(at: str) -> str:
    """`2026-11-23T10:00+08:00` as it is said at the window: `11-23 10:00`."""
    return at[5:16].replace("T", " ")


def fate_words(words: Words, learnt: StatusLearnt, key: str) -> str:
    return words(key, case=learnt.case, words=learnt.words, at=moment(learnt.at))
