"""What became of a filed case (回传): the department's own list is read again, and its words become one of five states.

Asking changes nothing there. A number that is not found, or words no rule knows, is no answer: the last known stands.
Where nobody waits for the answer, nobody is kept waiting by the question either: it is asked only while the department
is open and idle, within its limit, and whoever wants to file makes it stop.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from bridges.filing_run import Job
from bridges.hand import answer_to
from bridges.plan import steps_with_values

State = Literal["received", "working", "returned", "done", "refused"]
Why = Literal["no_rule", "closed", "no_account", "busy", "not_yet", "gave_way", "login", "trouble", "unknown"]


@dataclass(frozen=True)
class Status:
    """`words` are the department's own."""

    state: State
    words: str


@dataclass(frozen=True)
class NoNews:
    """Why there is no answer; the first five did not touch the department."""

    why: Why


def rule_of(job: Job) -> Mapping[str, Any] | None:
    """The form's `status`, on the query page of its `look_up` unless it names one of its own."""
    if job.form.status is None:
        return None
    return {**(job.form.look_up or {}), **job.form.status}


def ask(
    job: Job, number: str, signing: Mapping[str, Any], gives_way: Callable[[], bool] = lambda: False
) -> Status | NoNews:
    rule = rule_of(job)
    if rule is None or "steps" not in rule or "row" not in rule:
        return NoNews("no_rule")
    values = {**job.filing.values, "filing.key": job.filing.key, "filing.number": number}
    order = {
        "do": "status", "form": job.form.name, "steps": [], "receipt": {}, "values": values, "masked": [],
        "look_up": {**rule, "steps": steps_with_values(rule["steps"], values, {})}, "number": number,
    }  # fmt: skip
    told = answer_to(job.hand, {**order, **signing}, gives_way)
    if told is None or told["end"] != "status":
        return NoNews("gave_way" if gives_way() else _why(told or {}))
    return _read(rule["states"], told.get("line", "")) or NoNews("unknown")


def _why(told: Mapping[str, Any]) -> Why:
    return "login" if told.get("reason") == "login" else "trouble"


def _read(states: Mapping[str, str], line: str) -> Status | None:
    """The first rule, in the recipe's order, whose words stand in the row of this case."""
    for words, state in states.items():
        found = re.search(words, line)
        if found:
            return Status(cast("State", state), found[0])
    return None
