"""One department's session: attached to its living browser, guarded, signed in.

The page is opened in the browser's default context, because pages of contexts Playwright makes are disposed of when the
worker dies (bridges.md §9). Everything a step needs of the page goes through here: frames, in-page calls, sign-in.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urljoin

from playwright.async_api import Browser, BrowserContext, CDPSession, ElementHandle, Frame, Page, Playwright, Response
from playwright.async_api import Error as PlaywrightError

from bridges.worker import naming
from bridges.worker.arrival import Traffic
from bridges.worker.guard import Guard
from bridges.worker.laid_open import LaidOpen
from bridges.worker.pressing import Meant
from bridges.worker.runtime import runtime_source
from bridges.worker.wire import Trouble

OPEN_SECONDS = 20.0
WAIT_SECONDS = 15.0
REPLACED_SECONDS = 5.0
STANDS_SECONDS = 4.0
BEING_REPLACED = re.compile(r"context was destroyed|Cannot find context|because of a navigation")
CROSSED = re.compile(r"interrupted by another navigation|ERR_ABORTED")
SILENT_SECONDS, GLANCES = 4.0, ("look", "text", "rects")
READING = ("probe", "look", "text", "rects", "rows", "meant")
DOWN = re.compile(r"ERR_(CONNECTION|NAME|ADDRESS|INTERNET|EMPTY|SOCKET|NETWORK|FAILED|SSL|CERT|TIMED_OUT|ABORTED)")
Found = TypeVar("Found")


class Session:
    def __init__(self, department: Mapping[str, Any], base: str, hosts: list[str]) -> None:
        self.department, self.base = department, base
        self.guard = Guard(hosts, list(department["dialogs"]), department.get("modals", ()))
        self._source = runtime_source()
        self.traffic = Traffic()
        self.browser: Browser
        self.context: BrowserContext
        self.page: Page
        self.signed_in = self.signing_in = False
        self.last_status = 200
        self._laid_open: LaidOpen | None = None
        self._camera: tuple[Page, CDPSession] | None = None

    async def attach(self, playwright: Playwright, endpoint: str) -> None:
        self.browser = await playwright.chromium.connect_over_cdp(endpoint)
        self.context = self.browser.contexts[0]
        await self.context.add_init_script(self._source)
        await self.guard.stand(self.browser, self.context)
        mine = [page for page in self.context.pages if page.url.startswith(self.base)]
        self.page = (mine or self.context.pages or [await self.new_page()])[0]
        for page in self.context.pages:
            if page is not self.page:
                await page.close()
        self.watch(self.page)

    def watch(self, page: Page) -> None:
        self.guard.watch(page)
        self.traffic.watch(page)
        page.on("response", self._note_status)

    def _note_status(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.last_status = response.status

    async def new_page(self) -> Page:
        self.guard.popups_wanted += 1
        page = await self.context.new_page()
        if page not in self.guard.own:
            self.guard.watch(page)
        self.guard.popups_wanted = 0
        self.guard.popups = [popup for popup in self.guard.popups if popup is not page]
        return page

    async def call(self, frame: Frame, verb: str, **more: Any) -> Any:
        """One call into one frame: JSON text in, JSON text out (half of Playwright's own cost is its serialiser).

        A page that is just being replaced is asked again, but only for what changes nothing in it.
        """
        question = json.dumps({"verb": verb, **more}, ensure_ascii=False)
        deadline = time.monotonic() + REPLACED_SECONDS
        while True:
            try:
                asked = frame.evaluate("t => window.__onewindow.call(t)", question)
                return json.loads(await asyncio.wait_for(asked, SILENT_SECONDS) if verb in GLANCES else await asked)
            except TimeoutError:
                raise PlaywrightError("this frame does not answer") from None  # a blocked frame never does
            except PlaywrightError as trouble:
                if "reading 'call'" in str(trouble) and time.monotonic() < deadline:
                    await frame.evaluate(self._source)
                elif verb not in READING or not BEING_REPLACED.search(str(trouble)) or time.monotonic() > deadline:
                    raise
            await asyncio.sleep(0.03)

    async def frame(self, named: str | None, page: Page | None = None) -> Frame:
        """The frame a step names by its name or a part of its address; the top one without a name."""
        page = page or self.page
        if not named:
            return page.main_frame
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            frame = naming.called(named, page) or await naming.marked(named, page)
            if frame is not None:
                await frame.wait_for_load_state("domcontentloaded")
                return frame
            if not self.signing_in and await self.at_login(page):
                break  # the session is over and its sign-in page stands where the frame should be
            await asyncio.sleep(0.02)
        near = "、".join(dict.fromkeys(frame.name or frame.url for frame in page.frames[1:])) or "—"
        raise Trouble("page", "frame_missing", frame=named, near=near[:300])

    async def open(self, path: str, frame_name: str | None = None, page: Page | None = None) -> None:
        frame = await self.frame(frame_name, page)
        self.last_status = 200
        if "#" in path and frame is (page or self.page).main_frame:
            # The same page with another fragment would not be loaded again and still hold the resident before.
            await frame.goto("about:blank")
        answer = await self._gone_to(frame, urljoin(self.base, path.lstrip("/")))
        if answer is not None and answer.status >= 500:
            raise Trouble("transport", "department_error", status=str(answer.status))

    def lay_open(self, path: str, frame_name: str | None) -> None:
        """The page of this path stands ready for a filing that is about to come; nothing was typed into it."""
        self._laid_open = LaidOpen(path, frame_name, self.page.url, self.traffic.count)

    def lies_open(self, path: str, frame_name: str | None) -> bool:
        """Whether just this page was laid open a moment ago and nothing has happened to it since. Asked once."""
        laid, self._laid_open = self._laid_open, None
        now = LaidOpen(path, frame_name, self.page.url, self.traffic.count)
        return laid is not None and not self.traffic.under_way() and now.is_still(laid)

    async def camera(self, page: Page) -> CDPSession:
        """The line on which pictures are asked for, kept as long as the page is the same."""
        if self._camera is None or self._camera[0] is not page:
            self._camera = (page, await self.context.new_cdp_session(page))
        return self._camera[1]

    async def _gone_to(self, frame: Frame, address: str) -> Response | None:
        """A page that is itself on its way elsewhere (to the sign-in page, after its alert) may cross ours: again."""
        for crossed in (False, False, True):
            try:
                return await frame.goto(address, timeout=OPEN_SECONDS * 1000, wait_until="load")
            except PlaywrightError as trouble:
                if crossed or not CROSSED.search(str(trouble)):
                    raise self.transport(trouble) from None
        return None

    def transport(self, trouble: PlaywrightError) -> Trouble:
        words = str(trouble)
        if "Timeout" in words:
            return Trouble("transport", "department_slow")
        if DOWN.search(words):
            return Trouble("transport", "department_down")
        if "closed" in words or "crashed" in words:
            return Trouble("transport", "browser_gone")
        return Trouble("page", "page_trouble", why=words.splitlines()[0][:160])

    async def sees(self, what: Mapping[str, Any], page: Page | None = None) -> bool:
        """One glance: does any frame (or the named one) show it?"""
        page = page or self.page
        for frame in page.frames:
            if what.get("frame") and frame.name != what["frame"] and what["frame"] not in frame.url:
                continue
            if "url" in what and not re.search(what["url"], frame.url):
                continue
            asked = {key: what[key] for key in ("text", "css", "gone") if key in what}
            if not asked:
                return True
            try:
                told = await self.call(frame, "look", **asked)
            except PlaywrightError:
                continue
            if all(told.get(key) for key in asked):
                return True
        return False

    async def wait(self, what: Mapping[str, Any], page: Page | None = None) -> bool:
        deadline = time.monotonic() + float(what.get("within_s", WAIT_SECONDS))
        while not await self.sees(what, page):
            if time.monotonic() > deadline or self.guard.unknown_dialog or self.guard.refusing_dialog:
                return False
            await asyncio.sleep(0.03)
        return True

    async def at_login(self, page: Page | None = None) -> bool:
        login = self.department.get("login")
        return login is not None and await self.sees(login["seen"], page)

    async def button(self, what: Any, named: str | None, within: str | None, page: Page | None = None) -> ElementHandle:
        """The one visible button or link with these words, waited for; more than one is as bad as none."""
        return await self._the_one(what, named, within, page, self.buttons)

    async def meant(self, what: Any, named: str | None, within: str | None) -> Meant:
        """That one button, kept by the runtime of its frame: for a press without a handle of it."""

        async def hits(frame: Frame, told: Mapping[str, Any], within: str | None) -> list[Meant]:
            answer = await self.call(frame, "meant", **_by_words(told, within))
            return [Meant(frame, answer["ready"])] * answer["hits"]

        return await self._the_one(what, named, within, None, hits)

    async def _the_one(
        self,
        what: Any,
        named: str | None,
        within: str | None,
        page: Page | None,
        look: Callable[[Frame, Mapping[str, Any], str | None], Awaitable[list[Found]]],
    ) -> Found:
        told = {"text": what} if isinstance(what, str) else dict(what)
        deadline = time.monotonic() + WAIT_SECONDS
        found: list[Found] = []
        while True:
            frame = await self.frame(told.get("frame") or named, page)
            try:
                found = await look(frame, told, within)
            except PlaywrightError as trouble:
                if "closed" in str(trouble):
                    raise
                found = []
            if len(found) == 1:
                return found[0]
            if self.guard.unknown_dialog or await self.at_login(page) or time.monotonic() > deadline:
                break
            await asyncio.sleep(0.03)
        words = str(told.get("text") or told.get("css"))
        near = "、".join(await self._near(frame, "buttons", words)) or "—"
        raise Trouble("page", "button_ambiguous" if found else "button_missing", button=words, near=near)

    async def _near(self, frame: Frame, verb: str, words: str) -> list[str]:
        try:
            return list((await self.call(frame, verb, text=words))["near"])
        except PlaywrightError:
            return []

    async def lines(self, question: Mapping[str, Any], named: str | None) -> ElementHandle:
        """The one line of a list that says these words (or the button in it), waited for."""
        return await self._only("lines", question, named, "line_missing", "line_ambiguous")

    async def _only(
        self, verb: str, question: Mapping[str, Any], named: str | None, missing: str, ambiguous: str
    ) -> ElementHandle:
        deadline = time.monotonic() + WAIT_SECONDS
        found: list[ElementHandle] = []
        while True:
            frame = await self.frame(named)
            try:
                found = await self._elements(frame, verb, json.dumps(dict(question)))
            except PlaywrightError as trouble:
                if "closed" in str(trouble):
                    raise
            if len(found) == 1:
                return found[0]
            if time.monotonic() > deadline or self.guard.unknown_dialog:
                break
            # A list that stands there without the line will not grow it; an empty one may still be loading.
            near = (await self.call(frame, verb, **question))["near"]
            if near and time.monotonic() > deadline - WAIT_SECONDS + STANDS_SECONDS:
                break
            await asyncio.sleep(0.03)
        words = str(question.get("text"))
        near = "、".join((await self.call(frame, verb, **question))["near"]) or "—"
        raise Trouble("page", ambiguous if found else missing, line=words, near=near)

    async def _elements(self, frame: Frame, verb: str, question: str) -> list[ElementHandle]:
        """One trip for the one that is meant; a list of several takes more."""
        found = f"t => {{ const hits = window.__onewindow.{verb}(t); return hits.length === 1 ? hits[0] : hits; }}"
        try:
            handle = await frame.evaluate_handle(found, question)
        except PlaywrightError:
            await self.call(frame, "look")  # a page that was just being replaced, or has not got the runtime yet
            handle = await frame.evaluate_handle(found, question)
        if (only := handle.as_element()) is not None:
            return [only]
        properties = await handle.get_properties()
        return [element for element in (one.as_element() for one in properties.values()) if element]

    async def buttons(self, frame: Frame, told: Mapping[str, Any], within: str | None) -> list[ElementHandle]:
        if "css" in told and not {"text", "near"} & set(told):
            # The browser's own selector engine knows more than CSS (`:has-text`): asked when nothing else is said.
            found = [one for one in await frame.query_selector_all(told["css"]) if await one.is_visible()]
            return found[told["nth"] - 1 : told["nth"]] if "nth" in told else found
        return await self._elements(frame, "button", json.dumps(_by_words(told, within)))


def _by_words(told: Mapping[str, Any], within: str | None) -> dict[str, Any]:
    """What the runtime needs to know to find a button."""
    return {**{key: told[key] for key in ("text", "css", "near", "nth") if key in told}, "within": within}
