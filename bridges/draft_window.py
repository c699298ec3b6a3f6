"""A window that a recorded click opened: what was done in it, and what it wrote back into the page.

The words written back are the case's own, so a click on a line that says them becomes a `pick` of that value and the
field only expects it. Any other click in the window stays a click. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bridges.draft_fields import NOTE, Samples, button_of, field_of, where_of
from bridges.recording import Act, Recording, Seen, changed_fields

Known = dict[tuple[str, int], str]
Back = tuple[tuple[dict[str, Any], str], ...]  # the field that expects it, and the words


def window_of(
    recording: Recording,
    acts: Sequence[Act],
    opener: Act,
    known: Known,
    samples: Samples,
    around: Back = (),
) -> list[dict[str, Any]]:
    """The `popup` step and the `fill` that expects what came back of it; `acts` are all that were kept, in order.

    A window may open a window: its steps stand inside. `around`: what the outer window will have written back.
    """
    inner = _opened_by(acts, opener)
    after = _state_after(recording, opener, inner)
    back = _written_back(recording, opener, after, known, samples, around)
    steps: list[dict[str, Any]] = []
    for act in (one for one in acts if one.window == opener.opened):
        fields = _fields_before(recording, act.before, opener.opened, known)
        steps += _ticked(fields, back) or _typed(fields, samples)
        if act.opened and any(one.window == act.opened for one in acts):
            steps += window_of(recording, acts, act, known, samples, (*back, *around))
        else:
            steps.append(_clicked(act, (*back, *around)))
    back = _composed(back, steps, samples)
    told: dict[str, Any] = {"popup": button_of(opener), "steps": steps}
    if not opener.closed_itself:
        told["closes"] = False
    if not back:
        return [_framed({**told, NOTE: [("window_silent", {})]}, opener)]
    return [_framed({**told, NOTE: [("window", {})]}, opener), _framed({"fill": [field for field, _ in back]}, opener)]


def _opened_by(acts: Sequence[Act], opener: Act) -> frozenset[int]:
    """The window this click opened and every window opened from there."""
    inner = {opener.opened}
    for act in acts:
        if act.window in inner and act.opened:
            inner.add(act.opened)
    return frozenset(inner)


def windows_told(acts: Sequence[Act]) -> int:
    """How many windows something was done in: the others are only counted."""
    return len({act.opened for act in acts if act.opened} & {act.window for act in acts})


def _state_after(recording: Recording, opener: Act, inner: frozenset[int]) -> Mapping[str, dict[int, Seen]]:
    """The fields as they stood before the next act of any kind outside of these windows, or at the end."""
    later = recording.acts[next(n for n, act in enumerate(recording.acts) if act is opener) + 1 :]
    then = next((act for act in later if act.window not in inner), None)
    return then.before if then is not None else {page.id: page.now for page in recording.pages.values()}


def _written_back(
    recording: Recording,
    opener: Act,
    after: Mapping[str, dict[int, Seen]],
    known: Known,
    samples: Samples,
    around: Back,
) -> Back:
    """Into the page (or window) the click stood on; what went further out is expected there."""
    out: list[tuple[dict[str, Any], str]] = []
    for page, fields in after.items():
        if recording.pages[page].window != opener.window or page not in opener.before:
            continue
        for number, one in fields.items():
            was = opener.before[page].get(number)
            by_hand = was is not None and was["hands"] != one["hands"]
            if was is None or was["text"] == one["text"] or not one["text"] or one["secret"] or by_hand:
                continue
            known[page, number] = one["text"]
            same = next((field["element"] for field, text in around if text == one["text"]), "")
            told = (
                {**where_of(one, list(fields.values())), "element": same}
                if same
                else field_of(one, list(fields.values()), samples, (page, number))
            )
            if told:
                listed = {"normalise": ["list"]} if len(_words(one["text"])) > 1 else {}
                kept = {key: value for key, value in told.items() if key not in ("kind", "codes", "format", "parts")}
                kept[NOTE] = [note for note in told.get(NOTE, ()) if note[0] != "readonly"]
                out.append(({**kept, "expect": True, **listed}, one["text"]))
    return tuple(out)


def _composed(back: Back, steps: Sequence[Mapping[str, Any]], samples: Samples) -> Back:
    """Words the page put together of what was chosen in the window are written so: another case has others."""
    chosen = {element for step in steps for element in _elements(step)}
    parts = {
        words: element for element in chosen
        if (words := samples.typed.get(element, "")) and samples.values[element] == words
    }  # fmt: skip
    out: list[tuple[dict[str, Any], str]] = []
    for field, text in back:
        own = field["element"]
        written = _template(text, {words: element for words, element in parts.items() if element != own})
        if own in chosen or not written:
            out.append((field, text))
            continue
        kept = {key: value for key, value in field.items() if key != "element"}
        out.append(({**kept, "write": written}, text))
        samples.forget(own)
    return tuple(out)


def _template(text: str, parts: Mapping[str, str]) -> str:
    """The text as words with gaps, when nothing but marks is left of it; empty otherwise."""
    ways = "|".join(re.escape(words) for words in sorted(parts, key=len, reverse=True))
    if not ways or re.search(r"[\w{}]", re.sub(ways, "", text)):
        return ""
    return re.sub(ways, lambda found: "{" + parts[found[0]] + "}", text)


def _elements(step: Mapping[str, Any]) -> list[str]:
    picked = [step["pick"]["element"]] if "pick" in step else []
    filled = [field["element"] for field in step.get("fill", ()) if "element" in field]
    return [*picked, *filled, *(element for inner in step.get("steps", ()) for element in _elements(inner))]


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
    click: dict[str, Any] = {"click": button_of(act)}
    if words.strip() and row.strip() not in ("", words.strip()):
        click[NOTE] = [("window_fixed", {})]
    return _framed(click, act)


def _framed(step: dict[str, Any], act: Act) -> dict[str, Any]:
    return {"frame": act.frame, **step} if act.frame else step


def _words(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[;；,，、]", text) if one.strip()]
