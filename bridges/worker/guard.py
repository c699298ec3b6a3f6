"""What a department's page may reach: its own hosts and nothing else (reliability.md A9).

Three walls: the browser's own host rules (set at its start), the route of every request, the route of every web socket.
Downloads are denied, windows nobody asked for are closed, service workers do not exist for the page.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Dialog, Page, Request, Route, WebSocketRoute
from playwright.async_api import Error as PlaywrightError

from bridges.gaps import filled, filled_through
from bridges.recipe import host_of

MODAL = "/__onewindow__/modal"
ANSWERS = (("value", "value"), ("calls", "given"))
OPEN_SCHEMES = ("data:", "blob:", "about:")
STORM = 12
EVERYTHING = "**/*"
Overhear = Callable[[Request], Awaitable[None]]


class Guard:
    def __init__(
        self, hosts: list[str], dialogs: list[dict[str, str]], modals: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        self._hosts, self.dialogs, self.modals = frozenset(hosts), dialogs, list(modals)
        self.values: Mapping[str, str] = {}  # of the present run: what gaps in an answer are filled with
        self._context: BrowserContext | None = None
        self._looking = False  # then nothing but reading leaves the browser
        self.turned_away: list[str] = []
        self.popups_wanted = 0
        self.popups: list[Page] = []
        self.own: set[Page] = set()
        self._overheard: Overhear | None = None  # while a person holds the page
        self.person: Callable[[Dialog], Awaitable[None]] | None = None  # then it is the person who answers
        self.held_back = 0
        self.unknown_dialog = ""
        self.refusing_dialog = ""
        self._dialog_count = 0

    def allows(self, url: str) -> bool:
        return url.startswith(OPEN_SCHEMES) or (
            url.startswith(("http://", "https://", "ws://", "wss://")) and host_of(url) in self._hosts
        )

    async def stand(self, browser: Browser, context: BrowserContext) -> None:
        self._context = context
        await context.route(self.not_surely_ours(), self._request)
        await context.route_web_socket(re.compile(".*"), self._socket)
        context.on("page", self._window)
        for page in context.pages:
            self.watch(page)
        session = await browser.new_browser_cdp_session()
        await session.send("Browser.setDownloadBehavior", {"behavior": "deny"})

    def not_surely_ours(self) -> re.Pattern[str]:
        """Every address but those that plainly lie on the department's hosts.

        Playwright's own process lets those pass; each one asked about here costs the way to this process and back, and
        a page of an old system fetches dozens. Whatever is written unusually is asked about. Read by JavaScript too.
        """
        places = []
        for host, _, port in (one.rpartition(":") for one in sorted(self._hosts)):
            scheme = {"80": "http", "443": "https"}.get(port)
            places += [f"https?://{re.escape(host)}:{port}", *([f"{scheme}://{re.escape(host)}"] if scheme else [])]
        return re.compile(rf"^(?!(?:{'|'.join(places)})(?:[/?#]|$))|{re.escape(MODAL)}")

    async def look_only(self, looking: bool) -> None:
        """While it holds, nothing but reading leaves the browser."""
        self._looking = looking
        await self._hear_everything()

    async def overhear(self, overheard: Overhear | None) -> None:
        """Every request is told to `overheard` before it leaves."""
        self._overheard = overheard
        await self._hear_everything()

    async def _hear_everything(self) -> None:
        assert self._context is not None
        await self._context.unroute(EVERYTHING, self._request)
        if self._looking or self._overheard is not None:
            await self._context.route(EVERYTHING, self._request)

    def watch(self, page: Page) -> None:
        if page not in self.own:  # a second listener would answer every dialog twice
            self.own.add(page)
            page.on("dialog", self.answer)

    def forget_dialogs(self) -> None:
        self.unknown_dialog, self.refusing_dialog, self._dialog_count = "", "", 0

    async def _request(self, route: Route) -> None:
        if self._overheard is not None:
            with contextlib.suppress(PlaywrightError):
                await self._overheard(route.request)
        with contextlib.suppress(PlaywrightError):
            if urlsplit(route.request.url).path == MODAL:
                await route.fulfill(status=200, content_type="application/json", body=self._modal(route.request))
            elif self._looking and route.request.method not in ("GET", "HEAD", "OPTIONS"):
                self.held_back += 1
                await route.abort("blockedbyclient")
            elif self.allows(route.request.url):
                await route.continue_()
            else:
                self.turned_away.append(host_of(route.request.url))
                await route.abort("blockedbyclient")

    def _modal(self, request: Request) -> str:
        """The answer of a window nobody sees (`showModalDialog`); one the recipe does not know stops the run."""
        asked = str(json.loads(request.post_data or "{}").get("url", ""))
        rule = next((rule for rule in self.modals if re.search(rule["page"], asked)), None)
        if rule is None:
            self.unknown_dialog = self.unknown_dialog or f"showModalDialog {asked}"[:200]
            return "{}"
        told = {key: filled_through(rule[name], self.values) for key, name in ANSWERS if name in rule}
        return json.dumps(told, ensure_ascii=False)

    def _socket(self, socket: WebSocketRoute) -> Any:
        if self.allows(socket.url):
            socket.connect_to_server()
            return None
        self.turned_away.append(host_of(socket.url))
        return socket.close()

    async def _window(self, page: Page) -> None:
        if page in self.own:
            return
        if self.popups_wanted > 0:
            self.popups_wanted -= 1
            self.watch(page)
            self.popups.append(page)
            return
        page.on("dialog", self.answer)
        with contextlib.suppress(PlaywrightError):
            await page.close()

    async def answer(self, dialog: Dialog) -> None:
        """By the recipe; a text it does not know is sent away and stops the run before the intent.

        While a person holds the page it is theirs to answer, unless the page storms.
        """
        self._dialog_count += 1
        if self.person is not None and dialog.type != "beforeunload" and self._dialog_count <= STORM:
            await self.person(dialog)
            return
        rule = next((rule for rule in self.dialogs if re.search(rule["text"], dialog.message)), None)
        with contextlib.suppress(PlaywrightError):
            if dialog.type == "beforeunload":
                await dialog.accept()
            elif rule is None or self._dialog_count > STORM:
                self.unknown_dialog = self.unknown_dialog or dialog.message[:200] or "?"
                await dialog.dismiss()
            elif rule["answer"] == "refused":
                self.refusing_dialog = dialog.message[:300]
                await dialog.accept()
            elif rule["answer"] == "accept":
                await dialog.accept(filled(rule.get("type", ""), self.values))
            else:
                await dialog.dismiss()
