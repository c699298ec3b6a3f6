"""Reading and checking a layout's vocabulary: words, sentences and samples in two languages (docs/layouts.md).

Law: a folder is used whole or not at all, and what is wrong is named with its file and word. Labels that all papers
share come from `_shared/frame.yaml`, words that several layouts use from `_shared/words.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from printing.errors import LayoutWrong

FRAME: Final = (
    "number", "issued_at", "sequence", "code", "scan", "notices", "stamp", "demo", "demo_note", "reprint", "reason",
    "replaces", "correction", "page", "signed",
)  # fmt: skip
# Optional parts of a kind and what a layout without them has.
OPTIONAL: Final[dict[str, Any]] = {"list": None, "closing": None, "parts": [], "sign": [], "stamp": None}
PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_LANGUAGES: Final = frozenset({"zh", "en"})
_PARTS: Final = ("layout", "version", "template", "kinds", "words")


def page(file: Path) -> dict[str, Any]:
    """A YAML file that must be one table. LayoutWrong names the line."""
    try:
        found = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as trouble:
        mark = getattr(trouble, "problem_mark", None)
        raise LayoutWrong(file=str(file), reason="yaml", word=f"{mark.line + 1}" if mark else "") from None
    if not isinstance(found, dict):
        raise LayoutWrong(file=str(file), reason="yaml", word="")
    return found


def read(folder: Path) -> dict[str, Any]:
    """The vocabulary of `folder`, complete: shared labels and words are in it, every check is done."""
    file = folder / "vocabulary.yaml"
    found = page(file)
    for part in _PARTS:
        if not found.get(part):
            raise LayoutWrong(file=str(file), reason="part", word=part)
    if found["layout"] != folder.name or not isinstance(found["version"], int):
        raise LayoutWrong(file=str(file), reason="part", word="layout")
    shared = folder.parent / "_shared"
    found["frame"] = {**_shared(shared / "frame.yaml"), **(found.get("frame") or {})}
    known = _shared(shared / "words.yaml")
    for group in ("words", "item_words"):
        words = found.get(group) or {}
        found[group] = {word: known.get(word) if entry is None else entry for word, entry in words.items()}
    found["kinds"] = {name: {**OPTIONAL, **kind} for name, kind in found["kinds"].items()}
    _check(found, folder, file)
    return found


def _shared(file: Path) -> dict[str, Any]:
    return page(file) if file.is_file() else {}


def _check(found: dict[str, Any], folder: Path, file: Path) -> None:
    if not (folder / str(found["template"])).is_file():
        raise LayoutWrong(file=str(folder / str(found["template"])), reason="missing", word=str(found["template"]))
    for word in FRAME:
        _label(found["frame"].get(word), file, f"frame.{word}")
    for group in ("words", "item_words"):
        for word, entry in found[group].items():
            _label(entry, file, f"{group}.{word}")
            if not all(isinstance(entry.get(wish, ""), str) for wish in ("sample", "long")) or not entry.get("sample"):
                raise LayoutWrong(file=str(file), reason="sample", word=f"{group}.{word}")
    for name, kind in found["kinds"].items():
        for part in ("title", "lead", "notices"):
            _label(kind.get(part), file, f"kinds.{name}.{part}")
        for place, label in _optional_labels(kind):
            _label(label, file, f"kinds.{name}.{place}")
        for word in places(kind["lead"]):
            # A sentence with a hole would be printed and signed by nobody: its words may not be left out.
            if word != "n" and (found["words"].get(word) or {}).get("optional", word not in found["words"]):
                raise LayoutWrong(file=str(file), reason="place", word=f"kinds.{name}.lead {word}")


def _optional_labels(kind: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for place in ("list", "closing", "stamp"):
        if kind[place] is not None:
            yield place, kind[place]
    for place in ("parts", "sign"):
        yield from ((place, label) for label in kind[place])


def places(label: dict[str, str]) -> frozenset[str]:
    """The words whose values a sentence takes in: `{holder}` …"""
    return frozenset(word for language in sorted(_LANGUAGES) for word in PLACE.findall(label[language]))


def _label(entry: Any, file: Path, word: str) -> None:
    if not isinstance(entry, dict) or not set(entry) >= _LANGUAGES:
        raise LayoutWrong(file=str(file), reason="label", word=word)
