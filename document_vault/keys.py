"""The keyset: every key of the vault, in one small file that several keepers can open.

keys.json holds the keys sealed under a lock key, and that lock key once per slot, wrapped by what the slot's keeper
knows (a passphrase, a key file). So a second slot, kept in a safe elsewhere, opens the vault when the first is lost.

Laws: the file is replaced whole or not at all (write, fsync, rename, fsync of the folder), and one that cannot be read
is never overwritten: a vault whose keys are gone is gone. A second copy beside it survives a damaged sector.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cbor2

from document_vault import disk
from document_vault.envelope import expand, fresh_key, open_small, seal_small
from document_vault.errors import Locked, Tampered

FORMAT = "onewindow-keyset"
LARGEST_FILE = 1 << 20
MOST_SLOTS = 32


@dataclass(frozen=True)
class Slot:
    name: str  # 8 hex digits
    keeper: str  # "passphrase" | "file"
    made: str
    settings: Mapping[str, Any]  # what the keeper needs to try again: salt, cost; bound to the wrapped key
    wrapped: bytes

    def about(self) -> bytes:
        shown = {"slot": self.name, "keeper": self.keeper, "made": self.made, "settings": dict(self.settings)}
        return _canonical(shown)


@dataclass(frozen=True)
class KeyFile:
    identity: str  # 32 hex digits
    slots: tuple[Slot, ...]
    sealed: bytes

    def about(self) -> bytes:
        return _canonical({"format": FORMAT, "version": 1, "identity": self.identity})


class Keyset:
    """The opened keys. ``derive`` gives one independent key per purpose; nothing here ever prints a key."""

    def __init__(self, path: Path, identity: str, lock_key: bytes, body: Mapping[str, Any]) -> None:
        self.path = path
        self.identity = identity
        self._lock_key = lock_key
        self._root: bytes = body["root"]
        self._wraps: dict[int, bytes] = dict(body["wraps"])

    def __repr__(self) -> str:
        return f"Keyset({self.identity[:8]}…)"

    def derive(self, purpose: str) -> bytes:
        """32 bytes for ``purpose`` ("records", "seal", "index", "dedupe", "audit", …); the same every time."""
        return expand(self._root, f"onewindow keyset {purpose}")

    @property
    def generation(self) -> int:
        """The wrapping key in force; person keys wrapped under an older one are re-wrapped by rotation."""
        return max(self._wraps)

    @property
    def generations(self) -> tuple[int, ...]:
        return tuple(sorted(self._wraps))

    def wrapping_key(self, generation: int) -> bytes:
        """Another process may have rotated since we opened: then the file is read again, with the lock key we hold."""
        if generation not in self._wraps:
            self._refresh()
        try:
            return self._wraps[generation]
        except KeyError:
            raise Locked("keyset_too_old", generation=generation) from None

    def _refresh(self) -> None:
        self._wraps = dict(open_body(read_key_file(self.path), self._lock_key)["wraps"])

    def add_generation(self) -> int:
        self._refresh()
        self._wraps[self.generation + 1] = fresh_key()
        self._save()
        return self.generation

    def retire_generations(self) -> tuple[int, ...]:
        """Forgets every wrapping key but the one in force. Backups made under an older one need their own keys.json."""
        self._refresh()
        gone = tuple(number for number in self.generations if number != self.generation)
        for number in gone:
            del self._wraps[number]
        self._save()
        return gone

    def add_slot(self, slot: Slot, kek: bytes) -> None:
        file = read_key_file(self.path)
        filled = fill_slot(slot, kek, self._lock_key)
        write_key_file(self.path, KeyFile(file.identity, (*file.slots, filled), file.sealed))

    def remove_slot(self, name: str) -> None:
        file = read_key_file(self.path)
        left = tuple(slot for slot in file.slots if slot.name != name)
        if len(left) == len(file.slots):
            raise Locked("no_such_slot", slot=name)
        if not left:
            raise Locked("last_slot", slot=name)
        write_key_file(self.path, KeyFile(file.identity, left, file.sealed))

    def slots(self) -> tuple[Slot, ...]:
        return read_key_file(self.path).slots

    def _save(self) -> None:
        file = read_key_file(self.path)
        body = cbor2.dumps({"root": self._root, "wraps": self._wraps}, canonical=True)
        sealed = seal_small(expand(self._lock_key, "keyset body"), body, file.about())
        write_key_file(self.path, KeyFile(file.identity, file.slots, sealed))


def fill_slot(slot: Slot, kek: bytes, lock_key: bytes) -> Slot:
    return Slot(slot.name, slot.keeper, slot.made, slot.settings, seal_small(kek, lock_key, slot.about()))


def new_keyset(path: Path, slot: Slot, kek: bytes) -> Keyset:
    """A new keyset with one slot. A file that is already there, readable or not, is never touched."""
    if path.exists() or _copy_of(path).exists():
        raise Locked("keyset_exists")
    lock_key, identity = fresh_key(), os.urandom(16).hex()
    body = {"root": fresh_key(), "wraps": {1: fresh_key()}}
    bare = KeyFile(identity, (fill_slot(slot, kek, lock_key),), b"")
    sealed = seal_small(expand(lock_key, "keyset body"), cbor2.dumps(body, canonical=True), bare.about())
    write_key_file(path, KeyFile(identity, bare.slots, sealed))
    return Keyset(path, identity, lock_key, body)


def open_with(path: Path, file: KeyFile, slot: Slot, kek: bytes) -> Keyset:
    """Raises Locked when the keeper's secret is not this slot's."""
    try:
        lock_key = open_small(kek, slot.wrapped, slot.about())
    except Tampered as wrong:
        raise Locked("wrong_passphrase" if slot.keeper == "passphrase" else "wrong_key_file") from wrong
    return Keyset(path, file.identity, lock_key, open_body(file, lock_key))


def open_body(file: KeyFile, lock_key: bytes) -> dict[str, Any]:
    try:
        body = cbor2.loads(open_small(expand(lock_key, "keyset body"), file.sealed, file.about()))
        if set(body) != {"root", "wraps"} or not body["wraps"] or len(body["root"]) != 32:
            raise Locked("keyset_damaged")
    except (Tampered, cbor2.CBORDecodeError, TypeError, ValueError) as wrong:
        raise Locked("keyset_damaged") from wrong
    return dict(body)


def read_key_file(path: Path) -> KeyFile:
    """The file or, when it is damaged, its copy. Missing and damaged are different troubles with different advice."""
    if not path.exists() and not _copy_of(path).exists():
        raise Locked("keyset_missing")
    for candidate in (path, _copy_of(path)):
        try:
            return _parse(disk.read(candidate, most=LARGEST_FILE))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
            continue
    raise Locked("keyset_damaged")


def write_key_file(path: Path, file: KeyFile) -> None:
    shown = {
        "format": FORMAT,
        "version": 1,
        "identity": file.identity,
        "slots": [
            {
                "slot": slot.name,
                "keeper": slot.keeper,
                "made": slot.made,
                "settings": dict(slot.settings),
                "wrapped": base64.b64encode(slot.wrapped).decode(),
            }
            for slot in file.slots
        ],
        "sealed": base64.b64encode(file.sealed).decode(),
    }
    text = json.dumps(shown, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    disk.replace(path, text)
    disk.replace(_copy_of(path), text)


def _parse(raw: bytes) -> KeyFile:
    shown = json.loads(raw)
    if shown["format"] != FORMAT or shown["version"] != 1 or not 1 <= len(shown["slots"]) <= MOST_SLOTS:
        raise ValueError("not a keyset of version 1")
    slots = tuple(
        Slot(
            str(one["slot"]),
            str(one["keeper"]),
            str(one["made"]),
            dict(one["settings"]),
            base64.b64decode(one["wrapped"], validate=True),
        )
        for one in shown["slots"]
    )
    return KeyFile(str(shown["identity"]), slots, base64.b64decode(shown["sealed"], validate=True))


def _copy_of(path: Path) -> Path:
    return path.with_name(path.name + ".copy")


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
