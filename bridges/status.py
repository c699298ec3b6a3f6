"""What became of a filed case (回传): the department's own list is read again, and its words become one of five states.

Asking changes nothing there. A number that is not found, or words no rule knows, is no answer: the last known stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from bridges.filing_run import Job
from bridges.hand import answer_to
from bridges.plan import steps_with_values

State = Literal["received", "working", "returned", "done", "refused"]


@dataclass(frozen=True)
class Status:
    """`words` are the department's own."""

    state: State
    words: str


def rule_of(job: Job) -> Mapping[str, Any] | None:
    """The form's `status`, on the query page of its `look_up` unless it names one of its own."""
    if job.form.status is None:
        return None
    return {**(job.form.look_up or {}), **job.form.status}


def ask(job: Job, number: str, signing: Mapping[str, Any]) -> Status | None:
    rule = rule_of(job)
    if rule is None or "steps" not in rule or "row" not in rule:
        return None
    values = {**job.filing.values, "filing.key": job.filing.key, "filing.number": number}
    order = {
        "do": "status", "form": job.form.name, "steps": [], "receipt": {}, "values": values, "masked": [],
        "look_up": {**rule, "steps": steps_with_values(rule["steps"], values, {})}, "number": number,
    }  # fmt: skip
    told = answer_to(job.hand, {**order, **signing})
    return None if told is None else _read(rule["states"], told.get("line", ""))


def _read(states: Mapping[str, str], line: str) -> Status | None:
    """The first rule, in the recipe's order, whose words stand in the row of this case."""
    for words, state in states.items():
        found = re.search(words, line)
        if found:
            return Status(cast("State", state), found[0])
    return None
