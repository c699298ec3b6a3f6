"""The click that may be the submit: one trusted press where the button surely is, without Playwright's long way there.

Playwright carries 300 KB of its own script into every new page of which it holds an element, and waits for frames of a
page nobody looks at. Here the runtime keeps the button it was asked for and says in one call where its middle is, that
it stands still and that nothing covers it; the mouse then presses that point. Should the page move in between, the
press is caught before the page hears of it. Whatever this way cannot promise (a covered or moving button, a frame of
another origin) is left to Playwright.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame, Page

ANSWER_SECONDS = 1.0
# What else a click may be told (a window it opens, a selector of Playwright's own) is not for this way.
PLAIN = {"text", "near", "nth", "frame"}


def is_plain(what: str | Mapping[str, Any]) -> bool:
    """Whether the recipe names the button by its words only."""
    return isinstance(what, str) or ("text" in what and set(what) <= PLAIN)


@dataclass(frozen=True)
class Meant:
    """The one button that was looked for: its frame's runtime keeps it. `ready`: it stands there to be pressed."""

    frame: Frame
    ready: bool


async def press(page: Page, meant: Meant) -> bool:
    """Once, at the button that is meant or nowhere; False when surely nothing was pressed.

    Does not wait for what the page does.
    """
    point = (await _ask(meant.frame, "aim")).get("point")
    if point is None:
        return False
    await page.mouse.click(point["x"], point["y"])
    # A page that is gone or busy was pressed.
    return not (await _ask(meant.frame, "missed")).get("missed")


async def _ask(frame: Frame, verb: str) -> dict[str, Any]:
    """{} when the page has no answer: it is gone, busy, or has not got the runtime."""
    question = json.dumps({"verb": verb})
    asked = frame.evaluate("t => window.__onewindow ? window.__onewindow.call(t) : '{}'", question)
    try:
        told: dict[str, Any] = json.loads(await asyncio.wait_for(asked, ANSWER_SECONDS))
        return told
    except (PlaywrightError, TimeoutError):
        return {}
