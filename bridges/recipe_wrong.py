"""What is wrong with a recipe, said so that its writer finds it: file, line, the word, and the nearest right one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

import resources
from bridges.words import words_for


class RecipeWrong(Exception):
    """A recipe cannot be used; `file`, `line` (from 1; 0 = the whole file) and `words` for its writer."""

    def __init__(self, file: Path, line: int, code: str, **detail: str) -> None:
        self.file, self.line, self.code, self.detail = file, line, code, detail
        super().__init__(f"{file}:{line}: {code}")

    @property
    def words(self) -> str:
        return self.in_words("zh")

    def in_words(self, language: str) -> str:
        return words_for(language, f"recipe.{self.code}", self.detail)


def nearest(word: str, known: list[str]) -> str:
    found = process.extractOne(word, known, scorer=fuzz.WRatio) if known else None
    return str(found[0]) if found and found[1] >= 45 else "、".join(known[:12])


def deepest(trouble: Any) -> Any:
    """Out of `oneOf` failures the one that went furthest into the file: that is where the writer made the slip."""
    context = getattr(trouble.kind, "context", None)
    if not context:
        return trouble
    inner = [deepest(one) for branch in context for one in branch]
    further = [one for one in inner if len(one.instance_path) > len(trouble.instance_path)]
    if further:
        return max(further, key=lambda one: len(one.instance_path))
    # A button is words or a table; of a table with a misspelt word the slip is told, not that it is no words.
    return next((one for one in inner if one.kind.name == "additionalProperties"), trouble)


def line_of(root: Any, path: list[Any]) -> int:
    written: Any = root
    line = 0
    for key in path:
        try:
            where = "key" if isinstance(written, Mapping) else "item"
            line = getattr(written.lc, where)(key)[0]
            written = written[key]
        except (KeyError, AttributeError, IndexError, TypeError):
            break
    return line + 1


def explain(file: Path, written: Any, trouble: Any) -> RecipeWrong:
    path, kind = list(trouble.instance_path), trouble.kind
    where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in path) or "recipe"
    match kind.name:
        case "additionalProperties":
            word = str(kind.unexpected[0])
            known = sorted(_known_words(resources.schema("recipe"), list(trouble.schema_path)))
            return RecipeWrong(
                file,
                line_of(written, [*path, word]),
                "unknown_word",
                word=word,
                where=where,
                nearest=nearest(word, known),
            )
        case "enum":
            word = str(_at(written, path))
            known = [str(one) for one in kind.options]
            return RecipeWrong(
                file, line_of(written, path), "unknown_value", word=word, where=where, nearest=nearest(word, known)
            )
        case "required":
            return RecipeWrong(file, line_of(written, path), "missing_word", word=str(kind.property), where=where)
        case "type":
            return RecipeWrong(file, line_of(written, path), "wrong_type", where=where, wanted=", ".join(kind.types))
        case _:
            return RecipeWrong(file, line_of(written, path), "does_not_fit", where=where, why=trouble.message[:200])


def _at(written: Any, path: list[Any]) -> Any:
    for key in path:
        written = written[key]
    return written


def _known_words(schema: dict[str, Any], path: list[Any]) -> set[str]:
    """The words allowed at the place whose `additionalProperties` failed."""
    here: Any = schema
    for part in path[:-1]:
        while isinstance(here, dict) and "$ref" in here and part not in here:
            here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
        here = here[part] if isinstance(here, list) or part in here else here
    while isinstance(here, dict) and "$ref" in here:
        here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
    return set(here.get("properties", {})) if isinstance(here, dict) else set()


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
    taken: dict[str, str] = {}
    for name, form in written["forms"].items():
        for item in form["items"]:
            if item in taken:
                raise RecipeWrong(
                    file, line_of(written, ["forms", name, "items"]), "item_twice", word=str(item), where=taken[item]
                )
            taken[item] = str(name)
        submits = [n for n, step in enumerate(form["steps"]) if "submit" in step]
        if submits != [len(form["steps"]) - 1]:
            raise RecipeWrong(file, line_of(written, ["forms", name, "steps"]), "submit_last", where=str(name))
        if "receipt" not in form:
            raise RecipeWrong(
                file, line_of(written, ["forms", name]), "missing_word", word="receipt", where=f"forms.{name}"
            )
    login = written.get("login")
    for n, step in enumerate(login["steps"] if login else []):
        if "submit" in step or "upload" in step:
            raise RecipeWrong(file, line_of(written, ["login", "steps", n]), "not_in_login", where="login.steps")


def _tables(written: Any, path: list[Any]) -> Iterator[tuple[list[Any], str]]:
    lines: Any = (
        written.items() if isinstance(written, Mapping) else enumerate(written) if isinstance(written, list) else ()
    )
    for key, value in lines:
        if key == "codes" and isinstance(value, str):
            yield [*path, key], str(value)
        else:
            yield from _tables(value, [*path, key])


_REGEX_KEYS = {"wrong", "refused", "doubt", "text", "url", "number", "format", "regex", "filed_at", "page"}


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
