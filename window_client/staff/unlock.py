"""Unlocking the house: the passphrase, asked on the clerk's screen before anything of a resident can be opened.

The very first time it is chosen instead, and typed twice, because a mistyped one locks everything for good. It is
handed to ``opens`` and kept nowhere; what goes wrong is said in the same window, which stays until it opens.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from window_client.look.buttons import Button
from window_client.look.pieces import Icon, fill, row
from window_client.look.sheet import dress, label
from window_client.look.tokens import Tokens
from window_client.look.words import Words


class Unlock(QDialog):
    """``opens(passphrase)`` returns what went wrong in the clerk's words, or nothing: then the dialog is done."""

    def __init__(self, words: Words, tokens: Tokens, opens: Callable[[str], str], *, first: bool) -> None:
        super().__init__()
        self._words, self._opens, self._first = words, opens, first
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(words("staff.unlock.title"))
        dress(self, tokens)
        self._typed = self._field(words("staff.unlock.passphrase"))
        self._again = self._field(words("staff.unlock.again"))
        self._again.setVisible(first)
        self._trouble = label("", "danger", wrap=True)
        self._trouble.setVisible(False)
        go = Button(tokens, words("staff.unlock.found" if first else "staff.unlock.open"), "lock-key-open", "primary")
        go.setDefault(True)
        go.clicked.connect(self._try)
        put_away = Button(tokens, words("staff.unlock.away"))
        put_away.setAutoDefault(False)
        put_away.clicked.connect(self.reject)
        outer = QVBoxLayout(self)
        edge = tokens.gap("xl")
        outer.setContentsMargins(edge, edge, edge, edge)
        outer.setSpacing(tokens.gap("m"))
        mark = Icon("lock-key", tokens.colour("primary"), round(tokens.px("title") * 1.6), "duotone")
        sentence = label(words("staff.unlock.first" if first else "staff.unlock.sentence"), "soft", wrap=True)
        fill(outer, row(mark, label(words("staff.unlock.title"), "title"), None, gap=tokens.gap("s")))
        outer.addWidget(sentence)
        for field in (self._typed, self._again, self._trouble):
            outer.addWidget(field)
        fill(outer, row(None, put_away, go, gap=tokens.gap("s")))
        self.setFixedWidth(round(tokens.px("body") * 36))
        self._settle()

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        return made

    def _settle(self) -> None:
        """As tall as the wrapped sentences need at this width; a layout's own hint does not know about wrapping."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    def _try(self) -> None:
        typed, again = self._typed.text(), self._again.text()
        wrong = self._words("staff.unlock.differs") if self._first and typed != again else self._opens(typed)
        self._typed.clear()
        self._again.clear()
        if not wrong:
            self.accept()
            return
        self._trouble.setText(wrong)
        self._trouble.setVisible(True)
        self._settle()
        self._typed.setFocus()
