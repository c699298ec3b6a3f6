"""What the department answered in the recorded case: where the number stood, whose name, how it is found again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bridges.draft_fields import NOTE, Samples
from bridges.draft_words import number_rule
from bridges.recording import Act, Recording

SAYS_NUMBER = re.compile(r"(编号|號|号码?|流水|单号|回执|number|\bno)[\s.:：]*$", re.IGNORECASE)
TIME = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(\s+\d{1,2}:\d{2}(:\d{2})?)?")


@dataclass(frozen=True)
class Answer:
    """The act after which the number appeared, the number, the frame and the words around it."""

    act: int
    number: str
    frame: str
    text: str
    named: bool
    window: bool = False  # in a window the click opened


def answer_of(steps: Sequence[Act], filled_from: int, typed: Iterable[str]) -> Answer | None:
    """The last step after which a number appeared that was never there before; one that calls itself so goes first."""
    given = {one for one in typed if len(one) >= 6}
    found: list[Answer] = []
    for n, act in enumerate(steps):
        if n < filled_from or act.kind != "click":
            continue
        for number, frame, text in [(one, *at) for one, seen in act.fresh.items() for at in seen.items()]:
            at = text.index(number)
            ours = any(number in one or one in number for one in given)
            if not ours and sum(mark.isdigit() for mark in number) >= 5 and not TIME.match(text, at):
                calls_itself = bool(SAYS_NUMBER.search(text[max(0, at - 14) : at]))
                place = re.fullmatch(r"(?:(\d+)/)?(.*)", frame)
                window, within = (place[1], place[2]) if place else (None, frame)
                found.append(Answer(n, number, within, text, calls_itself, window is not None))
    named = [one for one in found if one.named]
    first = {one.act: one for one in reversed(named or found)}
    return first[max(first)] if first else None


def submit_from(steps: Sequence[Act], at: int, fills: set[int]) -> int:
    """Where the submit begins: a confirmation layer belongs to the click that opened it, if nothing was posted yet."""
    first = at
    while (
        first > 0 and steps[first].what.get("layer") and steps[first - 1].kind == "click" and first not in fills
        and not steps[first - 1].posted and not steps[first - 1].went
    ):  # fmt: skip
        first -= 1
    return first


def receipt_rule(answer: Answer | None, samples: Samples) -> dict[str, Any]:
    if answer is None:
        return {"number": r"受理编号[:：]?\s*(\S+)", NOTE: [("no_number_seen", {})]}
    before = answer.text[: answer.text.index(answer.number)]
    words = re.search(r"([^\s:：]{1,12})[\s:：]*$", before)
    lead = rf"{re.escape(words[1])}[\s:：]*" if words and re.search(r"[^\W\d_]", words[1]) else ""
    rule: dict[str, Any] = {"number": f"{lead}({number_rule(answer.number)})", "format": number_rule(answer.number)}
    if answer.frame:
        rule["frame"] = answer.frame
    for key, element in (("name", "person.name"), ("id_number", "person.id_number")):
        reading = _reading(answer.text, samples.typed.get(element, ""))
        if reading:
            rule[key] = {"regex": reading, "element": element}
    missing = [key for key in ("name", "id_number") if key not in rule]
    return {**rule, NOTE: [("receipt", {}), *([("receipt_person", {})] if missing else [])]}


def _reading(text: str, value: str) -> str:
    """How the receipt shows this value, whole or with stars, as a regular expression with the value in brackets."""
    if len(value) < 2:
        return ""
    for shown in _ways(text, value):
        for hit in re.finditer(re.escape(shown), text):
            words = re.search(r"([^\s:：，。；（(]{1,12})[\s:：]*$", text[: hit.start()])
            follows = text[hit.end() : hit.end() + 1]
            if words and re.search(r"[^\W\d_]", words[1]):
                mark = r"[\dXx*]{18}" if re.fullmatch(r"[\dXx*]{18}", shown) else r"\S+?" if follows.strip() else r"\S+"
                rule = rf"{re.escape(words[1])}[\s:：]*({mark})" + (re.escape(follows) if follows.strip() else "")
                first = re.search(rule, text)
                if first and first[1] == shown:  # the same words may stand above, on the form that was filled
                    return rule
    return ""


def _ways(text: str, value: str) -> list[str]:
    starred = [
        one for one in re.findall(r"[^\s:：，。；（）()]*\*[^\s:：，。；（）()]*", text)
        if len(one) == len(value) and all(mark in ("*", own) for mark, own in zip(one, value, strict=True))
        and one.strip("*")
    ]  # fmt: skip
    return [value, *starred]


def look_up_rule(
    recording: Recording, answer: Answer, steps: list[dict[str, Any]], samples: Samples
) -> dict[str, Any] | None:
    """From what was done after the receipt: the list in which the number was found again."""
    rows: list[Mapping[str, Any]] = [
        {**row, "frame": one["frame"]} for one in recording.last for row in one.get("rows", ())
        if row["number"] == answer.number
    ]  # fmt: skip
    if not rows or not steps:
        return None
    row = rows[0]
    holds = [
        element for element in samples.typed if element in PERSON and _ways_in(row["text"], samples.typed[element])
    ]
    rule: dict[str, Any] = {"steps": steps, "row": row["css"], "holds": holds, "number": number_rule(answer.number)}
    if row["frame"]:
        rule["frame"] = row["frame"]
    when = TIME.search(row["text"])
    if when and when[1]:
        rule["filed_at"] = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}(:\d{2})?"
    return {**rule, NOTE: [("look_up", {})]}


PERSON = ("person.id_number", "person.name")


def _ways_in(text: str, value: str) -> bool:
    return bool(value) and any(one in text for one in _ways(text, value))
