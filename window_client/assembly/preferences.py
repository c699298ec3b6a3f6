"""What the clerk chose on the settings page, kept in the data folder over what the settings say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace

from document_vault import disk
from window_client.assembly.house import House
from window_client.staff.preferences import Preferences

_KEPT = ("language", "theme", "large", "resident_screen", "a4", "receipt")
_FILE = "preferences.json"


def preferences(house: House, screens: Sequence[str]) -> Preferences:
    """The settings, then what was chosen at this window. A damaged file counts as nothing chosen."""
    settings = house.settings
    usual = Preferences(
        language=settings.language,
        theme=settings.look.theme,
        large=settings.look.large_type,
        resident_screen=settings.screens.resident,
        a4=settings.printers.a4,
        receipt=settings.printers.receipt,
        screens=tuple(screens),
        printers=tuple(state.name for state in house.press.printers()),
    )
    path = settings.data / _FILE
    try:
        chosen = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return usual
    types = {one.name: type(getattr(usual, one.name)) for one in fields(usual)}
    sound = {name: value for name, value in chosen.items() if name in _KEPT and isinstance(value, types[name])}
    return replace(usual, **sound)


def keep_preferences(house: House, wanted: Preferences) -> None:
    kept = {name: value for name, value in asdict(wanted).items() if name in _KEPT}
    disk.replace(house.settings.data / _FILE, json.dumps(kept, ensure_ascii=False).encode())
