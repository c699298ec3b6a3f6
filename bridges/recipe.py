"""The recipe of a department: how its page is read and filled, as data an integrator writes without programming.

A recipe is YAML checked against `resources/schemas/recipe.schema.json`. What is wrong is said with the file, the line and
the nearest right word, because its writer is no programmer. The loaded value keeps the steps as plain dictionaries:
they travel to the worker as they are, and one vocabulary (docs/recipes.md) stays one vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs
from rapidfuzz import fuzz, process
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

import resources
from bridges.words import words_for

FILE_NAME = "recipe.yaml"


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


@dataclass(frozen=True)
class Form:
    name: str
    items: tuple[str, ...]
    title: str
    steps: tuple[Mapping[str, Any], ...]
    receipt: Mapping[str, Any] | None
    look_up: Mapping[str, Any] | None

    def fields(self) -> Iterator[Mapping[str, Any]]:
        for step in self.steps:
            yield from step.get("fill", ())


@dataclass(frozen=True)
class Recipe:
    file: Path
    department: str
    name: Mapping[str, str]
    version: str
    engine: str
    base: str
    hosts: tuple[str, ...]
    charset: str
    kit: str
    longest_delay_s: float
    settle_ms: int
    dialogs: tuple[Mapping[str, str], ...]
    refused: tuple[Any, ...]
    doubt: tuple[Any, ...]
    substitutes: Mapping[str, str]
    login: Mapping[str, Any] | None
    forms: Mapping[str, Form]
    fingerprint: Mapping[str, Any] = field(default_factory=dict)

    def form_for(self, item: str) -> Form | None:
        return next((form for form in self.forms.values() if item in form.items or item == form.name), None)


def load(path: Path) -> Recipe:
    """The recipe in `path` (a file, or a folder holding recipe.yaml); raises `RecipeWrong`."""
    file = path / FILE_NAME if path.is_dir() else path
    written = _read(file)
    for trouble in jsonschema_rs.validator_for(resources.schema("recipe")).iter_errors(_plain(written)):
        raise _explain(file, written, _deepest(trouble))
    _check_rules(file, written)
    return _build(file, _plain(written))


def find(name: str) -> Recipe:
    """By department id or by path, as the command line takes it."""
    path = Path(name)
    if path.exists():
        return load(path)
    known = [folder.name for folder in _folders()]
    if name in known:
        return load(resources.department_dir(name))
    raise RecipeWrong(path, 0, "unknown_department", word=name, nearest=nearest(name, known))


def departments() -> dict[str, Recipe]:
    """Every department that has a folder with a recipe: the roll call, by id."""
    return {recipe.department: recipe for recipe in map(load, _folders())}


def _folders() -> list[Path]:
    home = resources.departments_dir()
    return sorted(file.parent for file in home.glob(f"*/{FILE_NAME}")) if home.is_dir() else []


def nearest(word: str, known: list[str]) -> str:
    found = process.extractOne(word, known, scorer=fuzz.WRatio) if known else None
    return str(found[0]) if found and found[1] >= 45 else "、".join(known[:12])


def _read(file: Path) -> Any:
    reader = YAML(typ="rt", pure=True)
    reader.version = (1, 2)
    try:
        written = reader.load(file.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise RecipeWrong(file, 0, "unreadable", why=trouble.strerror or "") from trouble
    except UnicodeDecodeError as trouble:
        raise RecipeWrong(file, 0, "not_utf8") from trouble
    except MarkedYAMLError as trouble:
        mark = trouble.problem_mark
        raise RecipeWrong(file, mark.line + 1 if mark else 0, "not_yaml", why=str(trouble.problem)) from trouble
    if not isinstance(written, Mapping):
        raise RecipeWrong(file, 1, "not_a_table")
    return written


def _plain(written: Any) -> Any:
    if isinstance(written, Mapping):
        return {str(key): _plain(value) for key, value in written.items()}
    if isinstance(written, list):
        return [_plain(value) for value in written]
    if isinstance(written, bool) or written is None:
        return written
    if isinstance(written, int):
        return int(written)
    if isinstance(written, float):
        return float(written)
    return str(written)


def _deepest(trouble: Any) -> Any:
    """Out of `oneOf` failures the one that went furthest into the file: that is where the writer made the slip."""
    context = getattr(trouble.kind, "context", None)
    if not context:
        return trouble
    inner = [_deepest(one) for branch in context for one in branch]
    inner = [one for one in inner if len(one.instance_path) > len(trouble.instance_path)]
    return max(inner, key=lambda one: len(one.instance_path)) if inner else trouble


def _line(written: Any, path: list[Any]) -> int:
    line = 0
    for key in path:
        try:
            line = written.lc.key(key)[0] if isinstance(written, Mapping) else written.lc.item(key)[0]
            written = written[key]
        except (KeyError, AttributeError, IndexError, TypeError):
            break
    return line + 1


def _explain(file: Path, written: Any, trouble: Any) -> RecipeWrong:
    path, kind = list(trouble.instance_path), trouble.kind
    where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in path) or "recipe"
    match kind.name:
        case "additionalProperties":
            word = str(kind.unexpected[0])
            known = sorted(_known_words(resources.schema("recipe"), list(trouble.schema_path)))
            return RecipeWrong(
                file, _line(written, [*path, word]), "unknown_word", word=word, where=where, nearest=nearest(word, known)
            )
        case "enum":
            word = str(_at(written, path))
            known = [str(one) for one in kind.options]
            return RecipeWrong(
                file, _line(written, path), "unknown_value", word=word, where=where, nearest=nearest(word, known)
            )
        case "required":
            return RecipeWrong(file, _line(written, path), "missing_word", word=str(kind.property), where=where)
        case "type":
            return RecipeWrong(file, _line(written, path), "wrong_type", where=where, wanted=", ".join(kind.types))
        case _:
            return RecipeWrong(file, _line(written, path), "does_not_fit", where=where, why=trouble.message[:200])


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


def _check_rules(file: Path, written: Any) -> None:
    """What a schema cannot say: regular expressions that compile, one submit at the end, an item in one form only."""
    for path, text in _regexes(written, []):
        try:
            re.compile(text)
        except re.error as trouble:
            raise RecipeWrong(file, _line(written, path), "bad_regex", word=text, why=str(trouble)) from trouble
    for path, name in _tables(written, []):
        known = sorted(file.stem for file in (resources.catalogue_dir() / "_codes").glob("*.yaml"))
        if name not in known:
            raise RecipeWrong(file, _line(written, path), "unknown_value", word=name, where="codes", nearest=nearest(name, known))
    taken: dict[str, str] = {}
    for name, form in written["forms"].items():
        for item in form["items"]:
            if item in taken:
                raise RecipeWrong(file, _line(written, ["forms", name, "items"]), "item_twice", word=str(item), where=taken[item])
            taken[item] = str(name)
        submits = [n for n, step in enumerate(form["steps"]) if "submit" in step]
        if submits != [len(form["steps"]) - 1]:
            raise RecipeWrong(file, _line(written, ["forms", name, "steps"]), "submit_last", where=str(name))
        if "receipt" not in form:
            raise RecipeWrong(file, _line(written, ["forms", name]), "missing_word", word="receipt", where=f"forms.{name}")
    login = written.get("login")
    for n, step in enumerate(login["steps"] if login else []):
        if "submit" in step or "upload" in step:
            raise RecipeWrong(file, _line(written, ["login", "steps", n]), "not_in_login", where="login.steps")


def _tables(written: Any, path: list[Any]) -> Iterator[tuple[list[Any], str]]:
    lines: Any = written.items() if isinstance(written, Mapping) else enumerate(written) if isinstance(written, list) else ()
    for key, value in lines:
        if key == "codes" and isinstance(value, str):
            yield [*path, key], str(value)
        else:
            yield from _tables(value, [*path, key])


_REGEX_KEYS = {"wrong", "refused", "doubt", "text", "url", "number", "format", "regex", "filed_at"}


def _regexes(written: Any, path: list[Any]) -> Iterator[tuple[list[Any], str]]:
    if isinstance(written, Mapping):
        for key, value in written.items():
            if key in ("click", "submit", "fill", "upload"):
                continue
            yield from _regexes(value, [*path, key])
    elif isinstance(written, list):
        for n, value in enumerate(written):
            yield from _regexes(value, [*path, n])
    elif isinstance(written, str) and any(part in _REGEX_KEYS for part in path[-2:] if isinstance(part, str)):
        yield path, str(written)


def _build(file: Path, told: dict[str, Any]) -> Recipe:
    base = told["base"] if told["base"].endswith("/") else told["base"] + "/"
    forms = {
        name: Form(
            name, tuple(form["items"]), form.get("title", name), tuple(form["steps"]), form.get("receipt"), form.get("look_up")
        )
        for name, form in told["forms"].items()
    }  # fmt: skip
    return Recipe(
        file=file, department=told["department"], name=told["name"], version=told.get("version", "1"),
        engine=told.get("engine", "chromium"), base=base, hosts=tuple(told.get("hosts", ())),
        charset=told.get("charset", ""), kit=told.get("kit", "auto"),
        longest_delay_s=float(told.get("longest_delay_s", 30)), settle_ms=int(told.get("settle_ms", 300)),
        dialogs=tuple(told.get("dialogs", ())), refused=tuple(told.get("refused", ())), doubt=tuple(told.get("doubt", ())),
        substitutes=told.get("substitutes", {}), login=told.get("login"), forms=forms,
        fingerprint=_fingerprint(file),
    )  # fmt: skip


def _fingerprint(file: Path) -> Mapping[str, Any]:
    """`fingerprint.json` beside the recipe: the controls as they were when a person last accepted the page."""
    import json

    beside = file.parent / "fingerprint.json"
    if not beside.is_file():
        return {}
    try:
        found = json.loads(beside.read_text(encoding="utf-8"))
    except (OSError, ValueError) as trouble:
        raise RecipeWrong(beside, 0, "unreadable", why=type(trouble).__name__) from trouble
    return found if isinstance(found, dict) else {}


def host_of(url: str) -> str:
    """host:port as the allow-list compares it."""
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "wss": 443}.get(parts.scheme, 80)
    return f"{(parts.hostname or '').lower()}:{port}"
