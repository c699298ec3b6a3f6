"""What departments do to their forms overnight: every change is a function of the form, which still judges after it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.bridges.judging_form import FORM, MARRIED, NATION, SCHOOL, SEX, Form, Options, Row


def _each(form: Form, change: Callable[[Row], Row]) -> Form:
    return replace(form, rows=tuple(change(row) for row in form.rows))


def _script(text: str) -> Callable[[Form], Form]:
    return lambda form: replace(form, script=text)


def _swapped(*keys: str) -> Callable[[Form], Form]:
    """The labels go one further: each of these columns now stands beside the words of the one before it."""

    def change(form: Form) -> Form:
        words = [form.row(key).label for key in keys]
        for key, label in zip(keys, [words[-1], *words[:-1]], strict=True):
            form = form.with_row(key, label=label)
        return form

    return change


def _shuffled(form: Form) -> Form:
    rows = list(form.rows)
    random.Random(7).shuffle(rows)
    return replace(form, rows=tuple(rows))


def _without(key: str) -> Callable[[Form], Form]:
    return lambda form: replace(form, rows=tuple(row for row in form.rows if row.key != key))


def _with(row: Row, at: int = 0) -> Callable[[Form], Form]:
    return lambda form: replace(form, rows=(*form.rows[:at], row, *form.rows[at:]))


def _now(key: str, **now: Any) -> Callable[[Form], Form]:
    return lambda form: form.with_row(key, **now)


def _mixed(options: Options, seed: int = 3) -> Options:
    rest = list(options[1:])
    random.Random(seed).shuffle(rest)
    return (options[0], *rest)


def _recoded(options: Options) -> Options:
    """The same words, every code another's."""
    codes = [code for code, _ in options if code]
    turned = iter([*codes[1:], codes[0]])
    return tuple((next(turned) if code else code, words) for code, words in options)


REWORDED = {
    "name": "姓名", "phone": "手机号码", "home": "户籍所在地", "lives": "现住址", "post": "邮编",
    "income": "月收入（元）", "needs": "困难类型", "account": "银行卡号", "married": "婚姻", "school": "学历",
}  # fmt: skip

CHANGES: dict[str, Callable[[Form], Form]] = {
    "nothing": lambda form: form,
    # names, places, layout
    "ids renamed": lambda form: _each(form, lambda row: replace(row, id=f"ctl00_{row.name}")),
    "names renamed": lambda form: _each(form, lambda row: replace(row, name=f"p_{row.name}")),
    "ids and names renamed": lambda form: _each(form, lambda row: replace(row, name=f"q{row.name}", id=f"z{row.name}")),
    "rows shuffled": _shuffled,
    "rows shuffled and names renamed": lambda form: _each(
        _shuffled(form), lambda row: replace(row, name=f"n{row.name}")
    ),
    "labels for instead of a table": lambda form: replace(form, layout="for"),
    "labels above the boxes": lambda form: replace(form, layout="above"),
    "a definition list": lambda form: replace(form, layout="list"),
    "the form moved into a frame": lambda form: replace(form, frame=True),
    # words
    "stars and hints at the labels": lambda form: _each(form, lambda row: replace(row, label=f"*{row.label}（必填）")),
    "one label reworded": _now("phone", label="联系电话号码"),
    "one label another word": _now("lives", label="现住址"),
    "ten labels reworded": lambda form: _each(form, lambda row: replace(row, label=REWORDED.get(row.key, row.label))),
    "labels of two boxes swapped": _swapped("home", "lives"),
    "labels of two lists swapped": _swapped("married", "school"),
    "labels of three boxes turned": _swapped("bank", "account", "post"),
    "labels of box and area swapped": _swapped("former_name", "note"),
    "labels swapped, names and ids renamed": lambda form: _each(
        _swapped("reason", "note")(form), lambda row: replace(row, id=f"x_{row.name}")
    ),
    "labels are pictures": lambda form: _each(form, lambda row: replace(row, label="<img src=/none.png>")),
    # what there is
    "a field removed": _without("former_name"),
    "a field added": _with(Row("email", "电子邮箱", "yx"), 5),
    "a required field added": _with(Row("email", "电子邮箱", "yx", attributes="required"), 5),
    "a starred field added": _with(Row("email", "*电子邮箱", "yx"), 5),
    "the same label twice": _with(Row("agent", "申请人姓名", "dlr"), 9),
    "the same label twice, the new one first": _with(Row("agent", "联系电话", "dlrdh"), 0),
    "a hidden twin before": _with(Row("old", "申请人姓名", "xm_old", hidden=True), 0),
    "a hidden twin behind": _with(Row("old", "民族", "mz_old", "select", NATION, hidden=True), 20),
    "a field put away": _now("account", hidden=True),
    # options
    "options shuffled": _now("nation", options=_mixed(NATION)),
    "an option reworded": _now("married", options=tuple((c, "已婚有配偶" if c == "20" else w) for c, w in MARRIED)),
    "the option removed": _now("nation", options=tuple(one for one in NATION if one[1] != "回族")),
    "the option twice": _now("nation", options=(*NATION, ("93", "回族"))),
    "the option disabled": _now("nation", dead=frozenset({"03"})),
    "codes turned, chosen by words": _now("married", options=_recoded(MARRIED)),
    "codes turned, chosen by code": _now("school", options=_recoded(SCHOOL)),
    "codes that are others' words": _now("nation", options=(("", ""), ("回族", "汉族"), ("汉族", "回族"))),
    "codes longer": _now("school", options=tuple((code and f"0{code}", words) for code, words in SCHOOL)),
    "values of a radio turned": _now("sex", options=(("2", "男"), ("1", "女"))),
    "a radio the other way round": _now("sex", options=SEX[::-1]),
    "a radio made a list": _now("sex", type="select", options=(("", "请选择"), *SEX)),
    "a list made radios": _now("married", type="radio", options=MARRIED[1:]),
    "a box made a list": _now("bank", type="select", options=(("", ""), ("1", "示例银行"), ("2", "样例银行"))),
    "a list made a box": _now("nation", type="text", options=()),
    "boxes for one choice only": _now("needs", type="radio"),
    # what is there before
    "a checkbox on by default": _now("needs", on=("b", "d")),
    "a radio on by default": _now("sex", on=("1",)),
    "a list chosen by default": _now("nation", on=("01",)),
    "the case before still there": lambda form: _each(
        form, lambda row: row if row.options or row.type == "textarea" else replace(row, value="上一位")
    ),
    # how long, how written
    "maxlength too short": _now("home", attributes="maxlength=10"),
    "readonly": _now("born", attributes="readonly"),
    "disabled": _now("phone", attributes="disabled"),
    "a native date": _now("born", type="date"),
    "a native number": _now("people", type="number"),
    "a date day first": _script("on('csrq','blur',b=>{b.value=b.value.replace(/(\\d+)-(\\d+)-(\\d+)/,'$3/$2/$1')})"),
    "a date with month and day swapped": _script(
        "on('csrq','change',b=>{b.value=b.value.replace(/(\\d+)-(\\d+)-(\\d+)/,'$1-$3-$2')})"
    ),
    "a date two days on": _script(
        "on('csrq','blur',b=>{const d=new Date(b.value);d.setDate(d.getDate()+2);b.value=d.toISOString().slice(0,10)})"
    ),
    "a formatter that truncates": _script("on('hjdz','blur',b=>{b.value=b.value.slice(0,12)})"),
    "a filter that drops the X": _script("on('sfz','input',b=>{b.value=b.value.replace(/\\D/g,'')})"),
    "money with commas": _script(
        "on('ysr','blur',b=>{b.value=Number(b.value).toLocaleString('en',{minimumFractionDigits:2})})"
    ),
    "money without its cents": _script("on('ysr','blur',b=>{b.value=Math.round(b.value)})"),
    "an area that joins its lines": _script("on('sqly','change',b=>{b.value=b.value.replace(/\\n/g,' ')})"),
    # pages with a will of their own
    "back after 100 ms": _script("on('dh','change',b=>setTimeout(()=>{b.value=''},100))"),
    "back after 250 ms": _script("on('jzdz','input',b=>setTimeout(()=>{b.value='旧址'},250))"),
    "a list back after 150 ms": _script("on('mz','change',b=>setTimeout(()=>{b.selectedIndex=1},150))"),
    "a radio back after 150 ms": _script("on('xb','click',b=>setTimeout(()=>{f.xb[0].checked=true},150))"),
    "a box that ignores": _script("on('zh','input',b=>{b.value=''})"),
    "a setter that ignores": _script(
        "Object.defineProperty(f.elements.yh,'value',{get:()=>'',set(){}});on('yh','blur',b=>b.removeAttribute('value'))"
    ),
    "one box writes into another": _script("on('sfz','change',()=>setTimeout(()=>{f.csrq.value='1985-07-03'},60))"),
    "a choice empties a box": _script("on('fs','click',()=>setTimeout(()=>{f.zh.value=''},60))"),
    "one address copied over the other": _script(
        "on('hjdz','change',()=>setTimeout(()=>{f.jzdz.value=f.hjdz.value},80))"
    ),
    "options that come late": lambda form: replace(
        form.with_row("nation", options=NATION[:1]),
        script="setTimeout(()=>{for(const [c,w] of [['01','汉族'],['03','回族']])f.mz.add(new Option(w,c))},250)",
    ),
    "the form drawn anew after 120 ms": _script(
        "on('xm','change',()=>setTimeout(()=>{const b=f.elements.dh,n=b.cloneNode();n.value='';b.replaceWith(n)},120))"
    ),
}  # fmt: skip


def changed(name: str) -> Form:
    """For options that come late the form as its department knows it, not as it stands before they came."""
    return CHANGES[name](FORM)


def truth(name: str) -> Form:
    return FORM if name == "options that come late" else changed(name)
