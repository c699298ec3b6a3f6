"""What the recorder knows beforehand: which data element a label usually means, and how a value it saw is written.

The labels come from the house's own dictionary and from every recipe that is already there: the more departments, the
better the suggestion. A suggestion is marked as one; a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pypinyin import lazy_pinyin
from ruamel.yaml import YAML

import resources
from bridges.plan import code_table
from bridges.recipe import RecipeWrong, departments

DATE = re.compile(r"(\d{4})(\D+)(\d{1,2})(\D+)(\d{1,2})(\D*)|(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True)
class Meaning:
    """`sure` when the words are the same as in the dictionary or in another recipe."""

    element: str
    codes: str = ""
    sure: bool = False


def tidy(words: str) -> str:
    return re.sub(r"[\s:：*＊()（）]", "", unicodedata.normalize("NFKC", words)).lower()


@cache
def _elements() -> Mapping[str, Mapping[str, Any]]:
    file = resources.catalogue_dir() / "_elements.yaml"
    found: Mapping[str, Mapping[str, Any]] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))[
        "elements"
    ]
    return found


@cache
def _known() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """(label -> element, file label -> kind of material), of the dictionary and of all recipes."""
    fields = {tidy(str(one["label"])): name for name, one in _elements().items()}
    papers: dict[str, str] = {}
    try:
        recipes = departments().values()
    except RecipeWrong:  # somebody else's recipe is being written right now: the suggestions are fewer, that is all
        recipes = {}.values()
    for recipe in recipes:
        for form in recipe.forms.values():
            for one in form.fields():
                if "label" in one and "element" in one:
                    fields.setdefault(tidy(one["label"]), one["element"])
            for step in form.steps:
                for file in step.get("upload", ()):
                    if "label" in file:
                        papers.setdefault(tidy(file["label"]), file["attachment"])
    return fields, papers


def meaning_of(labels: Sequence[str], taken: set[str]) -> Meaning:
    """The data element of a field by its labels; a name made of its own sounds when nothing is near enough."""
    fields, _ = _known()
    for label in labels:
        element = fields.get(tidy(label), "")
        if element and element not in taken:
            return Meaning(element, str(_elements().get(element, {}).get("codes", "")), True)
    from rapidfuzz import fuzz

    near = [
        (fuzz.ratio(tidy(label), known), element)
        for label in labels[:1] for known, element in fields.items() if element not in taken
    ]  # fmt: skip
    score, element = max(near, default=(0, ""))
    if score >= 75:
        return Meaning(element, str(_elements().get(element, {}).get("codes", "")))
    return Meaning(_made("form", labels[0] if labels else "field", taken))


def attachment_of(label: str, taken: set[str]) -> Meaning:
    _, papers = _known()
    kind = papers.get(tidy(label), "")
    return Meaning(kind, sure=True) if kind and kind not in taken else Meaning(_made("", label, taken))


def local_name(element: str, words: str, taken: set[str]) -> str:
    """What a column is called inside its list: without the group, which is the applicant's."""
    name = element.rsplit(".", 1)[-1]
    return name if name not in taken else _made("", words, taken)


def list_name(words: str, taken: set[str]) -> str:
    return _made("", words if 0 < len(words) <= 12 else "rows", taken)


def _made(group: str, label: str, taken: set[str]) -> str:
    sound = re.sub(r"[^a-z0-9]+", "_", "_".join(lazy_pinyin(label)).lower()).strip("_")[:40] or "field"
    sound = sound if sound[0].isalpha() else f"n_{sound}"
    name = f"{group}.{sound}" if group else sound
    return next(one for n in range(1, 999) if (one := name if n == 1 else f"{name}_{n}") not in taken)


def codes_of(table: str, texts: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """(words -> our code where they are the same, words -> our code where one holds the other and no second does)."""
    try:
        known = {code: tidy(shown) for code, shown in code_table(table).items()}
    except OSError:
        return {}, {}
    same, alike = dict[str, str](), dict[str, str]()
    for text in texts:
        exact = [code for code, shown in known.items() if shown == tidy(text)]
        near = [code for code, shown in known.items() if shown and (shown in tidy(text) or tidy(text) in shown)]
        # The longest of several that hold one another is meant: 示例省示例市幸福区 holds 示例省 too.
        longest = [code for code in near if tidy(text).endswith(known[code])] or near
        if len(exact) == 1:
            same[text] = exact[0]
        elif len(longest) == 1 and tidy(text):
            alike[text] = longest[0]
    return same, {text: code for text, code in alike.items() if list(alike.values()).count(code) == 1}


def as_date(text: str) -> tuple[str, str]:
    """(ISO date, how the page writes it), or empty when it is no date."""
    found = DATE.fullmatch(text.strip())
    if not found:
        return "", ""
    year, month, day = (found[1], found[3], found[5]) if found[1] else (found[7], found[8], found[9])
    if not (1900 <= int(year) <= 2200 and 1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return "", ""
    if not found[1]:
        return f"{year}-{month}-{day}", "yyyyMMdd"
    wide = "MM" if len(month) == 2 else "M", "dd" if len(day) == 2 else "d"
    return f"{year}-{int(month):02}-{int(day):02}", f"yyyy{found[2]}{wide[0]}{found[4]}{wide[1]}{found[6]}"


def number_rule(number: str) -> str:
    """A number as a regular expression: letters and marks as they are, digits by how many."""
    return re.sub(r"\d+", lambda run: rf"\d{{{len(run[0])}}}", re.sub(r"([.+*?^$()\[\]{}|\\])", r"\\\1", number))
