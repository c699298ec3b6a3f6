"""C10: paper says what was signed, is searchable and readable by strangers' programs; every character is there."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

import resources
from printing import glyphs, layout, paper, qr, reading, statement
from printing.errors import LayoutWrong, MissingGlyph, StatementTooLong, VoucherWrong
from printing.press import Press
from printing.verify import verify
from printing.voucher import Issued, Line
from tests.printing.conftest import HOST, NOW, Centre, receipt

RARE = "𪜀"  # U+2A700, CJK extension C: Noto Sans SC lacks it, Hanazono has it


def _run(*words: str) -> str:
    ran = subprocess.run(words, capture_output=True, timeout=60)
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout.decode()


def test_poppler_finds_every_value_and_only_embedded_fonts(issued: Issued, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(issued.pdf)
    text = "".join(_run("pdftotext", "-raw", str(file), "-").split())
    missing = [value for _, value in statement.visible(receipt()) if "".join(value.split()) not in text]
    assert missing == []
    rows = _run("pdffonts", str(file)).splitlines()[2:]
    assert rows
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows), "embedded, subset, with Unicode"
    assert b"pdfaid:part" in issued.pdf


def test_another_program_reads_both_symbols(issued: Issued, tmp_path: Path) -> None:
    paper.raster(issued.pdf, 200)[0].save(tmp_path / "a4.png")
    (tmp_path / "80.png").write_bytes(issued.receipt_png)
    for name in ("a4.png", "80.png"):
        assert (
            _run("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", str(tmp_path / name)).strip()
            == issued.qr_text
        )


def test_the_receipt_is_made_for_a_thermal_printer(issued: Issued) -> None:
    picture = Image.open(io.BytesIO(issued.receipt_png))
    assert (picture.width, picture.mode) == (576, "1")
    assert picture.info["dpi"] == pytest.approx((203, 203), abs=0.5)
    (_, box) = reading.places(picture.convert("L"))[0]
    wide = len(qr.modules(issued.qr_text))
    assert (box[2] - box[0]) / wide > 4, "four dots a module at least"


def test_the_same_voucher_is_drawn_the_same(centre: Centre, press: Press, sheet: layout.Layout) -> None:
    matrix = qr.modules(f"https://{HOST}/#1" + "7" * 600)
    engine = paper.Engine(resources.layouts_dir())
    drawn = [engine.pdf(sheet, layout.fill(sheet, receipt(), "a4", matrix, "-"), 1_790_000_000) for _ in range(2)]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("items", [1, 5])
@pytest.mark.parametrize("language", ["zh", "en", "zh+en"])
def test_every_language_and_length_is_valid(centre: Centre, press: Press, items: int, language: str) -> None:
    long = "困难残疾人生活补贴和重度残疾人护理补贴资格认定申请（含低收入家庭认定、跨省通办）"
    voucher = receipt(f"L-{items}-{language}", items=items, language=language)
    first = tuple(Line(x.key, long if x.key == "item" else x.value) for x in voucher.items[0])
    issued = press.issue(replace(voucher, items=(first, *voucher.items[1:])))
    assert verify(issued.pdf, centre.trust, now=NOW).code == "VALID"
    assert verify(issued.receipt_png, centre.trust, now=NOW).code == "VALID"


def test_a_rare_name_prints(press: Press, centre: Centre) -> None:
    issued = press.issue(receipt("R1", lines=(Line("holder", f"张{RARE}"),)))
    assert RARE in "".join(paper.page_texts(issued.pdf))
    assert verify(issued.pdf, centre.trust, now=NOW).code == "VALID"


def test_a_missing_glyph_stops_issuing_and_is_named(press: Press) -> None:
    with pytest.raises(MissingGlyph) as stopped:
        press.issue(receipt("R2", lines=(Line("holder", "张\U0003fffd"),)))
    assert stopped.value.detail == {"field": "holder", "character": "\U0003fffd", "code": "U+3FFFD"}
    assert press._register.find("R2") is None, "the number is still free"


def test_without_the_check_an_empty_box_is_printed(sheet: layout.Layout) -> None:
    """Negative control: typst draws the receipt without a word of warning (only PDF/A would have refused)."""
    voucher = receipt(lines=(Line("holder", "张\U0003fffd"),))
    matrix = qr.modules(f"https://{HOST}/#1" + "7" * 600)
    assert paper.Engine(resources.layouts_dir()).receipt(sheet, layout.fill(sheet, voucher, "80mm", matrix, "-"), 1)


def test_the_character_maps_are_read_right() -> None:
    regular = resources.font_files()[0]
    found = glyphs.characters(regular)
    assert {ord(c) for c in "一窗龘¥Aé"} <= found
    assert ord(RARE) not in found


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"number": " "}, VoucherWrong),
        ({"centre": ""}, VoucherWrong),
        ({"issued_at": NOW.replace(tzinfo=None)}, VoucherWrong),
        ({"lines": (Line("holder", "张*"), Line("holder", "李*"))}, VoucherWrong),
        ({"lines": (Line("holder", "张\n*"),)}, VoucherWrong),
        ({"lines": (Line("shoe_size", "42"),)}, LayoutWrong),
        ({"kind": "no_such_kind"}, LayoutWrong),
        ({"layout": "no_such_layout"}, LayoutWrong),
        ({"layout": "../combined_receipt"}, LayoutWrong),
        ({"reason": "补打"}, VoucherWrong),
    ],
)
def test_a_voucher_that_cannot_be_printed_is_refused(
    press: Press, changes: dict[str, object], kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        press.issue(receipt("W1", **changes) if "number" not in changes else receipt(**changes))  # type: ignore[arg-type]
    assert press._register.find("W1") is None


def test_too_much_for_one_symbol_is_refused(press: Press) -> None:
    import random

    chance = random.Random(4)
    words = "".join(chr(chance.randrange(0x4E00, 0x9F00)) for _ in range(900))
    with pytest.raises(StatementTooLong):
        press.issue(receipt("W2", lines=(Line("remark", words),)))
