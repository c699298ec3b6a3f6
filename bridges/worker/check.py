"""Looking at the department's page without touching its data: what would be filled, field by field, and what changed.

Clicks on the way to the first pane are made (a menu, a "new case" button: nothing is typed yet that could be saved).
Panes behind a later click, a wizard's second page, are not reached: reaching them could mean saving the first.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from bridges.worker.pane import Pane
from bridges.worker.run import DRAWN_SECONDS, EMPTY_SECONDS, Run
from bridges.worker.session import Session


async def examine(session: Session, run: Run, order: Mapping[str, Any]) -> dict[str, Any]:
    seen: list[dict[str, Any]] = []
    fingerprints: dict[str, Any] = {}
    for n, step in enumerate(order["steps"]):
        if "open" in step or "wait" in step or ("click" in step and not fingerprints):
            await run.take(step)
        elif "fill" in step:
            frame = await session.frame(step.get("frame"))
            known = session.department["fingerprint"].get(order["form"], {}).get(str(n), [])
            pane = Pane(session, frame, step, known)
            told = await _drawn(pane)
            fingerprints[str(n)] = told["controls"]
            for one in told["fields"]:
                field = next(field for field in pane.fields if field["key"] == one["key"])
                seen.append({"field": field["called"], "element": field["element"], "step": n + 1, **one})
            seen += [
                {"field": one["label"], "element": "", "step": n + 1, "problem": "new_required", "score": 0.0,
                 "exact": False, "candidate": one, "margin": 0.0} for one in told["unmapped"]
            ]  # fmt: skip
        elif "click" in step or "submit" in step:
            break
    return run.result(end="checked", seen=seen, fingerprints=fingerprints, stopped_at=n + 1, steps=len(order["steps"]))


async def _drawn(pane: Pane) -> dict[str, Any]:
    """The pane once it shows every field, or as it is when the time a page may need to draw itself is over."""
    began = time.monotonic()
    while True:
        told = await pane.probe(full=True)
        patience = DRAWN_SECONDS if told["controls"] else EMPTY_SECONDS
        if all(one["problem"] not in ("missing", "hidden") for one in told["fields"]):
            return told
        if time.monotonic() - began > patience:
            return told
        await asyncio.sleep(0.05)
