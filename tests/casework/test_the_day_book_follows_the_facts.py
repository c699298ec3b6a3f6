"""The case table is what the fold says, in the same transaction; found by words; it forgets who must be forgotten."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from tests.casework.room import HOLDER, cabinet_on, opened, sample_number
from window_client.casework import facts as f
from window_client.casework.visit import replay

VISIT = "V20261121-03-0001"
CASES = tuple(f"{VISIT}-{n}" for n in (1, 2, 3))
CASE = st.sampled_from(CASES)
ITEM = {"item": st.just("minzheng.senior_card"), "version": st.just(1), "department": st.just("minzheng")}
WORDS = st.sampled_from(["已办结", "审核中"])
DONE = {"fields_filled": st.just(1), "fields_verified": st.just(1), "seconds": st.just(1.0)}
HAPPENINGS = st.lists(
    st.one_of(
        st.builds(f.CaseOpened, case=CASE, **ITEM),
        st.builds(f.CaseDropped, case=CASE),
        st.builds(f.FilingBegun, case=CASE, department=st.just("minzheng"), key=st.just("k")),
        st.builds(f.Filed, case=CASE, number=st.sampled_from(["A1", "B2"]), **DONE),
        st.builds(f.Refused, case=CASE, words=st.just("材料不全")),
        st.builds(f.Unsure, case=CASE, why=st.just("bridge.hang")),
        st.builds(f.NotSent, case=CASE, reason=st.just("page"), code=st.just("bridge.page_changed")),
        st.builds(f.SubmitAgainAllowed, case=CASE, clerk=st.just("c01"), reason=st.just("查无")),
        st.builds(f.StatusLearnt, case=CASE, state=st.sampled_from(["working", "done"]), words=WORDS, at=WORDS),
    ),
    max_size=12,
)


@given(HAPPENINGS)
@settings(max_examples=40)
def test_the_table_is_the_fold(happened: list[f.Fact]) -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)  # in memory: only the bookkeeping is asked here
    cabinet = cabinet_on(engine)
    length = cabinet.append(VISIT, opened(VISIT), expected=0, actor="c01")
    for fact in happened:
        length = cabinet.append(VISIT, (fact,), expected=length, actor="c01")
    visit = replay(VISIT, (entry.fact for entry in cabinet.facts(VISIT)))
    rows = {
        row.number: (row.state, row.accepted_number, row.item, row.status, row.status_words, row.status_at)
        for row in cabinet.day_book()
    }
    assert rows == {
        case.number: (
            case.state, case.accepted_number, case.item, case.status, case.status_words, case.status_at
        )
        for case in visit.cases.values()
    }  # fmt: skip
    open_fates = {case.number for case in visit.cases.values() if case.state == "filed" and case.status != "done"}
    assert {row.number for row in cabinet.undecided(date(2026, 11, 1))} == open_fates
    engine.dispose()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("王小明", True),
        ("王", True),
        ("王大明", False),
        ("小明", False),
        ("残疾人两项", True),
        ("两项 补贴", True),
        ("cjrlxbt", True),
        ("残联", True),
        ("CL-2026-7", True),
        ("20261121-03", True),
        (sample_number()[-4:], True),
        (sample_number(), False),
        ("%", False),
        ("_", True),  # the item code holds one; as a wildcard it would find everything
        ("婚姻", False),
    ],
)
def test_a_case_is_found_by_what_people_say(engine: Engine, words: str, found: bool) -> None:
    cabinet = cabinet_on(engine)
    length = cabinet.append(VISIT, opened(VISIT), expected=0, actor="c01")
    filed = f.Filed(CASES[0], "CL-2026-7", 20, 20, 1.0)
    cabinet.append(VISIT, (f.FilingBegun(CASES[0], "canlian", "k"), filed), expected=length, actor="c01")
    rows = cabinet.day_book(day=date(2026, 11, 21), words=words, state="filed")
    if words == "_":
        assert cabinet.day_book(words="x_y") == ()
        return
    assert bool(rows) is found
    assert all(row.person == "王*明" for row in rows)


def test_pages_days_and_states(engine: Engine) -> None:
    cabinet = cabinet_on(engine)
    for n in range(1, 8):
        visit = f"V20261121-03-{n:04d}"
        cabinet.append(visit, opened(visit), expected=0, actor="c01")
    every = [row.number for row in cabinet.day_book()]
    assert every == sorted(every, reverse=True)
    assert [row.number for row in cabinet.day_book(limit=3, offset=2)] == every[2:5]
    assert cabinet.day_book(day=date(2026, 11, 20)) == ()
    assert cabinet.day_book(state="filed") == ()
    assert len(cabinet.day_book(state="open")) == 7
    assert len(cabinet.open_visits()) == 7


def test_a_forgotten_resident_is_no_longer_found(engine: Engine) -> None:
    cabinet = cabinet_on(engine)
    cabinet.append(VISIT, opened(VISIT), expected=0, actor="c01")
    assert cabinet.day_book(words="王小明")
    cabinet.forget(HOLDER)
    assert cabinet.day_book(words="王小明") == ()
    assert cabinet.day_book(words="王") == ()
    (row,) = cabinet.day_book(words="残疾人")
    assert row.person == ""
    assert cabinet.verify_chain().ok


def test_no_name_or_number_rests_beside_the_ledger(engine: Engine) -> None:
    from sqlalchemy import text

    cabinet = cabinet_on(engine)
    cabinet.append(VISIT, opened(VISIT), expected=0, actor="c01")
    with engine.connect() as db:
        kept = str([*db.execute(text("SELECT * FROM record_case")), *db.execute(text("SELECT * FROM record_visit"))])
    assert "王小明" not in kept
    assert "小" not in kept
    assert sample_number() not in kept
