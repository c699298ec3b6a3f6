"""The window's sign-ins to the departments' systems, sealed in one file under the house's own keyset.

A password enters here, leaves only as a ``Secret`` inside ``Credentials``, and is never part of settings, logs,
arguments or messages.
"""

from __future__ import annotations

import json
from pathlib import Path

from bridges.filing import Credentials, Secret
from document_vault import disk
from document_vault.envelope import open_small, seal_small
from document_vault.keys import Keyset

_ABOUT = b"onewindow sign-ins 1"


class SignIns:
    """``of(department)`` for the bridges, ``keep`` for whoever enters a sign-in."""

    def __init__(self, path: Path, keyset: Keyset) -> None:
        self._path = path
        self._keyset = keyset

    def of(self, department: str) -> Credentials | None:
        user, password = self._all().get(department, ("", ""))
        return Credentials(user, Secret(password)) if user else None

    def keep(self, department: str, credentials: Credentials) -> None:
        """Written whole and renamed over the old file, so that a crash leaves the old or the new one."""
        kept = {**self._all(), department: (credentials.user, credentials.password.reveal())}
        plain = json.dumps(kept, ensure_ascii=False).encode()
        disk.replace(self._path, seal_small(self._keyset.derive("sign-ins"), plain, _ABOUT))

    def _all(self) -> dict[str, tuple[str, str]]:
        if not self._path.exists():
            return {}
        plain = open_small(self._keyset.derive("sign-ins"), self._path.read_bytes(), _ABOUT)
        return {name: (user, password) for name, (user, password) in json.loads(plain).items()}
