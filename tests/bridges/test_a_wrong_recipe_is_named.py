"""A wrong recipe is refused with file, line and the nearest right word; values are judged before any browser."""

import re
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
    assert not re.search(r"\{[a-z]+\}", caught.value.in_words("en")), "every gap of the sentence is filled"
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
        ("recipe: [1\n", "not_closed"),
        (GOOD.replace("department: gongan\n", "", 1), "missing_word"),
        (GOOD.replace("用户名或口令错误", "'(用户名'", 1), "bad_regex"),
        (GOOD.replace("gongan.hukou_book]", "gongan.residence_permit]", 1), "item_twice"),
        (GOOD.replace("      - submit: 提交\n", "      - click: 提交\n", 1), "submit_last"),
    ],
)
def test_every_kind_of_slip_has_its_code(tmp_path: Path, text: str, code: str) -> None:
    assert _wrong(tmp_path, text).code == code


SHORT = """recipe: 1
department: gongan
name: {zh: 户政, en: Household}
base: http://127.0.0.1:1/
longest_delay_s: 3
login:
  seen: {css: .dl}
  steps:
    - open: /login.do
    - click: 登录
forms:
  居住证:
    items: [gongan.residence_permit]
    steps:
      - open: /index.do
      - fill:
          - {label: 姓名, element: person.name}
          - {label: 身份证号码, element: person.id_number, normalise: [upper]}
          - {label: 性别, element: person.sex, kind: select, codes: gb2261-1}
          - {label: 备注, element: remark.text, required: false}
      - upload: [{label: 身份证, attachment: id_card}]
      - submit: 提交
    receipt: {number: '编号(\\d+)'}
"""
SEX, NOTE = "{label: 性别, element: person.sex,", "- {label: 备注, element: remark.text"


def _twice(text: str, mark: str) -> str:
    line = next(line for line in text.splitlines(keepends=True) if mark in line)
    return text.replace(line, line + line, 1)


@pytest.mark.parametrize(
    ("slip", "code", "on_the_line", "says"),
    [
        (SHORT.replace("element: person.name}", "elemnt: person.name}", 1), "unknown_word", "elemnt", "“element”"),
        (SHORT.replace("- submit: 提交", "- sumbit: 提交", 1), "unknown_word", "sumbit", "“submit”"),
        (SHORT.replace(f"          - {SEX}", f"         - {SEX}", 1), "not_aligned", SEX, "begins in line 16"),
        (SHORT.replace(f"          - {SEX}", f"\t- {SEX}", 1), "tabulator", SEX, "tab"),
        (SHORT.replace("normalise: [upper]", "normalise: [uper]", 1), "unknown_value", "uper", "“upper”"),
        (SHORT.replace("normalise: [upper]", "normalise: upper", 1), "needs_array", "normalise", "must be a list"),
        (SHORT.replace("base: ", "kit: elemnt\nbase: ", 1), "unknown_value", "elemnt", "“element”"),
        (SHORT.replace("kind: select", "kind: dropdown", 1), "unknown_value", "dropdown", "“select”"),
        (SHORT.replace("element: person.sex,", "element: person.sexx,", 1), "unknown_element", "sexx", "“person.sex”"),
        (SHORT.replace("attachment: id_card", "attachment: id_crad", 1), "unknown_material", "crad", "“id_card”"),
        (_twice(SHORT, NOTE), "field_twice", NOTE, "“备注” stands twice"),
        (_twice(SHORT, "- open: /index.do"), "step_twice", "/index.do", "the same as the one before"),
        (SHORT.replace("{label: 姓名,", "{label: 姓名, label: 名字,", 1), "word_twice", "名字", "“label” stands twice"),
        (
            SHORT.replace("- open: /index.do", "- open: /index.do\n        click: 新增", 1),
            "only_one",
            "新增",
            "open、click",
        ),
        (
            SHORT.replace("{label: 姓名, element: person.name}", "{label: 姓名}", 1),
            "one_of",
            "{label: 姓名}",
            "element、",
        ),
        (SHORT.replace("number: '", "number: '(", 1), "bad_regex", "number: '(", "unterminated"),
        ("hours: [Mon-Fri 9-17]\n" + SHORT, "wrong_form", "9-17", "like this: Mon-Fri 08:30-17:30"),
        ("hours: [Mon-Fri 17:30-09:00]\n" + SHORT, "hours_backwards", "17:30", "never open"),
        ("hours: Mon-Fri 08:30-17:30\n" + SHORT, "needs_array", "hours", "must be a list"),
        (SHORT.replace("element: person.name}", "element: person.name", 1), "not_closed", "姓名", "has no end"),
        (SHORT.replace("{label: 姓名,", "{label: *姓名,", 1), "needs_quotes", "*姓名", "in quotes"),
        (SHORT.replace("click: 登录", "click: 登录: 按钮", 1), "colon_in_words", "登录: 按钮", "Two colons"),
        (SHORT.replace("recipe: 1", "recipe: 2", 1), "unknown_value", "recipe: 2", "“1”"),
        (SHORT.replace("longest_delay_s: 3", "longest_delay_s: 3 s", 1), "needs_number", "3 s", "without a unit"),
    ],
)
def test_what_an_integrator_gets_wrong_is_said_in_one_clear_sentence(
    tmp_path: Path, slip: str, code: str, on_the_line: str, says: str
) -> None:
    wrong = _wrong(tmp_path, slip)
    said = wrong.in_words("en")
    assert (wrong.code, says in said, len(said) < 220) == (code, True, True), said
    assert on_the_line in slip.splitlines()[wrong.line - 1], wrong.line


def test_names_of_the_integrators_own_and_rows_of_a_table_are_no_slips(tmp_path: Path) -> None:
    """Control for the dictionary: only what is nearly one of its names is taken for a slip."""
    file = tmp_path / "recipe.yaml"
    for right in ("site.number", "person.surname", "matter.reasons"):
        file.write_text(SHORT.replace("element: person.sex,", f"element: {right},", 1), encoding="utf-8")
        load(file)
    file.write_text(
        SHORT.replace("gongan.residence_permit", "other.form").replace("person.sex,", "person.sexx,", 1), "utf-8"
    )
    load(file)


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
