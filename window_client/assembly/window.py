"""The two windows on top of a house: Desk, lanes, screens, and the few wires between them.

clerk acts → Desk → errand → lane → fact home on the main thread → Desk → both windows are drawn again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

import resources
from printing import inquiry, verify_page
from printing.inquiry import Papers
from window_client.assembly.house import House
from window_client.assembly.preferences import keep_preferences, preferences
from window_client.casework import facts as f
from window_client.casework.clocks import WorkCalendar
from window_client.casework.errors import WindowError
from window_client.counter.changing import Standings
from window_client.counter.desk import Desk, Rooms
from window_client.counter.errands import Errand, Homecoming
from window_client.counter.fates import LANE, Fates, Pace
from window_client.counter.trouble import WaitingPrints, of_prints
from window_client.devices.roll_call import camera_for, card_reader_for, scanner_for
from window_client.devices.scanner import Wish
from window_client.lanes import Lanes
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.stage import Stage
from window_client.screens import Screens
from window_client.settings import Screens as ScreenNames
from window_client.staff.preferences import Preferences
from window_client.staff.window import StaffWindow

ASK_PRINT_SERVER_MS = 10_000
ASK_DEPARTMENTS_MS = 15_000

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OpenWindow:
    house: House
    desk: Desk
    lanes: Lanes
    staff: StaffWindow
    stage: Stage
    screens: Screens


@contextmanager
def open_window(house: House) -> Iterator[OpenWindow]:
    """Both windows, wired and placed. Needs a QApplication. On the way out: lanes are awaited, nothing is lost."""
    settings = house.settings
    lanes = Lanes()
    desk = Desk(
        Rooms(
            house.cabinet,
            house.vault,
            house.filing_desk,
            house.press,
            house.catalogue,
            lambda: scanner_for(settings),
            lambda: card_reader_for(settings),
            lambda kind: Wish(kind, dpi=settings.scanner.dpi, wait=settings.scanner.wait_seconds),
            WorkCalendar.load(resources.calendar_dir()),
        ),
        house.station,
        lanes.run,
        house.clock,
    )
    desk.papers = lambda: Papers.load(settings.data)
    desk.standings = Standings(
        house.books.status,
        lambda: house.books.status.publish_all(settings.data / inquiry.STATUS, house.standing.status),
    )
    desk.camera = lambda: camera_for(settings)
    desk.page_of_our_own = lambda: verify_page.of_data_folder(settings.data)
    clerk, resident = _screen_names(settings.screens)
    screens = Screens(resident, clerk)
    chosen = preferences(house, screens.names)
    desk.language = chosen.language
    stage = Stage(Words(chosen.language), Tokens.load("resident", chosen.theme, chosen.large))
    look = Tokens.load("staff", chosen.theme, chosen.large)
    staff = StaffWindow(desk, Words(chosen.language), look, chosen, stage.picture)
    _wire(desk, lanes, staff, stage, screens)
    staff.preferred.connect(lambda wanted: _prefer(wanted, house, desk, stage, screens))
    screens.place(staff, stage)
    asking = (_ask_about_prints(house, lanes), _ask_departments(house, desk, lanes))
    try:
        yield OpenWindow(house, desk, lanes, staff, stage, screens)
    finally:
        for timer in asking:
            timer.stop()
        _write_down(desk)
        lanes.close()
        staff.may_close = lambda: True
        staff.close()
        stage.close()


def _screen_names(wanted: ScreenNames) -> tuple[str, str]:
    """(clerk's, resident's). Two screens and nothing said: the resident's is the one that is not the main screen."""
    present = [screen.name() for screen in QGuiApplication.screens()]
    if wanted.clerk or wanted.resident or len(set(present)) != 2:
        return wanted.clerk, wanted.resident
    clerk = QGuiApplication.primaryScreen().name()
    return clerk, next(name for name in present if name != clerk)


def _ask_about_prints(house: House, lanes: Lanes) -> QTimer:
    """Every few seconds the print server is asked what became of its jobs; the press writes down what changed, and a
    job that ended without its paper, or waits for some, is told in the trouble bar."""
    waiting = WaitingPrints()

    def follow(*_: object) -> Homecoming:
        rows = house.press.follow()
        trouble = waiting.trouble(rows)
        trouble = of_prints(rows) or trouble
        if trouble is not None:
            raise trouble
        return Homecoming()

    def ask() -> None:
        if not any(errand.lane == "print_server" for errand in lanes.under_way):
            lanes.run(Errand("print_server", "desk.says.print", "", follow))

    timer = QTimer()
    timer.timeout.connect(ask)
    timer.start(ASK_PRINT_SERVER_MS)
    return timer


def _ask_departments(house: House, desk: Desk, lanes: Lanes) -> QTimer:
    """The quiet round: one department at a time is asked what became of one case."""
    wanted = house.settings.progress
    pace = Pace(timedelta(minutes=wanted.every_minutes), wanted.days)
    fates = desk.fates = Fates(house.cabinet, desk.works.ask_by_itself, pace, house.clock)

    def ask() -> None:
        errand = fates.errand()
        if errand is not None and not any(one.lane == LANE for one in lanes.under_way):
            lanes.run(errand)

    timer = QTimer()
    timer.timeout.connect(ask)
    timer.start(ASK_DEPARTMENTS_MS)
    return timer


def _write_down(desk: Desk) -> None:
    counts = desk.fates.counts if desk.fates else None
    if counts is not None and (counts.asked or counts.without_answer):
        log.info("asked %d, news %d, without answer %s", counts.asked, counts.news, dict(counts.without_answer))


def _wire(desk: Desk, lanes: Lanes, staff: StaffWindow, stage: Stage, screens: Screens) -> None:
    def went_wrong(errand: Errand, trouble: WindowError) -> None:
        desk.went_wrong(errand, trouble)
        if errand.lane != LANE:  # nobody asked for it: counted, and tried again later
            staff.tell(trouble)

    def came_home(errand: Errand, home: Homecoming) -> None:
        if errand.lane == LANE:
            _learn(desk, staff, errand, home)
        else:
            staff.act(lambda: desk.take_in(errand, home))

    lanes.came_home.connect(came_home)
    lanes.went_wrong.connect(went_wrong)
    lanes.progress.connect(desk.hear)

    def show() -> None:
        # The page's fixed words follow the language of the scene.
        if stage.language != desk.language:
            stage.speak(Words(desk.language))
        stage.show_scene(desk.scene)
        stage.tell_camera(desk.camera_is_on)

    desk.observers.append(show)
    stage.answered.connect(lambda answer: staff.act(lambda: desk.answered(answer)))
    screens.blanked.connect(stage.blank)
    screens.resident_lost.connect(lambda: staff.tell_screen(False))
    screens.resident_found.connect(lambda: staff.tell_screen(True))
    screens.resident_found.connect(lambda: stage.show_scene(desk.scene))
    staff.identify_asked.connect(screens.identify)
    staff.may_close = lambda: not desk.in_flight
    stage.show_scene(desk.scene)


def _learn(desk: Desk, staff: StaffWindow, errand: Errand, home: Homecoming) -> None:
    """News of a department is said once in the bar; trouble on the way is nothing the clerk has to deal with."""
    if not home.facts:
        return
    try:
        desk.take_in(errand, home)
    except WindowError as trouble:
        log.warning("news of a department could not be kept: %s", trouble.code)
        return
    for fact in home.facts:
        if isinstance(fact, f.StatusLearnt):
            staff.tell_news(fact)


def _prefer(wanted: Preferences, house: House, desk: Desk, stage: Stage, screens: Screens) -> None:
    """The clerk chose another language, look, screen or printer: kept for the next start, in force at once."""
    keep_preferences(house, wanted)
    stage.speak(Words(wanted.language))
    stage.wear(Tokens.load("resident", wanted.theme, wanted.large))
    desk.speak(wanted.language)
    if wanted.resident_screen:
        screens.choose(wanted.resident_screen, house.settings.screens.clerk)
