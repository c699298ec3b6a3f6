"""Who is it? The card is read once; everything on it is in the form from then on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from window_client.casework.resident import masked_id_number
from window_client.counter.script import shown_value
from window_client.look.buttons import Button
from window_client.look.notice import Banner
from window_client.look.pieces import Card, Chip, Icon, column, fill, row
from window_client.look.sheet import label
from window_client.staff.place import Panel, Place
from window_client.staff.top_bar import call_next


class ReadCard(Panel):
    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._open = False

    def seen(self) -> object:
        visit = self.desk.visit
        return visit.number if visit else "", visit.card if visit else None, self.desk.is_busy("card"), self._open

    def build(self) -> None:
        words, visit = self.words, self.desk.visit
        fill(self.body, self.head(words("staff.card.title"), words("staff.card.more")))
        if visit is None:
            call = Button(self.tokens, words("staff.call"), "user-plus", "primary", hint="F9")
            call.clicked.connect(lambda: call_next(self.place))
            self._invite("users-three", words("staff.idle"), words("staff.idle.more"), call)
        elif not visit.holder:
            reading = self.desk.is_busy("card")
            read = Button(
                self.tokens, words("staff.card.reading" if reading else "staff.card.read"), "cardholder", "primary"
            )
            read.setObjectName("read")
            read.setEnabled(not reading)
            read.clicked.connect(lambda: self.place.act(self.desk.read_card))
            self._invite("identification-card", words("staff.card.put"), words("staff.card.put.more"), read)
            read.setFocus()
        else:
            self._person()

    def _invite(self, icon: str, title: str, sentence: str, button: Button) -> None:
        tokens = self.tokens
        centre = Qt.AlignmentFlag.AlignHCenter
        inside = QVBoxLayout()
        inside.setSpacing(tokens.gap("m"))
        inside.addStretch(1)
        inside.addWidget(Icon(icon, tokens.colour("primary"), 112, "duotone"), 0, centre)
        inside.addWidget(label(title, "title"), 0, centre)
        inside.addWidget(label(sentence, "soft"), 0, centre)
        inside.addSpacing(tokens.gap("s"))
        inside.addWidget(button, 0, centre)
        inside.addStretch(1)
        card = Card(tokens, inside)
        self.body.addWidget(card, 1)

    def _person(self) -> None:
        words, tokens, visit = self.words, self.tokens, self.desk.visit
        assert visit is not None
        head = row(
            Icon("user-circle-check", tokens.colour("good"), round(tokens.px("display") * 1.5), "duotone"), gap=14
        )
        head.addLayout(
            column(
                label(visit.value("person.name"), "title"),
                label(words("staff.card.identified"), "small"),
                gap=0,
            )
        )
        fill(head, None, Chip(tokens, words("staff.card.by_reader"), "good", "identification-card"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.gap("xl"))
        grid.setVerticalSpacing(tokens.gap("l"))
        for n, (name, text) in enumerate(self._lines()):
            grid.addLayout(column(label(name, "label"), label(text, "value", wrap=True), gap=2), n // 2, n % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        show = Button(
            tokens, words("staff.card.hide" if self._open else "staff.card.show"), "eye", "quiet", size="small"
        )
        show.setObjectName("show")
        show.clicked.connect(self._turn_open)
        again = Button(tokens, words("staff.card.again"), "arrows-clockwise", size="small")
        again.setEnabled(not visit.filing_started)
        again.clicked.connect(lambda: self.place.act(self.desk.read_card))
        on = Button(tokens, words("staff.card.on"), "arrow-right", "primary", hint="F4")
        on.setObjectName("on")
        on.clicked.connect(lambda: self.place.go("gather"))
        told = Banner(tokens, words("staff.card.told", count=len(visit.card)), "good")
        fill(
            self.body, Card(tokens, head, grid, row(show, again, None), gap="l", margin="xl"), told, row(None, on), None
        )

    def _lines(self) -> list[tuple[str, str]]:
        """What the card says; the number is masked until it is asked for, a resident may look over the desk."""
        visit, catalogue = self.desk.visit, self.desk.rooms.catalogue
        assert visit is not None
        made = []
        for name, value in visit.card.items():
            if name not in catalogue.elements or name == "person.name":
                continue
            element = catalogue.element(name)
            if name == "person.id_number":
                text = value if self._open else masked_id_number(value)
            else:
                text = shown_value(element, value, catalogue, self.words.language, masked=False)
            made.append((self.words.either(element.label, element.label_en), text))
        return made

    def _turn_open(self) -> None:
        self._open = not self._open
        self.draw()
