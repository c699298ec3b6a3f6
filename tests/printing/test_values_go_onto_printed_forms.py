"""套打: the values of a voucher onto a pre-printed form, each in its box, moved by the offset, and still valid."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pypdfium2
import pytest

from printing import layout, paper, preprinted, qr, release, vocabulary
from printing.errors import LayoutWrong, PressFileWrong, VoucherWrong
from printing.press import Press
from printing.voucher import Line
from tests.printing.conftest import NOW, Centre
from tests.printing.test_every_layout_prints import CODE, LAYOUTS, TEXT, _by_poppler, _is_valid, _sample


def _preprinted(ink: preprinted.Ink, offset: tuple[float, float] = (0.0, 0.0), **changes: str) -> bytes:
    found, voucher = _sample("document_receipt", "zh")
    lines = tuple(Line(line.key, changes.get(line.key, line.value)) for line in voucher.lines)
    given = preprinted.fill(found, replace(voucher, lines=lines), "form", qr.modules(TEXT), CODE, offset, ink)
    return paper.Engine(LAYOUTS).pdf(found, given, 1)


def _where(pdf: bytes, words: str) -> tuple[float, float]:
    """Upper left corner of `words` in millimetres from the page's."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    layer = page.get_textpage()
    at = layer.search(words).get_next()
    assert at is not None
    left, _, _, top = layer.get_charbox(at[0])
    return left / 72 * 25.4, (page.get_height() - top) / 72 * 25.4


def test_values_stand_in_their_boxes_and_move_with_the_offset() -> None:
    plain, moved = _preprinted("values"), _preprinted("values", (3.0, -2.0))
    release.sheet(plain, TEXT, 1)
    release.sheet(moved, TEXT, 1, 300.0)
    (x, y), (right, down) = _where(plain, "张*"), _where(moved, "张*")
    box = layout.of_kind(LAYOUTS, "document_receipt").preprinted
    assert box is not None
    left, top, wide, high = box["fields"]["holder"]
    assert left <= x <= left + wide
    assert top <= y <= top + high
    assert right - x == pytest.approx(3.0, abs=0.05)
    assert down - y == pytest.approx(-2.0, abs=0.05)
    values, both = _by_poppler(plain), _by_poppler(_preprinted("both"))
    assert "申请人" not in values, "labels are on the form already"
    assert "申请人" in both
    assert "张*" not in _by_poppler(_preprinted("stock"))


def test_a_value_too_long_for_its_box_is_refused_not_cut() -> None:
    with pytest.raises(LayoutWrong) as stopped:
        _preprinted("values", item="困难残疾人生活补贴" * 30)
    assert "item" in stopped.value.detail["word"]
    found, voucher = _sample("document_receipt", "zh")
    many = replace(voucher, items=voucher.items * 4)
    with pytest.raises(VoucherWrong):
        preprinted.fill(found, many, "form", qr.modules(TEXT), CODE)
    with pytest.raises(LayoutWrong):
        preprinted.fill(*_sample("refusal_notice", "zh"), "form", qr.modules(TEXT), CODE)


FORMS = tuple(name for name in layout.names(LAYOUTS) if layout.load(LAYOUTS, name).preprinted is not None)


@pytest.mark.parametrize("name", FORMS)
def test_an_overprinted_form_is_a_valid_voucher(press: Press, centre: Centre, name: str) -> None:
    voucher = layout.load(LAYOUTS, name).sample(2)
    issued = press.issue(replace(voucher, number=f"F-{name}", issued_at=NOW))
    _is_valid(press.sheet(issued, "form"), centre, name)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_has_a_box_for_every_word_of_its_sentence_and_no_box_over_another(name: str) -> None:
    found = layout.load(LAYOUTS, name)
    assert found.preprinted is not None
    wide, high = found.preprinted["paper"]
    edge = found.preprinted["label_width"]
    boxes = {word: tuple(box) for word, box in found.preprinted["fields"].items()}
    told = {word for kind in found.kinds.values() for word in vocabulary.places(kind["lead"])} - {"n"}
    assert told | {"number", "issued_at", "code", "centre"} <= set(boxes)
    x, y, side = found.preprinted["symbol"]
    taken = {"symbol": (x, y, side, side)}
    taken |= {
        word: box if word == "centre" else (box[0] - edge, box[1], box[2] + edge, box[3]) for word, box in boxes.items()
    }
    for (one, (x, y, w, h)), (other, (u, v, a, b)) in combinations(taken.items(), 2):
        assert x + w <= u or u + a <= x or y + h <= v or v + b <= y, (one, other)
    assert all(x >= 0 and y >= 0 and x + w <= wide and y + h <= high for x, y, w, h in taken.values())


def test_offsets_are_kept_per_printer_and_form_and_survive(tmp_path: Path) -> None:
    kept = preprinted.Offsets(tmp_path)
    assert kept.of("cups:office", "document_receipt") == (0.0, 0.0)
    kept.keep("cups:office", "document_receipt", 1.5, -0.75)
    assert preprinted.Offsets(tmp_path).of("cups:office", "document_receipt") == (1.5, -0.75)
    assert kept.of("folder", "document_receipt") == (0.0, 0.0)
    with pytest.raises(VoucherWrong):
        kept.keep("cups:office", "document_receipt", 40, 0)
    (tmp_path / preprinted.OFFSETS).write_text("{")
    with pytest.raises(PressFileWrong):
        kept.of("cups:office", "document_receipt")
