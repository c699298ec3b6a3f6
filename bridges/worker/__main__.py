"""`python -m bridges.worker`: takes orders on standard input, one at a time, until its parent is gone."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Playwright, async_playwright

from bridges.worker.check import examine
from bridges.worker.live import LiveView
from bridges.worker.question import ask_status, look_up
from bridges.worker.record import Onlooker, Recording
from bridges.worker.run import Run
from bridges.worker.session import Session
from bridges.worker.wire import Trouble, Wire


class Worker:
    def __init__(self, wire: Wire, playwright: Playwright) -> None:
        self._wire, self._playwright = wire, playwright
        self._session: Session | None = None
        self._live = LiveView(wire)

    async def obey(self, order: Mapping[str, Any]) -> None:
        self._wire.stop.clear()
        self._wire.taken.clear()
        while not self._wire.answers.empty():
            self._wire.answers.get_nowait()
        run: Run | None = None
        try:
            session = await self._attached(order)
            run = Run(session, self._wire, self._live, order)
            told = await self._stoppable(run, self._act(session, run, order))
        except Trouble as trouble:
            told = _ended(run, trouble)
        except PlaywrightError as trouble:
            assert self._session is not None or run is None
            told = _ended(
                run, self._session.transport(trouble) if self._session else Trouble("transport", "browser_gone")
            )
        await self._live.end()
        self._wire.say("end", result=told)

    async def _attached(self, order: Mapping[str, Any]) -> Session:
        alive = self._session is not None and self._session.browser.is_connected()
        if self._session is None or not alive or self._session.page.is_closed():
            session = Session(order["department"], order["base"], order["hosts"])
            if order["do"] == "record":
                session.guard = Onlooker(order["hosts"], self._wire)
            await session.attach(self._playwright, order["endpoint"])
            self._session = session
        self._session.department = order["department"]
        return self._session

    async def _act(self, session: Session, run: Run, order: Mapping[str, Any]) -> dict[str, Any]:
        self._wire.say("stage", stage="attached")
        if order.get("watched"):
            await self._live.start(session.page)
        match order["do"]:
            case "file":
                return await run.walk()
            case "look_up":
                return await look_up(session, run, order)
            case "status":
                return await ask_status(session, run, order)
            case "check":
                return await examine(session, run, order)
            case "record":
                return await Recording(session, self._wire).watch(order["address"])
            case "warm":
                await run.lay_open()
                return run.result(end="warm")
        raise Trouble("page", "unknown_order")

    async def _stoppable(self, run: Run, work: Any) -> dict[str, Any]:
        """A stop ends the work at once while nothing is clicked; afterwards it cannot be stopped any more."""
        task: asyncio.Task[dict[str, Any]] = asyncio.ensure_future(work)
        stop = asyncio.ensure_future(self._wire.stop.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done() and not run.clicked and not run.hand_over.parked:
                task.cancel()
                await asyncio.wait({task})
                if task.cancelled():
                    raise Trouble("stopped", "stopped_by_clerk")
            return await task
        finally:
            stop.cancel()


def _ended(run: Run | None, trouble: Trouble) -> dict[str, Any]:
    end = {"end": "trouble", "reason": trouble.reason, "code": trouble.code, "detail": trouble.detail}
    return run.result(**end) if run else {**end, "proofs": [], "evidence": [], "healed": [], "clicked": False}


async def main() -> None:
    wire = Wire()
    wire.listen()
    async with async_playwright() as playwright:
        worker = Worker(wire, playwright)
        wire.say("ready", pid=os.getpid())
        while True:
            await worker.obey(await wire.orders.get())


if __name__ == "__main__":
    asyncio.run(main())
