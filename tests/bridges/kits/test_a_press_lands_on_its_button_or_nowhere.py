"""The click that may be the submit lands on the button that was meant, or on nothing at all."""

import json
from typing import Any

from playwright.async_api import Frame

from bridges.worker.pressing import Meant, press
from tests.bridges.kits.conftest import Bench

HEAD = """<!doctype html><meta charset=utf-8><style>button{position:absolute;left:40px;width:120px;height:40px}
#send{top:100px}#cancel{top:160px}</style>
<script>var pressed=[];addEventListener('click',e=>pressed.push(e.target.id+(e.isTrusted?'':'!')))</script>
<button id=send>提交</button><button id=cancel>取消</button>"""
COVER = "<div id=veil style='position:fixed;inset:0;background:#0006'></div>"
RESTLESS = "<style>@keyframes go{to{left:400px}}#send{animation:go 9s linear}</style>"


async def _asked(frame: Frame, verb: str, **more: str) -> Any:
    question = json.dumps({"verb": verb, **more})
    return json.loads(await frame.evaluate("t => window.__onewindow.call(t)", question))


async def _meant(frame: Frame) -> Meant:
    return Meant(frame, (await _asked(frame, "meant", css="#send"))["ready"])


async def _shown(bench: Bench, page: str) -> Meant:
    await bench.page.goto(f"{bench.address}pages/plain.html")
    await bench.page.set_content(page)
    return await _meant(bench.page.main_frame)


def _pressed(bench: Bench, page: str) -> tuple[bool, list[str]]:
    async def work() -> tuple[bool, list[str]]:
        meant = await _shown(bench, page)
        return await press(bench.page, meant), await bench.page.evaluate("pressed")

    return bench.do(work())


def test_a_button_that_stands_there_is_pressed_once_and_as_by_a_hand(bench: Bench) -> None:
    assert _pressed(bench, HEAD) == (True, ["send"])


def test_below_the_edge_of_the_view_it_is_brought_up_first(bench: Bench) -> None:
    assert _pressed(bench, HEAD + "<style>#send{top:4000px}</style>") == (True, ["send"])


def test_what_lies_over_the_button_is_not_pressed_instead(bench: Bench) -> None:
    assert _pressed(bench, HEAD + COVER) == (False, [])


def test_a_moving_or_dead_button_is_left_alone(bench: Bench) -> None:
    assert _pressed(bench, HEAD + RESTLESS) == (False, [])
    assert _pressed(bench, HEAD.replace("id=send", "id=send disabled")) == (False, [])


def test_in_a_frame_it_is_found_where_the_mouse_counts_and_a_covered_frame_is_not_pressed(bench: Bench) -> None:
    async def work(around: str) -> tuple[bool, list[str]]:
        inner = HEAD.replace('"', "&quot;")
        await bench.page.goto(f"{bench.address}pages/plain.html")
        frame_of = (
            f'<body style="margin:70px">{around}<iframe id=f style="padding:9px;border:5px solid" srcdoc="{inner}">'
        )
        await bench.page.set_content(frame_of)
        frame = bench.page.frames[1]
        await frame.wait_for_selector("#send")
        return await press(bench.page, await _meant(frame)), await frame.evaluate("pressed")

    assert bench.do(work("")) == (True, ["send"])
    assert bench.do(work(COVER)) == (False, [])


JUMP = """() => {
  document.querySelector('#send').style.top = '160px'; document.querySelector('#cancel').style.top = '100px';
}"""


def test_a_page_that_moves_between_aim_and_press_is_not_pressed_elsewhere(bench: Bench) -> None:
    """Control: without the watch the mouse presses what has come to that place meanwhile."""

    async def work(arm: bool) -> tuple[bool, list[str]]:
        meant = await _shown(bench, HEAD)
        point = {"x": 100, "y": 120}  # the middle of the button
        if arm:
            assert (await _asked(meant.frame, "aim"))["point"] == point
        await bench.page.evaluate(JUMP)
        await bench.page.mouse.click(point["x"], point["y"])
        return (await _asked(meant.frame, "missed"))["missed"], await bench.page.evaluate("pressed")

    assert bench.do(work(True)) == (True, [])
    assert bench.do(work(False)) == (False, ["cancel"])


def test_a_button_that_felt_the_first_half_of_a_press_is_never_pressed_again(bench: Bench) -> None:
    """It may act when the mouse goes down; then it moves away, and the second half is caught on what came instead."""
    acts = f"var acted = 0; document.querySelector('#send').onmousedown = () => {{ acted += 1; ({JUMP})() }}"
    sly = f"{HEAD}<script>{acts}</script>"

    async def work() -> tuple[bool, int, list[str]]:
        meant = await _shown(bench, sly)
        pressed = await press(bench.page, meant)
        return pressed, await bench.page.evaluate("acted"), await bench.page.evaluate("pressed")

    assert bench.do(work()) == (True, 1, [])


def test_the_watch_ends_with_its_press(bench: Bench) -> None:
    async def work() -> list[str]:
        meant = await _shown(bench, HEAD)
        assert await press(bench.page, meant)
        await bench.page.mouse.click(100, 180)
        pressed: list[str] = await bench.page.evaluate("pressed")
        return pressed

    assert bench.do(work()) == ["send", "cancel"]
