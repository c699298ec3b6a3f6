"""A clerk's own hands in a real browser, one field after the other: what the bridges are measured against.

Each function leaves the page where the receipt is shown (or where the department said no) and returns nothing it typed.
"""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page

from bridges.training.received import SAMPLE_PASSWORD, SAMPLE_USER

PNG = b"\x89PNG\r\n\x1a\n" + b"training paper" * 8
ID_NUMBER = "99010119540615002X"

HUKOU: dict[str, str] = {
    "xm": "安秀岚",
    "gmsfhm": ID_NUMBER,
    "xb": "2",
    "mz": "01",
    "csrq": "1954-06-15",
    "hyzk": "30",
    "hkbh": "990100315",
    "hb": "1",
    "hzxm": "安秀岚",
    "yhzgx": "02",
    "hkdz": "示例省示例市幸福区幸福路街道演示路8弄3号601室",
    "ssxq": "990101",
    "lxdh": "19900000315",
    "txdz": "幸福路街道演示路8弄3号601室",
    "hlyy": "01",
    "yhkbbh": "99010315",
    "jtrks": "2",
    "jbrxm": "",
    "jbrdh": "",
    "bz": "第一行\r\n第二行 <b>&amp;",
}
SENIOR_CARD: dict[str, str | list[str]] = {
    "applicantName": "安秀岚䶮𠮷",
    "certNo": ID_NUMBER,
    "gender": "女",
    "nation": "HA",
    "birthday": "1954-06-15",
    "maritalStatus": "30",
    "regionCode": "990101000000",
    "mobile": "19900000315",
    "householdAddr": "示例省示例市幸福区幸福路街道演示路8弄3号601室",
    "liveAddr": "幸福路街道演示路8弄3号601室",
    "zipCode": "990101",
    "livingState": "A",
    "retired": "Y",
    "cardGet": "ZQ",
    "bankName": "CSYH",
    "bankAccount": "6299990000000000079",
    "contactName": "",
    "contactMobile": "",
    "agentName": "",
    "agentMobile": "",
    "remark": "备注 <b>&amp; \"'",
    "agree": ["Y"],
}
SUBSIDY: dict[str, str | list[str]] = {
    "person_name": "安秀岚䶮𠮷",
    "id_card": ID_NUMBER,
    "sex": "F",
    "nation": "汉族",
    "birth_date": "1954/06/15",
    "marriage": "丧偶",
    "region": ["99", "9901", "990101"],
    "phone": "19900000315",
    "address": "示例省示例市幸福区幸福路街道演示路8弄3号601室",
    "live_address": "幸福路街道演示路8弄3号601室",
    "certificate_no": ID_NUMBER + "42",
    "issue_date": "2021/05/10",
    "category": "4",
    "grade": "2",
    "subsidies": ["living", "nursing"],
    "low_income": "yes",
    "care_mode": "home",
    "guardian_name": "",
    "guardian_phone": "",
    "bank": "313990100011",
    "bank_account": "6299990000000000079",
    "remark": "",
}
_PAPER: Any = {"name": "身份证正面.png", "mimeType": "image/png", "buffer": PNG}


def gongan_sign_in(page: Page, url: str, password: str = SAMPLE_PASSWORD) -> None:
    page.goto(url)
    page.fill("[name=yhm]", SAMPLE_USER)
    page.fill("[name=kl]", password)
    page.click("input[type=submit]")


def gongan_fill(page: Page, values: Mapping[str, str]) -> FrameLocator:
    """Opens the hukou form from the menu and types every value; the calendar is clicked through."""
    page.frame_locator("[name=menuFrame]").get_by_text("居民户口簿换领").click()
    main = page.frame_locator("[name=mainFrame]")
    for name in ("xm", "hkbh", "hzxm", "hkdz", "lxdh", "txdz", "yhkbbh", "jtrks", "jbrxm", "jbrdh", "bz"):
        main.locator(f"[name={name}]").fill(values[name].replace("\r\n", "\n"))
    main.locator("[name=gmsfhm]").fill(values["gmsfhm"].lower())  # the page's own onblur makes it a capital X
    main.locator("[name=bz]").focus()
    for name in ("mz", "hyzk", "yhzgx", "ssxq"):
        main.locator(f"[name={name}]").select_option(values[name])
    for name in ("xb", "hb", "hlyy"):
        main.locator(f"[name={name}][value='{values[name]}']").check()
    year, month, day = (int(part) for part in values["csrq"].split("-"))
    main.locator("[name=csrq]").click()
    main.locator(".rl select").select_option(str(year))
    while (shown := int(main.locator(".rl tr").first.inner_text().split("年")[1].split("月")[0])) != month:
        main.locator(".rl tr").first.locator("td").nth(1 if shown > month else 3).click()
    main.locator(".rl td.rq").nth(day - 1).click()
    gongan_papers(main.frame_locator("[name=fjsc]"))
    return main


def gongan_papers(frame: FrameLocator) -> None:
    for kind in ("id_card", "hukou_booklet"):
        frame.locator(f"[name=sc_{kind}] [name=wj]").set_input_files(_PAPER)
        frame.locator(f"[name=sc_{kind}] [name=sc]").click()
        frame.locator(f"tr:has([name=sc_{kind}])").get_by_text("已上传").wait_for()


def minzheng_sign_in(page: Page, url: str, password: str = SAMPLE_PASSWORD) -> None:
    page.goto(url)
    page.fill("#username", SAMPLE_USER)
    page.fill("#password", password)
    page.click("#btnLogin")


def minzheng_fill(page: Page, values: Mapping[str, str | list[str]]) -> FrameLocator:
    page.click(".menu-open >> text=敬老卡申领")
    tab = page.frame_locator("iframe[name=tab_seniorCard]")
    tab.locator("#btnAdd").click()
    form = tab.frame_locator(".layui-layer iframe")
    for name in ("applicantName", "certNo", "mobile", "householdAddr", "liveAddr", "zipCode", "bankAccount", "remark"):
        form.locator(f"#{name}").fill(str(values[name]))
    for name in ("nation", "maritalStatus", "regionCode", "livingState", "bankName"):
        box = form.locator(f"#{name} + .layui-form-select")
        box.locator(".layui-select-title").click()
        box.locator(f"dd[lay-value='{values[name]}']").click()
    for name in ("gender", "retired", "cardGet", "agree"):
        value = values[name]
        code = value[0] if isinstance(value, list) else value
        form.locator(f"[name={name}][value='{code}'] + div").click()
    _laydate(form, str(values["birthday"]))
    for kind in ("id_card", "hukou_booklet"):
        form.locator(f"#up_{kind} ~ .layui-upload-file").set_input_files(_PAPER)
        form.locator(f"#up_{kind}_name").get_by_text("已上传").wait_for()
    return form


def _laydate(form: FrameLocator, day: str) -> None:
    year, month, date = (int(part) for part in day.split("-"))
    form.locator("#birthday").click()
    form.locator(".layui-laydate-header [lay-type=year]").click()
    while not form.locator(f".laydate-year-list li[lay-ym='{year}']").count():
        form.locator(".layui-laydate-header .laydate-prev-y").click()
    form.locator(f".laydate-year-list li[lay-ym='{year}']").click()
    form.locator(f".laydate-month-list li[lay-ym='{month - 1}']").click()
    form.locator(f".layui-laydate-content td[lay-ymd='{year}-{month}-{date}']").click()


def canlian_sign_in(page: Page, url: str, password: str = SAMPLE_PASSWORD) -> None:
    page.goto(url)
    page.fill("[placeholder=用户名]", SAMPLE_USER)
    page.fill("[placeholder=密码]", password)
    page.click(".sign-in button")


def canlian_fill(page: Page, values: Mapping[str, str | list[str]]) -> None:
    page.locator(".el-submenu__title").click()
    page.get_by_text("残疾人两项补贴申请").click()
    _write(page, values, "person_name", "id_card", "phone", "address", "live_address")
    _item(page, "sex").get_by_text("女性").click()
    _search(page, "nation", "汉", "汉族")
    _day(page, "birth_date", "1954 年 06 月 15 日")
    _pick(page, "marriage", "丧偶")
    _item(page, "region").locator("input").click()
    for word in ("示例省", "示例市", "幸福区"):
        page.locator(".el-cascader-node__label").get_by_text(word).click()
    page.get_by_text("下一步").click()
    _write(page, values, "certificate_no")
    _day(page, "issue_date", "2021 年 05 月 10 日")
    _pick(page, "category", "肢体残疾")
    for name, words in (("grade", "二级"), ("subsidies", "生活补贴"), ("subsidies", "护理补贴"), ("low_income", "是")):
        _item(page, name).locator("label.el-radio, label.el-checkbox").get_by_text(words).click()
    _pick(page, "care_mode", "居家护理")
    page.get_by_text("下一步").click()
    _search(page, "bank", "城市", "示例城市银行")
    _write(page, values, "bank_account")
    for kind in ("id_card", "hukou_booklet", "disability_certificate"):
        page.locator(f".up-{kind} input[type=file]").set_input_files(_PAPER)
        page.locator(f".up-{kind} .is-success").wait_for()


def _item(page: Page, name: str) -> Locator:
    return page.locator(f".el-form-item:has(label[for={name}])")


def _write(page: Page, values: Mapping[str, str | list[str]], *names: str) -> None:
    for name in names:
        _item(page, name).locator("input").fill(str(values[name]))


def _day(page: Page, name: str, shown: str) -> None:
    _item(page, name).locator("input").fill(shown)
    _item(page, name).locator("input").press("Enter")


def _pick(page: Page, name: str, word: str) -> None:
    _item(page, name).locator("input").click()
    page.locator(".el-select-dropdown:visible li").get_by_text(word, exact=True).click()


def _search(page: Page, name: str, keys: str, word: str) -> None:
    _item(page, name).locator("input").click()
    _item(page, name).locator("input").press_sequentially(keys)
    page.locator(".el-select-dropdown:visible li").get_by_text(word, exact=True).click()
