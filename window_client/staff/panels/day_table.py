"""The day book as a table model that fetches page by page; sorting and filtering are the database's work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from window_client.casework.records.day_book import CaseRow
from window_client.look.fonts import font
from window_client.staff.fate import fate_kind, moment
from window_client.staff.place import Place

COLUMNS = ("number", "person", "item", "department", "state", "accepted", "status", "opened", "due")
_TONES = {"filed": "good", "refused": "bad", "unsure": "note", "not_sent": "warn", "begun": "primary", "open": "text"}
PAGE = 200

Fetch = Callable[[int, int], tuple[CaseRow, ...]]
Index = QModelIndex | QPersistentModelIndex


class DayTable(QAbstractTableModel):
    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place
        self.rows: list[CaseRow] = []
        self._fetch: Fetch = lambda *_: ()
        self._more = False

    def ask(self, fetch: Fetch) -> None:
        self.beginResetModel()
        self._fetch = fetch
        self.rows = list(fetch(PAGE, 0))
        self._more = len(self.rows) == PAGE
        self.endResetModel()

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        page = self._fetch(PAGE, len(self.rows))
        self._more = len(page) == PAGE
        if page:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(page) - 1)
            self.rows += page
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._place.words(f"staff.day_book.{COLUMNS[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        case, column = self.rows[index.row()], COLUMNS[index.column()]
        if column == "status" and role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{case.status_words} {moment(case.status_at)}".strip() or "—"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(case, column)
        if role == Qt.ItemDataRole.ForegroundRole and column == "state":
            return QColor(self._place.tokens.colour(_TONES.get(case.state, "text")))
        if role == Qt.ItemDataRole.ForegroundRole and column == "status" and case.status:
            return QColor(self._place.tokens.colour(fate_kind(case.status)))
        if role == Qt.ItemDataRole.FontRole and case.number in self._place.desk.fresh:
            return font(self._place.tokens.px("body"), weight=QFont.Weight.Bold)
        return None

    def _text(self, case: CaseRow, column: str) -> str:
        words, catalogue = self._place.words, self._place.desk.rooms.catalogue
        item = catalogue.items.get(case.item)
        match column:
            case "number":
                return case.number
            case "person":
                return case.person or "—"
            case "item":
                return words.either(item.name, item.name_en) if item else case.item
            case "department":
                return words.either(item.department_name, item.department_name_en) if item else case.department
            case "state":
                key = f"staff.case.{case.state}"
                return words(key) if words.knows(key) else case.state
            case "accepted":
                return case.accepted_number or "—"
            case "status":
                return case.status_words or "—"
            case "opened":
                return datetime.fromisoformat(case.opened_at).strftime("%m-%d %H:%M")
            case _:
                return self._due(case)

    def _due(self, case: CaseRow) -> str:
        """What is left of the promised period (承诺办结时限) of an accepted case, in the days it counts in."""
        item = self._place.desk.rooms.catalogue.items.get(case.item)
        if case.state != "filed" or item is None:
            return "—"
        words, desk = self._place.words, self._place.desk
        if item.is_immediate:
            return words("staff.due.at_once")
        calendar, now = desk.rooms.calendar, desk.now()
        due = calendar.due(datetime.fromisoformat(case.changed_at), item.promise_days, item.promise_unit)
        if due.is_over(now):
            return words("staff.due.over", day=due.at.strftime("%m-%d"))
        left = calendar.count(now.date(), due.at.date()) if item.promise_unit == "W" else (due.at - now).days
        told = words(f"staff.due.left.{item.promise_unit}", count=left, day=due.at.strftime("%m-%d"))
        return f"{told}{words('staff.due.provisional')}" if due.is_provisional else told
