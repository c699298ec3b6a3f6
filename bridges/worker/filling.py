"""The fields and papers of one run: filled pane by pane, and every pane that is still there read again when it is left.

A page drawn by script may need a moment, one that posts itself when something is chosen comes back and is filled on;
what stands there at the end is what was read last, not what was typed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bridges import uploads
from bridges.worker.acts import Acts
from bridges.worker.arrival import arrived
from bridges.worker.pane import Pane
from bridges.worker.rows import Rows
from bridges.worker.session import Session
from bridges.worker.wire import Trouble

UPLOAD_SECONDS = 60.0
DRAWN_SECONDS, EMPTY_SECONDS = 3.0, 15.0
LISTED_SECONDS = 1.0  # a list that stands there filled, unchanged and with nothing on its way will not grow any more
QUIET_SECONDS = 0.15
POSTS = 6  # how often one step's choices may post the page
Click = Callable[[Any, Mapping[str, Any]], Awaitable[None]]


class Filling:
    """`panes` is the run's own list, asked for anew because a run may start over; `reach` tells the stage."""

    def __init__(
        self,
        session: Session,
        order: Mapping[str, Any],
        panes: Callable[[], list[Pane | Rows]],
        acts: Acts,
        reach: Callable[[str], None],
    ) -> None:
        self._session, self._panes, self._acts, self._reach = session, panes, acts, reach
        self._known = session.department["fingerprint"].get(order["form"], {})
        self.elsewhere = _mentioned(order["steps"])
        self._filled_at = 0.0
        self._takes_prints = bool(order.get("prints"))
        self.prints: dict[str, Any] = {}  # by step, before anything is typed into it: for whoever accepts the pages

    async def fill(self, step: Mapping[str, Any]) -> None:
        frame = await self._session.frame(step.get("frame"))
        first = step["fill"][0]["key"].rsplit(".", 1)[0] if step["fill"] else ""
        fields = [made for field in step["fill"] if (made := self._acts.resolved(field))]
        pane = Pane(self._session, frame, {**step, "fill": fields}, self._known.get(first, []), self.elsewhere)
        self._panes().append(pane)
        if not fields:
            return
        for _ in range(POSTS):  # a choice that posts the form brings the page back: what still lacks is filled then
            await self._settled(pane)
            self._reach("probed")
            if self._takes_prints and first not in self.prints:
                self.prints[first] = (await quiet_probe(pane, self._session))["controls"]
            left = await pane.fill()
            self._reach("filled")
            if not left:
                break
            if await pane.went():
                pane.over = True  # the choice was the way to another form
                break
            for other in self._panes()[:-1]:
                other.left = True
        else:
            raise Trouble("page", "page_keeps_posting")
        await self._press_keys(pane)
        self._filled_at = time.monotonic()

    async def _press_keys(self, pane: Pane) -> None:
        """Pages that look something up when a key is pressed in a field (`press: Enter`)."""
        for field in pane.fields:
            if "press" in field:
                handle = await pane.frame.evaluate_handle("k => window.__onewindow.element(k)", field["key"])
                element = handle.as_element()
                if element is not None:
                    await element.press(field["press"])
                    await arrived(self._session.page, self._session.traffic)

    async def _settled(self, pane: Pane) -> None:
        """A page drawn by script may need a moment: what is missing is asked for again until the time is over."""
        began = listed_at = time.monotonic()
        listed: tuple[str, ...] = ()
        while True:
            try:
                return await pane.check()
            except Trouble as trouble:
                drawn_later = trouble.code in ("field_missing", "field_hidden", "no_such_option")
                if trouble.code == "no_such_option":
                    if pane.listed != listed or self._session.traffic.under_way():
                        listed, listed_at = pane.listed, time.monotonic()
                    drawn_later = time.monotonic() - listed_at < LISTED_SECONDS
                patience = DRAWN_SECONDS if trouble.detail.get("candidate") else EMPTY_SECONDS
                if trouble.code == "field_missing" and not trouble.detail["candidate"] and await self._stands(pane):
                    patience = DRAWN_SECONDS
                over = time.monotonic() - began > patience
                if not drawn_later or over or self._session.guard.unknown_dialog or await self._session.at_login():
                    raise
            await asyncio.sleep(0.05)

    async def _stands(self, pane: Pane) -> bool:
        """Whether the page of the pane shows any field at all yet."""
        return bool((await pane.probe(full=True))["controls"])

    async def upload(self, step: Mapping[str, Any], click: Click) -> None:
        session = self._session
        for file in step["upload"]:
            frame = await session.frame(step.get("frame"))
            named = str(file.get("label") or file["attachment"])
            box = {**_where(file), "key": file["key"], "kind": "file"}
            problem = (await session.call(frame, "probe", fields=[box]))["fields"][0]["problem"]
            if problem:
                raise Trouble("page", f"field_{problem}", field=named, candidate="", score="0", near="—")
            handle = await frame.evaluate_handle("k => window.__onewindow.element(k)", file["key"])
            element = handle.as_element()
            if element is None:
                raise Trouble("page", "field_gone", field=named)
            await element.set_input_files(uploads.named(file), timeout=UPLOAD_SECONDS * 1000)
            if "click" in file:
                await click(file["click"], step)
            if "done" in file and not await session.wait({"within_s": UPLOAD_SECONDS, **file["done"]}):
                raise Trouble("page", "upload_not_taken", field=named)
            if session.guard.unknown_dialog:
                return
        self._reach("uploaded")

    async def verify(self) -> None:
        """Every pane that is still there is read once more: before it is left by a click, and before the submit."""
        if any(pane.fields for pane in self._panes()):
            await self._settle_time()
            for pane in self._panes():
                if pane.fields:
                    await pane.verify()
            self._reach("verified")

    async def _settle_time(self) -> None:
        """Pages that take a value back do it within a moment: the second reading comes after it."""
        rest = self._filled_at + self._session.department["settle_ms"] / 1000 - time.monotonic()
        if self._filled_at and rest > 0:
            await asyncio.sleep(rest)


async def quiet_probe(pane: Pane, session: Session) -> dict[str, Any]:
    """The pane with all its controls, once nothing is on its way that could still fill a list."""
    quiet_at = began = time.monotonic()
    while session.traffic.under_way() or time.monotonic() - quiet_at < QUIET_SECONDS:
        if time.monotonic() - began > DRAWN_SECONDS:
            break
        if session.traffic.under_way():
            quiet_at = time.monotonic()
        await asyncio.sleep(0.03)
    return await pane.probe(full=True)


def _where(file: Mapping[str, Any]) -> dict[str, Any]:
    return {key: file[key] for key in ("label", "id", "name", "css") if key in file}


def _mentioned(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """Labels, names and headers any step of the form fills: a required field among them is not a new one."""
    out: list[str] = []
    for step in steps:
        table = step.get("table") or {}
        fields = [*(step.get("fill") or ()), *(step.get("upload") or ()), *table.get("columns", ())]
        out += [str(f[key]) for f in fields for key in ("label", "header", "name", "id") if key in f]
        out += [str(label) for f in fields for label in f.get("labels", ())]
        out += _mentioned(step.get("steps", ()))
    return out
