"""What is kept of a page reads line by line, and what changed since is said in words, each change once."""

import json
from pathlib import Path
from typing import Any

import pytest

from bridges import fingerprint
from bridges.recipe_wrong import RecipeWrong
from resources import texts
from window_client.cli import accepting

MARRIED = {"label": "婚姻", "name": "hy", "type": "select", "options": ["未婚", "已婚"], "codes": ["10", "20"]}
HOME = {"label": "户籍地址", "name": "hj", "type": "text", "kit": "plain", "maxlength": 60, "required": True}
LIVES = {"label": "现住地址", "name": "xz", "type": "text", "kit": "plain"}
PAGE: list[dict[str, Any]] = [MARRIED, HOME, LIVES]


def _said(now: list[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    found = fingerprint.differences({"f": {"2": PAGE}}, {"f": {"2": now}})
    return [(one.kind, one.field, one.was, one.now) for one in found]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (PAGE, []),
        ([LIVES, HOME, MARRIED], []),
        (
            [MARRIED, {**HOME, "label": "现住地址"}, {**LIVES, "label": "户籍地址"}],
            [("relabelled", "现住地址", "户籍地址", "现住地址"), ("relabelled", "户籍地址", "现住地址", "户籍地址")],
        ),
        ([MARRIED, HOME], [("gone", "现住地址", "xz", "")]),
        ([*PAGE, {"label": "邮编", "name": "yb"}], [("added", "邮编", "", "yb")]),
        (
            [{**MARRIED, "codes": ["20", "10"]}, HOME, LIVES],
            [("codes", "婚姻", "10 = 未婚、20 = 已婚", "10 = 已婚、20 = 未婚")],
        ),
        (
            [{**MARRIED, "options": ["未婚", "有配偶"]}, HOME, LIVES],
            [("options", "婚姻", "已婚", "有配偶"), ("codes", "婚姻", "20 = 已婚", "20 = 有配偶")],
        ),
        (
            [MARRIED, {**HOME, "name": "hjdz", "maxlength": 30}, LIVES],
            [("renamed", "户籍地址", "hj", "hjdz"), ("length", "户籍地址", "60", "30")],
        ),
        (
            [MARRIED, HOME, {**LIVES, "required": True, "type": "textarea"}],
            [("type", "现住地址", "text", "textarea"), ("required", "现住地址", "", "")],
        ),
    ],
)
def test_each_change_is_said_once(now: list[dict[str, Any]], said: list[tuple[str, str, str, str]]) -> None:
    assert _said(now) == said
    found = fingerprint.differences({"f": {"2": PAGE}}, {"f": {"2": now}})
    for language in ("zh", "en"):
        assert not [one for one in found if "{" in (words := accepting.difference(one, language)) or "bridge." in words]


def test_two_boxes_without_names_and_words_are_no_change() -> None:
    twins: list[dict[str, Any]] = [{"label": "", "type": "text"}, {"label": "", "type": "text"}]
    assert fingerprint.differences({"f": {"0": twins}}, {"f": {"0": twins}}) == ()


def test_what_is_kept_is_one_line_a_control_and_comes_back_as_it_was(tmp_path: Path) -> None:
    full = [{**HOME, "rule": "cell", "order": 4, "seen": True, "labels": ["户籍地址"], "readonly": False, "id": ""}]
    prints = fingerprint.merged({"f": {"10": [LIVES]}, "old": {"0": [LIVES]}}, {"f": {"2": full, "3.0": [MARRIED]}})
    file = fingerprint.keep(tmp_path, prints)
    assert fingerprint.accepted(tmp_path) == {"f": {"2": [HOME], "3.0": [MARRIED], "10": [LIVES]}}
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "户籍地址" in line] == ["   " + json.dumps(HOME, ensure_ascii=False)]
    assert fingerprint.differences(prints, fingerprint.accepted(tmp_path)) == ()
    assert [one.name for one in tmp_path.iterdir()] == ["fingerprint.json"]


@pytest.mark.parametrize("text", ["[]", '{"f": []}', '{"f": {"0": [1]}}', '{"f": {"0": {}}}', "{", "\xff"])
def test_a_file_that_is_no_fingerprint_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "fingerprint.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(RecipeWrong) as wrong:
        fingerprint.accepted(tmp_path)
    assert wrong.value.file.name == "fingerprint.json"
    assert f"recipe.{wrong.value.code}" in texts("zh")
