"""The two windows on top of a house: Desk, lanes, screens, and the few wires between them.

clerk acts → Desk → errand → lane → fact home on the main thread → Desk → both windows are drawn again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from window_client.assembly.house import House
from window_client.casework.errors import WindowError
from window_client.counter.desk import Desk, Rooms
from window_client.counter.errands import Errand
from window_client.devices.roll_call import card_reader_for, scanner_for
from window_client.lanes import Lanes
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.stage import Stage
from window_client.screens import Screens
from window_client.staff.window import StaffWindow


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
        ),
        house.station,
        lanes.run,
        house.clock,
    )
    desk.language = settings.language
    words = Words(settings.language)
    theme, large = settings.look.theme, settings.look.large_type
    staff = StaffWindow(desk, words, Tokens.load("staff", theme, large))
    stage = Stage(Words(settings.language), Tokens.load("resident", theme, large))
    screens = Screens(settings.screens.resident, settings.screens.clerk)
    _wire(desk, lanes, staff, stage, screens)
    screens.place(staff, stage)
    try:
        yield OpenWindow(house, desk, lanes, staff, stage, screens)
    finally:
        lanes.close()
        staff.close()
        stage.close()


def _wire(desk: Desk, lanes: Lanes, staff: StaffWindow, stage: Stage, screens: Screens) -> None:
    def went_wrong(errand: Errand, trouble: WindowError) -> None:
        desk.went_wrong(errand, trouble)
        staff.show_trouble(trouble)

    def answered(answer: object) -> None:
        try:
            desk.answered(answer)  # type: ignore[arg-type]  the signal carries scenes.ResidentAnswer
        except WindowError as trouble:
            staff.show_trouble(trouble)

    lanes.came_home.connect(desk.take_in)
    lanes.went_wrong.connect(went_wrong)
    lanes.progress.connect(desk.hear)
    desk.observers.append(lambda: stage.show_scene(desk.scene))
    stage.answered.connect(answered)
    screens.blanked.connect(stage.blank)
    screens.resident_lost.connect(lambda: staff.tell("staff.resident_screen_lost"))
    screens.resident_found.connect(lambda: stage.show_scene(desk.scene))
    stage.show_scene(desk.scene)
