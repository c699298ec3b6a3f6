"""File everything: all departments side by side, each page live, each number as soon as it is there."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from bridges.filing import Changed, PageAnswered, PageAsks, Parked, Resumed
from window_client.counter.progress import CaseProgress
from window_client.look.buttons import Button
from window_client.look.notice import Banner
from window_client.look.pieces import Scroll, fill
from window_client.staff.panels.by_hand import ByHand
from window_client.staff.panels.case_card import CaseCard
from window_client.staff.panels.take_over import TakeOver
from window_client.staff.place import Panel, Place


class FileAway(Panel):
    columns_at = (620, 960)

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.cards: dict[str, CaseCard | TakeOver | ByHand] = {}
        self._hand = ""  # the case that is being typed by hand
        self.desk.watchers.append(self._watch)
        self.destroyed.connect(lambda *_, desk=self.desk, watch=self._watch: desk.watchers.remove(watch))

    def seen(self) -> object:
        visit = self.desk.visit
        told = (visit.live_cases, visit.is_confirmed, visit.voucher) if visit else None
        return told, self.desk.in_flight, self._in_hands(), self._hand, tuple(self.desk.asked.values())

    def _turn_to_hand(self, number: str) -> None:
        self._hand = number
        self.draw()

    def _in_hands(self) -> tuple[tuple[str, str, object], ...]:
        """Cases whose page waits for the clerk, and what they changed."""
        return tuple(
            (number, progress.parked, (progress.changed, progress.asks))
            for number, progress in self.desk.progress.items()
            if progress.parked and number in self.desk.in_flight
        )

    def build(self) -> None:
        words, tokens, visit = self.words, self.tokens, self.desk.visit
        cases = visit.live_cases if visit else ()
        ready = [case for case in cases if case.may_be_filed and case.number not in self.desk.in_flight]
        filed = sum(case.state == "filed" for case in cases)
        confirmed = visit is not None and visit.is_confirmed
        send = Button(
            tokens, words("staff.file.all", count=len(ready)), "paper-plane-tilt", "primary" if ready else "plain"
        )
        send.setObjectName("send all")
        send.setEnabled(bool(ready) and confirmed)
        send.clicked.connect(lambda: self.place.act(self.desk.file_all))
        done = not ready and filed > 0 and not self.desk.in_flight
        on = Button(tokens, words("staff.file.on"), "arrow-right", "primary" if done else "plain", hint="F8")
        on.setObjectName("on")
        on.setEnabled(filed > 0)
        on.clicked.connect(lambda: self.place.go("hand_over"))
        sentence = words("staff.file.more", filed=filed, of=len(cases)) if cases else words("staff.file.none")
        fill(self.body, self.head(words("staff.file.title"), sentence, send, on))
        if cases and not confirmed and not filed:
            fill(self.body, Banner(tokens, words("staff.file.unconfirmed"), "warn"))
        grid = QGridLayout()
        grid.setSpacing(tokens.gap("m"))
        wide = min(self.columns, max(1, len(cases)))
        self.cards = {}
        waiting = [number for number, *_ in self._in_hands()]
        if waiting and visit:  # the page that waits for the clerk comes forward; the others go on behind it
            front = TakeOver(self.place, visit.cases[waiting[0]], self.desk.progress[waiting[0]])
            self.cards[waiting[0]] = front
            self.body.addWidget(front, 1)
            return
        typing = next((case for case in cases if case.number == self._hand and not case.is_settled), None)
        if typing is not None:
            sheet = ByHand(self.place, typing, lambda: self._turn_to_hand(""))
            self.cards[typing.number] = sheet
            self.body.addWidget(sheet, 1)
            return
        for n, case in enumerate(cases):
            card = CaseCard(self.place, case, case.number in self.desk.in_flight, self._turn_to_hand)
            self.cards[case.number] = card
            grid.addWidget(card, n // wide, n % wide)
        for n in range(wide):
            grid.setColumnStretch(n, 1)
        scroll = Scroll(tokens)
        scroll.body.addLayout(grid)
        scroll.body.addStretch(1)
        self.body.addWidget(scroll, 1)

    def _watch(self, case: str, said: object) -> None:
        """A frame or a step: only this card is told, nothing is built anew."""
        if isinstance(said, Parked | Changed | Resumed | PageAsks | PageAnswered):
            self.draw()
        card = self.cards.get(case)
        if card is not None and self.isVisible():
            card.tell(self.desk.progress.get(case, CaseProgress()))
