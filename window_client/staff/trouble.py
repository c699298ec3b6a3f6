"""The one place that tells trouble: what happened, what is already done, what to do next. It never blocks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from window_client.casework.errors import WindowError
from window_client.look.buttons import IconButton
from window_client.look.pieces import Icon, column
from window_client.look.sheet import label
from window_client.look.tokens import Tokens
from window_client.look.words import Words


def three_texts(words: Words, code: str, detail: dict[str, object]) -> tuple[str, str, str]:
    """Happened, done, next. A code nobody wrote texts for is told as a bug with its code, never as nothing."""
    said = {**detail, "label": words.either(str(detail.get("label", "")), str(detail.get("label_en", "")))}
    if not words.knows(f"{code}.happened"):
        said, code = {"incident": code}, "client.bug"
    happened, done, then = (words(f"{code}.{part}", **said) for part in ("happened", "done", "next"))
    return happened, done, then


class TroubleBar(QFrame):
    def __init__(self, tokens: Tokens, words: Words) -> None:
        super().__init__()
        self._words = words
        self.code = ""
        self.setProperty("card", "bad")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(tokens.gap("l"), tokens.gap("m"), tokens.gap("m"), tokens.gap("m"))
        inside.setSpacing(tokens.gap("m"))
        px = round(tokens.px("title") * 1.2)
        inside.addWidget(Icon("warning-octagon", tokens.colour("bad"), px, "fill"), 0, Qt.AlignmentFlag.AlignTop)
        self._happened = label("", "strong", wrap=True)
        self._done = label("", "soft", wrap=True)
        self._next = label("", "body", wrap=True)
        inside.addLayout(column(self._happened, self._done, self._next, gap=2), 1)
        self.away = IconButton(tokens, "x", words("staff.trouble.away"))
        self.away.clicked.connect(self.put_away)
        inside.addWidget(self.away, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, trouble: WindowError) -> None:
        happened, done, then = three_texts(self._words, trouble.code, dict(trouble.detail))
        self.code = trouble.code
        self._happened.setText(happened)
        self._done.setText(self._words("staff.trouble.done", text=done))
        self._next.setText(self._words("staff.trouble.next", text=then))
        self.setAccessibleName(f"{happened} {done} {then}")
        self.show()

    def put_away(self) -> None:
        self.code = ""
        self.hide()
