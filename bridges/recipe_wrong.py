"""What is wrong with a recipe, said so that its writer finds it: file, line, the word, and the nearest right one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

import resources
from bridges.words import words_for


class RecipeWrong(Exception):
    """A recipe cannot be used; `file`, `line` (from 1; 0 = the whole file) and `words` for its writer."""

    def __init__(self, file: Path, line: int, code: str, **detail: str) -> None:
        self.file, self.line, self.code, self.detail = file, line, code, detail
        super().__init__(f"{file}:{line}: {code}")

    @property
    def words(self) -> str:
        return self.in_words("zh")

    def in_words(self, language: str) -> str:
        return words_for(language, f"recipe.{self.code}", self.detail)


# What other tools call it. A guess by letters alone would say "radio" for "dropdown".
OTHERS_SAY = {
    "dropdown": "select", "combobox": "select", "combo": "select", "listbox": "select", "list": "select",
    "input": "text", "textbox": "text", "string": "text", "tick": "checkbox", "check": "checkbox", "switch": "checkbox",
    "datepicker": "date", "calendar": "date", "selector": "css", "xpath": "css", "locator": "css", "goto": "open",
    "navigate": "open", "url": "open", "type": "kind", "value": "element", "field": "element", "iframe": "frame",
    "button": "click", "press": "click", "sleep": "wait", "normalize": "normalise", "pattern": "number",
}  # fmt: skip
ALIKE, PERHAPS = 60, 45


def nearest(word: str, known: list[str]) -> str:
    """The one that was surely meant, else the ones it may be."""
    if OTHERS_SAY.get(word) in known:
        return OTHERS_SAY[word]
    found = process.extract(word, known, scorer=fuzz.WRatio, limit=12) if known else []
    if found and found[0][1] >= ALIKE:
        return str(found[0][0])
    perhaps = [str(one[0]) for one in found if one[1] >= PERHAPS]
    return perhaps[0] if len(perhaps) == 1 else "、".join(sorted(known)[:12])


def deepest(trouble: Any) -> Any:
    """Out of `oneOf` failures the one that went furthest into the file: that is where the writer made the slip."""
    context = getattr(trouble.kind, "context", None)
    if not context:
        return trouble
    inner = [deepest(one) for branch in context for one in branch]
    further = [one for one in inner if len(one.instance_path) > len(trouble.instance_path)]
    if further:
        return max(further, key=lambda one: len(one.instance_path))
    # A button is words or a table; of a table with a misspelt word the slip is told, not that it is no words.
    return next((one for one in inner if one.kind.name == "additionalProperties"), trouble)


def line_of(root: Any, path: list[Any]) -> int:
    written: Any = root
    line = 0
    for key in path:
        try:
            where = "key" if isinstance(written, Mapping) else "item"
            line = getattr(written.lc, where)(key)[0]
            written = written[key]
        except (KeyError, AttributeError, IndexError, TypeError):
            break
    return line + 1


def explain(file: Path, written: Any, trouble: Any) -> RecipeWrong:
    path, kind = list(trouble.instance_path), trouble.kind
    where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in path) or "recipe"
    match kind.name:
        case "additionalProperties":
            word = str(kind.unexpected[0])
            known = sorted(_known_words(resources.schema("recipe"), list(trouble.schema_path)))
            return RecipeWrong(
                file,
                line_of(written, [*path, word]),
                "unknown_word",
                word=word,
                where=where,
                nearest=nearest(word, known),
            )
        case "enum":
            word = str(at_path(written, path))
            known = [str(one) for one in kind.options]
            return RecipeWrong(
                file, line_of(written, path), "unknown_value", word=word, where=where, nearest=nearest(word, known)
            )
        case "required":
            return RecipeWrong(file, line_of(written, path), "missing_word", word=str(kind.property), where=where)
        case "const":
            said, right = str(at_path(written, path)), str(kind.expected_value)
            return RecipeWrong(file, line_of(written, path), "unknown_value", word=said, where=where, nearest=right)
        case "type":
            return RecipeWrong(file, line_of(written, path), f"needs_{kind.types[0]}", where=where)
        case "pattern":
            named = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
            return RecipeWrong(
                file, line_of(written, path), "wrong_form", word=str(at_path(written, path)), where=where,
                example=EXAMPLES.get(named, kind.pattern),
            )  # fmt: skip
        case "oneOf" | "anyOf":
            return _of_several(file, written, trouble, where)
        case "minItems" | "minLength" | "minProperties":
            return RecipeWrong(file, line_of(written, path), "empty", where=where)
        case _:
            return RecipeWrong(file, line_of(written, path), "does_not_fit", where=where, why=trouble.message[:200])


EXAMPLES = {
    "hours": "Mon-Fri 08:30-17:30", "base": "http://10.1.2.3:8080/sq/", "department": "minzheng2", "as": "site.number",
}  # fmt: skip


def _of_several(file: Path, written: Any, trouble: Any, where: str) -> RecipeWrong:
    """Words of which one must stand there, or only one may: a step does one thing, a field has one value."""
    path = list(trouble.instance_path)
    branches = _schema_at(resources.schema("recipe"), list(trouble.schema_path))
    words = [word for branch in branches for word in branch.get("required", ()) if isinstance(branch, dict)]
    there = at_path(written, path)
    found = [word for word in words if isinstance(there, Mapping) and word in there]
    line = line_of(written, [*path, found[-1]] if found else path)
    if not words:
        return RecipeWrong(file, line, "does_not_fit", where=where, why=trouble.message[:200])
    if found:
        return RecipeWrong(file, line, "only_one", where=where, found="、".join(found))
    return RecipeWrong(file, line, "one_of", where=where, words="、".join(dict.fromkeys(words)))


def of_yaml(file: Path, trouble: Any) -> RecipeWrong:
    """What a YAML reader says in its own words, said so that the slip is found: often it is lines above."""
    said, mark, began = str(trouble.problem), trouble.problem_mark, getattr(trouble, "context_mark", None)
    line = mark.line + 1 if mark else 0
    twice = re.match(r'found duplicate key "(.*?)"', said)
    if twice:
        return RecipeWrong(file, line, "word_twice", word=twice[1])
    if "block end" in said or ("block mapping" in said and "start" in said):
        return RecipeWrong(file, line, "not_aligned", since=str(began.line + 1 if began else line))
    if "\\t" in said or "\t" in said:
        return RecipeWrong(file, line, "tabulator")
    if "mapping values are not allowed" in said:
        return RecipeWrong(file, line, "colon_in_words")
    if "expected ',' or" in said or "unexpected end of stream" in said or "end of stream" in said:
        return RecipeWrong(file, began.line + 1 if began else line, "not_closed")
    if "undefined alias" in said or "cannot start any token" in said:
        return RecipeWrong(file, line, "needs_quotes")
    return RecipeWrong(file, line, "not_yaml", why=said[:160])


def at_path(written: Any, path: list[Any]) -> Any:
    for key in path:
        written = written[key]
    return written


def _known_words(schema: dict[str, Any], path: list[Any]) -> set[str]:
    """The words allowed at the place whose `additionalProperties` failed."""
    here = _schema_at(schema, path[:-1])
    while isinstance(here, dict) and "$ref" in here:
        here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
    return set(here.get("properties", {})) if isinstance(here, dict) else set()


def _schema_at(schema: dict[str, Any], path: list[Any]) -> Any:
    here: Any = schema
    for part in path:
        while isinstance(here, dict) and "$ref" in here and part not in here:
            here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
        here = here[part] if isinstance(here, list) or part in here else here
    return here
