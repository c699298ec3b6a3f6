"""What a clerk may choose about this window; assembly keeps it in the settings."""

from __future__ import annotations

from dataclasses import dataclass

from window_client.look.tokens import Theme
from window_client.look.words import Language


@dataclass(frozen=True)
class Preferences:
    """`screens`, `printers`: names there are to choose from; `resident_screen` empty: not named yet."""

    language: Language = "zh"
    theme: Theme = "light"
    large: bool = False
    resident_screen: str = ""
    a4: str = "folder"
    receipt: str = "folder"
    screens: tuple[str, ...] = ()
    printers: tuple[str, ...] = ("folder",)
