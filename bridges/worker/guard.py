"""What a department's page may reach: its own hosts and nothing else (reliability.md A9).

Three walls: the browser's own host rules (set at its start), the route of every request, the route of every web socket.
Downloads are denied, windows nobody asked for are closed, service workers do not exist for the page.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any

from playwright.async_api import Browser, BrowserContext, Dialog, Page, Route, WebSocketRoute
from playwright.async_api import Error as PlaywrightError

from bridges.recipe import host_of

OPEN_SCHEMES = ("data:", "blob:", "about:")
STORM = 12


class Guard:
    def __init__(self, hosts: list[str], dialogs: list[dict[str, str]]) -> None:
        self._hosts, self._dialogs = frozenset(hosts), dialogs
        self.turned_away: list[str] = []
        self.popups_wanted = 0
        self.popups: list[Page] = []
        self.own: set[Page] = set()
        self.unknown_dialog = ""
        self.refusing_dialog = ""
        self._dialog_count = 0

    def allows(self, url: str) -> bool:
        return url.startswith(OPEN_SCHEMES) or (
            url.startswith(("http://", "https://", "ws://", "wss://")) and host_of(url) in self._hosts
        )

    async def stand(self, browser: Browser, context: BrowserContext) -> None:
        await context.route("**/*", self._request)
        await context.route_web_socket(re.compile(".*"), self._socket)
        context.on("page", self._window)
        for page in context.pages:
            self.watch(page)
        session = await browser.new_browser_cdp_session()
        await session.send("Browser.setDownloadBehavior", {"behavior": "deny"})

    def watch(self, page: Page) -> None:
        self.own.add(page)
        page.on("dialog", self.answer)

    def forget_dialogs(self) -> None:
        self.unknown_dialog, self.refusing_dialog, self._dialog_count = "", "", 0

    async def _request(self, route: Route) -> None:
        with contextlib.suppress(PlaywrightError):
            if self.allows(route.request.url):
                await route.continue_()
            else:
                self.turned_away.append(host_of(route.request.url))
                await route.abort("blockedbyclient")

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
        """By the recipe; a text it does not know is sent away and stops the run before the intent."""
        self._dialog_count += 1
        rule = next((rule for rule in self._dialogs if re.search(rule["text"], dialog.message)), None)
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
                await dialog.accept(rule.get("type", ""))
            else:
                await dialog.dismiss()
