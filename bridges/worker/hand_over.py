"""The page in a person's hands: parked before the intent, driven through the live view, taken back by 继续.

While a person acts, nobody here knows what they click. So the parent first writes durably that the run is parked, which
counts as a doubt like an intent does; every request that leaves the page meanwhile is overheard. When the page comes
back it is judged: did something that carries this case leave, did a number appear, are the fields gone after a post?
Then it was sent, and only the department is asked. Otherwise every field is read again. Laws: I1, I10.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

from playwright.async_api import CDPSession, Dialog, Page, Request
from playwright.async_api import Error as PlaywrightError

from bridges.worker.live import TOUCHED, LiveView
from bridges.worker.pane import Pane
from bridges.worker.receipt import Receipt
from bridges.worker.session import Session
from bridges.worker.wire import Trouble, Wire

ALIVE_SECONDS, LOOK_SECONDS, BRISK = 15.0, 0.2, 0.08
WORDS = 1000
MANY = 1000
SHORTEST = 6  # a shorter word than this may stand in any request by chance


class PersonSubmitted(Exception):
    """The person clicked submit themself, or nobody can say they did not."""


class HandOver:
    def __init__(self, session: Session, wire: Wire, live: LiveView, order: Mapping[str, Any]) -> None:
        self._session, self._wire, self._live = session, wire, live
        self._receipt = Receipt(session, order["receipt"], order["values"]) if order.get("receipt") else None
        self._words = [word.upper().encode() for word in order.get("masked", ()) if len(word) >= SHORTEST]
        self._cdp: CDPSession | None = None
        self._front: Page | None = None
        self._sent = self._posted = False
        self.parked = False
        self.turns = 0
        self.kept: dict[str, str] = {}
        self._patience = float(order.get("dialog_s", 0))
        self._asked = 0
        self._open_dialogs: set[int] = set()

    @property
    def is_wished(self) -> bool:
        return self._wire.taken.is_set()

    async def park(self, why: str, panes: Sequence[Pane], words: str = "") -> bool:
        """Blocks while the person acts. True: every field stands, go on; False: the page is another, begin again."""
        session, wire = self._session, self._wire
        self._sent = self._posted = False
        wire.taken.clear()
        for left in (wire.handed, wire.dialogs):
            while not left.empty():
                left.get_nowait()
        wire.say("parked", why=why, words=words)
        if not await wire.answers.get():
            raise Trouble("stopped", "not_allowed_to_click")
        self.parked, self.turns = True, self.turns + 1
        guard = session.guard
        wanted, guard.popups_wanted = guard.popups_wanted, MANY
        guard.person = self._put_to_person
        try:
            await guard.overhear(self._overhear)
            if self._receipt is not None:
                await self._receipt.remember()
            return await self._in_their_hands(panes)
        finally:
            self.parked = False
            guard.person, guard.popups_wanted = None, wanted
            with contextlib.suppress(PlaywrightError):
                await guard.overhear(None)
            guard.forget_dialogs()
            self._live.interval = self._live.usual
            await self._let_go()

    async def _in_their_hands(self, panes: Sequence[Pane]) -> bool:
        beat = time.monotonic()
        while True:
            await self._follow_front()
            try:
                said = await asyncio.wait_for(self._wire.handed.get(), LOOK_SECONDS)
            except TimeoutError:
                said = {}
            if self._wire.stop.is_set():
                await self._judge(panes)
                self._wire.say("resumed", ms=0)
                raise Trouble("stopped", "stopped_by_clerk")
            if time.monotonic() - beat > ALIVE_SECONDS:
                beat = time.monotonic()
                self._wire.say("alive")
            if said.get("do") == "input":
                await self._act(said)
            elif said.get("do") == "resume" and not self._open_dialogs:  # a page that asks cannot be read
                began = time.monotonic()
                stands = await self._taken_back(panes, str(said.get("keep", "")))
                if stands is not None:
                    self._wire.say("resumed", ms=round((time.monotonic() - began) * 1000))
                    return stands

    # ---- taking it back
    async def _taken_back(self, panes: Sequence[Pane], keep: str) -> bool | None:
        """None: the person changed something, and nobody has said yet what counts."""
        stands = await self._judge(panes)
        if not stands:
            return False
        changed = [one for pane in panes for one in await pane.differences()]
        if changed and not keep:
            self._wire.say("changed", fields=changed)
            return None
        for pane in panes:
            if keep == "page":
                pane.adopt(changed)
                self.kept.update({one["element"]: one["got"] for one in changed})
            elif changed and not pane.left:
                await pane.fill()
        if keep == "page":
            self._wire.say("kept", fields=changed)
        return True

    async def _judge(self, panes: Sequence[Pane]) -> bool:
        """Raises `PersonSubmitted`; else whether every pane that was on the page is still there."""
        here = [pane for pane in panes if pane.fields and not pane.left]
        stands = bool(here) or not panes
        for pane in here:
            stands = stands and await pane.stands()
        if self._sent or await self._number_appeared() or (self._posted and here and not stands):
            raise PersonSubmitted
        return stands

    async def _number_appeared(self) -> bool:
        if self._receipt is None:
            return False
        try:
            return await self._receipt.shows_new_number()
        except PlaywrightError:
            return True  # a page that cannot be read may show one

    async def _overhear(self, request: Request) -> None:
        """Called while the request is held at our gate, so the page that sends it still stands."""
        body = request.post_data_buffer
        unknown = body is None and request.method != "GET"
        raw = request.url.encode() + b"\n" + (body or b"")
        said = (raw + b"\n" + unquote_to_bytes(raw.replace(b"+", b" "))).upper()
        carries = any(word in said for word in self._words) or (
            (unknown or not self._words) and request.method != "GET"
        )
        if (carries or request.method != "GET") and not await self._session.at_login():
            self._posted |= request.method != "GET"
            self._sent |= carries

    # ---- what the page asks
    async def _put_to_person(self, dialog: Dialog) -> None:
        """An alert, a confirm or a prompt goes to the person; dismissed when they do not answer, stop, or are gone."""
        self._asked += 1
        number = self._asked
        self._open_dialogs.add(number)
        self._wire.say(
            "asks", n=number, kind=dialog.type, words=dialog.message[:WORDS], typed=dialog.default_value[:WORDS]
        )
        said = await self._answer_to(number)
        with contextlib.suppress(PlaywrightError):
            if said.get("yes"):
                await dialog.accept(str(said.get("text", "")) if dialog.type == "prompt" else "")
            else:
                await dialog.dismiss()
        self._open_dialogs.discard(number)
        self._wire.say("answered", n=number)

    async def _answer_to(self, number: int) -> Mapping[str, Any]:
        over, beat = time.monotonic() + self._patience, time.monotonic()
        while self.parked and not self._wire.stop.is_set() and time.monotonic() < over:
            with contextlib.suppress(TimeoutError):
                said = await asyncio.wait_for(self._wire.dialogs.get(), LOOK_SECONDS)
                if said["n"] == number:
                    return said
            if time.monotonic() - beat > ALIVE_SECONDS:
                beat = time.monotonic()
                self._wire.say("alive")
        return {}

    # ---- mouse and keys
    async def _follow_front(self) -> None:
        """The newest window that is open is the one the person sees and touches."""
        pages = [page for page in (self._session.page, *self._session.guard.popups) if not page.is_closed()]
        if not pages or pages[-1] is self._front:
            return
        await self._let_go()
        self._front = pages[-1]
        self._live.interval = BRISK
        with contextlib.suppress(PlaywrightError):
            await self._front.bring_to_front()
            self._cdp = await self._front.context.new_cdp_session(self._front)
            await self._live.start(self._front, TOUCHED)

    async def _let_go(self) -> None:
        cdp, self._cdp, self._front = self._cdp, None, None
        if cdp is not None:
            with contextlib.suppress(PlaywrightError):
                await cdp.detach()

    async def _act(self, said: Mapping[str, Any]) -> None:
        if self._cdp is None:
            return
        with contextlib.suppress(PlaywrightError):
            match said["kind"]:
                case "mouse":
                    await self._cdp.send("Input.dispatchMouseEvent", await self._pointed(said))
                case "key":
                    told = {name: said[name] for name in ("type", "key", "code", "text", "modifiers") if said.get(name)}
                    number = {"windowsVirtualKeyCode": int(said.get("vk", 0))}
                    await self._cdp.send("Input.dispatchKeyEvent", told | number)
                case "text":
                    await self._cdp.send("Input.insertText", {"text": str(said["text"])})

    async def _pointed(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """A place in the picture, as parts of its width and height, is a place in the window."""
        assert self._cdp is not None
        view = (await self._cdp.send("Page.getLayoutMetrics"))["cssVisualViewport"]
        told: dict[str, Any] = {
            "type": said["type"],
            "x": float(said["x"]) * view["clientWidth"], "y": float(said["y"]) * view["clientHeight"],
            "button": said.get("button", "none"), "clickCount": int(said.get("clicks", 0)),
            "buttons": 1 if said.get("button") == "left" and said["type"] != "mouseReleased" else 0,
        }  # fmt: skip
        if said["type"] == "mouseWheel":
            told |= {"deltaX": float(said.get("dx", 0)), "deltaY": float(said.get("dy", 0))}
        return told
