"""A YAML 1.2 page whose every value knows its line, so that a mistake is shown where it was made.

Values are read once, quickly; the lines are looked up only when something is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from window_client.casework.errors import WindowError

_BIGGEST = 1_000_000  # characters; a catalogue page is a few thousand
_DEEPEST = 60
_MAY_REPEAT = re.compile(r"(^|[\s\[{,:-])[&*]\S")  # an alias inside its own anchor would never end


class CatalogueWrong(WindowError):
    """A data file that cannot be used, and is therefore not used at all: `file`, `line` (from 1), `words`."""

    def __init__(self, file: Path, line: int, words: str) -> None:
        super().__init__("casework.catalogue_wrong", file=file.name, line=line, words=words)
        self.file = file
        self.line = line
        self.words = words

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}"


@dataclass(frozen=True)
class Page:
    file: Path
    text: str = field(repr=False)
    data: Any = field(repr=False)

    def line(self, path: Sequence[str | int]) -> int:
        """The line of the value at `path`, or of the nearest thing above it that is there."""
        node = _reader().compose(self.text)
        found = 1
        for step in path:
            below = _below(node, step)
            if below is None:
                break
            found, node = below
        return found

    def wrong(self, path: Sequence[str | int], words: str) -> CatalogueWrong:
        return CatalogueWrong(self.file, self.line(path), words)

    def faults(self, validator: jsonschema_rs.Validator) -> list[CatalogueWrong]:
        """All that a JSON Schema has to say about this page."""
        return [
            self.wrong(tuple(fault.instance_path), f"{_where(fault.instance_path)}{fault.message}")
            for fault in validator.iter_errors(self.data)
        ]


def read_page(file: Path) -> Page:
    """The page, or `CatalogueWrong` with the line where the YAML stops making sense (doubled keys included)."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CatalogueWrong(file, 1, "the file is not there") from None
    except UnicodeDecodeError as trouble:
        raise CatalogueWrong(file, 1, f"the file is not UTF-8 (byte {trouble.start})") from None
    except OSError as trouble:
        raise CatalogueWrong(file, 1, f"the file cannot be read: {trouble.strerror}") from None
    if len(text) > _BIGGEST:
        raise CatalogueWrong(file, 1, "the file is far too long for a catalogue page")
    if _nested(text) > _DEEPEST:
        raise CatalogueWrong(file, 1, "brackets are nested far too deep")
    try:
        if _MAY_REPEAT.search(text) and any(isinstance(event, AliasEvent) for event in _reader().parse(text)):
            raise CatalogueWrong(file, 1, "anchors and aliases (& and *) are not used in these pages")
        data = _parsed(text)
    except MarkedYAMLError as trouble:
        mark = trouble.problem_mark or trouble.context_mark
        raise CatalogueWrong(file, mark.line + 1 if mark else 1, trouble.problem or "this is not YAML") from None
    except (YAMLError, ValueError, RecursionError) as trouble:
        raise CatalogueWrong(file, 1, f"this is not YAML: {type(trouble).__name__}") from None
    if not isinstance(data, dict):
        raise CatalogueWrong(file, 1, "the file is not a table of `key: value` lines")
    return Page(file, text, data)


@lru_cache(maxsize=128)
def _parsed(text: str) -> Any:
    """Pages are only read, so the same text gives the same data: lint and load in one run parse it once."""
    return _reader().load(text)


def _nested(text: str) -> int:
    """How many brackets are open at once, at most: the parser would take seconds to lose its way in thousands."""
    deepest = depth = 0
    for ch in text:
        depth += (ch in "[{") - (ch in "]}")
        deepest = max(deepest, depth)
    return deepest


def _reader() -> YAML:
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    return reader


def _below(node: Node | None, step: str | int) -> tuple[int, Node] | None:
    match node:
        case MappingNode():
            for key, value in node.value:
                if key.value == str(step):
                    return key.start_mark.line + 1, value
        case SequenceNode() if isinstance(step, int) and step < len(node.value):
            return node.value[step].start_mark.line + 1, node.value[step]
    return None


def _where(path: Sequence[str | int]) -> str:
    return " / ".join(str(step) for step in path) + ": " if path else ""
