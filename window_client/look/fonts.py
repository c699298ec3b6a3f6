"""Fonts: static Noto Sans SC files, and HanaMinB for the rare characters of names.

Static files on purpose: Qt draws the variable Noto font in Thin for every weight up to 600 and fakes the bold one
(measured with Qt 6.11). HanaMinB covers GB 18030-2022 level 3, which Noto Sans SC does not.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

import resources

PREFERRED = ("Noto Sans SC", "Noto Sans CJK SC", "HanaMinB", "Hanazono Mincho B")


@cache
def families() -> tuple[str, ...]:
    """Loads the font files once a process; returns the families to draw with, the first one first."""
    loaded: list[str] = []
    for path in resources.font_files():
        number = QFontDatabase.addApplicationFont(str(path))
        if number >= 0:
            loaded += [name for name in QFontDatabase.applicationFontFamilies(number) if name not in loaded]
    known = set(loaded) | set(QFontDatabase.families())
    # A weight of its own family ("Noto Sans SC Medium") is reached through the weight of the main family.
    return tuple(name for name in PREFERRED if name in known) or tuple(loaded)


def font(px: int, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    made = QFont()
    made.setFamilies(list(families()))
    made.setPixelSize(px)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
