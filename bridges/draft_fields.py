"""The fields and files of a recorded case as a recipe names them: by label, with the value a person gave."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bridges.draft_groups import Climbed
from bridges.draft_words import Meaning, as_date, attachment_of, codes_of, meaning_of, tidy
from bridges.recording import Act, Seen

NOTE = "_note"  # list of (text key, detail) beside a step, a field or a rule; the writer makes comments of it
UPLOADING = re.compile(r"上传|上載|提交附件|upload", re.IGNORECASE)


def clean(label: str) -> str:
    """The words of a label without what only decorates them: a star, a colon, blanks between Chinese characters."""
    words = re.sub(r"^[\s*＊]+|[\s:：*＊]+$", "", label)
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", words)


@dataclass
class Samples:
    """What the person gave: data element -> value, kind of paper -> file name. In memory only, unless asked for."""

    values: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)  # element -> words as the page shows them
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # list -> its rows
    row_words: set[str] = field(default_factory=set)
    trees: dict[tuple[str, int], Climbed] = field(default_factory=dict)  # chosen in a tree: page and field
    of: dict[tuple[str, int], str] = field(default_factory=dict)  # page and field -> its element

    def forget(self, element: str) -> None:
        """It is put together of others: nobody has to give it."""
        for kept in (self.values, self.typed):
            kept.pop(element, None)


def field_of(seen: Seen, around: Sequence[Seen], samples: Samples, key: tuple[str, int]) -> dict[str, Any] | None:
    """One field of a `fill` step; None when there is nothing to fill, or only another value for what is filled."""
    text, kind = seen["text"], seen["type"]
    told: dict[str, Any] = where_of(seen, around)
    notes: list[tuple[str, Mapping[str, str]]] = []
    options = seen.get("options") or []
    if kind == "checkbox" and len(options) == 1:
        return {**told, "fixed": "true" if text else "false", "kind": "checkbox", NOTE: [("declaration", {})]}
    if not text:
        return None
    again = key in samples.of
    taken = {element for element, typed in samples.typed.items() if typed != text} - {samples.of.get(key, "")}
    meaning = meaning_of(seen["labels"] or [seen["label"] or seen["name"] or "field"], taken)
    samples.of[key] = meaning.element
    told["element"] = meaning.element
    if not meaning.sure:
        notes.append(
            ("element" if "." in meaning.element and not meaning.element.startswith("form.") else "no_element", {})
        )
    value = _shaped(told, seen, meaning, samples.trees.get(key), notes)
    if not seen["required"] and any(one["required"] for one in around):
        told["required"] = False
        notes.append(("not_marked_required", {}))
    samples.values[meaning.element], samples.typed[meaning.element] = value, text
    return None if again else {**told, NOTE: notes}


def _shaped(
    told: dict[str, Any],
    seen: Seen,
    meaning: Meaning,
    tree: Climbed | None,
    notes: list[tuple[str, Mapping[str, str]]],
) -> str:
    """The kind of the field and what goes with it; returns the value as a case has it."""
    text, kind, options = seen["text"], seen["type"], seen.get("options") or []
    value: str = text
    if tree:
        told["kind"], value = "tree", "/".join(tree.path)
        for word, by in (("opens", tree.opener), ("confirm", tree.confirm)):
            if by is not None:
                told[word] = button_of(by)
        notes.append(("tree", {}))
    elif (
        kind == "cascade"
        and len(seen["code"].split("/")) == len(text.split("/"))
        and re.fullmatch(r"[\w/]+", seen["code"])
    ):
        told["kind"], told["parts"], value = kind, list(range(1, len(text.split("/")) + 1)), seen["code"]
    elif kind in ("select", "radio", "checkbox", "cascade"):
        told["kind"] = kind
        value = _chosen(told, text, [one["text"] for one in options if one["text"]], meaning, notes)
    elif kind == "date" or as_date(text)[0]:
        day, writing = as_date(text)
        told["kind"] = "date"
        if day and kind != "date" and seen["kit"] == "plain" and writing != "yyyy-MM-dd":
            told["format"] = writing
        value = day or text
    elif kind == "textarea":
        told["kind"] = "textarea"
    elif seen["readonly"]:
        notes.append(("readonly", {}))
    return value


def _chosen(
    told: dict[str, Any], text: str, shown: Sequence[str], meaning: Meaning, notes: list[tuple[str, Mapping[str, str]]]
) -> str:
    """The value of a choice: our codes where the house has a table for it, the page's own words otherwise."""
    same, alike = codes_of(meaning.codes, shown) if meaning.codes and told["kind"] != "cascade" else ({}, {})
    codes = [(same | alike).get(part, "") for part in text.split(";")]
    if not all(codes):
        notes += [("words_as_value", {"options": "、".join(shown[:12])})] if shown else []
        return text
    told["codes"] = meaning.codes
    if alike:
        told["options"] = {code: words for words, code in alike.items()}
        notes.append(("guessed_words", {}))
    strange = [one for one in shown if one not in same | alike and not one.startswith("请选择")]
    if strange:
        notes.append(("other_words", {"options": "、".join(strange[:8])}))
    if meaning.codes == "region" and re.fullmatch(r"\d{6}", codes[0]):
        told["parts"] = [3]
        return f"{codes[0][:2]}/{codes[0][:4]}/{codes[0]}"
    return ";".join(codes)


def login_field(seen: Seen, around: Sequence[Seen]) -> dict[str, Any]:
    return {**where_of(seen, around), "element": "login.password" if seen["secret"] else "login.user"}


def where_of(seen: Seen, around: Sequence[Seen]) -> dict[str, Any]:
    """By the label where it is the only one; with its section; else by the control's own name."""
    label = clean(seen["label"])
    named = {
        key: seen[key]
        for key in ("name", "id")
        if seen[key] and not re.search(r"\d{5,}|^(el-|layui|ext-|__)", seen[key])
    }
    if not label:
        return {key: named[key] for key in ("name", "id")[: 1 if "name" in named else 2] if key in named} or {
            "css": seen["type"]
        }
    own = {seen["n"], *seen.get("parts", ())}
    twins = [one for one in around if one["n"] not in own and tidy(label) in {tidy(word) for word in one["labels"]}]
    if not twins:
        return {"label": label}
    if seen["section"] and all(tidy(one["section"]) != tidy(seen["section"]) for one in twins):
        return {"label": label, "section": seen["section"]}
    if "name" in named and all(one["name"] != named["name"] for one in around if one["n"] != seen["n"]):
        return {"label": label, "name": named["name"]}
    order = sorted([seen, *twins], key=lambda one: list(around).index(one) if one in around else 0)
    return {"label": label, "nth": order.index(seen) + 1}


def upload_of(
    act: Act, sent_by: Act | None, labels: Sequence[str], files: Sequence[str], samples: Samples
) -> dict[str, Any]:
    """One file of an `upload` step, with the button that sends it and what shows that it has arrived."""
    seen, notes = act.what, list[tuple[str, Mapping[str, str]]]()
    label = clean(seen["label"])
    meaning = attachment_of(label or seen["name"] or "paper", set(samples.papers))
    told: dict[str, Any] = {"label": label} if label else {"name": seen["name"]}
    told["attachment"] = meaning.element
    if not meaning.sure:
        notes.append(("no_attachment", {}))
    if sent_by is not None:
        told["click"] = button_of(sent_by, prefer_css=True)
    last = sent_by or act
    done = _arrived(label, act.texts.get(act.frame, ""), last.words_after.get(act.frame, ""), labels, files)
    if done:
        told["done"] = {"text": done}
    notes.append(("upload_done" if done else "no_upload_done", {}))
    samples.papers[meaning.element] = seen["text"]
    return {**told, NOTE: notes}


def _arrived(label: str, before: str, after: str, others: Sequence[str], files: Sequence[str]) -> str:
    """The words that stand behind the label once the file has arrived, as a regular expression."""
    if not label:
        return ""
    for file in files:  # a file may be called like a label
        stem, _, suffix = file.rpartition(".")
        before, after = before.replace(file, f"file.{suffix}"), after.replace(file, f"file.{suffix}")
        if stem not in label:  # it may be called just like its label
            before, after = before.replace(stem, "file"), after.replace(stem, "file")
    was = [_behind(before, at, label, others) for at in _places(before, label)]
    named = ""
    for words in (_behind(after, at, label, others) for at in _places(after, label)):
        fresh = [one for one in words.split() if not any(one in old for old in was)]
        said = [one for one in fresh if re.search(r"[^\W\d_]", one) and "file" not in one]
        if said:
            first = re.sub(r"[:：].*|[（(].*", "", said[0]) or said[0]
            return rf"{re.escape(label)}[\s\S]{{0,120}}?{re.escape(first)}"
        if any("file" in one for one in fresh):
            named = rf"{re.escape(label)}[\s\S]{{0,120}}?\.(jpe?g|png|pdf|tiff?)"
    return named


def _places(text: str, label: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(label), text)]


def _behind(text: str, at: int, label: str, others: Sequence[str]) -> str:
    words = text[at + len(label) : at + len(label) + 160]
    ends = [end for one in others if one and one != label and (end := words.find(one)) >= 0]
    return words[: min(ends)] if ends else words


def button_of(act: Act, *, prefer_css: bool = False) -> Any:
    """A click as the recipe says it: by its words where they are the only ones, else by its place."""
    target = act.what
    if target["sure"] and target["lettered"] and target["unique"] and not (prefer_css and target["css"]):
        return target["words"]
    return {"css": target["css"]} if target["css"] else target["words"]
