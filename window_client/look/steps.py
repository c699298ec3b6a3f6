"""Progress: a bar with words for screen readers, and the steps of a piece of work as a row of marks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from window_client.look import icons
from window_client.look.fonts import font
from window_client.look.sheet import say_again
from window_client.look.tokens import Tokens


class Bar(QProgressBar):
    """`tell(3, 12)`; state: "" while it runs, "good", "bad"."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setRange(0, 1)
        self.setValue(0)

    def tell(self, done: int, of: int, state: str = "") -> None:
        self.setRange(0, max(of, 1))
        self.setValue(min(done, max(of, 1)))
        if self.property("state") != state:
            self.setProperty("state", state)
            say_again(self)


class Steps(QWidget):
    """① ─ ② ─ ③ with a word under each; what is done carries a tick."""

    def __init__(self, tokens: Tokens, names: tuple[str, ...], here: int) -> None:
        super().__init__()
        self._tokens, self._names, self._here = tokens, names, here
        self._font = font(tokens.px("small"), weight=QFont.Weight.Medium)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(names[here] if here < len(names) else names[-1])

    def go(self, here: int) -> None:
        self._here = here
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font)
        wide = sum(metrics.horizontalAdvance(name) + self._mark() + 40 for name in self._names)
        return QSize(wide, round(self._mark() * 1.3))

    def _mark(self) -> int:
        return round(self._tokens.px("small") * 1.7)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        metrics, mark = QFontMetrics(self._font), self._mark()
        # Where the words do not all fit, only the present step keeps its word; nothing is cut.
        fits = self.sizeHint().width() <= self.width()
        names = [name if fits or n == self._here else "" for n, name in enumerate(self._names)]
        words = [metrics.horizontalAdvance(name) for name in names]
        free = self.width() - sum(words) - len(words) * (mark + 8)
        line = max(12.0, free / max(1, len(words) - 1) - 20)
        x, y = 0.0, self.height() / 2
        for n, name in enumerate(names):
            self._paint_mark(painter, QRectF(x, y - mark / 2, mark, mark), n)
            painter.setPen(QColor(self._tokens.colour("text" if n == self._here else "text_soft")))
            x += mark + 8
            painter.drawText(QPointF(x, y + metrics.ascent() / 2 - metrics.descent() / 2), name)
            x += words[n] + 10
            if n + 1 < len(self._names):
                painter.setPen(QPen(QColor(self._tokens.colour("primary" if n < self._here else "line_strong")), 2))
                painter.drawLine(QPointF(x, y), QPointF(x + line, y))
                x += line + 10

    def _paint_mark(self, painter: QPainter, box: QRectF, n: int) -> None:
        colour = self._tokens.colour
        done, here = n < self._here, n == self._here
        painter.setPen(QPen(QColor(colour("primary" if done or here else "line_strong")), 2))
        painter.setBrush(QColor(colour("primary" if done or here else "surface")))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if done:
            px = round(box.width() * 0.6)
            place = box.center() - QPointF(px / 2, px / 2)
            painter.drawPixmap(place, icons.pixmap("check", colour("on_primary"), px, "bold"))
            return
        painter.setPen(QColor(colour("on_primary" if here else "text_soft")))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(n + 1))
