"""The department's page in the clerk's hands: as large as there is room, under mouse and keys, with the way back.

Above it what is to be done, what the page itself asks, and, once fields were changed, which of the two counts.
"""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from window_client.casework.visit import Case
from window_client.counter.progress import CaseProgress
from window_client.look.buttons import Button
from window_client.look.notice import Banner
from window_client.look.pieces import Card, Piece, fill, row
from window_client.look.sheet import label
from window_client.look.touch import TouchView
from window_client.staff.panels.page_question import PageQuestion
from window_client.staff.place import Place

KNOWN = ("taken_over", "human")


class TakeOver(Card):
    """`tell(progress)` with every frame; built anew when the run parks, shows changes or goes on."""

    def __init__(self, place: Place, case: Case, progress: CaseProgress) -> None:
        super().__init__(place.tokens, kind="here", gap="s")
        self._place, self._case = place, case
        words, tokens = place.words, place.tokens
        item = place.desk.rooms.catalogue.item(case.item)
        name = words.either(item.department_name, item.department_name_en)
        self.setAccessibleName(f"{words('staff.hand_over.head')} {name}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        why = progress.parked if progress.parked in KNOWN else "login"
        said = words(f"staff.hand_over.{why}", words=progress.parked_words)
        seen, empty = words("staff.hand_over.view", department=name), words("staff.file.connecting")
        self.view = TouchView(tokens, seen, empty, place.desk.hand_overs[case.number])
        self.view.setObjectName(f"touch {case.number}")
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        title = label(f"{words('staff.hand_over.head')} · {name}", "heading", wrap=True)
        head = row(gap=tokens.gap("s"))
        head.addWidget(title, 1)
        for way in self._ways(bool(progress.asks)):
            head.addWidget(way)
        asked = [PageQuestion(place, case.number, one) for one in progress.asks]
        fill(self.body, head, Banner(tokens, said, "note"), *asked, *self._changes(progress))
        self.body.addWidget(self.view, 1)
        self.tell(progress)

    def tell(self, progress: CaseProgress) -> None:
        if progress.frame:
            self.view.show_frame(progress.frame)

    def _ways(self, asked: bool) -> list[Button]:
        desk, number, act = self._place.desk, self._case.number, self._place.act
        stop = self._button("staff.file.stop", "hand-palm", "danger")
        stop.clicked.connect(lambda: act(lambda: desk.stop(number)))
        on = self._button("staff.hand_over.carry_on", "play", "primary")
        on.setEnabled(not asked)  # a page that waits for an answer cannot be read
        on.clicked.connect(lambda: act(lambda: desk.carry_on(number)))
        return [stop, on]

    def _changes(self, progress: CaseProgress) -> list[Piece]:
        words, tokens, desk, number = self._place.words, self._place.tokens, self._place.desk, self._case.number
        if not progress.changed:
            return []
        lines = [
            label(words("staff.hand_over.line", label=one.label, wanted=one.wanted, got=one.got), "body", wrap=True)
            for one in progress.changed
        ]
        back = self._button("staff.hand_over.page", "arrow-u-up-left", "plain")
        back.clicked.connect(lambda: self._place.act(lambda: desk.write_back(number)))
        over = self._button("staff.hand_over.case", "arrow-clockwise", "primary")
        over.clicked.connect(lambda: self._place.act(lambda: desk.overwrite_page(number)))
        asked = label(words("staff.hand_over.changed", count=len(progress.changed)), "strong", wrap=True)
        more = label(words("staff.hand_over.page_more"), "tiny", wrap=True)
        return [
            Card(
                tokens,
                asked,
                *lines,
                row(over, back, None, gap=tokens.gap("s")),
                more,
                kind="warn",
                margin="m",
                gap="xs",
            )
        ]

    def _button(self, key: str, icon: str, kind: str) -> Button:
        made = Button(self._place.tokens, self._place.words(key), icon, kind, size="small")
        made.setObjectName(f"{key} {self._case.number}")
        return made
