"""A wrong recipe is refused with file, line and the nearest right word; values are judged before any browser."""

from datetime import date
from pathlib import Path

import pytest

import resources
from bridges.plan import CannotPlan, plan
from bridges.recipe import RecipeWrong, departments, find, load
from tests.bridges.conftest import ITEMS, filing_for, sample_values

GOOD = (resources.departments_dir() / "gongan" / "recipe.yaml").read_text(encoding="utf-8")
TODAY = date(2026, 11, 21)


def _wrong(tmp_path: Path, text: str) -> RecipeWrong:
    file = tmp_path / "recipe.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RecipeWrong) as caught:
        load(file)
    assert caught.value.in_words("zh")
    assert caught.value.in_words("en")
    assert "{" not in caught.value.in_words("en")
    return caught.value


@pytest.mark.parametrize(
    ("right", "slip", "code", "nearest"),
    [
        ("{label: 户籍地详址, element:", "{label: 户籍地详址, elment:", "unknown_word", "element"),
        ("kind: date}", "kind: dates}", "unknown_value", "date"),
        ("longest_delay_s:", "longest_delay:", "unknown_word", "longest_delay_s"),
        ("codes: gb3304", "codes: gb3340", "unknown_value", "gb3304"),
        ("answer: accept", "answer: acept", "unknown_value", "accept"),
    ],
)
def test_a_slip_is_named_with_its_line_and_the_right_word(
    tmp_path: Path, right: str, slip: str, code: str, nearest: str
) -> None:
    wrong = _wrong(tmp_path, GOOD.replace(right, slip, 1))
    line = next(n for n, text in enumerate(GOOD.replace(right, slip, 1).splitlines(), 1) if slip in text)
    assert (wrong.code, wrong.detail["nearest"], wrong.line) == (code, nearest, line)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- a\n- b\n", "not_a_table"),
        ("recipe: [1\n", "not_yaml"),
        (GOOD.replace("department: gongan\n", "", 1), "missing_word"),
        (GOOD.replace("用户名或口令错误", "'(用户名'", 1), "bad_regex"),
        (GOOD.replace("gongan.hukou_book]", "gongan.residence_permit]", 1), "item_twice"),
        (GOOD.replace("      - submit: 提交\n", "      - click: 提交\n", 1), "submit_last"),
    ],
)
def test_every_kind_of_slip_has_its_code(tmp_path: Path, text: str, code: str) -> None:
    assert _wrong(tmp_path, text).code == code


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecipeWrong, match="unreadable"):
        load(tmp_path / "none.yaml")
    (tmp_path / "gbk.yaml").write_bytes("名: 值".encode("gbk"))
    with pytest.raises(RecipeWrong, match="not_utf8"):
        load(tmp_path / "gbk.yaml")
    with pytest.raises(RecipeWrong) as caught:
        find("gongn")
    assert caught.value.detail["nearest"] == "gongan"


@pytest.mark.parametrize("department", sorted(ITEMS))
def test_all_that_is_missing_is_said_at_once(department: str) -> None:
    form = departments()[department].form_for(ITEMS[department])
    assert form is not None
    filing = filing_for(department, **{"person.name": "", "contact.phone": " "})
    with pytest.raises(CannotPlan) as caught:
        plan(form, filing, {}, today=TODAY)
    assert caught.value.code == "missing_values"
    assert caught.value.detail["fields"].count("、") == 1


def test_a_code_nobody_mapped_and_a_missing_paper_are_said() -> None:
    form = departments()["gongan"].form_for(ITEMS["gongan"])
    assert form is not None
    with pytest.raises(CannotPlan, match="missing_attachments"):
        plan(form, filing_for("gongan"), {}, today=TODAY)
    kinds = {"id_card": "/a", "residence_proof": "/b", "photo": "/c"}
    with pytest.raises(CannotPlan, match="unknown_option"):
        plan(form, filing_for("gongan", **{"residence.reason": "77"}), kinds, today=TODAY)
    made = plan(form, filing_for("gongan"), kinds, today=TODAY)
    assert sample_values()["person.id_number"] in made.masked
