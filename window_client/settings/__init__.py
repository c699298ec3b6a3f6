"""What a centre decides about its windows, in one frozen tree, read once at start.

Four layers, each over the one before: what is written below, the centre's file (YAML, ``--config`` or
``ONEWINDOW_CONFIG`` or ``settings.yaml`` in the user's configuration folder), the environment
(``ONEWINDOW_STATION__WINDOW=05``), the command line.

Laws kept here: a word nobody knows is refused with the nearest word somebody does know, with file and line, because a
misspelt setting that is silently ignored is found out in front of a resident; no secret is ever read from the file
(sign-ins live in the vault); a window number or a region code that YAML turned into a number is refused, not guessed.
``docs/settings.md`` is generated from this room (``python -m window_client.settings.page``).
"""

from window_client.settings.layers import Finding, SettingsWrong, load
from window_client.settings.tree import (
    CameraChoice,
    CardReaderChoice,
    DepartmentLink,
    Logging,
    Look,
    Printers,
    Progress,
    ScannerChoice,
    Screens,
    Settings,
    Station,
    Vouchers,
    leaves,
)

__all__ = [
    "CameraChoice",
    "CardReaderChoice",
    "DepartmentLink",
    "Finding",
    "Logging",
    "Look",
    "Printers",
    "Progress",
    "ScannerChoice",
    "Screens",
    "Settings",
    "SettingsWrong",
    "Station",
    "Vouchers",
    "leaves",
    "load",
]
