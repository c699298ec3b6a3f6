"""A form filled with a sample case and left before its last click, to see every page it has on the way.

Looking alone does not come behind a page that lets nobody on before it is filled (a wizard). Nothing is submitted and
nothing is journalled; the browser is its own and gone afterwards.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bridges import uploads
from bridges.beijing import beijing_now
from bridges.filing import Credentials, Filing
from bridges.hand import Hand
from bridges.inspection import CannotInspect, walked_to_the_end
from bridges.plan import CannotPlan, plan, receipt_with_values
from bridges.recipe import Form, Recipe

STOPPED = "stopped_before_submit"
Panes = dict[str, list[dict[str, Any]]]


def panes_on_the_way(
    recipe: Recipe, form: Form, filing: Filing, account: Credentials | None, *, base: str = "", headless: bool = True
) -> Panes:
    """Every pane with its controls before anything was typed into it; `CannotInspect` when the walk got stuck."""
    try:
        uploads.memory_room()
    except uploads.NoPrivateMemory as trouble:
        raise CannotInspect("no_private_memory", {}) from trouble
    with (
        tempfile.TemporaryDirectory(prefix="onewindow-rehearsal-") as room,
        uploads.laid_out(filing.attachments) as papers,
    ):
        today = beijing_now().date()
        try:
            made = plan(form, filing, papers, today=today)
            order = {
                "do": "file", "form": made.form, "steps": list(made.steps), "masked": list(made.masked),
                "receipt": receipt_with_values(form, filing, today=today),
                "values": {**filing.values, "filing.key": filing.key, "filing.today": today.isoformat()},
                "credentials": {"user": account.user, "password": account.password.reveal()} if account else None,
                "stop_before_submit": True, "prints": True,
            }  # fmt: skip
        except CannotPlan as trouble:
            raise CannotInspect(trouble.code, trouble.detail) from trouble
        hand = Hand(recipe, (base or recipe.base).rstrip("/") + "/", Path(room), headless=headless)
        try:
            told = _walked(hand, order)
        finally:
            hand.close()
    return {step: [_without(made.masked, one) for one in controls] for step, controls in told.items()}


def _walked(hand: Hand, order: Mapping[str, Any]) -> Panes:
    result = walked_to_the_end(hand, order)
    if result.get("code") != STOPPED:
        raise CannotInspect(result.get("code", "worker_gone"), result.get("detail", {}))
    found: Panes = result["prints"]
    return found


def _without(masked: Sequence[str], control: Mapping[str, Any]) -> dict[str, Any]:
    """A list the page made out of the sample case (people of one household) is nobody's fingerprint."""
    speaks = any(word in option for option in control.get("options") or () for word in masked)
    return {**control, **({"options": None, "codes": None} if speaks else {})}
