"""From a form of the recipe and a filing to a plan: every step with its values in the words of the department's page.

All that can be known to be wrong without a browser is said here, all at once and before one is touched: missing values,
codes the recipe has no word for, missing attachments. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ruamel.yaml import YAML

import resources
from bridges.filing import Filing
from bridges.recipe import Form, Recipe

SECRET_ELEMENTS = ("login.user", "login.password")
# What a picture or a page kept as evidence must not show.
MASKED = re.compile(r"(^|\.)(id_number|name|head|phone|account|certificate_number|number)$")


class CannotPlan(Exception):
    """The filing does not fit the form; `code` and `detail` as for `NotSent(reason="data")`."""

    def __init__(self, code: str, **detail: str) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Plan:
    """`steps` and `order` are plain JSON values for the worker; `masked` are the words evidence must not show."""

    form: str
    steps: tuple[Mapping[str, Any], ...]
    fields: int
    masked: tuple[str, ...]


def called(field: Mapping[str, Any]) -> str:
    """What the clerk calls this field."""
    labels = field.get("labels")
    return str(
        field.get("called")
        or field.get("label")
        or ("/".join(labels) if labels else "")
        or field.get("name")
        or field.get("id")
        or field.get("css")
    )


def plan(form: Form, filing: Filing, attachments: Mapping[str, str], *, today: date) -> Plan:
    """`attachments`: kind -> path. Raises `CannotPlan` naming everything that is missing at once."""
    values = {**filing.values, "filing.key": filing.key, "filing.today": today.isoformat()}
    missing = [called(field) for field in form.fields() if _is_missing(field, values)]
    if missing:
        raise CannotPlan("missing_values", fields="、".join(missing))
    lacking = [
        str(file.get("label") or file["attachment"])
        for step in form.steps
        for file in step.get("upload", ())
        if file.get("required", True) and file["attachment"] not in attachments
    ]
    if lacking:
        raise CannotPlan("missing_attachments", files="、".join(lacking))
    steps = tuple(steps_with_values(form.steps, values, attachments))
    count = sum(len(step["fill"]) for step in steps if "fill" in step)
    masked = tuple(sorted({v for k, v in values.items() if MASKED.search(k) and len(v) > 1}, key=len, reverse=True))
    return Plan(form.name, steps, count, masked)


def _is_missing(field: Mapping[str, Any], values: Mapping[str, str]) -> bool:
    return field.get("required", True) and not _value(field, values)


def _value(field: Mapping[str, Any], values: Mapping[str, str]) -> str:
    if "fixed" in field:
        return str(field["fixed"])
    return values.get(field["element"], "").strip() or str(field.get("default", ""))


def steps_with_values(
    steps: tuple[Mapping[str, Any], ...] | list[Mapping[str, Any]],
    values: Mapping[str, str],
    attachments: Mapping[str, str],
) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for n, step in enumerate(steps):
        told = dict(step)
        if "fill" in step:
            told["fill"] = [
                _field(f"{n}.{m}", field, values) for m, field in enumerate(step["fill"]) if _value(field, values)
            ]
        if "upload" in step:
            told["upload"] = [
                {**file, "key": f"{n}.{m}", "path": attachments[file["attachment"]]}
                for m, file in enumerate(step["upload"])
                if file["attachment"] in attachments
            ]
        out.append(told)
    return out


def _field(key: str, field: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
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
    if field.get("kind") == "cascade":
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
    return {name: one for name, one in told.items() if name not in ("options", "codes", "default")}


@cache
def code_table(name: str) -> Mapping[str, str]:
    """The house's code table `resources/catalogue/_codes/<name>.yaml`: code -> the words it stands for."""
    reader = YAML(typ="safe", pure=True)
    told = reader.load((resources.catalogue_dir() / "_codes" / f"{name}.yaml").read_text(encoding="utf-8"))
    return {str(line["value"]): str(line["label"]) for line in told["codes"]}


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
        "dialogs": list(recipe.dialogs), "refused": list(recipe.refused), "doubt": list(recipe.doubt),
        "substitutes": dict(recipe.substitutes),
        "login": recipe.login, "fingerprint": dict(recipe.fingerprint),
    }  # fmt: skip
