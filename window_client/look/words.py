"""Texts of one language as one callable: `words("staff.act.pick")`, `words("staff.filled", filled=3, of=9)`.

A key that is not there is shown in brackets and remembered in `missed`; the tests demand that `missed` stays empty on
every panel and page in both languages, so nobody but a test ever sees a bracket.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import resources

Language = Literal["zh", "en"]


class Words:
    def __init__(self, language: Language = "zh") -> None:
        self.language: Language = language
        self.missed: list[str] = []
        self._texts = resources.texts(language)

    def __call__(self, key: str, **detail: object) -> str:
        text = self._texts.get(key)
        if text is None:
            self.missed.append(key)
            return f"[{key}]"
        if not detail:
            return text
        try:
            return text.format(**detail)
        except (KeyError, IndexError, ValueError):
            # A text that wants a detail nobody gave still tells its main point.
            self.missed.append(key)
            return text

    def knows(self, key: str) -> bool:
        return key in self._texts

    def either(self, zh: str, en: str) -> str:
        """Catalogue entries carry both names; an item without an English name keeps its Chinese one."""
        return en if self.language == "en" and en else zh

    def listed(self, parts: Iterable[str]) -> str:
        return (", " if self.language == "en" else "、").join(parts)
