"""Hand-over: parked before the intent, driven through the live view, read again; a person's own click is a doubt."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from bridges.filing import (
    Changed,
    Filed,
    Filing,
    Frame,
    NotSent,
    Outcome,
    PageAnswered,
    PageAsks,
    Parked,
    Progress,
    Resumed,
    StepBegan,
    Unsure,
)
from bridges.filing_desk import FilingDesk
from bridges.hand_over import HandOver
from bridges.journal import open_plain
from bridges.recipe import load
from tests.bridges.light_department import LightDepartment, light_department
from tests.bridges.siege import RECIPE, light_filing

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass
class Counter:
    """A filing under way and the clerk beside it."""

    desk: FilingDesk
    department: LightDepartment
    room: Path
    heard: list[Progress] = field(default_factory=list)
    clerk: HandOver = field(default_factory=HandOver)
    ends: list[Outcome] = field(default_factory=list)
    thread: threading.Thread | None = None
    stop: threading.Event = field(default_factory=threading.Event)

    def begin(self, filing: Filing, take_over_at: str = "submit", patience: float = 60) -> None:
        self.heard, self.clerk, self.ends, self.stop = [], HandOver(patience), [], threading.Event()

        def hear(told: Progress) -> None:
            self.heard.append(told)
            if isinstance(told, StepBegan) and told.name == take_over_at:
                self.clerk.take_over()

        work = lambda: self.ends.append(self.desk.file(filing, hear, self.stop, hand_over=self.clerk))  # noqa: E731
        self.thread = threading.Thread(target=work)
        self.thread.start()

    def until(self, kind: type, seconds: float = 40, turn: int = 1) -> Progress:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self.ends:
            found = [told for told in self.heard if isinstance(told, kind)]
            if len(found) >= turn:
                return found[-1]
            time.sleep(0.01)
        raise AssertionError((kind.__name__, self.ends, [told for told in self.heard if not isinstance(told, Frame)]))

    def end(self) -> Outcome:
        assert self.thread
        self.thread.join(60)
        return self.ends[0]

    def click(self, x: float, y: float) -> None:
        """At a place of the page in CSS pixels, as the live view would send it."""
        wide, high = self.view()
        for kind, clicks in (("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 1)):
            self.clerk.point(kind, x / wide, y / high, button="left" if clicks else "none", clicks=clicks)  # type: ignore[arg-type]

    def view(self) -> tuple[int, int]:
        """The largest: while evidence is taken the browser shows the same page smaller for a moment."""
        self.until(Frame)
        return max((told.width, told.height) for told in self.heard if isinstance(told, Frame))


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    room = tmp_path_factory.mktemp("counter")
    with light_department(room) as department:
        file = room / "light.yaml"
        file.write_text(RECIPE.format(base=department.url, delay=0.6), encoding="utf-8")
        recipe = load(file)
        desk = FilingDesk(open_plain(room / "j.db"), room / "browsers", lambda _: None, departments={"light": recipe})
        yield Counter(desk, department, room)
        desk.close()


# Where things stand on /quick, in CSS pixels: two lines of a form and its button (light_department.py).
NAME, BUTTON, MERGE = (90, 26), (30, 105), (340, 40)


def _state(counter: Counter, key: str) -> str:
    engine = create_engine(f"sqlite:///{counter.room / 'j.db'}")
    with engine.connect() as db:
        found = str(db.execute(text("select state from bridge_run where key = :k"), {"k": key}).scalar_one())
    engine.dispose()
    return found


def test_a_page_that_was_only_looked_at_goes_on_and_is_filed_once(counter: Counter) -> None:
    filing = light_filing(1)
    counter.begin(filing)
    counter.until(Parked)
    assert _state(counter, filing.key) == "parked", "as durable as an intent, before the person has the page"
    for turn in range(2, 5):  # given back and taken again, because one reading on a busy machine says little
        counter.clerk.take_over()
        counter.clerk.carry_on()
        counter.until(Parked, turn=turn)
    counter.clerk.carry_on()
    outcome = counter.end()
    assert isinstance(outcome, Filed)
    assert counter.department.numbers_of(filing.values["person.id_number"]) == [outcome.number]
    took = [told.ms for told in counter.heard if isinstance(told, Resumed)]
    assert len(took) == 4
    assert min(took) <= 200, "looked at again and every field read"


@pytest.mark.parametrize("keep", [pytest.param("case", marks=pytest.mark.nightly), "page"])
def test_what_the_person_changed_is_shown_and_one_of_both_counts(counter: Counter, keep: str) -> None:
    filing = light_filing(2 if keep == "case" else 3)
    counter.begin(filing)
    counter.until(Parked)
    counter.click(*NAME)
    counter.clerk.press("End", "End", 35)
    counter.clerk.write("改")
    counter.clerk.carry_on()
    changed = counter.until(Changed)
    assert isinstance(changed, Changed)
    [one] = changed.fields
    wanted = filing.values["person.name"]
    assert (one.element, one.wanted, one.got) == ("person.name", wanted, f"{wanted}改")
    counter.clerk.carry_on("case" if keep == "case" else "page")
    outcome = counter.end()
    [row] = [row for row in counter.department.book() if row["id_number"] == filing.values["person.id_number"]]
    assert isinstance(outcome, Filed), "also the receipt is compared with what counts now"
    assert row["name"] == (wanted if keep == "case" else f"{wanted}改")
    assert [one.got for one in counter.clerk.kept] == ([] if keep == "case" else [f"{wanted}改"])


def test_what_the_page_asks_is_answered_by_the_person_who_holds_it(counter: Counter) -> None:
    filing = light_filing(21)
    name = filing.values["person.name"]
    counter.begin(filing)
    counter.until(Parked)
    counter.click(*MERGE)
    confirm = counter.until(PageAsks)
    assert confirm == PageAsks(1, "confirm", "是否合并办理？")
    counter.clerk.carry_on()  # too early: a page that asks cannot be read, and nothing goes on behind its back
    counter.clerk.answer_page(1, True)
    assert counter.until(PageAsks, turn=2) == PageAsks(2, "prompt", "合并到哪一件？", "A-1")
    counter.clerk.answer_page(2, True, "B-7")
    counter.until(PageAnswered, turn=2)
    counter.clerk.carry_on()
    changed = counter.until(Changed)
    assert isinstance(changed, Changed)
    assert [one.got for one in changed.fields] == [f"{name}/B-7"]
    counter.clerk.carry_on("case")
    assert isinstance(counter.end(), Filed)


def test_a_question_nobody_answers_is_sent_away(counter: Counter) -> None:
    """Also the control of the test above: an answer that is not the person's leaves other words on the page."""
    filing = light_filing(22)
    counter.begin(filing, patience=0.3)
    counter.until(Parked)
    counter.click(*MERGE)
    assert counter.until(PageAnswered) == PageAnswered(1)
    counter.clerk.carry_on()
    changed = counter.until(Changed)
    assert isinstance(changed, Changed)
    assert [one.got for one in changed.fields] == [f"{filing.values['person.name']}/否"]
    counter.stop.set()
    counter.clerk.carry_on("case")
    assert isinstance(counter.end(), NotSent)


def test_a_submit_clicked_by_the_person_is_asked_about_and_never_repeated(counter: Counter) -> None:
    filing = light_filing(4)
    counter.begin(filing)
    counter.until(Parked)
    counter.click(*BUTTON)
    number = _kept(counter, filing)
    counter.clerk.carry_on()
    outcome = counter.end()
    assert isinstance(outcome, Filed)
    assert (outcome.number, outcome.found_by_lookup) == (number, True)
    assert counter.department.numbers_of(filing.values["person.id_number"]) == [number]


def test_a_worker_that_dies_in_the_persons_hands_leaves_a_doubt(counter: Counter) -> None:
    """Negative control inside: the book holds the case that a second walk would have doubled."""
    filing = light_filing(5)
    counter.begin(filing)
    counter.until(Parked)
    counter.click(*BUTTON)
    number = _kept(counter, filing)
    os.kill(counter.desk._hands["light"].worker_pid or 0, signal.SIGKILL)
    outcome = counter.end()
    assert isinstance(outcome, Filed | Unsure)
    assert isinstance(counter.desk.file(filing), Filed)
    assert counter.department.numbers_of(filing.values["person.id_number"]) == [number]


def test_a_stop_in_the_persons_hands_says_surely_nothing_was_sent(counter: Counter) -> None:
    filing = light_filing(6)
    counter.begin(filing, take_over_at="fill")
    counter.until(Parked)
    counter.stop.set()
    outcome = counter.end()
    assert isinstance(outcome, NotSent)
    assert outcome.code == "stopped_by_clerk"
    assert isinstance(counter.desk.file(filing), Filed), "the same key may be sent again"


@pytest.mark.nightly
def test_without_anybody_at_the_counter_nothing_parks(counter: Counter) -> None:
    filing = light_filing(7)
    assert isinstance(counter.desk.file(filing), Filed)
    assert counter.department.numbers_of(filing.values["person.id_number"]) != []


def _kept(counter: Counter, filing: Filing) -> str:
    deadline = time.monotonic() + 30
    ask: Callable[[], list[str]] = lambda: counter.department.numbers_of(filing.values["person.id_number"])  # noqa: E731
    while not ask() and time.monotonic() < deadline:
        time.sleep(0.01)
    return ask()[0]
