"""Every room's own trouble, told as one ``WindowError``: the three texts of each code are in resources/texts."""

from __future__ import annotations

from bridges.errors import BridgeTrouble
from document_vault.errors import VaultTrouble
from printing.errors import PressTrouble
from window_client.casework.errors import WindowError
from window_client.devices.trouble import DeviceTrouble

_ROOMS: tuple[tuple[type[Exception], str], ...] = (
    (VaultTrouble, "vault"),
    (PressTrouble, "printing"),
    (BridgeTrouble, "bridge"),
    (DeviceTrouble, "device"),
)


def as_window_error(trouble: Exception) -> WindowError | None:
    """The same trouble as a ``WindowError``, or None when it is a bug and not a room's trouble."""
    if isinstance(trouble, WindowError):
        return trouble
    for family, room in _ROOMS:
        if isinstance(trouble, family):
            code = str(getattr(trouble, "code", "unknown"))
            detail = dict(getattr(trouble, "detail", {}))
            return WindowError(code if code.startswith(f"{room}.") else f"{room}.{code}", **detail)
    return None
