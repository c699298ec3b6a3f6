"""C10 for every layout of the roll call: its own samples are drawn on every paper in every language, read back by both
readers and by strangers' programs; nothing is cut, nothing lies over another thing, no signature stands alone."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pypdfium2
import pytest
from PIL import Image

import resources
from printing import layout, paper, qr, release, statement
from printing.errors import SymbolUnreadable, VoucherWrong
from printing.press import Press
from printing.verify import verify
from printing.voucher import Issued, Language, Line, Voucher
from tests.printing.conftest import HOST, NOW, Centre

LAYOUTS = resources.layouts_dir()
KINDS = layout.kinds(LAYOUTS)
LANGUAGES = get_args(Language)
CODE = "A1B2C-D3E4F"
TEXT = f"https://{HOST}/#1" + "70719" * 150


@pytest.fixture(scope="module")
def engine() -> paper.Engine:
    return paper.Engine(LAYOUTS)


@pytest.fixture(scope="module")
def matrix() -> list[list[bool]]:
    return qr.modules(TEXT)


def _sample(kind: str, language: Language, *, longest: bool = False) -> tuple[layout.Layout, Voucher]:
    found = layout.of_kind(LAYOUTS, kind)
    voucher = found.sample(5 if longest else 3, kind, longest=longest)
    return found, replace(voucher, language=language, copy=int(longest), reason="申请人遗失原件" if longest else "")


def _strings(text: str) -> str:
    """Without spaces, and without the places where a long number may break."""
    return "".join(text.split()).replace("\u200b", "")


def _by_poppler(pdf: bytes) -> str:
    ran = subprocess.run(("pdftotext", "-raw", "-", "-"), input=pdf, capture_output=True, timeout=60, check=True)
    return _strings(ran.stdout.decode())


def test_the_kinds_of_the_law_are_there() -> None:
    assert set(KINDS) >= {
        "document_receipt", "acceptance_notice", "refusal_notice", "one_time_notice", "correction_notice",
        "conditional_acceptance", "combined_receipt", "collection_slip", "completion_notice",
    }  # fmt: skip
    assert layout.of_kind(LAYOUTS, "conditional_acceptance").parts("conditional_acceptance") == 2, "one stays"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_samples_are_read_back_on_every_paper(
    engine: paper.Engine, matrix: list[list[bool]], kind: str, language: Language
) -> None:
    found, voucher = _sample(kind, language)
    parts = found.parts(kind)
    for form in ("a4", "a5"):
        pdf = engine.pdf(found, layout.fill(found, voucher, form, matrix, CODE), 1_790_000_000)
        release.sheet(pdf, TEXT, parts)
        seen = _by_poppler(pdf)
        values = [value for _, value in statement.visible(voucher)]
        labels = [
            label["en" if language == "en" else "zh"]
            for label in (found.kinds[kind]["title"], found.frame["scan"], found.frame["code"], found.frame["notices"])
        ]
        missing = [each for each in (*values, *labels, CODE) if _strings(each) not in seen]
        assert missing == [], f"{form}: {len(missing)} of {len(values) + len(labels) + 1} strings are not in the layer"
    slip = engine.receipt(found, layout.fill(found, voucher, "80mm", matrix, CODE), 1_790_000_000)
    release.slip(slip, TEXT, parts)
    assert Image.open(io.BytesIO(slip)).width == 576


def _glyphs(pdf: bytes) -> list[tuple[float, float, np.ndarray[Any, Any]]]:
    """(width, height, boxes) of each page, in points; what has no ink has no box."""
    pages = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        layer = page.get_textpage()
        chars = [n for n in range(layer.count_chars()) if layer.get_text_range(n, 1).strip("\u200b \r\n")]
        boxes = [layer.get_charbox(n) for n in chars]
        inked = np.array([box for box in boxes if box[2] > box[0] and box[3] > box[1]])
        # The letters of a ligature share one box.
        pages.append((page.get_width(), page.get_height(), np.unique(inked, axis=0)))
        layer.close()
        page.close()
    document.close()
    return pages


def _on_top_of_each_other(boxes: np.ndarray[Any, Any]) -> int:
    """Pairs of characters of which one covers a fifth of the other."""
    left, bottom, right, top = boxes.T
    wide = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    high = np.minimum(top[:, None], top) - np.maximum(bottom[:, None], bottom)
    area = (right - left) * (top - bottom)
    shared = np.clip(wide, 0, None) * np.clip(high, 0, None) / np.minimum(area[:, None], area)
    np.fill_diagonal(shared, 0)
    return int((shared > 0.2).sum()) // 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_longest_words_fit_and_the_signature_never_stands_alone(
    engine: paper.Engine, matrix: list[list[bool]], kind: str, language: Language
) -> None:
    found, voucher = _sample(kind, language, longest=True)
    last = found.kinds[kind]["notices"]["zh" if language == "zh" else "en"][-1]
    for form in ("a4", "a5"):
        pdf = engine.pdf(found, layout.fill(found, voucher, form, matrix, CODE), 1_790_000_000)
        for width, height, boxes in _glyphs(pdf):
            assert _on_top_of_each_other(boxes) == 0, f"{form}: characters lie over one another"
            edge = 5 / 25.4 * 72  # what office printers cannot reach
            assert boxes[:, 0].min() >= edge, form
            assert boxes[:, 2].max() <= width - edge, form
            assert boxes[:, 1].min() >= edge, form
            assert boxes[:, 3].max() <= height - edge, form
        texts = [_strings(text) for text in paper.page_texts(pdf)]
        signed = [text for text in texts if _strings(last) in text]
        assert len(signed) == found.parts(kind), form
        place = signed[-1].index(_strings(last))
        assert _strings(voucher.centre) in signed[-1][place:], f"{form}: the signature left its text"
        assert _strings(layout.printed_time(voucher.issued_at)) in signed[-1][place:], f"{form}: the date left its text"
    roll = engine._roll(found, layout.fill(found, voucher, "80mm", matrix, CODE), 1)
    ((width, _, boxes),) = _glyphs(roll)
    assert _on_top_of_each_other(boxes) == 0
    assert (boxes[:, 0].min() >= 0, boxes[:, 2].max() <= width) == (True, True)


def test_characters_over_one_another_would_be_seen(engine: paper.Engine, tmp_path: Path) -> None:
    """Negative control: a number in a cell that cannot break runs over its neighbour."""
    import typst

    naive = (
        "#set page(width: 90mm, height: 30mm)\n#table(columns: (20mm, 20mm), [CL-990101-2026-11-21-0000001], [2026])"
    )
    (tmp_path / "naive.typ").write_text(naive)
    pdf = typst.compile(str(tmp_path / "naive.typ"))
    assert isinstance(pdf, bytes)
    assert _on_top_of_each_other(_glyphs(pdf)[0][2]) > 0


def test_a_page_without_its_symbol_is_not_released(engine: paper.Engine) -> None:
    """Negative control: the blank symbol of the preview is refused on sheet and slip, and so is one copy of two."""
    found, voucher = _sample("conditional_acceptance", "zh")
    blank = [[False] * 69 for _ in range(69)]
    with pytest.raises(SymbolUnreadable):
        release.sheet(engine.pdf(found, layout.fill(found, voucher, "a4", blank, CODE), 1), TEXT, 2)
    drawn = engine.pdf(found, layout.fill(found, voucher, "a4", qr.modules(TEXT), CODE), 1)
    with pytest.raises(SymbolUnreadable):
        release.sheet(drawn, TEXT, 1)
    with pytest.raises(SymbolUnreadable):
        release.sheet(drawn, TEXT + "1", 2)


@pytest.fixture(scope="module")
def issued(press: Press) -> dict[str, Issued]:
    """Every kind once, from its samples, as the counter would issue it."""
    made = {}
    for kind in KINDS:
        voucher = layout.of_kind(LAYOUTS, kind).sample(2, kind)
        made[kind] = press.issue(replace(voucher, number=f"K-{kind}", issued_at=NOW))
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_an_issued_notice_is_valid_from_its_paper(centre: Centre, issued: dict[str, Issued], kind: str) -> None:
    _is_valid(issued[kind].receipt_png, centre, kind)
    _is_valid(issued[kind].pdf, centre, kind)


@pytest.mark.parametrize("kind", ["conditional_acceptance", "document_receipt", "combined_receipt"])
def test_the_same_words_on_a5_are_as_valid(press: Press, centre: Centre, issued: dict[str, Issued], kind: str) -> None:
    _is_valid(press.sheet(issued[kind], "a5"), centre, kind)


def _is_valid(source: bytes, centre: Centre, kind: str) -> None:
    verdict = verify(source, centre.trust, now=NOW)
    assert (verdict.genuine, verdict.voucher and verdict.voucher.kind) == (True, kind), (verdict.code, verdict.detail)
    assert "layout_other_version" not in verdict.notes


def test_a_changed_word_on_an_a5_sheet_is_seen(press: Press, centre: Centre, issued: dict[str, Issued]) -> None:
    """The sheet is redrawn with another name under the genuine symbol."""
    found, voucher = _sample("acceptance_notice", "zh")
    other = tuple(Line(line.key, "王*" if line.key == "holder" else line.value) for line in voucher.lines)
    forged = replace(voucher, number="K-acceptance_notice", lines=other, issued_at=NOW)
    matrix = qr.modules(issued["acceptance_notice"].qr_text)
    pdf = paper.Engine(LAYOUTS).pdf(found, layout.fill(found, forged, "a5", matrix, CODE), 1)
    verdict = verify(pdf, centre.trust, now=NOW)
    assert verdict.code == "TEXT_MISMATCH"
    assert "holder" in [each.place for each in verdict.mismatches]


def test_a_sentence_with_a_hole_is_not_issued(press: Press) -> None:
    voucher = layout.of_kind(LAYOUTS, "refusal_notice").sample(1)
    without = tuple(line for line in voucher.lines if line.key != "reason_told")
    with pytest.raises(VoucherWrong) as stopped:
        press.issue(replace(voucher, number="H1", lines=without, issued_at=NOW))
    assert stopped.value.detail == {"field": "reason_told", "reason": "missing"}
    assert press._register.find("H1") is None


@pytest.mark.parametrize("dpi", [180, 203, 300, 600])
def test_every_head_gets_whole_dots_that_both_readers_read(
    engine: paper.Engine, matrix: list[list[bool]], dpi: int
) -> None:
    found, voucher = _sample("collection_slip", "zh")
    slip = engine.receipt(found, layout.fill(found, voucher, "80mm", matrix, CODE, dpi=dpi), 1, dpi)
    picture = Image.open(io.BytesIO(slip))
    assert picture.width == layout.DOTS_WIDE[dpi]
    release.slip(slip, TEXT, 1)
    assert layout.dots_a_module(len(matrix), dpi) >= 4
    sheet = engine.pdf(found, layout.fill(found, voucher, "a4", matrix, CODE), 1)
    release.sheet(sheet, TEXT, 1, float(dpi))
