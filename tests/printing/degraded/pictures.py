"""The numbered set: 9 papers x 13 damages x 3 hands = 351 pictures of one seed, and 72 curled slips beside it.

The reader was tuned by looking at the pictures of the open seeds only; the figures are measured on held-back seeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from zlib import crc32

import numpy as np
from PIL import Image

from printing.press import Press
from printing.voucher import Voucher
from tests.printing.degraded.damage import DAMAGES, curled_across, curled_along
from tests.printing.degraded.originals import Original, of_sheet, of_slip

OPEN_SEEDS: Final = (11, 12)
HELD_SEEDS: Final = (2026, 990101)
HANDS: Final = (0, 1, 2)


@dataclass(frozen=True)
class Degraded:
    name: str
    kind: str
    text: str = field(repr=False)
    picture: Image.Image = field(repr=False)


def originals(press: Press, vouchers: Sequence[Voucher]) -> list[Original]:
    """Of five vouchers of different length: five sheets and four slips."""
    found = []
    for n, voucher in enumerate(vouchers):
        issued = press.issue(voucher)
        found.append(of_sheet(issued, f"sheet{n + 1}"))
        if n < 4:
            found.append(of_slip(issued, f"slip{n + 1}"))
    return found


def whole_set(papers: Sequence[Original], seed: int) -> Iterator[Degraded]:
    for paper in papers:
        for kind, damage in DAMAGES.items():
            for hard in HANDS:
                name = f"{paper.name}-{kind}-{hard}"
                yield Degraded(name, kind, paper.text, damage(paper, _dice(seed, name), hard))


def curled_slips(papers: Sequence[Original], seed: int, count: int = 72) -> Iterator[Degraded]:
    """Receipts out of a pocket, rolled one way or the other."""
    slips = [paper for paper in papers if paper.name.startswith("slip")]
    for n in range(count):
        paper, roll = slips[n % len(slips)], (curled_across, curled_along)[n // len(slips) % 2]
        name = f"{paper.name}-pocket-{n}"
        yield Degraded(name, roll.__name__, paper.text, roll(paper, _dice(seed, name), n % 3))


def _dice(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng((seed, crc32(name.encode())))
