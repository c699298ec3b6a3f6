"""What every act in the vault stands on: the shelf, the cupboard, the people's keys and one pair of reused buffers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import cbor2

from document_vault.cupboard import Cupboard
from document_vault.envelope import Opened, PersonKey, content_id, open_into, same, trailer_of
from document_vault.errors import Gone, StorageFailed, Tampered, VaultTrouble
from document_vault.keys import Keyset
from document_vault.people import People, Person
from document_vault.shelf import DocumentRow, ObjectRow, PersonRow, Shelf, Turn


@dataclass
class Bench:
    """Two buffers and the lock of whoever works on them: plain bytes never outlive the work by more than a wipe."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    sealed: bytearray = field(default_factory=bytearray)
    plain: bytearray = field(default_factory=bytearray)

    def wipe(self) -> None:
        with self.lock:
            for buffer in (self.sealed, self.plain):
                buffer[:] = bytes(len(buffer))


@dataclass
class Strongroom:
    shelf: Shelf
    cupboard: Cupboard
    people: People
    keyset: Keyset
    clock: Callable[[], datetime]
    bench: Bench = field(default_factory=Bench)
    broken: VaultTrouble | None = None  # after a failed sync nothing more is written until `recover`

    # people
    def person(self, holder: str) -> Person:
        """The holder's key, from memory or from the shelf; Gone for a stranger and for somebody forgotten."""
        held = self.people.held(holder)
        if held is not None:
            return held
        found = self.shelf.peek_key(holder)
        if found is None:
            raise Gone("unknown_holder")
        if found[0] is None:
            raise Gone("holder_forgotten")
        return self.people.hold(self.people.unseal(holder, found[0]))

    def person_of(self, row: PersonRow | None) -> Person:
        """Like ``person``, from a row just read in a transaction: a forgotten one is gone at once."""
        if row is None:
            raise Gone("unknown_holder")
        if row.sealed_key is None:
            self.people.let_go(row.holder)
            raise Gone("holder_forgotten")
        return self.people.held(row.holder) or self.people.hold(self.people.unseal(row.holder, row.sealed_key))

    # objects
    def read(self, turn: Turn, row: DocumentRow) -> bytes:
        """The document, found true in every respect, or Tampered naming what is not."""
        stored = turn.object_of(row.document)
        if stored is None:
            raise Tampered("document_damaged", what="no_object")
        sealed = self.cupboard.take(stored.object_id)
        if sealed is None:
            raise Tampered("document_damaged", what="missing")
        person = self.person_of(turn.person(row.holder))
        with self.bench.lock:
            opened = self.open_checked(sealed, stored, row, person)
            return bytes(opened.content)

    def open_checked(
        self,
        sealed: bytes | memoryview,
        stored: ObjectRow,
        row: DocumentRow,
        person: Person,
        *,
        just_sealed: bool = False,
    ) -> Opened:
        """Opens on the bench (hold its lock): the right object, the version its row knows, the right document."""
        if not same(trailer_of(sealed), stored.hash):
            raise Tampered("tampered", what="version")
        opened = open_into(
            self.bench.plain, sealed, _only(person.key), bytes.fromhex(stored.object_id), just_sealed=just_sealed
        )
        told = read_descriptor(opened.descriptor)
        if told["document"] != bytes.fromhex(row.document) or told["holder"] != bytes.fromhex(row.holder):
            raise Tampered("tampered", what="descriptor")
        if not same(content_id(self.people.dedupe_key(row.holder), opened.content), row.content_id):
            raise Tampered("tampered", what="content")
        return opened

    # writing
    def must_be_whole(self) -> None:
        if self.broken is not None:
            raise StorageFailed("stopped_until_recovered")

    def break_off(self, trouble: VaultTrouble) -> None:
        """After a failed sync nobody knows what the disk holds: stop, until `recover` has looked."""
        if trouble.reason == "storage_failed":
            self.broken = trouble

    def keep_person_files(self) -> None:
        """Second places of people's keys that are not written yet."""
        with self.shelf.look() as look:
            missing = look.people(uncopied=True)
        for row in missing:
            if row.sealed_key is not None:
                self.cupboard.keep_person(row.holder, row.sealed_key)
        if missing:
            with self.shelf.turn() as turn:
                for row in missing:
                    turn.set_person(row.holder, copied=True)


def _only(key: PersonKey) -> Callable[[bytes], PersonKey | None]:
    return lambda key_id: key if key_id == key.key_id else None


DESCRIPTOR_KEYS = {
    "v", "holder", "document", "object", "kind", "media_type", "pages", "number", "issued", "expires", "origin", "case",
    "actor", "kept_at", "content_id",
}  # fmt: skip


def write_descriptor(row: DocumentRow, object_id: str, number: str) -> bytes:
    """Everything a row needs, inside the object: the shelf can be rebuilt from the objects alone."""
    return cbor2.dumps(
        {
            "v": 1,
            "holder": bytes.fromhex(row.holder),
            "document": bytes.fromhex(row.document),
            "object": bytes.fromhex(object_id),
            "kind": row.kind,
            "media_type": row.media_type,
            "pages": row.pages,
            "number": number,
            "issued": row.issued.isoformat() if row.issued else None,
            "expires": row.expires.isoformat() if row.expires else None,
            "origin": row.origin,
            "case": row.case_number,
            "actor": row.actor,
            "kept_at": row.kept_at,
            "content_id": row.content_id,
        },
        canonical=True,
    )


def read_descriptor(raw: bytes) -> dict[str, Any]:
    with suppress(cbor2.CBORDecodeError, ValueError):
        told = cbor2.loads(raw)
        if isinstance(told, dict) and set(told) == DESCRIPTOR_KEYS and told["v"] == 1:
            return told
    raise Tampered("tampered", what="descriptor")


def told_date(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
