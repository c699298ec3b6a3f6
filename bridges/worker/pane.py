"""One pane of a page: looked at before anything is typed, filled in one call, read back, and read again later.

Drift stops here, before the first keystroke (A5): a field not surely found, a field that changed its kind, a new
required field. What the usual tools lose silently is compared field by field; what does not hold is never submitted.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame

from bridges.worker import by_hand
from bridges.worker.arrival import REPLACED, arrived
from bridges.worker.charset import check_characters, check_value
from bridges.worker.session import Session
from bridges.worker.wire import Trouble

SURE = 0.6  # a label this alike on the new page is not "gone", it is drift
HELD_SECONDS = 0.6  # how long after filling a page may still be drawing what it was given
KEPT = (
    "key", "label", "labels", "section", "id", "name", "css", "nth", "kind", "value", "parts", "normalise", "type_by",
    "keep", "late", "expect",
)  # fmt: skip


def _json_fields(fields: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    told = [{name: field[name] for name in KEPT if name in field} for field in fields]
    for one in told:
        if one.get("kind") == "date":
            one["normalise"] = [*one.get("normalise", ()), "date"]
    return told


class Pane:
    """The fields of one `fill` step in one frame."""

    def __init__(
        self,
        session: Session,
        frame: Frame,
        step: Mapping[str, Any],
        was: list[dict[str, Any]],
        elsewhere: Sequence[str] = (),
    ) -> None:
        """`was`: the page as last accepted; `elsewhere`: labels and names other steps of the recipe fill."""
        self._session, self.frame, self._at = session, frame, step.get("frame")
        self.fields: list[Mapping[str, Any]] = list(step["fill"])
        self._plan: dict[str, Any] = {"fields": _json_fields(self.fields), "within": step.get("within")}
        self._known: dict[str, Any] = {"was": was, "elsewhere": [*elsewhere, *step.get("ignore", ())]}
        self._shape: tuple[Any, ...] = ()
        # `over`: its window is closed or the recipe says it leaves; `left`: something was clicked since.
        self.over, self._leaves = False, bool(step.get("leaves"))
        self.healed: list[dict[str, Any]] = []
        self.proofs: list[dict[str, Any]] = []
        self.left = False
        self.listed: tuple[str, ...] = ()  # the list in which a value was last missed

    def _named(self, key: str) -> Mapping[str, Any]:
        return next(field for field in self.fields if field["key"] == key)

    async def probe(self, full: bool = False) -> dict[str, Any]:
        told: dict[str, Any] = await self._session.call(self.frame, "probe", **self._plan, **self._known, full=full)
        return told

    async def check(self) -> None:
        """Raises before anything is typed if the page is not the page the recipe knows, or a value cannot go in."""
        told = await self.probe()
        for one in told["fields"]:
            if one["problem"]:
                raise self._problem(one)
            if not one["exact"]:
                self.healed.append(one)
        if told["unmapped"]:
            raise Trouble("page", "new_required", label=told["unmapped"][0]["label"])
        charset = self._session.department.get("charset") or told["charset"]
        self._shape = _shape(told)
        for one in told["fields"]:
            self._fits(self._named(one["key"]), one, charset)

    def _problem(self, one: Mapping[str, Any]) -> Trouble:
        field, candidate, near = self._named(one["key"]), one["candidate"] or {}, "、".join(one.get("near", ())) or "—"
        if one["problem"] == "option":
            self.listed = (field["key"], *(candidate.get("options") or one.get("near", ())))
            return Trouble("data", "no_such_option", field=field["called"], value=str(field["value"]), near=near)
        return Trouble(
            "page", f"field_{one['problem']}", field=field["called"], candidate=str(candidate.get("label", "")),
            score=f"{one['score']:.2f}", near=near,
        )  # fmt: skip

    def _fits(self, field: Mapping[str, Any], one: Mapping[str, Any], charset: str) -> None:
        """Before a key is pressed: can the department keep these characters, and so many of them?"""
        control, substitutes = one["candidate"] or {}, self._session.department["substitutes"]
        if control.get("type") == "file":
            return
        if control.get("type") in ("select", "radio", "checkbox", "cascade", "tree"):
            # What is sent is the page's own code of the option; a page may offer what its server cannot store.
            check_characters(field["called"], str(one.get("sends", "")), charset, substitutes)
            return
        check_value(field, str(field["value"]), control, charset, substitutes)

    async def fill(self) -> bool:
        """True when the page went elsewhere meanwhile (a choice that posts): it is looked at and filled again."""
        try:
            told = await self._session.call(self.frame, "fill", **self._plan)
        except PlaywrightError as trouble:
            if not any(words in str(trouble) for words in REPLACED):
                raise
            await arrived(self._session.page, self._session.traffic)
            return True
        if await arrived(self._session.page, self._session.traffic):
            return True
        problems = {one["key"]: one for one in told["problems"]}
        for key, one in problems.items():
            if one["problem"] == "option":
                field = self._named(key)
                raise Trouble("data", "no_such_option", field=field["called"], value=str(field["value"]), near="—")
        told = await self._held(told, problems)
        wrong = [one for one in told["fields"] if not one["ok"]]
        for one in [one for one in wrong if not self._named(one["key"]).get("expect")]:
            wanted = problems.get(one["key"], {}).get("problem") == "keys"
            await by_hand.set_field(self._session, self.frame, self._at, self._named(one["key"]), wanted=wanted)
        if wrong:
            told = await self._session.call(self.frame, "verify", **self._plan)
        self._settle(told["fields"])
        return False

    async def went(self) -> bool:
        """Whether the page that came shows none of these fields any more."""
        return all(one["problem"] == "missing" and one["score"] < SURE for one in (await self.probe())["fields"])

    async def _held(self, told: dict[str, Any], problems: Mapping[str, Any]) -> dict[str, Any]:
        """A value that is only drawn after the next tick is waited for before it counts as not taken."""
        deadline = time.monotonic() + HELD_SECONDS
        while time.monotonic() < deadline and any(not f["ok"] and f["key"] not in problems for f in told["fields"]):
            await asyncio.sleep(0.03)
            told = await self._session.call(self.frame, "verify", **self._plan)
        return told

    async def verify(self) -> None:
        """Reads every field again. A pane left by a click may be gone as a whole, never in part, never by itself."""
        if self.over:
            return
        try:
            told = await self._session.call(self.frame, "verify", **self._plan)
        except PlaywrightError as trouble:
            if self.left and "closed" not in str(trouble):
                return
            raise
        if self.left and all(one.get("problem") == "gone" for one in told["fields"]):
            await self._came_back()
            return
        self._settle(told["fields"])

    # ---- after a person had the page (hand_over.py)
    async def stands(self) -> bool:
        """Whether every field is found again, also on a page that was drawn anew."""
        try:
            told = await self.probe()
        except PlaywrightError:
            return False
        return all(one["problem"] in ("", "option") for one in told["fields"])

    async def differences(self) -> list[dict[str, Any]]:
        """The fields that hold something else than we wanted. A pane that was left and is gone has none."""
        if self.over or not self.fields:
            return []
        try:
            told = await self._session.call(self.frame, "verify", **self._plan)
        except PlaywrightError as trouble:
            if self.left and "closed" not in str(trouble):
                return []
            raise
        return [
            {
                "key": one["key"], "element": field["element"], "label": field["called"],
                "wanted": one["wanted"] or str(field["value"]), "got": one["got"], "normalised": one["normalised"],
            }
            for one in told["fields"] if not one["ok"] and not (self.left and one.get("problem") == "gone")
            for field in (self._named(one["key"]),)
        ]  # fmt: skip

    def adopt(self, changed: Sequence[Mapping[str, Any]]) -> None:
        """From here on what the person left on the page is what is wanted."""
        for one in changed:
            for field in (*self.fields, *self._plan["fields"]):
                if field["key"] == one["key"] and isinstance(field, dict):
                    field["value"] = one["got"]
                    field["parts"] = one["got"].split("/") if "parts" in field else field.get("parts")

    async def _came_back(self) -> None:
        """The same form after a click that posted it: its values must still be there (an added row, a number)."""
        if self._leaves or len(self.fields) < 2 or not self._shape:
            return
        try:
            told = await self.probe()
        except PlaywrightError:
            return
        if any(one["problem"] for one in told["fields"]) or _shape(told) != self._shape:
            return
        held = await self._session.call(self.frame, "verify", **self._plan)
        lost = next((one for one in held["fields"] if not one["ok"]), None)
        if lost is not None:
            raise Trouble("page", "value_lost", field=self._named(lost["key"])["called"], got=lost["got"][:60])
        self._settle(held["fields"])

    def _settle(self, told: list[dict[str, Any]]) -> None:
        self.proofs = [
            {
                "element": field["element"], "label": field["called"], "wanted": one["wanted"] or str(field["value"]),
                "got": one["got"], "normalised": one["normalised"], "ok": bool(one["ok"]),
            }
            for field, one in ((self._named(one["key"]), one) for one in told)
        ]  # fmt: skip
        for one in told:
            field = self._named(one["key"])
            if not one["ok"]:
                raise Trouble("page", "field_not_held", field=field["called"], got=one["got"][:60])
            if one.get("invalid"):
                raise Trouble("data", "field_invalid", field=field["called"], words=one["invalid"][:160])


def _shape(told: Mapping[str, Any]) -> tuple[Any, ...]:
    """By what the same form is known again: names, ids and kinds of the fields, not their values."""
    found = [one["candidate"] or {} for one in told["fields"]]
    return tuple((c.get("name"), c.get("id"), c.get("type"), c.get("label")) for c in found)
