"""The sentences of this room, by key, in the reader's language. They live in resources/texts/{zh,en}/bridges.yaml."""

from __future__ import annotations

from collections.abc import Mapping

import resources


def words_for(language: str, key: str, detail: Mapping[str, str]) -> str:
    """The sentence with its gaps filled; a key without a sentence shows itself, so that nothing is hidden."""
    sentence = resources.texts(language).get(key, key)
    for name, value in detail.items():
        sentence = sentence.replace("{" + name + "}", value)
    return sentence
