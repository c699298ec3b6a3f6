"""Several controls that are one field to the clerk: ticks under one heading, lists that follow one another. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bridges.draft_words import tidy
from bridges.recording import Recording, Seen


def together(changed: Sequence[Seen], around: Sequence[Seen]) -> list[Seen]:
    """The changed fields, those of one group as the one field they are; `around`: all fields of the page, in order."""
    out: list[Seen] = []
    done: set[int] = set()
    for one in changed:
        if one["n"] in done:
            continue
        group = _ticks(one, around) or _lists(one, around, changed)
        done |= {other["n"] for other in group}
        out.append(_one(group) if group else one)
    return out


def _ticks(one: Seen, around: Sequence[Seen]) -> list[Seen]:
    """Boxes with a name each that share the words before them, which are none of their own."""
    boxes = [other for other in around if other["type"] == "checkbox" and len(other["options"] or ()) == 1]
    if one["type"] != "checkbox" or len(one["options"] or ()) != 1:
        return []
    own = {tidy(other["options"][0]["text"]) for other in boxes}
    count = Counter(words for other in boxes for words in {tidy(label) for label in other["labels"]} - own)
    shared = [label for label in one["labels"] if count[tidy(label)] > 1]
    if not shared:
        return []
    words = tidy(max(shared, key=lambda label: count[tidy(label)]))
    others = [other for other in around if words in map(tidy, other["labels"]) and other["type"] != "checkbox"]
    return [] if others else [{**box, "label": _as_said(box, words)} for box in boxes if words in _tidied(box)]


def _tidied(one: Seen) -> set[str]:
    return {tidy(label) for label in one["labels"]}


def _as_said(one: Seen, words: str) -> str:
    return str(next(label for label in one["labels"] if tidy(label) == words))


def _lists(one: Seen, around: Sequence[Seen], changed: Sequence[Seen]) -> list[Seen]:
    """Lists beside one another under one label, all chosen: province, city, district."""
    if one["type"] != "select" or not one["label"]:
        return []
    same = [other for other in around if tidy(other["label"]) == tidy(one["label"])]
    numbers = [n for n, other in enumerate(around) if other in same]
    chosen = {other["n"] for other in changed}
    beside = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    whole = all(other["type"] == "select" and other["n"] in chosen and other["text"] for other in same)
    return same if len(same) > 1 and beside and whole else []


def tree_paths(recording: Recording) -> dict[tuple[str, int], list[str]]:
    """Boxes that hold the words of the branch just clicked in a tree: page and field -> the way there."""
    out: dict[tuple[str, int], list[str]] = {}
    states = [*(act.before for act in recording.acts[1:]), {page.id: page.now for page in recording.pages.values()}]
    for act, after in zip(recording.acts, states, strict=False):
        path: list[str] = (act.what.get("tree") or []) if act.kind == "click" else []
        for page, fields in after.items() if path else ():
            for number, one in fields.items():
                was = act.before.get(page, {}).get(number)
                if was is not None and was["text"] != one["text"] and tidy(one["text"]).endswith(tidy(path[-1])):
                    out[page, number] = path
    return out


def _one(group: Sequence[Seen]) -> Seen:
    first = group[0]
    one = {**first, "labels": [first["label"]], "parts": [member["n"] for member in group]}
    words = [member["text"] for member in group if member["text"]]
    if first["type"] == "select":
        return {**one, "type": "cascade", "options": [], "text": "/".join(words), "code": ""}
    return {**one, "options": [member["options"][0] for member in group], "text": ";".join(words)}
