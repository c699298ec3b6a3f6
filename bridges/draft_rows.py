"""Rows a person added one by one: which clicks added them, what stood in each, and the `table` step that does it again.

Pure. The proof of a row is not the button's words but the page: after the click the same table has one row more, and it
came empty. Where the record cannot tell rows from single fields (one row filled, none added) it writes no `table` and
says so, because a wrong list would file somebody's relatives into the wrong boxes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bridges.draft_fields import NOTE, Samples, button_of, clean, field_of
from bridges.draft_tables import Key, Moments, Standing, Texts, is_blank
from bridges.draft_words import list_name, local_name
from bridges.recording import Act, Recording, Seen

TAKES_AWAY = re.compile(r"删|移除|去掉|减|^[-－−×xX]$|del|remove", re.IGNORECASE)
ADDS = re.compile(r"^[+＋]|新增|增加|添加|加一|插入|^add\b", re.IGNORECASE)


@dataclass
class Rows:
    """The tables of a recording: `steps` by key; `marks`: act -> table; `dropped`: acts that only add or take away."""

    steps: dict[Key, dict[str, Any]] = field(default_factory=dict)
    marks: dict[int, Key] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    fields: dict[tuple[str, int], Key] = field(default_factory=dict)
    notes: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def rows_of(recording: Recording, moments: Moments, samples: Samples) -> Rows:
    told, grown = Rows(), _grown(recording, moments)
    for key, adders in grown.items():
        seen = [(n, one) for n, (moment, _) in enumerate(moments) if (one := moment.get(key))]
        told.marks[id(adders[0])] = key
        told.dropped |= {id(act) for act in adders[1:]} | _removals(recording, moments, key)
        _table(told, recording, key, [one for _, one in seen], adders, samples)
    for key in dict.fromkeys(key for moment, _ in moments for key in moment):
        if key not in grown:
            _printed(told, recording, key, [moment[key] for moment, _ in moments if key in moment], samples)
    return told


def _grown(recording: Recording, moments: Moments) -> dict[Key, list[Act]]:
    """Table -> the clicks after which it had a row more that came empty."""
    out: dict[Key, list[Act]] = {}
    for n, act in enumerate(recording.acts):
        if act.kind != "click" or act.window or TAKES_AWAY.search(act.what["words"]):
            continue
        (before, fields), (after, _) = moments[n], moments[n + 1]
        for key, now in after.items():
            if _has_more(recording, before.get(key), now, fields):
                out.setdefault(key, []).append(act)
    for key, adders in out.items():  # the first row of all, when one row alone did not look like a list yet
        mine = {(one.page, cell) for moment, _ in moments if (one := moment.get(key)) for cell in _numbers(one)}
        for n, act in enumerate(recording.acts):
            if act in adders or act.kind != "click" or not is_same_button(act, adders[0]):
                continue
            came = {(page, cell) for page, cells in moments[n + 1][1].items() for cell in cells}
            if mine & (came - {(page, cell) for page, cells in act.before.items() for cell in cells}):
                adders.append(act)
        order = [id(act) for act in recording.acts]
        adders.sort(key=lambda act: order.index(id(act)))
    return out


def _has_more(recording: Recording, was: Standing | None, now: Standing, fields: Mapping[str, dict[int, Seen]]) -> bool:
    old = fields.get(now.page, {})
    fresh = [row for row in now.rows if not any(n in old for n in row["cells"] if n)]
    if was is None:  # not a list before: one row was there already, and another one came below it
        if now.shape != "rows" or not fresh or len(fresh) == len(now.rows):
            return False
    elif len(now.rows) <= len(was.rows):
        return False
    first = recording.pages[now.page].first
    return any(n in first and is_blank(first[n]) for row in fresh for n in row["cells"])  # not a list that was found


def is_same_button(act: Act, other: Act) -> bool:
    return act.frame == other.frame and (act.what["words"], act.what["css"]) == (other.what["words"], other.what["css"])


def _numbers(one: Standing) -> set[int]:
    return {n for row in one.rows for n in row["cells"] if n}


def _removals(recording: Recording, moments: Moments, key: Key) -> set[int]:
    """Clicks that took a row of this table away, with the question that was asked before."""
    out: set[int] = set()
    for n, act in enumerate(recording.acts):
        before, after = moments[n][0].get(key), moments[n + 1][0].get(key)
        if act.kind != "click" or before is None or len(after.rows if after else ()) >= len(before.rows):
            continue
        asked = recording.acts[n - 1] if n else None
        if TAKES_AWAY.search(act.what["words"]):
            out.add(id(act))
        elif asked is not None and act.what["layer"] and TAKES_AWAY.search(asked.what.get("words", "")):
            out |= {id(act), id(asked)}
    return out


def single_rows(recording: Recording, told: Rows) -> None:
    """Boxes that came once, below a form already begun, of a button that calls itself so: perhaps a list, said only."""
    for n, act in enumerate(recording.acts):
        if act.kind != "click" or act.window or act.went or id(act) in told.marks.keys() | told.dropped:
            continue
        before = act.before.get(act.page, {})
        follows = recording.acts[n + 1].before if n + 1 < len(recording.acts) else {}
        came = [one for number, one in follows.get(act.page, {}).items() if number not in before and one["text"]]
        if came and any(one["hands"] for one in before.values()) and ADDS.search(act.what["words"]):
            told.notes.append(
                ("rows_single", {"add": act.what["words"], "table": "、".join(one["label"] for one in came)[:60]})
            )


# ---- the step
def _table(
    told: Rows, recording: Recording, key: Key, seen: Sequence[Standing], adders: Sequence[Act], samples: Samples
) -> None:
    original, as_new = _as_it_came(recording, seen)
    filled, full = _fullest(seen, original | as_new)
    for one in seen:
        told.fields.update({(one.page, n): key for n in _numbers(one)})
    if not filled:
        told.notes.append(("rows_empty", _names(seen[-1].table)))
        return
    columns, rows = _columns(full, filled, as_new, samples)
    if not columns:
        told.notes.append(("rows_empty", _names(seen[-1].table)))
        return
    name = list_name(clean(full.table["section"]), set(samples.tables))
    samples.tables[name] = rows
    table: dict[str, Any] = {"rows": name, **full.table["address"]}
    if adders:
        table["add"] = _add(key[1], adders)
    table["columns"] = columns
    notes: list[tuple[str, dict[str, str]]] = [("rows", {"count": str(len(rows))})]
    if any(full.texts(row) in original for row in full.rows):
        table["others"] = "keep"
        notes.append(("rows_kept", {}))
    notes += [("rows_one", {})] if len(rows) == 1 else []
    told.steps[key] = {"table": table, NOTE: notes}


def _as_it_came(recording: Recording, seen: Sequence[Standing]) -> tuple[set[Texts], set[Texts]]:
    """(rows that belong there already, what a row holds that is new): a new row may bring words of its own."""
    firsts = {
        row["id"]: tuple(recording.pages[one.page].first.get(n, {"text": ""})["text"] for n in row["cells"])
        for one in seen for row in one.rows if one.page == seen[0].page
    }  # fmt: skip
    there = {row["id"]: seen[0].is_blank(row) for row in seen[0].rows}
    added = {texts for row, texts in firsts.items() if row not in there} or (
        set(firsts.values()) if len(set(firsts.values())) == 1 else set()
    )
    original = {firsts[row] for row, blank in there.items() if not blank and row in firsts} - added
    return original, set(firsts.values()) - original


def _fullest(seen: Sequence[Standing], not_ours: set[Texts]) -> tuple[list[Seen], Standing]:
    """The rows a person filled as they stood last, and the moment: a page that was sent and cleared shows none."""
    for one in reversed(seen):
        mine = [row for row in one.rows if not one.is_blank(row) and one.texts(row) not in not_ours]
        if mine:
            return mine, one
    return [], seen[-1]


def _columns(
    full: Standing, filled: Sequence[Seen], as_new: set[Texts], samples: Samples
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    columns: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = [{} for _ in filled]
    taken: set[str] = set()
    for at, place in enumerate(full.table["columns"]):
        cells = [full.cells(row)[at] if at < len(row["cells"]) else None for row in filled]
        held = [cell["text"] if cell else "" for cell in cells]
        preset = {texts[at] for texts in as_new if at < len(texts)} - {""}
        if place is None or not any(held) or set(held) <= preset or all(c is None or is_blank(c) for c in cells):
            continue
        column, values = column_of(place, cells, taken)
        taken.add(column["element"])
        columns.append(column)
        samples.row_words.update(values)
        for row, value in zip(rows, values, strict=True):
            if value:
                row[column["element"]] = value
    return columns, rows


def column_of(
    place: Mapping[str, Any], cells: Sequence[Seen | None], taken: set[str]
) -> tuple[dict[str, Any], list[str]]:
    """One column by the words above it, read as a field is read; codes only where every row's words have one."""
    words = str(place.get("header") or place.get("label") or place.get("name") or place.get("css"))
    scratches = [Samples() for _ in cells]
    tolds = [
        field_of({**cell, "labels": [words], "label": words}, [cell], scratch, ("", 0)) if cell else None
        for cell, scratch in zip(cells, scratches, strict=True)
    ]
    first = next(told for told in tolds if told)
    element = local_name(str(first.get("element", words)), words, taken)
    column = {key: clean(value) if key in ("header", "label") else value for key, value in place.items()}
    column["element"] = element
    by_code = all("codes" in told for told in tolds if told)
    kept = ("kind", "codes", "options", "format", "parts") if by_code else ("kind", "format", "parts")
    column |= {key: first[key] for key in kept if key in first}
    options = {code: shown for told in tolds if told and by_code for code, shown in told.get("options", {}).items()}
    if options:
        column["options"] = options
    if column.get("kind") == "textarea":
        del column["kind"]
    values = [
        (next(iter(scratch.values.values()), "") if by_code or not (told and "codes" in told) else cell["text"])
        if cell else ""
        for cell, told, scratch in zip(cells, tolds, scratches, strict=True)
    ]  # fmt: skip
    notes = [note for note in first.get(NOTE, ()) if note[0] not in ("element", "no_element")]
    if not all(values):
        column["required"] = False
    elif "required" in first:
        notes = [note for note in notes if note[0] != "not_marked_required"]
    if any(cell and cell["readonly"] and column.get("kind") != "date" for cell in cells):
        notes.append(("column_readonly", {}))
    return {**column, NOTE: notes}, values


def _add(key: str, adders: Sequence[Act]) -> Any:
    """The button as all its clicks agree; a button in every row is the first one of them."""
    ways = [way for act in adders if (way := act.what.get("adds", {}).get(key))]
    if ways and all(way == ways[0] for way in ways):
        return ways[0]["text"] if set(ways[0]) == {"text"} else ways[0]
    texts = {way.get("text") for way in ways}
    if len(texts) == 1 and None not in texts:
        return {"text": texts.pop(), "nth": 1}
    return next((way for way in ways if "css" in way), None) or button_of(adders[0])


# ---- tables nobody added a row to
def _printed(told: Rows, recording: Recording, key: Key, seen: Sequence[Standing], samples: Samples) -> None:
    """Two printed rows filled from the top are a list; one alone could be one or a single thing: that is said."""
    if seen[0].shape != "boxes" or _as_it_came(recording, seen)[0]:
        return
    filled, full = _fullest(seen, _as_it_came(recording, seen)[1])
    adds = full.table.get("may_add", "")
    from_top = [row["id"] for row in filled] == [row["id"] for row in full.rows[: len(filled)]]
    if len(filled) > 1 and from_top and full.page == seen[0].page:
        _table(told, recording, key, seen, (), samples)
        return
    if filled and (adds or len(full.rows) > 1):
        told.notes.append(("rows_once" if adds else "rows_once_printed", {**_names(full.table), "add": adds}))


def _names(table: Seen) -> dict[str, str]:
    heads = [str(place.get("header") or place.get("label") or "") for place in table["columns"] if place]
    return {"table": "、".join(clean(one) for one in heads if one)[:60] or str(table["section"])[:60]}
