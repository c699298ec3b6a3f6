"""One form of a department, drawn as its page, that also judges: it knows what each of its columns means.

Whatever the boxes are called after a change (changed_pages.py), what its server got is compared with what was wanted.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

Options = tuple[tuple[str, str], ...]
SEX: Options = (("1", "男"), ("2", "女"))
NATION: Options = (("", "请选择"), ("01", "汉族"), ("02", "蒙古族"), ("03", "回族"), ("11", "满族"))
MARRIED: Options = (("", "请选择"), ("10", "未婚"), ("20", "已婚"), ("30", "丧偶"), ("40", "离婚"))
SCHOOL: Options = (("", "请选择"), ("10", "研究生"), ("20", "大学本科"), ("30", "大学专科"), ("60", "高中"))
NEEDS: Options = (("a", "困难家庭"), ("b", "重大疾病"), ("c", "低保家庭"), ("d", "单亲家庭"))
WAY: Options = (("Y", "邮寄"), ("Z", "自取"))


@dataclass(frozen=True)
class Row:
    """`key` is what the column means to the department, whatever `label`, `name` and `id` are today."""

    key: str
    label: str
    name: str
    type: str = "text"
    options: Options = ()
    id: str = ""
    attributes: str = ""
    value: str = ""
    on: tuple[str, ...] = ()
    hidden: bool = False
    dead: frozenset[str] = frozenset()

    def box(self) -> str:
        named = f'name="{self.name}" id="{self.id or "i_" + self.name}" {self.attributes}'
        match self.type:
            case "select":
                chosen = "".join(
                    f'<option value="{code}"{" selected" * (code in self.on)}'
                    f"{' disabled' * (code in self.dead)}>{words}"
                    for code, words in self.options
                )
                return f"<select {named}>{chosen}</select>"
            case "radio" | "checkbox":
                return "".join(
                    f'<input type={self.type} name="{self.name}" value="{code}"{" checked" * (code in self.on)} '
                    f"{self.attributes}>{words} "
                    for code, words in self.options
                )
            case "textarea":
                return f"<textarea {named}>{html.escape(self.value)}</textarea>"
            case _:
                return f'<input type="{self.type}" value="{html.escape(self.value)}" {named}>'


@dataclass(frozen=True)
class Form:
    rows: tuple[Row, ...]
    script: str = ""
    layout: str = "table"
    before: str = ""
    after: str = ""
    frame: bool = False

    def page(self) -> str:
        head = '<!doctype html><meta charset="utf-8"><title>救助登记（演示数据）</title>'
        body = "".join(_LAYOUTS[self.layout](row) for row in self.rows)
        around = {"table": "<table>{}</table>", "above": "<table>{}</table>"}.get(self.layout, "{}")
        form = f'<form method="post" action="/submit?kit=changed">{self.before}{around.format(body)}{self.after}'
        whole = f"{form}</form><button id=send onclick='document.forms[0].submit()'>提交</button>"
        script = f"<script>{_TOOLS}{self.script}</script>"
        if not self.frame:
            return head + whole + script
        inside = html.escape(head + form + "</form>" + script)
        return f'{head}<iframe name=inner srcdoc="{inside}"></iframe><button id=send>提交</button>'

    def row(self, key: str) -> Row:
        return next(row for row in self.rows if row.key == key)

    def with_row(self, key: str, **now: Any) -> Form:
        return replace(self, rows=tuple(replace(row, **now) if row.key == key else row for row in self.rows))


_LAYOUTS: dict[str, Callable[[Row], str]] = {
    "table": lambda row: f"<tr{' hidden' * row.hidden}><td>{row.label}：</td><td>{row.box()}</td></tr>",
    "above": lambda row: f"<tr{' hidden' * row.hidden}><th>{row.label}</th></tr><tr><td>{row.box()}</td></tr>",
    "for": lambda row: (
        f'<p{" hidden" * row.hidden}><label for="{row.id or "i_" + row.name}">{row.label}</label> {row.box()}</p>'
    ),
    "list": lambda row: f"<dl{' hidden' * row.hidden}><dt>{row.label}</dt><dd>{row.box()}</dd></dl>",
}
_TOOLS = """
const f = document.forms[0], on = (name, type, act) => { const el = f.elements[name];
  for (const one of el.length && !el.options ? el : [el]) one.addEventListener(type, () => act(one)); };
"""

FORM = Form(
    (
        Row("name", "申请人姓名", "xm"),
        Row("former_name", "曾用名", "cym"),
        Row("id_number", "公民身份号码", "sfz"),
        Row("sex", "性别", "xb", "radio", SEX),
        Row("nation", "民族", "mz", "select", NATION),
        Row("born", "出生日期", "csrq"),
        Row("married", "婚姻状况", "hyzk", "select", MARRIED),
        Row("school", "文化程度", "whcd", "select", SCHOOL),
        Row("phone", "联系电话", "dh"),
        Row("home", "户籍地址", "hjdz"),
        Row("lives", "居住地址", "jzdz"),
        Row("post", "邮政编码", "yb"),
        Row("people", "家庭人口", "rk"),
        Row("income", "家庭月收入", "ysr"),
        Row("needs", "困难情形", "kn", "checkbox", NEEDS),
        Row("way", "领取方式", "fs", "radio", WAY),
        Row("bank", "开户银行", "yh"),
        Row("account", "银行账号", "zh"),
        Row("reason", "申请理由", "sqly", "textarea"),
        Row("note", "备注", "bz", "textarea"),
    )
)
# What is wanted, in the words of the page. Education is given by its code, as a department's own table may have it.
WANTED: dict[str, str] = {
    "name": "示例人甲", "former_name": "示例人丁", "id_number": "99010119850307123X", "sex": "女", "nation": "回族",
    "born": "1985-03-07", "married": "已婚", "school": "大学本科", "phone": "13900000000",
    "home": "示例省示例市幸福区幸福路1号（演示数据）", "lives": "示例省示例市平安区平安路2号（演示数据）",
    "post": "990101", "people": "3", "income": "1250.50", "needs": "困难家庭;低保家庭", "way": "自取",
    "bank": "示例银行", "account": "9901010000000000003", "reason": "第一行\n第二行（演示数据）", "note": "演示数据",
}  # fmt: skip
_KINDS = {"born": "date", **{row.key: row.type for row in FORM.rows if row.type != "text"}}
_NORMALISE = {"id_number": ["upper"], "income": ["money2"], "reason": ["lines"]}


def recipe_fields() -> list[dict[str, Any]]:
    return [
        {
            "label": row.label, "element": f"f.{row.key}", "kind": _KINDS.get(row.key, "text"),
            "fixed": "20" if row.key == "school" else WANTED[row.key], "normalise": _NORMALISE.get(row.key, []),
        }
        for row in FORM.rows
    ]  # fmt: skip


def _same(key: str, wanted: str, got: str) -> bool:
    """As the department's clerk would compare them: the date in any writing, money as a number."""
    if key == "income":
        return float(wanted) == float(got.replace(",", "") or "nan")
    if key == "born":
        return wanted == "-".join(part.zfill(2) for part in re.split(r"\D+", got) if part)
    return wanted.upper() == got.upper() if key == "id_number" else wanted == got


def difference(form: Form, got: Mapping[str, list[str]]) -> str:
    """ "" when the department got every column as wanted and nothing else, or the first column that is not so."""
    meant = {row.key for row in form.rows if not row.hidden}
    lost = [key for key in WANTED if key not in meant]
    if lost:
        return f"{lost[0]}: the page has no place for it any more, and it was sent all the same"
    for row in form.rows:
        values = [value.replace("\r\n", "\n") for value in got.get(row.name, [])]
        if row.key not in WANTED or row.hidden:
            if "".join(values) not in ("", row.value, *row.on):
                return f"{row.key}: {values} where nothing was wanted"
            continue
        wanted = WANTED[row.key]
        if row.options:
            codes = {words: code for code, words in row.options}
            if sorted(values) != sorted(codes.get(part, "?") for part in wanted.split(";")):
                return f"{row.key}: {values} for {wanted}"
        elif len(values) != 1 or not _same(row.key, wanted, values[0]):
            return f"{row.key}: {values} for {wanted}"
    return ""
