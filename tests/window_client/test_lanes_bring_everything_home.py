"""Lanes: one at a time on a lane, everything home on the main thread, and nothing lost when the window closes."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.whispers import Ear
from window_client.casework.errors import WindowError
from window_client.counter.errands import Errand, Homecoming
from window_client.lanes import Lanes


def errand(lane: str, work: Callable[..., object]) -> Errand:
    return Errand(lane, "desk.says.scan", "V20261121-03-0001", work)  # type: ignore[arg-type]


def test_one_at_a_time_in_order_and_home_on_the_main_thread(qtbot: QtBot) -> None:
    lanes, main = Lanes(), threading.current_thread()
    chance = random.Random(7)
    at_work: dict[str, int] = {}
    crowded: list[str] = []
    home: dict[str, list[int]] = {"a": [], "b": [], "c": []}
    threads: set[threading.Thread] = set()
    told: list[int] = []

    def work_of(lane: str, n: int) -> Callable[..., object]:
        def work(tell: Callable[[object], None], stop: threading.Event) -> object:
            at_work[lane] = at_work.get(lane, 0) + 1
            if at_work[lane] > 1:
                crowded.append(lane)
            tell(n)
            stop.wait(chance.random() / 500)
            at_work[lane] -= 1
            return Homecoming(brought=(lane, n))

        return work

    def came(_: Errand, back: Homecoming) -> None:
        threads.add(threading.current_thread())
        assert isinstance(back.brought, tuple)
        home[back.brought[0]].append(back.brought[1])

    def heard(_: Errand, n: int) -> None:
        threads.add(threading.current_thread())
        told.append(n)

    lanes.came_home.connect(came)
    lanes.progress.connect(heard)
    for n in range(40):
        for lane in home:
            lanes.run(errand(lane, work_of(lane, n)))
    qtbot.waitUntil(lambda: sum(map(len, home.values())) == 120, timeout=20_000)
    assert crowded == []
    assert home == {"a": list(range(40)), "b": list(range(40)), "c": list(range(40))}
    assert threads == {main}
    assert len(told) == 120
    assert lanes.close()


def test_lanes_do_not_wait_for_each_other(qtbot: QtBot) -> None:
    lanes, gate, home = Lanes(), threading.Event(), []
    lanes.came_home.connect(lambda _, result: home.append(result))
    lanes.run(errand("slow", lambda *_: gate.wait(20) and "slow"))
    lanes.run(errand("quick", lambda *_: "quick"))
    qtbot.waitUntil(lambda: home == ["quick"], timeout=10_000)
    gate.set()
    qtbot.waitUntil(lambda: home == ["quick", "slow"], timeout=10_000)
    lanes.close()


def test_trouble_is_told_and_a_bug_gets_a_number_but_no_words(qtbot: QtBot, nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("incident")
    lanes, wrong = Lanes(), []
    lanes.went_wrong.connect(lambda _, trouble: wrong.append(trouble))

    def bug(*_: object) -> object:
        raise ValueError("the number is 990101195406150021 of somebody")

    def trouble(*_: object) -> object:
        raise WindowError("devices.no_card")

    lanes.run(errand("card", bug))
    lanes.run(errand("card", trouble))
    qtbot.waitUntil(lambda: len(wrong) == 2, timeout=10_000)
    assert wrong[0].code == "client.bug"
    assert len(str(wrong[0].detail["incident"])) == 8
    assert wrong[1].code == "devices.no_card"
    lines = [record.getMessage() for record in nothing_is_whispered.heard if "incident" in record.getMessage()]
    assert "ValueError" in lines[0]
    assert "somebody" not in lines[0]
    lanes.close()


def test_closing_delivers_what_had_begun_and_drops_what_had_not(qtbot: QtBot) -> None:
    lanes, begun, home = Lanes(), threading.Event(), []
    lanes.came_home.connect(lambda _, result: home.append(result))

    def filing(tell: object, stop: threading.Event) -> object:
        begun.set()
        stop.wait(20)
        return "number 4711"

    lanes.run(errand("bridge:gongan", filing))
    lanes.run(errand("bridge:gongan", lambda *_: "never"))
    assert begun.wait(10)
    assert lanes.close()
    assert home == ["number 4711"]
    with pytest.raises(WindowError) as refused:
        lanes.run(errand("card", lambda *_: None))
    assert refused.value.code == "client.closing"
