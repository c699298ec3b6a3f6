"""A window that a recorded click opened: what was done in it, and what it wrote back into the page.

The words written back are the case's own, so a click on a line that says them becomes a `pick` of that value and the
field only expects it. Any other click in the window stays a click. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bridges.draft_fields import NOTE, Samples, button_of, field_of
from bridges.recording import Act, Recording, Seen, changed_fields

Known = dict[tuple[str, int], str]


def window_of(
    recording: Recording, opener: Act, inside: list[Act], then: Act | None, known: Known, samples: Samples
) -> list[dict[str, Any]]:
    """The `popup` step and the `fill` that expects what came back of it."""
    after = then.before if then is not None else {page.id: page.now for page in recording.pages.values()}
    back = _written_back(recording, opener, after, known, samples)
    steps: list[dict[str, Any]] = []
    for act in inside:
        fields = _fields_before(recording, act.before, opener.opened, known)
        steps += _ticked(fields, back) or _typed(fields, samples)
        steps.append(_clicked(act, back))
    told: dict[str, Any] = {"popup": button_of(opener), "steps": steps}
    if not opener.closed_itself:
        told["closes"] = False
    if not back:
        return [{**told, NOTE: [("window_silent", {})]}]
    return [{**told, NOTE: [("window", {})]}, {"fill": [field for field, _ in back]}]


Back = list[tuple[dict[str, Any], str]]  # the field that expects it, and the words


def _written_back(
    recording: Recording, opener: Act, after: Mapping[str, dict[int, Seen]], known: Known, samples: Samples
) -> Back:
    out: Back = []
    for page, fields in after.items():
        if recording.pages[page].window or page not in opener.before:
            continue
        for number, one in fields.items():
            was = opener.before[page].get(number)
            if was is None or was["text"] == one["text"] or not one["text"] or one["secret"]:
                continue
            told = field_of(one, list(fields.values()), samples, (page, number))
            known[page, number] = one["text"]
            if told:
                listed = {"normalise": ["list"]} if len(_words(one["text"])) > 1 else {}
                kept = {key: value for key, value in told.items() if key not in ("kind", "codes", "format", "parts")}
                out.append(({**kept, "expect": True, **listed}, one["text"]))
    return out


def _fields_before(
    recording: Recording, before: Mapping[str, dict[int, Seen]], window: int, known: Known
) -> list[tuple[str, Seen]]:
    mine = {page: fields for page, fields in before.items() if recording.pages[page].window == window}
    return [(page, one) for page, fields in changed_fields(mine, recording, known).items() for one in fields]


def _ticked(fields: list[tuple[str, Seen]], back: Back) -> list[dict[str, Any]]:
    """Boxes whose words came back: the lines of a list, ticked."""
    ticks = [one for _, one in fields if one["type"] in ("checkbox", "radio")]
    if not ticks or len(ticks) < len(fields) or not back:
        return []
    return [{"pick": {"element": back[0][0]["element"], "click": "box"}}]


def _typed(fields: list[tuple[str, Seen]], samples: Samples) -> list[dict[str, Any]]:
    told = [field_of(one, [other for _, other in fields], samples, (page, one["n"])) for page, one in fields]
    filled = [one for one in told if one]
    return [{"fill": filled}] if filled else []


def _clicked(act: Act, back: Back) -> dict[str, Any]:
    words, row = act.what.get("words", ""), act.what.get("row", "")
    for field, text in back:
        if any(one == words.strip() for one in _words(text)):
            return _framed({"pick": {"element": field["element"]}}, act)
    for field, text in back:
        if row and words and all(one in row for one in _words(text)):
            line = act.what.get("line") or "tr"
            return _framed({"pick": {"element": field["element"], "row": line, "click": words}}, act)
    return _framed({"click": button_of(act)}, act)


def _framed(step: dict[str, Any], act: Act) -> dict[str, Any]:
    return {"frame": act.frame, **step} if act.frame else step


def _words(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[;；,，、]", text) if one.strip()]
