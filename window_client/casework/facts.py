"""Everything that can ever happen at a window, as frozen values.

A visit is what its facts add up to (``visit.py``); the ledger *is* the facts (``records/``). Laws:

* A fact is never changed and never removed; what is taken back is taken back by a later fact.
* A fact carries references, never bytes. ``private`` facts hold a resident's data and rest sealed under the
  resident's own key, so that forgetting a resident leaves the chain whole and the data unreadable.
* ``FilingBegun`` stands in the ledger **before** the first click that submits. Without an outcome after it,
  nobody knows: the fold says so, and only a look-up or a person may resolve it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal

ValueSource = Literal["card", "vault", "earlier", "typed"]
MaterialOrigin = Literal["scanned", "lent"]
StatusState = Literal["received", "working", "returned", "done", "refused"]
NotSentReason = Literal["data", "page", "transport", "login", "stopped"]


@dataclass(frozen=True, slots=True)
class VisitOpened:
    """A resident is called to the window. ``channel``: window | remote."""

    private: ClassVar[bool] = False
    station: str
    clerk: str
    channel: str = "window"


@dataclass(frozen=True, slots=True)
class ResidentIdentified:
    """The card was read. ``card`` maps data elements to values; ``assurance``: card_reader | typed."""

    private: ClassVar[bool] = True
    holder: str
    card: dict[str, str] = field(repr=False)
    assurance: str = "card_reader"


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """An item was picked. The case is pinned to this version of the item for good."""

    private: ClassVar[bool] = False
    case: str
    item: str
    version: int
    department: str


@dataclass(frozen=True, slots=True)
class CaseDropped:
    """An item was taken back before anything was filed."""

    private: ClassVar[bool] = False
    case: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OfferedDocument:
    """One document the vault could lend: what it is, since when, until when."""

    document: str
    kind: str
    kept_on: str
    expires: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """The vault was asked what it could lend for the materials of this visit."""

    private: ClassVar[bool] = False
    documents: tuple[OfferedDocument, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """The resident agreed on their own screen. ``purposes`` are item codes; ``until`` ISO date-time."""

    private: ClassVar[bool] = False
    consent: str
    documents: tuple[str, ...]
    purposes: tuple[str, ...]
    until: str


@dataclass(frozen=True, slots=True)
class Declined:
    """The resident declined the reuse of these documents; they will be scanned again or brought later."""

    private: ClassVar[bool] = False
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MaterialKept:
    """A page was sealed into the vault (scanned), or a kept one serves again (lent under ``consent``)."""

    private: ClassVar[bool] = False
    kind: str
    document: str
    origin: MaterialOrigin
    digest: str
    consent: str = ""
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MaterialTakenBack:
    private: ClassVar[bool] = False
    kind: str


@dataclass(frozen=True, slots=True)
class AnswerWritten:
    """One data element got a value. An empty value takes the answer back."""

    private: ClassVar[bool] = True
    element: str
    value: str = field(repr=False)
    source: ValueSource = "typed"


@dataclass(frozen=True, slots=True)
class Disputed:
    """The resident said on their own screen that this value is wrong."""

    private: ClassVar[bool] = False
    element: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The resident read and signed. Any later change of an answer or a material voids this by itself."""

    private: ClassVar[bool] = False
    form_digest: str
    signature: str


@dataclass(frozen=True, slots=True)
class FilingBegun:
    private: ClassVar[bool] = False
    case: str
    department: str
    key: str


@dataclass(frozen=True, slots=True)
class Filed:
    """The department's own number came home, ``at`` ISO time. ``evidence``: document references in the vault.

    ``by_hand``: a clerk typed the case into the department's own page and brought the number."""

    private: ClassVar[bool] = False
    case: str
    number: str
    fields_filled: int
    fields_verified: int
    seconds: float
    evidence: tuple[str, ...] = ()
    found_by_lookup: bool = False
    at: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The department refused; ``words`` are its own."""

    private: ClassVar[bool] = True
    case: str
    words: str = field(repr=False)
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsure:
    """It was clicked, or perhaps clicked, and nobody knows. Never followed by a blind second click."""

    private: ClassVar[bool] = False
    case: str
    why: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotSent:
    """Begun, and known not to have been submitted: filing again is safe."""

    private: ClassVar[bool] = True
    case: str
    reason: NotSentReason
    code: str
    detail: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class StatusLearnt:
    """What became of a filed case at its department (回传). ``words`` are its own, ``at`` ISO time."""

    private: ClassVar[bool] = False
    case: str
    state: StatusState
    words: str
    at: str


@dataclass(frozen=True, slots=True)
class SubmitAgainAllowed:
    """A person, by name, decided that an unsure filing may be sent again under a new key."""

    private: ClassVar[bool] = False
    case: str
    clerk: str
    reason: str


@dataclass(frozen=True, slots=True)
class VoucherIssued:
    private: ClassVar[bool] = False
    number: str
    kind: str
    cases: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Printed:
    private: ClassVar[bool] = False
    voucher: str
    printer: str
    form: str
    copy: int


@dataclass(frozen=True, slots=True)
class Rated:
    """好差评: 5 very satisfied … 1 very dissatisfied, 0 preferred not to say. One per visit, never changed."""

    private: ClassVar[bool] = False
    stars: int


@dataclass(frozen=True, slots=True)
class VisitClosed:
    private: ClassVar[bool] = False
    reason: str = "done"


CaseOutcome = Filed | Refused | Unsure | NotSent
Fact = (
    VisitOpened
    | ResidentIdentified
    | CaseOpened
    | CaseDropped
    | Offered
    | Agreed
    | Declined
    | MaterialKept
    | MaterialTakenBack
    | AnswerWritten
    | Disputed
    | Confirmed
    | FilingBegun
    | Filed
    | Refused
    | Unsure
    | NotSent
    | SubmitAgainAllowed
    | StatusLearnt
    | VoucherIssued
    | Printed
    | Rated
    | VisitClosed
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as it stands in the ledger."""

    visit: str
    seq: int
    at: datetime
    actor: str
    fact: Fact
