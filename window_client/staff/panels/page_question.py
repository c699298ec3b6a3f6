"""What a department's page asks while the clerk holds it: its own words, and the answers it offers."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from bridges.filing import PageAsks
from window_client.look.buttons import Button
from window_client.look.pieces import Card, fill, row
from window_client.look.sheet import label
from window_client.staff.place import Place


class PageQuestion(Card):
    """An alert has one answer, a confirm two, a prompt also takes words."""

    def __init__(self, place: Place, case: str, asked: PageAsks) -> None:
        super().__init__(place.tokens, kind="warn", margin="m", gap="xs")
        self._place, self._case, self._asked = place, case, asked
        words = place.words
        self._typed = QLineEdit(asked.typed)
        self._typed.setObjectName(f"typed {case}")
        self._typed.setAccessibleName(words("staff.hand_over.asks_typed"))
        self._typed.setVisible(False)
        said = label(asked.words or words("staff.hand_over.asks_nothing"), "body", wrap=True)
        self.setAccessibleName(f"{words('staff.hand_over.asks')} {asked.words}")
        fill(self.body, label(words("staff.hand_over.asks"), "strong", wrap=True), said)
        if asked.kind == "prompt":
            self.body.addWidget(self._typed)
            self._typed.setVisible(True)
            self._typed.returnPressed.connect(lambda: self._answer(True))
        yes = self._button("staff.hand_over.asks_yes", "check", "primary", True)
        no = [] if asked.kind == "alert" else [self._button("staff.hand_over.asks_no", "x", "plain", False)]
        fill(self.body, row(yes, *no, None, gap=place.tokens.gap("s")))

    def _answer(self, yes: bool) -> None:
        desk, text = self._place.desk, self._typed.text() if yes else ""
        self.setEnabled(False)  # once; the page tells when it took the answer
        self._place.act(lambda: desk.answer_page(self._case, self._asked.n, yes, text))

    def _button(self, key: str, icon: str, kind: str, yes: bool) -> Button:
        made = Button(self._place.tokens, self._place.words(key), icon, kind, size="small")
        made.setObjectName(f"{key} {self._case}")
        made.clicked.connect(lambda: self._answer(yes))
        return made
