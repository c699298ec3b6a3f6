"""A worn voucher is worth a second look, a wrong text nothing: the reader is patient, bounded and never guesses."""

from __future__ import annotations

import time

import numpy as np
import pytest
from PIL import Image

from printing import mending, reading
from printing.press import Press
from printing.voucher import Issued
from tests.printing.conftest import receipt
from tests.printing.degraded import pictures
from tests.printing.degraded.originals import Original, of_sheet, of_slip
from tests.printing.degraded.wild import WILD

SEED = pictures.OPEN_SEEDS[0]
PATIENCE = 15.0  # the same tries on a machine that does other work too


@pytest.fixture(scope="module")
def papers(issued: Issued) -> list[Original]:
    return [of_sheet(issued, "sheet1"), of_slip(issued, "slip1")]


@pytest.fixture(scope="module")
def press_two(press: Press) -> Issued:
    return press.issue(receipt("V20261121-03-0002-R1", items=2))


def test_every_kind_of_damage_is_read_more_often_than_by_the_readers_alone(papers: list[Original]) -> None:
    """One slip, a careless hand. The control is the readers alone: without mending and unrolling most stay unread."""
    ours, alone = set[str](), set[str]()
    for one in pictures.whole_set(papers[1:], SEED):
        if one.name.endswith("-2"):
            found = reading.texts(one.picture, PATIENCE)
            assert found in ([], [one.text]), one.name
            ours |= {one.kind} if found else set()
            alone |= {one.kind} if reading.by_zxing(one.picture) or reading.by_pyzbar(one.picture) else set()
    assert alone < ours
    assert len(ours) >= 11, ours
    assert len(alone) <= 9, alone


def test_a_receipt_out_of_a_pocket_is_unrolled(papers: list[Original]) -> None:
    curled = [one for one in pictures.curled_slips(papers, SEED, 6) if not one.name.endswith(("0", "3"))]
    assert [one.name for one in curled if reading.texts(one.picture, PATIENCE) != [one.text]] == []
    assert [one.name for one in curled if reading.by_zxing(one.picture) or reading.by_pyzbar(one.picture)] == []


@pytest.mark.parametrize("kind", WILD)
def test_what_else_comes_across_a_counter_is_read(papers: list[Original], kind: str) -> None:
    picture = WILD[kind](papers[0], np.random.default_rng(SEED))
    assert reading.texts(picture, PATIENCE) == [papers[0].text]


def test_two_vouchers_on_one_paper_are_two(papers: list[Original], press_two: Issued) -> None:
    first, second = papers[1], of_slip(press_two, "other")
    both = Image.new("L", (1100, 560), 240)
    for at, paper in enumerate((first, second)):
        page = Image.fromarray((paper.page * 255).astype(np.uint8), "L").resize((520, 520), Image.Resampling.BOX)
        both.paste(page, (at * 550 + 10, 20))
    assert reading.texts(both) == sorted([first.text, second.text])


def test_no_picture_takes_longer_than_its_time(papers: list[Original]) -> None:
    dice = np.random.default_rng(5)
    torn = papers[0].page.copy()
    torn[:, : torn.shape[1] // 2] = 1
    hopeless = {
        "noise": dice.integers(0, 255, (1500, 1500), dtype=np.uint8),
        "white": np.full((900, 900), 255, np.uint8),
        "half a symbol": (torn * 255).astype(np.uint8),
        "a line": np.zeros((4, 3000), np.uint8),
        "one dot": np.zeros((1, 1), np.uint8),
    }
    for name, values in hopeless.items():
        began = time.monotonic()
        assert reading.texts(Image.fromarray(values, "L"), patience=0.5) == [], name
        assert time.monotonic() - began < 5, name  # half a second of tries, the last one, and a busy machine


def test_the_grain_of_a_symbol_is_found_on_a_desk(papers: list[Original]) -> None:
    desk = WILD["distant"](papers[0], np.random.default_rng(SEED)).convert("L")
    left, top, right, bottom = mending.grain_boxes(desk)[0]
    assert 2600 < left < right < 3400
    assert 1500 < top < bottom < 2400


def test_the_pages_of_one_document_share_one_patience() -> None:
    """A form of six pages without any symbol is answered as soon as a page of it would be."""
    dice = np.random.default_rng(7)
    page = Image.fromarray(dice.integers(0, 255, (900, 700), dtype=np.uint8), "L")
    began = time.monotonic()
    assert reading.texts_of([page] * 6, patience=1.0) == []
    assert time.monotonic() - began < 12  # one second, six last tries, and a busy machine
