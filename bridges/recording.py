"""What a person did on a department's page, as it was seen: documents, states of their fields, and acts.

Pure. The raw events of the worker become a `Recording`: which acts there were (a click, a file), what every field held
before each of them, and what each act brought about. `draft.py` makes a recipe of it. The one judgement made here is
which clicks are steps and which belong to a widget: **a click that changed a value is the widget's own**, because the
value is known anyhow and is set through the widget's model when the recipe runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

Seen = Mapping[str, Any]
NUMBER = re.compile(r"[A-Za-z]{0,8}[-\dA-Z]*\d{4,}[-\dA-Z]*")


@dataclass
class Page:
    """One loaded document: its frame, its fields by number as they first were and as they are now, its words."""

    id: str
    frame: str
    url: str
    top: bool
    title: str = ""
    window: int = 0  # 0: the page itself; n: the n-th window it opened
    first: dict[int, Seen] = field(default_factory=dict)
    now: dict[int, Seen] = field(default_factory=dict)
    text: str = ""
    tables: list[Seen] = field(default_factory=list)


@dataclass
class Act:
    """A click or a chosen file. `before`: page -> fields; `texts`: frame -> words before; the rest came of it."""

    kind: str
    page: str
    frame: str
    what: Seen
    before: dict[str, dict[int, Seen]]
    texts: dict[str, str]
    tables: dict[str, list[Seen]] = field(default_factory=dict)  # page -> its tables as they stood before
    after: dict[str, dict[int, Seen]] = field(default_factory=dict)
    words_after: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, dict[str, str]] = field(default_factory=dict)  # number never seen before -> frame -> its words
    posted: bool = False
    went: bool = False
    asked: bool = False
    dialogs: list[tuple[str, str, bool, str]] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    window: int = 0
    opened: int = 0  # the window this click opened
    closed_itself: bool = False

    @property
    def values_changed(self) -> bool:
        """A field that was there before and is there after holds something else."""
        return any(
            number in fields and fields[number]["text"] != now["text"]
            for page, fields in self.before.items()
            for number, now in self.after.get(page, {}).items()
        )

    @property
    def fields_changed(self) -> bool:
        """Fields came or went."""
        return any(set(self.before.get(page, {})) != set(now) for page, now in self.after.items())

    @property
    def words_changed(self) -> bool:
        return any(self.texts.get(frame) != text for frame, text in self.words_after.items())


@dataclass
class Recording:
    begun: str
    acts: list[Act]
    pages: dict[str, Page]
    last: list[Seen]
    windows: int
    posted: frozenset[str] = frozenset()
    turned_away: tuple[str, ...] = ()


class Watcher:
    """Takes the worker's events in, one after the other."""

    def __init__(self) -> None:
        self._pages: dict[str, Page] = {}
        self._texts: dict[str, str] = {}
        self._acts: list[Act] = []
        self._last: list[Seen] = []
        self._begun, self._windows = "", 0
        self._asked: tuple[str, str] = ("", "")
        self._numbers: set[str] = set()
        self._posted: set[str] = set()

    @property
    def acts(self) -> int:
        return len(self._acts)

    def hear(self, event: Seen) -> None:
        match event["what"]:
            case "begun":
                self._begun = self._begun or event["url"]
            case "loaded" | "state":
                self._state(event)
            case "click" | "file":
                self._state(event)
                self._act(event)
            case "request":
                self._request(event)
            case "went":
                self._note_went(event)
            case "dialog":
                self._asked = (event["kind"], event["text"])
            case "answered":
                if self._acts:
                    self._acts[-1].dialogs.append((*self._asked, event["yes"], event["typed"]))
            case "window" | "gone":
                self._window(event)
            case "last":
                self._last.append(event)
                self._words(event["frame"], event["text"])

    def _window(self, event: Seen) -> None:
        """A window came of the last click, or went away."""
        number = event.get("window", 0)
        if event["what"] == "gone":
            for act in self._acts:
                act.closed_itself |= act.opened == number
            return
        self._windows += 1
        if self._acts and not self._acts[-1].opened:
            self._acts[-1].opened = number

    def recording(self, turned_away: Sequence[str] = ()) -> Recording:
        return Recording(
            self._begun, self._acts, self._pages, self._last, self._windows, frozenset(self._posted), tuple(turned_away)
        )

    def _state(self, event: Seen) -> None:
        page = self._pages.setdefault(
            event["page"], Page(event["page"], event["frame"], event["url"], bool(event["top"]), event["title"],
                                event.get("window", 0))
        )  # fmt: skip
        page.frame = event["frame"] or page.frame
        page.now = {one["n"]: one for one in event["fields"]}
        for number, one in page.now.items():
            page.first.setdefault(number, one)
        page.text, page.title, page.tables = event["text"], event["title"], event.get("tables", [])
        if self._acts and event["what"] not in ("click", "file"):
            self._acts[-1].after.setdefault(page.id, page.now)
        window = event.get("window", 0)
        self._words(f"{window}/{event['frame']}" if window else event["frame"], event["text"])

    def _words(self, frame: str, text: str) -> None:
        self._texts[frame] = text
        if self._acts and text:
            act = self._acts[-1]
            act.words_after[frame] = text
            for number in NUMBER.findall(text):
                if number not in self._numbers or number in act.fresh:
                    act.fresh.setdefault(number, {})[frame] = text
        self._numbers.update(NUMBER.findall(text))

    def _act(self, event: Seen) -> None:
        before = {page.id: dict(page.now) for page in self._pages.values()}
        if self._acts:  # what stands before this act came of the last one, where nothing was told in between
            for page, fields in before.items():
                self._acts[-1].after.setdefault(page, fields)
        what = event["target"] if event["what"] == "click" else {"form": event["form"], **event["field"]}
        act = Act(event["what"], event["page"], event["frame"], what, before, dict(self._texts))
        act.tables = {page.id: page.tables for page in self._pages.values()}
        act.window = event.get("window", 0)
        self._acts.append(act)

    def _request(self, event: Seen) -> None:
        if self._acts:
            self._acts[-1].asked = True
            self._acts[-1].posted |= event["method"] != "GET"
        if event["method"] != "GET" and event["type"] == "document":
            self._posted.add(event["url"])

    def _note_went(self, event: Seen) -> None:
        if self._acts and not event["url"].startswith("about:"):
            self._acts[-1].went = True
            if event["top"]:
                self._acts[-1].urls.append(event["url"])


def steps_of(recording: Recording, sure: Set[int] = frozenset(), not_ours: Set[int] = frozenset()) -> list[Act]:
    """The acts that a recipe has to repeat: files, and clicks that are no part of a widget (ids of `sure` ones)."""
    kept: list[Act] = []
    for act in recording.acts:
        if id(act) in not_ours:
            continue
        if id(act) in sure or act.kind == "file" or act.opened or act.window or _is_step(act):
            kept.append(act)
        elif act.values_changed:
            while kept and _opened_the_widget(kept[-1], act):
                kept.pop()
    return kept


def _is_step(act: Act) -> bool:
    target = act.what
    if target["widget"] or not (target["words"] or target["css"]):
        return act.went or act.posted  # the face of a list, an arrow nobody could find again: the value is known
    sure = target["sure"] and target["lettered"]
    if target["layer"] and not target["lettered"] and not act.went and not act.posted:
        return False  # the arrows and days of a calendar
    if act.values_changed and not act.went:
        return bool(sure and act.posted)
    if act.went or act.fields_changed:
        return True
    if act.asked or act.dialogs:
        return bool(sure or not target["layer"])
    if target["layer"] and not target["pane"]:
        return False
    return bool(act.words_changed and (sure or target["lettered"]))


def _opened_the_widget(before: Act, picked: Act) -> bool:
    """A level of a cascade, a month of a calendar: floating, no button, followed by the click that set the value."""
    return (
        before.kind == "click" and before.page == picked.page and before.what["layer"] and not before.what["sure"]
        and not before.went and not _brought_to_stay(before, picked)
    )  # fmt: skip


def _brought_to_stay(before: Act, picked: Act) -> bool:
    """A menu that floats too: the boxes its click brought are still there once the value was set."""
    came = set(before.after.get(before.page, {})) - set(before.before.get(before.page, {}))
    return bool(came & set(picked.after.get(before.page, {})))


def changed_fields(
    act_before: Mapping[str, dict[int, Seen]], recording: Recording, known: dict[tuple[str, int], str]
) -> dict[str, list[Seen]]:
    """page -> its fields, in their order, that hold something else than when they were first seen or last written.

    A preset that a person set again by hand counts: another case may have something else there.
    """
    out: dict[str, list[Seen]] = {}
    for page, fields in act_before.items():
        for number, one in fields.items():
            was = known.get((page, number), recording.pages[page].first.get(number, one)["text"])
            touched = (page, number) not in known and one["hands"] and one["text"]
            if one["type"] != "file" and (one["text"] != was or touched):
                known[page, number] = one["text"]
                out.setdefault(page, []).append(one)
    return out
