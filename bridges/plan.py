"""From a form of the recipe and a filing to a plan: every step with its values in the words of the department's page.

All that can be known to be wrong without a browser is said here, all at once and before one is touched: missing values,
codes the recipe has no word for, missing attachments. What a `read` step will find on the page is not known yet; such a
field travels unfilled and is filled by the worker with the same words (`field_with_value`). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bridges.filing import Filing
from bridges.gaps import code_table, filled, known_names, missing_in, names_in
from bridges.recipe import Form, Recipe
from bridges.recipe_wrong import nearest

__all__ = [
    "CannotPlan",
    "Plan",
    "called",
    "code_table",
    "field_with_value",
    "parcel",
    "plan",
    "receipt_with_values",
    "steps_with_values",
]

SECRET_ELEMENTS = ("login.user", "login.password")
# What a picture or a page kept as evidence must not show.
MASKED = re.compile(
    r"(^|[._])(id_number|id_no|idno|name|surname|given|head|phone|mobile|tel|telephone|email|mail|account|iban|"
    r"bank_account|certificate_number|number|password)$"
)
ID_NUMBER = re.compile(r"^\d{17}[\dXx]$")
Step = Mapping[str, Any]


class CannotPlan(Exception):
    """The filing does not fit the form; `code` and `detail` as for `NotSent(reason="data")`."""

    def __init__(self, code: str, **detail: str) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Plan:
    """`steps` are plain JSON values for the worker; `masked` are the words evidence must not show."""

    form: str
    steps: tuple[Step, ...]
    fields: int
    masked: tuple[str, ...]


def called(field: Mapping[str, Any]) -> str:
    """What the clerk calls this field."""
    labels = field.get("labels")
    return str(
        field.get("called")
        or field.get("label")
        or field.get("header")
        or ("/".join(labels) if labels else "")
        or field.get("name")
        or field.get("id")
        or field.get("css")
        or field.get("element")
        or "?"
    )


def plan(form: Form, filing: Filing, attachments: Mapping[str, str], *, today: date) -> Plan:
    """`attachments`: kind -> path. Raises `CannotPlan` naming everything that is missing at once."""
    values = {**filing.values, "filing.key": filing.key, "filing.today": today.isoformat()}
    later = form.read_later()
    missing = [called(field) for field in form.fields() if _is_missing(field, values, later)]
    missing += list(_missing_in_rows(form, filing, values, later))
    if missing:
        known = known_names(filing.values, filing.tables)
        lacking = [
            name for field in form.fields() for name in _names(field) if name not in values and name not in later
        ]
        near = "、".join(f"{name} → {nearest(name, known)}" for name in dict.fromkeys(lacking))[:300] if known else ""
        raise CannotPlan("missing_values", fields="、".join(dict.fromkeys(missing)), near=near or "—")
    papers = [
        str(file.get("label") or file["attachment"])
        for step in form.all_steps()
        for file in step.get("upload", ())
        if file.get("required", True) and file["attachment"] not in attachments
    ]
    if papers:
        raise CannotPlan("missing_attachments", files="、".join(papers))
    steps = tuple(steps_with_values(form.steps, values, attachments, filing.tables, later))
    return Plan(form.name, steps, _count(steps), _masked(values, filing))


def receipt_with_values(form: Form, filing: Filing, *, today: date) -> dict[str, Any]:
    """The receipt's rule; the steps that look for the number get their values like every other step."""
    rule = dict(form.receipt or {})
    if "steps" in rule:
        values = {**filing.values, "filing.key": filing.key, "filing.today": today.isoformat()}
        rule["steps"] = steps_with_values(rule["steps"], values, {}, None, form.read_later(), "receipt.")
    return rule


def _masked(values: Mapping[str, str], filing: Filing) -> tuple[str, ...]:
    pairs = [*values.items(), *(pair for rows in filing.tables.values() for row in rows for pair in row.items())]
    words = {v for k, v in pairs if len(v) > 1 and (MASKED.search(k) or ID_NUMBER.match(v))}
    return tuple(sorted(words, key=len, reverse=True))


def _count(steps: Sequence[Step]) -> int:
    count = 0
    for step in steps:
        count += len(step.get("fill", ())) + _count(step.get("steps", ()) if "popup" in step else ())
        for row in step["table"]["values"] if "table" in step else ():
            count += sum(field is not None for field in row["fields"]) + _count(row["steps"])
    return count


def _missing_in_rows(form: Form, filing: Filing, values: Mapping[str, str], later: frozenset[str]) -> Iterator[str]:
    for table in form.tables():
        rows = filing.tables.get(table["rows"], ())
        if not rows and table.get("required"):
            yield str(table["rows"])
        for n, row in enumerate(rows, 1):
            for field in (
                *table.get("columns", ()),
                *(f for step in table.get("each", ()) for f in step.get("fill", ())),
            ):
                if not field.get("shown") and _is_missing(field, {**values, **row}, later):
                    yield f"{table['rows']}[{n}].{called(field)}"


def _names(field: Mapping[str, Any]) -> tuple[str, ...]:
    return names_in(field["write"]) if "write" in field else (field["element"],) if "element" in field else ()


def _is_missing(field: Mapping[str, Any], values: Mapping[str, str], later: frozenset[str]) -> bool:
    if not field.get("required", True) or "default" in field or later.intersection(_names(field)):
        return False
    if "write" in field:
        return bool(missing_in(field["write"], values))
    return not _value(field, values)


def _value(field: Mapping[str, Any], values: Mapping[str, str]) -> str:
    if "fixed" in field:
        return str(field["fixed"])
    if "write" in field:
        lacks = missing_in(field["write"], values)
        return str(field.get("default", "")) if lacks else filled(field["write"], values).strip()
    return values.get(field["element"], "").strip() or str(field.get("default", ""))


def steps_with_values(
    steps: Sequence[Step],
    values: Mapping[str, str],
    attachments: Mapping[str, str],
    tables: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    later: frozenset[str] = frozenset(),
    key: str = "",
) -> list[dict[str, Any]]:
    """`later`: names of values a `read` step will find; `key` goes before the key of every field."""
    out: list[dict[str, Any]] = []
    for n, step in enumerate(steps):
        told, here = dict(step), f"{key}{n}"
        if "fill" in step:
            told["fill"] = [
                made
                for m, field in enumerate(step["fill"])
                if (made := _perhaps_later(f"{here}.{m}", field, values, later)) is not None
            ]
        if "pick" in step:
            told["pick"] = _perhaps_later(here, step["pick"], values, later)
        if "upload" in step:
            told["upload"] = [
                {**file, "key": f"{here}.{m}", "path": attachments[file["attachment"]]}
                for m, file in enumerate(step["upload"])
                if file["attachment"] in attachments
            ]
        if "popup" in step:
            told["steps"] = steps_with_values(step["steps"], values, attachments, tables, later, f"{here}.")
        if "table" in step:
            told["table"] = _table(here, step["table"], values, attachments, tables or {})
        out.append(told)
    return out


def _perhaps_later(
    key: str, field: Mapping[str, Any], values: Mapping[str, str], later: frozenset[str]
) -> dict[str, Any] | None:
    if later.intersection(_names(field)):
        return {**field, "key": key, "called": called(field), "element": field.get("element", ""), "later": dict(field)}
    return field_with_value(key, field, values) if _value(field, values) else None


def _table(
    key: str,
    table: Mapping[str, Any],
    values: Mapping[str, str],
    attachments: Mapping[str, str],
    tables: Mapping[str, Sequence[Mapping[str, str]]],
) -> dict[str, Any]:
    rows = []
    for n, row in enumerate(tables.get(table["rows"], ())):
        both, here = {**values, **row}, f"{key}.{n}"
        fields = [
            field_with_value(f"{here}.{m}", column, both) if _value(column, both) else None
            for m, column in enumerate(table.get("columns", ()))
        ]
        inner = steps_with_values(table.get("each", ()), both, attachments, None, frozenset(), f"{here}.")
        rows.append({"fields": fields, "steps": inner})
    return {**table, "key": key, "values": rows}


def field_with_value(key: str, field: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    value = _value(field, values)
    told = {**field, "key": key, "called": called(field), "element": field.get("element", "")}
    options = {**code_table(field["codes"]), **field.get("options", {})} if "codes" in field else field.get("options")
    parts = [part for part in value.split(field.get("split", "/")) if part]
    if "parts" in field:
        chosen = [n - 1 for n in field["parts"]]
        if max(chosen) >= len(parts):
            raise CannotPlan("unknown_option", field=called(field), value=value)
        parts = [parts[n] for n in chosen]
        value = field.get("split", "/").join(parts)
    if field.get("kind") in ("cascade", "tree"):
        if "labels" in field and len(parts) != len(field["labels"]):
            raise CannotPlan("unknown_option", field=called(field), value=value)
        told["parts"] = [options.get(part, part) for part in parts] if options else parts
    elif options is not None:
        pieces = [value] if value in options else [piece for piece in re.split(r"[;；,，]", value) if piece]
        unknown = [piece for piece in pieces if piece not in options]
        if unknown:
            raise CannotPlan("unknown_option", field=called(field), value=unknown[0])
        value = ";".join(options[piece] for piece in pieces)
    elif field.get("kind") == "date" or "format" in field:
        value = _date(value, field)
    told["value"] = value
    return {name: one for name, one in told.items() if name not in ("options", "codes", "default", "write")}


def _date(value: str, field: Mapping[str, Any]) -> str:
    """ISO date in the page's own writing: yyyy, MM, dd, M, d are replaced in `format`."""
    if field.get("format", "yyyy-MM-dd") == "yyyy-MM-dd":
        return value
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise CannotPlan("not_a_date", field=called(field)) from None
    words = {
        "yyyy": f"{day.year:04}",
        "MM": f"{day.month:02}",
        "dd": f"{day.day:02}",
        "M": str(day.month),
        "d": str(day.day),
    }
    return re.sub("yyyy|MM|dd|M|d", lambda found: words[found[0]], field["format"])


def parcel(recipe: Recipe) -> dict[str, Any]:
    """What the worker has to know about the department, whatever the form."""
    return {
        "department": recipe.department, "kit": recipe.kit, "charset": recipe.charset, "settle_ms": recipe.settle_ms,
        "dialogs": list(recipe.dialogs), "modals": list(recipe.modals), "refused": list(recipe.refused),
        "doubt": list(recipe.doubt), "substitutes": dict(recipe.substitutes),
        "login": recipe.login, "fingerprint": dict(recipe.fingerprint),
    }  # fmt: skip
