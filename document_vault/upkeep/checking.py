"""Is everything there and true? Three depths, and the other direction too: files nobody knows.

`quick` looks at presence and length, `hash` reads every object and compares it with its own hash and its row's (no key
needed), `full` opens each one and compares the document itself. A check changes nothing but the date of the check.
"""

from __future__ import annotations

import time
from typing import Literal

from document_vault.envelope import check_hash, same, trailer_of
from document_vault.errors import Gone, Tampered
from document_vault.shelf import ObjectRow, Turn
from document_vault.strongroom import Strongroom
from document_vault.values import CheckReport, Finding

How = Literal["quick", "hash", "full"]


def check(room: Strongroom, how: How) -> CheckReport:
    began = time.monotonic()
    findings: list[Finding] = []
    with room.shelf.look() as look:
        live = look.objects("live")
        # An intent is a put of this moment or of a program that died; recovery settles it, a check leaves it alone.
        known = {one.object_id for one in live} | {
            one.object_id for one in look.objects("intent", "quarantined", "gone")
        }
        findings += [Finding("no_object", document=document) for document in look.documents_without_object()]
    read = 0
    for stored in live:
        code, length = _look_at(room, stored, how)
        read += length
        if code:
            findings.append(Finding(code, stored.object_id, stored.document))
    findings += [Finding("unknown_file", path.name) for path in room.cupboard.files() if path.name not in known]
    findings += _people(room)
    return CheckReport(how, len(live), read, time.monotonic() - began, tuple(findings))


def _people(room: Strongroom) -> list[Finding]:
    """Every person's key has its second place, and it is the same."""
    filed = dict(room.cupboard.person_files())
    with room.shelf.look() as look:
        wanted = {row.holder: row.sealed_key for row in look.people()}
    wrong = [holder for holder, sealed in wanted.items() if filed.get(holder) != sealed]
    return [Finding("person_file", holder) for holder in wrong]


def _look_at(room: Strongroom, stored: ObjectRow, how: How) -> tuple[str, int]:
    """What is wrong with one object ("" for nothing), and how many bytes were read."""
    size = room.cupboard.size(stored.object_id)
    if size is None:
        return "missing", 0
    if size != stored.size:
        return "wrong_length", 0
    if how == "quick":
        return "", 0
    sealed = room.cupboard.take(stored.object_id)
    if sealed is None:
        return "missing", 0
    try:
        if check_hash(sealed).object_id.hex() != stored.object_id:
            return "swapped", len(sealed)
        if not same(trailer_of(sealed), stored.hash):
            return "damaged", len(sealed)
        if how == "full":
            with room.bench.lock, room.shelf.look() as look:
                open_fully(room, look, sealed, stored, hashed=True)
    except Tampered:
        return "damaged", len(sealed)
    except Gone:
        return "person_key_missing", len(sealed)
    return "", len(sealed)


def open_fully(room: Strongroom, look: Turn, sealed: bytes, stored: ObjectRow, *, hashed: bool = False) -> None:
    row = look.document(stored.document)
    if row is None:
        raise Tampered("tampered", what="row")
    room.open_checked(sealed, stored, row, room.person_of(look.person(row.holder)), just_sealed=hashed)
