"""The acts of a recipe that are more than a field or a click: tables, windows of the page, lists to pick, readings.

A window is a page of its own while its steps last; afterwards the page that opened it is looked at again. What is read
on the page becomes a value like every other, so that a later step can search for it. Nothing here clicks a submit.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from bridges.plan import CannotPlan, field_with_value
from bridges.worker.arrival import arrived
from bridges.worker.pane import Pane
from bridges.worker.rows import Rows
from bridges.worker.session import Session
from bridges.worker.wire import Trouble

WINDOW_SECONDS = 15.0
READ_SECONDS = 8.0
Walk = Callable[[Mapping[str, Any]], Awaitable[None]]
VERBS = ("table", "popup", "pick", "read", "hover")


class Acts:
    """`values` grows by what is read; `panes` is the run's own list, asked for anew because a run may start over."""

    def __init__(
        self, session: Session, values: dict[str, str], panes: Callable[[], list[Pane | Rows]], take: Walk
    ) -> None:
        self._session, self._values, self._panes, self._take = session, values, panes, take
        self._home: list[Page] = []

    async def perform(self, step: Mapping[str, Any]) -> bool:
        """Whether the step was one of these."""
        if "table" in step:
            rows = Rows(self._session, step, self._take, self._panes)
            self._panes().append(rows)
            await rows.put()
        elif "popup" in step:
            await self._in_window(step)
        elif "pick" in step:
            if step["pick"] is not None:
                await self._pick(step)
        elif "read" in step:
            await self._read(step)
        elif "hover" in step:
            button = await self._session.button(step["hover"], step.get("frame"), step.get("within"))
            await button.hover(timeout=10_000)
        else:
            return False
        return True

    def resolved(self, field: Mapping[str, Any]) -> dict[str, Any] | None:
        """A field whose value was only read on the page meanwhile; None when there is none and it may be empty."""
        if "later" not in field:
            return dict(field)
        try:
            made = field_with_value(field["key"], field["later"], self._values)
        except CannotPlan as trouble:
            raise Trouble("data", trouble.code, **trouble.detail) from None
        if made["value"] or not field["later"].get("required", True):
            return made if made["value"] else None
        raise Trouble("data", "missing_values", fields=field["called"], near="—")

    # ---- windows
    async def move_to(self, page_count: int) -> None:
        """The next steps are done in the window the click opened; `back_home` ends it."""
        popup = await window_opened(self._session, page_count)
        self._home.append(self._session.page)
        self._session.page = popup

    async def back_home(self) -> None:
        while self._home:
            leaving, self._session.page = self._session.page, self._home.pop()
            if not leaving.is_closed():
                await leaving.close()

    async def _in_window(self, step: Mapping[str, Any]) -> None:
        session, count = self._session, len(self._session.guard.popups)
        session.guard.popups_wanted += 1
        button = await session.button(step["popup"], step.get("frame"), step.get("within"))
        await button.click(timeout=10_000)
        popup = await window_opened(session, count)
        opener, session.page = session.page, popup
        mine = len(self._panes())
        try:
            for inner in step["steps"]:
                await self._inside(inner, popup)
            if step.get("closes", True):
                await self._closed(popup)
        finally:
            session.page = opener
            for pane in self._panes()[mine:]:
                pane.over = True
            if not popup.is_closed():
                await popup.close()
        await arrived(opener, session.traffic)

    async def _inside(self, inner: Mapping[str, Any], popup: Page) -> None:
        try:
            await self._take(inner)
        except PlaywrightError:
            if not popup.is_closed():  # a window that closes itself over the last click has done its work
                raise

    async def _closed(self, popup: Page) -> None:
        deadline = time.monotonic() + WINDOW_SECONDS
        while not popup.is_closed():
            if time.monotonic() > deadline or self._session.guard.unknown_dialog:
                raise Trouble("page", "popup_open")
            await asyncio.sleep(0.02)

    # ---- lists
    async def _pick(self, step: Mapping[str, Any]) -> None:
        field = self.resolved(step["pick"])
        if field is None:
            return
        parts = _parts(field)
        if field.get("tree"):
            frame = await self._session.frame(step.get("frame"))
            told = await self._session.call(frame, "climb", path=parts, wait=10_000)
            if "problem" in told:
                raise Trouble("page", "line_missing", line="/".join(parts), near="—")
            return
        asked: dict[str, Any] = {key: field[key] for key in ("row", "click") if key in field}
        for part in parts:
            line = await self._session.lines({**asked, "text": part, "within": step.get("within")}, step.get("frame"))
            page = self._session.page
            await line.click(timeout=10_000)
            if page.is_closed():
                return
            await arrived(page, self._session.traffic)

    # ---- readings
    async def _read(self, step: Mapping[str, Any]) -> None:
        rule, deadline = step["read"], time.monotonic() + READ_SECONDS
        while True:
            value = await self._now(step, rule)
            if value and re.fullmatch(rule.get("format", r"[\s\S]+"), value):
                self._values[rule["as"]] = value
                return
            if time.monotonic() > deadline:
                raise Trouble("page", "nothing_read", what=rule["as"], got=value[:60])
            await asyncio.sleep(0.05)

    async def _now(self, step: Mapping[str, Any], rule: Mapping[str, Any]) -> str:
        frame = await self._session.frame(step.get("frame"))
        try:
            if "url" in rule:
                return _group(re.search(rule["url"], frame.url))
            if "text" in rule:
                text = await self._session.call(frame, "text", css=rule.get("css"))
                return _group(re.search(rule["text"], text["text"] or "", re.MULTILINE))
            place = {key: rule[key] for key in ("label", "id", "name", "css", "section", "nth") if key in rule}
            told = await self._session.call(
                frame, "probe", fields=[{**place, "key": "read"}], within=step.get("within")
            )
            problem = told["fields"][0]["problem"]
            if problem and "css" in rule:
                return str((await self._session.call(frame, "text", css=rule["css"]))["text"]).strip()
            if problem == "ambiguous":
                raise Trouble("page", "field_ambiguous", field=str(rule.get("label") or rule["as"]), near="—")
            return "" if problem else str((await self._session.call(frame, "held", key="read"))["text"]).strip()
        except PlaywrightError as trouble:
            if "closed" in str(trouble):
                raise
            return ""


def _parts(field: Mapping[str, Any]) -> list[str]:
    if field.get("tree"):
        return [part for part in str(field["value"]).split(field.get("split", "/")) if part]
    mark = field.get("split")
    pieces = str(field["value"]).split(mark) if mark else re.split(r"[;；]", str(field["value"]))
    return [piece.strip() for piece in pieces if piece.strip()]


def _group(found: re.Match[str] | None) -> str:
    return "" if found is None else ((found.group(1) if found.re.groups else None) or found.group()).strip()


async def window_opened(session: Session, count: int, seconds: float = WINDOW_SECONDS) -> Page:
    """The window the last click opened; `count`: how many there had been before it."""
    guard, deadline = session.guard, time.monotonic() + seconds
    while len(guard.popups) <= count:
        if time.monotonic() > deadline or guard.unknown_dialog:
            guard.popups_wanted = 0
            raise Trouble("page", "popup_missing")
        await asyncio.sleep(0.02)
    popup = guard.popups[-1]
    session.traffic.watch(popup)
    await popup.wait_for_load_state("domcontentloaded")
    return popup
