"""How many damaged vouchers are read, by pyzbar alone, by zxing alone, and by us; on seeds the reader was not tuned on.

The pictures are made of papers the press really issued (tests/printing/degraded). One run counts and times all three
readers on the very same pictures. The times of the clean picture are best of many: other work can only add.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from PIL import Image

from printing import reading
from printing.press import Press
from tests.benchmarks.figure import Figure
from tests.printing.conftest import receipt
from tests.printing.degraded import pictures
from tests.printing.degraded.originals import Original

LENGTHS = (1, 2, 4, 6, 9)  # items of the vouchers: 480 to 740 characters in the symbol
# On a machine that does other work too, a picture gets the same tries, not the same seconds.
PATIENCE = 20.0


@dataclass(frozen=True)
class Counted:
    """Of one set: pictures, right texts by each reader, wrong texts by any."""

    pictures: int
    pyzbar: int
    zxing: int
    ours: int
    wrong: int


def papers(press: Press) -> list[Original]:
    now = datetime.now(UTC)
    vouchers = [
        replace(receipt(f"V20261121-03-{n:04}-R1", items=items), issued_at=now) for n, items in enumerate(LENGTHS, 1)
    ]
    return pictures.originals(press, vouchers)


def count(degraded: Iterable[pictures.Degraded]) -> Counted:
    total = pyzbar = zxing = ours = wrong = 0
    for one in degraded:
        wanted = [one.text]
        found = (reading.by_pyzbar(one.picture), reading.by_zxing(one.picture))
        patient = reading.texts(one.picture, PATIENCE)
        total += 1
        pyzbar += found[0] == wanted
        zxing += found[1] == wanted
        ours += patient == wanted
        wrong += sum(text != one.text for given in (*found, patient) for text in given)
    return Counted(total, pyzbar, zxing, ours, wrong)


def _best(work: Callable[[], object], rounds: int = 15) -> float:
    times = []
    for _ in range(rounds):
        began = time.thread_time()
        work()
        times.append(time.thread_time() - began)
    return min(times)


def reading_figures(press: Press) -> Iterator[Figure]:
    """351 pictures and 72 curled slips of the held-back seeds."""
    sources = papers(press)
    main, second = pictures.HELD_SEEDS
    all_kinds = count(pictures.whole_set(sources, main))
    curled = count(pictures.curled_slips(sources, second))
    beside_pyzbar, beside_zxing = all_kinds.ours / all_kinds.pyzbar, all_kinds.ours / all_kinds.zxing
    yield Figure(f"damaged vouchers read, of {all_kinds.pictures}", all_kinds.ours, "≥ 300", all_kinds.ours >= 300)
    yield Figure("… against pyzbar", beside_pyzbar, "≥ 1.40×", beside_pyzbar >= 1.40, "×")
    yield Figure("… against zxing-cpp", beside_zxing, "≥ 1.15×", beside_zxing >= 1.15, "×")
    rolled = curled.ours / max(1, curled.pyzbar)
    yield Figure(f"curled receipts against pyzbar, of {curled.pictures}", rolled, "≥ 3×", rolled >= 3, "×")
    wrong = all_kinds.wrong + curled.wrong
    yield Figure("wrong texts, by any reader", wrong, "0", wrong == 0)
    clean = next(one.picture for one in pictures.whole_set(sources[:1], main) if one.kind == "clean")
    share = _clean_share(clean)
    yield Figure("clean picture, our time against pyzbar's", share, "≤ 0.167×", share <= 1 / 6, "×")


def _clean_share(clean: Image.Image) -> float:
    return _best(lambda: reading.texts(clean)) / _best(lambda: reading.by_pyzbar(clean))
