"""One browser, one receiving server and one page object for all kits; the bridge's own session and pane drive it."""

import asyncio
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Playwright, async_playwright

from bridges.browser_process import executable
from bridges.worker.runtime import runtime_source
from bridges.worker.session import Session
from tests.bridges.kits.receiving import Book, receiving

T = TypeVar("T")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
DEPARTMENT = {
    "department": "kits", "kit": "auto", "charset": "", "settle_ms": 0, "dialogs": [], "modals": [], "refused": [],
    "doubt": [],
    "substitutes": {}, "login": None, "fingerprint": {},
}  # fmt: skip


@dataclass
class Bench:
    """Everything asynchronous happens in one loop that lives as long as the package's tests."""

    address: str
    book: Book
    runner: asyncio.Runner = field(default_factory=asyncio.Runner)

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    async def start(self) -> None:
        self.playwright: Playwright = await async_playwright().start()
        self.browser: Browser = await self.playwright.chromium.launch(executable_path=executable(), args=[*ARGUMENTS])
        self.context: BrowserContext = await self.browser.new_context(
            locale="zh-CN", viewport={"width": 1280, "height": 900}
        )
        await self.context.add_init_script(runtime_source())
        self.page: Page = await self.context.new_page()

    async def end(self) -> None:
        await self.browser.close()
        await self.playwright.stop()

    async def session(self, kit: str) -> Session:
        session = Session(DEPARTMENT, self.address, [])
        session.context, session.browser = self.context, self.browser
        session.page = self.page
        session.watch(session.page)
        await session.page.goto(f"{self.address}pages/{kit}.html", wait_until="load")
        return session

    async def sent(self, page: Page, kit: str, already: int) -> dict[str, list[str]]:
        await page.evaluate("void setTimeout(() => document.querySelector('#send').click(), 0)")
        await page.wait_for_selector("#done", timeout=15_000)
        return self.book.last(kit, already)


@pytest.fixture(scope="package")
def bench() -> Iterator[Bench]:
    with receiving() as (address, book):
        made = Bench(address, book)
        made.do(made.start())
        yield made
        made.do(made.end())
        made.runner.close()
