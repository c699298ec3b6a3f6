"""The vault's one public door: a resident's documents, kept once, lent by consent, every use told to their holder.

Laws: I4 a document comes back bit for bit or the vault says it cannot · no lending without a living consent for this
document, this purpose and no more than it needs · every put, lend, refusal, agreement, withdrawal and forgetting stands
in the audit trail, in the same transaction as its effect (I8) · nothing readable ever touches the disk (I9).

One vault object serves all threads of a program; several programs may share one vault.
"""

from __future__ import annotations

import builtins
import os
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

from document_vault import intake, upkeep
from document_vault.consent import LONGEST_DAYS, Needs, refusal, validity, whatever
from document_vault.credit import ORDINARY, CreditTable, usual_table
from document_vault.cupboard import Cupboard
from document_vault.envelope import expand, open_small, seal_small
from document_vault.errors import BadWish, Gone, NoConsent, NotUsable, VaultTrouble
from document_vault.keys import Keyset
from document_vault.listing import listed, offered, used
from document_vault.people import People
from document_vault.shelf import ConsentRow, DocumentRow, Doubled, Engine, Shelf, Turn, to_ms
from document_vault.strongroom import Strongroom
from document_vault.values import (
    Anchor,
    AuditReport,
    BackupReport,
    CheckReport,
    Kept,
    Listed,
    Offer,
    Origin,
    Recovery,
    RepairReport,
    RotationReport,
    Use,
)


class Vault:
    def __init__(
        self,
        keyset: Keyset,
        engine: Engine,
        home: Path,
        station: str,
        *,
        kinds: Collection[str] | None = None,
        needs: Needs = whatever,
        credit: CreditTable | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """``kinds``: the dictionary of materials, where only those are taken; ``needs(purpose, kind)``: what an item
        may ask for; ``home``: the folder of the objects, made if it is not there. Call ``recover`` before first use."""
        self._kinds = frozenset(kinds) if kinds is not None else None
        self._needs = needs
        self._credit = credit or usual_table()
        self._room = Strongroom(
            Shelf(engine, station, keyset.derive("audit"), clock), Cupboard(Path(home)), People(keyset), keyset, clock
        )

    def close(self) -> None:
        """Forgets every key held and wipes the buffers."""
        self._room.people.let_go()
        self._room.bench.wipe()
        self._room.cupboard.close()

    def recover(self) -> Recovery:
        return intake.recover(self._room)

    # holders
    def holder_of(self, id_number: str) -> str:
        room = self._room
        index = room.people.index_of(id_number)
        for _ in range(3):
            try:
                with room.shelf.look() as look:
                    known = look.person_by_index(index)
                if known is not None:
                    room.person_of(known)
                    return known.holder
                person = room.people.new(index)
                sealed, generation = room.people.seal(person)
                with room.shelf.turn() as turn:
                    turn.add_person(person.holder, index, person.key.key_id, sealed, generation)
                    turn.note("holder_made", "vault", holder=person.holder)
                room.people.hold(person)
                room.keep_person_files()
                return person.holder
            except Doubled:  # another window met the same person in this moment
                continue
        raise Gone("unknown_holder")

    # documents
    def put(  # noqa: PLR0913 the door of docs/architecture.md: every value has its name
        self,
        holder: str,
        kind: str,
        content: bytes,
        *,
        media_type: str,
        origin: Origin | str,
        case: str,
        actor: str,
        issued: date | None = None,
        expires: date | None = None,
        pages: int = 1,
        number: str = "",
    ) -> Kept:
        """Durable and verified when this returns. Equal bytes of this holder and kind are one document, used again."""
        piece = intake.Piece(
            holder, kind, content, media_type, intake.origin_of(origin), case, actor, issued, expires, pages, number
        )
        return intake.keep(self._room, piece, self._kinds)

    def list(self, holder: str) -> tuple[Listed, ...]:
        """All that is kept for this holder, newest first."""
        with self._room.shelf.look() as look:
            person = self._room.person_of(look.person(holder))
            rows = look.documents(holder)
            sizes = {row.document: look.object_of(row.document) for row in rows}
        return tuple(listed(row, sizes[row.document], intake.open_number(person, row.number_sealed)) for row in rows)

    def offer(self, holder: str, kinds: Sequence[str], *, on: date, credit: str = "B") -> tuple[Offer, ...]:
        """What is kept of these kinds, usable first, in the order of ``kinds``; what cannot serve says why."""
        with self._room.shelf.look() as look:
            person = self._room.person_of(look.person(holder))
            rows = look.documents(holder, kinds)
        offers = [
            offered(
                row, self._credit.decide(Origin(row.origin), credit), on, intake.open_number(person, row.number_sealed)
            )
            for row in rows
        ]
        wanted = builtins.list(dict.fromkeys(kinds))
        return tuple(sorted(offers, key=lambda one: (wanted.index(one.kind), not one.usable)))

    # consent
    def agree(
        self,
        holder: str,
        documents: Sequence[str],
        *,
        purposes: Sequence[str],
        until: datetime,
        evidence: str,
        actor: str,
    ) -> str:
        """Writes down what the holder agreed to. ``evidence``: where their yes is found (a signature's digest)."""
        now = self._room.shelf.now()
        _sensible(documents, purposes, now, to_ms(until), evidence)
        consent = os.urandom(16).hex()
        with self._room.shelf.turn() as turn:
            self._room.person_of(turn.person(holder))
            for document in documents:
                row = turn.document(document)
                if row is None or row.holder != holder or row.state == "shredded":
                    raise Gone("unknown_document")
                if not any(self._needs(purpose, row.kind) for purpose in purposes):
                    raise BadWish("not_needed", kind=row.kind)
            row_ = ConsentRow(consent, holder, frozenset(documents), frozenset(purposes), now, to_ms(until), None)
            turn.add_consent(row_, evidence, actor)
            turn.note("agree", actor, holder=holder, consent=consent, documents=len(documents), evidence=evidence)
        return consent

    def withdraw(self, consent: str, *, actor: str) -> None:
        """From now on nothing more is lent on it. Doing it twice changes nothing."""
        with self._room.shelf.turn() as turn:
            row = turn.consent(consent)
            if row is None:
                raise Gone("unknown_consent")
            if turn.withdraw(consent):
                turn.note("withdraw", actor, holder=row.holder, consent=consent)

    # use
    def lend(
        self, document: str, *, consent: str, purpose: str, case: str, actor: str, credit: str | None = None
    ) -> bytes:
        """The document's bytes, or NoConsent / NotUsable / Tampered; either way the trail tells it.

        ``credit``: the level to decide by once more at the moment of use; without it the caller has kept to ``offer``.
        """
        about = {"consent": consent, "purpose": purpose}

        def why_not(turn: Turn, row: DocumentRow) -> VaultTrouble | None:
            reason = refusal(turn.consent(consent), row, purpose, now=turn.now, needs=self._needs)
            if reason:
                return NoConsent(reason)
            reason = validity(row, self._room.clock().astimezone().date())
            if not reason and credit is not None and self._credit.decide(Origin(row.origin), credit).mode == ORDINARY:
                reason = ORDINARY
            return NotUsable(reason) if reason else None

        return self._hand_out(document, "lend", case, actor, about, why_not)

    def read_own(self, document: str, *, case: str, actor: str) -> bytes:
        """For the case that brought the document itself: no consent needed, told in the trail like every reading."""

        def why_not(turn: Turn, row: DocumentRow) -> VaultTrouble | None:
            if not turn.was_put_by(document, case):
                return NoConsent("not_of_this_case")
            return None if row.state in ("live", "damaged") else NotUsable("document_gone")

        return self._hand_out(document, "read_own", case, actor, {}, why_not)

    def _hand_out(
        self,
        document: str,
        act: str,
        case: str,
        actor: str,
        about: dict[str, str],
        why_not: Callable[[Turn, DocumentRow], VaultTrouble | None],
    ) -> bytes:
        room, content = self._room, b""
        # The bench before the turn, as everywhere: the other way round two threads would wait for each other.
        with room.bench.lock, room.shelf.turn() as turn:
            row = turn.document(document)
            trouble: VaultTrouble | None = Gone("unknown_document")
            if row is not None:
                trouble = why_not(turn, row)
                if trouble is None:
                    try:
                        content = room.read(turn, row)
                    except VaultTrouble as found:
                        trouble = found
                reason = trouble.reason if trouble else ""
                turn.add_use(row, act, actor=actor, case=case, reason=reason, **about)
            told = {"holder": row.holder} if row else {}
            decision = trouble.reason if trouble else "done"
            turn.note(act, actor, document=document, case=case, decision=decision, **about, **told)
        if trouble is not None:
            raise trouble
        return content

    def who_used(self, holder: str) -> tuple[Use, ...]:
        """Every use of this holder's documents, refusals too, oldest first; also of documents since forgotten."""
        with self._room.shelf.look() as look:
            if look.person(holder) is None:
                raise Gone("unknown_holder")
            rows = look.uses(holder)
        return tuple(used(row) for row in rows)

    def forget(self, holder: str, *, actor: str) -> None:
        """Destroys the person key: every document, number and sealed value of this holder is gone for good."""
        upkeep.forget(self._room, holder, actor)

    # small values of other rooms
    def seal_for(self, holder: str, plain: bytes, context: bytes) -> bytes:
        person = self._room.person(holder)
        return seal_small(expand(person.key.secret, "sealed values"), plain, _about(holder, context))

    def open_for(self, holder: str, sealed: bytes, context: bytes) -> bytes:
        person = self._room.person(holder)
        return open_small(expand(person.key.secret, "sealed values"), sealed, _about(holder, context))

    # upkeep
    def check(self, how: Literal["quick", "hash", "full"] = "quick") -> CheckReport:
        return upkeep.check(self._room, how)

    def repair(self, *, copies: Sequence[Path] = (), actor: str) -> RepairReport:
        return upkeep.repair(self._room, copies, actor)

    def rotate_keys(self, *, actor: str, retire: bool = False) -> RotationReport:
        return upkeep.rotate(self._room, actor, retire=retire)

    def backup(self, target: Path) -> BackupReport:
        return upkeep.backup(self._room, Path(target))

    def anchors(self) -> tuple[Anchor, ...]:
        return self._room.shelf.anchors()

    def verify_audit(self, known: Sequence[Anchor] = ()) -> AuditReport:
        return self._room.shelf.verify_audit(known)


def _sensible(documents: Sequence[str], purposes: Sequence[str], now: int, until: int, evidence: str) -> None:
    if not documents or not purposes or not all(purposes):
        raise BadWish("consent_without_purpose")
    if until <= now:
        raise BadWish("consent_in_the_past")
    if until - now > timedelta(days=LONGEST_DAYS) / timedelta(milliseconds=1):
        raise BadWish("consent_too_long", days=LONGEST_DAYS)
    if not evidence or len(evidence) > 255:
        raise BadWish("consent_without_evidence")


def _about(holder: str, context: bytes) -> bytes:
    return bytes.fromhex(holder) + context
