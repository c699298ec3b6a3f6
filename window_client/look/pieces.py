"""Small still pieces: card, rule, chip, icon, rows and columns. None of them reacts to anything."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from resources import Weight
from window_client.look import icons
from window_client.look.fonts import font
from window_client.look.sheet import label
from window_client.look.tokens import Tokens

Piece = QWidget | QLayout | int | None


def fill(layout: QBoxLayout, *pieces: Piece) -> None:
    """Widgets and layouts in order; a number is a distance, None takes the room that is left."""
    for piece in pieces:
        match piece:
            case None:
                layout.addStretch(1)
            case int():
                layout.addSpacing(piece)
            case QWidget():
                layout.addWidget(piece)
            case _:
                layout.addLayout(piece)


def row(*pieces: Piece, gap: int = 8, margin: int = 0) -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(margin, margin, margin, margin)
    fill(made, *pieces)
    return made


def column(*pieces: Piece, gap: int = 8, margin: int = 0) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(gap)
    made.setContentsMargins(margin, margin, margin, margin)
    fill(made, *pieces)
    return made


def clear(layout: QLayout) -> None:
    """Takes everything out; widgets are hidden at once so that no old text is painted once more."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class Card(QFrame):
    """A white sheet with a thin line around it. `body` is its column."""

    def __init__(self, tokens: Tokens, *pieces: Piece, kind: str = "plain", gap: str = "m", margin: str = "l") -> None:
        super().__init__()
        self.setProperty("card", kind)
        self.body = QVBoxLayout(self)
        edge = tokens.gap(margin)
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(tokens.gap(gap))
        fill(self.body, *pieces)


class Rule(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("rule", "h")
        self.setFixedHeight(1)


class Icon(QLabel):
    """A still icon beside a text; screen readers skip it."""

    def __init__(self, name: str, colour: str, px: int, weight: Weight = "regular") -> None:
        super().__init__()
        self.setPixmap(icons.pixmap(name, colour, px, weight))
        self.setFixedSize(px, px)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)


class Chip(QWidget):
    """A short state word on a soft ground; it never stretches. kind: good, warn, bad, note, plain, primary."""

    def __init__(self, tokens: Tokens, text: str, kind: str = "plain", icon: str = "", size: str = "small") -> None:
        super().__init__()
        self._tokens, self._icon = tokens, icon
        self._px = tokens.px(size)
        self._font = font(self._px, weight=QFont.Weight.Medium)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.tell(text, kind, icon)

    def tell(self, text: str, kind: str = "plain", icon: str = "") -> None:
        self.text, self.kind, self._icon = text, kind, icon
        self.setAccessibleName(text)
        self.setFixedSize(self.sizeHint())
        self.update()

    def _gap(self) -> int:
        return round(self._px * 0.4) if self._icon and self.text else 0

    def sizeHint(self) -> QSize:
        from PySide6.QtGui import QFontMetrics

        mark = round(self._px * 1.15) if self._icon else 0
        wide = QFontMetrics(self._font).horizontalAdvance(self.text) + mark + self._gap() + round(self._px * 1.5)
        return QSize(wide, round(self._px * 1.95))

    def _colours(self) -> tuple[QColor, QColor, str]:
        colour = self._tokens.colour
        match self.kind:
            case "good" | "warn" | "bad" | "note" | "primary":
                fore = colour(self.kind)
                return QColor(colour(f"{self.kind}_soft")), QColor(colour(f"{self.kind}_line")), fore
            case _:
                return QColor(colour("sunken")), QColor(colour("line_strong")), colour("text_soft")

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, line, fore = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line)
        painter.setBrush(ground)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        x = self._px * 0.75
        if self._icon:
            mark = round(self._px * 1.15)
            painter.drawPixmap(
                round(x), round((self.height() - mark) / 2), icons.pixmap(self._icon, fore, mark, "bold")
            )
            x += mark + self._gap()
        painter.setPen(QColor(fore))
        painter.setFont(self._font)
        painter.drawText(QRectF(x, 0, self.width() - x, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text)


class Scroll(QScrollArea):
    """A page that scrolls when large type needs it. `body` is its column."""

    def __init__(self, tokens: Tokens, *pieces: Piece, gap: str = "m") -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        inside.setObjectName("inside")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(tokens.gap(gap))
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        fill(self.body, *pieces)


def heading(tokens: Tokens, text: str, icon: str = "", role: str = "heading") -> QHBoxLayout:
    """A heading with its icon in the primary colour."""
    made = row(gap=tokens.gap("s"))
    if icon:
        made.addWidget(Icon(icon, tokens.colour("primary"), round(tokens.px(role) * 1.3)))
    made.addWidget(label(text, role))
    made.addStretch(1)
    return made
