"""The folder a browser upload needs: private, in memory, gone at once. Plain documents never rest on a disk (I9)."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import psutil

from bridges.filing import Attachment

PREFIX = "onewindow-upload-"
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf", "image/tiff": ".tif"}


class NoPrivateMemory(Exception):
    """This machine offers no memory-backed folder, so nothing can be uploaded without leaving a trace on its disk."""


def memory_room() -> Path:
    for place in (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm"):  # noqa: S108 - memory, and only folders of our own, 0700, are made in it
        if place and Path(place).is_dir() and os.access(place, os.W_OK):
            return Path(place)
    if os.name == "nt":  # Windows has no such place; the per-user temp folder is the nearest, and is emptied at once
        return Path(tempfile.gettempdir())
    raise NoPrivateMemory


def sweep() -> None:
    """At start: folders of ours whose process is gone."""
    with contextlib.suppress(NoPrivateMemory):
        for folder in memory_room().glob(f"{PREFIX}*"):
            pid = folder.name[len(PREFIX) :].split("-")[0]
            if pid.isdigit() and not psutil.pid_exists(int(pid)):
                shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def laid_out(attachments: Sequence[Attachment]) -> Iterator[dict[str, str]]:
    """kind -> path, while the block lasts. File names are ours: the kind and a number, never a person's words."""
    if not attachments:
        yield {}
        return
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=memory_room()))
    try:
        paths: dict[str, str] = {}
        for n, attachment in enumerate(attachments, 1):
            safe = re.sub(r"[^a-z0-9_]", "", attachment.kind.lower()) or "file"
            path = folder / f"{safe}_{n}{SUFFIXES.get(attachment.media_type, '.bin')}"
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(attachment.content)
            paths.setdefault(attachment.kind, str(path))
        yield paths
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def named(file: Mapping[str, str]) -> str:
    """The path to upload; under the name the recipe asks for (`save_as`) where the department keeps file names."""
    path = Path(file["path"])
    if "save_as" not in file:
        return str(path)
    folder = path.parent / path.stem
    folder.mkdir(mode=0o700, exist_ok=True)
    twin = folder / Path(file["save_as"]).name
    if not twin.exists():
        os.link(path, twin)
    return str(twin)
