"""Looking at the department's page without touching its data: what would be filled, field by field, and what changed.

Panes behind a click (a wizard's second page) are not reached, because reaching them could mean saving the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridges.worker.pane import Pane
from bridges.worker.run import Run
from bridges.worker.session import Session


async def examine(session: Session, run: Run, order: Mapping[str, Any]) -> dict[str, Any]:
    seen: list[dict[str, Any]] = []
    fingerprints: dict[str, Any] = {}
    for n, step in enumerate(order["steps"]):
        if "open" in step or "wait" in step:
            await run.take(step)
        elif "fill" in step:
            frame = await session.frame(step.get("frame"))
            known = session.department["fingerprint"].get(order["form"], {}).get(str(n), [])
            pane = Pane(session, frame, step, known)
            told = await pane.probe(full=True)
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
