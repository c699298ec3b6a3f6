"""The pad a resident signs on: pen before finger before mouse; what was drawn is drawn again from the strokes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from window_client.look.fonts import font
from window_client.look.strokes import Piece, Point, Strokes, pieces
from window_client.look.tokens import Tokens


class SignaturePad(QWidget):
    """`changed(is a signature)` after each stroke; `strokes` is what was drawn."""

    changed = Signal(bool)

    def __init__(self, tokens: Tokens, name: str, invitation: str) -> None:
        super().__init__()
        self._tokens, self._invitation = tokens, invitation
        self.strokes = Strokes()
        self._line: list[Point] | None = None
        self._by = ""
        self._began = 0
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_TabletTracking)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(180)

    def sizeHint(self) -> QSize:
        return QSize(900, 320)

    def clear(self) -> None:
        self.strokes, self._line, self._by = Strokes(self.width(), self.height()), None, ""
        self.update()
        self.changed.emit(False)

    # -- pen, finger, mouse --------------------------------------------------------------------------------------

    def tabletEvent(self, event: QTabletEvent) -> None:
        event.accept()
        kinds = {QEvent.Type.TabletPress: "down", QEvent.Type.TabletMove: "move", QEvent.Type.TabletRelease: "up"}
        self._draw("pen", kinds.get(event.type(), ""), event.position(), event.timestamp(), event.pressure())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and event.points():
            event.accept()
            first = event.points()[0]
            kinds = {QEvent.Type.TouchBegin: "down", QEvent.Type.TouchUpdate: "move", QEvent.Type.TouchEnd: "up"}
            capable = event.pointingDevice().hasCapability(QPointingDevice.Capability.Pressure)
            pressure = first.pressure() if capable else -1.0
            self._draw("finger", kinds.get(event.type(), "up"), first.position(), event.timestamp(), pressure)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._draw("mouse", "down", event.position(), event.timestamp(), -1.0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._draw("mouse", "move", event.position(), event.timestamp(), -1.0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._draw("mouse", "up", event.position(), event.timestamp(), -1.0)

    def _draw(self, by: str, what: str, at: QPointF, when: int, pressure: float) -> None:
        if self._line is not None and by != self._by:
            return  # a resting hand beside the pen draws nothing
        if what == "down":
            self._begin(by, when)
        if self._line is None or what == "":
            return
        self._line.append(Point(at.x(), at.y(), max(0, when - self._began), pressure))
        if what == "up":
            self._line = None
            self.changed.emit(self.strokes.is_a_signature)
        self.update()

    def _begin(self, by: str, when: int) -> None:
        if not self.strokes.lines:
            self._began = when
            self.strokes.width, self.strokes.height = self.width(), self.height()
        self._by, self._line = by, []
        self.strokes.lines.append(self._line)

    # -- what is seen --------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._tokens.colour
        painter.setPen(QPen(QColor(colour("line_strong")), 2, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(colour("surface")))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 14, 14)
        base = round(self.height() * 0.76)
        painter.setPen(QPen(QColor(colour("line")), 2))
        painter.drawLine(round(self.width() * 0.06), base, round(self.width() * 0.94), base)
        if not self.strokes.lines:
            painter.setPen(QColor(colour("text_faint")))
            painter.setFont(font(self._tokens.px("heading")))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._invitation)
        for line in self.strokes.lines:
            for piece in pieces(line) if line else ():
                painter.setPen(_pen(piece, colour("text")))
                painter.drawPath(_path(piece))


def _pen(piece: Piece, colour: str) -> QPen:
    return QPen(QColor(colour), piece.width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _path(piece: Piece) -> QPainterPath:
    path = QPainterPath(QPointF(*piece.start))
    path.quadTo(QPointF(*piece.bend), QPointF(*piece.end))
    return path
