"""The symbol: a link any phone camera opens, with the statement as digits behind the `#` (laws C5, C10).

A byte segment `https://<host>/#1` and a numeric segment of decimal digits. What stands behind `#` never reaches a
server; digits survive every reader, keyboard layout and input method, raw bytes do not (research: pyzbar 0 of 15).
The host is printed for convenience and never believed.
"""

from __future__ import annotations

import re
from typing import Final

import qrcode
import qrcode.util
from qrcode.constants import ERROR_CORRECT_M

from printing.errors import StatementTooLong
from printing.seal import LONGEST, StatementWrong

FORMAT: Final = "1"
LARGEST_VERSION: Final = 29  # 133 modules and the quiet zone are 141: 4 dots each on 576 dots
_DIGITS: Final = re.compile(r"[1-9][0-9]{190,2899}", re.ASCII)
_LINK: Final = re.compile(r"https://([A-Za-z0-9.-]{1,100}(?::[0-9]{1,5})?)/#([0-9])([0-9]+)", re.ASCII)
_BASE45: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_BASE45_VALUE: Final = {c: n for n, c in enumerate(_BASE45)}

_BYTE_MODE: Final = qrcode.util.MODE_8BIT_BYTE
_DIGIT_MODE: Final = qrcode.util.MODE_NUMBER


def digits_of(statement: bytes) -> str:
    return str(int.from_bytes(b"\x01" + statement, "big"))


def text_of(statement: bytes, host: str) -> str:
    return f"https://{host}/#{FORMAT}{digits_of(statement)}"


def alternate_text_of(statement: bytes) -> str:
    """`GV1:` and base45 (RFC 9285): for logs, tests and systems that refuse links."""
    return "GV1:" + base45(statement)


def modules(text: str) -> list[list[bool]]:
    """The matrix without quiet zone, level M, one byte and one numeric segment."""
    split = text.index("#") + 2
    symbol = qrcode.QRCode(
        _version(split, len(text) - split), error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_mask(text)
    )
    symbol.add_data(qrcode.util.QRData(text[:split].encode("ascii"), _BYTE_MODE), optimize=0)
    symbol.add_data(qrcode.util.QRData(text[split:].encode("ascii"), _DIGIT_MODE), optimize=0)
    symbol.make(fit=False)
    return [[bool(cell) for cell in row] for row in symbol.get_matrix()]


def _version(letters: int, digits: int) -> int:
    """The smallest version that holds one byte and one numeric segment at level M; the library would find it by writing
    every bit twice. StatementTooLong above the largest that an 80 mm printer prints readably."""
    for version in range(1, LARGEST_VERSION + 1):
        room = sum(block.data_count for block in qrcode.base.rs_blocks(version, ERROR_CORRECT_M)) * 8
        lengths = [qrcode.util.length_in_bits(mode, version) for mode in (_BYTE_MODE, _DIGIT_MODE)]
        needed = 8 + sum(lengths) + letters * 8 + digits // 3 * 10 + (0, 4, 7)[digits % 3]
        if needed <= room:
            return version
    raise StatementTooLong(version=f"> {LARGEST_VERSION}", most=str(LARGEST_VERSION))


def _mask(text: str) -> int:
    """Any of the eight masks is standard; weighing all eight costs eight times the work. Digits are as good as random,
    so the choice is by the text alone: the same voucher gives the same picture, and both readers judge it anyway."""
    return sum(text[-8:].encode("ascii")) % 8


def parse(text: str) -> tuple[bytes, str]:
    """(statement, host) of a symbol's text in either form; host is "" for GV1. StatementWrong for everything else."""
    text = text.strip()
    if text.startswith("GV"):
        return _alternate(text), ""
    found = _LINK.fullmatch(text)
    if found is None:
        if _LINK.match(text):
            raise StatementWrong("MALFORMED", "trailing_characters")
        raise StatementWrong("NOT_A_VOUCHER", "no_voucher_link")
    host, version, digits = found.groups()
    if version != FORMAT:
        raise StatementWrong("UNSUPPORTED_VERSION", version)
    return _from_digits(digits), host


def _from_digits(digits: str) -> bytes:
    if not _DIGITS.fullmatch(digits):
        raise StatementWrong("MALFORMED", "too_long" if len(digits) > 2900 else "digits")
    number = int(digits)
    content = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if content[0] != 1:
        raise StatementWrong("MALFORMED", "digits")
    return content[1:]


def _alternate(text: str) -> bytes:
    head, colon, body = text.partition(":")
    if not colon or not re.fullmatch(r"GV[0-9]{1,2}", head, re.ASCII):
        raise StatementWrong("NOT_A_VOUCHER", "no_voucher_link")
    if head != "GV" + FORMAT:
        raise StatementWrong("UNSUPPORTED_VERSION", head[2:])
    if len(body) > LONGEST * 2:
        raise StatementWrong("MALFORMED", "too_long")
    return unbase45(body)


def base45(content: bytes) -> str:
    text = []
    for at in range(0, len(content) - 1, 2):
        high, rest = divmod(content[at] << 8 | content[at + 1], 2025)
        text += [_BASE45[rest % 45], _BASE45[rest // 45], _BASE45[high]]
    if len(content) % 2:
        text += [_BASE45[content[-1] % 45], _BASE45[content[-1] // 45]]
    return "".join(text)


def unbase45(text: str) -> bytes:
    values = [_BASE45_VALUE.get(c, -1) for c in text]
    if -1 in values or len(values) % 3 == 1:
        raise StatementWrong("MALFORMED", "base45")
    content = bytearray()
    for at in range(0, len(values), 3):
        part = values[at : at + 3]
        number = sum(value * 45**n for n, value in enumerate(part))
        size = len(part) - 1
        if number >= 1 << 8 * size:
            raise StatementWrong("MALFORMED", "base45")
        content += number.to_bytes(size, "big")
    return bytes(content)
