"""Reading symbols from pictures: two readers that share no code, and patience only where it is needed.

zxing-cpp first (fast), pyzbar second (independent), then a few readings of a changed picture. Always QR codes only:
reading all formats is ten times slower and finds bar codes in the table lines.
"""

from __future__ import annotations

from collections.abc import Iterator

import zxingcpp
from PIL import Image, ImageFilter, ImageOps
from pyzbar import pyzbar

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
WIDEST = 4200  # pixels of the longer side; a larger picture holds no more than its symbol's modules


def by_zxing(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture, formats=QR, text_mode=zxingcpp.TextMode.Plain)
    return sorted({code.text for code in found if code.valid})


def by_pyzbar(picture: Image.Image) -> list[str]:
    found = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return sorted({code.data.decode("utf-8", "replace") for code in found})


def places(picture: Image.Image) -> list[tuple[str, tuple[int, int, int, int]]]:
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


def _box(where: zxingcpp.Position, size: tuple[int, int]) -> tuple[int, int, int, int]:
    corners = (where.top_left, where.top_right, where.bottom_left, where.bottom_right)
    xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
    edge = max(8, (max(xs) - min(xs)) // 16)
    return max(0, min(xs) - edge), max(0, min(ys) - edge), min(size[0], max(xs) + edge), min(size[1], max(ys) + edge)


def texts(picture: Image.Image) -> list[str]:
    """Texts of the symbols in `picture`; the first way that finds any decides. Empty when no way finds one."""
    grey = _grey(picture)
    for reader in (by_zxing, by_pyzbar):
        found = reader(grey)
        if found:
            return found
    for changed in _changed(grey):
        found = by_zxing(changed) or by_pyzbar(changed)
        if found:
            return found
    return []


def has_finder(picture: Image.Image) -> bool:
    """True when there is a symbol that cannot be read: worth another photo, where none at all is another problem."""
    grey = _grey(picture)
    return any(not code.valid for code in zxingcpp.read_barcodes(grey, formats=QR, return_errors=True))


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


def _changed(grey: Image.Image) -> Iterator[Image.Image]:
    """The picture again: stretched, twice as large, sharpened, smoothed, locally lit, halved."""
    yield ImageOps.autocontrast(grey, cutoff=1)
    if max(grey.size) * 2 <= WIDEST:
        twice = grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
        yield twice
        yield twice.filter(ImageFilter.UnsharpMask(radius=3, percent=250, threshold=0))
    yield grey.filter(ImageFilter.UnsharpMask(radius=2, percent=200, threshold=2))
    yield grey.filter(ImageFilter.MedianFilter(3))
    yield _flat(grey)
    yield grey.filter(ImageFilter.GaussianBlur(1.2))
    if min(grey.size) >= 800:
        yield grey.reduce(2)


def _flat(grey: Image.Image) -> Image.Image:
    """Local brightness divided out: shadows and yellowed thermal paper lose their slope."""
    from PIL import ImageChops

    around = grey.filter(ImageFilter.BoxBlur(max(12, max(grey.size) // 40)))
    return ImageOps.autocontrast(ImageChops.subtract(grey, around, scale=1, offset=128), cutoff=2)
