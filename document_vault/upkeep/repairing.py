"""Putting right what a check found. Nothing is ever deleted: what does not fit goes to quarantine/.

In this order: people's rows from their key files; damaged or missing objects from a second copy (a backup folder) that
opens as exactly this document; rows from the descriptors inside objects nobody knows; what nobody can bring back is
marked damaged and named, so that the clerk can ask for the paper again, and the next scan of the same page heals it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from document_vault import disk
from document_vault.cupboard import LONGEST_OBJECT
from document_vault.envelope import Opened, PersonKey, content_id, open_into, read_header, trailer_of
from document_vault.errors import Gone, Tampered, VaultTrouble
from document_vault.intake import seal_number
from document_vault.people import Person
from document_vault.shelf import DocumentRow, Doubled, ObjectRow
from document_vault.strongroom import Strongroom, read_descriptor, told_date
from document_vault.upkeep.checking import check, open_fully
from document_vault.values import Finding, RepairReport

_BROKEN = {"missing", "wrong_length", "damaged", "swapped"}


def repair(room: Strongroom, copies: Sequence[Path], actor: str) -> RepairReport:
    with room.bench.lock:
        people = _rebuild_people(room, actor)
        found = check(room, "full").findings
        fetched, set_aside, lost = 0, 0, []
        for finding in found:
            if finding.code in _BROKEN:
                if _fetch(room, finding, copies, actor):
                    fetched += 1
                else:
                    lost.append(finding.document)
        rebuilt = 0
        for finding in found:
            if finding.code == "unknown_file":
                if _rebuild_rows(room, finding.object_id, actor):
                    rebuilt += 1
                    continue
                set_aside += _set_aside(room, finding.object_id)
        lost = [document for document in lost if _mark_damaged(room, document, actor)]
        lost += [one.document for one in found if one.code == "no_object" and _mark_damaged(room, one.document, actor)]
        _rewrite_person_files(room)
    return RepairReport(fetched, rebuilt, people, set_aside, tuple(lost))


def _rebuild_people(room: Strongroom, actor: str) -> int:
    """A key file whose person has no row: the rows were lost, or came back from an older copy."""
    made = 0
    for holder, sealed in room.cupboard.person_files():
        with room.shelf.look() as look:
            if look.person(holder) is not None:
                continue
        try:
            person = room.people.unseal(holder, sealed)
            with room.shelf.turn() as turn:
                fresh, generation = room.people.seal(person)
                turn.add_person(holder, person.blind_index, person.key.key_id, fresh, generation)
                turn.note("repair_person", actor, holder=holder)
            made += 1
        except (VaultTrouble, Doubled, ValueError):
            continue  # the check goes on naming it
    return made


def _rewrite_person_files(room: Strongroom) -> None:
    wrong = [one.object_id for one in check(room, "quick").findings if one.code == "person_file"]
    if wrong:
        with room.shelf.turn() as turn:
            for holder in wrong:
                turn.set_person(holder, copied=False)
        room.keep_person_files()


def _fetch(room: Strongroom, finding: Finding, copies: Sequence[Path], actor: str) -> bool:
    """A second copy that opens as exactly this document takes the damaged one's place; that one is set aside."""
    with room.shelf.look() as look:
        stored = next(one for one in look.objects("live", document=finding.document))
    for copy in copies:
        with contextlib.suppress(OSError, ValueError, Tampered, Gone):
            sealed = disk.read(copy / "objects" / stored.object_id[:2] / stored.object_id, most=LONGEST_OBJECT)
            with room.shelf.look() as look:
                open_fully(room, look, sealed, stored)
            _set_aside(room, stored.object_id)
            room.cupboard.lay_down(stored.object_id, sealed)
            with room.shelf.turn() as turn:
                turn.set_document(stored.document, state="live")
                turn.note("repair_object", actor, document=stored.document, object=stored.object_id)
            return True
    return False


def _mark_damaged(room: Strongroom, document: str, actor: str) -> bool:
    """False when it was rebuilt meanwhile. The broken object is set aside with its row."""
    with room.shelf.turn() as turn:
        row = turn.document(document)
        if row is None or row.state not in ("live", "damaged"):
            return False
        turn.set_document(document, state="damaged")
        broken = turn.objects("live", document=document)
        for one in broken:
            turn.set_object(one.object_id, state="quarantined")
        turn.note("repair_lost", actor, document=document, holder=row.holder)
    for one in broken:
        _set_aside(room, one.object_id)
    return True


def _set_aside(room: Strongroom, name: str) -> int:
    moved = 0
    for path in list(room.cupboard.files()):
        if path.name == name and path.is_file():
            room.cupboard.set_aside(path)
            moved += 1
    return moved


def _rebuild_rows(room: Strongroom, object_id: str, actor: str) -> bool:
    """From the object's own descriptor. Its person must be known and its content must be what it says."""
    try:
        bytes.fromhex(object_id)
        sealed = room.cupboard.take(object_id)
        if sealed is None:
            return False
        person = _person_for(room, sealed)
        opened = open_into(room.bench.plain, sealed, lambda key_id: _if_key(person, key_id), bytes.fromhex(object_id))
        row = _row_of(room, person, opened)
        stored = ObjectRow(
            object_id, row.document, "live", len(sealed), trailer_of(sealed), opened.header.suite,
            room.shelf.station, room.cupboard.session,
        )  # fmt: skip
        with room.shelf.turn() as turn:
            known = turn.document(row.document)
            if known is None:
                turn.add_document(row)
            elif known.state == "shredded" or turn.object_of(row.document) is not None:
                return False
            turn.add_object(stored)
            turn.set_document(row.document, state="live")
            turn.note("repair_rows", actor, document=row.document, holder=row.holder, object=object_id)
    except (VaultTrouble, Doubled, ValueError, KeyError, TypeError):
        return False
    return True


def _if_key(person: Person, key_id: bytes) -> PersonKey | None:
    return person.key if key_id == person.key.key_id else None


def _person_for(room: Strongroom, sealed: bytes) -> Person:
    with room.shelf.look() as look:
        for recipient in read_header(sealed).recipients:
            row = look.person_by_key(recipient.key_id)
            if row is not None:
                return room.person_of(row)
    raise Gone("unknown_holder")


def _row_of(room: Strongroom, person: Person, opened: Opened) -> DocumentRow:
    told: dict[str, Any] = read_descriptor(opened.descriptor)
    holder = told["holder"].hex()
    true_id = content_id(room.people.dedupe_key(holder), opened.content)
    if holder != person.holder or true_id != told["content_id"] or told["object"] != opened.header.object_id:
        raise Tampered("tampered", what="descriptor")
    return DocumentRow(
        document=told["document"].hex(),
        holder=holder,
        kind=told["kind"],
        content_id=told["content_id"],
        state="live",
        media_type=told["media_type"],
        pages=told["pages"],
        number_sealed=seal_number(person, told["number"]),
        issued=told_date(told["issued"]),
        expires=told_date(told["expires"]),
        origin=told["origin"],
        case_number=told["case"],
        actor=told["actor"],
        kept_at=told["kept_at"],
    )
