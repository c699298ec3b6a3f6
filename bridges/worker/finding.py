"""A department that says nothing after the save: its number is found by looking for the case, never by saving again.

First the answer to the click is awaited (a request that is on its way would be cut off by the next page), then the
recipe's `receipt.steps` follow links or search, then the number is read. Whatever fails here is a doubt, not an error.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError

from bridges.worker.arrival import arrived
from bridges.worker.receipt import RECEIPT_SECONDS, Receipt, rows_of
from bridges.worker.session import Session
from bridges.worker.wire import Trouble

BEGIN_SECONDS = 1.5  # the longest a page thinks before it asks its server; later requests are waited for by `after`
Walk = Callable[[Mapping[str, Any]], Awaitable[None]]


async def find(
    session: Session, receipt: Receipt, rule: Mapping[str, Any], values: Mapping[str, str], take: Walk, since: int
) -> dict[str, Any]:
    """{"end": filed|refused|doubt, …}; `since`: how many requests there had been before the click."""
    clicked, deadline = time.time(), time.monotonic() + float(rule.get("within_s", RECEIPT_SECONDS))
    at = 0
    try:
        answer = await _answered(session, receipt, rule, since, deadline)
        if answer["end"]:
            return answer
        for n, step in enumerate(rule.get("steps", ()), 1):
            at = n
            await take(step)
        if "row" not in rule:
            return await receipt.await_answer()
        return await _row(session, rule, values, clicked)
    except Trouble as trouble:
        failed = {"step": at, "code": trouble.code, **trouble.detail}
    except PlaywrightError as trouble:
        failed = {"step": at, "code": "page_trouble", "why": str(trouble).splitlines()[0][:160]}
    return {"end": "doubt", "why": "no_number", "failed": failed}


async def _answered(
    session: Session, receipt: Receipt, rule: Mapping[str, Any], since: int, deadline: float
) -> dict[str, Any]:
    began = time.monotonic()
    while time.monotonic() < deadline:
        said = await receipt.refusal_or_doubt()
        if said["end"]:
            return said
        if "after" in rule:
            if await session.sees(rule["after"]):
                return {"end": ""}
        elif not session.traffic.under_way(since) and (
            session.traffic.count > since or time.monotonic() - began > BEGIN_SECONDS
        ):
            await arrived(session.page, session.traffic)
            if not session.traffic.under_way(since):
                return await receipt.refusal_or_doubt()
        await asyncio.sleep(0.03)
    return {"end": "doubt", "why": "no_number"}


async def _row(session: Session, rule: Mapping[str, Any], values: Mapping[str, str], clicked: float) -> dict[str, Any]:
    deadline = time.monotonic() + float(rule.get("within_s", RECEIPT_SECONDS))
    numbers: list[str] = []
    while time.monotonic() < deadline:
        numbers = await rows_of(session, session.page, rule, values, clicked)
        if numbers:
            break
        await asyncio.sleep(0.1)
    if len(numbers) > 1:
        return {"end": "doubt", "why": "several_found"}
    if not numbers:
        return {"end": "doubt", "why": "no_number"}
    if not re.fullmatch(rule.get("format", r".+"), numbers[0]):
        return {"end": "doubt", "why": "number_format"}
    return {"end": "filed", "number": numbers[0]}
