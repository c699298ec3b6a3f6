"""Words that come up beside the work, never in front of it: the notice bar and the banner. No dialog ever blocks."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from window_client.look.buttons import IconButton
from window_client.look.pieces import Icon, fill
from window_client.look.sheet import label, say_again
from window_client.look.tokens import Tokens

_ICONS = {"good": "check-circle", "warn": "warning", "bad": "warning-octagon", "note": "info"}
_COLOURS = {"good": "good", "warn": "warn", "bad": "bad", "note": "primary"}


class Banner(QFrame):
    """One sentence on a soft ground with its icon. kind: good, warn, bad, note."""

    def __init__(self, tokens: Tokens, text: str = "", kind: str = "note", role: str = "body") -> None:
        super().__init__()
        self._tokens, self._role = tokens, role
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(tokens.gap("m"), tokens.gap("s"), tokens.gap("m"), tokens.gap("s"))
        self._row.setSpacing(tokens.gap("s"))
        self._icon: Icon | None = None
        self._words = label("", role, wrap=True)
        self._row.addWidget(self._words, 1)
        self.tell(text, kind)

    @property
    def text(self) -> str:
        return self._words.text()

    def tell(self, text: str, kind: str = "note") -> None:
        self.setProperty("card", kind)
        self.setAccessibleName(text)
        if self._icon is not None:
            self._icon.setParent(None)
            self._icon.deleteLater()
        px = round(self._tokens.px(self._role) * 1.4)
        self._icon = Icon(_ICONS[kind], self._tokens.colour(_COLOURS[kind]), px, "fill")
        self._row.insertWidget(0, self._icon)
        self._words.setText(text)
        # A widget without a parent would be shown as a window of its own.
        if not text:
            self.hide()
        elif self.parentWidget() is not None:
            self.show()
        say_again(self)

    def add(self, *widgets: QWidget) -> None:
        fill(self._row, *widgets)


class NoticeBar(Banner):
    """Says that something went well and goes away by itself; a person may put it away earlier."""

    def __init__(self, tokens: Tokens, close: str) -> None:
        super().__init__(tokens)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        away = IconButton(tokens, "x", close, size="small")
        away.clicked.connect(self.hide)
        self.add(away)

    def say(self, text: str, kind: str = "good", seconds: float = 6.0) -> None:
        self.tell(text, kind)
        self._timer.start(round(seconds * 1000))
