"""The column on the right: what the resident sees right now, and the few acts that concern their screen."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from window_client.look.buttons import Button
from window_client.look.live import Mirror
from window_client.look.pieces import Card, Chip, Icon, Rule, clear, column, fill, row
from window_client.look.sheet import label
from window_client.staff.place import Place

_STATES = {
    "open": ("plain", "circle-dashed"),
    "begun": ("primary", "paper-plane-tilt"),
    "filed": ("good", "check"),
    "refused": ("bad", "prohibit"),
    "unsure": ("note", "question"),
    "not_sent": ("warn", "arrow-counter-clockwise"),
}


def case_chip(place: Place, state: str) -> Chip:
    kind, icon = _STATES[state]
    return Chip(place.tokens, place.words(f"staff.case.{state}"), kind, icon)


class Side(QWidget):
    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place
        self._drawn: object = None
        words, tokens = place.words, place.tokens
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.mirror = Mirror(tokens, words("staff.mirror"), words("staff.mirror.empty"), place.look)
        self._cover = Button(tokens, words("staff.cover"), "eye-slash", size="small")
        self._cover.clicked.connect(self._turn_cover)
        self._speak = Button(tokens, words("staff.speak.en"), "translate", size="small")
        self._speak.clicked.connect(self._turn_language)
        head = row(Icon("monitor", tokens.colour("primary"), round(tokens.px("heading") * 1.2)), gap=8)
        head.addWidget(label(words("staff.mirror"), "strong"), 1)
        acts = row(gap=8)
        acts.addWidget(self._cover, 1)
        acts.addWidget(self._speak, 1)
        self._cases = QVBoxLayout()
        self._cases.setSpacing(tokens.gap("s"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(tokens.gap("m"))
        fill(outer, Card(tokens, head, self.mirror, acts, gap="s", margin="m"))
        self._list = Card(tokens, self._cases, gap="s", margin="m")
        fill(outer, self._list, None)

    def draw(self) -> None:
        desk, words = self._place.desk, self._place.words
        covered = desk.moment == "blank"
        seen = (desk.visit.live_cases if desk.visit else (), covered, desk.language)
        if seen != self._drawn:
            self._drawn = seen
            self._cover.tell(words("staff.uncover" if covered else "staff.cover"), "eye" if covered else "eye-slash")
            self._speak.tell(words("staff.speak.en" if desk.language == "zh" else "staff.speak.zh"))
            self._draw_cases()
        self.mirror.refresh()

    def _draw_cases(self) -> None:
        clear(self._cases)
        desk, words = self._place.desk, self._place.words
        cases = desk.visit.live_cases if desk.visit else ()
        self._list.setVisible(bool(cases))
        self._cases.addWidget(label(words("staff.side.cases"), "strong"))
        for case in cases:
            item = desk.rooms.catalogue.item(case.item)
            department = words.either(item.department_name, item.department_name_en)
            told = row(label(department, "small", wrap=True), None, case_chip(self._place, case.state), gap=6)
            fill(
                self._cases,
                Rule(),
                column(label(words.either(item.name, item.name_en), "body", wrap=True), told, gap=4),
            )

    def _turn_cover(self) -> None:
        desk = self._place.desk
        self._place.act(lambda: desk.cover_resident_screen(desk.moment != "blank"))

    def _turn_language(self) -> None:
        desk = self._place.desk
        self._place.act(lambda: desk.speak("en" if desk.language == "zh" else "zh"))
