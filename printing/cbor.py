"""A reader for the one CBOR profile a voucher may use, and nothing besides (laws I5, C1).

General CBOR libraries are generous: they take indefinite lengths, duplicate keys, numbers written long, floats,
dates, rational numbers. Each is a second spelling of the same voucher or a way to spend our time. Here a byte string
has one meaning and a meaning has one byte string, so no re-encoding is needed to prove that it was canonical.
Profile: unsigned and negative integers, byte and text strings, arrays, maps with integer keys in ascending encoded
order, tag 18 at the outermost place (by the caller), false, true, null. Reference: RFC 8949 §4.2.1.
"""

from __future__ import annotations

from typing import Final

Item = int | bytes | str | bool | None | list["Item"] | dict[int, "Item"]
DEEPEST: Final = 6
WORDS: Final[dict[int, bool | None]] = {0xF4: False, 0xF5: True, 0xF6: None}
_FLOOR: Final = {24: 24, 25: 0x100, 26: 0x10000, 27: 0x100000000}


class CborWrong(ValueError):
    """`reason`: too_short, trailing_bytes, not_canonical, duplicate_key, indefinite, not_in_profile, too_deep."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read(data: bytes) -> Item:
    """The one item `data` is; raises CborWrong for everything that is not exactly one item of the profile."""
    item, end = read_at(data, 0, 0)
    if end != len(data):
        raise CborWrong("trailing_bytes")
    return item


def read_at(data: bytes, at: int, depth: int) -> tuple[Item, int]:
    """The item that begins at `at` and the place after it."""
    if depth > DEEPEST:
        raise CborWrong("too_deep")
    if at >= len(data):
        raise CborWrong("too_short")
    major = data[at] >> 5
    if major == 7:
        if data[at] not in WORDS:
            raise CborWrong("indefinite" if data[at] == 0xFF else "not_in_profile")
        return WORDS[data[at]], at + 1
    if major == 6:
        raise CborWrong("not_in_profile")
    count, at = read_head(data, at)
    if major == 0:
        return count, at
    if major == 1:
        return -1 - count, at
    if major in (2, 3):
        return _string(data, at, count, text=major == 3)
    if count > len(data) - at:  # every element takes a byte at least: no list is reserved on a stranger's word
        raise CborWrong("too_short")
    return _array(data, at, count, depth) if major == 4 else _map(data, at, count, depth)


def read_head(data: bytes, at: int) -> tuple[int, int]:
    """The number in a head (value, length or count), written in the shortest form, and the place after it."""
    info = data[at] & 0x1F
    if info < 24:
        return info, at + 1
    if info == 31:
        raise CborWrong("indefinite")
    if info not in _FLOOR:
        raise CborWrong("not_in_profile")
    end = at + 1 + (1 << (info - 24))
    if end > len(data):
        raise CborWrong("too_short")
    count = int.from_bytes(data[at + 1 : end], "big")
    if count < _FLOOR[info]:
        raise CborWrong("not_canonical")
    return count, end


def _string(data: bytes, at: int, count: int, *, text: bool) -> tuple[Item, int]:
    end = at + count
    if end > len(data):
        raise CborWrong("too_short")
    if not text:
        return data[at:end], end
    try:
        return data[at:end].decode("utf-8"), end
    except UnicodeDecodeError:
        raise CborWrong("not_in_profile") from None


def _array(data: bytes, at: int, count: int, depth: int) -> tuple[Item, int]:
    found: list[Item] = []
    for _ in range(count):
        item, at = read_at(data, at, depth + 1)
        found.append(item)
    return found, at


def _map(data: bytes, at: int, count: int, depth: int) -> tuple[Item, int]:
    found: dict[int, Item] = {}
    before = b""
    for _ in range(count):
        key, end = read_at(data, at, depth + 1)
        if not isinstance(key, int) or isinstance(key, bool):
            raise CborWrong("not_in_profile")
        written = data[at:end]
        if written == before:
            raise CborWrong("duplicate_key")
        if written < before:
            raise CborWrong("duplicate_key" if key in found else "not_canonical")
        found[key], at = read_at(data, end, depth + 1)
        before = written
    return found, at
