"""Filed by hand in a real Chromium, the department's own book holds what was typed: the witness can be believed."""

import hashlib
import json
import sqlite3

import pytest
from playwright.sync_api import Dialog, Page

from bridges.training import Running
from tests.bridges.training import hands

pytestmark = pytest.mark.browser


def _only_row(running: Running, department: str) -> dict[str, str]:
    with sqlite3.connect(running.databases[department]) as book:
        book.row_factory = sqlite3.Row
        rows = book.execute("SELECT * FROM received").fetchall()
    book.close()
    assert len(rows) == 1
    return dict(rows[0])


def _papers_are_whole(row: dict[str, str], *kinds: str) -> None:
    files = json.loads(row["files"])
    assert [file["kind"] for file in files] == list(kinds)
    assert {file["sha256"] for file in files} == {hashlib.sha256(hands.PNG).hexdigest()}
    assert {file["name"] for file in files} == {"身份证正面.png"}


def test_the_police_department(running: Running, page: Page) -> None:
    """Also: a confirmation that is dismissed files nothing and leaves everything typed where it was."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        if len(asked) > 1:
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", answer)
    hands.gongan_sign_in(page, running.urls["gongan"])
    main = hands.gongan_fill(page, hands.HUKOU)
    main.locator("[name=tj]").click()
    assert running.departments["gongan"].book.find() == ()
    assert main.locator("[name=xm]").input_value() == "安秀岚"
    main.locator("[name=tj]").click()
    receipt = main.locator(".hz").inner_text()
    row = _only_row(running, "gongan")
    assert asked == ["确定提交?", "确定提交?"]
    assert f"受理编号：{row['number']}" in receipt
    assert json.loads(row["data"]) == hands.HUKOU
    assert (row["form"], row["id_number"], row["name"]) == ("gongan.hukou_book", hands.ID_NUMBER, "安秀岚")
    _papers_are_whole(row, "id_card", "hukou_booklet")


def test_a_rare_name_is_mangled_by_the_old_coding_and_by_no_other(running: Running, page: Page) -> None:
    """䶮 and 𠮷: the trap the bridges must see coming, because nothing on the page says a word about it."""
    page.on("dialog", lambda dialog: dialog.accept())
    hands.gongan_sign_in(page, running.urls["gongan"])
    page.goto(running.urls["gongan"] + "hjyw/hkbhl.do")
    hands.gongan_papers(page.frame_locator("[name=fjsc]"))
    set_all = "all => { for (const [name, value] of Object.entries(all)) document.ywform[name].value = value; }"
    page.evaluate(set_all, {**hands.HUKOU, "xm": "安䶮𠮷㛃"})
    page.click("[name=tj]")
    page.locator(".hz").wait_for()
    assert page.evaluate("document.characterSet") == "GBK"
    assert _only_row(running, "gongan")["name"] == "安\ufffd\ufffd&#134071;&#14019;"


def test_the_civil_affairs_department(running: Running, page: Page) -> None:
    hands.minzheng_sign_in(page, running.urls["minzheng"])
    form = hands.minzheng_fill(page, hands.SENIOR_CARD)
    form.locator("#btnSave").click()
    shown = form.locator("#acceptNo").inner_text()
    row = _only_row(running, "minzheng")
    assert shown == row["number"]
    assert json.loads(row["data"]) == hands.SENIOR_CARD
    assert row["name"] == "安秀岚䶮𠮷"
    _papers_are_whole(row, "id_card", "hukou_booklet")


@pytest.mark.nightly
def test_the_disabled_persons_federation(running: Running, page: Page) -> None:
    hands.canlian_sign_in(page, running.urls["canlian"])
    hands.canlian_fill(page, hands.SUBSIDY)
    page.get_by_text("提交申请").click()
    page.locator(".el-message-box").get_by_text("确 定").click()
    shown = page.locator(".accept-no").inner_text()
    row = _only_row(running, "canlian")
    assert shown == row["number"]
    assert json.loads(row["data"]) == hands.SUBSIDY
    assert row["name"] == "安秀岚䶮𠮷"
    _papers_are_whole(row, "id_card", "hukou_booklet", "disability_certificate")
