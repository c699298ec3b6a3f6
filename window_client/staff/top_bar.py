"""The bar on top: who is being served, what is under way, and the acts that begin and end a visit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from window_client.casework.resident import masked_name
from window_client.counter.standing import Standing
from window_client.look.buttons import Button
from window_client.look.pieces import Chip, Icon, clear, column, fill, row
from window_client.look.sheet import label
from window_client.staff.acts import next_act
from window_client.staff.place import Place


class TopBar(QWidget):
    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place
        self._drawn: object = None
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._inside = QHBoxLayout(self)
        edge = place.tokens.gap("l")
        self._inside.setContentsMargins(edge, place.tokens.gap("s"), edge, place.tokens.gap("s"))
        self._inside.setSpacing(place.tokens.gap("s"))
        self.setMinimumHeight(round(place.tokens.control * 1.75))

    def draw(self) -> None:
        desk = self._place.desk
        seen = (desk.visit, tuple(errand.says for errand in desk.errands))
        if seen == self._drawn:
            return
        self._drawn = seen
        clear(self._inside)
        if desk.visit is None:
            self._idle()
        else:
            self._serving(desk)

    def _idle(self) -> None:
        place = self._place
        call = Button(place.tokens, place.words("staff.call"), "user-plus", "primary", hint="F9")
        call.clicked.connect(lambda: call_next(place))
        told = column(
            label(place.words("staff.idle"), "heading"), label(place.words("staff.idle.more"), "small"), gap=0
        )
        fill(self._inside, told, None, *self._busy(), call)

    def _serving(self, desk: Standing) -> None:
        place, visit = self._place, desk.visit
        assert visit is not None
        name = masked_name(visit.value("person.name")) if visit.holder else place.words("staff.unidentified")
        told = column(label(name, "heading"), label(place.words("staff.visit", number=visit.number), "small"), gap=0)
        face = Icon("user-circle", place.tokens.colour("primary"), round(place.tokens.px("display") * 1.2), "duotone")
        cases = place.words("staff.cases", count=len(visit.live_cases))
        chips = [Chip(place.tokens, cases, "primary", "stack")]
        if visit.is_confirmed:
            chips.append(Chip(place.tokens, place.words("staff.confirmed"), "good", "signature"))
        elif visit.disputed:
            chips.append(Chip(place.tokens, place.words("staff.disputed"), "warn", "warning"))
        park = Button(place.tokens, place.words("staff.park"), "pause")
        park.clicked.connect(lambda: place.act(place.desk.park_visit))
        end = Button(place.tokens, place.words("staff.end"), "sign-out")
        end.clicked.connect(lambda: place.act(place.desk.close_visit))
        fill(self._inside, face, 2, told, 8, *chips, None, *self._busy(), park, end)

    def _busy(self) -> list[QWidget]:
        """What is under way, in words; several at once are counted."""
        place, errands = self._place, self._place.desk.errands
        if not errands:
            return []
        text = place.words(errands[0].says)
        if len(errands) > 1:
            text = place.words("staff.busy_more", text=text, more=len(errands) - 1)
        chip = Chip(place.tokens, text, "note", "hourglass-medium")
        holder = QWidget()
        holder.setLayout(row(chip))
        return [holder]


def call_next(place: Place) -> None:
    if place.act(place.desk.open_visit):
        place.go(next_act(place.desk))
