"""What a department checks before it accepts: strictly, and in the curt words such systems use.

Kept apart from the pages because the browser's own checks can be stepped over; this one cannot.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime

from bridges.training.sheet import Field, Form, Told, first, values

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_CHECK = "10X98765432"


def id_number_is_right(number: str) -> bool:
    if not re.fullmatch(r"[1-9]\d{16}[0-9X]", number):
        return False
    try:
        datetime.strptime(number[6:14], "%Y%m%d").replace(tzinfo=UTC)
    except ValueError:
        return False
    return _CHECK[sum(int(d) * w for d, w in zip(number, _WEIGHTS, strict=False)) % 11] == number[17]


def _shape(field: Field, value: str) -> str:
    match field.check:
        case "id" if not id_number_is_right(value):
            return f"{field.label}校验位不正确"
        case "phone" if not re.fullmatch(r"1\d{10}|0\d{2,3}-?\d{7,8}", value):
            return f"{field.label}格式不正确"
        case "account" if not re.fullmatch(r"\d{12,21}", value):
            return f"{field.label}应为12至21位数字"
        case "certificate" if not (re.fullmatch(r"[1-9]\d{16}[0-9X][1-7][1-4](B\d)?", value)):
            return f"{field.label}应为20位"
        case "until" if value != "长期" and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return f"{field.label}应为日期或“长期”"
    return ""


def _one(field: Field, told: Told) -> str:
    many = values(told, field.name)
    value = first(told, field.name)
    if field.kind == "twin":
        return "非法提交" if value else ""
    if not any(v.strip() for v in many):
        return f"{field.label}不能为空" if field.required else ""
    if field.limit and len(value) > field.limit:
        return f"{field.label}超过{field.limit}个字"
    if field.options and not set(many) <= {code for code, _ in field.options}:
        return f"{field.label}取值不在字典中"
    if field.kind == "cascade" and len(many) != 3:
        return f"{field.label}请选择到区县"
    if field.kind == "date":
        try:
            if datetime.strptime(value, field.date).replace(tzinfo=UTC).strftime(field.date) != value:
                raise ValueError
        except ValueError:
            return f"{field.label}日期格式不正确"
    return _shape(field, value)


def complaints(form: Form, told: Told, papers: Collection[str]) -> tuple[str, ...]:
    """Everything the department would send this filing back for; empty when it would take it."""
    found = [_one(field, told) for field in form.fields]
    found += [f"请上传{p.label}" for p in form.papers if p.required and p.kind not in papers]
    known = {f.name for f in form.fields}
    found += ["提交的表单与业务不符" for name in told if name not in known][:1]
    return tuple(words for words in found if words)
