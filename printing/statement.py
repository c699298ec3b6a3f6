"""What the signed bytes say: a voucher to a payload and back, strictly (laws I5, C1, C5).

The payload is a CWT claims set (RFC 8392) with every visible value. Raw deflate with a preset dictionary carries long
Chinese words in two or three bytes, so all of it fits one symbol; the dictionary has a version and never changes.
Inflating comes after the signature holds and stops at 4096 bytes: a bomb needs our own key to be lit.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, cast

import cbor2

import resources
from printing import cbor
from printing.errors import StatementTooLong, VoucherWrong
from printing.seal import DEFLATED, LONGEST, PLAIN, Seal, StatementWrong, unverified
from printing.voucher import Language, Line, Voucher

INFLATED_MOST: Final = 4096
# Dictionary 1, pinned: another dictionary would read other words out of the same bytes.
DICTIONARY_SHA256: Final = "a7927f0a5afb3f7ee30768ec7acc5ace27a1f849f9307816fc86af6ec0b00c3a"
ISSUER, EXPIRES, ISSUED, IDENTITY = 1, 4, 6, 7
STATUS: Final = 65535
VALUES, TEMPLATE, COPY, BEFORE = -70002, -70003, -70004, -70005
_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en", "zh+en")
# Controls, invisible format marks, lone surrogates, line and paragraph breaks. Private-use characters are not here:
# old systems hold rare names in them, and the glyph check names them.
_NO_INK: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U


@dataclass(frozen=True)
class Claims:
    """A parsed payload. `template`: (layout, version); `status`: (list address, index) where the issuer keeps one;
    `before`: the identity of the voucher this one corrects, whose number and reason are in the voucher."""

    issuer: str
    issued: int
    identity: bytes
    voucher: Voucher
    template: tuple[str, int]
    expires: int | None = None
    status: tuple[str, int] | None = None
    before: bytes | None = None


@cache
def dictionary() -> bytes:
    """Preset dictionary 1; a damaged file is named rather than used."""
    content = (resources.layouts_dir() / "_dictionary" / "1.bin").read_bytes()
    if hashlib.sha256(content).hexdigest() != DICTIONARY_SHA256:
        raise resources.ResourceWrong(
            resources.layouts_dir() / "_dictionary" / "1.bin", "this is not dictionary 1; vouchers name it by number"
        )
    return content


def human_code(payload: bytes) -> str:
    """Ten characters (50 bits of SHA-256 over the inflated payload) a person can read over the telephone."""
    bits = int.from_bytes(hashlib.sha256(payload).digest()[:8], "big") >> 14
    code = "".join(_ALPHABET[bits >> shift & 31] for shift in range(45, -1, -5))
    return f"{code[:5]}-{code[5:]}"


def pack(
    voucher: Voucher,
    issuer: str,
    version: int,
    *,
    identity: bytes | None = None,
    status: tuple[str, int] | None = None,
    before: bytes | None = None,
    expires: int | None = None,
) -> bytes:
    """The claims of `voucher` as deterministic CBOR, not yet deflated. `before` goes with `voucher.replaces`."""
    columns = list(dict.fromkeys(line.key for item in voucher.items for line in item))
    rows = [[{line.key: line.value for line in item}.get(key) for key in columns] for item in voucher.items]
    claims: dict[int, Any] = {
        ISSUER: issuer,
        ISSUED: int(voucher.issued_at.timestamp()),
        IDENTITY: identity or secrets.token_bytes(12),
        VALUES: [
            voucher.kind,
            voucher.number,
            voucher.centre,
            _LANGUAGES.index(voucher.language),
            voucher.demo,
            [part for line in voucher.lines for part in (line.key, line.value)],
            columns,
            rows,
        ],
        TEMPLATE: [voucher.layout, version],
        COPY: [voucher.copy, voucher.reason],
    }
    if expires is not None:
        claims[EXPIRES] = expires
    if status is not None:
        claims[STATUS] = list(status)
    if before is not None:
        claims[BEFORE] = [before, voucher.replaces, voucher.correction]
    return cbor2.dumps(claims, canonical=True)


def seal_payload(seal: Seal, payload: bytes) -> bytes:
    """The signed statement, in the shorter of the two content types."""
    if len(payload) > INFLATED_MOST:
        raise StatementTooLong(bytes=str(len(payload)), most=str(INFLATED_MOST))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, dictionary())
    small = packer.compress(payload) + packer.flush()
    statement = seal.statement(small, DEFLATED) if len(small) < len(payload) else seal.statement(payload, PLAIN)
    if len(statement) > LONGEST:
        raise StatementTooLong(bytes=str(len(statement)), most=str(LONGEST))
    return statement


def unpack(payload: bytes, content_type: int) -> bytes:
    """The claims bytes of a payload whose signature was already found to hold."""
    if content_type == PLAIN:
        if len(payload) > INFLATED_MOST:
            raise StatementWrong("MALFORMED", "too_long")
        return payload
    opener = zlib.decompressobj(-15, zdict=dictionary())
    try:
        plain = opener.decompress(payload, INFLATED_MOST + 1)
    except zlib.error:
        raise StatementWrong("MALFORMED", "bad_deflate") from None
    if len(plain) > INFLATED_MOST:
        raise StatementWrong("DEFLATE_BOMB", str(INFLATED_MOST))
    if not opener.eof:
        raise StatementWrong("MALFORMED", "bad_deflate")
    if opener.unused_data:
        raise StatementWrong("MALFORMED", "trailing_bytes")
    return plain


def of_the_register(signed: bytes) -> tuple[bytes, Claims]:
    """The plain bytes and the claims of a statement out of our own register. Its key may have been renewed since, so
    the register is the witness here and not the signature."""
    content_type, payload = unverified(signed)
    plain = unpack(payload, content_type)
    return plain, parse(plain)


def parse(plain: bytes) -> Claims:
    """Claims from their bytes; StatementWrong("MALFORMED", …) for anything that is not exactly our shape."""
    try:
        claims = cbor.read(plain)
    except cbor.CborWrong as wrong:
        raise StatementWrong("MALFORMED", wrong.reason) from None
    match claims:
        case {1: str() as issuer, 6: int() as issued, 7: bytes() as identity, **rest} if len(identity) == 12:
            pass
        case _:
            raise StatementWrong("MALFORMED", "claims")
    found = cast("dict[int, cbor.Item]", rest)
    if set(found) - {EXPIRES, STATUS, VALUES, TEMPLATE, COPY, BEFORE}:
        raise StatementWrong("MALFORMED", "unknown_claim")
    if not 0 <= issued < 1 << 40 or not 0 < len(issuer) <= 12:
        raise StatementWrong("MALFORMED", "claims")
    layout, version = _template(found.get(TEMPLATE))
    copy, reason = _copy(found.get(COPY))
    voucher = _voucher(found.get(VALUES), datetime.fromtimestamp(issued, UTC))
    expires = found.get(EXPIRES)
    if not isinstance(expires, int | None) or isinstance(expires, bool):
        raise StatementWrong("MALFORMED", "claims")
    before, replaces, correction = _before(found)
    voucher = replace(voucher, layout=layout, copy=copy, reason=reason, replaces=replaces, correction=correction)
    return Claims(issuer, issued, identity, voucher, (layout, version), expires, _status(found), before)


def _template(item: cbor.Item | None) -> tuple[str, int]:
    match item:
        case [str() as layout, int() as version] if 0 < len(layout) <= 40 and 0 < version < 1000:
            return layout, version
    raise StatementWrong("MALFORMED", "template")


def _copy(item: cbor.Item | None) -> tuple[int, str]:
    match item:
        case [int() as copy, str() as reason] if not isinstance(copy, bool) and 0 <= copy < 1000:
            return copy, reason
    raise StatementWrong("MALFORMED", "copy")


def _before(found: dict[int, cbor.Item]) -> tuple[bytes | None, str, str]:
    if BEFORE not in found:
        return None, "", ""
    match found[BEFORE]:
        case [bytes() as identity, str() as number, str() as reason] if len(identity) == 12 and number and reason:
            return identity, number, reason
    raise StatementWrong("MALFORMED", "correction")


def _status(found: dict[int, cbor.Item]) -> tuple[str, int] | None:
    if STATUS not in found:
        return None
    match found[STATUS]:
        case [str() as uri, int() as index] if 0 <= index < 1 << 24:
            return uri, index
    raise StatementWrong("MALFORMED", "status")


def _voucher(item: cbor.Item | None, issued_at: datetime) -> Voucher:
    match item:
        case [
            str() as kind,
            str() as number,
            str() as centre,
            int() as language,
            bool() as demo,
            [*flat],
            [*heads],
            [*rows],
        ]:
            pass
        case _:
            raise StatementWrong("MALFORMED", "values")
    if isinstance(language, bool) or not 0 <= language < len(_LANGUAGES) or len(flat) % 2:
        raise StatementWrong("MALFORMED", "values")
    lines = tuple(_line(key, value) for key, value in zip(flat[::2], flat[1::2], strict=True))
    if len(heads) != len(set(map(str, heads))):
        raise StatementWrong("MALFORMED", "values")
    items = tuple(_item(heads, row) for row in rows)
    return Voucher(number, kind, "", centre, issued_at, lines, items, language=_LANGUAGES[language], demo=demo)


def _line(key: cbor.Item, value: cbor.Item) -> Line:
    if not isinstance(key, str) or not isinstance(value, str) or not key:
        raise StatementWrong("MALFORMED", "values")
    return Line(key, value)


def _item(heads: list[cbor.Item], row: cbor.Item) -> tuple[Line, ...]:
    if not isinstance(row, list) or len(row) != len(heads):
        raise StatementWrong("MALFORMED", "values")
    return tuple(_line(key, value) for key, value in zip(heads, row, strict=True) if value is not None)


def check(voucher: Voucher) -> None:
    """Raises VoucherWrong for what no reader could read back: empty places, doubled words, control characters."""
    if voucher.issued_at.tzinfo is None:
        raise VoucherWrong(field="issued_at", reason="no_time_zone")
    for field in ("number", "kind", "layout", "centre"):
        if not getattr(voucher, field).strip():
            raise VoucherWrong(field=field, reason="empty")
    if voucher.language not in _LANGUAGES:
        raise VoucherWrong(field="language", reason="unknown")
    if not 0 <= voucher.copy < 1000 or bool(voucher.copy) != bool(voucher.reason.strip()):
        raise VoucherWrong(field="copy", reason="copy_without_reason")
    if bool(voucher.replaces.strip()) != bool(voucher.correction.strip()):
        raise VoucherWrong(field="replaces", reason="correction_without_reason")
    for group in (voucher.lines, *voucher.items):
        keys = [line.key for line in group]
        if len(keys) != len(set(keys)) or not all(keys):
            raise VoucherWrong(field="lines", reason="doubled_word")
    for field, text in visible(voucher):
        if any(unicodedata.category(c) in _NO_INK for c in text):
            raise VoucherWrong(field=field, reason="control_character")


def visible(voucher: Voucher) -> list[tuple[str, str]]:
    """(place, value) of every text a person will see; places are `number`, `lines.<key>`, `items.<n>.<key>` …"""
    found = [("number", voucher.number), ("centre", voucher.centre), ("reason", voucher.reason)]
    found += [("replaces", voucher.replaces), ("correction", voucher.correction)]
    found += [(line.key, line.value) for line in voucher.lines]
    for n, item in enumerate(voucher.items, 1):
        found += [(f"items.{n}.{line.key}", line.value) for line in item]
    return [(place, text) for place, text in found if text]
