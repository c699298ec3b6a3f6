"""The recipe of a department: how its page is read and filled, as data an integrator writes without programming.

A recipe is YAML checked against `resources/schemas/recipe.schema.json`. What is wrong is said with file, line and
the nearest right word, because its writer is no programmer. The loaded value keeps the steps as plain dictionaries:
they travel to the worker as they are, and one vocabulary (docs/recipes.md) stays one vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

import resources
from bridges import fingerprint
from bridges.recipe_rules import check_rules
from bridges.recipe_wrong import RecipeWrong, deepest, explain, nearest, of_yaml

__all__ = ["Form", "Recipe", "RecipeWrong", "as_written", "departments", "find", "host_of", "load", "roll_call"]

FILE_NAME = "recipe.yaml"


@dataclass(frozen=True)
class Form:
    name: str
    items: tuple[str, ...]
    title: str
    steps: tuple[Mapping[str, Any], ...]
    receipt: Mapping[str, Any] | None
    look_up: Mapping[str, Any] | None
    status: Mapping[str, Any] | None = None

    def all_steps(self) -> Iterator[Mapping[str, Any]]:
        """Every step, also those inside a window the form opens; not those done once for a row."""
        yield from _nested(self.steps)

    def fields(self) -> Iterator[Mapping[str, Any]]:
        for step in self.all_steps():
            yield from step.get("fill", ())
            if "pick" in step:
                yield step["pick"]

    def tables(self) -> Iterator[Mapping[str, Any]]:
        for step in self.all_steps():
            if "table" in step:
                yield step["table"]

    def read_later(self) -> frozenset[str]:
        """Names of values the form finds on the page itself."""
        return frozenset(str(step["read"]["as"]) for step in self.all_steps() if "read" in step)


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
    modals: tuple[Mapping[str, Any], ...]
    refused: tuple[Any, ...]
    doubt: tuple[Any, ...]
    substitutes: Mapping[str, str]
    hours: tuple[str, ...]
    per_minute: int
    login: Mapping[str, Any] | None
    forms: Mapping[str, Form]
    fingerprint: Mapping[str, Any] = field(default_factory=dict)

    def form_for(self, item: str) -> Form | None:
        return next((form for form in self.forms.values() if item in form.items or item == form.name), None)


def _nested(steps: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for step in steps:
        yield step
        if "popup" in step:
            yield from _nested(step["steps"])


def load(path: Path) -> Recipe:
    """The recipe in `path` (a file, or a folder holding recipe.yaml); raises `RecipeWrong`."""
    file = path / FILE_NAME if path.is_dir() else path
    written = as_written(file)
    troubles = [
        deepest(one) for one in jsonschema_rs.validator_for(resources.schema("recipe")).iter_errors(_plain(written))
    ]
    # A misspelt required word is both missing and unknown: the slip is what its writer wants to see.
    for trouble in sorted(troubles, key=lambda one: one.kind.name != "additionalProperties"):
        raise explain(file, written, trouble)
    check_rules(file, written)
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


def roll_call() -> dict[str, Recipe | RecipeWrong]:
    """As `departments`, but one that cannot be read says so itself and hides no other."""
    called: dict[str, Recipe | RecipeWrong] = {}
    for folder in _folders():
        try:
            recipe = load(folder)
            called[recipe.department] = recipe
        except RecipeWrong as wrong:
            called[folder.name] = wrong
    return called


def _folders() -> list[Path]:
    home = resources.departments_dir()
    return sorted(file.parent for file in home.glob(f"*/{FILE_NAME}")) if home.is_dir() else []


def as_written(file: Path) -> Any:
    """The table with its lines and columns; raises `RecipeWrong`."""
    reader = YAML(typ="rt", pure=True)
    reader.version = (1, 2)
    try:
        written = reader.load(file.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise RecipeWrong(file, 0, "unreadable", why=trouble.strerror or "") from trouble
    except UnicodeDecodeError as trouble:
        raise RecipeWrong(file, 0, "not_utf8") from trouble
    except MarkedYAMLError as trouble:
        raise of_yaml(file, trouble) from trouble
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


def _build(file: Path, told: dict[str, Any]) -> Recipe:
    base = told["base"] if told["base"].endswith("/") else told["base"] + "/"
    forms = {
        name: Form(
            name, tuple(form["items"]), form.get("title", name), tuple(form["steps"]), form.get("receipt"),
            form.get("look_up"), form.get("status"),
        )
        for name, form in told["forms"].items()
    }  # fmt: skip
    return Recipe(
        file=file, department=told["department"], name=told["name"], version=told.get("version", "1"),
        engine=told.get("engine", "chromium"), base=base, hosts=tuple(told.get("hosts", ())),
        charset=told.get("charset", ""), kit=told.get("kit", "auto"),
        longest_delay_s=float(told.get("longest_delay_s", 30)), settle_ms=int(told.get("settle_ms", 300)),
        dialogs=tuple(told.get("dialogs", ())), modals=tuple(told.get("modals", ())),
        refused=tuple(told.get("refused", ())),
        doubt=tuple(told.get("doubt", ())),
        substitutes=told.get("substitutes", {}), hours=tuple(told.get("hours", ())),
        per_minute=int(told.get("limits", {}).get("per_minute", 0)), login=told.get("login"), forms=forms,
        fingerprint=fingerprint.accepted(file.parent),
    )  # fmt: skip


def host_of(url: str) -> str:
    """host:port as the allow-list compares it."""
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "wss": 443}.get(parts.scheme, 80)
    return f"{(parts.hostname or '').lower()}:{port}"
