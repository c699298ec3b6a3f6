"""Rows typed into a kit's own grid, in place: a `table` step without a button, because the grid's own model adds them.

Pure. A grid counts when boxes to type in stood inside it while it was watched; a list of results never has any. What a
row holds is read from the grid once it was accepted, so the clicks on cells, arrows and "add" are nobody's steps.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from bridges.draft_fields import NOTE, Samples, clean
from bridges.draft_rows import Rows
from bridges.draft_tables import Key, Moments, Standing, Texts
from bridges.draft_words import as_date, list_name, local_name, meaning_of
from bridges.recording import Act, Recording


def grid_rows(recording: Recording, moments: Moments, told: Rows, samples: Samples) -> None:
    for key in dict.fromkeys(key for moment, _ in moments for key, one in moment.items() if one.table.get("face")):
        seen = [moment[key] for moment, _ in moments if key in moment]
        boxes = _boxes(moments, key)
        acts = [act for n, act in enumerate(recording.acts) if _is_its_own(act, moments, n, key, boxes)]
        fresh = _fresh(seen)
        if not boxes or not acts or told.marks.keys() & {id(act) for act in acts}:
            continue
        told.dropped |= {id(act) for act in acts[1:]}
        told.marks[id(acts[0])] = key
        told.fields |= dict.fromkeys(boxes, key)
        if fresh:
            told.steps[key] = _step(seen[-1], fresh, _texts(seen[0]), samples)


def _texts(one: Standing) -> Counter[Texts]:
    return Counter(one.words)


def _fresh(seen: list[Standing]) -> list[Texts]:
    """The rows that were not there at first, as the grid held most of them."""
    rows = [[*(_texts(one) - _texts(seen[0])).elements()] for one in seen]
    return max((_in_order(one, found) for one, found in zip(seen, rows, strict=True)), key=_held, default=[])


def _in_order(one: Standing, found: list[Texts]) -> list[Texts]:
    return sorted((row for row in found if any(row)), key=one.words.index)


def _held(rows: list[Texts]) -> int:
    return sum(bool(words) for row in rows for words in row)


def _boxes(moments: Moments, key: Key) -> set[tuple[str, int]]:
    return {
        (one.page, n) for moment, fields in moments if (one := moment.get(key)) is not None
        for n, box in fields.get(one.page, {}).items() if box["grid"] == one.table["face"]
    }  # fmt: skip


def _is_its_own(act: Act, moments: Moments, n: int, key: Key, boxes: set[tuple[str, int]]) -> bool:
    """A click inside the grid, or one that laid boxes into it; never one that sent something."""
    here, (after, fields) = moments[n][0].get(key), moments[n + 1]
    if act.kind != "click" or act.window or here is None or act.posted or act.went:
        return False
    there = after.get(key)
    came = there is not None and any(
        (there.page, number) in boxes and number not in act.before.get(there.page, {})
        for number in fields.get(there.page, {})
    )
    return bool(came or (act.page == here.page and act.what["grid"] == here.table["face"]))


def _step(standing: Standing, fresh: list[Texts], there: Counter[Texts], samples: Samples) -> dict[str, Any]:
    name = list_name(clean(standing.table["section"]) or "cheng_yuan", set(samples.tables))
    columns: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = [{} for _ in fresh]
    for at, place in enumerate(standing.table["columns"]):
        words = [row[at] for row in fresh]
        if not any(words):
            continue
        header = clean(place["header"])
        element = local_name(meaning_of([header], set()).element, header, {one["element"] for one in columns})
        days = [as_date(one)[0] for one in words if one]
        column: dict[str, Any] = {"header": header, "element": element}
        if all(day == one for day, one in zip(days, filter(None, words), strict=True)):
            column["kind"] = "date"
        columns.append(column if all(words) else {**column, "required": False})
        for row, word in zip(rows, words, strict=True):
            if word:
                row[element] = word
    samples.tables[name] = rows
    samples.row_words.update(word for row in fresh for word in row)
    table = {"rows": name, **standing.table["address"], "columns": columns}
    kept = [("rows_kept", dict[str, str]())] if any(any(row) for row in there) else []
    return {
        "table": {**table, **({"others": "keep"} if kept else {})},
        NOTE: [("rows", {"count": str(len(rows))}), *kept],
    }
