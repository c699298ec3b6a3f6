"""Everything a resident may be shown, and everything a resident may answer, as frozen values.

A scene is the whole of what may be seen on the resident's screen: pages know neither desk nor visit. Scenes are
already in the resident's language and already masked; a page adds only its own fixed words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Welcome:
    """Nobody is being served: name of the centre, the window, notices. Never a person's data."""

    centre: str
    window: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemLine:
    name: str
    department: str
    promise: str = ""


@dataclass(frozen=True, slots=True)
class MaterialLine:
    name: str
    state: Literal["needed", "kept", "lent", "ask"]


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is being done today and which papers are there. ``resident``: masked name."""

    resident: str
    items: tuple[ItemLine, ...]
    materials: tuple[MaterialLine, ...]


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One document that could serve again: what it is, since when it is kept, for which items it would be used."""

    document: str
    name: str
    kept_on: str
    expires: str
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    resident: str
    documents: tuple[ConsentLine, ...]
    until: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One value as the resident reads it. ``group``: heading above it. Codes are shown as words."""

    element: str
    group: str
    label: str
    value: str = field(repr=False)
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    resident: str
    items: tuple[ItemLine, ...]
    lines: tuple[ReviewLine, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sign:
    """What is being signed: the items and the short form of the digest that the signature is bound to."""

    resident: str
    items: tuple[ItemLine, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class WaitLine:
    department: str
    item: str
    state: Literal["waiting", "working", "done", "refused", "unsure", "not_sent"]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    resident: str
    lines: tuple[WaitLine, ...]


@dataclass(frozen=True, slots=True)
class Thanks:
    """What was filed, the numbers, and the voucher. ``symbol``: PNG of the voucher's QR symbol, or empty."""

    resident: str
    lines: tuple[WaitLine, ...]
    voucher: str
    symbol: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Rate:
    """好差评: five levels, the clerk neither sees nor touches it."""

    window: str
    clerk: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing at all: screens changed, window locked, or the clerk covered the screen."""


Scene = Welcome | Checklist | Consent | Review | Sign | Wait | Thanks | Rate | Blank


# -- what comes back -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgreesTo:
    """The resident ticked these documents; all the other documents of the scene are declined."""

    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaysWrong:
    element: str


@dataclass(frozen=True, slots=True)
class HasRead:
    """Everything on the review page is right; on to the signature."""


@dataclass(frozen=True, slots=True)
class GoesBack:
    """From the signature back to the review."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The drawn signature: SVG for people, strokes (JSON: x, y, t, pressure) for evidence."""

    svg: bytes = field(repr=False)
    strokes: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rates:
    stars: int


ResidentAnswer = AgreesTo | SaysWrong | HasRead | GoesBack | Signs | Rates
