"""Several controls that are one field to the clerk: ticks under one heading, lists that follow one another. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bridges.draft_words import tidy
from bridges.recording import Act, Recording, Seen, steps_of


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


@dataclass(frozen=True)
class Climbed:
    """A branch chosen in a tree: the way there; the buttons that opened and closed the tree, if it has any."""

    path: tuple[str, ...]
    opener: Act | None = None
    confirm: Act | None = None


def climbed(recording: Recording) -> tuple[dict[tuple[str, int], Climbed], set[int]]:
    """Boxes that hold the words of a branch that was clicked (and perhaps confirmed); the acts that belong to it."""
    out: dict[tuple[str, int], Climbed] = {}
    ours: set[int] = set()
    acts, kept = recording.acts, {id(act) for act in steps_of(recording)}
    states = [*(act.before for act in acts[1:]), {page.id: page.now for page in recording.pages.values()}]
    path: tuple[str, ...] = ()
    for n, (act, after) in enumerate(zip(acts, states, strict=True)):
        tree = (act.what.get("tree") or ()) if act.kind == "click" else ()
        if not tree and not path:
            continue
        way = tuple(tree) or path
        boxes = [(page, one) for page, one in _changed_to(act, after, way[-1])]
        first = next(m for m in range(n, -1, -1) if m == 0 or not acts[m - 1].what.get("tree"))
        if boxes and tree:
            out |= {(page, one["n"]): Climbed(way) for page, one in boxes}
        elif boxes:
            before = acts[first - 1] if first else None
            opener = before if before is not None and id(before) in kept and before.kind == "click" else None
            out |= {(page, one["n"]): Climbed(way, opener, act) for page, one in boxes}
            ours |= {id(one) for one in (*acts[first : n + 1], *([opener] if opener else []))}
        path = tuple(tree) if tree and not boxes else ()
    return out, ours


def _changed_to(act: Act, after: Mapping[str, dict[int, Seen]], words: str) -> Iterator[tuple[str, Seen]]:
    for page, fields in after.items():
        for number, one in fields.items():
            was = act.before.get(page, {}).get(number)
            if was is not None and was["text"] != one["text"] and tidy(one["text"]).endswith(tidy(words)):
                yield page, one


def _one(group: Sequence[Seen]) -> Seen:
    first = group[0]
    one = {**first, "labels": [first["label"]], "parts": [member["n"] for member in group]}
    words = [member["text"] for member in group if member["text"]]
    if first["type"] == "select":
        return {**one, "type": "cascade", "options": [], "text": "/".join(words), "code": ""}
    return {**one, "options": [member["options"][0] for member in group], "text": ";".join(words)}
