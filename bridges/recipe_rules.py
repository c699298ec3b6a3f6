"""What a schema cannot say about a recipe: one submit at the end, expressions that compile, names that exist, hours
that open. Each slip with file, line and the nearest right word, like those of `recipe_wrong`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

import resources
from bridges.gaps import names_in
from bridges.office import SPAN
from bridges.recipe_wrong import RecipeWrong, at_path, line_of, nearest

# Values every case has, and those only a sign-in has.
ALWAYS = frozenset({"filing.key", "filing.today", "login.user", "login.password"})
SLIP = 2  # letters
PLACE = ("label", "labels", "section", "nth", "id", "name", "css", "kind")
_REGEX_KEYS = {"wrong", "refused", "doubt", "text", "url", "number", "format", "regex", "filed_at", "page"}


def check_rules(file: Path, written: Any) -> None:
    """What a schema cannot say: regular expressions that compile, one submit at the end, an item in one form only."""
    for path, text in _regexes(written, []):
        try:
            re.compile(text)
        except re.error as trouble:
            raise RecipeWrong(file, line_of(written, path), "bad_regex", word=text, why=str(trouble)) from trouble
    for path, name in _tables(written, []):
        known = sorted(file.stem for file in (resources.catalogue_dir() / "_codes").glob("*.yaml"))
        if name not in known:
            raise RecipeWrong(
                file, line_of(written, path), "unknown_value", word=name, where="codes", nearest=nearest(name, known)
            )
    _hours(file, written)
    taken: dict[str, str] = {}
    for name, form in written["forms"].items():
        _form(file, written, name, form, taken)
    login = written.get("login")
    for n, step in enumerate(login["steps"] if login else []):
        if "submit" in step or "upload" in step:
            raise RecipeWrong(file, line_of(written, ["login", "steps", n]), "not_in_login", where="login.steps")


def _form(file: Path, written: Any, name: str, form: Any, taken: dict[str, str]) -> None:
    for item in form["items"]:
        if item in taken:
            raise RecipeWrong(
                file, line_of(written, ["forms", name, "items"]), "item_twice", word=str(item), where=taken[item]
            )
        taken[item] = str(name)
    submits = [n for n, step in enumerate(form["steps"]) if "submit" in step]
    if submits != [len(form["steps"]) - 1]:
        raise RecipeWrong(file, line_of(written, ["forms", name, "steps"]), "submit_last", where=str(name))
    _steps_once(file, written, ["forms", name, "steps"])
    if any(_has_page(str(item)) for item in form["items"]):
        _known_names(file, written, str(name))
    if "receipt" not in form:
        raise RecipeWrong(
            file, line_of(written, ["forms", name]), "missing_word", word="receipt", where=f"forms.{name}"
        )


def _tables(written: Any, path: list[Any]) -> Iterator[tuple[list[Any], str]]:
    lines: Any = (
        written.items() if isinstance(written, Mapping) else enumerate(written) if isinstance(written, list) else ()
    )
    for key, value in lines:
        if key == "codes" and isinstance(value, str):
            yield [*path, key], str(value)
        else:
            yield from _tables(value, [*path, key])


def _regexes(written: Any, path: list[Any]) -> Iterator[tuple[list[Any], str]]:
    if isinstance(written, Mapping):
        for key, value in written.items():
            if key in ("click", "submit", "fill", "upload", "table", "popup", "hover", "pick", "value", "given"):
                continue
            yield from _regexes(value, [*path, key])
    elif isinstance(written, list):
        for n, value in enumerate(written):
            yield from _regexes(value, [*path, n])
    elif isinstance(written, str) and any(part in _REGEX_KEYS for part in path[-2:] if isinstance(part, str)):
        yield path, str(written)


def _hours(file: Path, written: Any) -> None:
    for n, span in enumerate(written.get("hours", ())):
        found = SPAN.fullmatch(span)
        begins, ends = (int(found[3]) * 60 + int(found[4]), int(found[5]) * 60 + int(found[6])) if found else (0, 0)
        if not begins < ends <= 24 * 60:
            raise RecipeWrong(file, line_of(written, ["hours", n]), "hours_backwards", where="hours", word=str(span))


def _steps_once(file: Path, written: Any, path: list[Any]) -> None:
    """No field named twice in one step, no step twice in a row: both are copied lines."""
    steps = at_path(written, path)
    for n, step in enumerate(steps):
        if n and step == steps[n - 1] and not {"click", "wait", "human"} & set(step):
            since = str(line_of(written, [*path, n - 1]))
            raise RecipeWrong(file, line_of(written, [*path, n]), "step_twice", since=since)
        seen: dict[str, int] = {}
        for m, one in enumerate(step.get("fill", ())):
            place = repr([one.get(key) for key in PLACE])
            if place in seen:
                said = str(one.get("label") or one.get("name") or one.get("id") or one.get("css") or one.get("labels"))
                since = str(line_of(written, [*path, n, "fill", seen[place]]))
                where = line_of(written, [*path, n, "fill", m])
                raise RecipeWrong(file, where, "field_twice", word=said, since=since)
            seen[place] = m
        if "popup" in step:
            _steps_once(file, written, [*path, n, "steps"])


def _known_names(file: Path, written: Any, form: str) -> None:
    """A form filed at the counter gets its values by the names of the data dictionary: a slip in one is never there."""
    steps = written["forms"][form]["steps"]
    later = {str(one["as"]) for _, key, one in _named(steps, []) if key == "read"}
    for path, key, one in _named(steps, ["forms", form, "steps"]):
        names: tuple[str, ...] = ()
        if key == "fill" and "default" not in one:
            names = names_in(one["write"]) if "write" in one else (one["element"],) if "element" in one else ()
        for name in names:
            if name not in later and (meant := _slip("element", name)):
                where = line_of(written, [*path, "write" if "write" in one else "element"])
                raise RecipeWrong(file, where, "unknown_element", word=name, nearest=meant)
        if key == "upload" and (meant := _slip("material", str(one["attachment"]))):
            where, said = line_of(written, [*path, "attachment"]), str(one["attachment"])
            raise RecipeWrong(file, where, "unknown_material", word=said, nearest=meant)


def _slip(kind: str, word: str) -> str:
    """The name of the dictionary that was surely meant; a name of the integrator's own is no slip of anything."""
    known = _dictionary(f"{kind}s")
    if word in known | ALWAYS:
        return ""
    return next((name for name in sorted(known) if OSA.distance(word, name, score_cutoff=SLIP) <= SLIP), "")


def _named(steps: Any, path: list[Any]) -> Iterator[tuple[list[Any], str, Any]]:
    """(path, "fill" | "upload" | "read", what stands there) of every step; rows of a table have names of their own."""
    for n, step in enumerate(steps):
        for key in ("fill", "upload"):
            for m, one in enumerate(step.get(key, ())):
                yield [*path, n, key, m], key, one
        if "read" in step:
            yield [*path, n, "read"], "read", step["read"]
        if "popup" in step:
            yield from _named(step["steps"], [*path, n, "steps"])


def _has_page(item: str) -> bool:
    return (resources.catalogue_dir() / f"{item}.yaml").is_file()


@cache
def _dictionary(which: str) -> frozenset[str]:
    """The names at the left of a dictionary, read without its reader: every recipe asks, at every start."""
    text = (resources.catalogue_dir() / f"_{which}.yaml").read_text(encoding="utf-8")
    _, _, told = text.partition(f"\n{which}:\n")
    return frozenset(re.findall(r"^  ([a-z][\w.]*):", told, re.MULTILINE))
