"""Hand over: the signed receipt as it will be printed, the paper, the rating, and the end of the visit."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QVBoxLayout

from window_client.casework.visit import IssuedVoucher
from window_client.look.buttons import Button, IconButton
from window_client.look.live import Paper
from window_client.look.notice import Banner
from window_client.look.pieces import Card, Chip, Icon, Piece, Rule, Scroll, column, fill, row
from window_client.look.sheet import label
from window_client.staff.panels.inputs import Choice
from window_client.staff.place import Panel
from window_client.staff.side import case_chip


class HandOver(Panel):
    def seen(self) -> object:
        visit, desk = self.desk.visit, self.desk
        if visit is None:
            return None
        return visit.live_cases, visit.vouchers, visit.stars is None, desk.issued, desk.moment, desk.is_busy("printer")

    def build(self) -> None:
        words, tokens = self.words, self.tokens
        fill(self.body, self.head(words("staff.hand_over.title"), words("staff.hand_over.more")))
        both = row(gap=tokens.gap("l"))
        both.addWidget(self._paper(), 4)
        scroll = Scroll(tokens, *self._beside(), None)
        both.addWidget(scroll, 5)
        self.body.addLayout(both, 1)

    # -- the receipt ---------------------------------------------------------------------------------------------

    def _paper(self) -> Card:
        words, tokens, issued = self.words, self.tokens, self.desk.issued
        card = Card(tokens, kind="sunken")
        picture = QPixmap()
        if issued is not None and picture.loadFromData(issued.receipt_png):
            sheet = Paper(words("staff.hand_over.preview"), picture, round(420 * (1.15 if tokens.large else 1)))
            scroll = Scroll(tokens)
            scroll.body.addWidget(sheet)
            scroll.body.addStretch(1)
            card.body.addWidget(scroll, 1)
            return card
        centre = Qt.AlignmentFlag.AlignHCenter
        inside = QVBoxLayout()
        inside.addStretch(1)
        inside.addWidget(Icon("receipt", tokens.colour("text_faint"), 88, "light"), 0, centre)
        empty = label(words("staff.hand_over.no_paper"), "soft", wrap=True)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(empty)
        inside.addStretch(1)
        card.body.addLayout(inside, 1)
        return card

    # -- what is done with it ------------------------------------------------------------------------------------

    def _beside(self) -> list[Piece]:
        visit = self.desk.visit
        if visit is None:
            return [Banner(self.tokens, self.words("staff.idle"), "note")]
        made: list[Piece] = [self._numbers(), self._issue()]
        if visit.voucher is not None and self.desk.issued is not None:
            made.append(self._print(visit.voucher))
        made.append(self._farewell())
        return made

    def _numbers(self) -> Card:
        words, visit = self.words, self.desk.visit
        assert visit is not None
        card = Card(self.tokens, label(words("staff.hand_over.numbers"), "heading"), gap="s")
        for case in visit.live_cases:
            told = column(
                label(self.department_name(case.item), "strong", wrap=True),
                label(self.item_name(case.item), "small", wrap=True),
                gap=0,
            )
            line = row(gap=self.tokens.gap("m"))
            line.addLayout(told, 1)
            line.addWidget(
                label(case.accepted_number, "value") if case.accepted_number else case_chip(self.place, case.state)
            )
            fill(card.body, Rule(), line)
        return card

    def _issue(self) -> Card:
        words, tokens, visit = self.words, self.tokens, self.desk.visit
        assert visit is not None
        voucher = visit.voucher
        busy = self.desk.is_busy("printer")
        again = voucher is not None
        issue = Button(
            tokens,
            words("staff.hand_over.show" if again else "staff.hand_over.issue"),
            "seal-check",
            "plain" if again else "primary",
        )
        issue.setObjectName("issue")
        issue.setEnabled(not busy and any(case.state == "filed" for case in visit.live_cases))
        issue.clicked.connect(lambda: self.place.act(self.desk.issue_voucher))
        about = words("staff.hand_over.signed", number=voucher.number) if voucher else words("staff.hand_over.unsigned")
        line = row(Icon("qr-code", tokens.colour("primary"), 34, "duotone"), gap=12)
        line.addWidget(label(about, "body", wrap=True), 1)
        fill(line, issue)
        return Card(tokens, line)

    def _print(self, voucher: IssuedVoucher) -> Card:
        words, tokens, place = self.words, self.tokens, self.place
        head = row(label(words("staff.hand_over.print"), "heading"), None)
        if voucher.copies:
            head.addWidget(Chip(tokens, words("staff.hand_over.copies", count=voucher.copies), "good", "check"))
        card = Card(tokens, head, gap="s")
        forms: tuple[tuple[Literal["80mm", "a4"], str], ...]
        forms = (("80mm", place.preferences.receipt), ("a4", place.preferences.a4))
        for form, chosen in forms:
            printers = [(name, self._printer(name)) for name in place.preferences.printers]
            choice = Choice(place, printers, chosen)
            choice.setObjectName(f"printer {form}")
            choice.setAccessibleName(words(f"staff.hand_over.printer.{form}"))
            verb = "staff.hand_over.reprint" if voucher.copies else "staff.hand_over.do_print"
            go = Button(tokens, words(verb), "printer", "plain" if voucher.copies else "primary")
            go.setObjectName(f"print {form}")
            go.setAccessibleName(f"{go.text()} {words(f'staff.hand_over.form.{form}')}")
            go.setEnabled(not self.desk.is_busy("printer"))
            go.clicked.connect(
                lambda _=False, form=form, choice=choice: self._do_print(form, str(choice.currentData()))
            )
            line = row(label(words(f"staff.hand_over.form.{form}"), "strong"), gap=tokens.gap("m"))
            line.addWidget(choice, 1)
            line.addWidget(go)
            fill(card.body, Rule(), line)
        if voucher.copies:
            card.body.addWidget(label(words("staff.hand_over.marked"), "small", wrap=True))
        return card

    def _printer(self, name: str) -> str:
        return self.words("staff.hand_over.folder") if name == "folder" else name

    def _do_print(self, form: Literal["80mm", "a4"], printer: str) -> None:
        self.place.act(lambda: self.desk.print_voucher(printer, form))

    def _farewell(self) -> Card:
        words, tokens, desk, visit = self.words, self.tokens, self.desk, self.desk.visit
        assert visit is not None
        rated = visit.stars is not None
        rate = Button(tokens, words("staff.hand_over.rate"), "smiley")
        rate.setObjectName("rate")
        rate.setEnabled(not rated)
        rate.clicked.connect(lambda: self.place.act(desk.show_rating))
        thanks = IconButton(tokens, "monitor-arrow-up", words("staff.hand_over.thanks"), "plain")
        thanks.setObjectName("thanks")
        thanks.clicked.connect(lambda: self.place.act(desk.show_thanks))
        end = Button(tokens, words("staff.hand_over.end"), "sign-out", "primary" if visit.voucher else "plain")
        end.setObjectName("end")
        end.clicked.connect(self._end)
        told = words("staff.hand_over.rated" if rated else "staff.hand_over.unrated")
        return Card(tokens, label(told, "soft", wrap=True), row(rate, thanks, None, end), gap="m")

    def _end(self) -> None:
        if self.place.act(self.desk.close_visit):
            self.place.say(self.words("staff.hand_over.ended"))
            self.place.go("pick")
