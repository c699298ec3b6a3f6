"""`bridge check` on pages nobody knows: it looks behind tabs, holds back what would send, and says what is there."""

from dataclasses import replace
from pathlib import Path

import pytest

from bridges.inspection import Inspection, inspect
from bridges.recipe import load
from tests.bridges.legacy.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def looked(office: Office) -> tuple[Inspection, int]:
    before = len(office.book)
    recipe = replace(load(Path(__file__).parent), base=office.address, hosts=(office.elsewhere.split("/")[2],))
    forms = {
        name: form
        for name, form in recipe.forms.items()
        if form.items[0] in ("tabs", "rows", "silent", "frames", "pickers")
    }
    wrong = replace(
        forms["tabs"], steps=({"open": "/tabs"}, {"fill": [{"label": "证件编码", "element": "x"}]}, {"submit": "提交"})
    )
    return inspect(replace(recipe, forms={**forms, "wrong": replace(wrong, name="wrong")}), None), len(
        office.book
    ) - before


def test_nothing_is_sent_while_looking(looked: tuple[Inspection, int]) -> None:
    assert looked[1] == 0


def test_fields_behind_a_tab_and_columns_of_a_table_are_seen(looked: tuple[Inspection, int]) -> None:
    seen = {(one.form, one.field): one for one in looked[0].fields}
    assert seen["tabs", "救助金额"].problem == ""
    assert seen["tabs", "救助金额"].how == "before"
    assert seen["moving rows", "与户主关系"].problem == ""
    assert seen["frames within frames", "申请人"].problem == ""


def test_a_window_of_the_page_is_opened_looked_at_and_closed_again(looked: tuple[Inspection, int]) -> None:
    inspection, _ = looked
    form = next(one.form for one in inspection.fields if one.field == "困难情形")
    seen = [one for one in inspection.fields if one.form == form]
    [listed] = [one for one in seen if one.field == "matter.reasons"]
    assert (listed.problem, listed.kind[:4]) == ("", "list")
    [second] = [one for one in seen if one.field == "matter.street"]  # the list in a window that a window opens
    assert (second.problem, second.kind[:4]) == ("", "list")
    assert {"所属街道", "网格"} <= {one.field for one in seen}
    assert [one for one in seen if one.problem] == []
    assert [one for one in inspection.unreached if one.form == form] == []
    assert "popup" not in [one.verb for one in inspection.unreached]


def test_what_only_a_sent_form_would_show_is_said_to_be_out_of_reach(looked: tuple[Inspection, int]) -> None:
    silent = {one.why for one in looked[0].unreached if one.form == "nothing is said"}
    assert {"would_send", "pane_not_shown"} <= silent
    assert [one for one in looked[0].fields if one.form == "nothing is said" and one.problem] == []


def test_a_wrong_label_comes_with_the_nearest_and_the_rest_of_the_page_as_lines_to_copy(
    looked: tuple[Inspection, int],
) -> None:
    [wrong] = [one for one in looked[0].fields if one.form == "wrong" and one.field == "证件编码"]
    assert wrong.problem == "missing"
    assert wrong.near[0] == "证件号码"
    lines = [one.line() for one in looked[0].spare if one.form == "wrong"]
    assert any(line.startswith("- {label: 出生日期, element: ?") for line in lines), lines
