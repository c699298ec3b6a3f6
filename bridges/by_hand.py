"""The guided way by hand, when no bridge is possible: what to type, in the order and under the labels of the page.

The same plan as the bridge's own: values in the department's words, dates as it writes them. The number the clerk
brings back goes through the same format and the same journal: a case filed by hand is never filed by the bridge again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bridges.filing import Filed, Filing, NotSent, Outcome, Unsure
from bridges.filing_run import stored
from bridges.journal import Busy, Journal, Settled
from bridges.plan import plan
from bridges.recipe import Form


@dataclass(frozen=True)
class Chip:
    """One value to copy. `step`: which page of the form, from 1."""

    step: int
    label: str
    value: str = field(repr=False)


def sheet(form: Form, filing: Filing, *, today: date) -> tuple[Chip, ...]:
    """Raises `CannotPlan` when something is missing, as the bridge would."""
    papers = {str(file["attachment"]): "" for step in form.all_steps() for file in step.get("upload", ())}
    made = plan(form, filing, papers, today=today)
    chips, page = list[Chip](), 0
    for step in made.steps:
        if not step.get("fill"):
            continue
        page += 1
        chips += [Chip(page, one["called"], _shown(one)) for one in step["fill"] if "fixed" not in one]
    return tuple(chips)


def _shown(one: Mapping[str, object]) -> str:
    parts = one.get("parts")
    if one.get("kind") == "cascade" and isinstance(parts, list):
        return " / ".join(str(part) for part in parts)
    return str(one.get("value", ""))


def fits(form: Form, number: str) -> bool:
    """Whether the department writes its numbers like this."""
    rule = form.receipt or {}
    if "format" in rule:
        return re.fullmatch(rule["format"], number) is not None
    return bool(number)


def register(journal: Journal, form: Form, filing: Filing, number: str) -> Outcome:
    """The number a clerk brought from the department's own page. Also for a case in doubt: a person has looked."""
    if not fits(form, number):
        return NotSent("data", "number_by_hand_format", {"number": number})
    claim = journal.claim(filing.key, filing.department, filing.item)
    match claim:
        case Settled():
            return stored(claim)
        case Busy():
            return Unsure("busy_elsewhere")
        case _:
            if journal.settle(filing.key, claim.fence, "filed", number=number, told={"by": "hand"}):
                return Filed(number)
    if not journal.number_known(filing.department, number, but=filing.key):
        return Unsure("lost_lease")
    return NotSent("data", "number_by_hand_known", {"number": number})
