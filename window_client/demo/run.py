"""One demo from an empty folder to the summary; the command and the tests call this."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from window_client.assembly import open_house
from window_client.assembly.application import CLERK, RESIDENT, application
from window_client.assembly.window import OpenWindow, open_window
from window_client.demo import summary as told
from window_client.demo.player import Player
from window_client.demo.poster import both_screens
from window_client.demo.stage_set import StageSet, stage_set
from window_client.demo.story import Cast, story
from window_client.log import start_logging
from window_client.settings import Screens


class DemoLeft(Exception):
    """Somebody closed the windows, or the process was told to end, before the last beat."""


def run_demo(
    out: Path, *, language: str = "zh", headless: bool, hold: float, on_beat: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Play the main job and return the summary (also ``out/summary.json``). ``hold``: seconds each beat is shown."""
    with stage_set(out, language) as ready, application("OneWindow 一窗 · 演示 demo", offscreen=headless):
        settings = ready.settings
        if headless:
            screens = Screens(clerk=str(CLERK["name"]), resident=str(RESIDENT["name"]))
            settings = settings.model_copy(update={"screens": screens})
        start_logging(settings.log_folder, level=settings.log.level, to_people=False)
        with open_house(settings, ask=_nobody) as house, open_window(house) as window:
            for department in ready.databases:
                house.sign_ins.keep(department, ready.sign_in(department))
            return _play(window, ready, hold, on_beat)


def _nobody() -> str:
    raise RuntimeError("the demo's keyset opens with a key file")


def _play(window: OpenWindow, ready: StageSet, hold: float, on_beat: Callable[[str], None]) -> dict[str, Any]:
    began = time.monotonic()
    pictures = ready.out / "pictures"
    pictures.mkdir()
    player = Player({"clerk": window.staff, "resident": window.stage}, pictures, hold)
    seen: dict[str, Any] = {}

    def beat(name: str) -> None:
        if window.desk.visit is not None:
            seen["visit"] = window.desk.visit.number
        if window.desk.issued is not None:
            seen["issued"] = window.desk.issued
        on_beat(name)

    player.on_beat = beat
    player.under_way = lambda: ", ".join(f"{errand.lane} {errand.says}" for errand in window.desk.errands)
    cast = Cast(window.desk, window.stage, ready, window.staff.turn, "folder")
    player.play(story(cast))
    if "issued" not in seen:
        raise DemoLeft
    house = window.house
    said = told.summary(house, seen["visit"], seen["issued"], ready.out, time.monotonic() - began)
    visit = window.desk.replayed(seen["visit"])
    said["held_by_departments"] = told.held_by_departments(visit, ready.databases)
    said["pictures"] = player.pictures
    both_screens(pictures, ready.out)
    told.save(said, ready.out)
    return said
