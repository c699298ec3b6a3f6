"""What else comes across a counter, beyond the measured set: pictures a reader must bear with, whatever it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageOps

from tests.printing.degraded.damage import lean, light, noisy, picture_of, sampled, smeared, softened, squeezed, taken
from tests.printing.degraded.originals import Original


def inverted(original: Original, _: Generator) -> Image.Image:
    return ImageOps.invert(picture_of(taken_plain(original, 340)))


def mirrored(original: Original, _: Generator) -> Image.Image:
    return ImageOps.mirror(picture_of(taken_plain(original, 340)))


def taken_plain(original: Original, side: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return taken(original, np.random.default_rng(1), side)


def cropped(original: Original, _: Generator) -> Image.Image:
    """The quiet zone cut off but for one module."""
    left, top, right, bottom = original.box
    edge = original.side // 80
    cut = original.page[top - edge : bottom + edge, left - edge : right + edge]
    return picture_of(cut).resize((360, 360), Image.Resampling.BOX)


def distant(original: Original, dice: Generator) -> Image.Image:
    """Twelve megapixels of a desk with a small paper on it."""
    paper = picture_of(taken(original, dice, 330)).rotate(17, Image.Resampling.BICUBIC, expand=True, fillcolor=120)
    ys, xs = np.mgrid[0:3000, 0:4000].astype(np.float32)
    grain = 0.45 + 0.06 * np.sin(xs / 37) * np.sin(ys / 53)
    desk = picture_of(noisy(grain.astype(np.float32), dice, 0.03))
    desk.paste(paper, (2700, 1600))
    return desk


def crumpled(original: Original, dice: Generator) -> Image.Image:
    """Out of a pocket: the paper waves this way and that, and every fold has its shade."""
    values = taken(original, dice, 400)
    height, width = values.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    shift_x, shift_y, shade = np.zeros_like(xs), np.zeros_like(ys), np.ones_like(xs)
    for _ in range(4):
        angle, length, phase = dice.uniform(0, np.pi), dice.uniform(150, 400), dice.uniform(0, 6)
        wave = (xs * np.cos(angle) + ys * np.sin(angle)) / length * 2 * np.pi + phase
        shift_x += 1.4 * np.sin(wave)
        shift_y += 1.4 * np.cos(wave * 0.8)
        shade -= 0.06 * (1 + np.sin(wave))
    bent = sampled(values, (xs + shift_x).astype(np.float32), (ys + shift_y).astype(np.float32))
    return picture_of(noisy((bent * shade).astype(np.float32), dice, 0.02))


def from_a_screen(original: Original, dice: Generator) -> Image.Image:
    """Photographed off a screen: moire of its pixels, a bright reflection in a corner."""
    values = lean(taken(original, dice, 400), dice, 12)
    height, width = values.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    moire = 1 - 0.16 * (1 + np.sin(xs * 1.9 + ys * 0.05)) * (1 + np.sin(ys * 1.7 - xs * 0.08)) / 2
    glare = 0.7 * np.exp(-(((xs - width * 0.25) / 60) ** 2 + ((ys - height * 0.3) / 45) ** 2))
    return picture_of(noisy((0.1 + values * moire * 0.8 + glare).astype(np.float32), dice, 0.02))


def in_the_dark(original: Original, dice: Generator) -> Image.Image:
    """Little light, much noise, a moving hand, a messenger's compression."""
    values = smeared(softened(taken(original, dice, 400), 0.8), 3.0, 0.6)
    dim = values * light(values, dice, 0.6) * 0.4
    return squeezed(picture_of(noisy(dim.astype(np.float32), dice, 0.03)), 60)


WILD: Final[Mapping[str, Callable[[Original, Generator], Image.Image]]] = {
    "inverted": inverted,
    "mirrored": mirrored,
    "cropped": cropped,
    "distant": distant,
    "crumpled": crumpled,
    "from_a_screen": from_a_screen,
    "in_the_dark": in_the_dark,
}
