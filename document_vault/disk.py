"""Every byte the vault puts on a disk goes through here, in the one order that survives a power cut.

Law: a file has its final name only when its content is on the platter, and a name counts only when its folder is.
write to a temporary name > fsync the file > rename > fsync the folder. A failed fsync is final: the kernel may have
thrown the pages away, so it is never tried again (PostgreSQL's lesson of 2018); the caller stops and recovers.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from document_vault.errors import DiskFull, StorageFailed, VaultTrouble

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WINDOWS = sys.platform == "win32"


def trouble_of(failure: OSError, doing: str) -> VaultTrouble:
    """The vault's word for an operating system's error; no path, for a path may tell too much."""
    if failure.errno in _NO_ROOM:
        return DiskFull("disk_full", doing=doing)
    return StorageFailed("storage_failed", doing=doing, error=errno.errorcode.get(failure.errno or 0, "?"))


def make_private_folder(folder: Path) -> None:
    """The folder and, durably, its name in its parent. 0700: nobody else needs even to count the objects."""
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Makes renames and unlinks in ``folder`` durable. Windows has no such call; NTFS journals names itself."""
    if _WINDOWS:
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def write_new(path: Path, content: bytes | memoryview) -> None:
    """A new file with synced content under a temporary name; an existing one is an error, never overwritten."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(opened, left) :]
        os.fsync(opened)
    finally:
        os.close(opened)


def publish(temporary: Path, final: Path) -> None:
    """Gives a synced file its final name, durably."""
    temporary.replace(final)
    sync_folder(final.parent)


def replace(path: Path, content: bytes) -> None:
    """Replaces a small file whole. After a failure the old one is still there, and no leftover beside it."""
    make_private_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        write_new(temporary, content)
        publish(temporary, path)
    except OSError as failure:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise trouble_of(failure, "keys") from failure


def read(path: Path, *, most: int) -> bytes:
    """The whole file. Asked for by its own length: asking for ``most`` would make room for all of that first."""
    with path.open("rb", buffering=0) as file:
        if os.fstat(file.fileno()).st_size > most:
            raise ValueError("file is longer than it may be")
        return file.readall()


def remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def free_bytes(folder: Path) -> int:
    if _WINDOWS:
        import shutil

        return shutil.disk_usage(folder).free
    state = os.statvfs(folder)
    return state.f_bavail * state.f_frsize


class Presence:
    """A locked file that says "this process is at work here"; the operating system lets go of it when we die."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _lock(self._opened):
            os.close(self._opened)
            raise StorageFailed("storage_failed", doing="presence", error="EWOULDBLOCK")

    def leave(self) -> None:
        if self._opened >= 0:
            os.close(self._opened)
            self._opened = -1
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)


@contextlib.contextmanager
def taken_over(path: Path) -> Iterator[bool]:
    """True while nobody else holds ``path``: its owner is dead (or never was) and we may tidy up after it."""
    if not path.exists():
        yield True
        return
    opened = os.open(path, os.O_RDWR)
    try:
        yield _lock(opened)
    finally:
        os.close(opened)


if sys.platform == "win32":
    import msvcrt

    def _lock(opened: int) -> bool:
        try:
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(opened: int) -> bool:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
