"""A whole house in a backup folder: records, objects, sealed keys; and back again into an empty data folder.

The order matters: the records first, then the objects, so every object the records know is in the copy. The records of
a centre on PostgreSQL are backed up with its own tools; without them the rows are rebuilt from the objects themselves.
"""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from document_vault import disk
from document_vault.errors import BadWish, StorageFailed
from document_vault.upkeep import restore

if TYPE_CHECKING:
    from window_client.assembly import House

RECORDS = "records.db"


def back_up(opened: House, target: Path) -> dict[str, Any]:
    embedded = opened.engine.dialect.name == "sqlite"
    try:
        disk.make_private_folder(target)
        if embedded:
            _copy_records(opened, target)
        told = asdict(opened.vault.backup(target))
        for file in _small_files(opened.settings.data):
            disk.replace(target / "house" / file.relative_to(opened.settings.data), file.read_bytes())
    except OSError as failure:
        raise disk.trouble_of(failure, "backup") from failure
    return {**told, "records": "copied" if embedded else "use pg_dump", "target": str(target)}


def _small_files(folder: Path) -> list[Path]:
    """The trust list, preferences, and the sealed keys: what stands beside the records and the vault."""
    found = [*folder.glob("*"), *(folder / "keys").glob("*")]
    return sorted(file for file in found if file.is_file() and not file.name.startswith(RECORDS))


def _copy_records(opened: House, target: Path) -> None:
    """One consistent moment of the encrypted database, written under another name first."""
    making = target / f".{RECORDS}.{os.urandom(4).hex()}"
    raw = opened.engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(making),))
    except opened.engine.dialect.loaded_dbapi.Error as failure:
        making.unlink(missing_ok=True)
        raise StorageFailed("records_failed", error=type(failure).__name__) from None
    finally:
        raw.close()
    making.chmod(0o600)
    with making.open("rb+") as file:
        os.fsync(file.fileno())
    disk.publish(making, target / RECORDS)


def bring_back(data: Path, source: Path) -> dict[str, Any]:
    """Refuses a data folder that already holds something."""
    if (data / RECORDS).exists() or (data / "keys" / "keyset.json").exists():
        raise BadWish("restore_not_empty")
    told = asdict(restore(source, data / "vault", data / "keys" / "keyset.json"))
    try:
        for file in _small_files(source / "house"):
            place = data / file.relative_to(source / "house")
            if not place.exists():
                disk.replace(place, file.read_bytes())
        copied = (source / RECORDS).is_file()
        if copied:
            disk.replace(data / RECORDS, (source / RECORDS).read_bytes())
    except OSError as failure:
        raise disk.trouble_of(failure, "restore") from failure
    return {**told, "records": "copied" if copied else "rebuilt from the objects"}
