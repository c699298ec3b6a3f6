"""What happens to a voucher between the printer and the picture; every function is deterministic in its dice.

A picture is an array of brightness, 0 ink to 1 paper. `hard` is 0, 1 or 2: a careful, a usual and a careless hand.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageFilter

from tests.printing.degraded.originals import Grey, Original

SYMBOL: Final = 310  # pixels of the symbol's side in the picture: three to four and a half a module
Damage = Callable[[Original, Generator, int], Image.Image]


def picture_of(values: Grey) -> Image.Image:
    return Image.fromarray(np.clip(values * 255 + 0.5, 0, 255).astype(np.uint8), "L")


def values_of(picture: Image.Image) -> Grey:
    return np.asarray(picture, dtype=np.float32) / np.float32(255)


def taken(original: Original, dice: Generator, side: float = SYMBOL) -> Grey:
    """The original at camera resolution, the symbol `side` pixels wide, give or take a tenth."""
    scale = side * dice.uniform(0.92, 1.08) / original.side
    height, width = original.page.shape
    size = (max(64, round(width * scale)), max(64, round(height * scale)))
    small = picture_of(original.page).resize(size, Image.Resampling.BOX, reducing_gap=None)
    return values_of(small)


def noisy(values: Grey, dice: Generator, amount: float) -> Grey:
    return (values + dice.normal(0, amount, values.shape)).astype(np.float32)


def softened(values: Grey, radius: float) -> Grey:
    return values_of(picture_of(values).filter(ImageFilter.GaussianBlur(radius)))


def sampled(values: Grey, xs: Grey, ys: Grey, beyond: float = 0.93) -> Grey:
    """Bilinear values at the places (xs, ys); `beyond` is the desk around the paper."""
    height, width = values.shape
    left, top = np.floor(xs).astype(np.int64), np.floor(ys).astype(np.int64)
    inside = (left >= 0) & (top >= 0) & (left < width - 1) & (top < height - 1)
    left, top = np.clip(left, 0, width - 2), np.clip(top, 0, height - 2)
    right, down = (xs - left).astype(np.float32), (ys - top).astype(np.float32)
    upper = values[top, left] * (1 - right) + values[top, left + 1] * right
    lower = values[top + 1, left] * (1 - right) + values[top + 1, left + 1] * right
    return np.where(inside, upper * (1 - down) + lower * down, np.float32(beyond)).astype(np.float32)


def clean(original: Original, dice: Generator, hard: int) -> Image.Image:
    return picture_of(taken(original, dice, (420, 380, 340)[hard]))


def blurred(original: Original, dice: Generator, hard: int) -> Image.Image:
    return picture_of(noisy(softened(taken(original, dice), (1.4, 2.0, 2.6)[hard]), dice, 0.008))


def moved(original: Original, dice: Generator, hard: int) -> Image.Image:
    """The hand moved while the shutter was open."""
    return picture_of(noisy(smeared(taken(original, dice), (4.0, 6.5, 9.0)[hard], dice.uniform(0, np.pi)), dice, 0.008))


def smeared(values: Grey, length: float, angle: float) -> Grey:
    height, width = values.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    steps = np.linspace(-length / 2, length / 2, 9)
    layers = [sampled(values, xs + np.cos(angle) * step, ys + np.sin(angle) * step, 1.0) for step in steps]
    return np.asarray(np.mean(layers, axis=0), dtype=np.float32)


def turned(original: Original, dice: Generator, hard: int) -> Image.Image:
    angle = (dice.uniform(3, 15), dice.uniform(20, 70), dice.uniform(100, 350))[hard]
    whole = picture_of(taken(original, dice, (310, 225, 185)[hard])).rotate(
        angle, Image.Resampling.BICUBIC, expand=True, fillcolor=235
    )
    return picture_of(noisy(values_of(whole), dice, 0.01))


def slanted(original: Original, dice: Generator, hard: int) -> Image.Image:
    """Photographed from the side: the paper leans away by up to sixty degrees."""
    return picture_of(noisy(lean(taken(original, dice, 400), dice, (36, 47, 56)[hard]), dice, 0.01))


def lean(values: Grey, dice: Generator, degrees: float) -> Grey:
    """A pinhole camera before a plane that is turned by `degrees` about an axis of random direction."""
    tilt, axis = np.radians(degrees * dice.uniform(0.9, 1.1)), dice.uniform(0, 2 * np.pi)
    height, width = values.shape
    far = 2.2 * max(height, width)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    xs, ys = xs - width / 2, ys - height / 2
    along, across = xs * np.cos(axis) + ys * np.sin(axis), -xs * np.sin(axis) + ys * np.cos(axis)
    depth = far / (far * np.cos(tilt) - across * np.sin(tilt))
    on_along, on_across = along * depth * np.cos(tilt), across * depth
    back_x = on_along * np.cos(axis) - on_across * np.sin(axis)
    back_y = on_along * np.sin(axis) + on_across * np.cos(axis)
    return sampled(values, (back_x + width / 2).astype(np.float32), (back_y + height / 2).astype(np.float32))


def compressed(original: Original, dice: Generator, hard: int) -> Image.Image:
    """Sent through a messenger, perhaps twice."""
    once = squeezed(picture_of(noisy(taken(original, dice, (310, 250, 210)[hard]), dice, 0.01)), (20, 12, 9)[hard])
    return squeezed(once, 30) if hard else once


def squeezed(picture: Image.Image, quality: int) -> Image.Image:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality)
    with Image.open(target) as opened:
        return opened.convert("L")


def faded(original: Original, dice: Generator, hard: int) -> Image.Image:
    span = (0.14, 0.07, 0.04)[hard]
    floor = dice.uniform(0.2, 0.9 - span)
    return picture_of(noisy(floor + taken(original, dice) * span, dice, span * 0.12))


def stained(original: Original, dice: Generator, hard: int) -> Image.Image:
    """Tea, ink and a stamp over the symbol: up to a tenth of it."""
    values = taken(original, dice)
    height, width = values.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    for _ in range((3, 4, 5)[hard]):
        x, y = dice.uniform(0.3, 0.7) * width, dice.uniform(0.3, 0.7) * height
        size = dice.uniform(0.025, (0.055, 0.07, 0.085)[hard]) * width
        edge = 1 + 0.25 * np.sin(np.arctan2(ys - y, xs - x) * dice.integers(2, 6) + dice.uniform(0, 6))
        inside = 1 / (1 + np.exp((np.hypot(xs - x, ys - y) - size * edge) / 1.5))
        kind = dice.integers(0, 3)
        if kind == 0:  # ink covers
            values = values * (1 - inside * 0.92)
        elif kind == 1:  # correction fluid, a hole
            values = values + (1 - values) * inside * 0.95
        else:  # tea darkens
            values = values * (1 - inside * 0.45)
    return picture_of(noisy(values.astype(np.float32), dice, 0.01))


def light(values: Grey, dice: Generator, depth: float) -> Grey:
    height, width = values.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = dice.uniform(0, 2 * np.pi)
    along = (xs / width - 0.5) * np.cos(angle) + (ys / height - 0.5) * np.sin(angle)
    shadow = 1 / (1 + np.exp((along - dice.uniform(-0.1, 0.1)) / dice.uniform(0.02, 0.12)))
    lamp = 1 - 0.2 * (along + 0.5)
    return np.asarray((1 - depth * shadow) * lamp, dtype=np.float32)


def thermal(original: Original, dice: Generator, hard: int) -> Image.Image:
    """A worn 203 dpi head on old paper: dead dots, uneven heat, ink that spreads or has gone grey."""
    dots = taken(original, dice, (400, 360, 330)[hard])
    ink = softened(dots, 0.45) < dice.uniform(0.42, 0.58)
    heat = softened(noisy(np.full(dots.shape, 0.5, np.float32), dice, 0.5), 9)
    grey = np.where(ink, (0.3, 0.42, 0.55)[hard] + (heat - 0.5) * 2.5, 0.9)
    for column in dice.integers(0, dots.shape[1], (1, 2, 4)[hard]):
        grey[:, column : column + 1 + hard // 2] = 0.9  # a dead dot of the head leaves a white line
    return picture_of(noisy(softened(grey.astype(np.float32), 0.8), dice, 0.03))


def scanned(original: Original, dice: Generator, hard: int) -> Image.Image:
    """Copied, then scanned in an office: few dots, slightly turned, ink that has spread."""
    first = taken(original, dice, 500)
    copy = picture_of(softened(first, 1.0)).filter(ImageFilter.MinFilter(3))
    size = (262, 200, 160)[hard] / 500
    small = copy.resize((round(copy.width * size), round(copy.height * size)), Image.Resampling.BOX)
    return picture_of(
        noisy(values_of(small.rotate(dice.uniform(-3, 3), Image.Resampling.BICUBIC, fillcolor=250)), dice, 0.02)
    )


def curled_across(original: Original, dice: Generator, hard: int) -> Image.Image:
    return picture_of(noisy(rolled(taken(original, dice, 420), dice, (27, 39, 50)[hard]), dice, 0.01))


def curled_along(original: Original, dice: Generator, hard: int) -> Image.Image:
    upright = taken(original, dice, 420).T.copy()
    return picture_of(noisy(rolled(upright, dice, (27, 39, 50)[hard]).T, dice, 0.01))


def rolled(values: Grey, dice: Generator, degrees: float) -> Grey:
    """A cylinder, its axis upright: the symbol's edges turn away by about `degrees`, this way or that."""
    height, width = values.shape
    edge = np.radians(degrees * dice.uniform(0.92, 1.08))
    radius = width / 3 / edge  # the symbol is two thirds of the picture
    outward = 1.0 if dice.random() < 0.6 else -1.0
    far = dice.uniform(3, 6) * width
    centre = dice.uniform(-0.08, 0.08) * width
    angles = np.linspace(-1.5, 1.5, 4001)
    seen = far * radius * np.sin(angles) / (far + outward * radius * (1 - np.cos(angles)))
    rising = np.abs(angles) <= np.abs(angles[np.argmax(seen)])
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = np.interp(xs - width / 2 - centre, seen[rising], angles[rising], left=9, right=9)
    depth = (far + outward * radius * (1 - np.cos(angle))) / far
    where_x = np.where(np.abs(angle) < 5, angle * radius + width / 2 + centre, -9)
    paper = sampled(values, where_x.astype(np.float32), ((ys - height / 2) * depth + height / 2).astype(np.float32))
    shade = np.where(np.abs(angle) < 5, 0.45 + 0.55 * np.cos(np.clip(angle, -1.5, 1.5)), 0.9)
    return (paper * shade).astype(np.float32)


def photographed(original: Original, dice: Generator, hard: int) -> Image.Image:
    """All of it a little: leaning, soft, noisy, unevenly lit, compressed."""
    leaning = lean(taken(original, dice, 360), dice, (20, 27, 33)[hard])
    soft = softened(leaning, (0.8, 1.1, 1.4)[hard])
    lit = soft * light(soft, dice, (0.2, 0.35, 0.5)[hard])
    return squeezed(picture_of(noisy(lit, dice, (0.02, 0.03, 0.045)[hard])), (75, 55, 40)[hard])


DAMAGES: Final[Mapping[str, Damage]] = {
    "clean": clean,
    "blurred": blurred,
    "moved": moved,
    "turned": turned,
    "slanted": slanted,
    "compressed": compressed,
    "faded": faded,
    "stained": stained,
    "photographed": photographed,
    "thermal": thermal,
    "scanned": scanned,
    "curled_across": curled_across,
    "curled_along": curled_along,
}
