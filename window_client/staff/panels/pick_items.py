"""Choose what the resident came for: by name, colloquial name, pinyin initials or code; conditions are shown."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from window_client.casework.catalogue import ServiceItem
from window_client.look import icons
from window_client.look.buttons import Button, IconButton
from window_client.look.pieces import Card, Icon, Rule, Scroll, clear, column, fill, row
from window_client.look.sheet import label
from window_client.staff.panels.item_row import ItemRow, department_icon
from window_client.staff.place import Panel, Place


class SearchField(QLineEdit):
    """A line with a magnifying glass in it."""

    def __init__(self, place: Place, hint: str) -> None:
        super().__init__()
        self._tokens = place.tokens
        self.setProperty("search", "true")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px = round(self._tokens.px("strong") * 1.35)
        painter = QPainter(self)
        painter.drawPixmap(
            15, (self.height() - px) // 2, icons.pixmap("magnifying-glass", self._tokens.colour("text_faint"), px)
        )


class PickItems(Panel):
    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.search = SearchField(place, self.words("staff.pick.search"))
        self.search.setObjectName("search")
        self.search.textChanged.connect(lambda _: self.draw())
        self.search.returnPressed.connect(self._pick_first)
        self.search.installEventFilter(self)
        self._rows: list[ItemRow] = []
        self._basket = QVBoxLayout()
        self._results = Scroll(place.tokens, gap="s")
        self._results.setObjectName("results")
        below = row(gap=self.tokens.gap("l"))
        below.addWidget(self._results, 5)
        side = Card(self.tokens, self._basket, margin="l")
        side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        below.addWidget(side, 3)
        fill(self.body, self.head(self.words("staff.pick.title"), self.words("staff.pick.more")), self.search)
        self.body.addLayout(below, 1)

    def home(self) -> QWidget:
        return self.search

    def seen(self) -> object:
        visit = self.desk.visit
        return self.search.text(), visit.live_cases if visit else None, visit.answers if visit else None

    def draw(self) -> None:
        """Search field and frame stay; only the two lists are drawn again."""
        seen = self.seen()
        if seen == self._drawn or not self.isVisible():
            return
        self._drawn = seen
        focused, place = self._where()
        self.build()
        self._back_to(focused, place)

    def build(self) -> None:
        clear(self._results.body)
        catalogue = self.desk.rooms.catalogue
        words = self.search.text().strip()
        found = catalogue.search(words, 30) if words else tuple(catalogue.items.values())
        picked = {case.item for case in self.desk.visit.live_cases} if self.desk.visit else set()
        self._rows = [self._row(item, item.code in picked) for item in found]
        fill(self._results.body, *self._rows, None)
        if not self._rows:
            self._results.body.insertWidget(0, label(self.words("staff.pick.none", words=words), "soft", wrap=True))
        self._build_basket()

    def _row(self, item: ServiceItem, is_picked: bool) -> ItemRow:
        visit = self.desk.visit
        values = {name: answer.value for name, answer in visit.answers.items()} if visit else {}
        judged = self.desk.rooms.catalogue.judge(item.code, values, datetime.now(UTC).astimezone().date())
        made = ItemRow(self.place, item, judged, is_picked=is_picked)
        made.picked.connect(self._pick)
        made.stepped.connect(self._step)
        return made

    def _build_basket(self) -> None:
        clear(self._basket)
        tokens, words = self.tokens, self.words
        cases = self.desk.visit.live_cases if self.desk.visit else ()
        fill(self._basket, label(words("staff.pick.basket", count=len(cases)), "heading"))
        if not cases:
            empty = column(
                Icon("basket", tokens.colour("text_faint"), 44, "light"),
                label(words("staff.pick.empty"), "soft", wrap=True),
                gap=8,
            )
            fill(self._basket, Rule(), 12, empty)
        for case in cases:
            name = self.item_name(case.item)
            away = IconButton(tokens, "trash", words("staff.pick.drop", item=name), size="small")
            away.setObjectName(f"drop {case.number}")
            away.clicked.connect(lambda _=False, number=case.number: self.place.act(lambda: self.desk.drop(number)))
            line = row(Icon(department_icon(case.department), tokens.colour("primary"), 24, "duotone"), gap=10)
            line.addLayout(
                column(
                    label(name, "body", wrap=True), label(self.department_name(case.item), "small", wrap=True), gap=0
                ),
                1,
            )
            line.addWidget(away)
            fill(self._basket, Rule(), line)
        fill(self._basket, None)
        if cases:
            told = words("staff.pick.union", fields=len(self.desk.form.fields), saved=self.desk.form.saved())
            known = self.desk.visit is not None and bool(self.desk.visit.holder)
            on = Button(
                tokens,
                words("staff.pick.on.papers" if known else "staff.pick.on"),
                "arrow-right",
                "primary",
                hint="F4" if known else "F3",
            )
            on.setObjectName("on")
            on.clicked.connect(lambda: self.place.go("gather" if known else "card"))
            fill(self._basket, label(told, "small", wrap=True), on)

    # -- keyboard ------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if watched is self.search and is_down and event.type() == QEvent.Type.KeyPress and self._rows:
            self._rows[0].setFocus()
            return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        here = next((n for n, one in enumerate(self._rows) if one.hasFocus()), 0) + by
        if here < 0:
            self.search.setFocus()
        elif here < len(self._rows):
            self._rows[here].setFocus()
            self._results.ensureWidgetVisible(self._rows[here])

    def _pick_first(self) -> None:
        if self._rows and self.search.text().strip():
            self._rows[0].click()

    def _pick(self, code: str) -> None:
        if self.desk.visit is None and not self.place.act(self.desk.open_visit):
            return
        if self.place.act(lambda: self.desk.pick(code)):
            self.search.clear()
            self.search.setFocus()
