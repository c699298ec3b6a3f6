"""好差评: five levels, large enough for a finger. The clerk neither sees nor touches the choice."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout

from window_client.counter.scenes import Rate, Rates
from window_client.look.buttons import Button
from window_client.look.pieces import Icon, row
from window_client.look.sheet import label
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.pages.page import Page

LEVELS = (
    (5, "smiley-wink", "good"),
    (4, "smiley", "good"),
    (3, "smiley-meh", "primary"),
    (2, "smiley-sad", "warn"),
    (1, "smiley-angry", "bad"),
)


class Level(QPushButton):
    """A face with its word below; the whole card is the button."""

    def __init__(self, tokens: Tokens, icon: str, colour: str, word: str) -> None:
        super().__init__()
        self._tokens = tokens
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(8, 12, 8, 12)
        face = Icon(icon, tokens.colour(colour), round(tokens.px("display") * 1.5), "duotone")
        text = label(word, "strong", wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        for child in (face, text):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addStretch(1)
        inside.addWidget(face, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addSpacing(12)
        inside.addWidget(text)
        inside.addStretch(1)

    def sizeHint(self) -> QSize:
        return QSize(150, round(self._tokens.px("display") * 4.2))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, round(self._tokens.px("display") * 3.6))


class RatePage(Page):
    def __init__(self, scene: Rate, words: Words, tokens: Tokens) -> None:
        super().__init__(words, tokens)
        faces = row(gap=tokens.gap("m"))
        for stars, icon, colour in LEVELS:
            level = Level(tokens, icon, colour, words(f"resident.rate.{stars}"))
            level.clicked.connect(lambda _=False, stars=stars: self.answered.emit(Rates(stars)))
            faces.addWidget(level, 1)
        skip = Button(tokens, words("resident.rate.skip"), "", "quiet")
        skip.clicked.connect(lambda: self.answered.emit(Rates(0)))
        self.compose(
            words("resident.rate.title"),
            words("resident.rate.sentence", window=scene.window, clerk=scene.clerk),
            (faces,),
            (label(words("resident.rate.private"), "small", wrap=True), None, skip),
        )
