"""Two windows into elsewhere: the department's page while it is being filled, and the resident's screen in small."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImageReader, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from window_client.look import icons
from window_client.look.fonts import font
from window_client.look.tokens import Tokens


class Picture(QWidget):
    """A picture scaled to fit, with rounded corners; while there is none, an icon and a sentence."""

    def __init__(self, tokens: Tokens, name: str, empty: str, icon: str = "browser", ratio: float = 16 / 10) -> None:
        super().__init__()
        self._tokens, self._empty, self._icon, self._ratio = tokens, empty, icon, ratio
        self._picture: QPixmap | None = None
        self._fitted: tuple[QSize, QPixmap] | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(160)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width / self._ratio)

    def sizeHint(self) -> QSize:
        return QSize(320, round(320 / self._ratio))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, round(160 / self._ratio))

    def shown_size(self) -> QSize | None:
        """How large the picture stands on the screen, in the widget's own pixels."""
        if self._picture is None:
            return None
        return self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)

    def show_picture(self, picture: QPixmap | None) -> None:
        self._picture = None if picture is None or picture.isNull() else picture
        self._fitted = None
        self.update()

    def tell(self, empty: str) -> None:
        self._empty = empty
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        frame = QPainterPath()
        frame.addRoundedRect(box, self._tokens.radius["m"], self._tokens.radius["m"])
        painter.fillPath(frame, QColor(self._tokens.colour("sunken")))
        painter.setClipPath(frame)
        if self._picture is None:
            self._paint_empty(painter)
        else:
            self._paint_picture(painter, self._picture)
        painter.setClipping(False)
        painter.setPen(QColor(self._tokens.colour("line")))
        painter.drawPath(frame)

    def _paint_picture(self, painter: QPainter, picture: QPixmap) -> None:
        if self._fitted is None or self._fitted[0] != self.size():
            # A painter that shrinks by more than half drops lines; Qt's own scaling averages them.
            scale = self.devicePixelRatioF()
            smooth = Qt.TransformationMode.SmoothTransformation
            fitted = picture.scaled(self.size() * scale, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            fitted.setDevicePixelRatio(scale)
            self._fitted = (self.size(), fitted)
        fitted = self._fitted[1]
        wide = fitted.width() / fitted.devicePixelRatio()
        painter.drawPixmap(QPointF((self.width() - wide) / 2, 0), fitted)

    def _paint_empty(self, painter: QPainter) -> None:
        mark = min(40, round(self.height() * 0.3))
        colour = self._tokens.colour("text_faint")
        top = (self.height() - mark - self._tokens.px("small") * 2) // 2
        painter.drawPixmap((self.width() - mark) // 2, top, icons.pixmap(self._icon, colour, mark, "light"))
        painter.setPen(QColor(colour))
        painter.setFont(font(self._tokens.px("small")))
        words = QRectF(12, top + mark + 6, self.width() - 24, self.height() - top - mark - 6)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(words, flags, self._empty)


class LiveView(Picture):
    """The department's own page, frame by frame (JPEG). A damaged frame leaves the last good one standing.

    Frames come faster than anybody reads: only the one that is painted is unpacked, once, and no larger than it is
    shown, which costs libjpeg a fraction of the whole (it is the window's thread, which must stay at hand).
    """

    def __init__(self, tokens: Tokens, name: str, empty: str) -> None:
        super().__init__(tokens, name, empty)
        self._jpeg, self._is_packed = b"", False

    def show_frame(self, jpeg: bytes) -> None:
        if jpeg is not self._jpeg:
            self._jpeg, self._is_packed = jpeg, True
            self.update()

    def shown_size(self) -> QSize | None:
        self._unpack()
        return super().shown_size()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._unpack()
        super().paintEvent(event)

    def _unpack(self) -> None:
        if not self._is_packed:
            return
        self._is_packed = False
        packed = QByteArray(self._jpeg)
        buffer = QBuffer(packed)  # held here: the reader holds neither it nor the bytes
        reader = QImageReader(buffer, QByteArray(b"jpeg"))
        whole, room = reader.size(), self.size() * self.devicePixelRatioF()
        if self.isVisible() and whole.width() > room.width() > 0:
            reader.setScaledSize(whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        frame = reader.read()
        if not frame.isNull():
            self._picture, self._fitted = QPixmap.fromImage(frame), None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._is_packed = bool(self._jpeg)


class Mirror(Picture):
    """The resident's screen in small. It asks for a picture of the stage; it never builds one of its own."""

    def __init__(self, tokens: Tokens, name: str, empty: str, look: Callable[[], QPixmap | None]) -> None:
        super().__init__(tokens, name, empty, "monitor")
        self._look = look
        self._timer = QTimer(self)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.refresh)  # an empty mirror would say that the resident sees nothing

    def refresh(self) -> None:
        # 1.3 ms a picture (measured); nothing is grabbed for a mirror nobody sees.
        if self.isVisible():
            self.show_picture(self._look())


class Paper(QWidget):
    """A sheet as it will be printed: as wide as there is room, `widest` pixels at most, in the middle."""

    def __init__(self, name: str, picture: QPixmap, widest: int) -> None:
        super().__init__()
        self._picture, self._widest = picture, widest
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(180)

    def _wide(self, width: int) -> int:
        return max(1, min(width, self._widest))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._wide(width) * self._picture.height() / max(1, self._picture.width()))

    def sizeHint(self) -> QSize:
        return QSize(self._widest, self.heightForWidth(self._widest))

    def paintEvent(self, event: QPaintEvent) -> None:
        wide = self._wide(self.width())
        scale = self.devicePixelRatioF()
        shown = self._picture.scaledToWidth(round(wide * scale), Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(scale)
        painter = QPainter(self)
        left = (self.width() - wide) // 2
        painter.drawPixmap(left, 0, shown)
        painter.setPen(QColor("#B9C6D6"))
        painter.drawRect(left, 0, wide - 1, self.heightForWidth(self.width()) - 1)
