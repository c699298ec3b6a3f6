"""Draws docs/pictures/training-*.png anew: `python -m tests.bridges.training.pictures`.

Lives beside the tests because it files with the same hands, and because only the bridges' worker may drive a browser.
"""

import io
import os
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from bridges.browser_process import executable
from bridges.training import serve
from tests.bridges.training import hands

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "pictures"


def _take(page: Page, name: str) -> None:
    page.wait_for_function("document.getAnimations().every(a => a.playState !== 'running')")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    few = picture.convert("RGB").quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    FOLDER.mkdir(parents=True, exist_ok=True)
    few.save(FOLDER / f"training-{name}.png", optimize=True)


def gongan(page: Page, url: str) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    hands.gongan_sign_in(page, url)
    main = hands.gongan_fill(page, {**hands.HUKOU, "bz": ""})
    _take(page, "gongan-form")
    main.locator("[name=tj]").click()
    main.locator(".hz").wait_for()
    _take(page, "gongan-receipt")


def minzheng(page: Page, url: str) -> None:
    hands.minzheng_sign_in(page, url)
    form = hands.minzheng_fill(page, {**hands.SENIOR_CARD, "applicantName": "安秀岚", "remark": ""})
    form.locator("#applicantName").scroll_into_view_if_needed()
    _take(page, "minzheng-form")
    form.locator("#btnSave").click()
    form.locator("#acceptNo").wait_for()
    _take(page, "minzheng-receipt")


def canlian(page: Page, url: str) -> None:
    hands.canlian_sign_in(page, url)
    hands.canlian_fill(page, {**hands.SUBSIDY, "person_name": "安秀岚"})
    page.get_by_text("上一步").click()
    _take(page, "canlian-form")
    page.get_by_text("下一步").click()
    page.get_by_text("提交申请").click()
    page.locator(".el-message-box").get_by_text("确 定").click()
    page.locator(".accept-no").wait_for()
    _take(page, "canlian-receipt")


def draw() -> None:
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as home, serve(Path(home)) as running, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=executable(), args=root)
        for name, one in (("gongan", gongan), ("minzheng", minzheng), ("canlian", canlian)):
            page = browser.new_page(viewport={"width": 1180, "height": 760})
            one(page, running.urls[name])
            page.close()
        browser.close()


if __name__ == "__main__":
    draw()
