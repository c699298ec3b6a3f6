"""Keeping a document, in the order that loses nothing at any moment the power may fail.

    1 intent row, committed > 2 temporary file > 3 fsync > 4 rename > 5 fsync of the folder
    > 6 live row, use and audit entry in one transaction > 7 acknowledged

Of all orders tried in a model of crashes only this one leaves neither an acknowledged document lost nor a file nobody
knows (docs/vault.md). Before step 2 the sealed object is opened again and compared: a fault of memory or of the program
must not be found years later. Doing it again is harmless: equal bytes are the same document.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from datetime import date

from document_vault.envelope import (
    LONGEST_CONTENT,
    content_id,
    expand,
    open_small,
    read_header,
    seal_into,
    seal_small,
    trailer_of,
)
from document_vault.errors import BadWish, StorageFailed, Tampered, UnknownKind, VaultTrouble
from document_vault.people import Person
from document_vault.shelf import DocumentRow, Doubled, ObjectRow, Turn
from document_vault.strongroom import Strongroom, write_descriptor
from document_vault.values import Kept, Origin, Recovery

_KIND = re.compile(r"[a-z][a-z0-9_.]{0,63}")
_MEDIA = re.compile(r"[a-z]+/[a-z0-9.+-]{1,100}")


@dataclass(frozen=True)
class Piece:
    """One document as it comes in."""

    holder: str
    kind: str
    content: bytes = field(repr=False)
    media_type: str
    origin: Origin
    case: str
    actor: str
    issued: date | None = None
    expires: date | None = None
    pages: int = 1
    number: str = field(repr=False, default="")


def keep(room: Strongroom, piece: Piece, kinds: frozenset[str] | None) -> Kept:
    _look_over(piece, kinds)
    room.must_be_whole()
    person = room.person(piece.holder)
    digest = content_id(room.people.dedupe_key(piece.holder), piece.content)
    for _ in range(5):  # each round means somebody else kept the very same bytes in that moment
        try:
            return _keep_once(room, piece, person, digest)
        except Doubled:
            continue
        except VaultTrouble as trouble:
            room.break_off(trouble)
            raise
    raise StorageFailed("records_failed", error="doubled")


def origin_of(word: Origin | str) -> Origin:
    try:
        return Origin(word)
    except ValueError:
        raise BadWish("unknown_origin") from None


def _look_over(piece: Piece, kinds: frozenset[str] | None) -> None:
    if not _KIND.fullmatch(piece.kind) or (kinds is not None and piece.kind not in kinds):
        raise UnknownKind("unknown_kind", kind=piece.kind[:64])
    if not piece.content:
        raise BadWish("empty_document")
    if len(piece.content) > LONGEST_CONTENT:
        raise BadWish("too_large", limit=LONGEST_CONTENT >> 20)
    if not _MEDIA.fullmatch(piece.media_type):
        raise BadWish("bad_media_type")
    if piece.issued and piece.expires and piece.expires < piece.issued:
        raise BadWish("dates_crossed")
    if not 1 <= piece.pages <= 10_000 or not piece.case or not piece.actor or len(piece.number) > 256:
        raise BadWish("bad_wish")
    if max(len(piece.case), len(piece.actor)) > 64:
        raise BadWish("bad_wish")


def _keep_once(room: Strongroom, piece: Piece, person: Person, digest: bytes) -> Kept:
    object_id = os.urandom(16).hex()
    with room.bench.lock:
        with room.shelf.turn() as turn:
            known = turn.same_content(piece.holder, piece.kind, digest)
            if known is not None and _is_sound(room, turn, known):
                row = _learn(turn, known, piece, person)
                turn.add_use(row, "put", actor=piece.actor, case=piece.case)
                turn.note("put_again", piece.actor, holder=row.holder, document=row.document, case=piece.case)
                return Kept(row.document, digest.hex(), already_there=True)
            room.person_of(turn.person(piece.holder))
            row = known or _new_row(piece, person, digest, turn.now)
            # Sealing before the intent row costs nothing durable, and the row can then name the object's hash.
            sealed = _seal_and_verify(room, row, object_id, piece, person)
            # 1. The intent: from here on a crash finds a row that explains the file.
            if known is None:
                turn.add_document(row)
            suite = read_header(sealed).suite
            stored = ObjectRow(
                object_id, row.document, "intent", len(sealed), trailer_of(sealed), suite,
                room.shelf.station, room.cupboard.session,
            )  # fmt: skip
            turn.add_object(stored)
        try:
            # 2 to 5.
            room.cupboard.lay_down(object_id, sealed)
            # 6. Live, used and told, all in one.
            with room.shelf.turn() as turn:
                _make_live(turn, row, object_id, "put" if known is None else "put_repaired")
        except (Doubled, VaultTrouble):
            if not _settled(room, row.document, object_id):
                raise
    # 7. Acknowledged by returning.
    return Kept(row.document, digest.hex(), already_there=known is not None)


def _new_row(piece: Piece, person: Person, digest: bytes, now: int) -> DocumentRow:
    return DocumentRow(
        document=os.urandom(16).hex(),
        holder=piece.holder,
        kind=piece.kind,
        content_id=digest,
        state="intent",
        media_type=piece.media_type,
        pages=piece.pages,
        number_sealed=seal_number(person, piece.number),
        issued=piece.issued,
        expires=piece.expires,
        origin=str(piece.origin),
        case_number=piece.case,
        actor=piece.actor,
        kept_at=now,
    )


def _seal_and_verify(room: Strongroom, row: DocumentRow, object_id: str, piece: Piece, person: Person) -> memoryview:
    descriptor = write_descriptor(row, object_id, piece.number)
    sealed = seal_into(room.bench.sealed, piece.content, descriptor, (person.key,), bytes.fromhex(object_id))
    stored = ObjectRow(object_id, row.document, "intent", len(sealed), trailer_of(sealed), 1, "", "")
    room.open_checked(sealed, stored, row, person, just_sealed=True)
    return sealed


def _make_live(turn: Turn, row: DocumentRow, object_id: str, act: str) -> None:
    for older in turn.objects("live", document=row.document):
        turn.set_object(older.object_id, state="quarantined")
    turn.set_object(object_id, state="live")
    turn.set_document(row.document, state="live")
    turn.add_use(row, "put", actor=row.actor, case=row.case_number)
    turn.note(act, row.actor, holder=row.holder, document=row.document, kind=row.kind, case=row.case_number)


def _is_sound(room: Strongroom, turn: Turn, row: DocumentRow) -> bool:
    """Before "we have that already" is said, it is looked at: a damaged one is replaced by the bytes at hand."""
    try:
        return bool(room.read(turn, row)) and row.state == "live"
    except Tampered:
        return False


def _learn(turn: Turn, row: DocumentRow, piece: Piece, person: Person) -> DocumentRow:
    """What was not known at the first time: dates, number, and that this time the original was seen."""
    better = Origin(piece.origin).rank() < Origin(row.origin).rank()
    learnt = replace(
        row,
        issued=row.issued or piece.issued,
        expires=row.expires or piece.expires,
        number_sealed=row.number_sealed or seal_number(person, piece.number),
        origin=str(piece.origin) if better else row.origin,
    )
    if learnt != row:
        names = ("issued", "expires", "number_sealed", "origin")
        turn.set_document(row.document, **{name: getattr(learnt, name) for name in names})
        turn.note("learnt", piece.actor, holder=row.holder, document=row.document, origin=learnt.origin)
    return learnt


def _settled(room: Strongroom, document: str, object_id: str) -> bool:
    """After a failure: True if the last step had been committed after all, only its answer was lost.

    Otherwise the intent is undone here, file first; if even that fails, its row is found at the next start.
    """
    try:
        with room.shelf.turn() as turn:
            if any(one.object_id == object_id for one in turn.objects("live", document=document)):
                return True
            room.cupboard.throw_away(object_id)
            turn.drop_intent(object_id, document)
    except (Doubled, VaultTrouble):
        pass
    return False


def recover(room: Strongroom) -> Recovery:
    """At start: every put a dead program left half done is either completed or undone, never left open."""
    completed = undone = 0
    with room.bench.lock:
        with room.shelf.look() as look:
            intents = [one for one in look.objects("intent") if one.station == room.shelf.station]
        for stored in intents:
            if room.cupboard.is_running(stored.session) and stored.session != room.cupboard.session:
                continue
            if _complete(room, stored):
                completed += 1
            else:
                undone += 1
        room.keep_person_files()
        _finish_forgetting(room)
        leftovers = room.cupboard.tidy_tmp()
    room.broken = None
    return Recovery(completed, undone, leftovers)


def _complete(room: Strongroom, stored: ObjectRow) -> bool:
    sealed = room.cupboard.take(stored.object_id)
    try:
        with room.shelf.turn() as turn:
            row = turn.document(stored.document)
            if row is None or sealed is None:
                raise Tampered("tampered", what="unfinished")
            person = room.person_of(turn.person(row.holder))
            room.open_checked(sealed, stored, row, person)
            room.cupboard.sync_place(stored.object_id)  # a name seen after a crash may still be only in memory
            _make_live(turn, row, stored.object_id, "put_recovered")
            return True
    except (Doubled, Tampered, UnknownKind):
        pass
    except VaultTrouble as trouble:
        if trouble.reason not in ("unknown_holder", "holder_forgotten"):
            raise
    room.cupboard.throw_away(stored.object_id)
    with room.shelf.turn() as turn:
        turn.drop_intent(stored.object_id, stored.document)
        turn.note("put_undone", "recover", document=stored.document)
    return False


def _finish_forgetting(room: Strongroom) -> None:
    with room.shelf.look() as look:
        left = look.objects("gone")
    for stored in left:
        if room.cupboard.size(stored.object_id) is not None:
            room.cupboard.throw_away(stored.object_id)


def seal_number(person: Person, number: str) -> bytes | None:
    if not number:
        return None
    return seal_small(expand(person.key.secret, "certificate number"), number.encode(), person.key.key_id)


def open_number(person: Person, sealed: bytes | None) -> str:
    if sealed is None:
        return ""
    return open_small(expand(person.key.secret, "certificate number"), sealed, person.key.key_id).decode()
