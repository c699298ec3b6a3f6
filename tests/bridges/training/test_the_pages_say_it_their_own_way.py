"""What a clerk sees when something is wrong differs by system; the places are those docs/training.md names."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, Page

from bridges.training import ALL, Running
from tests.bridges.training import hands
from tests.bridges.training.clerk import Clerk, filled

pytestmark = pytest.mark.browser
WORDS = "该人员信息与人口库不一致"


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """Any error in a page's own script fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


def test_the_police_refuse_on_a_notice_page_and_time_out_with_an_alert(running: Running, quiet: Page) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    quiet.on("dialog", answer)
    hands.gongan_sign_in(quiet, running.urls["gongan"], "guessed")
    assert "用户名或口令错误" in quiet.locator(".cwxx").inner_text()
    hands.gongan_sign_in(quiet, running.urls["gongan"])
    running.trouble("gongan", refuse=WORDS)
    main = quiet.frame_locator("[name=mainFrame]")
    quiet.frame_locator("[name=menuFrame]").get_by_text("居住证首次申办").click()
    main.locator("form[name=ywform]").wait_for()
    frame = quiet.frame("mainFrame")
    assert frame
    frame.evaluate("document.ywform.submit()")
    assert main.locator(".cwxx").inner_text() == WORDS
    running.expire_sessions("gongan")
    quiet.frame_locator("[name=menuFrame]").get_by_text("受理情况查询").click()
    quiet.locator("[name=yhm]").wait_for()
    assert "请重新登录" in asked[-1]


def test_civil_affairs_refuse_in_a_layer_over_the_form(running: Running, quiet: Page) -> None:
    hands.minzheng_sign_in(quiet, running.urls["minzheng"], "guessed")
    quiet.locator(".layui-layer-msg").get_by_text("账号或密码不正确").wait_for()
    hands.minzheng_sign_in(quiet, running.urls["minzheng"])
    quiet.locator(".layui-side").wait_for()
    quiet.goto(running.urls["minzheng"] + "business/seniorAllowance/form")
    running.trouble("minzheng", refuse=WORDS)
    # What the server says is the point here, not what the page itself checks.
    quiet.evaluate("layui.jquery('[lay-verify]').removeAttr('lay-verify')")
    quiet.click("#btnSave")
    assert quiet.locator(".layer-refused .layui-layer-content").inner_text() == WORDS
    running.trouble("minzheng", error500=True)
    quiet.locator(".layer-refused .layui-layer-btn0").click()
    running.expire_sessions("minzheng")
    quiet.click("#btnSave")
    quiet.get_by_text("登录状态已失效").wait_for()


def test_the_federation_refuses_in_a_message_box_and_shows_its_notice(running: Running, quiet: Page) -> None:
    hands.canlian_sign_in(quiet, running.urls["canlian"], "guessed")
    quiet.get_by_text("用户名或密码错误").wait_for()
    hands.canlian_sign_in(quiet, running.urls["canlian"])
    running.trouble("canlian", page_changed="modal", refuse=WORDS)
    quiet.get_by_text("工作台").first.wait_for()
    quiet.goto(running.urls["canlian"] + "#/apply/renewal")
    quiet.locator(".el-message-box").get_by_text("我知道了").click()
    form = running.departments["canlian"].forms()[1]
    quiet.evaluate(
        "values => { const w = document.querySelector('.wizard').__vue__; Object.assign(w.m, values);"
        " Object.keys(w.files).forEach(k => w.files[k].push({name: k})); w.step = w.last; }",
        filled(form),
    )
    quiet.get_by_text("提交申请").click()
    quiet.locator(".el-message-box").get_by_text("确 定").click()
    assert quiet.locator(".refused .el-message-box__message").inner_text() == WORDS


@pytest.mark.parametrize("department", ALL)
def test_sign_in_form_receipt_and_list_are_marked_as_practice(running: Running, department: str) -> None:
    clerk = Clerk(running, department)
    pages = [clerk.ask("/")]
    clerk.sign_in()
    form = clerk.department.forms()[0]
    match department:
        case "gongan":
            pages += [clerk.ask("top.do"), clerk.open(form), clerk.file(form), clerk.ask("cx/list.do")]
        case "minzheng":
            pages += [clerk.ask("/"), clerk.open(form), clerk.ask("query"), clerk.ask("business/seniorCard")]
    assert [page.text[:200] for page in pages if "实训系统 · 演示数据" not in page.text] == []
