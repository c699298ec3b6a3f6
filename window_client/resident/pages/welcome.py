"""Nobody is being served: the centre, the window's number, notices. Never a person's data."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from window_client.counter.scenes import Welcome
from window_client.look.pieces import Card, Icon, Scroll, column, fill, row
from window_client.look.sheet import label
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.pages.page import Page, finger_scroll


class Hero(QWidget):
    """A quiet blue field with three rings: one window, many departments behind it."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if self._tokens.theme == "contrast":
            painter.setPen(QColor(self._tokens.colour("line_strong")))
            painter.setBrush(QColor(self._tokens.colour("surface")))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 20, 20)
            return
        shade = QLinearGradient(QPointF(0, 0), QPointF(box.width(), box.height()))
        shade.setColorAt(0, QColor(self._tokens.colour("rail")))
        shade.setColorAt(1, QColor(self._tokens.colour("primary")))
        painter.setBrush(shade)
        painter.drawRoundedRect(box, 20, 20)
        painter.setClipRect(box)
        for size, alpha in ((1.25, 14), (0.9, 18), (0.55, 24)):
            painter.setBrush(QColor(255, 255, 255, alpha))
            across = box.height() * size
            painter.drawEllipse(QPointF(box.width() * 0.84, box.height() * 0.5), across / 1.4, across / 1.4)


class WelcomePage(Page):
    def __init__(self, scene: Welcome, words: Words, tokens: Tokens) -> None:
        super().__init__(words, tokens)
        self.spoken = words("resident.welcome.title")
        self.setAccessibleName(words("resident.welcome.title"))
        outer = QVBoxLayout(self)
        edge = tokens.gap("xl")
        outer.setContentsMargins(edge, round(edge * 0.8), edge, round(edge * 0.8))
        outer.setSpacing(tokens.gap("l"))
        outer.addWidget(self._hero(scene), 3)
        outer.addWidget(finger_scroll(Scroll(tokens, self._below(scene))), 4)

    def _hero(self, scene: Welcome) -> Hero:
        words, tokens = self.words, self.tokens
        hero = Hero(tokens)
        number = label(scene.window, "display")
        number.setStyleSheet(f"font-size: {round(tokens.px('display') * 2.1)}px; color: {self._on(1.0)};")
        right = column(
            None,
            self._white(words("resident.welcome.window"), "strong", 0.85, centre=True),
            number,
            None,
            gap=0,
        )
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        left = column(
            None,
            self._white(scene.centre, "strong", 0.85),
            self._white(words("resident.welcome.title"), "display", 1.0),
            tokens.gap("s"),
            self._white(words("resident.welcome.sentence"), "strong", 0.9),
            None,
            gap=tokens.gap("s"),
        )
        inside = row(gap=tokens.gap("xl"), margin=tokens.gap("l"))
        inside.setContentsMargins(tokens.gap("xxl"), tokens.gap("m"), tokens.gap("xxl"), tokens.gap("m"))
        inside.addLayout(left, 5)
        inside.addLayout(right, 2)
        hero.setLayout(inside)
        return hero

    def _on(self, alpha: float) -> str:
        if self.tokens.theme == "contrast":
            return self.tokens.colour("text")
        return f"rgba(255, 255, 255, {round(alpha * 255)})"

    def _white(self, text: str, role: str, alpha: float, *, centre: bool = False) -> QLabel:
        made = label(text, role, wrap=True)
        made.setStyleSheet(f"color: {self._on(alpha)};")
        if centre:
            made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return made

    def _below(self, scene: Welcome) -> QVBoxLayout:
        words, tokens = self.words, self.tokens
        bring = tuple(
            self._tip(icon, words(f"resident.welcome.{name}"), words(f"resident.welcome.{name}.more"))
            for icon, name in (("identification-card", "card"), ("files", "papers"), ("shield-check", "consent"))
        )
        tips = row(gap=tokens.gap("m"))
        for tip in bring:
            tips.addWidget(tip, 1)
        made = column(tips, gap=tokens.gap("m"))
        if scene.notices:
            lines = column(gap=tokens.gap("s"))
            for notice in scene.notices:
                mark = Icon("megaphone", tokens.colour("primary"), round(tokens.px("body") * 1.2))
                line = row(gap=tokens.gap("s"))
                line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
                line.addWidget(label(notice, "body", wrap=True), 1)
                lines.addLayout(line)
            made.addWidget(Card(tokens, lines, margin="m"))
        fill(made, None)
        return made

    def _tip(self, icon: str, title: str, more: str) -> Card:
        tokens = self.tokens
        line = row(gap=tokens.gap("m"))
        line.addWidget(Icon(icon, tokens.colour("primary"), round(tokens.px("title") * 1.05), "duotone"))
        line.addLayout(column(label(title, "strong", wrap=True), label(more, "small", wrap=True), gap=2), 1)
        return Card(tokens, line, margin="m")
