"""A field recognised under a new label, as a proposed change of the recipe: same file, other words, a person's yes.

The recipe itself is never rewritten. The proposal stands beside it with comments, order and everything else as it was,
so that what changed is one line to compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bridges.draft_fields import clean
from bridges.inspection import FieldSeen, Inspection


@dataclass(frozen=True)
class Healing:
    form: str
    was: str
    now: str
    score: float


def healings(seen: Inspection) -> tuple[Healing, ...]:
    """Fields that would be filled although their label changed; what is not surely found is no healing."""
    found = [Healing(one.form, one.field, clean(one.found), one.score) for one in seen.changes if _is_healed(one)]
    return tuple(dict.fromkeys(one for one in found if one.now != one.was))


def _is_healed(one: FieldSeen) -> bool:
    return not one.problem and bool(one.found) and bool(one.field) and one.score < 1


def proposed(recipe: Path, changes: tuple[Healing, ...]) -> str:
    """The recipe's text with the new labels in the forms where they were seen."""
    text = recipe.read_text(encoding="utf-8")
    reader = YAML(typ="rt", pure=True)
    reader.version = (1, 2)
    written = reader.load(text)
    lines = text.splitlines(keepends=True)
    for change in changes:
        for line, column in set(_places(written["forms"].get(change.form, {}), change.was)):
            told = lines[line]
            lines[line] = told[:column] + told[column:].replace(change.was, change.now, 1)
    return "".join(lines)


def _places(written: Any, label: str) -> Iterator[tuple[int, int]]:
    if isinstance(written, Mapping):
        if written.get("label") == label and hasattr(written, "lc"):
            yield tuple(written.lc.value("label"))
        for one in written.values():
            yield from _places(one, label)
    elif isinstance(written, list):
        for one in written:
            yield from _places(one, label)


def keep_proposal(recipe: Path, changes: tuple[Healing, ...]) -> Path | None:
    """`recipe.proposed.yaml` beside the recipe; nothing when nothing was healed."""
    if not changes:
        return None
    file = recipe.with_name(f"{recipe.stem}.proposed{recipe.suffix}")
    file.write_text(proposed(recipe, changes), encoding="utf-8")
    return file
