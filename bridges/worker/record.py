"""Watching a person fill one case by hand: every state of the page, every click, file and dialog, told to the parent.

Nothing is typed and nothing clicked by us. The page is as open as it is for its own users, but it still reaches no host
except the department's: what it asked of others is told, so that the writer of the recipe can decide. What stands in a
password box never leaves the page (recorder.js), so it is in no message, no recipe and no file. Law: I9.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from pathlib import Path
from typing import Any

from playwright.async_api import Dialog, Frame, Page, Request
from playwright.async_api import Error as PlaywrightError

from bridges.worker.guard import Guard
from bridges.worker.runtime import RUNTIME
from bridges.worker.session import Session
from bridges.worker.wire import Wire

ALIVE_SECONDS = 15.0
TEXT_LIMIT = 30_000
NUMBER = re.compile(r"[A-Za-z]{0,8}[-\dA-Z]*\d{4,}[-\dA-Z]*")


class Onlooker(Guard):
    """The walls stay, but dialogs are the person's to answer and windows the page opens stay open."""

    def __init__(self, hosts: list[str], wire: Wire) -> None:
        super().__init__(hosts, [])
        self._wire = wire
        self.opened: list[Page] = []

    async def _window(self, page: Page) -> None:
        if page not in self.own:
            self.watch(page)
            self.opened.append(page)
            number = len(self.opened)
            page.on("close", lambda _: self._wire.say("seen", what="gone", window=number))
            self._wire.say("seen", what="window", url=page.url, window=number)

    def number_of(self, page: Page) -> int:
        """0: the page itself; n: the n-th window it opened."""
        return self.opened.index(page) + 1 if page in self.opened else 0

    async def answer(self, dialog: Dialog) -> None:
        self._wire.say("seen", what="dialog", kind=dialog.type, text=dialog.message[:300])


class Recording:
    def __init__(self, session: Session, wire: Wire) -> None:
        self._session, self._wire = session, wire
        self._dialogs: list[Any] = []

    async def watch(self, address: str) -> dict[str, Any]:
        """From the opening of the page until the parent says that the case is filled."""
        session, wire = self._session, self._wire
        await session.context.expose_binding("__onewindowHears", self._heard)
        await session.context.add_init_script("\n".join(_source(part) for part in ("rows_seen.js", "recorder.js")))
        session.context.on("request", self._asked)
        session.context.on("page", self._listen)
        session.page.on("framenavigated", self._went)
        await self._listen(session.page)
        await session.page.goto(address, wait_until="load")
        wire.say("seen", what="begun", url=session.page.url)
        beat = 0.0
        while not wire.finished.is_set() and not session.page.is_closed():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(wire.finished.wait(), 0.25)
            beat += 0.25
            if beat >= ALIVE_SECONDS:
                wire.say("alive")
                beat = 0.0
        await self._last_words()
        return {"end": "recorded", "turned_away": sorted(set(session.guard.turned_away)), "proofs": [], "evidence": []}

    # ---- what is heard
    async def _heard(self, source: dict[str, Any], told: str) -> None:
        frame: Frame = source["frame"]
        event, guard = json.loads(told), self._session.guard
        window = guard.number_of(frame.page) if isinstance(guard, Onlooker) else 0
        about = {"frame": self._name(frame), "url": frame.url, "top": frame.parent_frame is None and not window}
        self._wire.say("seen", **event, **about, window=window)

    def _name(self, frame: Frame) -> str:
        """The frame as a recipe names it: by the shortest word that leads to it and to no other."""
        if frame.parent_frame is None:
            return ""
        frames = frame.page.frames
        path = frame.url.split("?")[0].split("#")[0].split("://")[-1]
        path = path[path.find("/") :]
        tail = "/" + "/".join(path.strip("/").split("/")[-2:])
        steady = frame.name if frame.name and not frame.name[-1].isdigit() else ""
        for named in (steady, tail, path, frame.name):
            first = next(
                (f for f in frames if named and (f.name == named or (f.parent_frame and named in f.url))), None
            )
            if first is frame:
                return named
        return steady or tail

    def _asked(self, request: Request) -> None:
        if request.resource_type in ("document", "xhr", "fetch"):
            self._wire.say(
                "seen", what="request", method=request.method, url=request.url.split("?")[0], type=request.resource_type
            )

    def _went(self, frame: Frame) -> None:
        self._wire.say("seen", what="went", frame=self._name(frame), url=frame.url, top=frame.parent_frame is None)

    async def _listen(self, page: Page) -> None:
        """The answer a person gives to a dialog is heard by the browser's own protocol only."""
        with contextlib.suppress(PlaywrightError):
            cdp = await page.context.new_cdp_session(page)
            cdp.on("Page.javascriptDialogClosed", self._closed)
            await cdp.send("Page.enable")
            self._dialogs.append(cdp)

    def _closed(self, event: dict[str, Any]) -> None:
        self._wire.say("seen", what="answered", yes=bool(event.get("result")), typed=str(event.get("userInput") or ""))

    async def _last_words(self) -> None:
        """The receipt as it stands now, in every frame of every window."""
        for page in self._session.context.pages:
            for frame in page.frames:
                with contextlib.suppress(PlaywrightError, TimeoutError):
                    reading = frame.evaluate("() => document.body ? document.body.innerText : ''")
                    text = str(await asyncio.wait_for(reading, 3))[:TEXT_LIMIT]
                    self._wire.say(
                        "seen", what="last", frame=self._name(frame), url=frame.url, text=text,
                        top=frame.parent_frame is None, rows=await self._rows(frame, text),
                    )  # fmt: skip

    async def _rows(self, frame: Frame, text: str) -> list[dict[str, Any]]:
        """For each number on the page the row it stands in, if it stands in one: how a look-up would read it."""
        rows = []
        for number in list(dict.fromkeys(NUMBER.findall(text)))[:12]:
            found = await frame.evaluate("n => window.__onewindowRow && window.__onewindowRow(n)", number)
            if found:
                rows.append({"number": number, **found})
        return rows


def _source(name: str) -> str:
    return (Path(RUNTIME) / name).read_text(encoding="utf-8")
