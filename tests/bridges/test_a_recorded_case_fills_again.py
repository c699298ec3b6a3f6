"""`bridge record`: a person's one case becomes a recipe that files it again, judged by the department's book."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bridges.recipe import load
from tests.bridges.conftest import Town
from tests.bridges.light_department import light_department
from tests.bridges.sitting import SECRET, files_again, recording
from tests.bridges.training import hands

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def gongan(page: Page, url: str) -> None:
    hands.gongan_sign_in(page, url)
    main = hands.gongan_fill(page, {**hands.HUKOU, "bz": "演示数据"})
    main.locator("[name=tj]").click()
    main.locator(".hz").wait_for()
    page.goto(url + "cx/list.do")
    page.get_by_label("公民身份号码").or_(page.locator("[name=gmsfhm]")).first.click()
    page.keyboard.type(hands.ID_NUMBER)
    page.get_by_role("button", name="查").click()
    page.locator("table.jg").wait_for()


def minzheng(page: Page, url: str) -> None:
    hands.minzheng_sign_in(page, url)
    form = hands.minzheng_fill(page, {**hands.SENIOR_CARD, "applicantName": "安秀岚"})
    form.locator("#btnSave").click()
    form.locator("#acceptNo").wait_for()


def canlian(page: Page, url: str) -> None:
    hands.canlian_sign_in(page, url)
    hands.canlian_fill(page, hands.SUBSIDY)
    page.get_by_text("提交申请").click()
    page.locator(".el-message-box").get_by_text("确 定").click()
    page.locator(".accept-no").wait_for()


BY_NIGHT = pytest.mark.nightly


@pytest.mark.parametrize(
    ("department", "person"),
    [
        pytest.param("gongan", gongan, marks=BY_NIGHT),
        pytest.param("minzheng", minzheng, marks=BY_NIGHT),
        pytest.param("canlian", canlian, marks=BY_NIGHT),
    ],
)
def test_a_case_filed_once_by_hand_is_filed_again_by_its_recipe(
    town: Town, tmp_path: Path, department: str, person: Callable[[Page, str], None]
) -> None:
    """The department's own book holds the same twice: what the person typed, and what the recipe made of it."""
    before = town.kept(department)
    with recording(town.running.urls[department], tmp_path, department) as (sitting, page):
        person(page, town.running.urls[department])
        told = sitting.finish()
    by_hand = [number for number in town.kept(department) if number not in before]
    assert [told["number"]] == by_hand
    assert told["wrong"] == ""
    text = sitting.recipe.read_text(encoding="utf-8")
    values = json.loads(sitting.values.read_text(encoding="utf-8"))
    assert SECRET not in text + sitting.values.read_text(encoding="utf-8") + sitting.said
    assert hands.ID_NUMBER not in text, "what was typed stands in the sample values only"
    filed = files_again(load(sitting.recipe), values, tmp_path)
    assert town.kept(department) == [*before, *by_hand, filed.number]
    (form, first), (again, second) = town.told(department)[-2:]
    assert (form, _without_papers(first)) == (again, _without_papers(second))


def _without_papers(data: dict[str, object]) -> dict[str, object]:
    """Papers get a new number each time they are handed in."""
    return {name: value for name, value in data.items() if not name.startswith(("file", "paper"))}


def test_a_system_nobody_knew_is_recorded_with_its_layer_tabs_windows_rows_and_query(tmp_path: Path) -> None:
    with light_department(tmp_path) as department:
        with recording(department.url, tmp_path, "light") as (sitting, page):
            light(page, department.url)
            told = sitting.finish()
        assert (told["fields"], told["tables"], told["login"], told["look_up"], told["wrong"]) == (
            12,
            2,
            True,
            True,
            "",
        )
        recipe = load(sitting.recipe)
        form = next(iter(recipe.forms.values()))
        window, grids = [step for step in form.steps if "popup" in step]
        assert grids == {
            "popup": "选择网格",
            "steps": [
                {
                    "popup": "选街道",
                    "steps": [{"pick": {"element": "form.suo_shu_jie_dao", "row": "tr", "click": "选用"}}],
                },
                {"fill": [{"label": "所属街道", "element": "form.suo_shu_jie_dao", "expect": True}]},
                {"fill": [{"label": "网格", "element": "form.wang_ge", "kind": "select"}]},
                {"click": "确定"},
            ],
        }
        assert window == {
            "popup": "选择社区",
            "steps": [
                {"fill": [{"label": "名称含", "element": "form.ming_cheng_han"}]},
                {"click": "过滤"},
                {"pick": {"element": "form.jing_ban_she_qu", "row": "tr", "click": "选择"}},
            ],
        }
        assert form.steps[-1]["submit"] == ["保存登记", "确认"]
        assert (form.receipt or {})["format"] == r"LS\d{4}-\d{6}"
        assert {"name", "id_number"} <= set(form.receipt or {})
        assert set((form.look_up or {})["holds"]) == {"person.id_number", "person.name"}
        values = json.loads(sitting.values.read_text(encoding="utf-8"))
        again = {**values, "person.name": "演示乙", "person.id_number": "990101199003078515"}
        again["form.jing_ban_she_qu"] = "幸福一社区"  # another line of the same window
        again |= {"form.suo_shu_jie_dao": "平安街道", "form.wang_ge": "七网格"}  # and of the window a window opens
        members, contacts = [step["table"] for step in form.steps if "table" in step]
        assert members == {
            "rows": "jia_ting_cheng_yuan", "add": {"text": "增加一行", "nth": 1},
            "columns": [
                {"header": "成员姓名", "element": "cheng_yuan_xing_ming"},
                {"header": "与户主关系", "element": "relation", "kind": "select", "codes": "gb4761"},
                {"header": "出生日期", "element": "birth_date", "kind": "date"},
            ],
        }  # fmt: skip
        assert (contacts["rows"], contacts["row"], contacts["add"]) == ("lian_xi_ren", "div.lxr", "＋ 添加联系人")
        assert len(values["jia_ting_cheng_yuan"]) == 2, "a row that was taken away again is nobody's"
        # One car was filled and no row added: whether it is a list cannot be seen, so it is no list, and that is said.
        assert {"label": "车牌号", "element": "form.che_pai_hao"} in [
            f for step in form.steps for f in step.get("fill", ())
        ]
        assert "“车牌号、购置日期”只填了一行，也没有点“增加一行”" in sitting.recipe.read_text(encoding="utf-8")
        again["jia_ting_cheng_yuan"] = [
            *values["jia_ting_cheng_yuan"],
            {**values["jia_ting_cheng_yuan"][1], "relation": "30"},
        ]
        again["jia_ting_cheng_yuan"][2]["cheng_yuan_xing_ming"] = "演示女"
        again["lian_xi_ren"] = values["lian_xi_ren"][1:]
        filed = files_again(recipe, again, tmp_path)
        first, second = department.book()
        assert [json.loads(one["data"])["jt"] for one in (first, second)] == [
            [wife := ["演示妻", "w", "1956-02-03", "中国"], son := ["演示子", "s", "1980-11-30", "中国"]],
            [wife, son, ["演示女", "d", "1980-11-30", "中国"]],
        ]
        mine, other = ["演示丙", "19900000316"], ["演示丁", "19900000317"]
        assert [json.loads(one["data"])["lx"] for one in (first, second)] == [[mine, other], [other]]
        assert (filed.number, second["name"]) == (second["number"], "演示乙")
        assert [json.loads(one["data"])["sq"] for one in (first, second)] == ["幸福二社区", "幸福一社区"]
        assert [json.loads(one["data"])["wg"] for one in (first, second)] == ["幸福街道二网格", "平安街道七网格"]
        told_again = {"xm": "", "sfz": "", "sq": "", "wg": "", "jt": "", "lx": ""}
        assert json.loads(first["data"]) | told_again == json.loads(second["data"]) | told_again


def light(page: Page, url: str) -> None:
    """A person with mouse and keys; a wrong turn included: the first tab is looked at twice, one word is typed anew."""

    def write(place: str, words: str) -> None:
        page.locator(place).click()
        page.keyboard.type(words)

    write("[name=u]", "window03")
    write("[name=p]", SECRET)
    page.get_by_role("button", name="进入系统").click()
    page.get_by_text("新办临时救助登记").click()
    write("#a1", "演示甲")
    write("#a2", "99010119540615002X")
    page.locator("[name=xb][value=f]").click()
    write("#a3", "1954/06/15")
    write("#a4", "1990000")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="选择社区").click()
    window = opened.value
    window.locator("#q").click()
    window.keyboard.type("幸福")
    window.get_by_role("button", name="过滤").click()
    window.locator("tr", has_text="幸福二社区").get_by_role("button", name="选择").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="选择网格").click()
    grids = opened.value
    with grids.expect_popup() as opened:
        grids.get_by_role("button", name="选街道").click()
    opened.value.locator("tr", has_text="幸福街道").get_by_role("button", name="选用").click()
    grids.locator("#wg").focus()
    grids.keyboard.press("ArrowDown")
    grids.get_by_role("button", name="确定").click()
    page.get_by_role("button", name="家庭情况").click()
    page.get_by_role("button", name="基本情况").click()
    page.locator("#a4").fill("")
    write("#a4", "19900000315")
    page.get_by_role("button", name="家庭情况").click()
    page.locator("#b1").click()
    page.get_by_text("意外事故").click()
    write("#b2", "3")
    write("#b3", "演示数据")
    page.locator("#b4").click()
    rows(page)
    page.get_by_role("button", name="保存登记").click()
    page.get_by_role("button", name="确认").click()
    page.get_by_text("登记编号").wait_for()
    page.goto(url + "list")
    write("[name=sfz]", "99010119540615002X")
    page.get_by_role("button", name="查询").click()
    page.locator(".found td").first.wait_for()


def rows(page: Page) -> None:
    """Two relatives (the first row stands there, a third is added and taken away again), two contacts, one car."""
    add = page.locator("#jt + button")
    for n, (name, relation, born) in enumerate((("演示妻", 1, "1956-02-03"), ("演示子", 2, "1980-11-30"))):
        if n:
            add.click()
        line = page.locator("#jt tr").nth(n + 1)
        line.locator("input").nth(0).click()
        page.keyboard.type(name)
        line.locator("select").focus()
        for _ in range(relation):
            page.keyboard.press("ArrowDown")
        line.locator("input").nth(1).click()
        page.keyboard.type(born)
    add.click()
    page.locator("#jt a").nth(2).click()
    for n, (name, phone) in enumerate((("演示丙", "19900000316"), ("演示丁", "19900000317"))):
        page.get_by_text("添加联系人").click()
        for box, words in enumerate((name, phone)):
            page.locator(".lxr").nth(n).locator("input").nth(box).click()
            page.keyboard.type(words)
    page.locator("#cl input").first.click()
    page.keyboard.type("示A00001")
