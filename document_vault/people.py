"""People's keys: made once, wrapped under the keyset, found by a blind index, held in memory for a short while only.

Law: documents of one person open with that person's key and no other; destroying the wrapped key (`forget`) destroys
them all. A sealed person key names its holder and its index inside the seal, so two cannot be exchanged, and carries
the generation of its wrapping key outside, bound to it.
"""

from __future__ import annotations

import os
import re
import time
import unicodedata
from dataclasses import dataclass

import cbor2

from document_vault.envelope import PersonKey, blind, expand, fresh_key, open_small, seal_small
from document_vault.errors import BadWish, Tampered
from document_vault.keys import Keyset

_MAGIC = b"EDVP\x01"
_ID = re.compile(r"[0-9A-Z()]{4,40}")
_HELD_SECONDS = 60.0  # another program's `forget` reaches a key held in memory within this time


@dataclass(frozen=True)
class Person:
    holder: str
    key: PersonKey
    blind_index: bytes

    def __repr__(self) -> str:
        return f"Person({self.holder})"


class People:
    def __init__(self, keyset: Keyset) -> None:
        self._keyset = keyset
        self._index_key = keyset.derive("index")
        self._dedupe_key = keyset.derive("dedupe")
        self._held: dict[str, tuple[float, Person]] = {}

    def index_of(self, id_number: str) -> bytes:
        """The blind index of an ID, passport or permit number, however it was typed."""
        tidy = unicodedata.normalize("NFKC", id_number).upper().replace(" ", "").replace("-", "")
        if not _ID.fullmatch(tidy):
            raise BadWish("bad_id_number")
        return blind(self._index_key, "id_number", tidy)

    def dedupe_key(self, holder: str) -> bytes:
        return expand(self._dedupe_key, f"content {holder}")

    def new(self, blind_index: bytes) -> Person:
        return Person(os.urandom(16).hex(), PersonKey(os.urandom(16), fresh_key()), blind_index)

    def seal(self, person: Person) -> tuple[bytes, int]:
        """The sealed key under the wrapping key in force, and that key's generation."""
        generation = self._keyset.generation
        head = _MAGIC + generation.to_bytes(4, "big")
        inside = cbor2.dumps(
            {
                "holder": bytes.fromhex(person.holder),
                "key_id": person.key.key_id,
                "secret": person.key.secret,
                "index": person.blind_index,
            },
            canonical=True,
        )
        key = expand(self._keyset.wrapping_key(generation), "person keys")
        return head + seal_small(key, inside, head + bytes.fromhex(person.holder)), generation

    def unseal(self, holder: str, sealed: bytes) -> Person:
        head, body = sealed[:9], sealed[9:]
        if head[:5] != _MAGIC or len(head) != 9:
            raise Tampered("tampered", what="person_key")
        key = expand(self._keyset.wrapping_key(int.from_bytes(head[5:], "big")), "person keys")
        try:
            inside = cbor2.loads(open_small(key, body, head + bytes.fromhex(holder)))
        except ValueError as wrong:
            raise Tampered("tampered", what="person_key") from wrong
        return Person(holder, PersonKey(inside["key_id"], inside["secret"]), inside["index"])

    def hold(self, person: Person) -> Person:
        self._held[person.holder] = (time.monotonic() + _HELD_SECONDS, person)
        return person

    def held(self, holder: str) -> Person | None:
        until, person = self._held.get(holder, (0.0, None))
        if person is not None and time.monotonic() >= until:
            del self._held[holder]
            return None
        return person

    def let_go(self, holder: str | None = None) -> None:
        if holder is None:
            self._held.clear()
        else:
            self._held.pop(holder, None)
