"""Which characters our fonts can draw. A missing glyph prints as an empty box, and a name with a box is not the name.

typst says nothing when no font has a character, so the character maps are read here (OpenType cmap, formats 4 and 12:
https://learn.microsoft.com/typography/opentype/spec/cmap) and issuance stops before anything is signed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from printing.errors import LayoutWrong, MissingGlyph

# Drawn as nothing by design; typst and both readers treat them as space.
_SPACES = frozenset({0x20, 0xA0, 0x3000})


@cache
def characters(font: Path) -> frozenset[int]:
    """Code points with a glyph in `font` (TrueType or OpenType, one face)."""
    try:
        content = font.read_bytes()
        start = _table(content, b"cmap")
        found: set[int] = set()
        for n in range(struct.unpack_from(">H", content, start + 2)[0]):
            at = start + struct.unpack_from(">I", content, start + 8 + 8 * n)[0]
            kind = struct.unpack_from(">H", content, at)[0]
            if kind == 4:
                found |= _format_4(content, at)
            elif kind == 12:
                found |= _format_12(content, at)
    except (OSError, struct.error, KeyError):
        raise LayoutWrong(file=str(font), reason="font") from None
    return frozenset(found)


def _table(content: bytes, name: bytes) -> int:
    for n in range(struct.unpack_from(">H", content, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", content, 12 + 16 * n)
        if tag == name:
            return int(offset)
    raise KeyError(name)


def _format_12(content: bytes, at: int) -> set[int]:
    found: set[int] = set()
    for n in range(struct.unpack_from(">I", content, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", content, at + 16 + 12 * n)
        found.update(range(first if glyph else first + 1, last + 1))
    return found


def _format_4(content: bytes, at: int) -> set[int]:
    half = struct.unpack_from(">H", content, at + 6)[0]  # segments × 2
    ends, starts = at + 14, at + 16 + half
    deltas, offsets = starts + half, starts + 2 * half
    found: set[int] = set()
    for n in range(0, half, 2):
        last, first = struct.unpack_from(">H", content, ends + n)[0], struct.unpack_from(">H", content, starts + n)[0]
        delta, offset = (
            struct.unpack_from(">H", content, deltas + n)[0],
            struct.unpack_from(">H", content, offsets + n)[0],
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            if offset == 0:
                glyph = code + delta & 0xFFFF
            else:
                glyph = struct.unpack_from(">H", content, offsets + n + offset + 2 * (code - first))[0]
            if glyph:
                found.add(code)
    return found


def check(texts: Iterable[tuple[str, str]], fonts: Iterable[Path]) -> None:
    """Raises MissingGlyph naming the first character of a (place, text) that no font can draw."""
    maps = [characters(font) for font in fonts]
    for place, text in texts:
        for character in text:
            code = ord(character)
            if code not in _SPACES and not any(code in each for each in maps):
                raise MissingGlyph(field=place, character=character, code=f"U+{code:04X}")
