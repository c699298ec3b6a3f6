"""A layout is a folder: a typst template and a vocabulary. This module reads and fills it, and knows none by name.

Law: labels and fixed sentences come from the vocabulary, values from the signed voucher, nothing else reaches paper; so
a verifier with the same folder can draw the same page from the symbol alone. docs/layouts.md is the manual.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Final

from printing import vocabulary
from printing.errors import LayoutWrong, StatementTooLong, VoucherWrong
from printing.voucher import Form, Line, Voucher

CHINA: Final = timezone(timedelta(hours=8))  # one zone, no summer time: the printed minute needs no time zone data
SLIP_DPI: Final = 203
# Dots across 72 mm of paper, by the printer's dots an inch; a head has a multiple of eight.
DOTS_WIDE: Final = {180: 512, 203: 576, 300: 848, 600: 1696}
SYMBOL_MM: Final = {"a4": 45.0, "a5": 34.0}
SMALLEST_MODULE_MM: Final = 0.42
PREPRINTED: Final = "preprinted.yaml"


@dataclass(frozen=True)
class Layout:
    """`words` and `item_words` are in the order of the paper; every label is {"zh": …, "en": …}. `preprinted`: where
    the values stand on this layout's pre-printed form (套打), None where it has none."""

    name: str
    version: int
    folder: Path
    template: str
    kinds: dict[str, Any]
    frame: dict[str, Any]
    words: dict[str, Any]
    item_words: dict[str, Any]
    preprinted: Mapping[str, Any] | None = field(default=None, repr=False)

    @property
    def digest(self) -> str:
        """Over every file of the folder and the shared parts: a changed template is another layout version."""
        total = hashlib.sha256()
        for file in sorted([*self.folder.rglob("*"), *(self.folder.parent / "_shared").rglob("*")]):
            if file.is_file():
                total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
        return total.hexdigest()

    def parts(self, kind: str) -> int:
        """How many sheets of one copy there are, each with the symbol: 2 where one stays at the window."""
        return max(1, len(self.kinds[kind]["parts"]))

    def ordered(self, voucher: Voucher) -> tuple[tuple[Line, ...], tuple[tuple[Line, ...], ...]]:
        """Lines and items in the order of the vocabulary; LayoutWrong names a word that the vocabulary lacks, and
        VoucherWrong a value without which a sentence of this paper would have a hole."""
        if voucher.kind not in self.kinds:
            raise LayoutWrong(file=str(self.folder), reason="kind", word=voucher.kind)
        for word in sorted(vocabulary.places(self.kinds[voucher.kind]["lead"]) - {"n"}):
            if not voucher.value(word).strip():
                raise VoucherWrong(field=word, reason="missing")
        items = tuple(self._sorted(item, self.item_words) for item in voucher.items)
        return self._sorted(voucher.lines, self.words), items

    def _sorted(self, lines: tuple[Line, ...], words: dict[str, Any]) -> tuple[Line, ...]:
        order = {word: n for n, word in enumerate(words)}
        for line in lines:
            if line.key not in order:
                raise LayoutWrong(file=str(self.folder), reason="word", word=line.key)
        return tuple(sorted(lines, key=lambda line: order[line.key]))

    def sample(self, items: int = 3, kind: str = "", *, longest: bool = False) -> Voucher:
        """The voucher of the vocabulary's own samples, or of its longest ones: what the preview and the tests draw."""
        wish = "long" if longest else "sample"

        def filled(words: dict[str, Any]) -> tuple[Line, ...]:
            return tuple(Line(word, str(entry.get(wish, entry["sample"]))) for word, entry in words.items())

        row = filled(self.item_words)
        moment = datetime(2026, 11, 21, 10, 35, tzinfo=CHINA)
        rows = (row,) * items if row else ()
        centre = "示例省示例市幸福区综合便民服务中心"
        found = kind or next(iter(self.kinds))
        return Voucher("V20261121-03-0001", found, self.name, centre, moment, filled(self.words), rows, demo=True)


def load(layouts: Path, name: str) -> Layout:
    """The layout `name` below `layouts`. LayoutWrong(file, reason, word) when it is not complete."""
    folder = layouts / name
    file = folder / "vocabulary.yaml"
    if not name.isidentifier() or name.startswith("_") or not file.is_file():
        raise LayoutWrong(file=str(file), reason="missing", word=name)
    return _load(folder, file.stat().st_mtime_ns)


def names(layouts: Path) -> tuple[str, ...]:
    """The roll call: every folder that is a layout."""
    return tuple(sorted(file.parent.name for file in layouts.glob("[!_]*/vocabulary.yaml")))


def of_kind(layouts: Path, kind: str) -> Layout:
    """The layout that has `kind`; LayoutWrong when none has."""
    for name in names(layouts):
        found = load(layouts, name)
        if kind in found.kinds:
            return found
    raise LayoutWrong(file=str(layouts), reason="kind", word=kind)


def kinds(layouts: Path) -> tuple[str, ...]:
    """Every kind of voucher that can be issued here."""
    return tuple(kind for name in names(layouts) for kind in load(layouts, name).kinds)


@cache
def _load(folder: Path, _changed: int) -> Layout:
    found = vocabulary.read(folder)
    stock = folder / PREPRINTED
    return Layout(
        folder.name, found["version"], folder, str(found["template"]), found["kinds"], found["frame"], found["words"],
        found["item_words"], vocabulary.page(stock) if stock.is_file() else None,
    )  # fmt: skip


def printed_time(moment: datetime) -> str:
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def fill(
    layout: Layout, voucher: Voucher, form: Form, matrix: list[list[bool]], code: str, *, dpi: int = SLIP_DPI
) -> dict[str, str]:
    """The template's input: one JSON text, kept in memory; a template reads no other file than the shared parts."""
    wide = len(matrix)
    lines, items = layout.ordered(voucher)
    kind = layout.kinds[voucher.kind]
    told = {"{n}": str(len(items)), **{f"{{{line.key}}}": line.value for line in lines}}
    given = {
        "form": form,
        "language": voucher.language,
        "number": voucher.number,
        "centre": voucher.centre,
        "issued_at": printed_time(voucher.issued_at),
        "kind": {**kind, "lead": _filled(kind["lead"], told), "stamp": kind["stamp"] or layout.frame["stamp"]},
        "frame": layout.frame,
        "item_words": {word: {"zh": entry["zh"], "en": entry["en"]} for word, entry in layout.item_words.items()},
        "lines": [*_corrects(voucher, layout.frame), *(_shown(line, layout.words) for line in lines)],
        "items": [[_shown(line, layout.item_words) for line in item] for item in items],
        "demo": voucher.demo,
        "reprint": _filled(layout.frame["reprint"], {"{n}": str(voucher.copy)}) if voucher.copy else None,
        "reason": voucher.reason or None,
        "code": code,
        "symbol_mm": max(SYMBOL_MM.get(form, SYMBOL_MM["a4"]), round(wide * SMALLEST_MODULE_MM, 2)),
        "symbol_dots": wide * dots_a_module(wide, dpi),
        "dots_wide": DOTS_WIDE[dpi],
        "dpi": dpi,
        "preprinted": layout.preprinted if form == "form" else None,
    }
    # The symbol by itself: whatever refers to `given` is hashed by typst with all of it, and half of it would be these.
    return {"voucher": json.dumps(given, ensure_ascii=False), "symbol": _svg(matrix)}


def dots_a_module(wide: int, dpi: int = SLIP_DPI) -> int:
    """Whole dots on a roll: at 203 dpi 5 while the symbol is small, never under 4 (research/vouchers.md §3.9); on a
    finer head as many as make the same size. A symbol that does not fit is not printed on this printer."""
    room = DOTS_WIDE[dpi] // (wide + 8)
    if room < 4:
        raise StatementTooLong(version=str((wide - 17) // 4), most=str((DOTS_WIDE[dpi] // 4 - 8 - 17) // 4))
    wish = 5 if wide <= 77 else 4
    return min(room, max(wish, wish * dpi // SLIP_DPI))


def _filled(label: dict[str, str], values: dict[str, str]) -> dict[str, str]:
    made = {}
    for language in ("zh", "en"):
        text = label[language]
        for place, value in values.items():
            text = text.replace(place, value)
        made[language] = text
    return made


def _corrects(voucher: Voucher, frame: dict[str, Any]) -> list[dict[str, Any]]:
    """On a correction (更正): which voucher it replaces, and why."""
    found = [("replaces", voucher.replaces), ("correction", voucher.correction)]
    return [{"key": key, "label": frame[key], "value": value} for key, value in found if value]


def _shown(line: Line, words: dict[str, Any]) -> dict[str, Any]:
    entry = words[line.key]
    return {"key": line.key, "label": {"zh": entry["zh"], "en": entry["en"]}, "value": line.value}


def _svg(matrix: list[list[bool]]) -> str:
    """One path for all modules: separate shapes would show hair lines between them in some viewers. Each run of dark
    modules is a stroke one module thick, half the points of a rectangle; and a printer that inks every dot a filled
    shape touches makes such shapes fatter than strokes (poppler at 203 dpi: 19 % more ink than drawn, strokes 3 %)."""
    wide = len(matrix)
    steps = []
    for y, row in enumerate(matrix):
        x = 0
        while x < wide:
            if row[x]:
                end = x
                while end < wide and row[end]:
                    end += 1
                steps.append(f"M{x} {y}H{end}")
                x = end
            else:
                x += 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -.5 {wide} {wide}">'
        f'<path fill="none" stroke="#000" d="{"".join(steps)}"/></svg>'
    )
