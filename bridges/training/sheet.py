"""What a department asks for: forms, fields and papers as plain values.

One description feeds both the page that is shown and the check that judges what came back, so that a training
department can never ask for one thing and test another. `changed` makes the page of a department after an update.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["text", "area", "radio", "select", "date", "checks", "cascade", "remote", "twin"]
Told = Mapping[str, str | list[str]]

CHANGES = ("rename", "new_required", "removed", "reworded", "reordered", "twin", "modal", "swapped", "recoded")


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    kind: Kind = "text"
    required: bool = True
    limit: int = 0
    options: tuple[tuple[str, str], ...] = ()
    check: Literal["", "id", "phone", "account", "certificate", "until"] = ""
    date: str = "%Y-%m-%d"
    part: int = 0  # tab or wizard step
    wide: bool = False
    source: str = ""  # where a remote list or a cascade gets its lines


@dataclass(frozen=True)
class Paper:
    kind: str
    label: str
    required: bool = True


@dataclass(frozen=True)
class Form:
    item: str  # code of the service item; also what `received.form` says
    path: str
    title: str
    fields: tuple[Field, ...]
    papers: tuple[Paper, ...] = ()
    parts: tuple[str, ...] = ()
    name_field: str = "name"
    id_field: str = "id"
    notice: str = ""  # words of a box that lies over the page

    @property
    def rows(self) -> list[list[Field]]:
        """Fields two by two, wide ones alone: how the older systems lay out a table."""
        rows: list[list[Field]] = []
        for one in self.fields:
            full = bool(rows) and (rows[-1][0].wide or len(rows[-1]) == 2 or rows[-1][0].part != one.part)
            if one.wide or full or not rows:
                rows.append([one])
            else:
                rows[-1].append(one)
        return rows


def changed(form: Form, how: str) -> Form:
    """The same form after an update of the department's software that nobody announced."""
    match how:
        case "":
            return form
        case "rename":
            names = {f.name: f"{f.name}V2" for f in form.fields}
            return replace(
                form,
                fields=tuple(replace(f, name=names[f.name]) for f in form.fields),
                name_field=names[form.name_field],
                id_field=names[form.id_field],
            )
        case "new_required":
            extra = Field("ysrk2026", "家庭月收入(元)", limit=10)
            return replace(form, fields=(*form.fields[:3], extra, *form.fields[3:]))
        case "removed":
            gone = next(f for f in form.fields if f.check == "phone")
            return replace(form, fields=tuple(f for f in form.fields if f is not gone))
        case "reworded":
            words = {form.name_field: "当事人全称", form.id_field: "有效证件编码"}
            return replace(form, fields=tuple(replace(f, label=words.get(f.name, f.label)) for f in form.fields))
        case "reordered":
            turned = sorted(enumerate(form.fields), key=lambda pair: (pair[1].part, -pair[0]))
            return replace(form, fields=tuple(f for _, f in turned))
        case "twin":
            first = next(f for f in form.fields if f.name == form.id_field)
            hidden = replace(first, name=f"{first.name}Bak", kind="twin", required=False, check="")
            return replace(form, fields=(hidden, *form.fields))
        case "modal":
            return replace(form, notice="系统升级公告：本系统将于本周五晚进行升级维护，请各窗口提前做好业务办理工作。")
        case "swapped":
            here, there = [f for f in form.fields if f.kind == "text" and ("址" in f.label or "所在地" in f.label)][:2]
            words = {here.name: there.label, there.name: here.label}
            return replace(form, fields=tuple(replace(f, label=words.get(f.name, f.label)) for f in form.fields))
        case "recoded":
            sex = next(f for f in form.fields if "性别" in f.label)
            (one, first_words), (other, second_words) = sex.options
            recoded = replace(sex, options=((other, first_words), (one, second_words)))
            return replace(form, fields=tuple(recoded if f is sex else f for f in form.fields))
        case _:
            raise ValueError(f"page_changed is one of {', '.join(CHANGES)}, not {how!r}")


def first(told: Told, name: str) -> str:
    value = told.get(name, "")
    return value if isinstance(value, str) else (value[0] if value else "")


def values(told: Told, name: str) -> Sequence[str]:
    value = told.get(name, "")
    return value if isinstance(value, list) else ([value] if value else [])
