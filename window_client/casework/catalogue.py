"""The catalogue: which items a window takes, what each asks for, and the dictionaries behind them.

Data only (`resources/catalogue/`), read whole or not at all. Laws:

* A bad file is named with its line (`CatalogueWrong`) and nothing of it is used; a half-read catalogue does not exist.
* A case keeps the version of the item it was opened under; whoever asks for an item by code gets the version in force.
* Element and column names are those of the national exchange tables (service-windows.md §4.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from window_client.casework.catalogue_files import Dictionaries, check_page, read_dictionaries, validator
from window_client.casework.catalogue_search import SearchIndex
from window_client.casework.codes import Code, CodeTable
from window_client.casework.conditions import Condition, Verdict, compile_condition, elements_in
from window_client.casework.errors import WindowError
from window_client.casework.materials import Material
from window_client.casework.values import Element, check_value, contradictions
from window_client.casework.yaml_page import CatalogueWrong, Page, read_page

__all__ = [
    "Catalogue", "CatalogueWrong", "Code", "CodeTable", "Condition", "Element", "Fee", "ItemField", "Material",
    "MaterialNeed", "ServiceItem", "Verdict", "check_value", "contradictions",
]  # fmt: skip

Reuse = Literal["reuse", "confirm", "ask"]


@dataclass(frozen=True)
class ItemField:
    """`reuse`: taken over as it is, taken over but to be confirmed, or asked anew each time."""

    element: str
    required: bool
    reuse: Reuse


@dataclass(frozen=True)
class MaterialNeed:
    """A material granule an item asks for; the name comes from the dictionary, never from the item."""

    kind: str
    name: str
    name_en: str
    required: bool
    reusable: bool
    material_type: str = ""
    page_num: int = 1
    explain: str = ""


@dataclass(frozen=True)
class Fee:
    name: str
    amount: str
    basis: str


@dataclass(frozen=True)
class ServiceItem:
    """One service item in one version. `project_type` 1 即办件, 2 承诺件; `promise_unit` W | D | H."""

    code: str
    name: str
    name_en: str
    version: int
    department: str
    department_name: str
    department_name_en: str
    department_short: str
    project_type: str
    promise_days: int
    promise_unit: str
    legal_days: int
    legal_unit: str
    accept_condition: str
    result_name: str
    demo: bool
    synonyms: tuple[str, ...]
    by_law: tuple[str, ...]
    fields: tuple[ItemField, ...]
    materials: tuple[MaterialNeed, ...]
    conditions: tuple[Condition, ...]
    fees: tuple[Fee, ...]
    page: Mapping[str, object] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_immediate(self) -> bool:
        return self.project_type == "1"


@dataclass(frozen=True)
class Catalogue:
    items: Mapping[str, ServiceItem]
    dictionaries: Dictionaries = field(repr=False)

    @classmethod
    def load(cls, folder: Path) -> Catalogue:
        """Everything in `folder`, or `CatalogueWrong` for the first file that cannot be used."""
        dictionaries = read_dictionaries(folder)
        checker = validator()
        items: dict[str, ServiceItem] = {}
        for file in item_files(folder):
            page = read_page(file)
            for fault in check_page(page, dictionaries, checker):
                raise fault
            item = item_from(page, dictionaries)
            items[item.code] = item
        return cls(items, dictionaries)

    def item(self, code: str) -> ServiceItem:
        try:
            return self.items[code]
        except KeyError:
            raise WindowError("casework.no_such_item", item=code) from None

    @property
    def elements(self) -> Mapping[str, Element]:
        """The data elements in the order in which people are asked."""
        return self.dictionaries.elements

    @property
    def materials(self) -> Mapping[str, Material]:
        return self.dictionaries.materials

    def element(self, name: str) -> Element:
        try:
            return self.elements[name]
        except KeyError:
            raise WindowError("casework.no_such_element", element=name) from None

    def material(self, kind: str) -> Material:
        try:
            return self.materials[kind]
        except KeyError:
            raise WindowError("casework.no_such_material", kind=kind) from None

    def table(self, name: str) -> CodeTable:
        try:
            return self.dictionaries.tables[name]
        except KeyError:
            raise WindowError("casework.no_such_table", table=name) from None

    def codes(self, table: str) -> tuple[Code, ...]:
        return self.table(table).codes

    def shown(self, element: str, value: str, language: str = "zh") -> str:
        """What a person reads for a stored value: code labels, the region's full path; other values as they are."""
        known = self.element(element)
        if not known.codes or not value:
            return value
        table = self.table(known.codes)
        match known.kind:
            case "region":
                labels = [code.label_en if language == "en" else code.label for code in table.path(value)]
                return ", ".join(reversed(labels)) if language == "en" else "".join(labels) or value
            case "multi_code":
                comma = ", " if language == "en" else "、"
                return comma.join(table.label(part, language) for part in value.split(","))
            case _:
                return table.label(value, language)

    def judge(self, code: str, values: Mapping[str, str], on: date) -> tuple[tuple[Condition, Verdict], ...]:
        """Each acceptance condition of the item with its verdict on these values and this day."""
        return tuple((one, one.judge(values, self.elements, on)) for one in self.item(code).conditions)

    def search(self, words: str, limit: int = 20) -> tuple[ServiceItem, ...]:
        """The best items first: by name, colloquial name, pinyin, initials, code; typing errors forgiven."""
        return tuple(self.items[code] for code in self._index.search(words, limit))

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex.of(
            (
                item.code,
                (item.name, *item.synonyms),
                (item.name_en, item.code),
                (item.department_name, item.department_short),
            )
            for item in self.items.values()
        )


def item_files(folder: Path) -> list[Path]:
    """The item pages of a catalogue folder; names with an underscore are dictionaries."""
    if not folder.is_dir():
        raise CatalogueWrong(folder, 1, "the catalogue folder is not there")
    return sorted(file for file in folder.glob("*.yaml") if not file.name.startswith("_"))


def item_from(page: Page, dictionaries: Dictionaries) -> ServiceItem:
    """The item of a page that has passed `check_page`."""
    data = page.data
    return ServiceItem(
        code=data["code"],
        name=data["task_name"],
        name_en=data["task_name_en"],
        version=data["task_version"],
        department=data["department"],
        department_name=data["dept_name"],
        department_name_en=data["dept_name_en"],
        department_short=data.get("dept_short", data["dept_name"]),
        project_type=data["project_type"],
        promise_days=data["promise_day"],
        promise_unit=data["promise_day_type"],
        legal_days=data["anticipate_day"],
        legal_unit=data["anticipate_day_type"],
        accept_condition=data["accept_condition"],
        result_name=data["result_name"],
        demo=data["demo"],
        synonyms=tuple(data.get("synonyms", ())),
        by_law=tuple(law["law"] + law.get("article", "") for law in data["by_law"]),
        fields=tuple(ItemField(one["element"], one["required"], one["reuse"]) for one in data["fields"]),
        materials=tuple(_need(one, dictionaries.materials[one["kind"]]) for one in data["materials"]),
        conditions=tuple(_condition(one) for one in data["conditions"]),
        fees=tuple(Fee(one["name"], one["amount"], one.get("basis", "")) for one in data["fees"]),
        page=data,
    )


def _need(written: Mapping[str, object], granule: Material) -> MaterialNeed:
    pages = written.get("page_num", 1)
    return MaterialNeed(
        kind=granule.kind,
        name=granule.name,
        name_en=granule.name_en,
        required=written["is_need"] is True,
        reusable=written["reusable"] is True,
        material_type=str(written.get("material_type", "")),
        page_num=pages if isinstance(pages, int) else 1,
        explain=str(written.get("fill_explain", "")),
    )


def _condition(written: Mapping[str, str]) -> Condition:
    return Condition(
        id=written["id"],
        when=written["when"],
        words=written["words"],
        words_en=written["words_en"],
        remedy=written["remedy"],
        remedy_en=written["remedy_en"],
        by_law=written["by_law"],
        needs=elements_in(written["when"]),
        program=compile_condition(written["when"]),
    )
