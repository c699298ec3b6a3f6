"""Forgetting a person: the key is destroyed, and with it everything it opens, in every copy of the objects."""

from __future__ import annotations

from document_vault.errors import Gone
from document_vault.strongroom import Strongroom


def forget(room: Strongroom, holder: str, actor: str) -> None:
    """The rows stay as empty shells so that the trail still adds up; doing it twice changes nothing.

    After the transaction only files are left to remove; a stop in between is finished at the next start.
    """
    with room.bench.lock, room.shelf.turn() as turn:
        row = turn.person(holder)
        if row is None:
            raise Gone("unknown_holder")
        objects = [
            one
            for kept in turn.documents(holder)
            for one in turn.objects("live", "quarantined", document=kept.document)
        ]
        if row.sealed_key is not None:
            for kept in turn.documents(holder):
                turn.set_document(kept.document, state="shredded", number_sealed=None, issued=None, expires=None)
            for one in objects:
                turn.set_object(one.object_id, state="gone")
            turn.withdraw_all(holder)
            turn.set_person(holder, sealed_key=None, blind_index=None, shredded=turn.now)
            turn.note("forget", actor, holder=holder, documents=len(objects))
    room.people.let_go(holder)
    room.bench.wipe()
    room.cupboard.drop_person(holder)
    for one in objects:
        room.cupboard.throw_away(one.object_id)
