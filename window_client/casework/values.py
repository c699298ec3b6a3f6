"""What a value of a data element may look like: one check for screens, recipes, imports and readers alike.

The answer is an error code (`value.<code>.happened|done|next` in the texts), never a changed value: a program that
quietly corrects what a clerk typed files something nobody saw.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from window_client.casework import id_number

KINDS = ("text", "date", "code", "id_number", "phone", "region", "money", "multi_code")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PHONE = re.compile(r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[2-9][0-9]{6,7}(-[0-9]{1,5})?|[0-9]{5}|400-?[0-9]{3}-?[0-9]{4}")
_MONEY = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,2})?")
_DISTRICT = 6  # a region is a path of GB/T 2260 codes, province first, at least down to the district


@dataclass(frozen=True)
class Element:
    """One data element of the dictionary. `codes` names its code table; `open_end` is a word allowed for a date."""

    name: str
    label: str
    label_en: str
    kind: str
    group: str
    group_label: str
    group_label_en: str
    codes: str | None = None
    max_length: int = 0
    sensitive: bool = False
    required_pattern: str = ""
    hint: str = ""
    hint_en: str = ""
    open_end: str = ""
    allowed: frozenset[str] = field(default=frozenset(), repr=False, compare=False)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return re.compile(self.required_pattern) if self.required_pattern else None


def check_value(element: Element, value: str) -> str | None:
    """None when `value` may stand for `element` (an empty one always may), else the error code."""
    if not value:
        return None
    if element.max_length and len(value) > element.max_length:
        return "too_long"
    if any(unicodedata.category(ch) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") for ch in value):
        return "strange_character"
    code = _check_kind(element, value)
    if code is None and element._pattern is not None and not element._pattern.fullmatch(value):
        return "wrong_shape"
    return code


def _check_kind(element: Element, value: str) -> str | None:
    match element.kind:
        case "date":
            return None if value == element.open_end or _is_date(value) else "not_a_date"
        case "code":
            return None if value in element.allowed else "not_in_table"
        case "region":
            parts = value.split("/")
            if not set(parts) <= element.allowed or any(not b.startswith(a) for a, b in itertools.pairwise(parts)):
                return "not_in_table"
            return None if len(parts[-1]) >= _DISTRICT else "region_too_coarse"
        case "multi_code":
            parts = value.split(",")
            return None if set(parts) <= element.allowed and len(set(parts)) == len(parts) else "not_in_table"
        case "id_number":
            return id_number.wrong(value)
        case "phone":
            return None if _PHONE.fullmatch(value) else "not_a_phone"
        case "money":
            return None if _MONEY.fullmatch(value) else "not_money"
        case _:
            return None if value == value.strip() else "wrong_shape"


def contradictions(values: Mapping[str, str]) -> dict[str, str]:
    """Elements that say something else than the ID number beside them: birth date and sex."""
    number = values.get("person.id_number", "")
    born, sex = id_number.birth_date(number), id_number.sex(number)
    if born is None or sex is None:
        return {}
    said = {"person.birth_date": born.isoformat(), "person.sex": sex}
    return {name: "contradicts_id_number" for name, right in said.items() if values.get(name, right) not in (right, "")}


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
