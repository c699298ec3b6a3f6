"""docs/recipes.md is all its reader has: its whole recipe loads, and every word the format knows is explained there."""

import re
from pathlib import Path
from typing import Any

import pytest

import resources
from bridges.recipe import RecipeWrong, load

PAGE = (resources.HERE.parent / "docs" / "recipes.md").read_text(encoding="utf-8")


def _words(part: Any) -> set[str]:
    """Every key of the schema, wherever it stands."""
    if isinstance(part, list):
        return {word for one in part for word in _words(one)}
    if not isinstance(part, dict):
        return set()
    inner = {word for value in part.values() for word in _words(value)}
    properties = part.get("properties")
    return inner | set(properties) if isinstance(properties, dict) else inner


def test_the_whole_recipe_of_the_page_loads_and_a_slip_in_it_is_named(tmp_path: Path) -> None:
    section = PAGE.split("## 2. A whole recipe")[1]
    [written, *_] = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    (tmp_path / "recipe.yaml").write_text(written, encoding="utf-8")
    [form] = load(tmp_path).forms.values()
    assert form.look_up is not None
    (tmp_path / "recipe.yaml").write_text(written.replace("columns:", "colums:"), encoding="utf-8")
    with pytest.raises(RecipeWrong) as caught:
        load(tmp_path)
    assert (caught.value.code, caught.value.detail["nearest"]) == ("unknown_word", "columns")


def test_every_word_of_the_format_is_on_the_page() -> None:
    told = set(re.findall(r"[a-z][a-z0-9_]*", PAGE))
    assert _words(resources.schema("recipe")) - told == set()


def test_every_word_a_kind_or_a_comparison_may_have_is_on_the_page() -> None:
    defs = resources.schema("recipe")["$defs"]
    answers = defs["dialog"]["properties"]["answer"]["enum"]
    words = [*defs["kind"]["enum"], *defs["normalise"]["items"]["enum"], *answers]
    assert [word for word in words if word not in PAGE] == []
