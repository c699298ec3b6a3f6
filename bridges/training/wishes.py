"""The words somebody types to start the training departments: which ones, and what shall be wrong with them.

Shared by `python -m bridges.training` and `onewindow training serve`, so that both understand the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bridges.training.running import ALL, CannotServe
from bridges.training.trouble import Trouble

FIRST_PORT = 18610


def chosen(words: str) -> tuple[str, ...]:
    """`gongan,canlian` → the departments, in the house's order; empty: all."""
    asked = {word.strip() for word in words.split(",") if word.strip()}
    for word in sorted(asked - set(ALL)):
        raise CannotServe("unknown_department", department=word, known=", ".join(ALL))
    return tuple(name for name in ALL if not asked or name in asked)


def troubles(wishes: Sequence[str]) -> dict[str, dict[str, Any]]:
    """`gongan:slow=2`, `canlian:no_number` → the faults of each department."""
    found: dict[str, dict[str, Any]] = {}
    for wish in wishes:
        department, _, rest = wish.partition(":")
        fault, _, value = rest.partition("=")
        if department not in ALL:
            raise CannotServe("unknown_department", department=department, known=", ".join(ALL))
        if fault not in Trouble.__dataclass_fields__:
            raise CannotServe("unknown_trouble", trouble=wish, known=", ".join(Trouble.__dataclass_fields__))
        found.setdefault(department, {})[fault] = _value(fault, value, wish)
        try:
            Trouble(**found[department])
        except ValueError as wrong:
            raise CannotServe("trouble_wrong", trouble=wish, words=str(wrong)) from wrong
    return found


def _value(fault: str, value: str, wish: str) -> object:
    if fault in ("slow", "commit_after"):
        try:
            return float(value)
        except ValueError as wrong:
            raise CannotServe("trouble_wrong", trouble=wish, words="SECONDS") from wrong
    if fault in ("refuse", "page_changed"):
        return value
    return value or True
