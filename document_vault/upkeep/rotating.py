"""A new wrapping key for everybody, while the windows go on working.

Staged: the new key is added to the keyset file first (every program can read it from there), then person after person
is re-wrapped, at last the old keys may be retired. A stop at any moment leaves every person openable; run it again.
"""

from __future__ import annotations

from document_vault.shelf import PersonRow
from document_vault.strongroom import Strongroom
from document_vault.values import RotationReport

_AT_ONCE = 500


def rotate(room: Strongroom, actor: str, *, retire: bool = False) -> RotationReport:
    generation = room.keyset.add_generation()
    with room.shelf.look() as look:
        waiting = look.people(not_generation=generation)
    for start in range(0, len(waiting), _AT_ONCE):
        _rewrap(room, waiting[start : start + _AT_ONCE])
        room.keep_person_files()
    with room.shelf.turn() as turn:
        turn.note("rotate", actor, generation=generation, people=len(waiting))
    retired: tuple[int, ...] = ()
    if retire:
        with room.shelf.look() as look:
            left = look.people(not_generation=generation)
        if not left:
            retired = room.keyset.retire_generations()
    return RotationReport(generation, len(waiting), retired)


def _rewrap(room: Strongroom, rows: list[PersonRow]) -> None:
    with room.shelf.turn() as turn:
        for row in rows:
            now = turn.person(row.holder)
            if now is None or now.sealed_key is None:
                continue  # forgotten meanwhile
            sealed, generation = room.people.seal(room.people.unseal(now.holder, now.sealed_key))
            turn.set_person(row.holder, sealed_key=sealed, generation=generation, copied=False)
