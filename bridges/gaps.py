"""Words with gaps, as a recipe writes them: `"{applicant.surname}{applicant.given} {case.tag}"`.

A gap is the name of a value; `{person.sex|gb2261-1}` is its word in one of the house's code tables, `{case.tag|lower}`
its small letters (`upper` the other way). `{{` is a brace.
What a gap names must be there: a half-filled sentence would reach a department. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from ruamel.yaml import YAML

import resources

LETTERS: Mapping[str, Callable[[str], str]] = {"lower": str.lower, "upper": str.upper}
_GAP = re.compile(r"\{\{|\}\}|\{([^{}|]+)(?:\|([^{}]+))?\}")


def names_in(text: str) -> tuple[str, ...]:
    return tuple(found[1].strip() for found in _GAP.finditer(text) if found[1])


def missing_in(text: str, values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in names_in(text) if not values.get(name, "").strip())


def filled(text: str, values: Mapping[str, str]) -> str:
    """The words with every gap filled; a value that is not there leaves nothing behind."""

    def word(found: re.Match[str]) -> str:
        if not found[1]:
            return found[0][0]
        value = values.get(found[1].strip(), "")
        if not found[2]:
            return value
        how = found[2].strip()
        return LETTERS[how](value) if how in LETTERS else code_table(how).get(value, value)

    return _GAP.sub(word, text)


def filled_through(told: Any, values: Mapping[str, str]) -> Any:
    """Every text inside a plain JSON value, filled."""
    if isinstance(told, str):
        return filled(told, values)
    if isinstance(told, Mapping):
        return {key: filled_through(value, values) for key, value in told.items()}
    if isinstance(told, list):
        return [filled_through(value, values) for value in told]
    return told


@cache
def code_table(name: str) -> Mapping[str, str]:
    """The house's code table `resources/catalogue/_codes/<name>.yaml`: code -> the words it stands for."""
    reader = YAML(typ="safe", pure=True)
    told = reader.load((resources.catalogue_dir() / "_codes" / f"{name}.yaml").read_text(encoding="utf-8"))
    return {str(line["value"]): str(line["label"]) for line in told["codes"]}


Rows = Mapping[str, tuple[Mapping[str, str], ...]]


def told_values(told: Mapping[str, Any]) -> tuple[dict[str, str], Rows]:
    """A JSON object as values by dotted name, and its lists as tables. Raises `ValueError` naming what fits neither.

    `{"applicant": {"name": "…"}}` is `applicant.name`; a list of objects is a table; a list of words is a table with
    the one column `value`, and also the value `A;B` for a field that takes several.
    """
    values: dict[str, str] = {}
    tables: dict[str, tuple[Mapping[str, str], ...]] = {}
    _take("", told, values, tables)
    return values, tables


def _take(name: str, told: Any, values: dict[str, str], tables: dict[str, tuple[Mapping[str, str], ...]]) -> None:
    if isinstance(told, Mapping):
        for key, value in told.items():
            _take(f"{name}.{key}" if name else str(key), value, values, tables)
    elif isinstance(told, list):
        tables[name] = tuple(_row(f"{name}[{n}]", one) for n, one in enumerate(told, 1))
        if all(not isinstance(one, Mapping | list) for one in told):
            values[name] = ";".join(_word(one) for one in told)
    else:
        values[name] = _word(told)


def _row(name: str, told: Any) -> Mapping[str, str]:
    if isinstance(told, list):
        raise ValueError(name)  # noqa: TRY004 - what the file says is wrong, not what the program passes
    row, inner = told_values(told) if isinstance(told, Mapping) else ({"value": _word(told)}, dict[str, Any]())
    if any(key not in row for key in inner):
        raise ValueError(name)
    return row


def _word(told: object) -> str:
    if told is None:
        return ""
    return told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)


def known_names(values: Iterable[str], tables: Mapping[str, Sequence[Mapping[str, str]]]) -> list[str]:
    return sorted({*values, *(f"{name}[].{key}" for name, rows in tables.items() for row in rows for key in row)})
