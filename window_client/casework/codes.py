"""Code tables: the national ones (GB/T 2261, 3304, 4761, 2260 style regions) and our own, all data in `_codes/`.

A value typed, read from a card or sent to a department is always the code; labels are only for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Code:
    """One entry. `parent` is the code above it where the table is a tree (regions)."""

    value: str
    label: str
    label_en: str
    parent: str = ""


@dataclass(frozen=True)
class CodeTable:
    name: str
    title: str
    source: str
    codes: tuple[Code, ...] = field(repr=False)

    @cached_property
    def by_value(self) -> Mapping[str, Code]:
        return {code.value: code for code in self.codes}

    def label(self, value: str, language: str = "zh") -> str:
        """The label of a code; the code itself when the table does not know it, never a guess."""
        code = self.by_value.get(value)
        if code is None:
            return value
        return code.label_en if language == "en" else code.label

    def path(self, value: str) -> tuple[Code, ...]:
        """From the top of the tree down to `value`: 示例省, 示例市, 幸福区, 幸福路街道."""
        found: list[Code] = []
        code = self.by_value.get(value)
        while code is not None and len(found) < 8:
            found.append(code)
            code = self.by_value.get(code.parent)
        return tuple(reversed(found))

    def below(self, value: str) -> tuple[Code, ...]:
        """The children of a code; of "" the top level."""
        return tuple(code for code in self.codes if code.parent == value)
