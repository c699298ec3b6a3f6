"""Documents on their way in and out of the vault: read whole, told apart by content, written for the owner only."""

from __future__ import annotations

import os
from pathlib import Path

from window_client.casework.errors import WindowError


def content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise WindowError("vault.file_unreadable", file=file.name) from None


def media_type_of(content: bytes) -> str:
    """By what is in it, not by its name."""
    for head, media_type in (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"%PDF-", "application/pdf"),
        (b"II*\x00", "image/tiff"),
        (b"MM\x00*", "image/tiff"),
    ):
        if content.startswith(head):
            return media_type
    return "application/octet-stream"


def write_private(path: Path, content: bytes) -> None:
    """A new file, for its owner only; never over another one."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        raise WindowError("vault.file_exists", file=path.name) from None
    with os.fdopen(number, "wb") as file:
        file.write(content)
