"""Which paper serves which item: scanned once, lent to the others by consent.

Laws:

* A scan belongs to the case it was scanned for. Every other item that wants the same paper borrows it, and borrows
  it only under a consent that names the document *and* the item (least necessary, purpose-bound).
* What the vault offers is never taken silently: the resident agrees on their own screen, document by document.
* Paper stays possible: a declined document may be scanned again for the items that want it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from window_client.casework.catalogue import Catalogue
from window_client.casework.facts import OfferedDocument
from window_client.casework.form import Form, Needed
from window_client.casework.visit import Case, Visit

GatherState = Literal["missing", "offered", "ask", "kept", "lent"]


@dataclass(frozen=True, slots=True)
class GatherLine:
    """One material of the visit as the clerk sees it.

    ``state``: missing (nothing yet) · offered (the vault has one) · ask (scanned, other items wait for consent) ·
    kept (scanned, all items served) · lent (served from the vault). ``own``/``borrowing``: case numbers.
    """

    kind: str
    name: str
    name_en: str
    required: bool
    state: GatherState
    document: str = ""
    own: tuple[str, ...] = ()
    borrowing: tuple[str, ...] = ()
    kept_on: str = ""
    expires: str = ""


def cases_needing(visit: Visit, catalogue: Catalogue, kind: str) -> tuple[Case, ...]:
    return tuple(
        case for case in visit.live_cases if any(need.kind == kind for need in catalogue.item(case.item).materials)
    )


def gathering(visit: Visit, form: Form, catalogue: Catalogue) -> tuple[GatherLine, ...]:
    """One line a material, in the order of the form."""
    return tuple(_line(visit, need, catalogue) for need in form.materials)


def _line(visit: Visit, need: Needed, catalogue: Catalogue) -> GatherLine:
    wanting = cases_needing(visit, catalogue, need.kind)
    kept = visit.materials.get(need.kind)
    if kept is None:
        offer = offer_for(visit, need.kind) if need.reusable else None
        if offer is None:
            return GatherLine(need.kind, need.name, need.name_en, need.required, "missing")
        borrowing = tuple(case.number for case in wanting)
        return GatherLine(
            need.kind,
            need.name,
            need.name_en,
            need.required,
            "offered",
            offer.document,
            borrowing=borrowing,
            kept_on=offer.kept_on,
            expires=offer.expires,
        )
    borrowing = tuple(case.number for case in wanting if case.number not in kept.cases)
    waits = any(not visit.consent_for(kept.document, case.item) for case in wanting if case.number not in kept.cases)
    state: GatherState = "ask" if waits else ("lent" if kept.origin == "lent" else "kept")
    own = tuple(case.number for case in wanting if case.number in kept.cases)
    return GatherLine(
        need.kind, need.name, need.name_en, need.required, state, kept.document, own=own, borrowing=borrowing
    )


def offer_for(visit: Visit, kind: str) -> OfferedDocument | None:
    """The newest document of this kind that the vault offered and the resident has not declined."""
    serving = [one for one in visit.offered if one.kind == kind and one.document not in visit.declined]
    return max(serving, key=lambda one: one.kept_on, default=None)


@dataclass(frozen=True, slots=True)
class Wish:
    """One document the resident is asked for: ``purposes`` are the item codes that would borrow it."""

    document: str
    kind: str
    name: str
    name_en: str
    kept_on: str
    expires: str
    purposes: tuple[str, ...]


def wishes(visit: Visit, form: Form, catalogue: Catalogue) -> tuple[Wish, ...]:
    """What the consent page asks: every document that serves again, and for exactly which items."""
    found = []
    for line in gathering(visit, form, catalogue):
        if line.state not in ("offered", "ask") or line.document in visit.declined:
            continue
        purposes = tuple(
            visit.cases[number].item
            for number in line.borrowing
            if not visit.consent_for(line.document, visit.cases[number].item)
        )
        found.append(Wish(line.document, line.kind, line.name, line.name_en, line.kept_on, line.expires, purposes))
    return tuple(found)


def borrowed(visit: Visit, catalogue: Catalogue) -> int:
    """How many times a kept document served an item without a new scan."""
    return sum(
        1
        for case in visit.live_cases
        for need in catalogue.item(case.item).materials
        if (kept := visit.materials.get(need.kind)) is not None and case.number not in kept.cases
    )
