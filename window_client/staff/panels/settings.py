"""What a clerk may set at this window: language, look, screens, printers. Everything works at once and is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout

from window_client.look.buttons import Button
from window_client.look.pieces import Card, Icon, Piece, Rule, Scroll, column, fill, row
from window_client.look.sheet import label
from window_client.staff.panels.inputs import Choice
from window_client.staff.place import Panel, Place
from window_client.staff.preferences import Preferences

Put = Callable[[str], Preferences]


class SettingsPanel(Panel):
    def __init__(self, place: Place, prefer: Callable[[Preferences], None], identify: Callable[[], None]) -> None:
        super().__init__(place)
        self._prefer, self._identify = prefer, identify

    def seen(self) -> object:
        return self.place.preferences

    def build(self) -> None:
        words, tokens = self.words, self.tokens
        fill(self.body, self.head(words("staff.settings.title"), words("staff.settings.more")))
        look = self._card("translate", "staff.settings.look", self._languages(), self._themes(), self._sizes())
        screens = self._card("monitor", "staff.settings.screens", self._screens(), self._numbers())
        printers = self._card("printer", "staff.settings.printers", *self._printers())
        scroll = Scroll(tokens, look, screens, printers, None)
        scroll.setMaximumWidth(round(tokens.px("body") * 64))
        self.body.addWidget(scroll, 1)

    def _card(self, icon: str, title: str, *lines: Piece) -> Card:
        head = row(
            Icon(icon, self.tokens.colour("primary"), 26, "duotone"), label(self.words(title), "heading"), None, gap=10
        )
        card = Card(self.tokens, head)
        for line in lines:
            fill(card.body, Rule(), line)
        return card

    def _line(self, key: str, *pieces: Piece) -> QHBoxLayout:
        told = column(label(self.words(key), "strong"), label(self.words(f"{key}.more"), "small", wrap=True), gap=0)
        made = row(gap=self.tokens.gap("s"))
        made.addLayout(told, 1)
        fill(made, *pieces)
        return made

    def _switch(self, text: str, chosen: bool, wanted: Preferences) -> Button:
        made = Button(self.tokens, text, "check" if chosen else "", "chosen" if chosen else "plain", size="small")
        made.setObjectName(f"switch {text}")
        made.clicked.connect(lambda: self._prefer(wanted))
        return made

    def _languages(self) -> QHBoxLayout:
        now = self.place.preferences
        zh = self._switch(self.words("staff.settings.zh"), now.language == "zh", replace(now, language="zh"))
        en = self._switch(self.words("staff.settings.en"), now.language == "en", replace(now, language="en"))
        return self._line("staff.settings.language", zh, en)

    def _themes(self) -> QHBoxLayout:
        now, words = self.place.preferences, self.words
        light = self._switch(words("staff.settings.light"), now.theme == "light", replace(now, theme="light"))
        dark = self._switch(words("staff.settings.contrast"), now.theme == "contrast", replace(now, theme="contrast"))
        return self._line("staff.settings.theme", light, dark)

    def _sizes(self) -> QHBoxLayout:
        now, words = self.place.preferences, self.words
        usual = self._switch(words("staff.settings.usual"), not now.large, replace(now, large=False))
        large = self._switch(words("staff.settings.large"), now.large, replace(now, large=True))
        return self._line("staff.settings.size", usual, large)

    def _choice(self, key: str, entries: list[tuple[str, str]], chosen: str, put: Put) -> QHBoxLayout:
        choice = Choice(self.place, entries, chosen)
        choice.setObjectName(key)
        choice.setAccessibleName(self.words(key))
        choice.setMinimumWidth(round(self.tokens.px("body") * 18))
        choice.activated.connect(lambda _: self._prefer(put(str(choice.currentData()))))
        return self._line(key, choice)

    def _screens(self) -> QHBoxLayout:
        now = self.place.preferences
        entries = [("", self.words("staff.settings.unnamed")), *((name, name) for name in now.screens)]
        key = "staff.settings.resident_screen"
        return self._choice(key, entries, now.resident_screen, lambda name: replace(now, resident_screen=name))

    def _numbers(self) -> QHBoxLayout:
        show = Button(self.tokens, self.words("staff.settings.show_numbers"), "number-circle-one", size="small")
        show.setObjectName("identify")
        show.clicked.connect(self._identify)
        return self._line("staff.settings.identify", show)

    def _printers(self) -> list[Piece]:
        now = self.place.preferences
        folder = self.words("staff.hand_over.folder")
        entries = [(name, folder if name == "folder" else name) for name in now.printers]
        return [
            self._choice("staff.settings.a4", entries, now.a4, lambda name: replace(now, a4=name)),
            self._choice("staff.settings.receipt", entries, now.receipt, lambda name: replace(now, receipt=name)),
        ]
