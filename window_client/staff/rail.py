"""The rail on the left: whose window this is, the acts with their keys and how far each is, the screens' state."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from window_client.look import icons
from window_client.look.fonts import font
from window_client.look.pieces import Icon, Rule, column, fill, row
from window_client.look.sheet import label
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.staff.acts import ACTS, AROUND, Act, State

_MARKS = {"done": ("check-circle", "rail_good"), "warn": ("warning-circle", "rail_warn")}


class RailButton(QPushButton):
    """Icon, word, state mark and key; drawn by ourselves because four things stand in one row."""

    def __init__(self, tokens: Tokens, act: Act, word: str) -> None:
        super().__init__()
        self._tokens, self._act, self._word = tokens, act, word
        self._state: State = "todo"
        self.here = False
        self.setObjectName(f"rail {act.name}")
        self.setAccessibleName(f"{word} {act.key}")
        self.setToolTip(f"{word}  {act.key}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._font = font(tokens.px("strong"), weight=QFont.Weight.Medium)
        self._small = font(tokens.px("tiny"))

    def tell(self, state: State, here: bool, spoken: str) -> None:
        if (state, here) != (self._state, self.here):
            self._state, self.here = state, here
            self.setAccessibleDescription(spoken)
            self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._font).horizontalAdvance(self._word)
        key = QFontMetrics(self._small).horizontalAdvance(self._act.key)
        px = self._tokens.px("strong")
        return QSize(words + key + round(px * 5.6), round(px * 2.9))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colour = QPainter(self), self._tokens.colour
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, px = QRectF(self.rect()).adjusted(1, 1, -1, -1), self._tokens.px("strong")
        ground = "rail_here" if self.here else ("rail_hover" if self.underMouse() else "rail")
        painter.setBrush(QColor(colour(ground)))
        painter.setPen(QColor(colour("rail_text" if self.hasFocus() else ground)))
        painter.drawRoundedRect(box, 8, 8)
        mark = round(px * 1.35)
        fore = colour("rail_text" if self.here or self.underMouse() else "rail_soft")
        top = (self.height() - mark) // 2
        painter.drawPixmap(round(px * 0.8), top, icons.pixmap(self._act.icon, fore, mark, "regular"))
        painter.setPen(QColor(colour("rail_text")))
        painter.setFont(self._font)
        left = round(px * 0.8) + mark + round(px * 0.7)
        painter.drawText(QRectF(left, 0, self.width() - left, self.height()), Qt.AlignmentFlag.AlignVCenter, self._word)
        right = self.width() - round(px * 0.8)
        if self._state in _MARKS:
            name, tone = _MARKS[self._state]
            size = round(px * 1.1)
            place = (right - size, (self.height() - size) // 2)
            painter.drawPixmap(*place, icons.pixmap(name, colour(tone), size, "fill"))
            return
        painter.setPen(QColor(colour("rail_soft")))
        painter.setFont(self._small)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(0, 0, right, self.height()), flags, self._act.key)


class Rail(QWidget):
    """`turned(name of a panel)`."""

    turned = Signal(str)

    def __init__(self, tokens: Tokens, words: Words, window: str, clerk: str) -> None:
        super().__init__()
        self._tokens, self._words = tokens, words
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._buttons = {act.name: self._button(act) for act in (*ACTS, *AROUND)}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 18, 12, 14)
        outer.setSpacing(4)
        fill(outer, self._brand(window, clerk), 10, Rule(), 10)
        fill(outer, *(self._buttons[act.name] for act in ACTS), None)
        self._screen = label("", "small", wrap=True)
        self._lamp = label("●", "small")
        fill(outer, Rule(), 6, *(self._buttons[act.name] for act in AROUND), 8)
        line = row(self._lamp, gap=8, margin=6)
        line.addWidget(self._screen, 1)
        fill(outer, line)

    def _brand(self, window: str, clerk: str) -> QVBoxLayout:
        tokens, words = self._tokens, self._words
        mark = Icon("browsers", tokens.colour("rail_text"), round(tokens.px("title") * 1.4), "duotone")
        told = column(
            label(words("staff.brand"), "heading"), label(words("staff.window_number", window=window), "small"), gap=0
        )
        person = row(Icon("user-circle", tokens.colour("rail_soft"), round(tokens.px("strong") * 1.3)), gap=8)
        person.addWidget(label(clerk, "small", wrap=True), 1)
        brand = row(mark, told, None, gap=10)
        made = column(brand, 6, person, gap=6)
        made.setContentsMargins(6, 0, 6, 0)
        return made

    def _button(self, act: Act) -> RailButton:
        made = RailButton(self._tokens, act, self._words(f"staff.act.{act.name}"))
        made.clicked.connect(lambda: self.turned.emit(act.name))
        return made

    def tell(self, states: dict[str, State], here: str) -> None:
        for name, button in self._buttons.items():
            state = states.get(name, "todo")
            button.tell(state, name == here, self._words(f"staff.state.{state}"))

    def tell_screen(self, connected: bool, text: str) -> None:
        self._screen.setText(text)
        tone = self._tokens.colour("rail_good" if connected else "rail_warn")
        self._lamp.setStyleSheet(f"color: {tone};")
