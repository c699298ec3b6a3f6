"""A layout is a folder: a typst template and a vocabulary. This module reads and fills it, and knows none by name.

Law: labels and fixed sentences come from the vocabulary, values from the signed voucher, nothing else reaches paper; so
a verifier with the same folder can draw the same page from the symbol alone. docs/layouts.md is the manual.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from printing.errors import LayoutWrong
from printing.voucher import Form, Line, Voucher

CHINA: Final = timezone(timedelta(hours=8))  # one zone, no summer time: the printed minute needs no time zone data
FRAME: Final = (
    "number", "issued_at", "sequence", "code", "scan", "notices", "stamp", "demo", "demo_note", "reprint", "reason",
    "page", "signed",
)  # fmt: skip
DOTS_WIDE: Final = 576
A4_SYMBOL_MM: Final = 45.0
SMALLEST_MODULE_MM: Final = 0.42
_LANGUAGES: Final = frozenset({"zh", "en"})


@dataclass(frozen=True)
class Layout:
    """`words` and `item_words` are in the order of the paper; every label is {"zh": …, "en": …}."""

    name: str
    version: int
    folder: Path
    template: str
    kinds: dict[str, Any]
    frame: dict[str, Any]
    words: dict[str, Any]
    item_words: dict[str, Any]

    @property
    def digest(self) -> str:
        """Over every file of the folder and the shared parts: a changed template is another layout version."""
        total = hashlib.sha256()
        for file in sorted([*self.folder.rglob("*"), *(self.folder.parent / "_shared").rglob("*")]):
            if file.is_file():
                total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
        return total.hexdigest()

    def ordered(self, voucher: Voucher) -> tuple[tuple[Line, ...], tuple[tuple[Line, ...], ...]]:
        """Lines and items in the order of the vocabulary; LayoutWrong names a word that the vocabulary lacks."""
        if voucher.kind not in self.kinds:
            raise LayoutWrong(file=str(self.folder), reason="kind", word=voucher.kind)
        items = tuple(self._sorted(item, self.item_words) for item in voucher.items)
        return self._sorted(voucher.lines, self.words), items

    def _sorted(self, lines: tuple[Line, ...], words: dict[str, Any]) -> tuple[Line, ...]:
        order = {word: n for n, word in enumerate(words)}
        for line in lines:
            if line.key not in order:
                raise LayoutWrong(file=str(self.folder), reason="word", word=line.key)
        return tuple(sorted(lines, key=lambda line: order[line.key]))

    def sample(self, items: int = 3) -> Voucher:
        """The voucher of the vocabulary's own samples: what the preview and the tests draw."""
        kind = next(iter(self.kinds))
        lines = tuple(Line(word, str(entry["sample"])) for word, entry in self.words.items())
        row = tuple(Line(word, str(entry["sample"])) for word, entry in self.item_words.items())
        moment = datetime(2026, 11, 21, 10, 35, tzinfo=CHINA)
        rows = (row,) * items if row else ()
        return Voucher(
            "V20261121-03-0001", kind, self.name, "示例省示例市幸福区综合便民服务中心", moment, lines, rows, demo=True
        )


def load(layouts: Path, name: str) -> Layout:
    """The layout `name` below `layouts`. LayoutWrong(file, reason, word) when it is not complete."""
    folder = layouts / name
    file = folder / "vocabulary.yaml"
    if not name.isidentifier() or not file.is_file():
        raise LayoutWrong(file=str(file), reason="missing", word=name)
    return _load(folder, file.stat().st_mtime_ns)


@cache
def _load(folder: Path, _changed: int) -> Layout:
    file = folder / "vocabulary.yaml"
    try:
        found = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as trouble:
        mark = getattr(trouble, "problem_mark", None)
        raise LayoutWrong(file=str(file), reason="yaml", word=f"{mark.line + 1}" if mark else "") from None
    if not isinstance(found, dict):
        raise LayoutWrong(file=str(file), reason="yaml", word="")
    for part in ("layout", "version", "template", "kinds", "frame", "words"):
        if not found.get(part):
            raise LayoutWrong(file=str(file), reason="part", word=part)
    if found["layout"] != folder.name or not isinstance(found["version"], int):
        raise LayoutWrong(file=str(file), reason="part", word="layout")
    made = Layout(
        folder.name, found["version"], folder, str(found["template"]), found["kinds"], found["frame"], found["words"],
        found.get("item_words") or {},
    )  # fmt: skip
    _check(made, file)
    return made


def _check(layout: Layout, file: Path) -> None:
    if not (layout.folder / layout.template).is_file():
        raise LayoutWrong(file=str(layout.folder / layout.template), reason="missing", word=layout.template)
    for word in FRAME:
        _label(layout.frame.get(word), file, f"frame.{word}")
    for group, words in (("words", layout.words), ("item_words", layout.item_words)):
        for word, entry in words.items():
            _label(entry, file, f"{group}.{word}")
            if "sample" not in entry:
                raise LayoutWrong(file=str(file), reason="sample", word=f"{group}.{word}")
    for name, kind in layout.kinds.items():
        for part in ("title", "lead", "notices"):
            _label(kind.get(part), file, f"kinds.{name}.{part}")


def _label(entry: Any, file: Path, word: str) -> None:
    if not isinstance(entry, dict) or not set(entry) >= _LANGUAGES:
        raise LayoutWrong(file=str(file), reason="label", word=word)


def printed_time(moment: datetime) -> str:
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def fill(layout: Layout, voucher: Voucher, form: Form, matrix: list[list[bool]], code: str) -> dict[str, str]:
    """The template's input: one JSON text, kept in memory; a template reads no other file than the shared parts."""
    wide = len(matrix)
    lines, items = layout.ordered(voucher)
    kind = layout.kinds[voucher.kind]
    count = {"{n}": str(len(items))}
    given = {
        "form": form,
        "language": voucher.language,
        "number": voucher.number,
        "centre": voucher.centre,
        "issued_at": printed_time(voucher.issued_at),
        "kind": {"title": kind["title"], "lead": _filled(kind["lead"], count), "notices": kind["notices"]},
        "frame": layout.frame,
        "item_words": layout.item_words,
        "lines": [_shown(line, layout.words) for line in lines],
        "items": [[_shown(line, layout.item_words) for line in item] for item in items],
        "demo": voucher.demo,
        "reprint": _filled(layout.frame["reprint"], {"{n}": str(voucher.copy)}) if voucher.copy else None,
        "reason": voucher.reason or None,
        "code": code,
        "symbol": _svg(matrix),
        "symbol_mm": max(A4_SYMBOL_MM, round(wide * SMALLEST_MODULE_MM, 2)),
        "symbol_dots": wide * dots_a_module(wide),
    }
    return {"voucher": json.dumps(given, ensure_ascii=False)}


def dots_a_module(wide: int) -> int:
    """Whole dots on a 203 dpi roll: 5 while the symbol is small, never under 4 (research/vouchers.md §3.9)."""
    return 5 if wide <= 77 else 4


def _filled(label: dict[str, str], values: dict[str, str]) -> dict[str, str]:
    made = {}
    for language in ("zh", "en"):
        text = label[language]
        for place, value in values.items():
            text = text.replace(place, value)
        made[language] = text
    return made


def _shown(line: Line, words: dict[str, Any]) -> dict[str, Any]:
    entry = words[line.key]
    return {"key": line.key, "label": {"zh": entry["zh"], "en": entry["en"]}, "value": line.value}


def _svg(matrix: list[list[bool]]) -> str:
    """One path for all modules: separate shapes would show hair lines between them in some viewers."""
    wide = len(matrix)
    steps = []
    for y, row in enumerate(matrix):
        x = 0
        while x < wide:
            if row[x]:
                end = x
                while end < wide and row[end]:
                    end += 1
                steps.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
                x = end
            else:
                x += 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {wide}" shape-rendering="crispEdges">'
        f'<path fill="#000" d="{"".join(steps)}"/></svg>'
    )
