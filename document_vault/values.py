"""What the vault hands out: plain frozen values. Their reprs hold no personal data, so they may stand in a log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Origin(StrEnum):
    """Where a document comes from, strongest first: it decides what it may replace."""

    ISSUER = "issuer"  # fetched from the authority that issued it (签发源)
    ORIGINAL_SEEN = "original_seen"  # scanned at the window, the clerk held the original (窗口扫描核原件)
    COPY = "copy"  # scanned at the window from a copy
    RESIDENT = "resident"  # sent in by the resident (居民上传)

    def rank(self) -> int:
        return list(Origin).index(self)


@dataclass(frozen=True)
class Kept:
    document: str
    digest: str  # keyed content id, 64 hex digits: equal for equal bytes of one holder, meaningless to anybody else
    already_there: bool


@dataclass(frozen=True)
class Listed:
    document: str
    kind: str
    state: str  # live | damaged
    media_type: str
    pages: int
    size: int
    issued: date | None
    expires: date | None
    origin: Origin
    case: str
    kept_at: datetime
    number: str = field(repr=False, default="")


@dataclass(frozen=True)
class Offer:
    """A kept document that serves a wanted kind. ``usable`` is False for an expired one, shown with its reason."""

    document: str
    kind: str
    usable: bool
    mode: str  # reuse | show_original | present_original
    reasons: tuple[str, ...]  # keys of texts: vault.reason.expired …
    media_type: str
    pages: int
    issued: date | None
    expires: date | None
    origin: Origin
    case: str
    kept_at: datetime
    policy: str  # version of the credit table that decided
    law: str
    number: str = field(repr=False, default="")

    @property
    def kept_on(self) -> date:
        """The day it was kept, by this machine's calendar."""
        return self.kept_at.astimezone().date()


@dataclass(frozen=True)
class Use:
    at: datetime
    document: str
    kind: str
    act: str  # put | lend | read_own
    decision: str  # done | refused
    reason: str
    purpose: str
    case: str
    actor: str
    consent: str


@dataclass(frozen=True)
class Finding:
    """One thing a check found: ``code`` is a key of texts below ``vault.finding.``."""

    code: str  # missing | wrong_length | damaged | swapped | unknown_file | no_object | leftover | person_key_missing
    object_id: str = ""
    document: str = ""


@dataclass(frozen=True)
class CheckReport:
    how: str
    objects: int
    bytes: int
    seconds: float
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return not self.findings


@dataclass(frozen=True)
class Recovery:
    """What starting after a stop found: puts that were complete, puts that were not, leftovers removed."""

    completed: int = 0
    undone: int = 0
    leftovers: int = 0


@dataclass(frozen=True)
class Anchor:
    """The end of an audit chain at one moment. Printed or sent elsewhere, it proves later that nothing was cut off."""

    station: str
    seq: int
    hash: str


@dataclass(frozen=True)
class AuditReport:
    entries: int
    wrong: tuple[tuple[str, int, str], ...]  # station, seq, what: hash | mac | gap | head | anchor

    @property
    def ok(self) -> bool:
        return not self.wrong


@dataclass(frozen=True)
class RepairReport:
    from_copy: int = 0  # objects brought back from a second copy
    rows_rebuilt: int = 0  # documents whose rows were made again from the objects
    people_rebuilt: int = 0
    quarantined: int = 0
    lost: tuple[str, ...] = ()  # documents nobody has a sound copy of


@dataclass(frozen=True)
class BackupReport:
    objects: int
    copied: int
    bytes: int
    people: int


@dataclass(frozen=True)
class RotationReport:
    generation: int
    people: int
    retired: tuple[int, ...] = ()
