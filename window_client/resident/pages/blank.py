"""Nothing at all: not a name, not a sentence, not a logo."""

from __future__ import annotations

from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.pages.page import Page


class BlankPage(Page):
    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__(words, tokens)
        self.setAccessibleName(words("resident.blank.name"))
