"""Looking at the department's page without touching its data: what would be filled, field by field, and what changed.

Clicks on the way to the first pane are made (a menu, a "new case" button: nothing is typed yet that could be saved).
After it nothing but reading may leave the browser and no form can be posted: a tab or a page's own "next" is then
clicked and looked behind, a window of the page is opened, looked at and closed; what only a posted form would show is
said to be out of reach.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame

from bridges.worker import signing_in
from bridges.worker.acts import window_opened
from bridges.worker.filling import DRAWN_SECONDS, EMPTY_SECONDS, quiet_probe
from bridges.worker.pane import Pane
from bridges.worker.run import Run
from bridges.worker.session import Session
from bridges.worker.wire import Trouble

HARMLESS = ("open", "wait", "hover", "check")
WINDOW_SECONDS = 5.0
LOOKS = 3
BEHIND_SECONDS = 1.0  # a pane behind a click that may have been held back is not waited for long
# In the page, from the first pane on: no form leaves it, by a button or by its own script.
NO_POST = """() => { const held = () => { window.__onewindow.heldBack = true; };
addEventListener('submit', e => { e.preventDefault(); e.stopImmediatePropagation(); held(); }, true);
HTMLFormElement.prototype.submit = held; HTMLFormElement.prototype.requestSubmit = held; }"""
HELD = "() => { const o = window.__onewindow, was = !!(o && o.heldBack); if (o) o.heldBack = false; return was; }"


class Look:
    """One form of a recipe, looked at step by step."""

    def __init__(self, session: Session, run: Run, order: Mapping[str, Any]) -> None:
        self._session, self._run, self._order = session, run, order
        self.seen: list[dict[str, Any]] = []
        self.fingerprints: dict[str, Any] = {}
        self.unreached: list[dict[str, Any]] = []
        self.spare: list[dict[str, Any]] = []
        self._held = False
        self._named: set[tuple[str, str, str]] = set()

    async def walk(self) -> None:
        for n, step in enumerate(self._order["steps"]):
            try:
                if not await self._look(n, step):
                    break
            except (Trouble, PlaywrightError) as trouble:
                if not self.fingerprints:
                    raise
                self._out_of_reach(n, step, trouble.code if isinstance(trouble, Trouble) else "page_trouble")
                self._session.guard.forget_dialogs()
        if not self.fingerprints:
            await self._around()

    async def _look(self, n: int, step: Mapping[str, Any]) -> bool:
        """False at the submit: behind it nothing is looked at."""
        if "fill" in step:
            await self._pane(n, step)
        elif "table" in step:
            await self._table(n, step)
        elif "popup" in step:
            await self._window(n, step)
        elif "submit" in step:
            await self._button(n, step, step["submit"])
            return False
        elif any(verb in step for verb in HARMLESS) or ("click" in step and not self.fingerprints):
            await self._run.take(step)
        elif "click" in step:
            await self._click(n, step)
        else:
            self._out_of_reach(n, step, "only_when_filling")
        return True

    def _out_of_reach(self, n: int, step: Mapping[str, Any], why: str) -> None:
        verb = next((key for key in step if key not in ("frame", "within", "if", "kit", "leaves", "ignore")), "")
        self.unreached.append({"step": n + 1, "verb": verb, "why": why})

    async def _pane(self, n: int, step: Mapping[str, Any], *, inside: bool = False) -> None:
        """`inside` a window of the page: not part of the page's own fingerprint."""
        frame = await self._session.frame(step.get("frame"))
        known = self._session.department["fingerprint"].get(self._order["form"], {}).get(str(n), [])
        pane = Pane(self._session, frame, step, known, self._run.filling.elsewhere)
        told = await self._drawn(pane)
        if self.fingerprints and all(one["problem"] == "missing" for one in told["fields"]):
            self._out_of_reach(n, step, "pane_not_shown")
            return
        if not self.fingerprints:
            await self._hold_back()
        if self._held:
            told["unmapped"] = []  # the form that was held back may not have them any more
        if self._held and any(one["problem"] in ("missing", "hidden") for one in told["fields"]):
            self._out_of_reach(n, step, "pane_not_shown")
            told["fields"] = [one for one in told["fields"] if one["problem"] not in ("missing", "hidden")]
        if not inside:
            self.fingerprints[str(n)] = told["controls"]
        for one in told["fields"]:
            field = next(field for field in pane.fields if field["key"] == one["key"])
            self.seen.append({"field": field["called"], "element": field["element"], "step": n + 1, **one})
            self._named.add(_mark(one["candidate"] or {}))
        self.seen += [
            {"field": one["label"], "element": "", "step": n + 1, "problem": "new_required", "score": 0.0,
             "exact": False, "candidate": one, "margin": 0.0} for one in told["unmapped"]
        ]  # fmt: skip
        mentioned = set(self._run.filling.elsewhere)
        self.spare = [
            {"step": n + 1, **one} for one in told["controls"]
            if _mark(one) not in self._named and not mentioned & {one["name"], one["id"], *one["labels"]}
        ]  # fmt: skip

    async def _drawn(self, pane: Pane) -> dict[str, Any]:
        """The pane once it shows every field, or as it is when the time a page may need to draw itself is over."""
        began = time.monotonic()
        while True:
            told = await pane.probe(full=True)
            patience = DRAWN_SECONDS if told["controls"] else EMPTY_SECONDS
            if self.fingerprints:
                patience = BEHIND_SECONDS
            if all(one["problem"] not in ("missing", "hidden") for one in told["fields"]):
                return await quiet_probe(pane, self._session)
            if time.monotonic() - began > patience:
                return told
            await asyncio.sleep(0.05)

    async def _hold_back(self) -> None:
        await self._session.guard.look_only(True)
        for frame in self._session.page.frames:
            await self._ask(frame, NO_POST)

    @staticmethod
    async def _ask(frame: Frame, script: str) -> Any:
        try:
            return await asyncio.wait_for(frame.evaluate(script), 2)
        except (PlaywrightError, TimeoutError):
            return None

    async def _click(self, n: int, step: Mapping[str, Any]) -> None:
        before = self._session.guard.held_back
        await self._run.take(step)
        held = [await self._ask(frame, HELD) for frame in self._session.page.frames]
        if any(held) or self._session.guard.held_back > before:
            self._held = True
            self._out_of_reach(n, step, "would_send")

    async def _window(self, n: int, step: Mapping[str, Any]) -> None:
        """A window of the page is opened, looked at and closed: nothing is chosen there, so nothing is written back."""
        session, guard = self._session, self._session.guard
        await self._hold_back()
        held, count, spare = guard.held_back, len(guard.popups), self.spare
        guard.popups_wanted += 1
        button = await session.button(step["popup"], step.get("frame"), step.get("within"))
        await button.click(timeout=10_000)
        try:
            popup = await window_opened(session, count, WINDOW_SECONDS)
        except Trouble:
            self._out_of_reach(n, step, "would_send" if guard.held_back > held else "popup_missing")
            return
        opener, session.page = session.page, popup
        try:
            await self._hold_back()
            clicked = False
            for inner in step["steps"]:
                clicked = await self._inside(n, inner, clicked)
        finally:
            session.page, self.spare = opener, spare
            await popup.close()

    async def _inside(self, n: int, step: Mapping[str, Any], clicked: bool) -> bool:
        """One step inside a window. `clicked`: a button before it was only looked at, so what it shows is not there."""
        if "fill" in step:
            await self._pane(n, step, inside=True)
        elif "pick" in step:
            await self._list(n, step, clicked)
        elif "click" in step:
            await self._button(n, step, step["click"])
            return True
        elif "popup" in step and (not clicked or await self._is_there(step, step["popup"])):
            await self._window(n, step)  # a window opened by a window
        elif any(verb in step for verb in HARMLESS) and not clicked:
            await self._run.take(step)
        else:
            self._out_of_reach(n, step, "only_when_filling")
        return clicked

    async def _list(self, n: int, step: Mapping[str, Any], clicked: bool) -> None:
        """Whether the list one picks from is there; which line is picked only a case can say."""
        pick = step["pick"]
        frame = await self._session.frame(step.get("frame"))
        row = pick.get("row") or "tr,li,label,a,[role=treeitem]"
        deadline, lines = time.monotonic() + BEHIND_SECONDS, list[str]()
        while not lines and time.monotonic() < deadline:
            lines = await self._session.call(frame, "rows", row=row)
            await asyncio.sleep(0.05)
        if clicked and not lines:
            self._out_of_reach(n, step, "only_when_filling")
            return
        words = str(pick.get("called") or pick.get("element") or row)
        self.seen.append(
            {"field": words, "element": str(pick.get("element", "")), "step": n + 1,
             "problem": "" if lines else "missing", "near": [], "score": 1.0 if lines else 0.0,
             "candidate": {"label": words, "type": f"list ({len(lines)})", "rule": "table"}}
        )  # fmt: skip

    async def _button(self, n: int, step: Mapping[str, Any], what: Any) -> None:
        """Whether the first button of the submit is there; it is not clicked."""
        found = await self._found(step, what[0] if isinstance(what, list) else what)
        if found != 1:
            self._out_of_reach(n, step, "button_ambiguous" if found else "button_missing")

    async def _is_there(self, step: Mapping[str, Any], what: Any) -> bool:
        return await self._found(step, what) == 1

    async def _found(self, step: Mapping[str, Any], what: Any) -> int:
        """How many visible buttons this can mean, as the page stands now."""
        told = {"text": what} if isinstance(what, str) else dict(what)
        frame = await self._session.frame(told.get("frame") or step.get("frame"))
        return len(await self._session.buttons(frame, told, step.get("within")))

    async def _table(self, n: int, step: Mapping[str, Any]) -> None:
        table = step["table"]
        kept = ("header", "label", "css", "name", "nth", "kind")
        columns = [{key: column[key] for key in kept if key in column} for column in table["columns"]]
        place = {key: table[key] for key in ("css", "section", "row") if key in table}
        frame = await self._session.frame(step.get("frame"))
        told = await self._session.call(frame, "table", columns=columns, within=step.get("within"), **place)
        problem = told.get("problem", "")
        for column in table["columns"]:
            words = str(column.get("header") or column.get("label") or column.get("called") or column.get("css"))
            self.seen.append(
                {"field": words, "element": f"{table['rows']}[].{column.get('element', '')}", "step": n + 1,
                 "problem": problem, "near": told.get("near", []), "score": 0.0 if problem else 1.0,
                 "candidate": {"label": words, "type": column.get("kind", "text"), "rule": "table"}}
            )  # fmt: skip

    async def _around(self) -> None:
        """No pane was reached: everything the page shows, so that its writer sees what there is."""
        for frame in self._session.page.frames:
            try:
                told = await self._session.call(frame, "around")
            except PlaywrightError:
                continue
            self.spare += [{"step": 0, "frame": frame.name, **one} for one in told["controls"]]


async def examine(session: Session, run: Run, order: Mapping[str, Any]) -> dict[str, Any]:
    """One form. A session that ends in the middle is no change of the page: signed in again and looked at anew."""
    for _ in range(LOOKS):
        look = Look(session, run, order)
        if not await _is_lost(session, look):
            return run.result(
                end="checked", seen=look.seen, fingerprints=look.fingerprints, unreached=look.unreached,
                spare=json.loads(json.dumps(look.spare)), steps=len(order["steps"]),
            )  # fmt: skip
        await run.sign_in()
    raise Trouble("login", "session_lost")


async def _is_lost(session: Session, look: Look) -> bool:
    """Walks; whether the department has meanwhile forgotten who we are."""
    try:
        await look.walk()
        return await signing_in.is_asked(session)
    except (Trouble, PlaywrightError) as trouble:
        if not await signing_in.was_lost(session, trouble):
            raise
        return True
    finally:
        with contextlib.suppress(PlaywrightError):
            await session.guard.look_only(False)


def _mark(control: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(control.get("name", "")), str(control.get("id", "")), str(control.get("label", ""))
