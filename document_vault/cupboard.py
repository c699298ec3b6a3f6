"""Where the sealed objects lie: objects/<2 hex>/<object id>, tmp/, people/, quarantine/ below the vault's folder.

Names are random and tell nothing, not even that two objects are equal. Nothing here ever deletes an object it cannot
explain: it is moved to quarantine/.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from document_vault import disk
from document_vault.envelope import LONGEST_CONTENT
from document_vault.errors import StorageFailed

LONGEST_OBJECT = LONGEST_CONTENT + (1 << 20)


class Cupboard:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.objects = home / "objects"
        self.tmp = home / "tmp"
        self.people = home / "people"
        self.quarantine = home / "quarantine"
        try:
            for folder in (home, self.objects, self.tmp, self.people, self.quarantine):
                disk.make_private_folder(folder)
            self._make_shelves()
        except OSError as failure:
            raise disk.trouble_of(failure, "open") from failure
        self.session = os.urandom(16).hex()
        self._presence = disk.Presence(self.presence_of(self.session))

    def _make_shelves(self) -> None:
        """All 256 at once, so that no put has to make a folder's name durable."""
        missing = [self.objects / f"{n:02x}" for n in range(256) if not (self.objects / f"{n:02x}").is_dir()]
        for folder in missing:
            folder.mkdir(mode=0o700, exist_ok=True)
        if missing:
            disk.sync_folder(self.objects)

    def close(self) -> None:
        self._presence.leave()

    def presence_of(self, session: str) -> Path:
        return self.tmp / f"{session}.here"

    def place(self, object_id: str) -> Path:
        return self.objects / object_id[:2] / object_id

    def lay_down(self, object_id: str, sealed: bytes | memoryview) -> None:
        """Durable under its final name when this returns; an OSError leaves no temporary file behind."""
        temporary = self.tmp / f"{self.session}-{object_id}"
        try:
            disk.write_new(temporary, sealed)
            disk.publish(temporary, self.place(object_id))
        except OSError as failure:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise disk.trouble_of(failure, "object") from failure

    def sync_place(self, object_id: str) -> None:
        """A name and content that came back after a crash may still be only in the kernel's memory."""
        try:
            with self.place(object_id).open("rb+") as file:
                os.fsync(file.fileno())
            disk.sync_folder(self.place(object_id).parent)
        except OSError as failure:
            raise disk.trouble_of(failure, "object") from failure

    def take(self, object_id: str) -> bytes | None:
        """The sealed bytes; None when there is no such file or it is no file of ours."""
        return self._read(self.place(object_id))

    def _read(self, path: Path) -> bytes | None:
        try:
            return disk.read(path, most=LONGEST_OBJECT)
        except (FileNotFoundError, ValueError):
            return None
        except OSError as failure:
            raise StorageFailed("storage_failed", doing="read", error=str(failure.errno)) from failure

    def size(self, object_id: str) -> int | None:
        try:
            return self.place(object_id).stat().st_size
        except FileNotFoundError:
            return None

    def throw_away(self, object_id: str) -> None:
        """For objects that came to nothing or whose person was forgotten."""
        try:
            disk.remove(self.place(object_id))
        except OSError as failure:
            raise disk.trouble_of(failure, "remove") from failure

    def set_aside(self, path: Path) -> None:
        """Into quarantine, under a name that is free."""
        name = path.name if path.name.isalnum() else "unnamed"
        disk.publish(path, self.quarantine / f"{name}.{os.urandom(4).hex()}")
        disk.sync_folder(path.parent)

    def files(self) -> Iterator[Path]:
        """Every file that lies where objects lie, ours or not."""
        for folder in sorted(self.objects.iterdir()):
            if folder.is_dir():
                yield from sorted(folder.iterdir())
            else:
                yield folder

    def sync_all(self) -> None:
        for folder in {self.people, *(self.objects / f"{n:02x}" for n in range(256))}:
            disk.sync_folder(folder)

    # person key files: a second place of what stands in the person's row, so that the rows can be lost
    def person_file(self, holder: str) -> Path:
        return self.people / f"{holder}.key"

    def keep_person(self, holder: str, sealed_key: bytes) -> None:
        disk.replace(self.person_file(holder), sealed_key)

    def drop_person(self, holder: str) -> None:
        """What is overwritten first is not there on most disks; on those that keep old blocks the key set's rotation
        with retirement is what makes the old copy worthless (docs/vault.md, forgetting)."""
        path = self.person_file(holder)
        if not path.exists():
            return
        try:
            with path.open("r+b") as file:
                length = file.seek(0, os.SEEK_END)
                file.seek(0)
                file.write(os.urandom(length))
                file.flush()
                os.fsync(file.fileno())
            disk.remove(path)
            disk.sync_folder(self.people)
        except OSError as failure:
            raise disk.trouble_of(failure, "forget") from failure

    def person_files(self) -> Iterator[tuple[str, bytes]]:
        for path in sorted(self.people.glob("*.key")):
            content = self._read(path)
            if content is not None:
                yield path.stem, content

    # leftovers of programs that died
    def tidy_tmp(self) -> int:
        """Removes the temporary files of programs that are no longer running; the living keep theirs."""
        removed = 0
        for path in sorted(self.tmp.iterdir()):
            session = path.name.removesuffix(".here").split("-")[0]
            if session == self.session:
                continue
            with disk.taken_over(self.presence_of(session)) as free:
                if free:
                    removed += not path.name.endswith(".here")
                    path.unlink(missing_ok=True)
        if removed:
            disk.sync_folder(self.tmp)
        return removed

    def is_running(self, session: str) -> bool:
        if session == self.session:
            return True
        with disk.taken_over(self.presence_of(session)) as free:
            return not free
