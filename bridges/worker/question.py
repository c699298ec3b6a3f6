"""In doubt the department is asked: its own query page, walked and read; what it means is judged by the parent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError

from bridges.worker.receipt import rows_of
from bridges.worker.run import Run
from bridges.worker.session import Session
from bridges.worker.wire import Trouble

LOOK_SECONDS = 4.0


async def look_up(session: Session, run: Run, order: Mapping[str, Any]) -> dict[str, Any]:
    """Asks the department's own query page; the numbers found there, judged by the parent."""
    for attempt in (1, 2):
        session.guard.forget_dialogs()
        try:
            for step in order["look_up"]["steps"]:
                await run.take(step)
            break
        except (Trouble, PlaywrightError) as trouble:
            if attempt == 2 or not await run.lost_login(trouble):
                raise
            await run.sign_in()
    # The page may still show what it showed before the question; nothing found counts only after a while.
    deadline = time.monotonic() + float(order["look_up"].get("within_s", LOOK_SECONDS))
    numbers: list[str] = []
    while not numbers and time.monotonic() < deadline:
        numbers = await rows_of(session, session.page, order["look_up"], order["values"], order["since"])
        await asyncio.sleep(0.1)
    return {"end": "looked", "numbers": numbers, "proofs": [], "evidence": [], "healed": [], "clicked": False}
