"""Looking at a department with its recipe, without touching its data: for `bridge check` and `bridge drift`."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bridges.browser_process import NoBrowser
from bridges.filing import Credentials
from bridges.hand import Hand, WorkerGone
from bridges.plan import called
from bridges.recipe import Form, Recipe, as_written


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
    how: str = ""
    near: tuple[str, ...] = ()
    name: str = ""
    id: str = ""


@dataclass(frozen=True)
class NotReached:
    """A step that could not be looked behind without sending something, and why (`bridge.check.<why>`)."""

    form: str
    step: int
    verb: str
    why: str


@dataclass(frozen=True)
class Spare:
    """A control of the page no field of the recipe mentions, ready to be copied into one."""

    form: str
    label: str
    kind: str
    name: str
    id: str
    required: bool
    sections: tuple[str, ...]
    options: tuple[str, ...]

    def line(self) -> str:
        key, word = next(((k, w) for k, w in (("label", self.label), ("name", self.name)) if w), ("id", self.id))
        place = f"{key}: {_quoted(word)}"
        kind = self.kind if self.kind in KINDS else "text"
        more = f"  # {'required, ' if self.required else ''}{self.name or self.id}"
        choices = f"; {' / '.join(self.options[:8])}{' …' if len(self.options) > 8 else ''}" if self.options else ""
        part = f", section: {_quoted(self.sections[0])}" if self.sections and not self.name else ""
        return f"- {{{place}{part}, element: ?, kind: {kind}}}{more}{choices}"


def _quoted(word: str) -> str:
    """As YAML takes it inside braces."""
    return word if re.fullmatch(r"\w[\w /()（）*.\-]*", word) else "'" + word.replace("'", "''") + "'"


KINDS = ("select", "radio", "checkbox", "textarea", "date", "cascade", "tree")


@dataclass(frozen=True)
class Inspection:
    fields: tuple[FieldSeen, ...]
    fingerprints: Mapping[str, Mapping[str, Any]]
    unreached: tuple[NotReached, ...] = ()
    spare: tuple[Spare, ...] = ()

    @property
    def changes(self) -> tuple[FieldSeen, ...]:
        return tuple(seen for seen in self.fields if seen.problem or seen.score < 1)


def inspect(recipe: Recipe, credentials: Credentials | None, *, base: str = "", headless: bool = True) -> Inspection:
    """Opens every form of the recipe and looks; panes behind a click are not reached. Its browser is its own."""
    fields: list[FieldSeen] = []
    prints: dict[str, Mapping[str, Any]] = {}
    unreached: list[NotReached] = []
    spare: list[Spare] = []
    with tempfile.TemporaryDirectory(prefix="onewindow-check-") as room:
        hand = Hand(recipe, (base or recipe.base).rstrip("/") + "/", Path(room), headless=headless)
        try:
            for form in recipe.forms.values():
                told = _look(hand, form, credentials)
                prints[form.name] = told["fingerprints"]
                fields += [_seen(form, one) for one in told["seen"]]
                unreached += [NotReached(form.name, one["step"], one["verb"], one["why"]) for one in told["unreached"]]
                spare += [_spare(form, one) for one in told["spare"]]
        finally:
            hand.close()
    return Inspection(tuple(fields), prints, tuple(unreached), tuple(spare))


def _look(hand: Hand, form: Form, credentials: Credentials | None) -> dict[str, Any]:
    account = {"user": credentials.user, "password": credentials.password.reveal()} if credentials else None
    order = {"do": "check", "form": form.name, "steps": _steps(form), "masked": [], "credentials": account}
    result = walked_to_the_end(hand, order)
    if result["end"] != "checked":
        raise CannotInspect(result["code"], result["detail"])
    return result


def walked_to_the_end(hand: Hand, order: Mapping[str, Any]) -> dict[str, Any]:
    """What the worker says when this order is done; `CannotInspect` when it, or its browser, is gone before."""
    try:
        hand.begin(order)
        for message in hand.heard(5):
            if message is not None and message["say"] == "end":
                result: dict[str, Any] = message["result"]
                return result
    except WorkerGone as trouble:
        raise CannotInspect("worker_gone", {}) from trouble
    except NoBrowser as trouble:
        raise CannotInspect(trouble.code, {}) from trouble
    raise CannotInspect("worker_gone", {})


def _steps(form: Form) -> list[dict[str, Any]]:
    """The form's steps with fields but without values: looking needs none."""
    return [_step(str(n), step) for n, step in enumerate(form.steps)]


def _step(place: str, step: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(step)
    if "fill" in step:
        told["fill"] = [
            {
                **field,
                "key": f"{place}.{m}",
                "called": called(field),
                "element": field.get("element") or field.get("write") or f"= {field.get('fixed', '')}",
            }
            for m, field in enumerate(step["fill"])
        ]
    if "popup" in step:
        told["steps"] = [_step(f"{place}.{m}", inner) for m, inner in enumerate(step["steps"])]
    return told


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
        how=str(candidate.get("rule", "")),
        near=tuple(str(words) for words in one.get("near", ())),
        name=str(candidate.get("name", "")),
        id=str(candidate.get("id", "")),
    )


def _spare(form: Form, one: Mapping[str, Any]) -> Spare:
    return Spare(
        form.name, one["label"], one["type"], one["name"], one["id"], bool(one["required"]),
        tuple(one.get("sections", ())), tuple(one["options"] or ()),
    )  # fmt: skip


def lines_of_fields(recipe: Recipe) -> Mapping[tuple[str, int, str], int]:
    """Where in the file a field stands, by form, number of its step, and what the clerk calls it."""
    forms, found = as_written(recipe.file)["forms"], dict[tuple[str, int, str], int]()
    for form, told in forms.items():
        for n, step in enumerate(told["steps"], 1):
            for inner in (step, *step.get("steps", ())):
                columns = inner["table"].get("columns", ()) if "table" in inner else ()
                for one in (*inner.get("fill", ()), *columns):
                    found.setdefault((str(form), n, called(one)), one.lc.line + 1)
    return found
