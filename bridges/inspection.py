"""Looking at a department with its recipe, without touching its data: for `bridge check` and `bridge drift`."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bridges.browser_process import NoBrowser
from bridges.filing import Credentials
from bridges.hand import Hand, WorkerGone
from bridges.plan import called
from bridges.recipe import Form, Recipe


class CannotInspect(Exception):
    """The page could not be looked at; `code` and `detail` as for `NotSent`."""

    def __init__(self, code: str, detail: Mapping[str, str]) -> None:
        super().__init__(code)
        self.code, self.detail = code, dict(detail)


@dataclass(frozen=True)
class FieldSeen:
    """One field of the recipe as the page shows it; `problem` empty when it would be filled."""

    form: str
    step: int
    field: str
    element: str
    found: str
    kind: str
    score: float
    problem: str


@dataclass(frozen=True)
class Inspection:
    fields: tuple[FieldSeen, ...]
    fingerprints: Mapping[str, Mapping[str, Any]]
    unseen_from: Mapping[str, int]

    @property
    def changes(self) -> tuple[FieldSeen, ...]:
        return tuple(seen for seen in self.fields if seen.problem or seen.score < 1)


def inspect(recipe: Recipe, credentials: Credentials | None, *, base: str = "", headless: bool = True) -> Inspection:
    """Opens every form of the recipe and looks; panes behind a click are not reached. Its browser is its own."""
    fields: list[FieldSeen] = []
    prints: dict[str, Mapping[str, Any]] = {}
    unseen: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="onewindow-check-") as room:
        hand = Hand(recipe, (base or recipe.base).rstrip("/") + "/", Path(room), headless=headless)
        try:
            for form in recipe.forms.values():
                told = _look(hand, form, credentials)
                prints[form.name] = told["fingerprints"]
                fields += [_seen(form, one) for one in told["seen"]]
                if told["stopped_at"] < told["steps"]:
                    unseen[form.name] = told["stopped_at"]
        finally:
            hand.close()
    return Inspection(tuple(fields), prints, unseen)


def _look(hand: Hand, form: Form, credentials: Credentials | None) -> dict[str, Any]:
    account = {"user": credentials.user, "password": credentials.password.reveal()} if credentials else None
    order = {"do": "check", "form": form.name, "steps": _steps(form), "masked": [], "credentials": account}
    try:
        hand.begin(order)
        for message in hand.heard(5):
            if message is not None and message["say"] == "end":
                result: dict[str, Any] = message["result"]
                if result["end"] != "checked":
                    raise CannotInspect(result["code"], result["detail"])
                return result
    except WorkerGone as trouble:
        raise CannotInspect("worker_gone", {}) from trouble
    except NoBrowser as trouble:
        raise CannotInspect(trouble.code, {}) from trouble
    raise CannotInspect("worker_gone", {})


def _steps(form: Form) -> list[dict[str, Any]]:
    """The form's steps with fields but without values: looking needs none."""
    steps = []
    for n, step in enumerate(form.steps):
        told = dict(step)
        if "fill" in step:
            told["fill"] = [
                {**field, "key": f"{n}.{m}", "called": called(field), "element": field.get("element", "")}
                for m, field in enumerate(step["fill"])
            ]
        steps.append(told)
    return steps


def _seen(form: Form, one: Mapping[str, Any]) -> FieldSeen:
    candidate = one["candidate"] or {}
    return FieldSeen(
        form=form.name,
        step=one["step"],
        field=one["field"],
        element=one["element"],
        found=str(candidate.get("label", "")),
        kind=str(candidate.get("type", "")),
        score=round(float(one["score"]), 2),
        problem=one["problem"],
    )


def compared(recipe: Recipe, seen: Inspection) -> list[dict[str, Any]]:
    """Controls that are there now and were not, and the other way round, by form and step."""
    out = []
    for form, steps in seen.fingerprints.items():
        for step, now in steps.items():
            was, is_now = _named(recipe.fingerprint.get(form, {}).get(step, [])), _named(now)
            told = {"was": sorted(was - is_now), "now": sorted(is_now - was)}
            out.append({"form": form, "step": step, **told})
    return out


def _named(controls: list[dict[str, Any]]) -> set[tuple[str, str, str, str]]:
    return {(c["label"], c["name"], c["type"], "|".join(c["options"] or ())) for c in controls}
