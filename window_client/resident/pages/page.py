"""What every page has: a title and a sentence above, a body that scrolls when it must, big buttons below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScroller, QVBoxLayout, QWidget

from window_client.look.pieces import Icon, Piece, Scroll, column, fill, row
from window_client.look.sheet import label
from window_client.look.tokens import Tokens
from window_client.look.words import Words


class Page(QWidget):
    """`answered(ResidentAnswer)`; `spoken` is what a voice reads aloud. `step`: place on the way, or -1."""

    answered = Signal(object)
    step = -1

    def __init__(self, words: Words, tokens: Tokens) -> None:
        super().__init__()
        self.words, self.tokens = words, tokens
        self.spoken = ""
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.area: Scroll | None = None

    def compose(self, title: str, sentence: str, body: tuple[Piece, ...], actions: tuple[Piece, ...] = ()) -> None:
        """The usual page. `body` scrolls; `actions` stand still below it."""
        tokens = self.tokens
        self.spoken = f"{title}。{sentence}"
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        edge = tokens.gap("xl")
        outer.setContentsMargins(edge, round(edge * 0.7), edge, round(edge * 0.7))
        outer.setSpacing(tokens.gap("m"))
        above = column(label(title, "title", wrap=True), gap=2)
        if sentence:
            above.addWidget(label(sentence, "soft", wrap=True))
        self.area = finger_scroll(Scroll(tokens, *body))
        fill(outer, above)
        outer.addWidget(self.area, 1)
        if actions:
            fill(outer, row(*actions, gap=tokens.gap("m")))


def finger_scroll(scroll: Scroll) -> Scroll:
    """A finger pushes the page itself; nobody has to hit the bar."""
    QScroller.grabGesture(scroll.viewport(), QScroller.ScrollerGestureType.TouchGesture)
    return scroll


def promise_line(words: Words, tokens: Tokens) -> tuple[Piece, ...]:
    """Below pages without buttons: what the data are used for."""
    mark = Icon("shield-check", tokens.colour("good"), round(tokens.px("small") * 1.3), "duotone")
    return mark, label(words("resident.promise"), "small"), None
