"""Which physical screen is whose, found by name, and what happens when one is unplugged.

Laws
* The resident's window is full-screen on the resident's screen and nowhere else; the clerk's window never lies on it.
  With one screen only, and only when no resident's screen is named, both are ordinary windows.
* A screen that goes away takes its window with it: the resident's is hidden and blanked and the clerk is told; when the
  clerk's goes, both are hidden and blanked. A screen that comes back gets its window back.
* Screens are found by name, never by number: on real machines the order changes with every plug (OnlyM #259, #316).
* The resident's window never takes the keyboard: the clerk types on while the resident presses a button.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QLabel, QWidget

from window_client.look.fonts import font

_RESIDENT = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
_ORDINARY = Qt.WindowType.Window


class Screens(QObject):
    """`place(staff, stage)` once; after that windows follow their screens by themselves.

    `blanked` asks for an empty resident page (before its window is shown anywhere again), `resident_lost` and
    `resident_found` are for the clerk. `together` is True while both are ordinary windows on one screen.
    """

    blanked = Signal()
    resident_lost = Signal()
    resident_found = Signal()

    def __init__(
        self, resident: str = "", clerk: str = "", present: Callable[[], Sequence[QScreen]] = QGuiApplication.screens
    ) -> None:
        """`resident`, `clerk`: screen names from the settings; empty: whichever is left."""
        super().__init__()
        self._resident, self._clerk, self._present = resident, clerk, present
        self._staff: QWidget | None = None
        self._stage: QWidget | None = None
        self._numbers: list[QWidget] = []
        self.together = False
        self.has_resident = False
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        # A zero timer: Qt has moved its windows about by then, and the list of screens is the new one.
        application.screenAdded.connect(lambda _: QTimer.singleShot(0, self.settle))
        application.screenRemoved.connect(lambda _: self.settle())

    # -- who is where --------------------------------------------------------------------------------------------

    def resident_screen(self) -> QScreen | None:
        """The screen with the resident's name; without a name, the one that is left when the clerk's is known."""
        present = list(self._present())
        if self._resident:
            return next((screen for screen in present if screen.name() == self._resident), None)
        if self._clerk and len(present) == 2 and self._clerk in [screen.name() for screen in present]:
            return next(screen for screen in present if screen.name() != self._clerk)
        return None

    def clerk_screen(self) -> QScreen | None:
        present = list(self._present())
        if self._clerk:
            return next((screen for screen in present if screen.name() == self._clerk), None)
        others = [screen for screen in present if screen.name() != self._resident]
        primary = QGuiApplication.primaryScreen()
        return primary if primary in others else (others[0] if others else None)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(screen.name() for screen in self._present())

    def choose(self, resident: str, clerk: str = "") -> None:
        """New names from the settings page."""
        self._resident, self._clerk = resident, clerk
        self.settle()

    # -- placing -------------------------------------------------------------------------------------------------

    def place(self, staff: QWidget, stage: QWidget) -> None:
        self._staff, self._stage = staff, stage
        stage.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.settle()

    def settle(self) -> None:
        """Puts every window where it belongs now; may be called any number of times."""
        if self._staff is None or self._stage is None:
            return
        clerk, resident = self.clerk_screen(), self.resident_screen()
        self.together = not self._resident and not self._clerk
        if clerk is None:
            self._hide_stage()
            self._staff.hide()
            return
        if self.together:
            self._side_by_side(clerk)
            return
        _fill_screen(self._staff, clerk, full=False)
        if resident is None or resident is clerk:
            self._hide_stage()
            return
        self._stage.setWindowFlags(_RESIDENT)
        _fill_screen(self._stage, resident, full=True)
        if not self.has_resident:
            self.has_resident = True
            self.resident_found.emit()

    def _hide_stage(self) -> None:
        assert self._stage is not None
        self._stage.hide()
        self.blanked.emit()
        if self.has_resident:
            self.has_resident = False
        self.resident_lost.emit()

    def _side_by_side(self, screen: QScreen) -> None:
        assert self._staff is not None
        assert self._stage is not None
        room = screen.availableGeometry()
        self._stage.setWindowFlags(_ORDINARY)
        if not self._staff.isVisible():
            self._staff.setGeometry(_share(room, 0.92, 0.9))
            self._staff.show()
        if not self._stage.isVisible():
            place = _share(room, 0.62, 0.7)
            place.moveBottomRight(room.bottomRight())
            self._stage.setGeometry(place)
            self._stage.show()
        if not self.has_resident:
            self.has_resident = True
            self.resident_found.emit()

    # -- which one is it? ----------------------------------------------------------------------------------------

    def identify(self, seconds: float = 3.0) -> tuple[str, ...]:
        """Shows a big number on every screen for a while; returns the names in the order of the numbers."""
        self._put_numbers_away()
        for number, screen in enumerate(self._present(), 1):
            self._numbers.append(_number_on(screen, number))
        QTimer.singleShot(round(seconds * 1000), self._put_numbers_away)
        return self.names

    def _put_numbers_away(self) -> None:
        for shown in self._numbers:
            shown.close()
            shown.deleteLater()
        self._numbers.clear()


def _fill_screen(window: QWidget, screen: QScreen, *, full: bool) -> None:
    # setScreen() alone does not move a full-screen window; the geometry has to be set before it is shown.
    window.setScreen(screen)
    window.setGeometry(screen.geometry() if full else screen.availableGeometry())
    if full:
        # Not showFullScreen(): that asks for the keyboard, which this window must never have.
        window.setWindowState(Qt.WindowState.WindowFullScreen)
        window.setVisible(True)
    else:
        window.showMaximized()


def _share(room: QRect, wide: float, tall: float) -> QRect:
    made = QRect(0, 0, round(room.width() * wide), round(room.height() * tall))
    made.moveTopLeft(room.topLeft())
    return made


def _number_on(screen: QScreen, number: int) -> QWidget:
    shown = QLabel(f"{number}")
    shown.setWindowFlags(_RESIDENT | Qt.WindowType.WindowStaysOnTopHint)
    shown.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
    shown.setFont(font(round(screen.geometry().height() * 0.4)))
    shown.setStyleSheet("background: #0C2747; color: #FFFFFF;")
    shown.setAccessibleName(f"{number} {screen.name()}")
    place = _share(screen.geometry(), 0.35, 0.5)
    place.moveCenter(screen.geometry().center())
    shown.setScreen(screen)
    shown.setGeometry(place)
    shown.show()
    return shown
