"""Before a paper is released it is read back, rasterised as its printer draws it, by two readers that share no code.

Law C10: what both readers do not read, exactly and as often as it must be there, is not issued and not printed.
"""

from __future__ import annotations

import io

from PIL import Image

from printing import paper, reading
from printing.errors import SymbolUnreadable
from printing.printers import Job


def sheet(pdf: bytes, text: str, parts: int, dpi: float = paper.DPI, form: str = "a4") -> None:
    """SymbolUnreadable unless the pages have the symbol `parts` times and nothing else, for both readers. The upper
    right corners first, where our sheets have it: a fifth of the work."""
    pages = paper.symbol_corners(pdf, dpi)
    found = [reading.places(page) for page in pages]
    if sum(map(len, found)) != parts:  # a layout that has its symbol elsewhere
        pages = paper.raster(pdf, dpi)
        found = [reading.places(page) for page in pages]
    _agree(form, list(zip(pages, found, strict=True)), text, parts)


def slip(receipt: bytes, text: str, parts: int) -> None:
    """The same for the picture of an 80 mm slip."""
    with Image.open(io.BytesIO(receipt)) as picture:
        page = picture.convert("L")
    _agree("80mm", [(page, reading.places(page))], text, parts)


def job(one: Job, text: str, parts: int, dpi: int) -> None:
    """The very bytes that a printer will get, at its own resolution."""
    if one.media_type == "image/png":
        slip(one.content, text, parts)
    else:
        sheet(one.content, text, parts, float(dpi), one.form)


def _agree(
    form: str, pages: list[tuple[Image.Image, list[tuple[str, tuple[int, int, int, int]]]]], text: str, parts: int
) -> None:
    """zxing has found exactly our symbols, and pyzbar reads the same in the same places."""
    if [each for _, found in pages for each, _ in found] != [text] * parts:
        raise SymbolUnreadable(form=form, reader="zxing")
    for page, found in pages:
        for _, box in found:
            if reading.by_pyzbar(page.crop(box)) != [text]:
                raise SymbolUnreadable(form=form, reader="pyzbar")
