"""A notice is offered only where the case stands so, says what the ledger knows, masked, and is one fact."""

from __future__ import annotations

import pytest

from bridges.filing import Refused
from printing.seal import unverified
from printing.statement import parse, unpack
from printing.voucher import Voucher
from tests.counter.conftest import Counter
from window_client.casework.errors import WindowError
from window_client.casework.visit import Case
from window_client.counter import notices

REFUSAL = {
    "reason_told": "申请事项依法不属于本机关职权范围",
    "basis": "《中华人民共和国行政许可法》第三十二条第一款第二项",
    "go_to": "示例市和谐区残疾人联合会",
    "review_body": "示例市幸福区人民政府",
}


def _cases(counter: Counter) -> dict[str, Case]:
    assert counter.desk.visit is not None
    return {case.department: case for case in counter.desk.visit.live_cases}


def _offered(counter: Counter, department: str) -> tuple[str, ...]:
    assert counter.desk.visit is not None
    return notices.offered(counter.desk.visit, _cases(counter)[department], counter.desk.rooms.catalogue)


def _issued(counter: Counter, kind: str, department: str, **typed: str) -> Voucher:
    """Issues it and reads the signed statement back."""
    before = counter.desk.notice
    counter.desk.issue_notice(_cases(counter)[department].number, kind, typed)
    assert counter.troubles == []
    drawn = counter.desk.notice
    assert drawn is not None
    assert drawn is not before
    content_type, payload = unverified(drawn.issued.statement)
    return parse(unpack(payload, content_type)).voucher


def test_before_the_papers_only_what_is_missing_can_be_told(counter: Counter) -> None:
    counter.seated()
    assert set(_offered(counter, "canlian")) == {"one_time_notice", "refusal_notice"}
    voucher = _issued(counter, "one_time_notice", "canlian", extra="近三个月银行流水")
    names = [line.value for item in voucher.items for line in item if line.key == "material"]
    assert {"居民身份证", "居民户口簿", "残疾人证", "近三个月银行流水"} <= set(names), "everything at once, and once"
    assert counter.resident.name not in str([line.value for line in voucher.lines]), "masked"
    with pytest.raises(WindowError) as refused:
        counter.desk.issue_notice(_cases(counter)["canlian"].number, "acceptance_notice", {"basis": "x"})
    assert refused.value.code == "desk.notice_not_now"


def test_papers_taken_are_listed_with_the_day_until_which_one_must_be_told(counter: Counter) -> None:
    counter.seated("canlian.subsidy")
    counter.lay("id_card")
    counter.desk.scan("id_card")
    assert set(_offered(counter, "canlian")) >= {"document_receipt", "correction_notice", "conditional_acceptance"}
    voucher = _issued(counter, "document_receipt", "canlian")
    assert [item[0].value for item in voucher.items] == ["居民身份证"]
    until = counter.desk.rooms.calendar.correction_due(counter.desk.now()).at
    assert voucher.value("told_until") == until.strftime("%Y-%m-%d")
    promised = _issued(counter, "conditional_acceptance", "canlian", basis="本事项办事指南")
    untils = {line.value for item in promised.items for line in item if line.key == "until"}
    assert untils == {promised.value("complete_until")}, "one day for all, the promised one"
    assert {item[0].value for item in promised.items} == {"居民户口簿", "残疾人证"}


def test_without_a_reason_nothing_is_refused(counter: Counter) -> None:
    counter.seated("canlian.subsidy")
    number = _cases(counter)["canlian"].number
    for word in REFUSAL:
        with pytest.raises(WindowError) as stopped:
            counter.desk.issue_notice(number, "refusal_notice", {**REFUSAL, word: "  "})
        assert stopped.value.code == "desk.notice_word_missing"
    assert counter.desk.visit is not None
    assert counter.desk.visit.vouchers == {}
    voucher = _issued(counter, "refusal_notice", "canlian", **REFUSAL)
    assert voucher.value("reason_told") == REFUSAL["reason_told"]


def test_a_departments_words_are_the_suggested_reason(counter: Counter) -> None:
    counter.departments.outcomes["canlian"] = lambda _: Refused("户籍不在本区")
    counter.ready()
    counter.desk.file_all()
    case = _cases(counter)["canlian"]
    said = notices.suggested("refusal_notice", "reason_told", case, counter.desk.station, counter.desk.now())
    assert said == "户籍不在本区"
    assert "refusal_notice" in _offered(counter, "canlian")
    assert "acceptance_notice" not in _offered(counter, "canlian")


def test_an_accepted_case_gets_its_notice_and_the_receipt_stays_the_receipt(counter: Counter) -> None:
    counter.ready()
    counter.desk.file_all()
    counter.desk.issue_voucher()
    voucher = _issued(
        counter, "acceptance_notice", "minzheng", basis="《中华人民共和国行政许可法》第三十二条第一款第五项"
    )
    case = _cases(counter)["minzheng"]
    assert (voucher.value("accepted_number"), voucher.value("case_number")) == (case.accepted_number, case.number)
    visit = counter.desk.visit
    assert visit is not None
    assert [one.kind for one in visit.vouchers.values()] == ["combined_receipt", "acceptance_notice"]
    assert visit.voucher is not None
    assert visit.voucher.kind == "combined_receipt", "a notice is not taken for the visit's receipt"
    counter.desk.print_notice("folder", "a5")
    counter.desk.print_notice("folder", "a4")
    visit = counter.desk.visit
    assert visit is not None
    assert [one.copies for one in visit.vouchers.values()] == [0, 2]
    assert counter.troubles == []
    for kind in ("collection_slip", "completion_notice"):
        typed = dict.fromkeys(notices.KINDS[kind][1], "2026-12-11")
        assert _issued(counter, kind, "minzheng", **typed).kind == kind
    counter.desk.close_visit()
    counter.desk.open_visit()
    assert counter.desk.notice is None, "the next resident's clerk starts with an empty sheet"
