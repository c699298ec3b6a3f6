"""The live view: pictures of the page while it is being filled, about three a second, only while somebody watches.

Chromium sends the next picture only after the last is acknowledged: holding the acknowledgement back is the throttle.
Every picture is drawn, packed and unpacked on the machine that fills, so a page that is only watched comes as large as
its card, and a page in a person's hands as large as it is.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from bridges.worker.wire import Wire

INTERVAL = 0.33
WATCHED, TOUCHED = {"maxWidth": 800, "maxHeight": 600}, {"maxWidth": 1280, "maxHeight": 900}


class LiveView:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.usual = self.interval = INTERVAL
        self._session: CDPSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, page: Page, size: Mapping[str, int] = WATCHED) -> None:
        await self.end()
        with contextlib.suppress(PlaywrightError):
            self._session = await page.context.new_cdp_session(page)
            self._session.on("Page.screencastFrame", self._frame)
            await self._session.send("Page.startScreencast", {"format": "jpeg", "quality": 60, **size})

    def _frame(self, event: dict[str, Any]) -> None:
        about = event["metadata"]
        self._wire.say("frame", jpeg=event["data"], width=int(about["deviceWidth"]), height=int(about["deviceHeight"]))
        task = asyncio.ensure_future(self._acknowledge(event["sessionId"]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _acknowledge(self, number: int) -> None:
        await asyncio.sleep(self.interval)
        if self._session is not None:
            with contextlib.suppress(PlaywrightError):
                await self._session.send("Page.screencastFrameAck", {"sessionId": number})

    async def end(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            with contextlib.suppress(PlaywrightError):
                await session.detach()
