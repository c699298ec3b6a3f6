"""What goes into a bridge and what comes out of it: plain values, no browser, no database.

A `Filing` is everything one department is to be told about one case, by data-element name; an `Outcome` is one of four
truths, because a filing that went wrong must say above all whether anything was submitted. Laws: I1 (no case twice),
I2 (a number is never lost), I9 (no value of a person in a log: the reprs hide them), I10 (unknown is an answer).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Reason = Literal["data", "page", "transport", "login", "stopped"]


class Secret:
    """A word that never shows itself: `str` and `repr` are `***`, only `reveal()` gives it away."""

    __slots__ = ("_word",)

    def __init__(self, word: str) -> None:
        self._word = word

    def reveal(self) -> str:
        return self._word

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._word == self._word

    def __hash__(self) -> int:
        return hash(("Secret", self._word))


@dataclass(frozen=True)
class Credentials:
    user: str
    password: Secret


@dataclass(frozen=True)
class Attachment:
    kind: str
    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Filing:
    """`key` is the filing key (case:department:attempt group); `values` by data element; `tables` for lists of rows."""

    key: str
    department: str
    item: str
    values: Mapping[str, str] = field(repr=False)
    tables: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict, repr=False)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class FieldProof:
    """One field as it stood on the page: what we wanted, what the page held, and that in comparable form."""

    element: str
    label: str
    wanted: str = field(repr=False)
    got: str = field(repr=False)
    normalised: str = field(repr=False)
    ok: bool


@dataclass(frozen=True)
class EvidencePiece:
    name: str
    media_type: str
    content: bytes = field(repr=False)
    sha256: str


@dataclass(frozen=True)
class Filed:
    number: str
    proofs: tuple[FieldProof, ...] = ()
    evidence: tuple[EvidencePiece, ...] = ()
    seconds: float = 0.0
    found_by_lookup: bool = False


@dataclass(frozen=True)
class Refused:
    """The department said no; `words` are its own."""

    words: str
    proofs: tuple[FieldProof, ...] = ()
    evidence: tuple[EvidencePiece, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class Unsure:
    """Submitted or perhaps submitted: nobody knows yet. `why` is a code, texts `bridge.<why>.*`."""

    why: str
    proofs: tuple[FieldProof, ...] = ()
    evidence: tuple[EvidencePiece, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class NotSent:
    """Surely nothing was submitted. Texts `bridge.<code>.happened|done|next` with `detail` filled in."""

    reason: Reason
    code: str
    detail: Mapping[str, str] = field(default_factory=dict, repr=False)
    proofs: tuple[FieldProof, ...] = ()
    evidence: tuple[EvidencePiece, ...] = ()
    seconds: float = 0.0


Outcome = Filed | Refused | Unsure | NotSent


@dataclass(frozen=True)
class StepBegan:
    name: str
    n: int
    of: int


@dataclass(frozen=True)
class FieldsChecked:
    filled: int
    verified: int
    of: int


@dataclass(frozen=True)
class Frame:
    """One picture of the department's page as it is being filled; personal data, for the clerk's eyes only."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True)
class Note:
    code: str


@dataclass(frozen=True)
class Parked:
    """The page waits for a person: `why` taken_over, human or a code of signing in; `words` are the recipe's."""

    why: str
    words: str = ""


@dataclass(frozen=True)
class Changed:
    """The person changed these fields; the run waits to be told whose values count."""

    fields: tuple[FieldProof, ...]


@dataclass(frozen=True)
class Resumed:
    """The page is ours again: looked at and every field read within `ms`."""

    ms: int


@dataclass(frozen=True)
class PageAsks:
    """While a person holds it the page asks something; `kind` alert, confirm or prompt, `typed` its suggestion."""

    n: int
    kind: str
    words: str = field(repr=False)
    typed: str = field(default="", repr=False)


@dataclass(frozen=True)
class PageAnswered:
    """By the person, or sent away because nobody answered in time."""

    n: int


Progress = StepBegan | FieldsChecked | Frame | Note | Parked | Changed | Resumed | PageAsks | PageAnswered
Tell = Callable[[Progress], None]


def say_nothing(_: Progress) -> None:
    """The listener of a caller that does not watch."""
