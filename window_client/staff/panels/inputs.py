"""One input for one data element: text, date, code, several codes, region. `written(value)` when it is done."""

from __future__ import annotations

import re
from typing import assert_never

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from window_client.casework.catalogue import Catalogue, Code, Element
from window_client.look import icons
from window_client.look.buttons import Button
from window_client.look.flow import Flow
from window_client.look.sheet import say_again
from window_client.look.words import Words
from window_client.staff.place import Place

_FAST_DATE = re.compile(r"(\d{4})[./年]?(\d{2})[./月]?(\d{2})日?")


class Choice(QComboBox):
    """A list to choose from. The wheel scrolls the form, never the value: a value must not change by accident."""

    def __init__(self, place: Place, entries: list[tuple[str, str]], value: str = "") -> None:
        super().__init__()
        self._tokens = place.tokens
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(14)
        self.fill(entries, value)

    def fill(self, entries: list[tuple[str, str]], value: str) -> None:
        self.clear()
        for code, text in entries:
            self.addItem(text, code)
        self.setCurrentIndex(max(0, self.findData(value)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px = round(self._tokens.px("body") * 1.1)
        tone = self._tokens.colour("text_soft" if self.isEnabled() else "disabled")
        QPainter(self).drawPixmap(
            self.width() - px - 11, (self.height() - px) // 2, icons.pixmap("caret-down", tone, px, "bold")
        )


class Input(QWidget):
    """What all inputs share. `value()`, `put(value)` without telling, `mark(wrong)`."""

    written = Signal(str)

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.inside = QHBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(6)
        self._name, self._label = name, label

    def add(self, widget: QWidget, part: int = 0) -> None:
        widget.setObjectName(f"{self._name}.{part}")
        widget.setAccessibleName(self._label if part == 0 else f"{self._label} {part + 1}")
        self.inside.addWidget(widget, 1)

    def has_cursor(self) -> bool:
        return any(child.hasFocus() for child in self.findChildren(QWidget))

    def put(self, value: str) -> None:
        raise NotImplementedError

    def mark(self, wrong: bool) -> None:
        for kind in (QLineEdit, QComboBox):
            for child in self.findChildren(kind):
                if child.property("wrong") != ("true" if wrong else "false"):
                    child.setProperty("wrong", "true" if wrong else "false")
                    say_again(child)


class TextInput(Input):
    def __init__(self, element: Element, label: str, hint: str, *, date: bool = False) -> None:
        super().__init__(element.name, label)
        self._date = date
        self.line = QLineEdit()
        self.line.setMaxLength(element.max_length or (10 if date and not element.open_end else 120))
        self.line.setPlaceholderText("YYYY-MM-DD" if date else hint)
        self.line.setToolTip(hint)
        self.line.editingFinished.connect(self._done)
        self.add(self.line)

    def put(self, value: str) -> None:
        if self.line.text() != value and not self.line.hasFocus():
            self.line.setText(value)
            self.line.setCursorPosition(0)

    def _done(self) -> None:
        text = self.line.text().strip()
        # Eight digits are a date somebody typed fast; the clerk sees what becomes of them.
        digits = _FAST_DATE.fullmatch(text) if self._date else None
        if digits is not None:
            text = "-".join(digits.groups())
            self.line.setText(text)
        self.written.emit(text)


class CodeInput(Input):
    def __init__(self, place: Place, element: Element, label: str, codes: tuple[Code, ...]) -> None:
        super().__init__(element.name, label)
        entries = [("", place.words("staff.form.choose")), *_entries(codes, place.words)]
        self.choice = Choice(place, entries)
        self.choice.activated.connect(lambda _: self.written.emit(str(self.choice.currentData())))
        self.add(self.choice)

    def put(self, value: str) -> None:
        self.choice.setCurrentIndex(max(0, self.choice.findData(value)))


class SeveralInput(Input):
    """Several codes: one switch each."""

    def __init__(self, place: Place, element: Element, label: str, codes: tuple[Code, ...]) -> None:
        super().__init__(element.name, label)
        self._switches: dict[str, Button] = {}
        self._flow = Flow()
        self.inside.addLayout(self._flow, 1)
        for part, (code, text) in enumerate(_entries(codes, place.words)):
            switch = Button(place.tokens, text, "square", size="small")
            switch.setCheckable(True)
            switch.clicked.connect(self._done)
            switch.setObjectName(f"{element.name}.{part}")
            self._flow.addWidget(switch)
            switch.setAccessibleName(f"{label} {text}")
            self._switches[code] = switch

    def put(self, value: str) -> None:
        on = set(value.split(",")) if value else set()
        for code, switch in self._switches.items():
            switch.setChecked(code in on)
            switch.tell(switch.text(), "check-square" if code in on else "square")

    def _done(self) -> None:
        value = ",".join(code for code, switch in self._switches.items() if switch.isChecked())
        self.put(value)
        self.written.emit(value)


class RegionInput(Input):
    """Province, city, district: each list depends on the one before; written when the last one is chosen."""

    def __init__(self, place: Place, element: Element, label: str, catalogue: Catalogue) -> None:
        super().__init__(element.name, label)
        assert element.codes is not None
        self._table, self._place = catalogue.table(element.codes), place
        self._choices = [Choice(place, [("", "—")]) for _ in range(3)]
        for part, choice in enumerate(self._choices):
            choice.activated.connect(lambda _, part=part: self._chosen(part))
            self.add(choice, part)
        self.put("")

    def put(self, value: str) -> None:
        self._show(value.split("/") if value else [])

    def _show(self, chosen: list[str]) -> None:
        above = ""
        for part, choice in enumerate(self._choices):
            codes = self._table.below(above) if part == 0 or above else ()
            here = chosen[part] if part < len(chosen) else ""
            choice.fill([("", "—"), *_entries(codes, self._place.words)], here)
            choice.setEnabled(bool(codes))
            above = here

    def _chosen(self, part: int) -> None:
        chosen = [str(choice.currentData() or "") for choice in self._choices[: part + 1]]
        self._show(chosen)
        filled = [code for code in chosen if code]
        is_last = part == 2 or not self._choices[part + 1].isEnabled()
        if not filled or (filled == chosen and is_last):
            self.written.emit("/".join(filled))


def _entries(codes: tuple[Code, ...], words: Words) -> list[tuple[str, str]]:
    return [(code.value, words.either(code.label, code.label_en)) for code in codes]


def input_for(place: Place, element: Element) -> Input:
    catalogue, words = place.desk.rooms.catalogue, place.words
    label, hint = words.either(element.label, element.label_en), words.either(element.hint, element.hint_en)
    match element.kind:
        case "code":
            return CodeInput(place, element, label, catalogue.codes(element.codes or ""))
        case "multi_code":
            return SeveralInput(place, element, label, catalogue.codes(element.codes or ""))
        case "region":
            return RegionInput(place, element, label, catalogue)
        case "date":
            return TextInput(element, label, hint, date=True)
        case str():
            return TextInput(element, label, hint)
        case _:
            assert_never(element.kind)
