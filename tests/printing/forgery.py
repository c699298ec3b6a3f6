"""What a forger can do without our key: other bytes in a good-looking symbol, other words beside a genuine one."""

from __future__ import annotations

import io
import random

import pypdfium2
from PIL import Image, ImageFilter

import resources
from printing import comparison, layout, paper, qr
from printing.voucher import Voucher


def page_with(voucher: Voucher, symbol_text: str, code: str = "00000-00000") -> bytes:
    """A PDF as our own press would draw it, with any words and any symbol, unsigned by anybody."""
    found = layout.load(resources.layouts_dir(), voucher.layout)
    given = layout.fill(found, voucher, "a4", qr.modules(symbol_text), code)
    return comparison._engine().pdf(found, given, int(voucher.issued_at.timestamp()))


def photo_of(pdf: bytes, seed: int = 1) -> bytes:
    """The page as a telephone sees it: turned, from the side, a little out of focus, noisy, JPEG."""
    page = paper.raster(pdf, 130)[0].convert("RGB")
    chance = random.Random(seed)
    wide, high = page.size
    table = Image.new("RGB", (wide + 240, high + 240), (96, 84, 72))
    table.paste(page, (120, 120))
    lean = chance.uniform(0.02, 0.05)
    corners = (
        (lean * table.width, 0.0),
        (0.0, table.height * 1.0),
        (table.width * 1.0, table.height * (1 - lean)),
        (table.width * (1 - lean), lean * table.height),
    )
    flat: tuple[float, ...] = tuple(number for corner in corners for number in corner)
    seen = table.transform(table.size, Image.Transform.QUAD, flat, Image.Resampling.BICUBIC)
    seen = seen.rotate(chance.uniform(-4, 4), Image.Resampling.BICUBIC, fillcolor=(96, 84, 72))
    seen = seen.filter(ImageFilter.GaussianBlur(0.8))
    noise = Image.effect_noise(seen.size, 22).convert("RGB")
    return jpeg(Image.blend(seen, noise, 0.12), 72)


def jpeg(picture: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality)
    return target.getvalue()


def without_text(pdf: bytes) -> bytes:
    """A scan: the same page as one picture in a PDF."""
    target = io.BytesIO()
    paper.raster(pdf, 200)[0].save(target, "PDF", resolution=200)
    return target.getvalue()


def pages_of(*pdfs: bytes) -> bytes:
    """Several PDFs as one."""
    together = pypdfium2.PdfDocument.new()
    for pdf in pdfs:
        together.import_pages(pypdfium2.PdfDocument(pdf))
    target = io.BytesIO()
    together.save(target)
    return target.getvalue()


def changed(statement: bytes, at: int, by: int = 1) -> bytes:
    at %= len(statement)
    return statement[:at] + bytes((statement[at] ^ by,)) + statement[at + 1 :]
