"""One item of the catalogue in the list: the whole row is a button; Up and Down go through the rows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from window_client.casework.catalogue import Condition, ServiceItem, Verdict
from window_client.look.flow import Flow
from window_client.look.pieces import Chip, Icon, column
from window_client.look.sheet import label
from window_client.staff.place import Place

DEPARTMENT_ICONS = {
    "gongan": "shield-star",
    "minzheng": "hand-heart",
    "canlian": "wheelchair",
    "renshe": "briefcase",
    "yibao": "first-aid-kit",
    "weijian": "heartbeat",
    "zhujian": "buildings",
}
_VERDICTS = {"met": ("good", "check"), "unmet": ("bad", "x"), "open": ("plain", "question")}


def department_icon(department: str) -> str:
    return DEPARTMENT_ICONS.get(department, "bank")


class ItemRow(QPushButton):
    """`picked(code)`; `stepped(+1 or -1)` when the keyboard wants the next or the last row."""

    picked = Signal(str)
    stepped = Signal(int)

    def __init__(
        self, place: Place, item: ServiceItem, judged: tuple[tuple[Condition, Verdict], ...], *, is_picked: bool
    ) -> None:
        super().__init__()
        words, tokens = place.words, place.tokens
        name = words.either(item.name, item.name_en)
        department = words.either(item.department_name, item.department_name_en)
        self.setObjectName(f"item {item.code}")
        self.setAccessibleName(f"{name} {department}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.clicked.connect(lambda: self.picked.emit(item.code))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(tokens.gap("l"), tokens.gap("m"), tokens.gap("l"), tokens.gap("m"))
        inside.setSpacing(tokens.gap("l"))
        mark = Icon(
            department_icon(item.department), tokens.colour("primary"), round(tokens.px("title") * 1.4), "duotone"
        )
        unit = words(f"staff.unit.{item.promise_unit}")
        promise = (
            words("staff.pick.at_once")
            if item.is_immediate
            else words("staff.pick.promise", days=item.promise_days, unit=unit)
        )
        told = column(
            label(name, "strong", wrap=True),
            label(f"{department}　·　{promise}　·　{item.code}", "small", wrap=True),
            gap=2,
        )
        if judged:
            told.addLayout(self._conditions(place, judged))
        inside.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(told, 1)
        if is_picked:
            inside.addWidget(Chip(tokens, words("staff.pick.picked"), "good", "check"))
        else:
            inside.addWidget(Icon("plus-circle", tokens.colour("primary"), round(tokens.px("title") * 1.2)))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _conditions(self, place: Place, judged: tuple[tuple[Condition, Verdict], ...]) -> Flow:
        chips = Flow()
        for condition, verdict in judged:
            kind, icon = _VERDICTS[verdict]
            text = place.words.either(condition.words, condition.words_en)
            chips.addWidget(Chip(place.tokens, text, kind, icon, "tiny"))
        return chips

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case _:
                super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        inside = self.layout()
        assert inside is not None
        return inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        inside = self.layout()
        assert inside is not None
        return inside.minimumSize()
