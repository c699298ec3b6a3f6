"""A4 to A6: whatever the department does, the outcome is true, and its own book is the judge: 0 wrong states."""

from collections.abc import Callable
from functools import partial

import pytest

from bridges.filing import FieldsChecked, Filed, NotSent, Progress, Refused, Unsure
from bridges.filing_desk import FilingDesk
from tests.bridges.conftest import Town, filing_for

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Every fault at one department in every run; at the other two by night.
BY_NIGHT = partial(pytest.param, marks=pytest.mark.nightly)
FAULTY = ["gongan", *map(BY_NIGHT, ("canlian", "minzheng"))]


@pytest.mark.parametrize("department", FAULTY)
def test_a_well_department_files_once_and_the_same_key_brings_the_same_number(
    town: Town, desk: FilingDesk, department: str
) -> None:
    filing, before = filing_for(department), town.kept(department)
    outcome = desk.file(filing)
    assert isinstance(outcome, Filed)
    assert town.kept(department) == [*before, outcome.number]
    assert len(outcome.proofs) >= 18
    assert all(proof.ok for proof in outcome.proofs)
    again = desk.file(filing)
    assert isinstance(again, Filed)
    assert again.number == outcome.number
    assert town.kept(department) == [*before, outcome.number]


@pytest.mark.parametrize("department", FAULTY)
@pytest.mark.parametrize("fault", ["half_page", BY_NIGHT("no_number"), "other_person"])
def test_a_doubtful_answer_is_settled_by_asking(
    town: Town, desk: FilingDesk, trouble: Callable[..., None], department: str, fault: str
) -> None:
    before = town.kept(department)
    trouble(department, **{fault: True})
    outcome = desk.file(filing_for(department))
    fresh = [number for number in town.kept(department) if number not in before]
    assert len(fresh) == 1
    assert isinstance(outcome, Filed | Unsure)
    if isinstance(outcome, Filed):
        assert outcome.number == fresh[0]


@pytest.mark.parametrize("department", FAULTY)
def test_the_number_of_an_older_case_is_never_taken(
    town: Town, desk: FilingDesk, trouble: Callable[..., None], department: str
) -> None:
    """The receipt shows the number of the case before, and the look-up lists that older case of the same person."""
    older = desk.file(filing_for(department))
    assert isinstance(older, Filed)
    before = town.kept(department)
    trouble(department, same_number=True)
    outcome = desk.file(filing_for(department))
    [fresh] = [number for number in town.kept(department) if number not in before]
    assert fresh != older.number
    assert isinstance(outcome, Filed | Unsure)
    if isinstance(outcome, Filed):
        assert (outcome.number, outcome.found_by_lookup) == (fresh, True)


@pytest.mark.parametrize("department", FAULTY)
def test_the_departments_no_is_a_no_in_its_own_words(
    town: Town, desk: FilingDesk, trouble: Callable[..., None], department: str
) -> None:
    before = town.kept(department)
    trouble(department, refuse="演示：不符合申领条件")
    outcome = desk.file(filing_for(department))
    assert isinstance(outcome, Refused)
    assert "不符合申领条件" in outcome.words
    assert town.kept(department) == before


@pytest.mark.parametrize("department", FAULTY)
def test_an_error_page_after_the_click_is_never_called_not_sent(
    town: Town, desk: FilingDesk, trouble: Callable[..., None], department: str
) -> None:
    before = town.kept(department)
    trouble(department, error500=True)
    assert isinstance(desk.file(filing_for(department)), Unsure)
    assert town.kept(department) == before


@pytest.mark.parametrize("department", FAULTY)
@pytest.mark.parametrize("change", ["new_required", BY_NIGHT("removed"), "reworded"])
def test_a_changed_page_stops_before_anything_is_sent(
    town: Town, desk: FilingDesk, trouble: Callable[..., None], department: str, change: str
) -> None:
    before = town.kept(department)
    trouble(department, page_changed=change)
    outcome = desk.file(filing_for(department))
    assert isinstance(outcome, NotSent)
    assert outcome.reason == "page"
    assert outcome.code == ("new_required" if change == "new_required" else "field_missing")
    assert town.kept(department) == before


@pytest.mark.parametrize("department", FAULTY)
@pytest.mark.parametrize("change", [BY_NIGHT("rename"), "reordered", "twin"])
def test_a_page_changed_under_the_same_labels_is_filled_right_or_not_at_all(
    town: Town, desk: FilingDesk, trouble: Callable[..., None], department: str, change: str
) -> None:
    before = town.kept(department)
    trouble(department, page_changed=change)
    outcome = desk.file(filing_for(department))
    if isinstance(outcome, Filed):
        assert town.kept(department) == [*before, outcome.number]
    else:
        assert isinstance(outcome, NotSent)
        assert town.kept(department) == before


def test_a_department_that_is_down_or_broken_costs_nothing(
    town: Town, desk: FilingDesk, trouble: Callable[..., None]
) -> None:
    before = town.kept("gongan")
    trouble("gongan", down=True)
    filing = filing_for("gongan")
    outcome = desk.file(filing)
    assert isinstance(outcome, NotSent)
    assert (outcome.reason, outcome.code) == ("transport", "department_down")
    assert town.kept("gongan") == before
    town.running.trouble("gongan")
    assert isinstance(desk.file(filing), Filed), "the same key may be tried again: surely nothing was sent"


@pytest.mark.parametrize("department", FAULTY)
def test_a_lost_session_before_the_click_is_renewed_and_filed_once(
    town: Town, desk: FilingDesk, trouble: Callable[..., None], department: str
) -> None:
    before = town.kept(department)
    desk.warm(department)
    trouble(department, logout=True)
    outcome = desk.file(filing_for(department))
    assert isinstance(outcome, Filed)
    assert town.kept(department) == [*before, outcome.number]


def test_a_wrong_password_is_said_and_nothing_is_sent(town: Town) -> None:
    desk = town.desk(journal=town.home / "wrong-password.db", password="not-the-password")
    before = town.kept("gongan")
    try:
        outcome = desk.file(filing_for("gongan"))
    finally:
        desk.close()
    assert isinstance(outcome, NotSent)
    assert (outcome.reason, outcome.code) == ("login", "wrong_password")
    assert town.kept("gongan") == before


@pytest.mark.parametrize(("character", "substitute"), [("䶮", "〓"), ("𠮷", "吉"), ("\U00030000", "")])
def test_a_character_the_old_system_loses_is_refused_by_name_before_anything_is_typed(
    town: Town, desk: FilingDesk, character: str, substitute: str
) -> None:
    """A recorded substitute is offered, never used; the department would have stored something else without a word."""
    before, typed = town.kept("gongan"), list[Progress]()
    outcome = desk.file(
        filing_for("gongan", **{"person.name": f"黎{character}"}),
        lambda told: typed.append(told) if isinstance(told, FieldsChecked) else None,
    )
    assert isinstance(outcome, NotSent)
    assert (outcome.reason, outcome.code) == ("data", "charset_substitute" if substitute else "charset")
    assert (outcome.detail["character"], outcome.detail["substitute"]) == (character, substitute)
    assert (typed, outcome.proofs) == ([], ())
    assert town.kept("gongan") == before
