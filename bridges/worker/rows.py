"""A table whose rows are added one by one, from a list of the filing.

The rows are read anew before and after every act, because adding one may move the others, post the whole page and bring
back the empty row at the top: a row is known by what stands in it, never by its place. At the end every wanted row is
there exactly once and no other one, and once more before the submit.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame

from bridges.worker.arrival import REPLACED, arrived
from bridges.worker.charset import check_value
from bridges.worker.session import Session
from bridges.worker.wire import Trouble

ROW_SECONDS = 8.0
HELD_SECONDS = 1.5
Walk = Callable[[Mapping[str, Any]], Awaitable[None]]


class Rows:
    """One `table` step in one frame; stands beside the panes of a run and is verified like them."""

    def __init__(self, session: Session, step: Mapping[str, Any], take: Walk, panes: Callable[[], list[Any]]) -> None:
        self._session, self._step, self._take, self._panes = session, step, take, panes
        self._table: Mapping[str, Any] = step["table"]
        self._wanted: list[Mapping[str, Any]] = list(self._table["values"])
        self.fields: list[Mapping[str, Any]] = [f for row in self._wanted for f in row["fields"] if f]
        self.healed: list[dict[str, Any]] = []
        self.proofs: list[dict[str, Any]] = []
        self.left = self.over = self._putting = False
        self._kept: Counter[tuple[str, ...]] = Counter()

    # ---- looking
    def _question(self) -> dict[str, Any]:
        kept = ("header", "label", "css", "name", "nth", "kind", "normalise")
        columns = [{key: column[key] for key in kept if key in column} for column in self._table["columns"]]
        for told, column in zip(columns, self._table["columns"], strict=True):
            if column.get("kind") == "date":
                told["normalise"] = [*told.get("normalise", ()), "date"]
        place = {key: self._table[key] for key in ("css", "section", "row") if key in self._table}
        return {"columns": columns, "within": self._step.get("within"), "plain": "each" in self._table, **place}

    async def _frame(self) -> Frame:
        return await self._session.frame(self._step.get("frame"))

    async def _look(self) -> dict[str, Any]:
        """The table as it stands; a page being replaced is waited for."""
        deadline = time.monotonic() + ROW_SECONDS
        while True:
            try:
                told: dict[str, Any] = await self._session.call(await self._frame(), "table", **self._question())
            except PlaywrightError as trouble:
                if not any(words in str(trouble) for words in REPLACED) or time.monotonic() > deadline:
                    raise
                told = {"problem": "table_missing", "near": []}
            if "problem" not in told:
                return told
            if time.monotonic() > deadline or self._session.guard.unknown_dialog:
                heads = "、".join(str(c.get("header") or c.get("label") or "") for c in self._table["columns"])
                raise Trouble("page", told["problem"], table=heads, near="、".join(told["near"]) or "—")
            await asyncio.sleep(0.05)

    def _signature(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """What is wanted of a row, in comparable form; the columns a row has no word for count as they stand."""
        return tuple(_comparable(f, f["value"]) if f else "" for f in row["fields"])

    def _held(self, row: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
        if "each" in self._table and row["cells"] and all(cell.get("missing") for cell in row["cells"]):
            return all(_squeezed(f["value"]) in _squeezed(row.get("words", "")) for f in wanted["fields"] if f)
        return all(f is None or _same(f, cell) for f, cell in zip(wanted["fields"], row["cells"], strict=True))

    def _matched(self, rows: list[dict[str, Any]]) -> tuple[dict[int, int], list[int]]:
        """(wanted -> row, rows nobody wanted): every row is used once, in order."""
        pairs: dict[int, int] = {}
        for n, wanted in enumerate(self._wanted):
            at = next((i for i, row in enumerate(rows) if i not in pairs.values() and self._held(row, wanted)), None)
            if at is not None:
                pairs[n] = at
        return pairs, [i for i, row in enumerate(rows) if i not in pairs.values() and not row.get("blank")]

    # ---- doing
    async def put(self) -> None:
        if not self._wanted:
            return
        told = await self._look()
        charset = self._session.department.get("charset") or told["charset"]
        for row in self._wanted:
            for field in row["fields"]:
                if field:
                    check_value(field, str(field["value"]), {}, charset, self._session.department["substitutes"])
        _, strangers = self._matched(told["rows"])
        if self._table.get("others") == "keep":
            self._kept = Counter(_key(told["rows"][i]) for i in strangers)
        self._refuse_strangers(told["rows"], strangers)
        self._putting = True  # the clicks between the rows read every pane again, this one only when it is whole
        for n in range(len(self._wanted)):
            await self._put_row(n)
        self._putting = False
        await self.verify()

    async def _put_row(self, n: int) -> None:
        told = await self._look()
        pairs, _ = self._matched(told["rows"])
        if n in pairs:
            return
        if "each" in self._table:
            await self._by_steps(n)
        elif told["kind"] == "grid":
            await self._in_grid(n)
        else:
            await self._in_boxes(n, told)
        await self._await_rows(set(pairs) | {n}, n)

    async def _in_boxes(self, n: int, told: Mapping[str, Any]) -> None:
        taken = set(self._matched(told["rows"])[0].values())
        free = [i for i, row in enumerate(told["rows"]) if row["blank"] and i not in taken]
        at = free[0] if free else await self._added(told["rows"])
        told_row = await self._call("tableRow", at=at, fields=self._plain(n))
        self._complain(told_row, n)
        await arrived(self._session.page, self._session.traffic)
        if "save" in self._table:
            await self._press(self._table["save"])

    async def _added(self, before: list[dict[str, Any]]) -> int:
        """Clicks the button that adds a row and waits for the one row more, wherever it stands."""
        await self._click_add()
        deadline = time.monotonic() + ROW_SECONDS
        was = Counter(_key(row) for row in before)
        while time.monotonic() < deadline:
            rows = (await self._look())["rows"]
            fresh = [i for i, row in enumerate(rows) if row["blank"]]
            if len(rows) > len(before):
                more = Counter(_key(row) for row in rows) - was
                fresh = fresh or [i for i, row in enumerate(rows) if _key(row) in more]
            if fresh and len(rows) > len(before):
                return fresh[0]
            await asyncio.sleep(0.05)
        raise Trouble("page", "row_not_added", table=self._table["rows"])

    async def _click_add(self) -> None:
        if "add" not in self._table:
            raise Trouble("page", "too_few_rows", table=self._table["rows"], count=str(len(self._wanted)))
        add = {"text": self._table["add"]} if isinstance(self._table["add"], str) else dict(self._table["add"])
        frame = await self._session.frame(add.get("frame") or self._step.get("frame"))
        question = json.dumps({**self._question(), "add": add})
        handle = await frame.evaluate_handle("t => window.__onewindow.adder(t)", question)
        found = [one for one in [p.as_element() for p in (await handle.get_properties()).values()] if one]
        if len(found) != 1:
            code = "button_ambiguous" if found else "button_missing"
            raise Trouble("page", code, button=str(add.get("text") or add.get("css")), near="—")
        await found[0].click(timeout=10_000)
        await arrived(self._session.page, self._session.traffic)

    async def _press(self, what: Any) -> None:
        button = await self._session.button(what, self._step.get("frame"), self._step.get("within"))
        await button.click(timeout=10_000)
        await arrived(self._session.page, self._session.traffic)

    async def _in_grid(self, n: int) -> None:
        self._complain(await self._call("gridRow", fields=self._plain(n)), n)

    async def _by_steps(self, n: int) -> None:
        if "add" in self._table:
            await self._click_add()
        before = len(self._panes())
        for step in self._wanted[n]["steps"]:
            await self._take(step)
        for pane in self._panes()[
            before:
        ]:  # the next row is written into the same boxes; now the table is what is read
            pane.over = True

    async def _call(self, verb: str, **more: Any) -> dict[str, Any]:
        told: dict[str, Any] = await self._session.call(await self._frame(), verb, **self._question(), **more)
        return told

    def _plain(self, n: int) -> list[dict[str, Any] | None]:
        kept = ("key", "kind", "value", "parts", "normalise", "keep")
        columns = self._question()["columns"]
        return [
            {**{key: f[key] for key in kept if key in f}, **({"normalise": c["normalise"]} if "normalise" in c else {})}
            if f else None
            for f, c in zip(self._wanted[n]["fields"], columns, strict=True)
        ]  # fmt: skip

    def _complain(self, told: Mapping[str, Any], n: int) -> None:
        problem = told.get("problem")
        if not problem:
            return
        fields = self._wanted[n]["fields"]
        at = told.get("at")
        named = fields[at]["called"] if isinstance(at, int) and at < len(fields) and fields[at] else self._table["rows"]
        value = str(fields[at]["value"]) if isinstance(at, int) and at < len(fields) and fields[at] else ""
        if problem == "option":
            raise Trouble(
                "data", "no_such_option", field=named, value=value, near="、".join(told.get("near", ())) or "—"
            )
        if problem == "invalid":
            raise Trouble("data", "field_invalid", field=named, words=str(told.get("words", ""))[:160])
        raise Trouble("page", "row_not_filled", table=self._table["rows"], field=named, why=str(problem))

    # ---- reading back
    async def _await_rows(self, expected: set[int], n: int) -> None:
        deadline = time.monotonic() + HELD_SECONDS
        while True:
            told = await self._look()
            pairs, _ = self._matched(told["rows"])
            if expected <= set(pairs):
                return
            if time.monotonic() > deadline:
                break
            await asyncio.sleep(0.05)
        lost = sorted(expected - set(pairs))
        code = "row_not_held" if lost == [n] else "row_lost"
        raise self._missing(code, lost[0], told)

    async def verify(self) -> None:
        """Every wanted row once, nothing else; a table left by a click may be gone as a whole."""
        if self.over or self._putting or not self._wanted:
            return
        try:
            told = await self._look()
        except (Trouble, PlaywrightError):
            if self.left:
                return
            raise
        pairs, strangers = self._matched(told["rows"])
        if self.left and not pairs and not strangers:
            return  # the page is another one that looks alike and is empty
        self.proofs = [
            {"element": f"{self._table['rows']}[{n + 1}].{f['element']}", "label": f"{f['called']} {n + 1}",
             "wanted": f["value"], "got": cell["text"], "normalised": cell["normalised"], "ok": _same(f, cell)
             or "each" in self._table}
            for n, row in enumerate(self._wanted) if n in pairs
            for f, cell in zip(row["fields"], told["rows"][pairs[n]]["cells"], strict=True) if f
        ]  # fmt: skip
        lost = [n for n in range(len(self._wanted)) if n not in pairs]
        if lost:
            raise self._missing("row_lost", lost[0], told)
        self._refuse_strangers(told["rows"], strangers)

    def _missing(self, code: str, n: int, told: Mapping[str, Any]) -> Trouble:
        rows = (" ".join(str(c["text"]) for c in r["cells"] if c["text"]) or r.get("words", "") for r in told["rows"])
        return Trouble("page", code, table=self._table["rows"], row=str(n + 1), got=" | ".join(rows)[:160])

    def _refuse_strangers(self, rows: list[dict[str, Any]], strangers: list[int]) -> None:
        """Rows nobody wanted: somebody else's, or ours twice. Those that were there to be kept must all be there."""
        now = Counter(_key(rows[i]) for i in strangers)
        for more, code in ((now - self._kept, "row_unexpected"), (self._kept - now, "row_lost")):
            for words in [" ".join(row)[:80] for row in more]:
                raise Trouble("page", code, table=self._table["rows"], row=words, got=words)


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _comparable(field: Mapping[str, Any], value: str) -> str:
    return _squeezed(str(value)) if "normalise" in field or field.get("kind") == "date" else str(value)


def _same(field: Mapping[str, Any], cell: Mapping[str, Any]) -> bool:
    """The cell holds the value: as text, as code, or in the form the recipe's normalisers make of both."""
    value = str(field["value"]).strip()
    held = {str(cell["text"]).strip(), str(cell["normalised"]).strip()}
    if cell.get("type") in ("select", "radio", "checkbox"):
        held.add(str(cell["code"]))
    if value in held or _squeezed(value) in {_squeezed(one) for one in held if one}:
        return True
    names = {*field.get("normalise", ()), *(["date"] if field.get("kind") == "date" else ())}
    return bool(names) and _as_page_would(value, names) in held


def _as_page_would(value: str, names: set[str]) -> str:
    """The few normalisers a table's cell is compared through, as the runtime has them."""
    if "upper" in names:
        value = value.upper()
    if "digits" in names:
        value = "".join(c for c in value if c.isdigit())
    if names & {"money2", "number"}:
        try:
            number = float(value.replace(",", ""))
        except ValueError:
            return value
        return f"{number:.2f}" if "money2" in names else f"{number:g}"
    return value


def _key(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(cell["text"]) for cell in row["cells"])
