"""The department's pages as a person last accepted them, kept beside the recipe: `fingerprint.json`.

Only with it can be noticed that two labels have changed places or that a code stands beside other words. One control is
one line of the file, so that a change of the page reads as a change of lines; what is said to a person is a difference
in words (`bridge.print.*`). No value anybody typed is in it: labels, kinds, names and the words of options only.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bridges.recipe_wrong import RecipeWrong

FILE_NAME = "fingerprint.json"
TRAITS = ("label", "name", "id", "type", "kit", "maxlength", "required", "options", "codes")
MOST_WORDS = 12  # of a list that changed as a whole so many words are said

Control = Mapping[str, Any]
Prints = Mapping[str, Mapping[str, Sequence[Control]]]  # by form and step


@dataclass(frozen=True)
class Difference:
    """`kind`: added gone renamed relabelled type required options codes length, with texts `bridge.print.<kind>`."""

    form: str
    step: int
    kind: str
    field: str
    was: str = ""
    now: str = ""


def accepted(folder: Path) -> Mapping[str, Any]:
    """What lies beside a recipe; nothing when nobody has accepted a page yet."""
    file = folder / FILE_NAME
    if not file.is_file():
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as trouble:
        raise RecipeWrong(file, getattr(trouble, "lineno", 0), "unreadable", why=type(trouble).__name__) from trouble
    if not _is_prints(found):
        raise RecipeWrong(file, 1, "no_fingerprint")
    known: Mapping[str, Any] = found
    return known


def _is_prints(found: object) -> bool:
    forms = found.values() if isinstance(found, dict) else [None]
    steps = [step for form in forms for step in (form.values() if isinstance(form, dict) else [None])]
    return all(
        isinstance(step, list) and all(isinstance(one, dict) and "label" in one for one in step) for step in steps
    )


def merged(was: Prints, now: Prints) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """What was seen now; of forms and steps nobody could look at, what was accepted before."""
    out: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for form in now:
        steps = {**was.get(form, {}), **now[form]}
        out[form] = {step: [_traits(one) for one in steps[step]] for step in sorted(steps, key=_place)}
    return out


def _place(step: str) -> tuple[int, ...]:
    return tuple(int(part) for part in step.split("."))


def _traits(control: Control) -> dict[str, Any]:
    """Without what is empty: the worker takes nothing for empty."""
    return {name: control[name] for name in TRAITS if control.get(name)} | {"label": str(control.get("label", ""))}


def written(prints: Prints) -> str:
    forms = []
    for form, steps in prints.items():
        told = []
        for step, controls in steps.items():
            lines = ",\n".join("   " + json.dumps(_traits(one), ensure_ascii=False) for one in controls)
            told.append(f"  {json.dumps(step)}: [\n{lines}\n  ]" if lines else f"  {json.dumps(step)}: []")
        forms.append(f" {json.dumps(form, ensure_ascii=False)}: {{\n" + ",\n".join(told) + "\n }")
    return "{\n" + ",\n".join(forms) + "\n}\n"


def keep(folder: Path, prints: Prints) -> Path:
    """Whole or not at all: a recipe beside half a file could not be read any more."""
    file, fresh = folder / FILE_NAME, folder / f".{FILE_NAME}.{os.getpid()}"
    try:
        fresh.write_text(written(prints), encoding="utf-8")
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    return file


def unseen(forms: Mapping[str, Sequence[Mapping[str, Any]]], prints: Prints) -> tuple[tuple[str, int], ...]:
    """(form, step) of every `fill` nobody accepted a page for, or for another one: the recipe was changed since."""
    out = []
    for form, steps in forms.items():
        for n, step in enumerate(steps):
            known = prints.get(form, {}).get(str(n), ())
            if "fill" in step and not _covers(step["fill"], known):
                out.append((form, n + 1))
    return tuple(out)


def _covers(fields: Sequence[Mapping[str, Any]], controls: Sequence[Control]) -> bool:
    meant = {_bare(str(label)) for field in fields for label in (field.get("label"), *field.get("labels", ())) if label}
    held = {_bare(_words(one)) for one in controls}
    return bool(controls) and (not meant or bool(meant & held))


def _bare(words: str) -> str:
    """As `bare` in onewindow.js, as far as it decides whether two pages are the same."""
    return re.sub(r"[\s:*]|[(\[].*?[)\]]", "", unicodedata.normalize("NFKC", words)).lower()


def differences(was: Prints, now: Prints) -> tuple[Difference, ...]:
    """Of the steps that were looked at now. A step nobody accepted yet is no difference."""
    out: list[Difference] = []
    for form, steps in now.items():
        for step, controls in steps.items():
            before = was.get(form, {}).get(step)
            if before is not None:
                out += _of_step(form, _place(step)[0] + 1, before, controls)
    return tuple(out)


def _of_step(form: str, step: int, was: Sequence[Control], now: Sequence[Control]) -> Iterator[Difference]:
    pairs = _pairs(was, now)
    for old, new in pairs:
        for kind, before, after in _changes(old, new):
            yield Difference(form, step, kind, _words(new), before, after)
    for one in was:
        if not any(one is old for old, _ in pairs):
            yield Difference(form, step, "gone", _words(one), was=_name(one))
    for one in now:
        if not any(one is new for _, new in pairs):
            yield Difference(form, step, "added", _words(one), now=_name(one))


def _pairs(was: Sequence[Control], now: Sequence[Control]) -> list[tuple[Control, Control]]:
    """The same control on both pages: one nothing happened to, else by its name, else by its label."""
    pairs: list[tuple[Control, Control]] = []
    old, new = list(was), list(now)
    for mark in (_as_written, _name, _words):
        for one in tuple(old):
            mine = [other for other in new if mark(one) and mark(other) == mark(one)]
            alone = len(mine) == 1 and sum(mark(other) == mark(one) for other in old) == 1
            if mine and (alone or mark is _as_written):
                pairs.append((one, mine[0]))
                old = [other for other in old if other is not one]
                new = [other for other in new if other is not mine[0]]
    return pairs


def _as_written(control: Control) -> str:
    return json.dumps(_traits(control), sort_keys=True)


def _changes(old: Control, new: Control) -> Iterator[tuple[str, str, str]]:
    if _words(old) != _words(new):
        yield "relabelled", _words(old), _words(new)
    if _name(old) != _name(new):
        yield "renamed", _name(old) or "—", _name(new) or "—"
    if old.get("type") != new.get("type"):
        yield "type", str(old.get("type", "")), str(new.get("type", ""))
    if bool(old.get("required")) != bool(new.get("required")):
        yield ("required" if new.get("required") else "not_required"), "", ""
    if (old.get("maxlength") or 0) != (new.get("maxlength") or 0):
        yield "length", str(old.get("maxlength") or "—"), str(new.get("maxlength") or "—")
    words, now_words = list(old.get("options") or ()), list(new.get("options") or ())
    if set(words) != set(now_words):
        yield (
            "options",
            _listed(w for w in words if w not in now_words),
            _listed(w for w in now_words if w not in words),
        )
    turned = [(code, one, other) for code, one, other in _both(old, new) if one != other]
    if turned:
        yield (
            "codes",
            _listed(f"{code} = {one}" for code, one, _ in turned),
            _listed(f"{code} = {other}" for code, _, other in turned),
        )


def _both(old: Control, new: Control) -> Iterator[tuple[str, str, str]]:
    """(code, its words then, its words now) of every code that stands on both pages."""
    now = dict(zip(new.get("codes") or (), new.get("options") or (), strict=False))
    for code, words in zip(old.get("codes") or (), old.get("options") or (), strict=False):
        if code and code in now:
            yield code, words, now[code]


def _listed(words: Iterable[str]) -> str:
    said = list(words)
    return "、".join(said[:MOST_WORDS]) + ("…" if len(said) > MOST_WORDS else "") or "—"


def _words(control: Control) -> str:
    return str(control.get("label") or control.get("name") or control.get("id") or "")


def _name(control: Control) -> str:
    return str(control.get("name") or control.get("id") or "")
