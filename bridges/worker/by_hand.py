"""What no kit's model can do is done as a person does it: trusted clicks and keys, then read back like everything else.

Three ways: a value chosen in a tree that opens beside its box, typed with real keys, or picked by its words from a list
that opens under a box of a kit nobody here knows. Only what the box shows afterwards counts.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any

from playwright.async_api import ElementHandle, Frame
from playwright.async_api import Error as PlaywrightError

from bridges.worker.session import Session
from bridges.worker.wire import Trouble

OPEN_SECONDS = 10.0
BRANCH_MILLISECONDS = 10_000
UNTYPED = ("radio", "checkbox", "file")
# What says these words now and did not before the click; more than one is as bad as none.
FRESH = """t => {
  const fresh = window.__onewindow.button(t).filter(e => !window.__onewindow.before.includes(e));
  return fresh.length === 1 ? fresh[0] : null;
}"""


async def set_field(
    session: Session, frame: Frame, named: str | None, field: Mapping[str, Any], *, wanted: bool
) -> None:
    """`wanted`: the recipe asked for this way; otherwise it is a last attempt and silent when it does not fit."""
    handle = await frame.evaluate_handle("k => window.__onewindow.element(k)", field["key"])
    box = handle.as_element()
    if box is None:
        return
    if field.get("kind") == "tree":
        await _climb(session, frame, named, field, box)
    elif wanted and field.get("kind") in ("select", "cascade", "radio"):
        await _pick(frame, field, box)
    else:
        await _type(box, field)


async def _type(box: ElementHandle, field: Mapping[str, Any]) -> None:
    if await box.get_attribute("type") in UNTYPED or await box.evaluate("e => e.tagName") == "SELECT":
        return
    if not await box.is_editable():
        return
    await box.fill("")
    await box.type(str(field["value"]))
    if field.get("kind") == "date":
        await box.press("Enter")
    await box.evaluate("e => e.blur()")


# ---- a list nobody here knows
async def _pick(frame: Frame, field: Mapping[str, Any], box: ElementHandle) -> None:
    """Opens the box and clicks what says the words; of what was there before the click nothing is meant."""
    parts = list(field["parts"]) if field.get("kind") == "cascade" else [str(field["value"])]
    for n, part in enumerate(parts):
        asked = json.dumps({"text": part})
        await frame.evaluate("t => { window.__onewindow.before = window.__onewindow.button(t); }", asked)
        if n == 0:
            await box.click(timeout=10_000)
        option = await _offered(frame, asked)
        if option is None:
            raise Trouble("data", "no_such_option", field=field["called"], value=part, near="—")
        await option.click(timeout=10_000)
    await box.evaluate("e => e.blur()")


async def _offered(frame: Frame, asked: str) -> ElementHandle | None:
    deadline = time.monotonic() + OPEN_SECONDS
    while time.monotonic() < deadline:
        option = (await frame.evaluate_handle(FRESH, asked)).as_element()
        if option is not None:
            return option
        await asyncio.sleep(0.03)
    return None


# ---- trees
async def _climb(
    session: Session, frame: Frame, named: str | None, field: Mapping[str, Any], box: ElementHandle
) -> None:
    if "opens" in field:
        opener = await session.button(field["opens"], named, None)
        await opener.click(timeout=10_000)
    else:
        await box.click(timeout=10_000)
    where = await _choose(session, field)
    if "confirm" in field:
        await _confirm(session, [where, frame, session.page.main_frame], field["confirm"])
    deadline = time.monotonic() + OPEN_SECONDS
    while time.monotonic() < deadline:
        if field["parts"][-1] in await box.evaluate("e => e.value || e.textContent || ''"):
            return  # the reading back judges it; here only the page gets its time
        await asyncio.sleep(0.03)


async def _choose(session: Session, field: Mapping[str, Any]) -> Frame:
    """The first tree, in whatever frame, that has the whole path; frames that came later are asked first."""
    deadline = time.monotonic() + OPEN_SECONDS
    seen = False
    while True:
        for frame in reversed(session.page.frames):
            try:
                told = await session.call(frame, "climb", path=list(field["parts"]), wait=BRANCH_MILLISECONDS)
            except PlaywrightError as trouble:
                if "closed" in str(trouble):
                    raise
                continue
            if "chosen" in told:
                return frame
            seen = seen or told["problem"] == "option"
        if time.monotonic() > deadline or session.guard.unknown_dialog:
            break
        await asyncio.sleep(0.05)
    if seen:
        raise Trouble("data", "no_such_option", field=field["called"], value=str(field["value"]), near="—")
    raise Trouble("page", "tree_missing", field=field["called"])


async def _confirm(session: Session, places: list[Frame], words: Any) -> None:
    """The button that takes the choice over: where the tree is, else on the page around it."""
    told = {"text": words} if isinstance(words, str) else dict(words)
    deadline = time.monotonic() + OPEN_SECONDS
    while time.monotonic() < deadline:
        for place in dict.fromkeys(places):
            try:
                found = await session.buttons(place, told, None)
            except PlaywrightError:
                continue
            if len(found) == 1:
                await found[0].click(timeout=10_000)
                return
        await asyncio.sleep(0.05)
    raise Trouble("page", "button_missing", button=str(told.get("text") or told.get("css")), near="—")
