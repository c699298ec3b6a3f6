"""Done: the numbers to take home, and the voucher's symbol to take with the phone."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QBoxLayout, QLabel

from window_client.counter.scenes import Thanks
from window_client.look.notice import Banner
from window_client.look.pieces import Card, column
from window_client.look.sheet import label
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.pages.page import Page
from window_client.resident.pages.wait import line_card

SYMBOL = 300
"""Pixels: about 8 cm on a 24 inch counter screen, which a phone reads at arm's length."""


class ThanksPage(Page):
    step = 5

    def __init__(self, scene: Thanks, words: Words, tokens: Tokens) -> None:
        super().__init__(words, tokens)
        side = QBoxLayout.Direction.TopToBottom if tokens.large else QBoxLayout.Direction.LeftToRight
        cards = QBoxLayout(side)
        cards.setSpacing(tokens.gap("m"))
        lines = column(*(line_card(line, words, tokens) for line in scene.lines), gap=tokens.gap("m"))
        if any(line.state != "done" for line in scene.lines):
            lines.addWidget(Banner(tokens, words("resident.thanks.not_all"), "warn"))
        lines.addStretch(1)
        cards.addLayout(lines, 3)
        if scene.voucher:
            cards.addWidget(self._voucher(scene), 2, Qt.AlignmentFlag.AlignTop)
        title = "resident.thanks.title" if any(line.state == "done" for line in scene.lines) else "resident.thanks.none"
        self.compose(words(title), words("resident.thanks.sentence", resident=scene.resident), (cards, None))

    def _voucher(self, scene: Thanks) -> Card:
        words, tokens = self.words, self.tokens
        card = Card(tokens, gap="s")
        card.body.addWidget(_centred(words("resident.thanks.voucher"), "heading"))
        symbol = QPixmap()
        if scene.symbol and symbol.loadFromData(scene.symbol):
            card.body.addWidget(self._symbol(symbol), 0, Qt.AlignmentFlag.AlignHCenter)
            card.body.addWidget(_centred(words("resident.thanks.scan"), "small"))
        card.body.addWidget(_centred(scene.voucher, "strong"))
        card.body.addWidget(_centred(words("resident.thanks.paper"), "small"))
        return card

    def _symbol(self, symbol: QPixmap) -> QLabel:
        shown = QLabel()
        # Black on white in every theme: a phone must be able to read it. Whole factors keep the modules square.
        factor = max(1, SYMBOL // max(1, symbol.width()))
        size = QSize(SYMBOL, SYMBOL) if symbol.width() > SYMBOL else symbol.size() * factor
        mode = (
            Qt.TransformationMode.SmoothTransformation
            if symbol.width() > SYMBOL
            else Qt.TransformationMode.FastTransformation
        )
        shown.setPixmap(symbol.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, mode))
        shown.setStyleSheet("background: #FFFFFF; padding: 12px; border-radius: 8px;")
        shown.setAccessibleName(self.words("resident.thanks.scan"))
        return shown


def _centred(text: str, role: str) -> QLabel:
    made = label(text, role, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
