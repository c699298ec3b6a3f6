"""Law I5, C10: a genuine symbol on a changed page is refused, with the field that was changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from printing import comparison, paper
from printing.press import Press
from printing.verify import verify
from printing.voucher import Issued, Line, Voucher
from tests.printing.conftest import NOW, Centre, receipt
from tests.printing.forgery import page_with, pages_of, without_text


def _with_line(voucher: Voucher, key: str, value: str) -> Voucher:
    return replace(voucher, lines=tuple(Line(x.key, value if x.key == key else x.value) for x in voucher.lines))


def _with_item(voucher: Voucher, n: int, key: str, value: str) -> Voucher:
    row = tuple(Line(x.key, value if x.key == key else x.value) for x in voucher.items[n])
    return replace(voucher, items=(*voucher.items[:n], row, *voucher.items[n + 1 :]))


def _swapped(voucher: Voucher) -> Voucher:
    first = next(x.value for x in voucher.items[0] if x.key == "accepted_number")
    second = next(x.value for x in voucher.items[1] if x.key == "accepted_number")
    return _with_item(_with_item(voucher, 0, "accepted_number", second), 1, "accepted_number", first)


FORGED: dict[str, Callable[[Voucher], Voucher]] = {
    "holder": lambda v: _with_line(v, "holder", "王*"),
    "holder_id": lambda v: _with_line(v, "holder_id", "990101********0018"),
    "items.2.accepted_number": lambda v: _with_item(v, 1, "accepted_number", "CL202611210013"),
    "items.3.promise": lambda v: _with_item(v, 2, "promise", "51 个工作日"),
    "items.1": _swapped,
    "centre": lambda v: replace(v, centre="示例市福幸区综合便民服务中心"),
    "issued_at": lambda v: replace(v, issued_at=v.issued_at.replace(hour=5)),
    "page.added": lambda v: replace(v, lines=(*v.lines, Line("remark", "凭本回执可领取现金"))),
}


@pytest.mark.parametrize("place", list(FORGED))
def test_a_changed_word_is_named(centre: Centre, issued: Issued, place: str) -> None:
    pdf = page_with(
        FORGED[place](receipt()), issued.qr_text, code=verify(issued.qr_text, centre.trust, now=NOW).human_code
    )
    verdict = verify(pdf, centre.trust, now=NOW)
    assert verdict.code == "TEXT_MISMATCH"
    assert place in [each.place for each in verdict.mismatches]


def test_who_reads_only_the_symbol_is_deceived(centre: Centre, issued: Issued) -> None:
    """Negative control: the symbol alone says VALID about every one of those pages."""
    pdf = page_with(FORGED["holder"](receipt()), issued.qr_text)
    assert verify(without_text(pdf), centre.trust, now=NOW).code == "VALID"
    assert "text_not_compared" in verify(without_text(pdf), centre.trust, now=NOW).notes, (
        "and it says what it did not do"
    )


def test_the_genuine_page_passes_also_after_another_program_saved_it(centre: Centre, issued: Issued) -> None:
    assert verify(issued.pdf, centre.trust, now=NOW).code == "VALID"
    assert verify(pages_of(issued.pdf), centre.trust, now=NOW).code == "VALID"


def test_spaces_and_compatibility_forms_do_not_count(issued: Issued, centre: Centre) -> None:
    layer = "\n".join(paper.page_texts(issued.pdf))
    voucher = verify(issued.qr_text, centre.trust, now=NOW).voucher
    assert voucher is not None
    odd = " ".join(layer).replace("人", "⼈").replace("2026", "２０２６")
    assert comparison.compare(odd, issued.statement, voucher).mismatches == ()


def test_a_missing_word_is_named_without_the_layout(centre: Centre, press: Press, issued: Issued) -> None:
    """A verifier elsewhere may not have our layout: then every value must at least occur, and it says so."""
    voucher = verify(issued.qr_text, centre.trust, now=NOW).voucher
    assert voucher is not None
    other = replace(voucher, layout="somewhere_else")
    layer = "".join(paper.page_texts(issued.pdf))
    assert comparison.compare(layer, issued.statement, other).mismatches == ()
    found = comparison.compare(layer.replace("张*", "王*"), issued.statement, other)
    assert [each.place for each in found.mismatches] == ["holder"]
    assert not found.exact
