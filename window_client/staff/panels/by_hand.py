"""The guided way by hand: values to copy in the order of the department's page, and the number that comes back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from bridges.by_hand import Chip
from window_client.casework.errors import WindowError
from window_client.casework.visit import Case
from window_client.counter.progress import CaseProgress
from window_client.look.buttons import Button
from window_client.look.flow import Flow
from window_client.look.pieces import Card, Scroll, fill, row
from window_client.look.sheet import label
from window_client.staff.place import Place
from window_client.staff.trouble import three_texts


class ByHand(Card):
    """`back` leads to the cards of all departments again."""

    def __init__(self, place: Place, case: Case, back: Callable[[], None]) -> None:
        super().__init__(place.tokens, kind="here", gap="m")
        self._place, self._case = place, case
        words, tokens = place.words, place.tokens
        item = place.desk.rooms.catalogue.item(case.item)
        name = words.either(item.department_name, item.department_name_en)
        self.setAccessibleName(words("staff.by_hand.head", department=name))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        leave = self._button("staff.by_hand.back", "arrow-left", "plain")
        leave.clicked.connect(back)
        head = row(gap=tokens.gap("s"))
        head.addWidget(label(words("staff.by_hand.head", department=name), "heading", wrap=True), 1)
        head.addWidget(leave)
        self.number = QLineEdit()
        self.number.setObjectName(f"number {case.number}")
        self.number.setPlaceholderText(words("staff.by_hand.number"))
        self.number.setAccessibleName(words("staff.by_hand.number"))
        keep = self._button("staff.by_hand.register", "check", "primary")
        keep.clicked.connect(self._register)
        self.number.returnPressed.connect(self._register)
        line = row(gap=tokens.gap("s"))
        line.addWidget(self.number, 1)
        line.addWidget(keep)
        fill(self.body, head, label(words("staff.by_hand.more"), "small", wrap=True))
        self.body.addWidget(self._chips(), 1)
        self.body.addLayout(line)

    def tell(self, progress: CaseProgress) -> None:
        """Nothing is under way here; what the bridge last said is no news."""
        del progress

    def _register(self) -> None:
        desk, number = self._place.desk, self.number.text()
        self._place.act(lambda: desk.file_by_hand(self._case.number, number))

    def _chips(self) -> QWidget:
        words, tokens = self._place.words, self._place.tokens
        scroll = Scroll(tokens)
        try:
            chips = self._place.desk.sheet(self._case.number)
        except WindowError as trouble:
            said = three_texts(words, trouble.code, {key: str(value) for key, value in trouble.detail.items()})
            fill(scroll.body, *(label(one, "body", wrap=True) for one in said), None)
            return scroll
        pages = len({chip.step for chip in chips})
        for page, some in groupby(chips, lambda chip: chip.step):
            if pages > 1:
                fill(scroll.body, label(words("staff.by_hand.page", n=page), "strong"))
            box = QWidget()
            box.setLayout(Flow(*(self._chip(chip) for chip in some), gap=tokens.gap("s")))
            scroll.body.addWidget(box)
        scroll.body.addStretch(1)
        return scroll

    def _chip(self, chip: Chip) -> Button:
        made = Button(self._place.tokens, f"{chip.label}  {_short(chip.value)}", "copy", "plain", size="small")
        made.setObjectName(f"chip {chip.label}")
        made.setAccessibleName(f"{chip.label} {chip.value}")

        def copy() -> None:
            QGuiApplication.clipboard().setText(chip.value)
            self._place.say(self._place.words("staff.by_hand.copied", label=chip.label))

        made.clicked.connect(copy)
        return made

    def _button(self, key: str, icon: str, kind: str) -> Button:
        made = Button(self._place.tokens, self._place.words(key), icon, kind, size="small")
        made.setObjectName(f"{key} {self._case.number}")
        return made


def _short(value: str) -> str:
    return value if len(value) <= 28 else f"{value[:27]}…"
