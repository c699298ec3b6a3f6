"""The quiet round asks real departments what became of filed cases, and nobody who files ever waits for it."""

import threading
from dataclasses import replace as changed
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from bridges.filing import Filed, Filing, StepBegan
from bridges.filing_desk import FilingDesk
from bridges.journal import METADATA, Journal
from bridges.recipe import departments
from bridges.status import NoNews, Status
from tests.bridges.conftest import Town, filing_for
from tests.casework.room import HERE, HOLDER, cabinet_on, catalogue
from window_client.casework import facts as f
from window_client.casework.errors import WindowError
from window_client.casework.records.cabinet import Cabinet
from window_client.casework.visit import Case, Visit
from window_client.counter.errands import Homecoming
from window_client.counter.fates import DAY, Fates, Pace
from window_client.counter.filing import without_papers

Quiet = tuple[Filing, Filed, list[Status | NoNews], list[tuple[Homecoming, int]]]
AT_ONCE = Pace(timedelta(milliseconds=1))


class Room:
    """A cabinet with one filed case, and a round whose clock moves a second with each look."""

    def __init__(self, filing: Filing, number: str, pace: Pace = AT_ONCE) -> None:
        self.cabinet: Cabinet = cabinet_on(create_engine("sqlite://", poolclass=StaticPool))
        self.case = filing.key.split(":", 1)[0]
        self.visit = self.case.rsplit("-", 1)[0]
        self.now = datetime(2026, 11, 21, 9, 31, tzinfo=HERE)
        card = {key: value for key, value in filing.values.items() if key.startswith("person.")}
        answers = (f.AnswerWritten(key, value) for key, value in filing.values.items())
        self.keep(
            f.VisitOpened("w03", "c01"), f.ResidentIdentified(HOLDER, card),
            f.CaseOpened(self.case, filing.item, 1, filing.department), *answers,
            f.FilingBegun(self.case, filing.department, filing.key), f.Filed(self.case, number, 20, 20, 1.0),
        )  # fmt: skip
        self.pace = pace

    def keep(self, *facts: f.Fact) -> None:
        length = len(self.cabinet.facts(self.visit))
        self.cabinet.append(self.visit, facts, expected=length, actor="c01")

    def fates(self, desk: FilingDesk) -> Fates:
        def ask(visit: Visit, case: Case, every: float, stop: threading.Event) -> Status | NoNews:
            asked = without_papers(visit, case, catalogue())
            del every  # the journal's clock is real and must not be waited for: its own pace is tried below
            return desk.ask_by_itself(asked, case.accepted_number, every=0.0, stop=stop)

        return Fates(self.cabinet, ask, self.pace, self._later)

    def _later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def learn(self, fates: Fates) -> tuple[str, str] | None:
        """One round; what it brought is written down as the Desk would."""
        home = fates.round(lambda _: None, threading.Event())
        self.keep(*home.facts)
        learnt = [one for one in home.facts if isinstance(one, f.StatusLearnt)]
        assert not learnt or home.visit == self.visit
        return (learnt[0].state, learnt[0].words) if learnt else None

    def book(self) -> tuple[str, str]:
        (row,) = self.cabinet.day_book()
        return row.status, row.status_words


@pytest.fixture(scope="module")
def quiet(desk: FilingDesk) -> Quiet:
    """One filing that meets a question under way, and in whose middle the round comes by."""
    elsewhere = Room(filing_for("gongan"), "JZ0")
    fates, filing = elsewhere.fates(desk), filing_for("gongan")
    answers: list[Status | NoNews] = []
    rounds: list[tuple[Homecoming, int]] = []
    hand = desk._hands["gongan"]
    used = hand.used
    # A number that is not there is looked for during seconds.
    ask = lambda: answers.append(desk.ask_by_itself(filing, "JZ-0000-0000", every=0.0))  # noqa: E731
    asking = threading.Thread(target=ask)
    asking.start()
    while hand.used == used:  # the question is under way
        assert asking.is_alive()
        threading.Event().wait(0.01)

    def tell(said: object) -> None:
        if isinstance(said, StepBegan) and not rounds:
            rounds.append((fates.round(lambda _: None, threading.Event()), fates.counts.asked))

    outcome = desk.file(filing, tell)
    asking.join()
    assert isinstance(outcome, Filed)
    return filing, outcome, answers, rounds


@pytest.mark.browser
def test_whoever_files_is_neither_disturbed_nor_kept_waiting(town: Town, quiet: Quiet) -> None:
    _, outcome, answers, rounds = quiet
    assert answers == [NoNews("gave_way")]
    assert rounds == [(Homecoming(), 0)], "a department that is filed at is not asked"
    assert town.kept("gongan").count(outcome.number) == 1


@pytest.mark.browser
def test_a_decision_comes_home_by_itself_and_a_last_word_is_never_asked_again(
    town: Town, desk: FilingDesk, quiet: Quiet
) -> None:
    filing, outcome, *_ = quiet
    room = Room(filing, outcome.number)
    fates = room.fates(desk)
    before = town.kept("gongan")
    assert room.learn(fates) == ("received", "已受理")  # also the control of the test above: an idle one is asked
    town.running.decide("gongan", outcome.number, "退回补正")
    assert room.learn(fates) == ("returned", "退回补正")
    assert room.learn(fates) is None, "no news is no fact"
    town.running.decide("gongan", outcome.number, "已办结")
    assert room.learn(fates) == ("done", "已办结")
    assert room.book() == ("done", "已办结")
    assert (fates.counts.asked, fates.counts.news, sum(fates.counts.without_answer.values())) == (4, 3, 0)
    town.running.decide("gongan", outcome.number, "不予办理")
    assert room.learn(fates) is None
    assert fates.counts.asked == 4, "the department had said its last word"
    # Control: the department would have told, had it been asked.
    assert desk.ask_status(filing, outcome.number) == Status("refused", "不予办理")
    assert town.kept("gongan") == before


def test_a_closed_department_and_one_without_an_account_are_not_touched(town: Town) -> None:
    recipe, sunday = departments()["gongan"], datetime(2026, 11, 22, 12, 0, tzinfo=HERE).timestamp()
    for over, why in ((changed(recipe, hours=("Mon 00:00-00:01",)), "closed"), (recipe, "no_account")):
        desk = FilingDesk(
            Journal(create_engine("sqlite://")), town.home / f"untouched-{why}", lambda _: None,
            departments={"gongan": over}, base_urls=town.running.urls, clock=lambda: sunday,
        )  # fmt: skip
        assert desk.ask_by_itself(filing_for("gongan"), "JZ1", every=0.0) == NoNews(why)  # type: ignore[arg-type]
        assert desk._hands["gongan"].used == 0, "no browser was started"
        desk.close()


# ---- pace and trouble: what the department answers is written down, the round is the real one ----------------------


def _short() -> Filing:
    filing = filing_for("gongan")
    return changed(filing, values={"person.name": filing.values["person.name"]}, attachments=())


def _round(room: Room, said: list[Status | NoNews | Exception], asked: list[float]) -> Fates:
    def ask(visit: Visit, case: Case, every: float, stop: threading.Event) -> Status | NoNews:
        del visit, case, stop
        asked.append(every)
        answer = said.pop(0) if said else NoNews("unknown")
        if isinstance(answer, Exception):
            raise answer
        return answer

    return Fates(room.cabinet, ask, room.pace, lambda: room.now)


def _rounds(room: Room, fates: Fates, span: timedelta, step: timedelta) -> int:
    before = fates.counts.asked
    for _ in range(span // step):
        room.now += step
        room.learn(fates)
    return fates.counts.asked - before


def test_a_case_is_asked_about_the_more_seldom_the_older_it_is() -> None:
    room = Room(_short(), "JZ2", Pace(timedelta(minutes=30), days=30))
    asked: list[float] = []
    fates = _round(room, [], asked)
    assert _rounds(room, fates, DAY / 2, timedelta(minutes=10)) == 24, "every half hour"
    room.now += 9 * DAY
    assert _rounds(room, fates, DAY, timedelta(minutes=30)) in (4, 5, 6), "every five hours"
    room.now += 15 * DAY
    assert _rounds(room, fates, 2 * DAY, timedelta(hours=2)) in (4, 5)
    room.now += 10 * DAY
    assert _rounds(room, fates, DAY, timedelta(hours=6)) == 0, "after thirty days only the clerk's button asks"
    assert max(asked) <= DAY.total_seconds()
    assert Fates(room.cabinet, lambda *_: NoNews("unknown"), Pace(timedelta(0)), lambda: room.now).errand() is None


def test_trouble_is_counted_and_the_department_rests() -> None:
    room = Room(_short(), "JZ3", Pace(timedelta(minutes=10)))
    fates = _round(room, [NoNews("login")], [])
    assert _rounds(room, fates, timedelta(hours=23), timedelta(minutes=10)) == 1, "a wrong password is not tried again"
    assert _rounds(room, fates, timedelta(hours=3), timedelta(minutes=10)) >= 1
    assert fates.counts.without_answer["login"] == 1
    again = _round(room, [NoNews("trouble")] * 8, [])
    assert _rounds(room, again, timedelta(hours=8), timedelta(minutes=10)) <= 5, "each rest is longer"
    forgotten = _round(room, [WindowError("vault.gone")], [])
    room.now += DAY
    assert room.learn(forgotten) is None
    assert forgotten.counts.without_answer == {"vault.gone": 1}


@pytest.fixture
def journal(engine: Engine) -> tuple[Journal, list[float]]:
    METADATA.create_all(engine)
    now = [1000.0]
    return Journal(engine, clock=lambda: now[0]), now


def test_all_windows_of_an_office_ask_once(journal: tuple[Journal, list[float]]) -> None:
    book, _ = journal
    assert book.may_ask("a:gongan:1", "gongan", every=1800.0, per_minute=0)
    assert not book.may_ask("a:gongan:1", "gongan", every=1800.0, per_minute=0)
    assert book.may_ask("b:gongan:1", "gongan", every=1800.0, per_minute=0)
    assert book.may_ask("a:gongan:1", "gongan", every=0.0, per_minute=0), "its time has come"
    assert not book.may_ask("c:gongan:1", "gongan", every=1800.0, per_minute=3), "the last turn is for whoever files"
    assert book.may_ask("c:minzheng:1", "minzheng", every=1800.0, per_minute=3)
