"""A drawn signature as data: strokes of points with time and pressure, as SVG for people and JSON for evidence.

Width follows the pen's pressure, or, where a finger or a mouse gives none, the speed. Speed is low-passed because
coarse time stamps make it flicker (measured).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import quoteattr


@dataclass(frozen=True, slots=True)
class Point:
    """x, y in pixels of the pad; t milliseconds since the first point; pressure 0…1, negative when unknown."""

    x: float
    y: float
    t: int
    pressure: float


@dataclass
class Strokes:
    width: int = 0
    height: int = 0
    lines: list[list[Point]] = field(default_factory=list, repr=False)

    @property
    def is_a_signature(self) -> bool:
        """More than a dot: some ink of at least 60 pixels in all."""
        return self.ink() >= 60

    def ink(self) -> float:
        return sum(_far(a, b) for line in self.lines for a, b in pairwise(line))

    def as_json(self) -> str:
        said = {
            "width": self.width,
            "height": self.height,
            "strokes": [
                [[round(p.x, 1), round(p.y, 1), p.t, round(p.pressure, 3)] for p in line] for line in self.lines
            ],
        }
        return json.dumps(said, separators=(",", ":"))

    def as_svg(self, colour: str = "#14202E") -> bytes:
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" fill="none" '
            f'stroke={quoteattr(colour)} stroke-linecap="round" stroke-linejoin="round">'
        )
        drawn = (
            f'<path d="{piece.path()}" stroke-width="{piece.width:.2f}"/>'
            for line in self.lines
            if line
            for piece in pieces(line)
        )
        return (head + "".join(drawn) + "</svg>").encode()


@dataclass(frozen=True, slots=True)
class Piece:
    """One quadratic curve between the middles of two neighbouring segments: the line has no corners."""

    start: tuple[float, float]
    bend: tuple[float, float]
    end: tuple[float, float]
    width: float

    def path(self) -> str:
        (a, b), (c, d), (e, f) = self.start, self.bend, self.end
        return f"M{a:.1f} {b:.1f}Q{c:.1f} {d:.1f} {e:.1f} {f:.1f}"


def pieces(line: list[Point]) -> list[Piece]:
    if len(line) == 1:
        only = line[0]
        return [Piece((only.x, only.y), (only.x, only.y), (only.x + 0.1, only.y), 4.0)]
    made, width = [], 3.2
    for n in range(1, len(line)):
        before, here = line[n - 1], line[n]
        width = 0.7 * width + 0.3 * _wanted(before, here)
        start = (before.x, before.y) if n == 1 else _middle(line[n - 2], before)
        end = (here.x, here.y) if n == len(line) - 1 else _middle(before, here)
        made.append(Piece(start, (before.x, before.y), end, width))
    return made


def _wanted(before: Point, here: Point) -> float:
    if here.pressure >= 0:
        return 1.4 + 5.0 * here.pressure
    speed = _far(before, here) / max(8, here.t - before.t)
    return max(1.8, 5.2 - 1.5 * speed)


def _middle(a: Point, b: Point) -> tuple[float, float]:
    return ((a.x + b.x) / 2, (a.y + b.y) / 2)


def _far(a: Point, b: Point) -> float:
    return float(((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5)
