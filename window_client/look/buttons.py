"""Buttons: primary, secondary, danger, quiet. Icon, gap and shortcut hint are drawn by us, so the gap is ours."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from window_client.look import icons
from window_client.look.fonts import font
from window_client.look.sheet import say_again
from window_client.look.tokens import Tokens


class Button(QPushButton):
    """`kind`: plain, primary, danger, quiet, chosen. `hint` is the shortcut shown behind the text."""

    def __init__(
        self, tokens: Tokens, text: str, icon: str = "", kind: str = "plain", *, hint: str = "", size: str = "normal"
    ) -> None:
        super().__init__(text)
        self._tokens, self._icon, self._hint = tokens, icon, hint
        small = size == "small"
        self._px = tokens.px("small" if small else ("strong" if tokens.room == "resident" else "body"))
        self._pad = round(self._px * (0.75 if small else 1.1))
        self._tall = round(tokens.control * 0.8) if small else tokens.control
        self._face = font(self._px, weight=QFont.Weight.Medium)
        self.setProperty("kind", kind)
        self.setProperty("size", size)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if hint:
            self.setToolTip(f"{text}  {hint}")
        # The resident's buttons never take the keyboard away from the clerk's field.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tokens.room == "staff" else Qt.FocusPolicy.NoFocus)

    def tell(self, text: str, icon: str | None = None, kind: str | None = None) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        if icon is not None:
            self._icon = icon
        if kind is not None:
            self.setProperty("kind", kind)
            say_again(self)
        self.updateGeometry()

    def _widths(self) -> tuple[int, int, int, int]:
        """icon, gap, text, hint"""
        metrics = QFontMetrics(self._face)
        mark = round(self._px * 1.35) if self._icon else 0
        words = metrics.horizontalAdvance(self.text())
        hint = QFontMetrics(font(round(self._px * 0.86))).horizontalAdvance(self._hint) if self._hint else 0
        return mark, round(self._px * 0.5) if mark and words else 0, words, hint

    def sizeHint(self) -> QSize:
        mark, gap, words, hint = self._widths()
        between = round(self._px * 0.6) if hint else 0
        return QSize(max(self._tall, mark + gap + words + between + hint + 2 * self._pad), self._tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _fore(self) -> str:
        if not self.isEnabled():
            return self._tokens.colour("disabled")
        match self.property("kind"):
            case "primary":
                return self._tokens.colour("on_primary")
            case "danger":
                return self._tokens.colour("bad")
            case "quiet" | "chosen":
                return self._tokens.colour("primary")
            case _:
                return self._tokens.colour("primary" if self.isChecked() else "text")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        mark, gap, words, hint = self._widths()
        between = round(self._px * 0.6) if hint else 0
        x = (self.width() - (mark + gap + words + between + hint)) // 2
        fore = self._fore()
        if mark:
            painter.drawPixmap(x, (self.height() - mark) // 2, icons.pixmap(self._icon, fore, mark))
        painter.setFont(self._face)
        painter.setPen(QColor(fore))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(x + mark + gap, 0, words + 4, self.height()), middle, self.text())
        if hint:
            soft = QColor(fore)
            soft.setAlphaF(0.72)
            painter.setPen(soft)
            painter.setFont(font(round(self._px * 0.86)))
            painter.drawText(QRect(x + mark + gap + words + between, 0, hint + 4, self.height()), middle, self._hint)
        painter.end()


class IconButton(Button):
    """An icon alone; `name` is what a screen reader and the tooltip say."""

    def __init__(self, tokens: Tokens, icon: str, name: str, kind: str = "quiet", *, size: str = "normal") -> None:
        super().__init__(tokens, "", icon, kind, size=size)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
