"""A voucher's values as a JSON file, for `onewindow voucher issue` (docs/vouchers.md §3)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from printing.voucher import Line, Voucher
from window_client.casework.errors import WindowError


def voucher_from(file: Path, defaults: Mapping[str, str] | None = None) -> Voucher:
    """The voucher of a JSON file, its gaps filled from `defaults`; the trouble names the first part that is not as it
    should be."""
    field = "file"
    try:
        given: Any = {**(defaults or {}), **json.loads(file.read_text(encoding="utf-8"))}
        field = "number"
        found = {name: _text(given, (field := name)) for name in ("number", "kind", "layout", "centre")}
        field = "issued_at"
        moment = datetime.fromisoformat(given["issued_at"]) if "issued_at" in given else datetime.now(UTC)
        field = "lines"
        lines = _lines(given.get("lines", {}))
        field = "items"
        items = tuple(_lines(item) for item in given.get("items", []))
        field = "language"
        language = given.get("language", "zh")
        if language not in ("zh", "en", "zh+en"):
            raise ValueError(language)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise WindowError("printing.voucher_file", file=str(file), field=field) from None
    demo = given.get("demo") is True
    replaces, correction = (str(given.get(name, "")) for name in ("replaces", "correction"))
    return Voucher(
        number=found["number"],
        kind=found["kind"],
        layout=found["layout"],
        centre=found["centre"],
        issued_at=moment,
        lines=lines,
        items=items,
        language=language,
        demo=demo,
        replaces=replaces,
        correction=correction,
    )


def _text(given: Any, name: str) -> str:
    value = given[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _lines(given: Any) -> tuple[Line, ...]:
    return tuple(Line(str(key), _text(given, key)) for key in given)
