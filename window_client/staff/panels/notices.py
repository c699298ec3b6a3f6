"""Notices: the clerk chooses a case and a kind, says what only a person can say, signs, sees the paper, prints it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

import resources
from printing import layout
from printing.voucher import Form
from window_client.casework.visit import Case, Visit
from window_client.counter import notices as rules
from window_client.look.buttons import Button
from window_client.look.live import Paper
from window_client.look.notice import Banner
from window_client.look.pieces import Card, Chip, Piece, Scroll, column, fill, row
from window_client.look.sheet import label
from window_client.staff.panels.inputs import Choice
from window_client.staff.place import Panel, Place


class Notices(Panel):
    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._case = ""
        self._kind = ""
        self._typed: dict[tuple[str, str, str], str] = {}

    def seen(self) -> object:
        visit, drawn = self.desk.visit, self.desk.notice
        if visit is None or not visit.holder:
            return None
        number = drawn.issued.number if drawn else ""
        return visit.live_cases, visit.materials, visit.vouchers, self._case, self._kind, number, self._busy

    @property
    def _busy(self) -> bool:
        return self.desk.is_busy("printer")

    def build(self) -> None:
        words, tokens, visit = self.words, self.tokens, self.desk.visit
        if visit is None:
            self._typed = {}
        fill(self.body, self.head(words("staff.notices.title"), words("staff.notices.more")))
        if visit is None or not visit.holder or not visit.live_cases:
            fill(self.body, Banner(tokens, words("staff.notices.none"), "note"), None)
            return
        case = visit.cases.get(self._case) or visit.live_cases[0]
        self._case = case.number
        kinds = rules.offered(visit, case, self.desk.rooms.catalogue)
        self._kind = self._kind if self._kind in kinds else (kinds[0] if kinds else "")
        both = row(gap=tokens.gap("l"))
        both.addWidget(Scroll(tokens, self._cases(visit), self._kinds(kinds), *self._said(case), None), 5)
        both.addWidget(self._sheet(), 4)
        self.body.addLayout(both, 1)

    # -- what to issue -------------------------------------------------------------------------------------------

    def _cases(self, visit: Visit) -> Card:
        choice = Choice(self.place, [(one.number, self.item_name(one.item)) for one in visit.live_cases], self._case)
        choice.setObjectName("notice case")
        choice.setAccessibleName(self.words("staff.notices.case"))
        choice.activated.connect(lambda _: self._turn(case=str(choice.currentData())))
        return Card(self.tokens, label(self.words("staff.notices.case"), "heading"), choice, gap="s")

    def _kinds(self, kinds: tuple[str, ...]) -> Card:
        card = Card(self.tokens, label(self.words("staff.notices.kind"), "heading"), gap="s")
        for at in range(0, len(kinds), 2):
            line = row(gap=self.tokens.gap("s"))
            for kind in kinds[at : at + 2]:
                chosen = kind == self._kind
                name = rules.title(kind, self.words.language)
                one = Button(self.tokens, name, "check" if chosen else "", "chosen" if chosen else "plain")
                one.setObjectName(f"kind {kind}")
                one.clicked.connect(lambda _=False, kind=kind: self._turn(kind=kind))
                line.addWidget(one, 1)
            card.body.addLayout(line)
        return card

    def _turn(self, *, case: str = "", kind: str = "") -> None:
        self._case, self._kind = case or self._case, kind or self._kind
        self.draw()

    def _said(self, case: Case) -> list[Piece]:
        if not self._kind:
            return []
        words, tokens, now = self.words, self.tokens, self.desk.now()
        _, musts, mays = rules.KINDS[self._kind]
        card = Card(tokens, label(words("staff.notices.say"), "heading"), gap="s")
        for word in (*musts, *mays):
            line, place = QLineEdit(), (self._case, self._kind, word)
            first = rules.suggested(self._kind, word, case, self.desk.station, now)
            line.setText(self._typed.setdefault(place, first))
            line.setMaxLength(160)
            line.setObjectName(f"notice {word}")
            line.textChanged.connect(lambda said, place=place: self._typed.update({place: said}))
            name = rules.word_label(self._kind, word, words.language)
            line.setAccessibleName(name)
            need = Chip(tokens, words(f"staff.notices.{'must' if word in musts else 'may'}"), "plain", size="tiny")
            card.body.addLayout(column(row(label(name, "label"), need, None, gap=6), line, gap=4))
        go = Button(tokens, words("staff.notices.issue"), "seal-check", "primary")
        go.setObjectName("issue notice")
        go.setEnabled(not self._busy)
        go.clicked.connect(self._issue)
        card.body.addLayout(row(None, go))
        return [card]

    def _issue(self) -> None:
        here = (self._case, self._kind)
        typed = {word: said for (*place, word), said in self._typed.items() if tuple(place) == here}
        self.place.act(lambda: self.desk.issue_notice(self._case, self._kind, typed))

    # -- the finished paper --------------------------------------------------------------------------------------

    def _sheet(self) -> Card:
        words, tokens, drawn = self.words, self.tokens, self.desk.notice
        card = Card(tokens, kind="sunken")
        picture = QPixmap()
        if drawn is None or not picture.loadFromData(drawn.picture):
            empty = label(words("staff.notices.empty"), "soft", wrap=True)
            empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
            card.body.addWidget(empty, 1)
            return card
        scroll = Scroll(tokens)
        scroll.body.addWidget(
            Paper(words("staff.notices.preview"), picture, round(620 * (1.15 if tokens.large else 1)))
        )
        scroll.body.addStretch(1)
        card.body.addWidget(scroll, 1)
        card.body.addWidget(label(words("staff.notices.done", number=drawn.issued.number), "strong"))
        found = layout.of_kind(resources.layouts_dir(), drawn.kind)
        if found.parts(drawn.kind) > 1:
            card.body.addWidget(label(words("staff.notices.two"), "small", wrap=True))
        card.body.addLayout(self._print(drawn.issued.number, with_form=found.preprinted is not None))
        return card

    def _print(self, number: str, *, with_form: bool) -> QHBoxLayout:
        words, place, visit = self.words, self.place, self.desk.visit
        assert visit is not None
        copies = visit.vouchers[number].copies if number in visit.vouchers else 0
        names = ("a4", "a5", "80mm", "form") if with_form else ("a4", "a5", "80mm")
        forms = Choice(place, [(name, words(f"staff.notices.form.{name}")) for name in names], "a4")
        forms.setAccessibleName(words("staff.notices.form"))
        forms.setObjectName("notice form")
        shown = [
            (name, words("staff.hand_over.folder") if name == "folder" else name) for name in place.preferences.printers
        ]
        printers = Choice(place, shown, place.preferences.a4)
        printers.setAccessibleName(words("staff.notices.printer"))
        printers.setObjectName("notice printer")
        go = Button(self.tokens, words("staff.notices.reprint" if copies else "staff.notices.print"), "printer")
        go.setObjectName("print notice")
        go.setEnabled(not self._busy)
        go.clicked.connect(lambda: self._do_print(str(printers.currentData()), str(forms.currentData())))
        line = row(gap=self.tokens.gap("s"))
        line.addWidget(forms, 2)
        line.addWidget(printers, 3)
        line.addWidget(go)
        return line

    def _do_print(self, printer: str, form: str) -> None:
        self.place.act(lambda: self.desk.print_notice(printer, cast("Form", form)))
