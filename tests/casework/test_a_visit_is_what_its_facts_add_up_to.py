"""Laws of the fold: total, decided by facts alone, a filed number is never lost, a confirmation dies of any change."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from window_client.casework import facts as f
from window_client.casework.visit import Case, Visit, replay

CASES = st.sampled_from(["V-1", "V-2", "V-9"])
DOCUMENTS = st.sampled_from(["d1", "d2"])
ELEMENTS = st.sampled_from(["person.name", "contact.phone", "bank.account"])
FACTS: st.SearchStrategy[f.Fact] = st.one_of(
    st.builds(f.VisitOpened, st.just("99010101-03"), st.just("0317")),
    st.builds(f.ResidentIdentified, st.just("ab" * 16), st.just({"person.name": "示例"})),
    st.builds(f.CaseOpened, CASES, st.sampled_from(["a.one", "b.two"]), st.just(1), st.sampled_from(["a", "b"])),
    st.builds(f.CaseDropped, CASES),
    st.builds(f.Offered, st.just((f.OfferedDocument("d1", "id_card", "2026-01-01"),))),
    st.builds(f.Agreed, st.just("c1"), st.tuples(DOCUMENTS), st.just(("a.one",)), st.just("2026-11-22T00:00")),
    st.builds(f.Declined, st.tuples(DOCUMENTS)),
    st.builds(f.MaterialKept, st.just("id_card"), DOCUMENTS, st.just("scanned"), DOCUMENTS),
    st.builds(f.MaterialTakenBack, st.just("id_card")),
    st.builds(f.AnswerWritten, ELEMENTS, st.sampled_from(["", "一", "二"])),
    st.builds(f.Disputed, ELEMENTS),
    st.builds(f.Confirmed, st.just("digest"), st.just("s1")),
    st.builds(f.FilingBegun, CASES, st.sampled_from(["a", "b"]), st.just("key")),
    st.builds(f.Filed, CASES, st.sampled_from(["GA-1", "GA-2"]), st.just(9), st.just(9), st.just(1.0)),
    st.builds(f.Refused, CASES, st.just("不符合条件")),
    st.builds(f.Unsure, CASES, st.just("bridge.no_number")),
    st.builds(f.NotSent, CASES, st.just("page"), st.just("bridge.page_changed")),
    st.builds(f.SubmitAgainAllowed, CASES, st.just("0317"), st.just("已核实")),
    st.builds(f.VoucherIssued, st.just("V-R1"), st.just("combined_receipt"), st.just(("V-1",)), st.just("x")),
    st.builds(f.Printed, st.just("V-R1"), st.just("folder"), st.just("a4"), st.just(0)),
    st.builds(f.Rated, st.integers(1, 5)),
    st.builds(f.VisitClosed),
)


@given(st.lists(FACTS, max_size=40))
def test_any_order_of_facts_folds_and_counts_itself(happened: list[f.Fact]) -> None:
    assert replay("V", happened).length == len(happened)


@given(st.lists(FACTS, max_size=40), st.lists(FACTS, max_size=40))
def test_a_fold_goes_on_where_it_stopped(before: list[f.Fact], after: list[f.Fact]) -> None:
    visit = replay("V", before)
    for fact in after:
        visit = visit.after(fact)
    assert visit == replay("V", [*before, *after])


def _lost_numbers(happened: list[f.Fact], fold_case: object = None) -> list[str]:
    """Numbers that a department gave to an open case and that the visit no longer shows."""
    visit, numbers = Visit("V"), {}
    for fact in happened:
        visit = visit.after(fact)
        if fold_case is not None and not isinstance(fact, f.CaseOpened) and hasattr(fact, "case"):
            visit = fold_case(visit, fact)  # type: ignore[operator]
        for case in visit.cases.values():
            if isinstance(fact, f.Filed) and fact.case == case.number and case.number not in numbers:
                numbers[case.number] = fact.number
    return [number for case, number in numbers.items() if visit.cases[case].accepted_number != number]


WITHOUT_REOPENING = st.lists(FACTS, max_size=40).map(
    lambda happened: [
        fact
        for place, fact in enumerate(happened)
        if not isinstance(fact, f.CaseOpened) or not any(_opens(earlier, fact) for earlier in happened[:place])
    ]
)


def _opens(earlier: f.Fact, fact: f.CaseOpened) -> bool:
    return isinstance(earlier, f.CaseOpened) and earlier.case == fact.case


@given(WITHOUT_REOPENING)
def test_a_filed_number_is_never_lost(happened: list[f.Fact]) -> None:
    assert _lost_numbers(happened) == []


def test_a_fold_that_lets_later_facts_reach_a_filed_case_loses_numbers() -> None:
    """Negative control: the same check fails for a fold without the guard."""

    def naive(visit: Visit, fact: f.Fact) -> Visit:
        if not isinstance(fact, f.Unsure) or fact.case not in visit.cases:
            return visit
        spoilt = replace(visit.cases[fact.case], state="unsure", accepted_number="")
        return replace(visit, cases={**visit.cases, fact.case: spoilt})

    happened: list[f.Fact] = [
        f.CaseOpened("V-1", "a.one", 1, "a"),
        f.Filed("V-1", "GA-1", 9, 9, 1.0),
        f.Unsure("V-1", "bridge.no_number"),
    ]
    assert _lost_numbers(happened) == []
    assert _lost_numbers(happened, naive) == ["GA-1"]


@given(WITHOUT_REOPENING, FACTS)
def test_a_confirmation_holds_exactly_as_long_as_the_form_says_the_same(happened: list[f.Fact], more: f.Fact) -> None:
    visit = replay("V", happened)
    confirmed = visit.after(f.Confirmed(visit.form_digest, "s1"))
    assert confirmed.is_confirmed
    changed = confirmed.after(more)
    still_the_same = changed.form_digest == visit.form_digest
    assert changed.is_confirmed == (
        changed.confirmation is not None and changed.confirmation.form_digest == changed.form_digest
    )
    if not isinstance(more, f.Confirmed):
        assert changed.is_confirmed == still_the_same


def test_a_changed_answer_voids_the_signature_by_itself() -> None:
    visit = replay("V", [f.CaseOpened("V-1", "a.one", 1, "a"), f.AnswerWritten("contact.phone", "一")])
    signed = visit.after(f.Confirmed(visit.form_digest, "s1"))
    assert signed.is_confirmed
    assert not signed.after(f.AnswerWritten("contact.phone", "二")).is_confirmed
    assert (
        signed.after(f.AnswerWritten("contact.phone", "二")).after(f.AnswerWritten("contact.phone", "一")).is_confirmed
    )


def test_a_filing_begun_and_never_ended_is_neither_open_nor_filed() -> None:
    visit = replay("V", [f.CaseOpened("V-1", "a.one", 1, "a"), f.FilingBegun("V-1", "a", "V-1:a:1")])
    assert visit.cases["V-1"].state == "begun"
    assert not visit.cases["V-1"].may_be_filed


def test_only_a_person_gives_an_unsure_case_a_new_key() -> None:
    begun: list[f.Fact] = [
        f.CaseOpened("V-1", "a.one", 1, "a"),
        f.FilingBegun("V-1", "a", "V-1:a:1"),
        f.Unsure("V-1", "bridge.no_number"),
    ]
    unsure = replay("V", begun).cases["V-1"]
    assert not unsure.may_be_filed
    assert unsure.next_key == "V-1:a:1"
    allowed = replay("V", [*begun, f.SubmitAgainAllowed("V-1", "0317", "电话核实未收到")]).cases["V-1"]
    assert allowed.may_be_filed
    assert allowed.next_key == "V-1:a:2"


def test_a_case_at_its_department_cannot_be_dropped() -> None:
    filed = Case("V-1", "a.one", 1, "a", state="filed", accepted_number="GA-1")
    visit = replace(Visit("V"), cases={"V-1": filed}).after(f.CaseDropped("V-1"))
    assert visit.cases["V-1"] == filed
