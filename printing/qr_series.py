"""A status list or trust list as a row of QR codes, for a window that no network and no stick may reach (law I5).

Each part says which it is, of how many, and of what: `GS1:<n>/<of>:<8 hex digits of SHA-256>:<base45>`. Parts may come
in any order and twice; a part of another series is refused. What comes out is checked like any file: the series proves
nothing, the signature inside does.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable
from typing import Final

import zxingcpp
from PIL import Image

from printing.errors import StatusWrong
from printing.qr import base45, unbase45
from printing.seal import StatementWrong

PART: Final = 480  # bytes; 720 characters are version 20, which a window camera reads from a screen at arm's length
MOST_PARTS: Final = 400
_TEXT: Final = re.compile(r"GS1:([0-9]{1,3})/([0-9]{1,3}):([0-9A-F]{8}):([0-9A-Z $%*+\-./:]+)", re.ASCII)


def parts(content: bytes) -> list[str]:
    """StatusWrong(too_long) for more than a person would hold up."""
    pieces = [content[at : at + PART] for at in range(0, len(content), PART)]
    if not 0 < len(pieces) <= MOST_PARTS:
        raise StatusWrong(reason="too_long")
    mark = _mark(content)
    return [f"GS1:{n}/{len(pieces)}:{mark}:{base45(piece)}" for n, piece in enumerate(pieces, 1)]


def picture(text: str, pixels: int = 6) -> bytes:
    """One part as PNG, level M with its quiet zone. By zxing-cpp: a list is mostly zeros, and `qrcode` cannot divide a
    block of nothing but zeros (ValueError: glog(0))."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    target = io.BytesIO()
    Image.fromarray(symbol.to_image(scale=pixels, add_quiet_zones=True)).save(target, "PNG")
    return target.getvalue()


def gather(texts: Iterable[str]) -> bytes:
    """The content of a whole series. StatusWrong: no_series, two_series, part_missing (with which), series_damaged."""
    found: dict[int, str] = {}
    marks: set[tuple[str, str]] = set()
    for text in texts:
        part = _TEXT.fullmatch(text.strip())
        if part is None:
            continue
        marks.add((part[2], part[3]))
        found[int(part[1])] = part[4]
    if not marks:
        raise StatusWrong(reason="no_series")
    if len(marks) > 1:
        raise StatusWrong(reason="two_series")
    ((count, mark),) = marks
    missing = [n for n in range(1, int(count) + 1) if n not in found]
    if missing or int(count) > MOST_PARTS:
        raise StatusWrong(reason="part_missing", part=", ".join(map(str, missing[:20])))
    try:
        content = b"".join(unbase45(found[n]) for n in range(1, int(count) + 1))
    except StatementWrong:
        raise StatusWrong(reason="series_damaged") from None
    if _mark(content) != mark:
        raise StatusWrong(reason="series_damaged")
    return content


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8].upper()
