"""Whether the page is on its way somewhere else. A field that is there proves nothing: the same form may come back.

A page that posts itself when a radio is clicked says so to the runtime (`beforeunload`) before anybody could ask; what
the department has not answered yet is counted request by request.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame, Page, Request

ARRIVE_SECONDS, PARSE_SECONDS, STUCK_SECONDS = 20.0, 5.0, 1.5
_ASK = "() => window.__onewindow ? window.__onewindow.call('{\"verb\":\"leaving\"}') : '{}'"
_STAY = '() => window.__onewindow && window.__onewindow.call(\'{"verb":"stays"}\')'
REPLACED = ("context was destroyed", "Cannot find context", "because of a navigation", "reading 'call'")


class Traffic:
    """What the department was asked and has not answered yet; pictures and styles are nobody's answer."""

    def __init__(self) -> None:
        self.count = 0
        self._open: dict[Request, int] = {}
        self._watched: set[Page] = set()

    def watch(self, page: Page) -> None:
        if page in self._watched:
            return
        self._watched.add(page)
        page.on("request", self._asked)
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._answered)

    def _asked(self, request: Request) -> None:
        if request.resource_type in ("document", "xhr", "fetch"):
            self.count += 1
            self._open[request] = self.count

    def _answered(self, request: Request) -> None:
        self._open.pop(request, None)

    def under_way(self, since: int = 0) -> bool:
        return any(n > since for n in self._open.values())

    def pages_under_way(self) -> bool:
        return any(request.is_navigation_request() for request in self._open)


async def arrived(page: Page, traffic: Traffic) -> bool:
    """Waits while any frame of the page is on its way to another document; True when one was."""
    moved, began = False, time.monotonic()
    while time.monotonic() - began < ARRIVE_SECONDS and not page.is_closed():
        states = [await _state(frame) for frame in page.frames]
        if "leaving" in states:
            moved = True
            if time.monotonic() - began > STUCK_SECONDS and not traffic.pages_under_way():
                await _stay(page)  # a download, a mail address: the page said farewell and stayed
        elif "loading" not in states or time.monotonic() - began > PARSE_SECONDS:
            return moved
        await asyncio.sleep(0.03)
    return moved


async def _state(frame: Frame) -> str:
    try:
        told: dict[str, Any] = json.loads(await asyncio.wait_for(frame.evaluate(_ASK), 2) or "{}")
    except TimeoutError:
        return ""  # a frame that does not answer is a blocked one
    except PlaywrightError as trouble:
        return "leaving" if any(words in str(trouble) for words in REPLACED) else ""
    return "leaving" if told.get("leaving") else "loading" if told.get("loading") else ""


async def _stay(page: Page) -> None:
    for frame in page.frames:
        try:
            await asyncio.wait_for(frame.evaluate(_STAY), 1)
        except (PlaywrightError, TimeoutError):
            continue
