"""What one call into a page is worth: against typing field by field, against the page's own limit, and side by side."""

from __future__ import annotations

import json
import math
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from bridges.browser_process import BrowserProcess
from bridges.worker.runtime import runtime_source
from tests.benchmarks import _kits, _mutations, _selenium
from tests.benchmarks._side_by_side import measure
from tests.benchmarks._ticks import gap_p99
from tests.benchmarks.figure import Figure
from tests.bridges.pages import forty_fields, forty_wishes, served

ROUNDS = 15


def _call(page: Page, verb: str) -> dict[str, object]:
    question = json.dumps({"verb": verb, "fields": forty_wishes()}, ensure_ascii=False)
    told: dict[str, object] = json.loads(page.evaluate("t => window.__onewindow.call(t)", question))
    return told


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _by_hand(page: Page) -> None:
    """Field by field as a Playwright script does it, each read back."""
    for wish in forty_wishes():
        name = {"文本": "t", "选择": "s", "单选": "r", "日期": "d", "说明": "a"}[wish["label"][:2]] + wish["label"][2:]
        box = page.locator(f"[name={name}]")
        match wish["kind"]:
            case "select":
                box.select_option(label=wish["value"])
                box.input_value()
            case "radio":
                page.locator(f"[name={name}][value='2']").check()
            case "date":
                box.evaluate("(e, v) => { e.value = v }", wish["value"])
                box.input_value()
            case _:
                box.fill(wish["value"])
                box.input_value()


INSIDE = """t => { const q = t; const began = performance.now();
  return window.__onewindow.call(q).then(() => performance.now() - began) }"""


def _forty(page: Page, base: str, other: Callable[[], float] | None) -> tuple[list[float], ...]:
    """Turn by turn: the look, our call, the page's own limit, Playwright field by field, Selenium (`other`)."""
    look, ours, inside, hand, keys = [], [], [], [], list[float]()
    question = json.dumps({"verb": "fill", "fields": forty_wishes()}, ensure_ascii=False)
    for turn in range(ROUNDS):
        page.goto(base)
        look.append(_timed(lambda: _call(page, "probe")))
        ours.append(_timed(lambda: _call(page, "fill")))
        page.goto(base)
        _call(page, "probe")
        trip = _timed(lambda: page.evaluate("0"))
        inside.append(float(page.evaluate(INSIDE, question)) + trip)
        if turn % 3 == 0:
            page.goto(base)
            hand.append(_timed(lambda: _by_hand(page)))
            if other is not None:
                keys.append(other())
    return look, ours, inside, hand, keys or [math.nan]


def _attached_again(endpoint: str) -> tuple[float, float]:
    """A new driver on a living page whose worker is gone: milliseconds until all is read again, and the share held."""
    with sync_playwright() as playwright:
        began = time.perf_counter()
        page = playwright.chromium.connect_over_cdp(endpoint).contexts[0].pages[0]
        told = _call(page, "verify")["fields"]
        took = (time.perf_counter() - began) * 1000
        assert isinstance(told, list)
        return took, sum(one["ok"] for one in told) / len(forty_wishes())


@contextmanager
def _other(base: str) -> Iterator[Callable[[], float] | None]:
    if lacking := _selenium.missing():
        print(f"Selenium is not measured, because its driver is not here: {lacking}", file=sys.stderr)
        yield None
    else:
        with _selenium.selenium(base) as once:
            yield once


def figures() -> list[Figure]:
    with TemporaryDirectory() as room, served({"/": forty_fields()}) as (base, _):
        browser = BrowserProcess(Path(room) / "one", [base.split("//")[1].rstrip("/")])
        try:
            with sync_playwright() as playwright:
                page = playwright.chromium.connect_over_cdp(browser.ensure().endpoint).contexts[0].pages[0]
                page.add_init_script(runtime_source())
                with _other(base) as other:
                    look, ours, inside, hand, keys = (statistics.median(times) for times in _forty(page, base, other))
                page.goto(base)
                _call(page, "probe")
                _call(page, "fill")
            again, held = zip(*(_attached_again(browser.ensure().endpoint) for _ in range(ROUNDS)), strict=True)
        finally:
            browser.close()
    faster, limit, whole = hand / ours, ours / inside, measure(_by_hand)
    keyed = Figure("40 fields against Selenium's send_keys", keys / ours, "≥ 100×", keys / ours >= 100, "×")
    three, five, print_cost, back, gap = (
        whole.ratio(3),
        whole.ratio(5),
        look / ours,
        statistics.median(again),
        gap_p99(),
    )
    return [
        Figure("40 fields, fill and verify, against Playwright field by field", faster, "≥ 40×", faster >= 40, "×"),
        *([] if math.isnan(keys) else [keyed]),
        *_kits.figures(),
        Figure("40 fields against the in-page limit and one round trip", limit, "≤ 3×", limit <= 3, "×"),
        Figure("three departments filed side by side against a script one by one", three, "≥ 4×", three >= 4, "×"),
        Figure("five departments filed side by side against a script one by one", five, "≥ 6×", five >= 6, "×"),
        Figure("looking at the page before typing, against the fill", print_cost, "≤ 2×", print_cost <= 2, "×"),
        Figure("attached again to a living page, everything read", back, "≤ 200 ms", back <= 200, " ms"),
        Figure("typed fields still there then", min(held) * 100, "100 %", min(held) == 1, " %"),
        Figure("gap between ticks of the window's thread, five fills, p99", gap, "≤ 50 ms", gap <= 50, " ms"),
        *_mutations.figures(),
    ]
