"""The scanner that is a folder: any scanner, copier or phone that can save a file can be used at a window.

Takes the oldest complete picture or PDF, first from the sub-folder named after the wanted material kind, then from the
folder itself. Laws: a file is taken only when whoever writes it has finished; it stays in the folder, readable again
after a crash, until its pages are sealed, and is then overwritten and removed; a picture that is no use is put aside in
``refused/`` so that it does not block the next one, and wiped after a day. The folder is readable by its owner alone.
"""

import contextlib
import os
import secrets
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import ClassVar, Final

from window_client.devices.picture_gate import MOST_BYTES, kind_of
from window_client.devices.scanner import Place, Scanner, Taken, Wish
from window_client.devices.trouble import DeviceTrouble

_ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".pdf"})
_LOOK_EVERY: Final = 0.1  # seconds between two looks
_SETTLED: Final = 0.5  # a file that nobody can vouch for must rest this long
_GIVEN_UP: Final = 5.0  # a file without its end that rests this long will not get one
_REFUSED_KEPT: Final = 24 * 3600


@dataclass(frozen=True)
class _Seen:
    size: int
    changed: int
    since: float


class WatchedFolder(Scanner):
    name: ClassVar[str] = "watched_folder"

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._lent: dict[str, tuple[int, int]] = {}
        self._seen: dict[Path, _Seen] = {}

    def _usable(self) -> bool:
        self._open_folder()
        return True

    def _take(self, wish: Wish, stop: Event) -> Iterator[Taken]:
        folder = self._open_folder()
        self._tidy(folder / "refused")
        until = time.monotonic() + wish.wait
        pages = 0
        while True:
            found = self._oldest_complete([folder / wish.kind, folder])
            if found is not None:
                yield found
                pages += 1 if kind_of(found.content) != "PDF" else max(1, wish.pages)
                if pages >= max(1, wish.pages):
                    return
                continue
            if time.monotonic() >= until:
                if pages:
                    raise DeviceTrouble("pages_missing", wanted=wish.pages, got=pages)
                raise DeviceTrouble("nothing_arrived", seconds=round(wish.wait), folder=folder)
            if stop.wait(_LOOK_EVERY):
                raise DeviceTrouble("scan_stopped")

    def _wipe(self, source: str) -> None:
        identity = self._lent.pop(source, None)
        path = Path(source)
        with contextlib.suppress(FileNotFoundError):
            now = path.lstat()
            if identity == (now.st_ino, now.st_size):  # another file of the same name is somebody else's page
                _wipe_file(path)

    def _give_back(self, source: str) -> None:
        self._lent.pop(source, None)

    def _refuse(self, source: str) -> None:
        aside = self.place.folder / "refused"
        aside.mkdir(mode=0o700, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            path = Path(source)
            path.replace(aside / f"{time.time_ns()}{path.suffix.lower()}")
        self._lent.pop(source, None)

    def _open_folder(self) -> Path:
        folder = self.place.folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            mode = folder.stat().st_mode
            readable = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
        except OSError as trouble:
            raise DeviceTrouble("folder_gone", folder=folder) from trouble
        if not stat.S_ISDIR(mode) or not readable:
            raise DeviceTrouble("folder_gone", folder=folder)
        if os.name == "posix" and mode & 0o077:
            raise DeviceTrouble("folder_not_private", folder=folder)
        return folder

    def _oldest_complete(self, folders: list[Path]) -> Taken | None:
        for folder in folders:
            for path, status in _files_in(folder):
                if str(path) in self._lent and self._lent[str(path)] == (status.st_ino, status.st_size):
                    continue
                content = self._content_if_complete(path, status)
                if content is not None:
                    self._lent[str(path)] = (status.st_ino, status.st_size)
                    self._seen.pop(path, None)
                    return Taken(content, str(path))
        return None

    def _content_if_complete(self, path: Path, status: os.stat_result) -> bytes | None:
        now = time.monotonic()
        seen = self._seen.get(path)
        if seen is None or (seen.size, seen.changed) != (status.st_size, status.st_mtime_ns):
            seen = self._seen[path] = _Seen(status.st_size, status.st_mtime_ns, now)
        rested = now - seen.since
        try:
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        except OSError:  # Windows: the writer still holds it; elsewhere: it has just gone
            return None
        with os.fdopen(descriptor, "rb") as opened:
            closed = _nobody_writes(descriptor)
            if closed is False or (closed is None and rested < _SETTLED):
                return None
            content = opened.read(MOST_BYTES + 1)
            unchanged = os.fstat(descriptor).st_size == status.st_size
        if unchanged and (_has_its_end(content) or rested >= _GIVEN_UP):
            return content
        return None

    @staticmethod
    def _tidy(refused: Path) -> None:
        for path, status in _files_in(refused):
            if time.time() - status.st_mtime > _REFUSED_KEPT:
                _wipe_file(path)


def _files_in(folder: Path) -> list[tuple[Path, os.stat_result]]:
    """Plain picture files, oldest first. Half-downloaded names, links and folders are not files here."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith((".", "~")) or Path(entry.name).suffix.lower() not in _ENDINGS:
                    continue
                with contextlib.suppress(FileNotFoundError):
                    if entry.is_file(follow_symlinks=False):
                        found.append((Path(entry.path), entry.stat(follow_symlinks=False)))
    except OSError:
        return []
    return sorted(found, key=lambda one: (one[1].st_mtime_ns, one[0].name))


def _nobody_writes(descriptor: int) -> bool | None:
    """True or False where the system can tell (Linux grants a read lease only when no writer is left), else None."""
    try:
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return False
    except (ImportError, AttributeError, OSError):  # another system, a network drive, a file of another owner
        return None
    return True


def _has_its_end(content: bytes) -> bool:
    """The mark that ends a file of this kind is there; kinds without such a mark count as complete."""
    match kind_of(content):
        case "JPEG":
            return b"\xff\xd9" in content[-65536:]
        case "PNG":
            return b"IEND" in content[-64:]
        case "PDF":
            return b"%%EOF" in content[-2048:]
        case "":
            return len(content) > 16  # no picture at all: let the gate say so
        case _:
            return True


def _wipe_file(path: Path) -> None:
    """Overwrite once, flush, remove. On flash memory the overwrite may land elsewhere: docs/devices.md."""
    with path.open("r+b") as opened:
        left = os.fstat(opened.fileno()).st_size
        while left > 0:
            block = secrets.token_bytes(min(left, 1 << 20))
            opened.write(block)
            left -= len(block)
        opened.flush()
        os.fsync(opened.fileno())
    path.unlink()
