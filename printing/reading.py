"""Reading symbols from pictures: two readers that share no code, and patience only where it is needed.

zxing-cpp first (fast), pyzbar second (independent), then the same picture mended (printing/mending.py) and unrolled,
for at most `PATIENCE` seconds. Always QR codes only: reading all formats is ten times slower and finds bar codes in the
table lines. Laws: a text counts only when its error correction agrees; all distinct texts come back, so that a second
voucher on the paper shows; no picture takes longer or more memory than is said here.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

import zxingcpp
from PIL import Image, ImageOps
from pyzbar import pyzbar

from printing import mending

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
WIDEST: Final = 4200  # pixels of the longer side; a larger picture holds no more than its symbol's modules
REGION: Final = 1100  # a symbol's surroundings are mended at no more than this
SMALLEST: Final = 64  # pixels of a symbol's side: 21 modules at three
PATIENCE: Final = 5.0  # seconds for one picture in which something looks like a symbol
Box = tuple[int, int, int, int]


def by_zxing(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture, formats=QR, text_mode=zxingcpp.TextMode.Plain)
    return sorted({code.text for code in found if code.valid})


def by_pyzbar(picture: Image.Image) -> list[str]:
    found = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return sorted({code.data.decode("utf-8", "replace") for code in found})


def places(picture: Image.Image) -> list[tuple[str, Box]]:
    """(text, box) of every symbol on an upright page of our own; the box is widened by the quiet zone."""
    found = zxingcpp.read_barcodes(
        picture,
        formats=QR,
        text_mode=zxingcpp.TextMode.Plain,
        try_rotate=False,
        try_invert=False,
        try_downscale=False,
    )
    return [(code.text, _box(code.position, picture.size)) for code in found if code.valid]


def _box(where: zxingcpp.Position, size: tuple[int, int], widen: int = 16) -> Box:
    corners = (where.top_left, where.top_right, where.bottom_left, where.bottom_right)
    xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
    edge = max(8, (max(xs) - min(xs)) // widen)
    return max(0, min(xs) - edge), max(0, min(ys) - edge), min(size[0], max(xs) + edge), min(size[1], max(ys) + edge)


def texts(picture: Image.Image, patience: float = PATIENCE) -> list[str]:
    """Distinct texts of the symbols in `picture`, sorted; empty when no way finds one within `patience` seconds.

    When the readers see a symbol they cannot read beside one they can, that one is tried again too: two vouchers on one
    paper are two, even when one is stained."""
    return texts_of([picture], patience)


def texts_of(pages: Sequence[Image.Image], patience: float = PATIENCE) -> list[str]:
    """The same for the pages of one document: every page is read, but patience is spent once, and only on a document
    in which nothing was found at all or a symbol was seen and not read."""
    until = time.monotonic() + patience
    found: set[str] = set()
    left: list[tuple[Image.Image, list[Box]]] = []
    for page in pages:
        grey = _grey(page)
        here, unread = _seen(grey)
        if unread or not here:
            here |= set(by_pyzbar(grey))
            left.append((grey, unread))
        found |= here
    if found:
        for grey, unread in left:
            for box in unread[:2]:
                found |= _insisted_on(grey.crop(box), [], min(until, time.monotonic() + patience / 4))
        return sorted(found)
    for n, (grey, unread) in enumerate(left):
        share = (until - time.monotonic()) / (len(left) - n)
        found |= _insisted_on(grey, unread, time.monotonic() + share)
        if found:
            break
    return sorted(found)


def glance(picture: Image.Image) -> tuple[set[str], bool]:
    """One quick look at a picture that is followed by others: its texts, and whether a symbol in it was not read."""
    found, unread = _seen(_grey(picture))
    return found, bool(unread)


def has_finder(picture: Image.Image) -> bool:
    """True when there is a symbol that cannot be read: worth another photo, where none at all is another problem."""
    return bool(_seen(_grey(picture))[1])


def _seen(grey: Image.Image) -> tuple[set[str], list[Box]]:
    """Texts, and the boxes (with a quarter around) of symbols that were found but not read. The plain way answers a
    clean picture in half the time; a picture it does not answer is looked at upside down, inverted and smaller too."""
    found, unread = _codes(grey, thorough=False)
    return (found, unread) if found and not unread else _codes(grey, thorough=True)


def _codes(grey: Image.Image, *, thorough: bool) -> tuple[set[str], list[Box]]:
    codes = zxingcpp.read_barcodes(
        grey,
        formats=QR,
        text_mode=zxingcpp.TextMode.Plain,
        return_errors=True,
        try_rotate=thorough,
        try_invert=thorough,
        try_downscale=thorough,
    )
    unread = [_box(code.position, grey.size, 4) for code in codes if not code.valid]
    sized = [box for box in unread if min(box[2] - box[0], box[3] - box[1]) >= SMALLEST]
    return {code.text for code in codes if code.valid}, sorted(sized, key=_area, reverse=True)


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _insisted_on(grey: Image.Image, unread: list[Box], until: float) -> set[str]:
    """The likely ways on what looks like a symbol and on the whole picture, then the far-fetched ways."""
    boxes = [_with_margin(box, grey.size, mending.MARGIN) for box in mending.grain_boxes(grey)] + unread[:1]
    regions = [_at_most(grey.crop(box), REGION) for box in boxes if min(box[2] - box[0], box[3] - box[1]) >= SMALLEST]
    whole = _at_most(grey, REGION * 2)
    if min(whole.size) < SMALLEST:
        return set()
    for changed in chain.from_iterable(_in_order(regions or [whole], whole)):
        found = _quick(changed)
        if found or time.monotonic() > until:
            return found
    return set(by_pyzbar(mending.enlarged(whole)))


def _in_order(regions: list[Image.Image], whole: Image.Image) -> Iterator[Iterable[Image.Image]]:
    first = regions[0]
    yield mending.mended(whole)
    if first.size != whole.size:
        yield mending.mended(first)
    yield islice(mending.unrolled(first), 20)
    yield mending.mended_further(first)
    yield islice(mending.unrolled(first), 20, None)
    yield mending.steadied(first)
    for other in regions[1:]:
        yield mending.mended(other)
        yield islice(mending.unrolled(other), 20)


def _with_margin(box: Box, size: tuple[int, int], share: float) -> Box:
    wide, high = round((box[2] - box[0]) * share), round((box[3] - box[1]) * share)
    return max(0, box[0] - wide), max(0, box[1] - high), min(size[0], box[2] + wide), min(size[1], box[3] + high)


def _at_most(grey: Image.Image, longest: int) -> Image.Image:
    if max(grey.size) <= longest:
        return grey
    small = grey.copy()
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return small


def _quick(grey: Image.Image) -> set[str]:
    """zxing without the ways that make no difference to a mended picture."""
    codes = zxingcpp.read_barcodes(
        grey, formats=QR, text_mode=zxingcpp.TextMode.Plain, try_rotate=False, try_invert=False, try_downscale=False
    )
    return {code.text for code in codes if code.valid}


def _grey(picture: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA", "P"):  # transparent is paper, not ink
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright)
    grey = upright.convert("L")
    if max(grey.size) > WIDEST:
        grey.thumbnail((WIDEST, WIDEST), Image.Resampling.LANCZOS)
    return grey
