"""Whole filings, from the order to the number: all departments at once by the desk, against one script after the other.

The desk does all it always does: journal, look at the page, fill, read back, evidence, intent, click, receipt. Its
pages were opened before, as the client opens them while the resident signs. The
script is what a careful person writes with Playwright: one kept browser, field by field, each read back, one click, the
number read from the page; no journal, no evidence, no second look. Both are judged by the departments' own books.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from bridges.browser_process import BrowserProcess
from bridges.filing import Filed, Filing
from bridges.filing_desk import FilingDesk
from bridges.journal import open_plain
from bridges.recipe import host_of
from tests.benchmarks._town import departments, kept, recipe_of, wishes

ROUNDS = 5


@dataclass
class Times:
    """Seconds for three and for five departments, round by round."""

    ours: dict[int, list[float]] = field(default_factory=lambda: {3: [], 5: []})
    script: list[float] = field(default_factory=list)  # one department

    def ratio(self, systems: int) -> float:
        return systems * statistics.median(self.script) / statistics.median(self.ours[systems])


def measure(by_hand: Callable[[Page], None]) -> Times:
    names, times = [f"d{n}" for n in range(5)], Times()
    with TemporaryDirectory() as place:
        home = Path(place)
        with departments(home, names) as urls:
            recipes = {name: recipe_of(home, name, url) for name, url in urls.items()}
            desk = FilingDesk(open_plain(home / "journal.db"), home / "browsers", lambda _: None, departments=recipes)
            kept_browser = BrowserProcess(home / "script", [host_of(urls["d0"])])
            try:
                with ThreadPoolExecutor(5) as lanes, sync_playwright() as playwright:
                    page = playwright.chromium.connect_over_cdp(kept_browser.ensure().endpoint).contexts[0].pages[0]
                    for turn in range(ROUNDS):
                        for systems in times.ours:
                            list(lanes.map(desk.warm, names[:systems]))
                            times.ours[systems].append(_all_at_once(desk, lanes, names[:systems], f"{turn}/{systems}"))
                        times.script.append(_one_script(page, urls["d0"], by_hand))
            finally:
                desk.close()
                kept_browser.close()
        _judge(home, names)
    return times


def _all_at_once(desk: FilingDesk, lanes: ThreadPoolExecutor, names: list[str], key: str) -> float:
    began = time.perf_counter()
    found = list(lanes.map(lambda name: desk.file(Filing(f"{key}:{name}", name, f"{name}.forty", wishes())), names))
    took = time.perf_counter() - began
    assert all(isinstance(one, Filed) for one in found), [type(one).__name__ for one in found]
    return took


def _one_script(page: Page, base: str, by_hand: Callable[[Page], None]) -> float:
    began = time.perf_counter()
    page.goto(base)
    by_hand(page)
    page.get_by_role("button", name="提交").click()
    words = page.get_by_text("受理编号").inner_text()
    assert re.search(r"N-\d{6}", words)
    return time.perf_counter() - began


def _judge(home: Path, names: list[str]) -> None:
    """Every filing once in the book of its department, and both ways sent the very same forty values."""
    books = {name: kept(home, name) for name in names}
    assert [len(books[name]) for name in names] == [3 * ROUNDS, *([2 * ROUNDS] * 2), *([ROUNDS] * 2)]
    assert len({tuple(sorted(row.items())) for book in books.values() for row in book}) == 1
