"""The resident's window: one slot, `show_scene(scene)`, and one signal, `answered(answer)`.

Wiring (done by assembly): `desk.observers.append(lambda: stage.show_scene(desk.scene))`, `stage.answered.connect(
desk.answered)`, `screens.blanked.connect(stage.blank)`. `speak(words)` follows the resident's language.

Laws: what is shown is the scene and the fixed words of the pages, nothing kept from an earlier scene; large type and
high contrast are the resident's own choice and fall back when the next resident comes; no button takes the keyboard.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from window_client.counter import scenes as s
from window_client.look.buttons import Button
from window_client.look.pieces import Card, Icon, clear, fill, row
from window_client.look.sheet import dress, label
from window_client.look.steps import Steps
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.pages import page_for
from window_client.resident.pages.page import Page

STEPS = ("checklist", "consent", "review", "sign", "wait", "thanks")


class Stage(QWidget):
    """`say`: reads a text aloud; without a speech engine None, and then there is no button for it."""

    answered = Signal(object)

    def __init__(self, words: Words, tokens: Tokens, say: Callable[[str], None] | None = None) -> None:
        super().__init__()
        self._words, self._usual, self._tokens, self._say = words, tokens, tokens, say
        self.scene: s.Scene = s.Blank()
        self._camera_on = False
        self.page: Page | None = None
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        # The screen decides the size; a page that needs more scrolls.
        self._outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._build()

    # -- the one slot --------------------------------------------------------------------------------------------

    @Slot(object)
    def show_scene(self, scene: s.Scene) -> None:
        if scene == self.scene and self.page is not None:
            return
        same_page = type(scene) is type(self.scene)
        place = self.page.area.verticalScrollBar().value() if same_page and self.page and self.page.area else 0
        self.scene = scene
        if isinstance(scene, s.Welcome) and self._tokens != self._usual:
            self._tokens = self._usual  # the next resident chooses for themselves
        self._build()
        if place and self.page is not None and self.page.area is not None:
            self._outer.activate()
            self.page.area.verticalScrollBar().setValue(place)

    @Slot()
    def blank(self) -> None:
        self.show_scene(s.Blank())

    @property
    def language(self) -> str:
        return self._words.language

    def tell_camera(self, on: bool) -> None:
        """A camera looks at the counter: the resident is told for as long as it does, on every page."""
        self._camera_on = on
        self._camera.setVisible(on)

    def speak(self, words: Words) -> None:
        """Another language of the fixed words; the scene comes in it by itself."""
        self._words = words
        self._build()

    def wear(self, tokens: Tokens) -> None:
        """The look from the settings."""
        self._usual = self._tokens = tokens
        self._build()

    def picture(self) -> QPixmap | None:
        """What the resident sees now, for the clerk's mirror."""
        return self.grab() if self.isVisible() else None

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        clear(self._outer)
        dress(self, self._tokens)
        self.setWindowTitle(self._words("resident.window"))
        self.page = page_for(self.scene, self._words, self._tokens)
        self.page.answered.connect(self.answered)
        if not isinstance(self.scene, s.Blank):
            self._outer.addWidget(self._top())
        self._camera = self._camera_bar()
        self._outer.addWidget(self._camera)
        self._camera.setVisible(self._camera_on)  # only now: without a parent it would be a window of its own
        self._outer.addWidget(self.page, 1)

    def _top(self) -> QWidget:
        tokens, words = self._tokens, self._words
        bar = QWidget()
        bar.setObjectName("topbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QHBoxLayout(bar)
        inside.setContentsMargins(tokens.gap("xl"), tokens.gap("s"), tokens.gap("xl"), tokens.gap("s"))
        inside.setSpacing(tokens.gap("s"))
        mark = Icon("browsers", tokens.colour("primary"), round(tokens.px("heading") * 1.3), "duotone")
        fill(inside, mark, label(words("resident.brand"), "strong"))
        if self.page is not None and self.page.step >= 0 and not tokens.large:
            inside.addSpacing(tokens.gap("l"))
            inside.addWidget(Steps(tokens, tuple(words(f"resident.step.{name}") for name in STEPS), self.page.step), 1)
            inside.addSpacing(tokens.gap("m"))
        else:
            inside.addStretch(1)
        fill(inside, *self._choices())
        return bar

    def _camera_bar(self) -> Card:
        tokens = self._tokens
        lamp = Icon("record", tokens.colour("bad"), round(tokens.px("strong") * 1.3), "fill")
        told = label(self._words("resident.camera_on"), "strong", wrap=True)
        line = row(tokens.gap("xl") - tokens.gap("s"), lamp, gap=tokens.gap("s"))
        line.addWidget(told, 1)
        bar = Card(tokens, line, kind="bad", margin="s")
        bar.setObjectName("camera lamp")
        bar.setAccessibleName(self._words("resident.camera_on"))
        return bar

    def _choices(self) -> list[Button]:
        tokens, words = self._tokens, self._words
        large = Button(tokens, words("resident.large"), "text-aa", "chosen" if tokens.large else "plain", size="small")
        dark = tokens.theme == "contrast"
        contrast = Button(
            tokens, words("resident.contrast"), "circle-half", "chosen" if dark else "plain", size="small"
        )
        large.clicked.connect(lambda: self._choose(tokens.but(large=not tokens.large)))
        contrast.clicked.connect(lambda: self._choose(tokens.but(theme="light" if dark else "contrast")))
        made = [large, contrast]
        if self._say is not None:
            aloud = Button(tokens, words("resident.aloud"), "speaker-high", size="small")
            aloud.clicked.connect(self._read_aloud)
            made.append(aloud)
        return made

    def _choose(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._build()

    def _read_aloud(self) -> None:
        if self._say is not None and self.page is not None:
            self._say(self.page.spoken)
