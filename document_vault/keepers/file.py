"""The keeper that is a file: 32 random bytes on a stick, a mounted secret, or in the safe of the centre.

The file is made on first use with mode 0600 and is never overwritten; one that others may read is refused.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from document_vault import disk
from document_vault.envelope import expand, fresh_key
from document_vault.errors import Locked

_HEAD = "onewindow-key-1:"


def new(where: str, _ask: Callable[[], str], _cost: object) -> tuple[dict[str, Any], bytes]:
    path = Path(where)
    if not path.exists():
        disk.replace(path, (_HEAD + base64.b64encode(fresh_key()).decode() + "\n").encode())
    settings = {"salt": base64.b64encode(os.urandom(16)).decode()}
    return settings, _key(path, settings)


def again(settings: Mapping[str, Any], where: str, _ask: Callable[[], str]) -> bytes:
    return _key(Path(where), settings)


def _key(path: Path, settings: Mapping[str, Any]) -> bytes:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise Locked("key_file_open_to_others")
        text = disk.read(path, most=4096).decode("ascii").strip()
    except FileNotFoundError:
        raise Locked("key_file_missing") from None
    except (OSError, ValueError) as wrong:
        raise Locked("key_file_unreadable") from wrong
    try:
        if not text.startswith(_HEAD):
            raise Locked("key_file_unreadable")
        secret = base64.b64decode(text.removeprefix(_HEAD), validate=True)
        salt = base64.b64decode(settings["salt"], validate=True)
    except (binascii.Error, KeyError, TypeError) as wrong:
        raise Locked("key_file_unreadable") from wrong
    if len(secret) != 32:
        raise Locked("key_file_unreadable")
    return expand(secret, "onewindow key file", salt)
