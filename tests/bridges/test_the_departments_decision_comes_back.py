"""回传: an officer goes on with a filed case; asking changes nothing there and brings the department's words home."""

import pytest

from bridges.filing import Filed
from bridges.filing_desk import FilingDesk
from bridges.status import NoNews, Status
from tests.bridges.conftest import Town, filing_for
from window_client.casework import facts as f
from window_client.casework.visit import replay


@pytest.mark.browser
@pytest.mark.nightly  # the ordinary run learns it from the quiet round (test_departments_are_asked_in_the_quiet)
@pytest.mark.parametrize("department", ["gongan", "minzheng", "canlian"])
def test_what_an_officer_decides_is_learnt_by_asking(town: Town, desk: FilingDesk, department: str) -> None:
    filing = filing_for(department)
    outcome = desk.file(filing)
    assert isinstance(outcome, Filed)
    before = town.kept(department)
    assert desk.ask_status(filing, outcome.number) == Status("received", "已受理")
    for words, state in (("审核中", "working"), ("退回补正", "returned"), ("已办结", "done")):
        town.running.decide(department, outcome.number, words)
        assert desk.ask_status(filing, outcome.number) == Status(state, words)  # type: ignore[arg-type]
    assert desk.ask_status(filing, outcome.number[:-1]) == NoNews("unknown"), "part of a number is another number"
    assert town.kept(department) == before


def test_a_fate_belongs_to_a_filed_case_and_moves_nothing_else() -> None:
    learnt = f.StatusLearnt("V1-1", "done", "已办结", "2026-11-23T10:00+08:00")
    opened = (f.VisitOpened("99010100-03", "c1"), f.CaseOpened("V1-1", "gongan.hukou_book", 1, "gongan"))
    early = replay("V1", (*opened, learnt)).cases["V1-1"]
    assert (early.state, early.status) == ("open", "")
    filed = replay("V1", (*opened, f.Filed("V1-1", "GA-1", 1, 1, 1.0), learnt)).cases["V1-1"]
    assert (filed.state, filed.accepted_number, filed.status, filed.status_words) == ("filed", "GA-1", "done", "已办结")
