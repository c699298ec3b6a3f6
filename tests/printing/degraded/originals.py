"""Real papers of the press around their symbol: A4 sheets and 80 mm slips of short and long vouchers."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from printing import paper, reading
from printing.voucher import Issued

Grey = NDArray[np.float32]  # 0 is ink, 1 is paper
FINE: float = 500.0  # dots an inch of the A4 original: far above any picture made of it
ENLARGED = 3  # of the slip's 203 dots


@dataclass(frozen=True)
class Original:
    """`box`: the symbol without its quiet zone inside `page`, as left, top, right, bottom."""

    name: str
    text: str = field(repr=False)
    page: Grey = field(repr=False)
    box: tuple[int, int, int, int]

    @property
    def side(self) -> int:
        return self.box[2] - self.box[0]


def of_sheet(issued: Issued, name: str) -> Original:
    return _around(name, issued.qr_text, paper.raster(issued.pdf, FINE, most_pages=1)[0])


def of_slip(issued: Issued, name: str) -> Original:
    with Image.open(io.BytesIO(issued.receipt_png)) as opened:
        slip = opened.convert("L")
    large = slip.resize((slip.width * ENLARGED, slip.height * ENLARGED), Image.Resampling.NEAREST)
    return _around(name, issued.qr_text, large)


def _around(name: str, text: str, page: Image.Image) -> Original:
    """The symbol with a quarter of its size of surroundings on every side, as far as the paper goes; white beyond."""
    left, top, right, bottom = _exact(page)
    margin = (right - left) // 4
    cut = Image.new("L", (right - left + 2 * margin, bottom - top + 2 * margin), 255)
    cut.paste(page, (margin - left, margin - top))
    values = np.asarray(cut, dtype=np.float32) / np.float32(255)
    return Original(name, text, values, (margin, margin, margin + right - left, margin + bottom - top))


def _exact(page: Image.Image) -> tuple[int, int, int, int]:
    ((_, box),) = reading.places(page)
    edge = max(8, (box[2] - box[0]) // 20)
    dark = page.crop(box).point(lambda level: 255 if level < 128 else 0)
    inner = dark.crop((edge // 4, edge // 4, dark.width - edge // 4, dark.height - edge // 4)).getbbox()
    assert inner is not None
    shift = edge // 4
    return box[0] + inner[0] + shift, box[1] + inner[1] + shift, box[0] + inner[2] + shift, box[1] + inner[3] + shift
