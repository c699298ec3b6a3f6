"""A second copy of the vault's files: objects, people's key files, the keyset. The rows are backed up with the records.

Take the records' copy first, then this one: every object the rows know is then in it. Objects are written once, so a
backup into the same folder copies only what is new. What is copied is checked while it is copied; a damaged object is
never copied over a sound one. A restore fills an empty folder and gives nothing that does not open.
"""

from __future__ import annotations

import json
from pathlib import Path

from document_vault import disk
from document_vault.cupboard import LONGEST_OBJECT
from document_vault.envelope import check_hash, same, trailer_of
from document_vault.errors import BadWish, Tampered
from document_vault.keys import LARGEST_FILE, read_key_file, write_key_file
from document_vault.strongroom import Strongroom
from document_vault.values import BackupReport

LIST = "backup.json"


def backup(room: Strongroom, target: Path) -> BackupReport:
    if target.resolve().is_relative_to(room.cupboard.home.resolve()):
        raise BadWish("backup_into_itself")
    with room.shelf.look() as look:
        live = look.objects("live")
        people = {row.holder: row.sealed_key for row in look.people() if row.sealed_key is not None}
    copied = total = 0
    try:
        for stored in live:
            place = target / "objects" / stored.object_id[:2] / stored.object_id
            total += stored.size
            if _is_there(place, stored.hash):
                continue
            sealed = room.cupboard.take(stored.object_id)
            if sealed is None or not same(trailer_of(sealed), stored.hash):
                raise Tampered("backup_damaged", object=stored.object_id)
            check_hash(sealed)
            _lay(place, sealed)
            copied += 1
        for holder, sealed_key in people.items():
            _lay(target / "people" / f"{holder}.key", sealed_key)
        _drop_forgotten(target, set(people))
        write_key_file(target / "keys.json", read_key_file(room.keyset.path))
        listed = {
            "format": "onewindow-vault-backup",
            "version": 1,
            "objects": {o.object_id: o.hash.hex() for o in live},
        }
        disk.replace(target / LIST, json.dumps(listed, sort_keys=True).encode())
    except OSError as failure:
        raise disk.trouble_of(failure, "backup") from failure
    return BackupReport(len(live), copied, total, len(people))


def restore(source: Path, home: Path, keys: Path) -> BackupReport:
    """Into an empty vault folder; everything is hashed on the way. Open the vault afterwards and check it `full`."""
    if any(home.glob("objects/*/*")) or keys.exists():
        raise BadWish("restore_not_empty")
    try:
        listed = json.loads(disk.read(source / LIST, most=1 << 30))
        wanted = {str(name): str(hashed) for name, hashed in listed["objects"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise Tampered("backup_unreadable") from wrong
    total = 0
    try:
        for object_id, hashed in wanted.items():
            bytes.fromhex(object_id)
            sealed = disk.read(source / "objects" / object_id[:2] / object_id, most=LONGEST_OBJECT)
            if check_hash(sealed).object_id.hex() != object_id or trailer_of(sealed).hex() != hashed:
                raise Tampered("backup_damaged", object=object_id)
            _lay(home / "objects" / object_id[:2] / object_id, sealed)
            total += len(sealed)
        people = sorted((source / "people").glob("*.key"))
        for path in people:
            _lay(home / "people" / path.name, disk.read(path, most=LARGEST_FILE))
        write_key_file(keys, read_key_file(source / "keys.json"))
    except FileNotFoundError as missing:
        raise Tampered("backup_incomplete") from missing
    except ValueError as wrong:
        raise Tampered("backup_unreadable") from wrong
    except OSError as failure:
        raise disk.trouble_of(failure, "restore") from failure
    return BackupReport(len(wanted), len(wanted), total, len(people))


def _is_there(place: Path, hashed: bytes) -> bool:
    try:
        sealed = disk.read(place, most=LONGEST_OBJECT)
        check_hash(sealed)
        return same(trailer_of(sealed), hashed)
    except (OSError, ValueError, Tampered):
        return False


def _lay(place: Path, content: bytes) -> None:
    disk.replace(place, content)


def _drop_forgotten(target: Path, known: set[str]) -> None:
    """Forgetting reaches the backup with its next run: the key file goes, and the objects open no more."""
    for path in (target / "people").glob("*.key"):
        if path.stem not in known:
            disk.remove(path)
