"""Forty fields of a widget kit: one call of ours, read back, beside a script that does what a person's hand does.

The script clicks into the widgets with Playwright: it opens a list and clicks a line, opens a calendar and clicks a
day; plain boxes it may fill at once. Every page is the kit's own, nothing is slowed down, and both ways must end with
the same values in the form that would be sent.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bridges.browser_process import executable
from bridges.worker.runtime import runtime_source
from tests.benchmarks.figure import Figure
from tests.bridges.kits.conftest import ARGUMENTS
from tests.bridges.kits.receiving import receiving

ROUNDS, BY_HAND = 9, 3
LEAST = 25.0
TEXTS, LISTS, CHOICES, DATES, AREAS = range(20), range(8), range(4), range(4), range(4)
DAY = date.today().replace(day=15)  # noqa: DTZ011 - the page's own calendar opens on the machine's month
HEAD = '<!doctype html><meta charset="utf-8"><title>演示数据</title>'
SEND = "<script>window.data = () => Object.fromEntries(new FormData(document.forms[0]));</script>"


def wishes() -> list[dict[str, Any]]:
    def one(kind: str, label: str, value: str) -> dict[str, Any]:
        return {"key": label, "label": label, "kind": kind, "value": value}

    return [
        *(one("text", f"文本{n}", f"演示数据{n}") for n in TEXTS),
        *(one("select", f"选择{n}", "乙") for n in LISTS),
        *(one("radio", f"单选{n}", "女") for n in CHOICES),
        *({**one("date", f"日期{n}", DAY.isoformat()), "normalise": ["date"]} for n in DATES),
        *(one("textarea", f"说明{n}", f"说明文字{n}") for n in AREAS),
    ]


# ---- the pages ----------------------------------------------------------------------------------------------------
def _easyui() -> str:
    def row(label: str, box: str) -> str:
        return f"<tr><td>{label}：</td><td>{box}</td></tr>"

    options = "<option value=''></option><option value=1>甲</option><option value=2>乙</option>"
    sexes = "<input type=radio name=r{n} value=1>男 <input type=radio name=r{n} value=2>女"
    rows = [row(f"文本{n}", f"<input class=easyui-textbox name=t{n} id=t{n}>") for n in TEXTS]
    rows += [row(f"选择{n}", f"<select class=easyui-combobox name=s{n} id=s{n}>{options}</select>") for n in LISTS]
    rows += [row(f"单选{n}", sexes.format(n=n)) for n in CHOICES]
    rows += [row(f"日期{n}", f"<input class=easyui-datebox name=d{n} id=d{n}>") for n in DATES]
    rows += [
        row(f"说明{n}", f'<input class=easyui-textbox data-options="multiline:true" name=a{n} id=a{n}>') for n in AREAS
    ]
    return (
        f"{HEAD}<link rel=stylesheet href=/nm/jquery-easyui/css/easyui.css>"
        "<script src=/nm/jquery-easyui/js/jquery.min.js></script>"
        "<script src=/nm/jquery-easyui/js/jquery.easyui.min.js></script>"
        "<script src=/nm/jquery-easyui/locale/easyui-lang-zh_CN.js></script>"
        f"<form><table>{''.join(rows)}</table></form>{SEND}"
    )


def _layui() -> str:
    def item(label: str, box: str) -> str:
        return (
            f"<div class=layui-form-item><label class=layui-form-label>{label}</label>"
            f"<div class=layui-input-block>{box}</div></div>"
        )

    options = "<option value=''>请选择</option><option value=1>甲</option><option value=2>乙</option>"
    sexes = '<input type=radio name=r{n} value=1 title="男"><input type=radio name=r{n} value=2 title="女">'
    items = [item(f"文本{n}", f"<input class=layui-input name=t{n}>") for n in TEXTS]
    items += [item(f"选择{n}", f"<select name=s{n}>{options}</select>") for n in LISTS]
    items += [item(f"单选{n}", sexes.format(n=n)) for n in CHOICES]
    items += [item(f"日期{n}", f"<input class=layui-input id=d{n} name=d{n} readonly>") for n in DATES]
    items += [item(f"说明{n}", f"<textarea class=layui-textarea name=a{n}></textarea>") for n in AREAS]
    days = "".join(f"layui.laydate.render({{elem:'#d{n}'}});" for n in DATES)
    return (
        f"{HEAD}<link rel=stylesheet href=/vendor/layui/dist/css/layui.css>"
        f"<script src=/vendor/layui/dist/layui.js></script><form class=layui-form style=width:600px>{''.join(items)}"
        f"</form><script>layui.use(['form','laydate'],()=>{{{days}}})</script>{SEND}"
    )


def _ext3() -> str:
    store = "new Ext.data.ArrayStore({fields:['id','text'],data:[['1','甲'],['2','乙']]})"
    combo = "mode:'local',triggerAction:'all',editable:false,valueField:'id',displayField:'text'"
    items = [f"{{xtype:'textfield',fieldLabel:'文本{n}',name:'t{n}'}}" for n in TEXTS]
    items += [
        f"{{xtype:'combo',fieldLabel:'选择{n}',name:'sx{n}',hiddenName:'s{n}',{combo},store:{store}}}" for n in LISTS
    ]
    items += [
        f"{{xtype:'radiogroup',fieldLabel:'单选{n}',items:[{{boxLabel:'男',name:'r{n}',inputValue:'1'}},"
        f"{{boxLabel:'女',name:'r{n}',inputValue:'2'}}]}}"
        for n in CHOICES
    ]
    items += [f"{{xtype:'datefield',fieldLabel:'日期{n}',name:'d{n}',format:'Y-m-d'}}" for n in DATES]
    items += [f"{{xtype:'textarea',fieldLabel:'说明{n}',name:'a{n}'}}" for n in AREAS]
    return (
        f"{HEAD}<link rel=stylesheet href=/ext/resources/css/ext-all.css>"
        "<script src=/ext/adapter/ext/ext-base.js></script><script src=/ext/resources/js/ext-all.js></script>"
        "<div id=here></div><script>Ext.BLANK_IMAGE_URL='/ext/resources/images/default/s.gif';"
        "Ext.onReady(()=>{new Ext.form.FormPanel({renderTo:'here',width:520,labelWidth:90,"
        f"items:[{','.join(items)}]}})}})</script>{SEND}"
    )


def _element() -> str:
    def item(label: str, box: str) -> str:
        return f'<el-form-item label="{label}">{box}</el-form-item>'

    options = '<el-option label="甲" value="1"></el-option><el-option label="乙" value="2"></el-option>'
    sexes = '<el-radio label="1">男</el-radio><el-radio label="2">女</el-radio>'
    items = [item(f"文本{n}", f'<el-input v-model="m.t{n}"></el-input>') for n in TEXTS]
    items += [item(f"选择{n}", f'<el-select v-model="m.s{n}">{options}</el-select>') for n in LISTS]
    items += [item(f"单选{n}", f'<el-radio-group v-model="m.r{n}">{sexes}</el-radio-group>') for n in CHOICES]
    items += [
        item(f"日期{n}", f'<el-date-picker v-model="m.d{n}" value-format="yyyy-MM-dd"></el-date-picker>') for n in DATES
    ]
    items += [item(f"说明{n}", f'<el-input type="textarea" v-model="m.a{n}"></el-input>') for n in AREAS]
    names = [*(f"t{n}" for n in TEXTS), *(f"s{n}" for n in LISTS), *(f"r{n}" for n in CHOICES)]
    names += [*(f"d{n}" for n in DATES), *(f"a{n}" for n in AREAS)]
    model = json.dumps(dict.fromkeys(names, ""))
    return (
        f"{HEAD}<link rel=stylesheet href=/vendor/element-ui/lib/theme-chalk/index.css>"
        "<script src=/vendor/vue/dist/vue.min.js></script><script src=/vendor/element-ui/lib/index.js></script>"
        f'<div id=app><el-form :model="m" label-width="100px">{"".join(items)}</el-form></div>'
        f"<script>const vm=new Vue({{el:'#app',data:()=>({{m:{model}}})}});window.data=()=>({{...vm.m}})</script>"
    )


# ---- the script's hand ----------------------------------------------------------------------------------------------
def _typed(page: Page, boxes: str) -> None:
    """Every text and every area, in the order of the page, each read back."""
    texts = [f"演示数据{n}" for n in TEXTS] if "textarea" not in boxes else [f"说明文字{n}" for n in AREAS]
    for box, text in zip(page.locator(boxes).all(), texts, strict=True):
        box.fill(text)
        assert box.input_value() == text


def _easyui_by_hand(page: Page) -> None:
    for n in TEXTS:
        page.locator(f"#t{n} + .textbox .textbox-text").fill(f"演示数据{n}")
    for n in LISTS:
        page.locator(f"#s{n} + .combo .combo-arrow").click()
        page.locator(".combobox-item:visible", has_text="乙").click()
    for n in CHOICES:
        page.locator(f"[name=r{n}][value='2']").click()
    for n in DATES:
        page.locator(f"#d{n} + .combo .combo-arrow").click()
        page.locator(f".calendar-day[abbr='{DAY.year},{DAY.month},{DAY.day}']:visible").click()
    for n in AREAS:
        page.locator(f"#a{n} + .textbox .textbox-text").fill(f"说明文字{n}")
    page.locator("#t0 + .textbox .textbox-text").click()


def _layui_by_hand(page: Page) -> None:
    _typed(page, "input[name^=t]")
    for n in LISTS:
        page.locator(f"[name=s{n}] + .layui-form-select input").click()
        page.locator(f"[name=s{n}] + .layui-form-select dd", has_text="乙").click()
    for n in CHOICES:
        page.locator(f"[name=r{n}][value='2'] + .layui-form-radio").click()
    for n in DATES:
        page.locator(f"#d{n}").click()
        page.locator(f".layui-laydate td[lay-ymd='{DAY.year}-{DAY.month}-{DAY.day}']:visible").click()
    _typed(page, "textarea")


def _ext3_by_hand(page: Page) -> None:
    _typed(page, "input[name^=t]")
    for n in LISTS:
        page.locator(".x-form-item", has_text=f"选择{n}:").locator(".x-form-arrow-trigger").click()
        page.locator(".x-combo-list:visible .x-combo-list-item", has_text="乙").click()
    for n in CHOICES:
        page.locator(f"[name=r{n}][value='2']").click()
    for n in DATES:
        page.locator(".x-form-item", has_text=f"日期{n}:").locator(".x-form-date-trigger").click()
        page.locator(".x-date-picker:visible td.x-date-active", has_text=str(DAY.day)).first.click()
    _typed(page, "textarea[name^=a]")


_OPEN = ":not(.el-zoom-in-top-leave-active):visible"  # the one before may still be fading


def _element_by_hand(page: Page) -> None:
    for n in TEXTS:
        page.locator(".el-form-item", has=page.get_by_text(f"文本{n}", exact=True)).locator("input").fill(
            f"演示数据{n}"
        )
    for n in LISTS:
        page.locator(".el-form-item", has=page.get_by_text(f"选择{n}", exact=True)).locator("input").click()
        page.locator(f".el-select-dropdown{_OPEN} li", has_text="乙").click()
    for n in CHOICES:
        page.locator(".el-form-item", has_text=f"单选{n}").locator(".el-radio", has_text="女").click()
    for n in DATES:
        page.locator(".el-form-item", has=page.get_by_text(f"日期{n}", exact=True)).locator("input").click()
        page.locator(f".el-picker-panel{_OPEN} td.available", has_text=str(DAY.day)).click()
    _typed(page, "textarea")


KITS: dict[str, tuple[Callable[[], str], Callable[[Page], None]]] = {
    "easyui": (_easyui, _easyui_by_hand),
    "layui": (_layui, _layui_by_hand),
    "ext3": (_ext3, _ext3_by_hand),
    "element": (_element, _element_by_hand),
}


# ---- both on the same page ----------------------------------------------------------------------------------------
def _ask(page: Page, verb: str) -> dict[str, Any]:
    question = json.dumps({"verb": verb, "fields": wishes()}, ensure_ascii=False)
    told: dict[str, Any] = json.loads(page.evaluate("t => window.__onewindow.call(t)", question))
    return told


def _drawn(page: Page, address: str) -> None:
    page.goto(address, wait_until="load")
    deadline = time.monotonic() + 10
    while lacking := [one for one in _ask(page, "probe")["fields"] if one["problem"]]:
        assert time.monotonic() < deadline, lacking[:2]
        page.wait_for_timeout(25)


def _one_call(page: Page) -> float:
    began = time.perf_counter()
    told = _ask(page, "fill")
    took = time.perf_counter() - began
    assert not told["problems"], told["problems"]
    assert all(one["ok"] for one in told["fields"]), [one for one in told["fields"] if not one["ok"]]
    return took * 1000


def _times(page: Page, address: str, by_hand: Callable[[Page], None]) -> tuple[float, float]:
    """Medians in milliseconds: one call of ours, and the script's hand."""
    ours, hand, sent = [], [], []
    for turn in range(ROUNDS):
        _drawn(page, address)
        ours.append(_one_call(page))
        sent.append(page.evaluate("data()"))
        if turn % (ROUNDS // BY_HAND) == 0:
            _drawn(page, address)
            began = time.perf_counter()
            by_hand(page)
            hand.append((time.perf_counter() - began) * 1000)
            sent.append(page.evaluate("data()"))
    assert all(one == sent[0] for one in sent), "the two ways did not send the same"
    return statistics.median(ours), statistics.median(hand)


def figures() -> list[Figure]:
    found = []
    with receiving() as (address, book), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=[*ARGUMENTS])
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.add_init_script(runtime_source())
            for kit, (draw, by_hand) in KITS.items():
                book.drawn[f"{kit}40.html"] = draw()
                ours, hand = _times(page, f"{address}drawn/{kit}40.html", by_hand)
                print(f"{kit}: one call {ours:.1f} ms, by hand {hand:.0f} ms", file=sys.stderr)
                name = f"40 fields of {kit}, against Playwright's clicks in the widgets"
                found.append(Figure(name, hand / ours, f"≥ {LEAST:g}×", hand / ours >= LEAST, "×"))
        finally:
            browser.close()
    return found
