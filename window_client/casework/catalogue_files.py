"""How catalogue pages are read: the dictionaries, the schema, and what one page says about another.

`check_page` is the whole of what makes an item usable; `catalogue_lint.py` adds what makes it right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jsonschema_rs

import resources
from window_client.casework.codes import Code, CodeTable
from window_client.casework.conditions import compile_condition, elements_in
from window_client.casework.materials import Material
from window_client.casework.values import KINDS, Element
from window_client.casework.yaml_page import CatalogueWrong, Page, read_page

_VALIDITY = re.compile(r"permanent|printed|[1-9][0-9]? months")


@dataclass(frozen=True)
class Dictionaries:
    elements: Mapping[str, Element] = field(repr=False)
    materials: Mapping[str, Material] = field(repr=False)
    tables: Mapping[str, CodeTable] = field(repr=False)


def validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(resources.schema("item"))


def read_dictionaries(folder: Path) -> Dictionaries:
    tables = {file.stem: _table(read_page(file)) for file in sorted((folder / "_codes").glob("*.yaml"))}
    return Dictionaries(
        _elements(read_page(folder / "_elements.yaml"), tables),
        _materials(read_page(folder / "_materials.yaml")),
        tables,
    )


def _table(page: Page) -> CodeTable:
    _only(page, (), page.data, {"title", "source", "codes"}, {"title", "source", "codes"})
    codes: dict[str, Code] = {}
    if not isinstance(page.data["codes"], list) or not page.data["codes"]:
        raise page.wrong(("codes",), "a code table needs a list of codes")
    for at, row in enumerate(page.data["codes"]):
        where = ("codes", at)
        _only(page, where, row, {"value", "label", "label_en"}, {"value", "label", "label_en", "parent"})
        if row["value"] in codes:
            raise page.wrong(where, f"the code {row['value']} is there twice")
        if row.get("parent") and row["parent"] not in codes:
            raise page.wrong(where, f"the parent {row['parent']} is not above this line")
        codes[row["value"]] = Code(row["value"], row["label"], row["label_en"], row.get("parent", ""))
    return CodeTable(page.file.stem, page.data["title"], page.data["source"], tuple(codes.values()))


_ELEMENT_KEYS = {
    "label",
    "label_en",
    "kind",
    "codes",
    "max_length",
    "sensitive",
    "pattern",
    "hint",
    "hint_en",
    "open_end",
}


def _elements(page: Page, tables: Mapping[str, CodeTable]) -> dict[str, Element]:
    _only(page, (), page.data, {"groups", "elements"}, {"groups", "elements"}, text=False)
    groups, written = page.data["groups"], page.data["elements"]
    if not isinstance(groups, dict) or not isinstance(written, dict):
        raise page.wrong(("elements",), "groups and elements are tables")
    for group, labels in groups.items():
        _only(page, ("groups", group), labels, {"label", "label_en"}, {"label", "label_en"})
    return {name: _element(page, name, row, groups, tables) for name, row in written.items()}


def _element(
    page: Page, name: str, row: Any, groups: Mapping[str, Mapping[str, str]], tables: Mapping[str, CodeTable]
) -> Element:
    where = ("elements", name)
    _only(page, where, row, {"label", "label_en", "kind"}, _ELEMENT_KEYS, text=False)
    group = name.partition(".")[0]
    if group not in groups:
        raise page.wrong(where, f"there is no group {group}")
    if row["kind"] not in KINDS:
        raise page.wrong((*where, "kind"), f"{row['kind']} is no kind; kinds are {', '.join(KINDS)}")
    table = row.get("codes")
    if (row["kind"] in ("code", "multi_code", "region")) != (table is not None) or (table and table not in tables):
        raise page.wrong(where, f"kind {row['kind']} and code table {table} do not fit (tables: _codes/)")
    try:
        re.compile(row.get("pattern", ""))
    except re.error as trouble:
        raise page.wrong((*where, "pattern"), f"the pattern is wrong: {trouble}") from None
    known = Element(
        name, row["label"], row["label_en"], row["kind"], group, groups[group]["label"], groups[group]["label_en"]
    )
    return replace(
        known,
        codes=table,
        max_length=row.get("max_length", 0),
        sensitive=row.get("sensitive", False),
        required_pattern=row.get("pattern", ""),
        hint=row.get("hint", ""),
        hint_en=row.get("hint_en", ""),
        open_end=row.get("open_end", ""),
        allowed=frozenset(tables[table].by_value) if table else frozenset(),
    )


_MATERIAL_KEYS = {"name", "name_en", "validity", "reuse_level", "pages", "elicence_code", "aliases"}


def _materials(page: Page) -> dict[str, Material]:
    found: dict[str, Material] = {}
    _only(page, (), page.data, {"materials"}, {"materials"}, text=False)
    for kind, row in page.data["materials"].items():
        where = ("materials", kind)
        _only(page, where, row, {"name", "name_en", "validity"}, _MATERIAL_KEYS, text=False)
        if not _VALIDITY.fullmatch(str(row["validity"])):
            raise page.wrong((*where, "validity"), "validity is permanent, printed or `N months`")
        if row.get("reuse_level", "B") not in ("A", "B", "C"):
            raise page.wrong((*where, "reuse_level"), "reuse_level is A, B or C")
        found[kind] = Material(kind, **{**row, "aliases": tuple(row.get("aliases", ()))})
    return found


def _only(
    page: Page, where: tuple[str | int, ...], row: Any, must: set[str], may: set[str], *, text: bool = True
) -> None:
    """A table with these keys and no others; a misspelt key must not be taken for an absent one."""
    if not isinstance(row, dict):
        raise page.wrong(where, "here belongs a table")
    for key in sorted(must - set(row)):
        raise page.wrong(where, f"{key} is missing")
    for key in row:
        if key not in may:
            raise page.wrong((*where, str(key)), f"{key} is not a known key; known are {', '.join(sorted(may))}")
        if text and key != "codes" and not isinstance(row[key], str):
            raise page.wrong((*where, str(key)), f"{key} must be text; put a number into quotes")


def check_page(page: Page, dictionaries: Dictionaries, checker: jsonschema_rs.Validator) -> Iterator[CatalogueWrong]:
    """Everything that makes this page unusable, in the order of its lines."""
    schema_faults = page.faults(checker)
    if schema_faults:
        yield from sorted(schema_faults, key=lambda fault: fault.line)
        return
    data = page.data
    if data["code"] != page.file.stem:
        yield page.wrong(("code",), f"the code is {data['code']} but the file is named {page.file.name}")
    if data["code"].partition(".")[0] != data["department"]:
        yield page.wrong(("department",), "the department is not the first half of the code")
    yield from _doubled(page, "fields", "element")
    yield from _doubled(page, "materials", "kind")
    yield from _doubled(page, "conditions", "id")
    for at, row in enumerate(data["fields"]):
        if row["element"] not in dictionaries.elements:
            yield page.wrong(("fields", at), f"{row['element']} is not in _elements.yaml")
    for at, row in enumerate(data["materials"]):
        if row["kind"] not in dictionaries.materials:
            yield page.wrong(("materials", at), f"{row['kind']} is not in _materials.yaml")
    for at, row in enumerate(data["conditions"]):
        yield from _condition_faults(page, at, row["when"], {one["element"] for one in data["fields"]})


def _condition_faults(page: Page, at: int, when: str, fields: set[str]) -> Iterator[CatalogueWrong]:
    where = ("conditions", at, "when")
    try:
        compile_condition(when)
    except ValueError as trouble:
        yield page.wrong(where, f"this is not a rule in CEL: {str(trouble).splitlines()[0]}")
        return
    for name in elements_in(when):
        if name not in fields:
            yield page.wrong(where, f"the rule names {name}, which is not a field of this item")


def _doubled(page: Page, rows: str, key: str) -> Iterator[CatalogueWrong]:
    seen: set[str] = set()
    for at, row in enumerate(page.data[rows]):
        if row[key] in seen:
            yield page.wrong((rows, at), f"{row[key]} is listed twice")
        seen.add(row[key])
