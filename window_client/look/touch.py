"""The department's page under the clerk's own mouse and keys: what happens on the picture happens there.

A place is told in parts of the picture, 0 to 1. Text comes as text (also from an input method), everything else as the
key it is. Nothing is kept.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QWheelEvent

from bridges.hand_over import HandOver, MouseKind
from window_client.look.live import LiveView
from window_client.look.tokens import Tokens

# Qt key -> (name of the key, its code, virtual key code, text)
KEYS = {
    Qt.Key.Key_Return: ("Enter", "Enter", 13, "\r"), Qt.Key.Key_Enter: ("Enter", "NumpadEnter", 13, "\r"),
    Qt.Key.Key_Tab: ("Tab", "Tab", 9, ""), Qt.Key.Key_Backspace: ("Backspace", "Backspace", 8, ""),
    Qt.Key.Key_Delete: ("Delete", "Delete", 46, ""), Qt.Key.Key_Escape: ("Escape", "Escape", 27, ""),
    Qt.Key.Key_Left: ("ArrowLeft", "ArrowLeft", 37, ""), Qt.Key.Key_Up: ("ArrowUp", "ArrowUp", 38, ""),
    Qt.Key.Key_Right: ("ArrowRight", "ArrowRight", 39, ""), Qt.Key.Key_Down: ("ArrowDown", "ArrowDown", 40, ""),
    Qt.Key.Key_Home: ("Home", "Home", 36, ""), Qt.Key.Key_End: ("End", "End", 35, ""),
    Qt.Key.Key_PageUp: ("PageUp", "PageUp", 33, ""), Qt.Key.Key_PageDown: ("PageDown", "PageDown", 34, ""),
}  # fmt: skip


class TouchView(LiveView):
    def __init__(self, tokens: Tokens, name: str, empty: str, hands: HandOver) -> None:
        super().__init__(tokens, name, empty)
        self._hands = hands
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _place(self, at: QPointF) -> tuple[float, float] | None:
        """Where on the page: the picture stands at the top, in the middle, as large as it fits."""
        size = self.shown_size()
        if size is None:
            return None
        x = (at.x() - (self.width() - size.width()) / 2) / size.width()
        y = at.y() / size.height()
        return (x, y) if 0 <= x <= 1 and 0 <= y <= 1 else None

    def _point(self, kind: MouseKind, event: QMouseEvent, clicks: int) -> None:
        place = self._place(event.position())
        if place is not None:
            names = {Qt.MouseButton.LeftButton: "left", Qt.MouseButton.RightButton: "right"}
            self._hands.point(kind, *place, button=names.get(event.button(), "none"), clicks=clicks)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        self._point("mousePressed", event, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._point("mouseReleased", event, 1)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._point("mousePressed", event, 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point("mouseMoved", event, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = self._place(event.position())
        if place is not None:
            turned = event.angleDelta()
            self._hands.point("mouseWheel", *place, dx=-turned.x(), dy=-turned.y())

    def event(self, event: QEvent) -> bool:
        """Tab belongs to the page while it has the focus; Shift+Tab leads out of it again."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab:
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        known = next((told for key, told in KEYS.items() if event.key() == key), None)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if known is not None:
            key, code, number, text = known
            self._hands.press(key, code, number, text=text)
        elif control and event.key() == Qt.Key.Key_A:
            self._hands.press("a", "KeyA", 65, modifiers=2)
        elif event.text() and event.text().isprintable() and not control:
            self._hands.write(event.text())
        else:
            event.ignore()  # F keys and shortcuts stay the window's

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString():
            self._hands.write(event.commitString())
        event.accept()
