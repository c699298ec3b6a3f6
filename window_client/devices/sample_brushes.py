"""What the sample papers are drawn with: a font, a card, a field, a head made of shapes, a round stamp."""

import random
from functools import cache

from PIL import Image, ImageDraw, ImageFont

import resources
from window_client.devices.sample_residents import SampleResident

INK = (38, 42, 48)
FAINT = (120, 126, 132)
RED = (196, 43, 43)


@cache
def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    regular, _medium, heavy, *_ = resources.font_files()
    return ImageFont.truetype(str(heavy if bold else regular), size)


def card_of(
    size: tuple[int, int], colour: tuple[int, int, int], radius: int = 44
) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    sheet = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(sheet)
    draw.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius, (*colour, 255), (*FAINT, 255), 3)
    return sheet, draw


def waves(draw: ImageDraw.ImageDraw, size: tuple[int, int], colour: tuple[int, int, int]) -> None:
    """A quiet background of arcs, our own, so that the card does not look like a form."""
    for step in range(0, size[0] + size[1], 54):
        draw.arc((step - size[1], -size[1] // 2, step + 260, size[1] * 3 // 2), 300, 60, colour, 3)
    draw.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), 44, None, FAINT, 4)


def line(draw: ImageDraw.ImageDraw, at: tuple[int, int], label: str, value: str, size: int = 46, gap: int = 0) -> None:
    draw.text(at, label, (74, 106, 148), font(round(size * 0.82)), "ls")
    start = at[0] + (gap or round(len(label) * size * 0.82 + 30))
    draw.text((start, at[1]), value, INK, font(size), "ls")


def head(resident: SampleResident, size: tuple[int, int]) -> Image.Image:
    """A head and shoulders from four shapes; hair by age and sex."""
    chance = random.Random(resident.id)  # noqa: S311
    width, height = size
    picture = Image.new("RGB", (width * 2, height * 2), (226, 234, 241))
    draw = ImageDraw.Draw(picture)
    age = 2026 - int(resident.card["person.birth_date"][:4])
    woman = resident.card["person.sex"] == "2"
    hair = (188, 190, 193) if age > 68 else (92, 88, 86) if age > 50 else (46, 41, 40)
    middle, w, h = width, width * 2, height * 2
    if woman:
        draw.ellipse((middle - w * 0.27, h * 0.13, middle + w * 0.27, h * 0.68), hair)
    coat = chance.choice(((74, 96, 122), (104, 84, 96), (84, 104, 92), (66, 74, 88)))
    draw.ellipse((middle - w * 0.42, h * 0.72, middle + w * 0.42, h * 1.35), coat)
    skin = (236, 205, 180)
    draw.rectangle((middle - w * 0.08, h * 0.55, middle + w * 0.08, h * 0.76), (224, 190, 164))
    draw.ellipse((middle - w * 0.2, h * 0.2, middle + w * 0.2, h * 0.65), skin)
    draw.chord((middle - w * 0.22, h * 0.13, middle + w * 0.22, h * 0.52), 190, 350, hair)
    for side in (-1, 1):
        eye = middle + side * w * 0.075
        draw.ellipse((eye - 9, h * 0.42, eye + 9, h * 0.42 + 14), (50, 44, 42))
        draw.line((eye - 22, h * 0.395, eye + 22, h * 0.395), hair, 7)
    draw.arc((middle - w * 0.07, h * 0.48, middle + w * 0.07, h * 0.56), 30, 150, (168, 96, 88), 7)
    return picture.resize(size, Image.Resampling.LANCZOS)


def stamp(sheet: Image.Image, middle: tuple[int, int], name: str, words: str) -> None:
    """A round stamp of our own: two rings, no star."""
    ring = Image.new("L", (420, 420), 0)
    draw = ImageDraw.Draw(ring)
    draw.ellipse((8, 8, 412, 412), None, 190, 10)
    draw.ellipse((34, 34, 386, 386), None, 150, 3)
    draw.text((210, 178), name, 190, font(54, bold=True), "mm")
    draw.text((210, 258), words, 190, font(38), "mm")
    turned = ring.rotate(8, Image.Resampling.BILINEAR)
    sheet.paste((*RED, 255), (middle[0] - 210, middle[1] - 210), turned)
