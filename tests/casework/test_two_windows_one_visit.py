"""B11: many writers on one visit, exactly one wins each place, the others are told and nothing of theirs is written."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from tests.casework.room import cabinet_on, opened
from window_client.casework import facts as f
from window_client.casework.errors import Overtaken, WindowError
from window_client.casework.records.cabinet import Cabinet
from window_client.casework.records.tables import VisitRow

VISIT = "V20261121-03-0001"


def together(*acts: Callable[[], None]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


@pytest.mark.parametrize("rounds", [15])
def test_exactly_one_of_two_wins(engine: Engine, rounds: int) -> None:
    windows = [cabinet_on(engine, "w03"), cabinet_on(engine, "w04")]
    length = windows[0].append(VISIT, opened(VISIT), expected=0, actor="c01")
    for turn in range(rounds):
        won: list[str] = []
        lost: list[Overtaken] = []
        start = threading.Barrier(2)

        def write(cabinet: Cabinet, who: str, at: int = length, gate: threading.Barrier = start) -> None:
            gate.wait()
            try:
                cabinet.append(VISIT, (f.Disputed(f"remark.{who}"),), expected=at, actor=who)
                won.append(who)  # noqa: B023 — joined below, before the next round
            except Overtaken as told:
                lost.append(told)  # noqa: B023

        together(lambda: write(windows[0], "a"), lambda: write(windows[1], "b"))
        assert (len(won), len(lost)) == (1, 1), turn
        assert lost[0].found == length + 1
        length += 1
    entries = windows[0].facts(VISIT)
    assert [entry.seq for entry in entries] == list(range(1, length + 1))
    assert windows[0].verify_chain().ok


def test_the_first_entry_of_a_visit_has_one_winner(engine: Engine) -> None:
    windows = [cabinet_on(engine, "w03"), cabinet_on(engine, "w04")]
    told: list[str] = []

    def write(cabinet: Cabinet) -> None:
        try:
            cabinet.append(VISIT, opened(VISIT), expected=0, actor="c01")
            told.append("won")
        except Overtaken:
            told.append("lost")

    together(*(lambda cabinet=cabinet: write(cabinet) for cabinet in windows))
    assert sorted(told) == ["lost", "won"]
    assert len(windows[0].facts(VISIT)) == 3


def test_without_the_expected_length_one_decides_on_what_it_never_saw(engine: Engine) -> None:
    """Negative control: the naive writer asks for the length when it writes, and so overrules what it has not read."""
    cabinet = cabinet_on(engine)
    cabinet.append(VISIT, opened(VISIT), expected=0, actor="c01")

    def naive(fact: f.Fact) -> None:
        with engine.connect() as db:
            length = db.scalar(select(VisitRow.length).where(VisitRow.number == VISIT)) or 0
        cabinet.append(VISIT, (fact,), expected=length, actor="naive")

    decided_on = len(cabinet.facts(VISIT))
    naive(f.CaseDropped(f"{VISIT}-1"))
    naive(f.FilingBegun(f"{VISIT}-1", "canlian", "k"))  # decided while the case was still open
    assert len(cabinet.facts(VISIT)) == decided_on + 2
    with pytest.raises(Overtaken):
        cabinet.append(VISIT, (f.FilingBegun(f"{VISIT}-1", "canlian", "k"),), expected=decided_on, actor="careful")


def test_a_visit_number_is_never_given_twice(engine: Engine) -> None:
    windows = [cabinet_on(engine, station) for station in ("w03", "w04")]
    given: list[str] = []

    def take(cabinet: Cabinet) -> None:
        given.extend(cabinet.next_visit_number("03", date(2026, 11, 21)) for _ in range(15))

    together(*(lambda cabinet=cabinet: take(cabinet) for cabinet in windows))
    assert sorted(given) == [f"V20261121-03-{n:04d}" for n in range(1, 31)]
    assert windows[0].next_visit_number("03", date(2026, 11, 22)) == "V20261122-03-0001"
    assert windows[0].next_visit_number("04", date(2026, 11, 21)) == "V20261121-04-0001"


def test_nothing_of_a_failed_append_is_there(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from window_client.casework.records import cabinet as module

    cabinet = cabinet_on(engine)
    cabinet.append(VISIT, opened(VISIT), expected=0, actor="c01")

    def breaks(*_: object) -> None:
        raise IntegrityError("", {}, Exception())

    monkeypatch.setattr(module, "set_head", breaks)
    with pytest.raises(WindowError) as told:
        cabinet.append(VISIT, (f.VisitClosed(),), expected=3, actor="c01")
    assert told.value.code == "casework.records_failed"
    monkeypatch.undo()
    assert len(cabinet.facts(VISIT)) == 3
    assert cabinet.open_visits() == (VISIT,)
    assert cabinet.append(VISIT, (f.VisitClosed(),), expected=3, actor="c01") == 4
    assert cabinet.open_visits() == ()


def test_an_append_whose_answer_was_lost_is_found_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """B7: the connection went while committing; the ledger itself says whether it happened."""
    from contextlib import contextmanager

    from sqlalchemy.exc import OperationalError

    from window_client.casework.records import cabinet as module

    cabinet = cabinet_on(engine)
    cabinet.append(VISIT, opened(VISIT), expected=0, actor="c01")
    lost = OperationalError("COMMIT", {}, Exception(), connection_invalidated=True)

    @contextmanager
    def answer_lost(used: Engine):  # type: ignore[no-untyped-def]
        with used.begin() as connection:
            yield connection
        raise lost

    @contextmanager
    def nothing_happened(used: Engine):  # type: ignore[no-untyped-def]
        if used.dialect.name:
            raise lost
        yield

    monkeypatch.setattr(module, "writing", answer_lost)
    assert cabinet.append(VISIT, (f.Rated(5),), expected=3, actor="c01") == 4
    monkeypatch.setattr(module, "writing", nothing_happened)
    with pytest.raises(WindowError) as told:
        cabinet.append(VISIT, (f.VisitClosed(),), expected=4, actor="c01")
    assert told.value.code == "casework.records_unreachable"
    monkeypatch.undo()
    assert len(cabinet.facts(VISIT)) == 4
