"""Every value once more in large type, before it is signed; one tap says that a value is wrong."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from window_client.counter.scenes import HasRead, Review, ReviewLine, SaysWrong
from window_client.look.buttons import Button
from window_client.look.notice import Banner
from window_client.look.pieces import Card, Chip, Piece, Rule, column, row
from window_client.look.sheet import label
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.pages.page import Page


class ReviewPage(Page):
    step = 2

    def __init__(self, scene: Review, words: Words, tokens: Tokens) -> None:
        super().__init__(words, tokens)
        disputed = sum(line.disputed for line in scene.lines)
        cards = [self._card(group, tuple(lines)) for group, lines in groupby(scene.lines, lambda line: line.group)]
        body: list[Piece] = []
        if disputed:
            body.append(Banner(tokens, words("resident.review.disputed", count=disputed), "warn"))
        body += [self._columns(cards), None]
        right = Button(tokens, words("resident.review.right"), "signature", "primary")
        right.setEnabled(not disputed)
        right.clicked.connect(lambda: self.answered.emit(HasRead()))
        names = words.listed(item.name for item in scene.items)
        self.compose(
            words("resident.review.title"),
            words("resident.review.sentence", items=names),
            tuple(body),
            (label(words("resident.review.count", count=len(scene.lines)), "soft", wrap=True), None, right),
        )

    def _columns(self, cards: list[tuple[int, Card]]) -> Piece:
        """Two columns of about the same height; one column in large type."""
        if self.tokens.large:
            return column(*(card for _, card in cards), gap=self.tokens.gap("m"))
        heights, columns = [0, 0], [column(gap=self.tokens.gap("m")), column(gap=self.tokens.gap("m"))]
        for weight, card in cards:
            shorter = 0 if heights[0] <= heights[1] else 1
            heights[shorter] += weight
            columns[shorter].addWidget(card)
        made = row(gap=self.tokens.gap("m"))
        for one in columns:
            one.addStretch(1)
            made.addLayout(one, 1)
        return made

    def _card(self, group: str, lines: tuple[ReviewLine, ...]) -> tuple[int, Card]:
        card = Card(self.tokens, label(group, "heading"), gap="s", margin="m")
        for line in lines:
            card.body.addWidget(Rule())
            card.body.addLayout(self._line(line))
        return 1 + len(lines), card

    def _line(self, line: ReviewLine) -> QHBoxLayout:
        words, tokens = self.words, self.tokens
        text = column(label(line.label, "label"), label(line.value, "value", wrap=True), gap=0)
        made = row(gap=tokens.gap("s"))
        made.addLayout(text, 1)
        if line.disputed:
            made.addWidget(Chip(tokens, words("resident.review.told"), "warn", "warning"))
            return made
        wrong = Button(tokens, words("resident.review.wrong"), "", "quiet", size="small")
        wrong.setAccessibleName(words("resident.review.wrong_with", label=line.label))
        wrong.clicked.connect(lambda: self.answered.emit(SaysWrong(line.element)))
        made.addWidget(wrong, 0, Qt.AlignmentFlag.AlignVCenter)
        return made
