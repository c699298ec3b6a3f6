"""套打: the signed values onto a pre-printed form, moved by what the printer is off (offset, in millimetres).

A layout's `preprinted.yaml` says where each value stands. The same file draws the empty form (for the print shop and
the preview) and the values alone. Offsets are kept per printer and form in the press's own folder; a page with a cross
at a known place says what they are. Law: a value that does not fit its box is refused, never cut.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from printing import layout
from printing.errors import LayoutWrong, PressFileWrong, VoucherWrong
from printing.files import write_private
from printing.layout import Layout
from printing.voucher import Form, Voucher

OFFSETS: Final = "offsets.json"
FARTHEST: Final = 20.0  # millimetres; more than that is another form in the tray
_NAMED: Final = {(210, 297): "A4", (148, 210): "A5"}
Ink = Literal["values", "stock", "both"]


def fill(
    found: Layout,
    voucher: Voucher,
    form: Form,
    matrix: list[list[bool]],
    code: str,
    offset: tuple[float, float] = (0.0, 0.0),
    ink: Ink = "values",
) -> dict[str, str]:
    """As layout.fill, with what a pre-printed form needs besides. LayoutWrong where this layout has none."""
    given = layout.fill(found, voucher, form, matrix, code)
    if form != "form":
        return given
    places = _places(found)
    rows = places.get("rows") or {}
    if len(voucher.items) > int(rows.get("count", 0)):
        raise VoucherWrong(field="items", reason="more_than_the_form_has_rows")
    told = json.loads(given["voucher"])
    told |= {"offset": list(offset), "ink": ink}
    return {**given, "voucher": json.dumps(told, ensure_ascii=False)}


def paper(found: Layout) -> str:
    """A4 or A5, either way up; empty for a size without a name: then the tray's own size counts."""
    wide, high = (int(side) for side in _places(found)["paper"])
    return _NAMED.get((min(wide, high), max(wide, high)), "")


def size(found: Layout) -> tuple[float, float]:
    """Width and height of the form in millimetres."""
    wide, high = _places(found)["paper"]
    return float(wide), float(high)


def _places(found: Layout) -> dict[str, Any]:
    if found.preprinted is None:
        raise LayoutWrong(file=str(found.folder / layout.PREPRINTED), reason="missing", word=layout.PREPRINTED)
    return dict(found.preprinted)


@dataclass(frozen=True)
class Offsets:
    """Right and down are positive. A damaged file is told, not guessed: values beside their boxes are a wasted form."""

    room: Path

    def of(self, printer: str, form: str) -> tuple[float, float]:
        return self._read().get(f"{printer}|{form}", (0.0, 0.0))

    def all(self) -> dict[tuple[str, str], tuple[float, float]]:
        return {(key.partition("|")[0], key.partition("|")[2]): value for key, value in self._read().items()}

    def keep(self, printer: str, form: str, right: float, down: float) -> None:
        if abs(right) > FARTHEST or abs(down) > FARTHEST:
            raise VoucherWrong(field="offset", reason="too_far")
        known = {**self._read(), f"{printer}|{form}": (round(right, 2), round(down, 2))}
        write_private(self.room / OFFSETS, json.dumps(known, ensure_ascii=False, sort_keys=True).encode())

    def _read(self) -> dict[str, tuple[float, float]]:
        file = self.room / OFFSETS
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
            return {str(key): (float(right), float(down)) for key, (right, down) in found.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError):
            raise PressFileWrong(file=str(file)) from None
