"""May a kept document stand in for the original? A versioned table says, by origin and credit level; no score is kept.

Laws (国办发〔2020〕49号: restrictions only by law and list): the table may only ease the ordinary rule "bring the
original", a better level is never treated worse, an unknown level is the ordinary rule, and every decision names the
table's version and its legal basis so that it can be explained and replayed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import resources
from document_vault.errors import BadWish
from document_vault.values import Origin

MODES = ("reuse", "show_original", "present_original")  # from easiest to strictest; the last one is the ordinary rule
ORDINARY = MODES[-1]


@dataclass(frozen=True)
class Decision:
    mode: str
    version: str
    law: str


@dataclass(frozen=True)
class CreditTable:
    version: str
    law: str
    levels: tuple[str, ...]  # best first
    modes: Mapping[tuple[Origin, str], str]

    def decide(self, origin: Origin, level: str) -> Decision:
        return Decision(self.modes.get((origin, level), ORDINARY), self.version, self.law)


def read_table(path: Path) -> CreditTable:
    """Refuses (BadWish) a table that is incomplete, names no law, or treats a better level or origin worse."""
    from ruamel.yaml import YAML

    written = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    levels = tuple(written["levels"])
    modes = {
        (Origin(origin), level): mode
        for origin, row in written["modes"].items()
        for level, mode in zip(levels, row, strict=True)
    }
    table = CreditTable(str(written["version"]), str(written["law"]), levels, modes)
    complaint = complaint_about(table)
    if complaint:
        raise BadWish("credit_table", why=complaint)
    return table


def complaint_about(table: CreditTable) -> str:
    """Empty for a lawful table."""
    if not table.law.strip() or not table.version.strip():
        return "no_law"
    if set(table.modes) != {(origin, level) for origin in Origin for level in table.levels}:
        return "incomplete"
    if not set(table.modes.values()) <= set(MODES):
        return "unknown_mode"
    for origin in Origin:
        strictness = [MODES.index(table.modes[origin, level]) for level in table.levels]
        if strictness != sorted(strictness):
            return "better_level_treated_worse"
    for level in table.levels:
        strictness = [MODES.index(table.modes[origin, level]) for origin in Origin]
        if strictness != sorted(strictness):
            return "better_origin_treated_worse"
    return ""


def usual_table() -> CreditTable:
    return read_table(resources.catalogue_dir() / "_credit.yaml")
