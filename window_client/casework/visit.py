"""A visit is what its facts add up to; so is each of its cases.

Pure and total: ``Visit.after(fact)`` never fails on a fact that could have been written, in any order a crash can
leave behind. Laws:

* The fold alone decides a case's state; nothing keeps a state of its own.
* A confirmation holds only for exactly the form it was given for: it compares digests, there is no flag to forget.
* ``FilingBegun`` without an outcome is ``begun``; whoever finds it so after a restart must treat it as in doubt.
* A filed number is never lost: nothing moves a case out of ``filed``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar, assert_never

from window_client.casework import facts as f

_V = TypeVar("_V")
RECEIPT = "combined_receipt"
CaseState = Literal["open", "begun", "filed", "refused", "unsure", "not_sent", "dropped"]


@dataclass(frozen=True, slots=True)
class Answer:
    value: str = field(repr=False)
    source: f.ValueSource


@dataclass(frozen=True, slots=True)
class Material:
    kind: str
    document: str
    origin: f.MaterialOrigin
    digest: str
    consent: str
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One item of one department inside a visit."""

    number: str
    item: str
    version: int
    department: str
    state: CaseState = "open"
    accepted_number: str = ""
    words: str = ""
    code: str = ""
    detail: Mapping[str, str] = field(default_factory=dict, repr=False)
    key: str = ""
    attempts: int = 1
    fields_filled: int = 0
    fields_verified: int = 0
    seconds: float = 0.0
    evidence: tuple[str, ...] = ()
    found_by_lookup: bool = False
    accepted_at: str = ""
    by_hand: bool = False
    status: str = ""
    status_words: str = ""
    status_at: str = ""

    @property
    def may_be_filed(self) -> bool:
        """Nothing of this case can be at the department."""
        return self.state in ("open", "not_sent")

    @property
    def is_settled(self) -> bool:
        return self.state in ("filed", "refused", "dropped")

    @property
    def next_key(self) -> str:
        """The filing key: the same for every attempt until a person allows a new group."""
        return f"{self.number}:{self.department}:{self.attempts}"


@dataclass(frozen=True, slots=True)
class IssuedVoucher:
    number: str
    kind: str
    cases: tuple[str, ...]
    digest: str
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """One resident's visit: n cases, one set of answers, one set of materials."""

    number: str
    length: int = 0
    station: str = ""
    clerk: str = ""
    channel: str = "window"
    holder: str = ""
    assurance: str = ""
    card: Mapping[str, str] = field(default_factory=dict, repr=False)
    cases: Mapping[str, Case] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict, repr=False)
    materials: Mapping[str, Material] = field(default_factory=dict)
    offered: tuple[f.OfferedDocument, ...] = ()
    agreed: tuple[f.Agreed, ...] = ()
    declined: frozenset[str] = frozenset()
    disputed: frozenset[str] = frozenset()
    confirmation: f.Confirmed | None = None
    vouchers: dict[str, IssuedVoucher] = field(default_factory=dict)
    stars: int | None = None
    closed: str = ""

    # -- what a visit is -----------------------------------------------------------------------------------------

    @property
    def live_cases(self) -> tuple[Case, ...]:
        return tuple(case for case in self.cases.values() if case.state != "dropped")

    @property
    def form_digest(self) -> str:
        """SHA-256 over what the resident signs: cases, answers, materials. Any change gives another digest."""
        said = {
            "cases": [[case.number, case.item, case.version] for case in self.live_cases],
            "answers": {name: answer.value for name, answer in sorted(self.answers.items())},
            "materials": {kind: kept.digest for kind, kept in sorted(self.materials.items())},
        }
        canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def is_confirmed(self) -> bool:
        return self.confirmation is not None and self.confirmation.form_digest == self.form_digest

    @property
    def filing_started(self) -> bool:
        return any(case.key for case in self.cases.values())

    def value(self, element: str) -> str:
        answer = self.answers.get(element)
        return answer.value if answer else ""

    def consent_for(self, document: str, item: str) -> str:
        """The newest consent for this document and this purpose (item code), or an empty string."""
        for agreed in reversed(self.agreed):
            if document in agreed.documents and item in agreed.purposes:
                return agreed.consent
        return ""

    @property
    def voucher(self) -> IssuedVoucher | None:
        """The newest receipt over the accepted cases; notices about single cases are other papers."""
        return next((one for one in reversed(self.vouchers.values()) if one.kind == RECEIPT), None)

    # -- the fold ------------------------------------------------------------------------------------------------

    def after(self, fact: f.Fact) -> Visit:
        """The visit once ``fact`` has happened."""
        return replace(self._with(fact), length=self.length + 1)

    def _with(self, fact: f.Fact) -> Visit:
        match fact:
            case f.VisitOpened():
                return replace(self, station=fact.station, clerk=fact.clerk, channel=fact.channel)
            case f.ResidentIdentified():
                return replace(self, holder=fact.holder, card=dict(fact.card), assurance=fact.assurance)
            case f.AnswerWritten():
                return self._with_answer(fact)
            case f.Disputed():
                return replace(self, disputed=self.disputed | {fact.element})
            case f.Confirmed():
                return replace(self, confirmation=fact)
            case f.Rated():
                return self if self.stars is not None else replace(self, stars=fact.stars)
            case f.VisitClosed():
                return replace(self, closed=fact.reason)
            case f.StatusLearnt():
                return self._with_status(fact)
            case f.VoucherIssued() | f.Printed():
                return self._with_paper(fact)
            case f.Offered() | f.Agreed() | f.Declined() | f.MaterialKept() | f.MaterialTakenBack():
                return self._with_material(fact)
            case _:
                return self._with_case(fact)

    def _with_material(self, fact: f.Offered | f.Agreed | f.Declined | f.MaterialKept | f.MaterialTakenBack) -> Visit:
        match fact:
            case f.Offered():
                return replace(self, offered=fact.documents)
            case f.Agreed():
                return replace(self, agreed=(*self.agreed, fact), declined=self.declined - frozenset(fact.documents))
            case f.Declined():
                return replace(self, declined=self.declined | frozenset(fact.documents))
            case f.MaterialKept():
                kept = Material(fact.kind, fact.document, fact.origin, fact.digest, fact.consent, fact.cases)
                return replace(self, materials={**self.materials, fact.kind: kept})
            case f.MaterialTakenBack():
                return replace(self, materials=_without(self.materials, fact.kind))
            case _:
                assert_never(fact)

    def _with_answer(self, fact: f.AnswerWritten) -> Visit:
        answers = (
            {**self.answers, fact.element: Answer(fact.value, fact.source)}
            if fact.value
            else _without(self.answers, fact.element)
        )
        return replace(self, answers=answers, disputed=self.disputed - {fact.element})

    def _with_paper(self, fact: f.VoucherIssued | f.Printed) -> Visit:
        if isinstance(fact, f.VoucherIssued):
            issued = IssuedVoucher(fact.number, fact.kind, fact.cases, fact.digest)
            return replace(self, vouchers={**self.vouchers, fact.number: issued})
        known = self.vouchers.get(fact.voucher)
        if known is None:
            return self
        copies = max(known.copies, fact.copy + 1)  # a copy handed from printer to printer is one copy
        return replace(self, vouchers={**self.vouchers, fact.voucher: replace(known, copies=copies)})

    def _with_status(self, fact: f.StatusLearnt) -> Visit:
        """Only a filed case has a fate at its department; learning it moves nothing else."""
        case = self.cases.get(fact.case)
        if case is None or case.state != "filed":
            return self
        known = replace(case, status=fact.state, status_words=fact.words, status_at=fact.at)
        return replace(self, cases={**self.cases, fact.case: known})

    def _with_case(
        self, fact: f.CaseOpened | f.CaseDropped | f.FilingBegun | f.CaseOutcome | f.SubmitAgainAllowed
    ) -> Visit:
        if isinstance(fact, f.CaseOpened):
            opened = Case(fact.case, fact.item, fact.version, fact.department)
            return replace(self, cases={**self.cases, fact.case: opened})
        case = self.cases.get(fact.case)
        if case is None or case.state == "filed":
            return self
        return replace(self, cases={**self.cases, fact.case: case_after(case, fact)})


def case_after(case: Case, fact: f.CaseDropped | f.FilingBegun | f.CaseOutcome | f.SubmitAgainAllowed) -> Case:
    """The case once ``fact`` has happened to it; a filed case is not asked any more."""
    match fact:
        case f.CaseDropped():
            return replace(case, state="dropped") if case.may_be_filed else case
        case f.FilingBegun():
            return replace(case, state="begun", key=fact.key, words="", code="", detail={})
        case f.Filed():
            return replace(
                case,
                state="filed",
                accepted_number=fact.number,
                fields_filled=fact.fields_filled,
                fields_verified=fact.fields_verified,
                seconds=fact.seconds,
                evidence=fact.evidence,
                found_by_lookup=fact.found_by_lookup,
                accepted_at=fact.at,
                by_hand=fact.by_hand,
            )
        case f.Refused():
            return replace(case, state="refused", words=fact.words, evidence=fact.evidence)
        case f.Unsure():
            return replace(case, state="unsure", code=fact.why, evidence=fact.evidence)
        case f.NotSent():
            return replace(case, state="not_sent", code=fact.code, detail=dict(fact.detail))
        case f.SubmitAgainAllowed():
            return replace(case, state="open", attempts=case.attempts + 1) if case.state == "unsure" else case
        case _:
            assert_never(fact)


def _without(mapping: Mapping[str, _V], key: str) -> Mapping[str, _V]:
    return {k: v for k, v in mapping.items() if k != key}


def replay(number: str, happened: Iterable[f.Fact]) -> Visit:
    """The visit that these facts add up to, in ledger order."""
    visit = Visit(number)
    for fact in happened:
        visit = visit.after(fact)
    return visit
