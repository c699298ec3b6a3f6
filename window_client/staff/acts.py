"""The acts of a visit in their usual order, with key and icon, and how far each of them is: pure, drawn by the rail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from window_client.casework.form import Form
from window_client.casework.visit import Visit
from window_client.counter.gathering import gathering
from window_client.counter.standing import Standing

State = Literal["todo", "done", "warn"]


@dataclass(frozen=True)
class Act:
    """`name` is the panel's name and its text key `staff.act.<name>`."""

    name: str
    key: str
    icon: str


ACTS = (
    Act("pick", "F2", "magnifying-glass-plus"),
    Act("card", "F3", "identification-card"),
    Act("gather", "F4", "scan"),
    Act("form", "F5", "note-pencil"),
    Act("resident", "F6", "signature"),
    Act("file", "F7", "paper-plane-tilt"),
    Act("hand_over", "F8", "printer"),
)
AROUND = (
    Act("notices", "F12", "stamp"),
    Act("verify", "F1", "seal-check"),
    Act("day_book", "F10", "book-open-text"),
    Act("settings", "F11", "gear-six"),
)


def states(desk: Standing) -> dict[str, State]:
    visit = desk.visit
    news: State = "warn" if desk.fresh else "todo"
    if visit is None:
        return {**{act.name: "todo" for act in ACTS}, "day_book": news}
    form = desk.form
    return {
        "day_book": news,
        "pick": "done" if visit.live_cases else "todo",
        "card": "done" if visit.holder else "todo",
        "gather": _gather(desk, visit, form),
        "form": _form(visit, form),
        "resident": "done" if visit.is_confirmed else ("warn" if visit.disputed else "todo"),
        "file": _file(visit),
        "hand_over": "done" if visit.voucher is not None and visit.voucher.copies else "todo",
    }


def next_act(desk: Standing) -> str:
    """The first act of the visit that is still to be done."""
    told = states(desk)
    return next((act.name for act in ACTS if told[act.name] != "done"), "hand_over")


def _gather(desk: Standing, visit: Visit, form: Form) -> State:
    if not form.materials:
        return "todo"
    lines = gathering(visit, form, desk.rooms.catalogue)
    if any(line.required and line.state in ("missing", "offered") for line in lines):
        return "todo"
    return "todo" if any(line.state == "ask" and line.document not in visit.declined for line in lines) else "done"


def _form(visit: Visit, form: Form) -> State:
    if visit.disputed or form.wrong(visit):
        return "warn"
    return "done" if form.fields and not form.missing(visit) else "todo"


def _file(visit: Visit) -> State:
    states = [case.state for case in visit.live_cases]
    if any(state in ("refused", "unsure", "not_sent") for state in states):
        return "warn"
    return "done" if states and all(state == "filed" for state in states) else "todo"
