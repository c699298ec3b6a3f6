"""What is being done today, and which papers are there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from window_client.counter.scenes import Checklist, ItemLine, MaterialLine
from window_client.look.pieces import Card, Chip, Icon, Rule, heading, row
from window_client.look.sheet import label
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.pages.page import Page, promise_line

_CHIPS = {
    "needed": ("plain", "circle-dashed"),
    "kept": ("good", "check"),
    "lent": ("good", "check"),
    "ask": ("primary", "hand-tap"),
}


class ChecklistPage(Page):
    step = 0

    def __init__(self, scene: Checklist, words: Words, tokens: Tokens) -> None:
        super().__init__(words, tokens)
        side = QBoxLayout.Direction.TopToBottom if tokens.large else QBoxLayout.Direction.LeftToRight
        cards = QBoxLayout(side)
        cards.setSpacing(tokens.gap("m"))
        cards.addWidget(items_card(scene.items, words, tokens), 1, Qt.AlignmentFlag.AlignTop)
        cards.addWidget(self._materials(scene.materials), 1, Qt.AlignmentFlag.AlignTop)
        self.compose(
            words("resident.checklist.title", resident=scene.resident),
            words("resident.checklist.sentence"),
            (cards, None),
            promise_line(words, tokens),
        )

    def _materials(self, lines: tuple[MaterialLine, ...]) -> Card:
        words, tokens = self.words, self.tokens
        card = Card(tokens, heading(tokens, words("resident.checklist.materials"), "files"), gap="s")
        for line in lines:
            kind, icon = _CHIPS[line.state]
            chip = Chip(tokens, words(f"resident.material.{line.state}"), kind, icon)
            card.body.addWidget(Rule())
            inside = row(gap=tokens.gap("m"))
            inside.addWidget(label(line.name, "strong", wrap=True), 1)
            inside.addWidget(chip)
            card.body.addLayout(inside)
        if not lines:
            card.body.addWidget(label(words("resident.checklist.no_materials"), "soft", wrap=True))
        return card


def items_card(items: tuple[ItemLine, ...], words: Words, tokens: Tokens) -> Card:
    card = Card(tokens, heading(tokens, words("resident.checklist.items"), "list-checks"), gap="s")
    for item in items:
        card.body.addWidget(Rule())
        inside = row(gap=tokens.gap("m"))
        inside.addWidget(
            Icon("seal-check", tokens.colour("primary"), round(tokens.px("heading") * 1.2), "duotone"),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        words_of = " · ".join(part for part in (item.department, item.promise) if part)
        inside.addLayout(_two(label(item.name, "strong", wrap=True), label(words_of, "small", wrap=True)), 1)
        card.body.addLayout(inside)
    if not items:
        card.body.addWidget(label(words("resident.checklist.no_items"), "soft", wrap=True))
    return card


def _two(*labels: object) -> QBoxLayout:
    from window_client.look.pieces import column

    return column(*labels, gap=2)  # type: ignore[arg-type]
