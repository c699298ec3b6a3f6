"""Pages as departments change them: how many are sent right, stopped before the click, or sent wrong and nobody knows.

The engine walks over every changed form of our own and every changed page of every kit; the server judges. Beside it a
script that knows the names of the page as it was and looks at nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bridges.worker import by_hand, filling
from tests.benchmarks.figure import Figure
from tests.bridges.changed_pages import CHANGES
from tests.bridges.kits.changing import KIT_CHANGES, KITS, RIGHT, Walk, draw, form_end, form_known, kit_end, naive_end
from tests.bridges.kits.conftest import Bench
from tests.bridges.kits.receiving import receiving

LEAST = 30


@contextmanager
def _impatient() -> Iterator[None]:
    """What is not on these pages at once never comes: nobody waits the quarter of a minute an old system is given."""
    was = filling.DRAWN_SECONDS, filling.EMPTY_SECONDS, by_hand.OPEN_SECONDS
    filling.DRAWN_SECONDS, filling.EMPTY_SECONDS, by_hand.OPEN_SECONDS = 1.0, 1.5, 2.0
    try:
        yield
    finally:
        filling.DRAWN_SECONDS, filling.EMPTY_SECONDS, by_hand.OPEN_SECONDS = was


def figures() -> list[Figure]:
    with receiving() as (address, book):
        bench = Bench(address, book)
        bench.do(bench.start())
        try:
            with _impatient():
                ours, naive, kits = _forms(bench)
        finally:
            bench.do(bench.end())
            bench.runner.close()
    wrong = [f"{page}: {end}" for page, end in {**ours, **kits}.items() if end.startswith("WRONG")]
    for line in wrong:
        print(line, file=sys.stderr)
    for what, ends in (("changed forms", ours), ("kit pages", kits), ("changed forms, naive script", naive)):
        right, bad = sum(end == RIGHT for end in ends.values()), sum(end.startswith("WRONG") for end in ends.values())
        print(f"{what}: {len(ends)}, right {right}, stopped {len(ends) - right - bad}, wrong {bad}", file=sys.stderr)
    unseen = sum(end.startswith("WRONG") for end in naive.values())
    count = len(ours) + len(kits)
    whole = len(wrong) == 0 and len(ours) - 1 >= LEAST and ours["nothing"] == RIGHT
    whole = whole and all(kits[f"{kit}: nothing"] == RIGHT for kit in KITS)
    return [
        Figure(f"wrong fields undetected, {len(KITS)} kits and {count} changed pages", len(wrong), "0", whole, ""),
        Figure(f"… by a script that looks at nothing, of {len(naive)} forms", unseen, "≥ 1", unseen >= 1, ""),
    ]


def _forms(bench: Bench) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    walk = Walk(bench)
    draw(bench)
    known = bench.do(form_known(walk))
    ours = {name: bench.do(form_end(walk, name, known)) for name in CHANGES}
    naive = {name: bench.do(naive_end(walk, name)) for name in CHANGES}
    kits = {f"{kit}: {change}": bench.do(kit_end(walk, bench, kit, change)) for kit in KITS for change in KIT_CHANGES}
    return ours, naive, kits
