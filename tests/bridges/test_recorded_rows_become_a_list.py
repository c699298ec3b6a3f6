"""`bridge record` at pages whose rows are added one by one: another case has another number of them."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bridges.recipe import load
from tests.bridges.legacy.office import opened, rows_in
from tests.bridges.sitting import files_again, recording

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.nightly]


@pytest.mark.parametrize("form", ["rows", "desk"])
def test_rows_that_post_the_page_and_rows_filled_in_a_dialog_are_recorded_as_a_list(tmp_path: Path, form: str) -> None:
    """An old office: "+" sends the whole form and the new row comes back on top; or a dialog asks and a list shows."""
    person, name = {"rows": posted_rows, "desk": asked_rows}[form], "jia_ting_cheng_yuan"
    with opened() as office:
        with recording(office.address + form, tmp_path, "office") as (sitting, page):
            person(page)
            told = sitting.finish()
        assert (told["tables"], told["wrong"]) == (1, ""), sitting.recipe.read_text(encoding="utf-8")
        values = json.loads(sitting.values.read_text(encoding="utf-8"))
        first, second = values[name]
        third = {**second, next(iter(second)): "王三例"}
        again = {**values, name: [first, second, third]}
        files_again(load(sitting.recipe), again, tmp_path)
        by_hand, by_recipe = office.kept(form)
    first_time, again_later = (
        sorted(list(row) for row in (rows_in(one) if form == "rows" else json.loads(one["cy"][0])))
        for one in (by_hand, by_recipe)
    )
    assert len(first_time) == 2
    like = next(row for row in first_time if row[0] == next(iter(second.values())))
    assert again_later == sorted([*first_time, ["王三例", *like[1:]]])


def posted_rows(page: Page) -> None:
    def line(name: str, relation: int, born: str) -> None:
        page.locator("[name=xm_0]").click()
        page.keyboard.type(name)
        page.locator("[name=gx_0]").focus()
        for _ in range(relation):
            page.keyboard.press("ArrowDown")
        page.locator("[name=cs_0]").click()
        page.keyboard.type(born)

    page.locator("[name=hz]").click()
    page.keyboard.type("王示例")
    line("李示例", 1, "1987-11-02")
    page.locator("input[value='+']").click()
    page.locator("[name=xm_1]").wait_for()
    line("王小例", 2, "2012-06-30")
    page.locator("[name=dh]").click()
    page.keyboard.type("010-60001234")
    page.get_by_role("button", name="储存").click()
    page.get_by_text("受理编号").wait_for()


def asked_rows(page: Page) -> None:
    page.locator("[name=xm]").click()
    page.keyboard.type("王示例")
    for name, relation in (("李示例", 1), ("王小例", 2)):
        page.get_by_role("button", name="新增成员").click()
        page.locator("#dx").click()
        page.keyboard.type(name)
        page.locator("#dg").focus()
        for _ in range(relation):
            page.keyboard.press("ArrowDown")
        page.get_by_role("button", name="确定").click()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("受理编号").wait_for()
