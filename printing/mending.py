"""A picture put right, many ways, from the likely to the far-fetched: for symbols that no reader finds as they are.

Nothing here decides what a symbol says; a mended picture only gives the readers another chance, and they count a text
only when its error correction agrees. Everything is a generator: the reader takes the next one as long as it has time.
Pillow alone, in C: a few milliseconds a picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageOps

Box = tuple[int, int, int, int]
STRIPS: Final = 24  # of an unrolled picture; each is straight
# How far the symbol's farther edge turns away, where between its edges the ridge stands, how near the camera was.
ANGLES: Final = (52, 64, 38, 76, 26)
RIDGES: Final = (0.0, 0.12, -0.12, 0.28, -0.28)
BULGES: Final = (0.0, 0.12, -0.12)
MARGIN: Final = 0.14  # of a symbol's side, left around it when it is cut out
GRAIN: Final = 96  # cells of the longer side when a symbol is looked for by its grain


def mended(grey: Image.Image) -> Iterator[Image.Image]:
    """Stretched, enlarged, sharpened, smoothed, locally lit, reduced."""
    large = enlarged(grey)
    yield large
    yield sharpened(large, 3, 250)
    yield levelled(grey)
    yield grey.filter(ImageFilter.MedianFilter(3))
    yield grey.filter(ImageFilter.GaussianBlur(1.2))


def mended_further(grey: Image.Image) -> Iterator[Image.Image]:
    """The same together, and ink that has spread or broken."""
    large = enlarged(grey)
    yield sharpened(large, 6, 400)
    yield levelled(sharpened(large, 4, 400))
    yield ImageOps.autocontrast(grey, cutoff=1)
    yield sharpened(grey, 2, 200)
    yield sharpened(large.filter(ImageFilter.MedianFilter(5)), 4, 300)
    if min(grey.size) >= 400:
        half = grey.reduce(2)
        yield half
        yield sharpened(half, 2, 250)
    yield large.filter(ImageFilter.MaxFilter(3))
    yield large.filter(ImageFilter.MinFilter(3))
    yield sharpened(large, 9, 700)


def steadied(grey: Image.Image) -> Iterator[Image.Image]:
    """As if the hand had not moved: sharpened along one direction only, by a few lengths."""
    large = enlarged(grey)
    for length in (7, 10, 14, 4):
        for eighth in range(8):
            angle = math.pi * eighth / 8
            step = round(length * math.cos(angle)), round(length * math.sin(angle))
            either = Image.blend(ImageChops.offset(large, *step), ImageChops.offset(large, -step[0], -step[1]), 0.5)
            yield Image.blend(either, large, 2.6)


def unrolled(grey: Image.Image) -> Iterator[Image.Image]:
    """Flat again, as if a symbol that fills `grey` but for MARGIN were rolled about an upright or a level axis."""
    turned = grey.transpose(Image.Transpose.TRANSPOSE)
    for bulge in BULGES:
        for ridge in RIDGES:
            for angle in ANGLES:
                yield flattened(grey, angle, ridge, bulge)
                yield flattened(turned, angle, ridge, bulge).transpose(Image.Transpose.TRANSPOSE)


def flattened(grey: Image.Image, degrees: float, ridge: float, bulge: float) -> Image.Image:
    """Columns of a cylinder with an upright axis, put side by side as they lie on the paper."""
    width, height = grey.size
    half = width / 2 / (1 + 2 * MARGIN)
    edge = math.radians(degrees)
    middle = width / 2 + ridge * half
    radius = half * (1 + abs(ridge)) / _seen(edge, bulge)
    steepest = math.radians(86)
    left, right = -_angle(middle / radius, bulge, steepest), _angle((width - middle) / radius, bulge, steepest)
    flat_width = min(round((right - left) * radius), width * 3)
    pieces = []
    for n in range(STRIPS):
        at, to = flat_width * n // STRIPS, flat_width * (n + 1) // STRIPS
        source: list[float] = []
        for target, down in ((at, (0, height)), (to, (height, 0))):
            angle = left + (right - left) * target / flat_width
            shrink = 1 / (1 + bulge * (1 - math.cos(angle)))
            x = middle + radius * math.sin(angle) * shrink
            for y in down:
                source += [x, height / 2 + (y - height / 2) * shrink]
        pieces.append(((at, 0, to, height), tuple(source)))
    return grey.transform(
        (flat_width, height), Image.Transform.MESH, pieces, Image.Resampling.BILINEAR, fillcolor=paper_level(grey)
    )


def _seen(angle: float, bulge: float) -> float:
    """How far from the ridge a place at `angle` is seen, in radii."""
    return math.sin(angle) / (1 + bulge * (1 - math.cos(angle)))


def _angle(seen: float, bulge: float, steepest: float) -> float:
    """The angle that is seen so far from the ridge; no more than `steepest`."""
    low, high = 0.0, steepest
    for _ in range(24):
        half = (low + high) / 2
        low, high = (half, high) if _seen(half, bulge) < seen else (low, half)
    return low


def grain_boxes(grey: Image.Image, most: int = 2) -> list[Box]:
    """Where the picture is fine-grained both ways, as symbols are and lines of text are not; largest first."""
    scale = max(1, math.ceil(max(grey.size) / 1200))
    small = levelled(grey.reduce(scale) if scale > 1 else grey)
    cells = max(small.size) / GRAIN
    size = (max(4, round(small.width / cells)), max(4, round(small.height / cells)))
    across = ImageChops.difference(small, ImageChops.offset(small, 2, 0)).resize(size, Image.Resampling.BOX)
    along = ImageChops.difference(small, ImageChops.offset(small, 0, 2)).resize(size, Image.Resampling.BOX)
    grain = ImageChops.darker(across, along).filter(ImageFilter.BoxBlur(2))
    counts = grain.histogram()
    brightest = max(level for level in range(256) if counts[level])
    mask = grain.point([255 if level > brightest * 0.4 else 0 for level in range(256)])
    mask = mask.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MinFilter(5))  # a symbol in two pieces is one
    found = _pieces(mask, most)
    step_x, step_y = grey.width / size[0], grey.height / size[1]
    return [(round(a * step_x), round(b * step_y), round(c * step_x), round(d * step_y)) for a, b, c, d in found]


def _pieces(mask: Image.Image, most: int) -> list[Box]:
    """Boxes of the connected bright pieces that could be symbols: not thin, not tiny."""
    width, height = mask.size
    cells = mask.load()
    assert cells is not None
    seen: set[tuple[int, int]] = set()
    found: list[tuple[int, Box]] = []
    for start in ((x, y) for y in range(height) for x in range(width)):
        if start in seen or not cells[start]:
            continue
        todo, count = [start], 0
        left, top, right, bottom = start[0], start[1], start[0], start[1]
        seen.add(start)
        while todo:
            x, y = todo.pop()
            count += 1
            left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
            for beside in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
                if 0 <= beside[0] < width and 0 <= beside[1] < height and beside not in seen and cells[beside]:
                    seen.add(beside)
                    todo.append(beside)
        wide, high = right - left + 1, bottom - top + 1
        if min(wide, high) >= 3 and max(wide, high) <= 4 * min(wide, high):
            found.append((count, (left, top, right + 1, bottom + 1)))
    return [box for _, box in sorted(found, reverse=True)[:most]]


def paper_level(grey: Image.Image) -> int:
    """The brightness of the paper: nine tenths of the way up."""
    left = grey.width * grey.height // 10
    counts = grey.histogram()
    for level in range(255, -1, -1):
        left -= counts[level]
        if left <= 0:
            return level
    return 255


def enlarged(grey: Image.Image, most: int = 2400) -> Image.Image:
    times = 3 if max(grey.size) < 400 else 2
    if max(grey.size) * times > most:
        return grey
    return grey.resize((grey.width * times, grey.height * times), Image.Resampling.BICUBIC)


def sharpened(grey: Image.Image, radius: float, percent: int) -> Image.Image:
    return grey.filter(ImageFilter.UnsharpMask(radius=radius, percent=percent, threshold=0))


def levelled(grey: Image.Image) -> Image.Image:
    """Local brightness taken off: shadows, stains and yellowed thermal paper lose their slope."""
    around = grey.filter(ImageFilter.BoxBlur(max(8, max(grey.size) // 24)))
    return ImageOps.autocontrast(ImageChops.subtract(grey, around, scale=1, offset=128), cutoff=2)
