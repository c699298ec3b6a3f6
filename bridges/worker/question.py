"""In doubt the department is asked: its own query page, walked and read; what it means is judged by the parent."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError

from bridges.worker import signing_in
from bridges.worker.receipt import rows_of
from bridges.worker.run import Run
from bridges.worker.session import Session
from bridges.worker.wire import Trouble

LOOK_SECONDS = 4.0


async def ask_status(session: Session, run: Run, order: Mapping[str, Any]) -> dict[str, Any]:
    """The row of the department's list that holds this number, as it stands; empty when there is none."""
    await _walk(session, run, order)
    rule, number, line = order["look_up"], str(order["number"]), ""
    deadline = time.monotonic() + float(rule.get("within_s", LOOK_SECONDS))
    whole = re.compile(rf"(?<![0-9A-Za-z]){re.escape(number)}(?![0-9A-Za-z])")
    while not line and time.monotonic() < deadline:
        for frame in session.page.frames:
            if rule.get("frame") and frame.name != rule["frame"] and rule["frame"] not in frame.url:
                continue
            rows: list[str] = await session.call(frame, "rows", row=rule["row"])
            line = next((row for row in rows if whole.search(row)), line)
        await asyncio.sleep(0.1)
    return {"end": "status", "line": line, "proofs": [], "evidence": [], "healed": [], "clicked": False}


async def look_up(session: Session, run: Run, order: Mapping[str, Any]) -> dict[str, Any]:
    """Asks the department's own query page; the numbers found there, judged by the parent."""
    await _walk(session, run, order)
    # The page may still show what it showed before the question; nothing found counts only after a while.
    deadline = time.monotonic() + float(order["look_up"].get("within_s", LOOK_SECONDS))
    numbers: list[str] = []
    while not numbers and time.monotonic() < deadline:
        numbers = await rows_of(session, session.page, order["look_up"], order["values"], order["since"])
        await asyncio.sleep(0.1)
    return {"end": "looked", "numbers": numbers, "proofs": [], "evidence": [], "healed": [], "clicked": False}


async def _walk(session: Session, run: Run, order: Mapping[str, Any]) -> None:
    """To the query page and through its question, signing in again where the session is over."""
    for attempt in (1, 2):
        session.guard.forget_dialogs()
        try:
            for step in order["look_up"]["steps"]:
                await run.take(step)
            break
        except (Trouble, PlaywrightError) as trouble:
            if attempt == 2 or not await signing_in.was_lost(session, trouble):
                raise
            await run.sign_in()
