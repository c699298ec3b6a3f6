"""A drafted recipe as the text its writer goes on with: YAML in the order of docs/recipes.md, notes as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from bridges.draft_fields import NOTE

Words = Callable[[str, Mapping[str, str]], str]
PLAIN = re.compile(r"[A-Za-z\u3400-\u9fff][\w\u3400-\u9fff./-]*")
KEYWORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def written(recipe: Mapping[str, Any], words: Words) -> str:
    """`words(code, detail)` is the sentence of a note in the writer's language."""
    lines = [f"# {words('head', {})}"]
    lines += [f"# {words('must', {})} {_note(note, words)}" for note in recipe[NOTE]]
    for key, value in recipe.items():
        if key in (NOTE, "login", "forms"):
            continue
        lines += _told(key, value, "", words)
    for key in ("login", "forms"):
        if key in recipe:
            lines += ["", *_told(key, recipe[key], "", words)]
    return "\n".join(lines) + "\n"


def _note(note: tuple[str, Mapping[str, str]], words: Words) -> str:
    return words(note[0], note[1]).replace("\n", " ")


def _told(key: str, value: Any, indent: str, words: Words) -> list[str]:
    if isinstance(value, Mapping) and not _is_flat(value):
        head = [f"{indent}# {_note(note, words)}" for note in value.get(NOTE, ())]
        lines = [f"{indent}{_scalar(key)}:"]
        for name, one in value.items():
            if name != NOTE:
                lines += _told(name, one, indent + "  ", words)
        return [*head, *lines]
    if isinstance(value, Mapping):
        return [f"{indent}{_scalar(key)}: {_flow(value)}"]
    if isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
        return [f"{indent}{_scalar(key)}:", *(line for one in value for line in _item(one, indent + "  ", words))]
    return [f"{indent}{_scalar(key)}: {_flow(value)}"]


def _item(value: Any, indent: str, words: Words) -> list[str]:
    if not isinstance(value, Mapping):
        return [f"{indent}- {_flow(value)}"]
    notes = [_note(note, words) for note in value.get(NOTE, ())]
    told = {name: one for name, one in value.items() if name != NOTE}
    if _is_flat(told):
        flat = next(iter(told)) if len(told) == 1 else ""
        line = f"{indent}- {flat}: {_flow(told[flat])}" if flat else f"{indent}- {_flow(told)}"
        return [f"{line}{'  # ' + ' · '.join(notes) if notes else ''}"]
    lines = [f"{indent}# {note}" for note in notes]
    body = [line for name, one in told.items() for line in _told(name, one, indent + "  ", words)]
    return [*lines, f"{indent}- {body[0].lstrip()}", *body[1:]]


def _is_flat(value: Mapping[str, Any]) -> bool:
    """Fits on one line: short, no notes inside, no list of tables, none of the parts that deserve their own lines."""
    if NOTE in value or {"steps", "fill", "upload", "forms", "columns"} & set(value) or len(_flow(value)) >= 150:
        return False
    lists = [one for one in value.values() if isinstance(one, list)]
    if any(len(_flow(one)) >= 60 or any(isinstance(part, Mapping) and NOTE in part for part in one) for one in lists):
        return False
    return all(not isinstance(one, Mapping) or _is_flat(one) for one in value.values())


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(one)}" for key, one in value.items() if key != NOTE) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    if PLAIN.fullmatch(text) and text.lower() not in KEYWORDS:
        return text
    if "\n" not in text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)
