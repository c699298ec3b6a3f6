"""The day book: every case of this centre, found by number, masked name, item or state; open visits can be taken up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from window_client.look.buttons import Button
from window_client.look.fonts import font
from window_client.look.pieces import fill, row
from window_client.look.sheet import label
from window_client.staff.acts import next_act
from window_client.staff.fate import FATES
from window_client.staff.panels.day_table import COLUMNS, DayTable
from window_client.staff.panels.inputs import Choice
from window_client.staff.panels.pick_items import SearchField
from window_client.staff.place import Panel, Place

LONGEST = {
    "number": "V20261128-03-0008-12",
    "person": "欧阳**",
    "accepted": "GA-990101-2026-000088",
    "status": "退回补正了",
    "opened": "11-28 08:58",
}
# What gives way when the service's name would be cut: the hour (the day is in the case's number), the promise, the
# department (its service says whose it is). All of it is in the tooltip and on the case's own card.
GIVE_WAY = ("opened", "due", "department")
MARGIN = 28  # left and right of a cell's words
STATES = ("open", "begun", "filed", "refused", "unsure", "not_sent")
FATE = "fate:"


class DayBook(Panel):
    def __init__(self, place: Place) -> None:
        super().__init__(place)
        words, tokens = place.words, place.tokens
        self.search = SearchField(place, words("staff.day_book.search"))
        self.search.setObjectName("search")
        self._days = Choice(place, [("today", words("staff.day_book.today")), ("", words("staff.day_book.all_days"))])
        self._days.setAccessibleName(words("staff.day_book.days"))
        states = [("", words("staff.day_book.all_states")), *((one, words(f"staff.case.{one}")) for one in STATES)]
        states += [(f"{FATE}{one}", words(f"staff.status.{one}")) for one in FATES]
        self._states = Choice(place, states)
        self._states.setAccessibleName(words("staff.day_book.state"))
        self._resume = Button(tokens, words("staff.day_book.resume"), "play", "primary")
        self._resume.clicked.connect(self._take_up)
        self.model = DayTable(place)
        self.table = self._made_table()
        self._count = label("", "small")
        for signal in (self.search.textChanged, self._days.activated, self._states.activated):
            signal.connect(lambda *_: self.draw())
        line = row(gap=tokens.gap("s"))
        line.addWidget(self.search, 5)
        for choice in (self._days, self._states):
            choice.setMinimumWidth(round(tokens.px("body") * 11))
            line.addWidget(choice, 1)
        fill(self.body, self.head(words("staff.day_book.title"), words("staff.day_book.more"), self._resume), line)
        self.body.addWidget(self.table, 1)
        self._asked = label("", "small")
        fill(self.body, row(self._count, None, self._asked, gap=tokens.gap("m")))

    def _made_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.words("staff.day_book.title"))
        table.setObjectName("table")
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(True)  # a row has room for two lines
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        lines = QFontMetrics(font(self.tokens.px("body"))).lineSpacing() * 2
        table.verticalHeader().setDefaultSectionSize(max(round(self.tokens.px("body") * 3), lines + 12))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(COLUMNS.index("item"), QHeaderView.ResizeMode.Stretch)
        self._wanted, self._whole = self._widths()
        for name, width in self._wanted.items():
            table.setColumnWidth(COLUMNS.index(name), width)
        table.activated.connect(lambda _: self._take_up())
        table.selectionModel().selectionChanged.connect(lambda *_: self._settle())
        table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return table

    def _widths(self) -> tuple[dict[str, int], dict[str, int]]:
        """(least, whole) by the longest text there can be: names in two lines, then in one. Never by content
        (84 ms at 100,000 rows)."""
        words, items = self.words, self.desk.rooms.catalogue.items.values()
        metrics = QFontMetrics(font(self.tokens.px("body")))
        heads = QFontMetrics(font(self.tokens.px("body"), weight=QFont.Weight.DemiBold))
        due = words("staff.due.left.W", count=30, day="12-28") + words("staff.due.provisional")
        folded = {
            "item": [words.either(one.name, one.name_en) for one in items],
            "department": [words.either(one.department_name, one.department_name_en) for one in items],
            "due": [due],
        }
        texts = {name: [text] for name, text in LONGEST.items()} | folded
        texts["state"] = [words(f"staff.case.{one}") for one in STATES]
        head = {name: heads.horizontalAdvance(words(f"staff.day_book.{name}")) for name in COLUMNS}
        whole = {
            name: max(head[name], *(metrics.horizontalAdvance(one) for one in told)) + MARGIN
            for name, told in texts.items()
        }
        least = {
            name: max(head[name], *(in_two_lines(one, metrics) for one in told)) + MARGIN
            for name, told in folded.items()
        }
        return whole | least, whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window shows fewer columns, whole, rather than all of them cut; a wide one names in one line."""
        super().resizeEvent(event)
        room = self.width() - sum(self._wanted.values()) - MARGIN
        for name in GIVE_WAY:
            hidden = room < 0
            self.table.setColumnHidden(COLUMNS.index(name), hidden)
            room += self._wanted[name] if hidden else 0
        room -= self._whole["item"] - self._wanted["item"]  # the service's name is what is looked for
        for name in ("department", "due"):
            more = self._whole[name] - self._wanted[name]
            fits = more <= room
            self.table.setColumnWidth(COLUMNS.index(name), self._whole[name] if fits else self._wanted[name])
            room -= more if fits else 0

    def home(self) -> QWidget:
        return self.search

    def seen(self) -> object:
        visit = self.desk.visit
        length = visit.length if visit else -1
        asked = self.desk.fates.counts.asked if self.desk.fates else 0
        return self.search.text(), self._days.currentData(), self._states.currentData(), length, asked

    def draw(self) -> None:
        seen = self.seen()
        if seen == self._drawn or not self.isVisible():
            return
        self._drawn = seen
        self.build()

    def build(self) -> None:
        cabinet = self.desk.rooms.cabinet
        day = self.desk.now().date() if self._days.currentData() == "today" else None
        words, chosen = self.search.text().strip(), str(self._states.currentData())
        fate = chosen.removeprefix(FATE) if chosen.startswith(FATE) else None
        state = None if fate else chosen or None
        self.model.ask(
            lambda limit, offset: cabinet.day_book(
                day=day, words=words, state=state, status=fate, limit=limit, offset=offset
            )
        )
        more = "+" if self.model.canFetchMore(self.table.rootIndex()) else ""
        self._count.setText(self.words("staff.day_book.count", count=f"{len(self.model.rows)}{more}"))
        self._tell_asked()
        self._settle()

    def _tell_asked(self) -> None:
        """How the quiet asking goes: what nobody is interrupted for can be read here."""
        counts = self.desk.fates.counts if self.desk.fates else None
        told = ""
        if counts is not None and counts.last is not None:
            missed, last = sum(counts.without_answer.values()), counts.last.strftime("%H:%M")
            told = self.words("staff.status.asked", asked=counts.asked, news=counts.news, missed=missed, last=last)
        self._asked.setText(told)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever turns away has seen the news."""
        super().hideEvent(event)
        self.desk.fresh.clear()

    def _chosen(self) -> str:
        rows = self.table.selectionModel().selectedRows()
        return self.model.rows[rows[0].row()].visit if rows else ""

    def _settle(self) -> None:
        self._resume.setEnabled(bool(self._chosen()) and self.desk.visit is None)

    def _take_up(self) -> None:
        number = self._chosen()
        if number and self.place.act(lambda: self.desk.resume(number)):
            self.place.go(next_act(self.desk))


def in_two_lines(text: str, metrics: QFontMetrics) -> int:
    """How wide a cell must be to hold these words in two lines: broken at a space, or anywhere where there is none."""
    breaks = [n for n, sign in enumerate(text) if sign == " "] or [(len(text) + 1) // 2]
    return min(max(metrics.horizontalAdvance(text[:n]), metrics.horizontalAdvance(text[n:].strip())) for n in breaks)
