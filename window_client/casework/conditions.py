"""Acceptance conditions (受理条件) as CEL: a rule with its words, its remedy and its legal basis.

Laws:

* A condition is judged only when every data element it names has a value; before that it is `open`, not `unmet`.
* A condition that fails to evaluate is `open` too, and says so: the program does not turn a resident away because of
  a mistake in a rule (I10).
* CEL cannot loop for ever, read files or call us back except through the few functions named here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import cel

from window_client.casework import id_number
from window_client.casework.values import Element

Verdict = Literal["met", "unmet", "open"]
_NAMED = re.compile(r"\b([a-z]+)\.([a-z_0-9]+)\b(?!\s*\()")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


@dataclass(frozen=True)
class Condition:
    """`needs` are the data elements the rule names."""

    id: str
    when: str
    words: str
    words_en: str
    remedy: str
    remedy_en: str
    by_law: str
    needs: tuple[str, ...]
    program: Any = field(repr=False, compare=False)

    def judge(self, values: Mapping[str, str], elements: Mapping[str, Element], on: date) -> Verdict:
        if any(not values.get(name) for name in self.needs if not self._may_be_empty(name)):
            return "open"
        try:
            answer = self.program.execute(cel.Context(_variables(values, elements), _functions(on)))
        except (RuntimeError, ValueError, TypeError, KeyError):
            return "open"
        if not isinstance(answer, bool):
            return "open"
        return "met" if answer else "unmet"

    def _may_be_empty(self, name: str) -> bool:
        """The rule itself says what an empty value means: `x == '' || …`."""
        return re.search(rf"\b{re.escape(name)}\s*[!=]=\s*(''|\"\")", self.when) is not None


def compile_condition(when: str) -> Any:
    """The compiled rule; ValueError with CEL's own words when it is none."""
    program = cel.compile(when)
    strange = {name for name in program.functions() if name.isidentifier() and name[0] != "_"} - _known_functions()
    if strange:
        raise ValueError(f"unknown function {', '.join(sorted(strange))}")
    return program


def elements_in(when: str) -> tuple[str, ...]:
    """Every `group.name` a rule mentions, quoted text left aside."""
    return tuple(dict.fromkeys(f"{group}.{name}" for group, name in _NAMED.findall(_QUOTED.sub("''", when))))


def _variables(values: Mapping[str, str], elements: Mapping[str, Element]) -> dict[str, Any]:
    groups: dict[str, dict[str, Any]] = {}
    for name, element in elements.items():
        group, _, own = name.partition(".")
        value = values.get(name, "")
        many = element.kind == "multi_code"
        groups.setdefault(group, {})[own] = [p for p in value.split(",") if p] if many else value
    return dict(groups)


def _functions(on: date) -> dict[str, Callable[..., Any]]:
    def age(born: str) -> int:
        return id_number.age(date.fromisoformat(born), on)

    def age_in_months(born: str, months: int) -> int:
        return id_number.age(date.fromisoformat(born), months_after(on, months))

    def months_since(then: str) -> int:
        start = date.fromisoformat(then)
        return (on.year - start.year) * 12 + on.month - start.month - (on.day < start.day)

    def days_until(then: str) -> int:
        return (date.fromisoformat(then) - on).days

    return {"age": age, "age_in_months": age_in_months, "months_since": months_since, "days_until": days_until}


def _known_functions() -> frozenset[str]:
    own = frozenset(_functions(date(2000, 1, 1)))
    return own | _STANDARD


_STANDARD = frozenset(
    {"size", "startsWith", "endsWith", "contains", "matches", "has", "all", "exists", "int", "string"}
)


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter (30 Jan → 28 Feb)."""
    count = day.year * 12 + day.month - 1 + months
    first_of_next = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    last = first_of_next - timedelta(days=1)
    return min(date(count // 12, count % 12 + 1, 1) + timedelta(days=day.day - 1), last)
