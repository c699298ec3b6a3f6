"""One form for all items of a visit: the union of their fields, each common field once.

Laws:

* A data element is asked once, however many departments want it, and under one label.
* An element is required when one of the picked items requires it.
* A value comes from the card before the vault, from the vault before earlier answers, and from typing last; what a
  clerk typed is never overwritten by a suggestion.
* An element marked ``ask`` by any item is never filled from elsewhere (service-windows.md §0.4: a signature, a date
  and a bank account are not silently reused).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from window_client.casework.catalogue import Catalogue, Element, ServiceItem, check_value
from window_client.casework.visit import Visit

_STRICTNESS = {"reuse": 0, "confirm": 1, "ask": 2}


@dataclass(frozen=True, slots=True)
class FormField:
    """One data element of the union form. ``used_by``: item codes that want it."""

    element: Element
    required: bool
    reuse: str
    used_by: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.element.name


@dataclass(frozen=True, slots=True)
class Needed:
    """One material that the picked items want; the same granule once."""

    kind: str
    name: str
    name_en: str
    required: bool
    reusable: bool
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    fields: tuple[FormField, ...]
    materials: tuple[Needed, ...]

    def field(self, element: str) -> FormField | None:
        return next((one for one in self.fields if one.name == element), None)

    def missing(self, visit: Visit) -> tuple[FormField, ...]:
        """Required fields without a value, in the form's order."""
        return tuple(one for one in self.fields if one.required and not visit.value(one.name))

    def wrong(self, visit: Visit) -> Mapping[str, str]:
        """Data element → error code of each value that cannot be right."""
        checked = ((one.name, check_value(one.element, visit.value(one.name))) for one in self.fields)
        return {name: code for name, code in checked if code is not None and visit.value(name)}

    def missing_materials(self, visit: Visit) -> tuple[Needed, ...]:
        return tuple(one for one in self.materials if one.required and one.kind not in visit.materials)

    def repeated(self) -> int:
        """How many fields a clerk is asked twice. The union makes it 0; the demo prints it."""
        return len(self.fields) - len({one.name for one in self.fields})

    def saved(self) -> int:
        """How many times a value would have been typed again without the union."""
        return sum(len(one.used_by) - 1 for one in self.fields)


def form_for(items: Iterable[ServiceItem], catalogue: Catalogue) -> Form:
    """The union form of ``items``, in the order in which their catalogue files list the elements."""
    picked = tuple(items)
    return Form(_fields(picked, catalogue), _materials(picked))


def _fields(items: tuple[ServiceItem, ...], catalogue: Catalogue) -> tuple[FormField, ...]:
    union: dict[str, FormField] = {}
    for item in items:
        for wanted in item.fields:
            before = union.get(wanted.element)
            if before is None:
                union[wanted.element] = FormField(
                    catalogue.element(wanted.element), wanted.required, wanted.reuse, (item.code,)
                )
            else:
                union[wanted.element] = FormField(
                    before.element,
                    before.required or wanted.required,
                    max(before.reuse, wanted.reuse, key=_STRICTNESS.__getitem__),
                    (*before.used_by, item.code),
                )
    order = {name: place for place, name in enumerate(catalogue.elements)}
    return tuple(sorted(union.values(), key=lambda one: order[one.name]))


def _materials(items: tuple[ServiceItem, ...]) -> tuple[Needed, ...]:
    union: dict[str, Needed] = {}
    for item in items:
        for need in item.materials:
            before = union.get(need.kind)
            union[need.kind] = Needed(
                need.kind,
                need.name,
                need.name_en,
                need.required or (before is not None and before.required),
                need.reusable and (before is None or before.reusable),
                (*(before.used_by if before else ()), item.code),
            )
    return tuple(union.values())
