"""kill -9 of the client in the middle of a visit: the visit is there again, and no department gets a case twice."""

from __future__ import annotations

import signal
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from bridges import training
from tests.journeys.conftest import demo
from window_client.assembly import House, open_house
from window_client.casework.errors import WindowError
from window_client.counter.desk import Desk, Rooms
from window_client.counter.errands import Errand
from window_client.demo.stage_set import DEPARTMENTS, house_settings
from window_client.devices.roll_call import card_reader_for, scanner_for

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(480)]


BY_NIGHT = [pytest.param(beat, marks=pytest.mark.nightly) for beat in ("06-agreed", "09-sign")]
BEATS = [*BY_NIGHT, "11-filed"]


def _kill_after(beat: str, out: Path) -> None:
    running = demo(out)
    assert running.stderr is not None
    for line in running.stderr:
        if line.strip() == beat:
            break
    running.send_signal(signal.SIGKILL)
    running.wait(30)
    running.stderr.close()
    assert running.stdout is not None
    running.stdout.close()


def _nobody() -> str:
    raise AssertionError("nobody is asked")


def _desk(house: House) -> Desk:
    """A Desk whose errands run at once; everything else is the house as it stands."""
    made: list[Desk] = []

    def hand_out(errand: Errand) -> None:
        try:
            home = errand.work(lambda said: made[0].hear(errand, said), errand.stop)
        except WindowError as trouble:
            made[0].went_wrong(errand, trouble)
        else:
            made[0].take_in(errand, home)

    rooms = Rooms(
        house.cabinet,
        house.vault,
        house.filing_desk,
        house.press,
        house.catalogue,
        lambda: scanner_for(house.settings),
        lambda: card_reader_for(house.settings),
    )
    made.append(Desk(rooms, house.station, hand_out, house.clock))
    return made[0]


def _received(out: Path) -> dict[str, Counter[str]]:
    """How many filings each department's own database holds, by form."""
    found = {}
    for department in DEPARTMENTS:
        with closing(sqlite3.connect(next((out / "departments").rglob(f"{department}.sqlite")))) as opened:
            found[department] = Counter(row[0] for row in opened.execute("SELECT form FROM received"))
    return found


@pytest.mark.parametrize("beat", BEATS)
def test_the_visit_is_there_again_and_goes_on(beat: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    _kill_after(beat, out)
    running = training.serve(out / "departments", DEPARTMENTS)
    try:
        with open_house(house_settings(out, running.urls), ask=_nobody) as house:
            (number,) = house.cabinet.open_visits()
            desk = _desk(house)
            desk.resume(number)
            assert desk.visit is not None
            assert len(desk.visit.live_cases) == 3
            assert desk.visit.materials
            assert desk.visit.value("person.name")
            _finish(desk)
            assert house.cabinet.verify_chain().ok
        for department, forms in _received(out).items():
            assert all(count == 1 for count in forms.values()), (department, forms)
    finally:
        running.stop()


def _finish(desk: Desk) -> None:
    """Look up what is in doubt; send what surely was not sent, where the resident had signed."""
    assert desk.visit is not None
    for case in desk.visit.live_cases:
        if case.state == "unsure":
            desk.look_up(case.number)
    if desk.visit.is_confirmed:
        desk.file_all()
        states = {case.state for case in desk.visit.live_cases}
        assert states <= {"filed", "unsure"}, states
