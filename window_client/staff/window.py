"""The clerk's window: it puts rail, bars and panels in place and turns between them. Nothing else.

Wiring (done by assembly):
    window = StaffWindow(desk, words, tokens, preferences, look=stage.picture)
    lanes.went_wrong.connect(lambda errand, trouble: (desk.went_wrong(errand, trouble), window.tell(trouble)))
    screens.resident_lost / resident_found → window.tell_screen(False / True)
    window.preferred(Preferences) → keep it, `stage.wear(...)`; the window has already dressed itself
    window.identify_asked → screens.identify(); window.closing(callable) decides whether the window may close
The window observes the desk by itself. `turn(name)` shows a panel: pick, card, gather, form, resident, file, hand_over,
notices, day_book, settings. `act(callable)` is how the demo presses a button.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from window_client.casework.errors import WindowError
from window_client.casework.facts import StatusLearnt
from window_client.counter.desk import Desk
from window_client.look.notice import NoticeBar
from window_client.look.pieces import clear
from window_client.look.sheet import dress
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.staff.acts import ACTS, AROUND, states
from window_client.staff.fate import fate_kind, fate_words
from window_client.staff.panels import panels
from window_client.staff.place import Panel, Place
from window_client.staff.preferences import Preferences
from window_client.staff.rail import Rail
from window_client.staff.side import Side
from window_client.staff.top_bar import TopBar, call_next
from window_client.staff.trouble import TroubleBar

NARROW = 1600
WITHOUT_SIDE = ("day_book", "settings", "resident", "file", "notices", "verify")


class StaffWindow(QWidget):
    preferred = Signal(object)
    identify_asked = Signal()

    def __init__(
        self, desk: Desk, words: Words, tokens: Tokens, preferences: Preferences, look: Callable[[], QPixmap | None]
    ) -> None:
        super().__init__()
        self._desk, self._words, self._tokens = desk, words, tokens
        self._preferences, self._look = preferences, look
        self.may_close: Callable[[], bool] = lambda: True
        self._screen = True
        self.here = "pick"
        self.panels: dict[str, Panel] = {}
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._outer = QHBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for key, name in ((act.key, act.name) for act in (*ACTS, *AROUND)):
            QShortcut(QKeySequence(key), self, lambda name=name: self.turn(name))
        QShortcut(QKeySequence("F9"), self, lambda: call_next(self.place))
        QShortcut(QKeySequence("Esc"), self, self._put_trouble_away)
        self._build()
        desk.observers.append(self.draw)

    # -- building: once, and again for another language, theme or type size --------------------------------------

    def _build(self) -> None:
        clear(self._outer)
        dress(self, self._tokens)
        self.setWindowTitle(self._words("staff.title", window=self._desk.station.window))
        self.trouble = TroubleBar(self._tokens, self._words)
        self.notice = NoticeBar(self._tokens, self._words("staff.trouble.away"))
        self.place = Place(
            self._desk, self._words, self._tokens, self._preferences, self.act, self.turn, self.notice.say, self._look
        )
        self.rail = Rail(self._tokens, self._words, self._desk.station.window, self._desk.station.clerk_name)
        self.rail.turned.connect(self.turn)
        self.bar, self.side = TopBar(self.place), Side(self.place)
        self.panels = panels(self.place, self.prefer, self.identify_asked.emit)
        self._stack = QStackedWidget()
        for panel in self.panels.values():
            self._stack.addWidget(panel)
        self._outer.addWidget(self.rail)
        self._outer.addLayout(self._work(), 1)
        self.tell_screen(self._screen)
        self.turn(self.here)

    def _work(self) -> QVBoxLayout:
        edge = self._tokens.gap("l")
        inner = QVBoxLayout()
        inner.setContentsMargins(edge, edge, edge, edge)
        inner.setSpacing(self._tokens.gap("m"))
        inner.addWidget(self.trouble)
        inner.addWidget(self.notice)
        both = QHBoxLayout()
        both.setSpacing(edge)
        both.addWidget(self._stack, 1)
        both.addWidget(self.side)
        inner.addLayout(both, 1)
        made = QVBoxLayout()
        made.setSpacing(0)
        made.addWidget(self.bar)
        made.addLayout(inner, 1)
        return made

    # -- what happens --------------------------------------------------------------------------------------------

    def act(self, do: Callable[[], None]) -> bool:
        """Runs an act of the desk; trouble is told in the bar, and an earlier trouble is put away by success."""
        try:
            do()
        except WindowError as trouble:
            self.tell(trouble)
            return False
        self.trouble.put_away()
        return True

    def _put_trouble_away(self) -> None:
        self.trouble.put_away()

    def tell(self, trouble: WindowError) -> None:
        self.trouble.tell(trouble)

    def tell_news(self, learnt: StatusLearnt) -> None:
        """A department decided about a case by itself: said once here; it stays in the day book and on the card."""
        self.notice.say(fate_words(self._words, learnt, "staff.status.news"), fate_kind(learnt.state), seconds=20)

    def turn(self, name: str) -> None:
        self.here = name
        self._settle_side()
        self._stack.setCurrentWidget(self.panels[name])
        self.draw()

    def _settle_side(self) -> None:
        """The resident's screen in small stands beside most panels; a narrow window needs the room for two of them."""
        crowded = self.width() < NARROW and self.here in ("pick", "hand_over")
        self.side.setVisible(self.here not in WITHOUT_SIDE and not crowded)

    def draw(self) -> None:
        self.rail.tell(states(self._desk), self.here)
        self.bar.draw()
        self.side.draw()
        self.panels[self.here].draw()

    def prefer(self, preferences: Preferences) -> None:
        """Another language, theme, type size, screen or printer: laid out anew, what was typed is with the desk."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()  # what is being typed is written first
        self._preferences = preferences
        self._words = self._words if self._words.language == preferences.language else Words(preferences.language)
        self._tokens = Tokens.load("staff", preferences.theme, preferences.large)
        self._build()
        self.preferred.emit(preferences)

    def tell_screen(self, connected: bool) -> None:
        """The resident's screen is there, or is not: said in the rail, and loudly when it goes."""
        went = self._screen and not connected
        self._screen = connected
        self.rail.tell_screen(connected, self._words("staff.screen.there" if connected else "staff.screen.gone"))
        if went:
            self.tell(WindowError("client.resident_screen_gone"))
        elif connected and self.trouble.code == "client.resident_screen_gone":
            self.trouble.put_away()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_side()
        share = 0.19 if self.width() >= 1600 else 0.2
        self.side.setFixedWidth(max(264, min(420, round(self.width() * share))))

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self.may_close())
