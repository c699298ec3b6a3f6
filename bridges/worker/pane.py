"""One pane of a page: looked at before anything is typed, filled in one call, read back, and read again later.

Drift stops here, before the first keystroke (A5): a field not surely found, a field that changed its kind, a new
required field. What the usual tools lose silently is compared field by field; what does not hold is never submitted.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame

from bridges.worker import by_hand
from bridges.worker.session import Session
from bridges.worker.wire import Trouble

# Not the codec Chromium uses but the one the old server does: a character outside it comes out as something else there.
CHARSETS = {"gbk": "gbk", "gb2312": "gbk", "gb18030": "gb18030", "big5": "big5", "windows-1252": "cp1252"}


def _json_fields(fields: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    kept = (
        "key",
        "label",
        "labels",
        "section",
        "id",
        "name",
        "css",
        "nth",
        "kind",
        "value",
        "parts",
        "normalise",
        "type_by",
    )
    told = [{name: field[name] for name in kept if name in field} for field in fields]
    for one in told:
        if one.get("kind") == "date":
            one["normalise"] = [*one.get("normalise", ()), "date"]
    return told


class Pane:
    """The fields of one `fill` step in one frame."""

    def __init__(self, session: Session, frame: Frame, step: Mapping[str, Any], was: list[dict[str, Any]]) -> None:
        self._session, self.frame, self._at = session, frame, step.get("frame")
        self.fields: list[Mapping[str, Any]] = list(step["fill"])
        self._plan = {"fields": _json_fields(self.fields), "within": step.get("within"), "was": was}
        self.healed: list[dict[str, Any]] = []
        self.proofs: list[dict[str, Any]] = []
        self.left = False

    def _named(self, key: str) -> Mapping[str, Any]:
        return next(field for field in self.fields if field["key"] == key)

    async def probe(self, full: bool = False) -> dict[str, Any]:
        told: dict[str, Any] = await self._session.call(self.frame, "probe", **self._plan, full=full)
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
        for one in told["fields"]:
            self._fits(self._named(one["key"]), one["candidate"] or {}, charset)

    def _problem(self, one: Mapping[str, Any]) -> Trouble:
        field, candidate = self._named(one["key"]), one["candidate"] or {}
        if one["problem"] == "option":
            return Trouble("data", "no_such_option", field=field["called"], value=str(field["value"]))
        return Trouble(
            "page", f"field_{one['problem']}", field=field["called"], candidate=str(candidate.get("label", "")),
            score=f"{one['score']:.2f}",
        )  # fmt: skip

    def _fits(self, field: Mapping[str, Any], control: Mapping[str, Any], charset: str) -> None:
        if control.get("type") in ("select", "radio", "checkbox", "cascade", "file"):
            return
        value = str(field["value"])
        codec = CHARSETS.get(charset.lower(), charset)
        for character in value:
            try:
                codecs.encode(character, codec)
            except (UnicodeEncodeError, LookupError):
                substitute = self._session.department["substitutes"].get(character, "")
                raise Trouble(
                    "data", "charset_substitute" if substitute else "charset", field=field["called"],
                    character=character, substitute=substitute, charset=charset,
                ) from None  # fmt: skip
        most = min([n for n in (control.get("maxlength"), field.get("max_chars")) if n] or [0])
        # The page counts as JavaScript does, in UTF-16 units; the server of an old page often in bytes.
        if most and len(value.encode("utf-16-le")) // 2 > most:
            raise Trouble("data", "too_long", field=field["called"], limit=str(most), length=str(len(value)))
        if field.get("max_bytes") and len(codecs.encode(value, codec)) > field["max_bytes"]:
            raise Trouble("data", "too_many_bytes", field=field["called"], limit=str(field["max_bytes"]))

    async def fill(self) -> None:
        told = await self._session.call(self.frame, "fill", **self._plan)
        problems = {one["key"]: one for one in told["problems"]}
        for key, one in problems.items():
            if one["problem"] == "option":
                field = self._named(key)
                raise Trouble("data", "no_such_option", field=field["called"], value=str(field["value"]))
        wrong = [one for one in told["fields"] if not one["ok"]]
        for one in wrong:
            wanted = problems.get(one["key"], {}).get("problem") == "keys"
            await by_hand.set_field(self._session, self.frame, self._at, self._named(one["key"]), wanted=wanted)
        if wrong:
            told = await self._session.call(self.frame, "verify", **self._plan)
        self._settle(told["fields"])

    async def verify(self) -> None:
        """Reads every field again. A pane left by a click may be gone as a whole, never in part, never by itself."""
        try:
            told = await self._session.call(self.frame, "verify", **self._plan)
        except PlaywrightError as trouble:
            if self.left and "closed" not in str(trouble):
                return
            raise
        if self.left and all(one.get("problem") == "gone" for one in told["fields"]):
            return
        self._settle(told["fields"])

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
