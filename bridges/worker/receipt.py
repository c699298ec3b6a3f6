"""What the department says after the click, and how it is found again later. Nothing here clicks a submit button.

A number counts only with its format and, where the page shows them, the right person's name and ID number; anything
else is not an answer but a doubt (A4).
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from bridges.beijing import BEIJING
from bridges.gaps import filled
from bridges.worker.session import Session

RECEIPT_SECONDS = 20.0
# After an answer of 5xx the page gets this long to still show a receipt; then it is a doubt.
ERROR_SECONDS = 0.6
CLOCKS_MAY_DIFFER_SECONDS = 120.0


def fits_masked(wanted: str, shown: str) -> bool:
    """`990101********1234` fits its number and `王*` its name: a star stands for exactly one character."""
    wanted, shown = wanted.strip().upper(), shown.strip().upper()
    if "*" not in shown:
        return wanted == shown
    open_marks = sum(mark != "*" for mark in shown)
    pattern = "".join("." if mark == "*" else re.escape(mark) for mark in shown)
    return open_marks > 0 and re.fullmatch(pattern, wanted) is not None


async def texts(session: Session, page: Page, named: str | None, css: str | None = None) -> list[str]:
    out = []
    for frame in page.frames:
        if named and frame.name != named and named not in frame.url:
            continue
        try:
            out.append((await asyncio.wait_for(session.call(frame, "text", css=css), 2))["text"] or "")
        except (PlaywrightError, TimeoutError):
            continue
    return out


class Glance:
    """What the pages say at one moment: every place is read once, however many rules look at it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: dict[tuple[Page, str | None, str | None], list[str]] = {}

    async def texts(self, page: Page, named: str | None, css: str | None = None) -> list[str]:
        place = (page, named, css)
        if place not in self._read:
            self._read[place] = await texts(self._session, page, named, css)
        return self._read[place]


class Receipt:
    def __init__(self, session: Session, rule: Mapping[str, Any], values: Mapping[str, str]) -> None:
        self._session, self._rule, self._values = session, rule, values
        self._number = re.compile(rule.get("number", r"(?!)"), re.MULTILINE)
        self._before: set[str] = set()
        self._said_before: set[str] = set()

    async def remember(self) -> None:
        """Numbers and words already on the page before the click are not the answer to it."""
        page, department, glance = self._session.page, self._session.department, Glance(self._session)
        for text in await self._texts(page, glance):
            self._before.update(self._group(found) for found in self._number.finditer(text))
        self._said_before = {
            words async for words in self._sayings(page, [*department["refused"], *department["doubt"]], glance)
        }

    async def _texts(self, page: Page, glance: Glance) -> list[str]:
        """Where the number may stand: on the page, or in the address of it or of one of its frames."""
        if self._rule.get("in") == "address":
            return [frame.url for frame in page.frames]
        return await glance.texts(page, self._rule.get("frame"), self._rule.get("css"))

    @staticmethod
    def _group(found: re.Match[str]) -> str:
        return ((found.group(1) if found.re.groups else None) or found.group()).strip()

    async def shows_new_number(self) -> bool:
        """Whether a number stands on a page that did not when we last looked (`remember`)."""
        for page in (self._session.page, *self._session.guard.popups):
            for text in [] if page.is_closed() else await texts(self._session, page, None):
                if any(self._group(found) not in self._before for found in self._number.finditer(text)):
                    return True
        return False

    async def await_answer(self) -> dict[str, Any]:
        """{"end": filed|refused|doubt, …}; never raises: after the click there is no exception, only a doubt."""
        deadline = time.monotonic() + float(self._rule.get("within_s", RECEIPT_SECONDS))
        errors_since = 0.0
        last = "no_number"
        while time.monotonic() < deadline:
            try:
                answer = await self._look()
            except PlaywrightError as trouble:
                if "closed" in str(trouble) or "crashed" in str(trouble):
                    return {"end": "doubt", "why": "browser_gone_after_click"}
                answer = {"end": "", "why": last}
            if answer["end"]:
                return answer
            last = answer["why"]
            if self._session.last_status >= 500 or last == "other_person":
                errors_since = errors_since or time.monotonic()
                if time.monotonic() - errors_since > ERROR_SECONDS:
                    return {"end": "doubt", "why": last if last == "other_person" else "error_page"}
            elif await self._session.at_login():
                return {"end": "doubt", "why": "login_after_click"}
            elif self._session.guard.unknown_dialog:
                return {"end": "doubt", "why": "dialog_after_click"}
            await asyncio.sleep(0.03)
        return {"end": "doubt", "why": last}

    async def refusal_or_doubt(self) -> dict[str, Any]:
        """What the department may say besides a number; {"end": ""} when it says none of it."""
        session = self._session
        if session.guard.refusing_dialog:
            return {"end": "refused", "words": session.guard.refusing_dialog}
        glance = Glance(session)
        for page in self._pages():
            words = await self._says(page, session.department["refused"], glance)
            if words:
                return {"end": "refused", "words": words}
            if await self._says(page, session.department["doubt"], glance):
                return {"end": "doubt", "why": "department_says_try_again"}
        if session.last_status >= 500:
            return {"end": "doubt", "why": "error_page"}
        if session.guard.unknown_dialog:
            return {"end": "doubt", "why": "dialog_after_click"}
        return {"end": ""}

    def _pages(self) -> list[Page]:
        return [page for page in (self._session.page, *self._session.guard.popups) if not page.is_closed()]

    async def _look(self) -> dict[str, Any]:
        session = self._session
        if session.guard.refusing_dialog:
            return {"end": "refused", "words": session.guard.refusing_dialog}
        why, glance = "no_number", Glance(session)
        for page in self._pages():
            for key in ("refused", "doubt"):
                words = await self._says(page, session.department[key], glance)
                if words and key == "refused":
                    return {"end": "refused", "words": words}
                if words:
                    return {"end": "doubt", "why": "department_says_try_again"}
            for text in await self._texts(page, glance):
                for found in self._number.finditer(text):
                    number = self._group(found)
                    if not number or number in self._before:
                        continue
                    if not re.fullmatch(self._rule.get("format", r".+"), number):
                        why = "number_format"
                        continue
                    person = self._person(
                        text if self._rule.get("in") != "address" else "\n".join(await glance.texts(page, None))
                    )
                    if person == "right":
                        return {"end": "filed", "number": number}
                    why = person
        return {"end": "", "why": why}

    async def _says(self, page: Page, rules: Sequence[Any], glance: Glance) -> str:
        """The first words the click brought that one of the rules knows."""
        async for words in self._sayings(page, rules, glance):
            if words not in self._said_before:
                return words
        return ""

    async def _sayings(self, page: Page, rules: Sequence[Any], glance: Glance) -> AsyncIterator[str]:
        """What fits the rules: an expression over the page, or a place (`css`) and one over it."""
        for rule in rules:
            told = {"text": rule} if isinstance(rule, str) else rule
            for text in await glance.texts(page, None, told.get("css")):
                for found in re.finditer(told.get("text", r"[\s\S]*\S[\s\S]*"), text, re.MULTILINE):
                    yield " ".join(self._group(found).split())[:300]

    def _person(self, text: str) -> str:
        for key in ("id_number", "name"):
            rule = self._rule.get(key)
            wanted = self._values.get(rule["element"], "") if rule else ""
            if not rule or not wanted:
                continue
            found = re.search(rule["regex"], text, re.MULTILINE)
            if not found:
                return "receipt_unreadable"
            if not fits_masked(wanted, self._group(found)):
                return "other_person"
        return "right"


async def rows_of(
    session: Session, page: Page, rule: Mapping[str, Any], values: Mapping[str, str], since: float
) -> list[str]:
    """Numbers of the rows of a query page that hold this filing: its words, and filed no earlier than our intent."""
    wanted = [filled(word, values) if "{" in word else values.get(word, word) for word in rule.get("holds", ())]
    number = re.compile(rule.get("number", r"(?:)"))
    numbers: list[str] = []
    for frame in page.frames:
        if rule.get("frame") and frame.name != rule["frame"] and rule["frame"] not in frame.url:
            continue
        for line in await session.call(frame, "rows", row=rule["row"], links=bool(rule.get("links"))):
            found = number.search(line)
            if not found or not all(_holds(line, word) for word in wanted):
                continue
            if "filed_at" in rule and not _is_since(line, rule["filed_at"], since):
                continue
            part = Receipt._group(found) if found.group() else ""
            numbers.append(filled(rule["compose"], {**values, "found": part}) if "compose" in rule else part)
    return list(dict.fromkeys(numbers))


def _holds(line: str, word: str) -> bool:
    """As a word of its own where it begins or ends with a letter or digit: the search for 1 also finds 10."""
    if not word:
        return False
    head = r"(?<![0-9A-Za-z])" if re.match(r"[0-9A-Za-z]", word) else ""
    tail = r"(?![0-9A-Za-z])" if re.search(r"[0-9A-Za-z]$", word) else ""
    if re.search(head + re.escape(word) + tail, line):
        return True
    return any(fits_masked(word, token) for token in line.split() if "*" in token)


def _is_since(line: str, regex: str, since: float) -> bool:
    found = re.search(regex, line)
    if not found:
        return False
    digits = re.findall(r"\d+", found.group())
    if len(digits) < 3:
        return False
    try:
        when = datetime(*[int(n) for n in digits[:6]], tzinfo=BEIJING)  # type: ignore[arg-type,misc]
    except ValueError:
        return False
    slack = CLOCKS_MAY_DIFFER_SECONDS if len(digits) >= 5 else 86_400
    return when.timestamp() + (59 if len(digits) == 5 else 0) >= since - slack
