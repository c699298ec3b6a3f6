"""Rows that are filled in a dialog (or in boxes above the list) and then only shown: a `table` step with `each`.

Pure. One round is: a button opened some boxes, they were filled, a button put their words into a list as one more row.
It counts only when the list shows what was typed, on the same page, and the real submit came later: a list that shows
the case itself after it was saved is a receipt and no table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bridges.draft_fields import NOTE, Samples, button_of, clean, where_of
from bridges.draft_rows import TAKES_AWAY, Rows, column_of, is_same_button
from bridges.draft_tables import Key, Moments
from bridges.draft_words import list_name
from bridges.recording import Act, Recording, Seen, steps_of


@dataclass(frozen=True)
class Round:
    """One row: what opened its boxes (perhaps nothing), what they held, what put it into the list, what is shown."""

    opener: Act | None
    keeper: Act
    fields: tuple[Seen, ...]
    words: tuple[str, ...]


def shown_rows(recording: Recording, moments: Moments, told: Rows, samples: Samples) -> None:
    for key in dict.fromkeys(key for moment, _ in moments for key, one in moment.items() if one.shape == "words"):
        rounds = _rounds(recording, moments, key)
        if rounds and not told.marks.keys() & {id(act) for one in rounds for act in (one.opener, one.keeper)}:
            _step(told, key, rounds, moments, samples)


def _rounds(recording: Recording, moments: Moments, key: Key) -> list[Round]:
    out: list[Round] = []
    acts, begin = recording.acts, 0
    for n, act in enumerate(acts):
        words = _new_row(act, moments, n, key)
        if not words or (out and not is_same_button(act, out[0].keeper)):
            continue
        shown = [one for one in act.before.get(act.page, {}).values() if one["text"] and one["text"] in words]
        opener = _opener(acts[begin:n], act, shown)
        fields = [
            one for one in act.before.get(act.page, {}).values()
            if one["text"] and (one in shown if opener is None else one["n"] not in opener.before.get(act.page, {}))
        ]  # fmt: skip
        if shown and (opener is not None or not act.posted):
            out.append(Round(opener, act, tuple(fields), words))
            begin = n + 1
    later = [act for act in acts[begin:] if act.kind == "click" and act.posted]
    kept = {id(act) for act in steps_of(recording)}
    ours = {id(act) for one in out for act in (one.opener, one.keeper) if act is not None}
    if not out or not later or len({one.opener is None for one in out}) > 1:
        return []
    first, last = (next(n for n, a in enumerate(acts) if a is one) for one in (_first(out[0]), out[-1].keeper))
    strangers = [a for a in acts[first : last + 1] if id(a) in kept - ours and not TAKES_AWAY.search(_said(a))]
    return [] if strangers else out


def _first(one: Round) -> Act:
    return one.opener or one.keeper


def _said(act: Act) -> str:
    return str(act.what.get("words", ""))


def _new_row(act: Act, moments: Moments, n: int, key: Key) -> tuple[str, ...]:
    """The words of the one row more that this click brought on its own page."""
    before, after = moments[n][0].get(key), moments[n + 1][0].get(key)
    if act.kind != "click" or act.window or act.went or before is None or after is None:
        return ()
    if not before.page == after.page == act.page or before.shape != "words" or after.shape != "words":
        return ()
    was, now = (Counter(one.words) for one in (before, after))
    more = now - was
    return next(iter(more)) if sum(more.values()) == 1 and not was - now else ()


def _opener(between: Sequence[Act], keeper: Act, shown: Sequence[Seen]) -> Act | None:
    """The last click before which the boxes were not there."""
    for act in reversed(between):
        there = act.before.get(keeper.page, {})
        if act.kind == "click" and act.page == keeper.page and all(one["n"] not in there for one in shown):
            return act
    return None


# ---- the step
def _step(told: Rows, key: Key, rounds: Sequence[Round], moments: Moments, samples: Samples) -> None:
    table = next(moment[key].table for moment, _ in reversed(moments) if key in moment)
    place = _place(rounds)
    filled, rows, shown = _filled(rounds, bool(place))
    columns = _columns(table, rounds, filled, shown)
    if not columns:
        return
    name = list_name(clean(table["section"]), set(samples.tables))
    samples.tables[name] = rows
    samples.row_words.update(words for row in rows for words in row.values())
    keep = {**place, "click": button_of(rounds[0].keeper)}
    step: dict[str, Any] = {"rows": name, **table["address"]}
    if rounds[0].opener is not None:
        step["add"] = rounds[0].opener.what.get("adds", {}).get(key[1], {}).get("text") or button_of(rounds[0].opener)
    step |= {"each": [{**place, "leaves": True, "fill": filled}, keep], "columns": columns}
    notes: list[tuple[str, dict[str, str]]] = [("rows_each", {"count": str(len(rows))})]
    told.steps[key] = {"table": step, NOTE: [*notes, *([("rows_one", {})] if len(rows) == 1 else [])]}
    acts = [act for one in rounds for act in (one.opener, one.keeper) if act is not None]
    told.marks[id(acts[0])] = key
    told.dropped |= {id(act) for act in acts[1:]}
    told.fields |= {(one.keeper.page, field["n"]): key for one in rounds for field in one.fields}


def _place(rounds: Sequence[Round]) -> dict[str, Any]:
    """`within`, where another box of the page has the same words and the dialog has a name of its own."""
    homes = {field.get("home", "") for one in rounds for field in one.fields}
    return {"within": homes.pop()} if len(homes) == 1 and "" not in homes else {}


def _filled(
    rounds: Sequence[Round], alone: bool
) -> tuple[list[dict[str, Any]], list[dict[str, str]], dict[str, list[str]]]:
    """The fields of one row, the rows' values, and per value the words the page showed for it."""
    order: dict[tuple[str, str], dict[str, Any]] = {}
    for one in rounds:
        around = one.fields if alone else list(one.keeper.before[one.keeper.page].values())
        for field in one.fields:
            order.setdefault((field["label"], field["name"]), where_of(field, around))
    filled: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = [{} for _ in rounds]
    shown: dict[str, list[str]] = {}
    for mark, where in order.items():
        cells = [next((f for f in one.fields if (f["label"], f["name"]) == mark), None) for one in rounds]
        told, values = column_of(where, cells, set(shown))
        filled.append(told)
        shown[told["element"]] = [cell["text"] if cell else "" for cell in cells]
        for row, value in zip(rows, values, strict=True):
            if value:
                row[told["element"]] = value
    return filled, rows, shown


def _columns(
    table: Seen, rounds: Sequence[Round], filled: Sequence[Mapping[str, Any]], shown: Mapping[str, list[str]]
) -> list[dict[str, Any]]:
    """The headers under which the list shows a value of the row as it was typed."""
    out: list[dict[str, Any]] = []
    taken: set[str] = set()
    for at, place in enumerate(table["columns"]):
        under = [one.words[at] if at < len(one.words) else "" for one in rounds]
        field = next((f for f in filled if f["element"] not in taken and shown[f["element"]] == under), None)
        if place is None or field is None or not any(under):
            continue
        taken.add(field["element"])
        kept = {key: field[key] for key in ("element", "codes", "options", "format", "required") if key in field}
        out.append({"header": clean(place["header"]), **kept})
    return out
