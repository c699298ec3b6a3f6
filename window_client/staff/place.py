"""The clerk's place: what every panel is given, and what every panel is.

A panel draws the desk and calls the desk's acts through `place.act`, which shows trouble in the one trouble bar. It
keeps nothing of its own but what is being typed. `seen()` is everything its picture depends on; when that has not
changed the panel is left alone, so nothing flickers and nobody loses the cursor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from window_client.counter.desk import Desk
from window_client.look.pieces import Piece, Scroll, clear, column, fill, row
from window_client.look.sheet import label
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.staff.preferences import Preferences


@dataclass(frozen=True)
class Place:
    """`act` runs an act of the desk and says whether it was done; `go` turns to a panel; `say` shows a short notice."""

    desk: Desk
    words: Words
    tokens: Tokens
    preferences: Preferences
    act: Callable[[Callable[[], None]], bool]
    go: Callable[[str], None]
    say: Callable[[str], None]
    look: Callable[[], QPixmap | None]


class Panel(QWidget):
    """One act of the clerk. A panel writes `seen` and `build`; `build` fills `self.body`, an empty column."""

    columns_at: tuple[int, ...] = ()

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.desk, self.words, self.tokens = place.desk, place.words, place.tokens
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(self.tokens.gap("m"))
        self._drawn: object = None
        self._columns = 0

    # -- what a panel writes -------------------------------------------------------------------------------------

    def seen(self) -> object:
        raise NotImplementedError

    def build(self) -> None:
        raise NotImplementedError

    def home(self) -> QWidget | None:
        """Where the keyboard goes when the clerk turns to this panel."""
        return None

    # -- drawing -------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        seen = (self.seen(), self.columns)
        if seen == self._drawn or not self.isVisible():
            return
        self._drawn = seen
        focused, place = self._where()
        clear(self.body)
        self.build()
        self._back_to(focused, place)

    @property
    def columns(self) -> int:
        """How many columns fit: one more for each width of `columns_at` (pixels at normal type) that is reached."""
        factor = 1.2 if self.tokens.large else 1.0
        return 1 + sum(self.width() >= width * factor for width in self.columns_at)

    def _where(self) -> tuple[str, int]:
        focused = self.focusWidget()
        scroll = self.findChild(Scroll)
        return focused.objectName() if focused else "", scroll.verticalScrollBar().value() if scroll else 0

    def _back_to(self, focused: str, place: int) -> None:
        again = self.findChild(QWidget, focused) if focused else None
        if again is not None:
            again.setFocus()
        scroll = self.findChild(Scroll)
        if scroll is not None and place:
            self.body.activate()
            scroll.verticalScrollBar().setValue(place)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.draw()
        home = self.home()
        if home is not None:
            home.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.columns_at:
            self.draw()

    # -- pieces every panel uses ---------------------------------------------------------------------------------

    def head(self, title: str, sentence: str, *actions: Piece) -> QHBoxLayout:
        made = row(gap=self.tokens.gap("s"))
        above = column(label(title, "title"), gap=2)
        if sentence:
            above.addWidget(label(sentence, "soft", wrap=True))
        made.addLayout(above, 1)
        fill(made, *actions)
        return made

    def item_name(self, code: str) -> str:
        item = self.desk.rooms.catalogue.item(code)
        return self.words.either(item.name, item.name_en)

    def department_name(self, code: str) -> str:
        item = self.desk.rooms.catalogue.item(code)
        return self.words.either(item.department_name, item.department_name_en)
