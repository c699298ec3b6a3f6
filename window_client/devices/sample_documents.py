"""Draws the papers of the sample residents as a scanner would have seen them (演示数据).

The demo, the training mode and the tests need something to scan. Laws: the same resident and kind give the same bytes;
every paper says in large letters that it is a sample; none copies the design, the emblem or the numbering of a real
document; nothing but invented data is drawn. A4 at 300 dpi, slightly turned, on paper that is not quite white.
"""

import io
import math
import random
from functools import cache
from typing import Final

from PIL import Image, ImageChops, ImageDraw

from window_client.devices.sample_brushes import RED, font, head
from window_client.devices.sample_drawings import DRAWN, PLAIN_PAPERS, plain_paper
from window_client.devices.sample_residents import SampleResident

A4: Final = (2480, 3508)
_DPI: Final = 300


def kinds() -> tuple[str, ...]:
    """Every material kind that can be drawn."""
    return (*DRAWN, *PLAIN_PAPERS)


def sample_document(resident: SampleResident, kind: str) -> bytes:
    """The resident's paper of this kind as one scanned A4 page, JPEG. KeyError for a kind nobody can draw."""
    chance = random.Random(f"{resident.id}:{kind}")  # noqa: S311  the same paper every time, not a secret
    page = _paper().copy()
    if kind in DRAWN:
        sheets = DRAWN[kind](resident)
    else:
        sheets = (plain_paper(resident, PLAIN_PAPERS[kind]),)
    room = A4[1] / (len(sheets) + (1 if len(sheets) > 1 or sheets[0].height < 2000 else 0))
    top = max(140.0, (A4[1] - sum(sheet.height for sheet in sheets) - 220 * (len(sheets) - 1)) / 2.6)
    for sheet in sheets:
        _lay(page, sheet, round(top), chance)
        top += sheet.height + min(220.0, room)
    _mark(page)
    paper = io.BytesIO()
    page.save(paper, "JPEG", quality=82, dpi=(_DPI, _DPI))
    return paper.getvalue()


def portrait(resident: SampleResident) -> bytes:
    """A drawn head, never a photograph of anybody: 358 by 441 pixels, JPEG."""
    paper = io.BytesIO()
    head(resident, (358, 441)).save(paper, "JPEG", quality=88)
    return paper.getvalue()


@cache
def _paper() -> Image.Image:
    """Not quite white, a little grain, a shadow along one side: made once, copied for every page."""
    grain = Image.effect_noise((512, 512), 9)
    sheet = Image.new("L", A4)
    for x in range(0, A4[0], 512):
        for y in range(0, A4[1], 512):
            sheet.paste(grain, (x, y))
    shade = Image.linear_gradient("L").resize(A4).point(lambda level: 236 + level // 20)
    grey = ImageChops.multiply(shade, sheet.point(lambda level: min(255, 240 + (level - 128) // 5 + 8)))
    return Image.merge(
        "RGB", (grey, grey.point(lambda level: max(0, level - 1)), grey.point(lambda level: max(0, level - 6)))
    )


def _lay(page: Image.Image, sheet: Image.Image, top: int, chance: random.Random) -> None:
    """Put a card or booklet on the page, turned by up to a degree, with a soft shadow below it."""
    angle = chance.uniform(-0.9, 0.9)
    turned = sheet.rotate(angle, Image.Resampling.BILINEAR, expand=True)
    left = (A4[0] - turned.width) // 2 + chance.randint(-40, 40)
    slant = (
        round(math.sin(math.radians(abs(angle))) * sheet.height),
        round(math.sin(math.radians(abs(angle))) * sheet.width),
    )
    right, bottom = left + turned.width, top + turned.height
    if angle > 0:  # counter-clockwise: the upper left corner sinks
        corners = (
            (left, top + slant[1]),
            (right - slant[0], top),
            (right, bottom - slant[1]),
            (left + slant[0], bottom),
        )
    else:
        corners = (
            (left + slant[0], top),
            (right, top + slant[1]),
            (right - slant[0], bottom),
            (left, bottom - slant[1]),
        )
    draw = ImageDraw.Draw(page)
    for away, grey in ((16, 216), (12, 202), (8, 188)):
        draw.polygon([(x + away - 2, y + away) for x, y in corners], (grey, grey - 1, grey - 5))
    page.paste(turned, (left, top), turned)


def _mark(page: Image.Image) -> None:
    """演示数据 SAMPLE across the page, large and light: no crop of a document is without it."""
    stripe = _stripe()
    for top in (640, 1700, 2760):
        page.paste(RED, ((A4[0] - stripe.width) // 2, top - stripe.height // 2), stripe)
    draw = ImageDraw.Draw(page)
    draw.text((A4[0] // 2, A4[1] - 70), "演示数据，非真实证件 · SAMPLE, NOT A REAL DOCUMENT", RED, font(44), "mm")


@cache
def _stripe() -> Image.Image:
    band = Image.new("L", (1560, 220), 0)
    ImageDraw.Draw(band).text((780, 110), "演示数据 SAMPLE", 50, font(160, bold=True), "mm")
    turned = band.rotate(17, Image.Resampling.BILINEAR, expand=True)
    return turned.crop(turned.getbbox())
