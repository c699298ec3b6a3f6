"""One form for all items: each common value once, with its source beside it; trouble stands at its own field."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout

from window_client.casework.catalogue import contradictions
from window_client.casework.errors import WindowError
from window_client.casework.form import Form, FormField
from window_client.casework.visit import Visit
from window_client.look.buttons import Button
from window_client.look.pieces import Card, Icon, Scroll, fill, row
from window_client.look.sheet import label
from window_client.look.steps import Bar
from window_client.staff.panels.field import FieldRow, is_wide
from window_client.staff.place import Panel, Place
from window_client.staff.trouble import three_texts


class FillForm(Panel):
    columns_at = (720, 1180)

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.rows: dict[str, FieldRow] = {}
        self._only_open = False
        self._refused: dict[str, str] = {}
        QShortcut(QKeySequence("Ctrl+Return"), self, self._push)

    def seen(self) -> object:
        """Which fields there are; their values come and go without the inputs being built anew."""
        visit = self.desk.visit
        shown = tuple((one.name, one.required, one.used_by) for one in self._shown())
        return visit.number if visit else "", bool(visit and visit.holder), shown, self._only_open

    def draw(self) -> None:
        super().draw()
        if self.isVisible():
            self._tell_rows()

    def _shown(self) -> tuple[FormField, ...]:
        form, visit = self.desk.form, self.desk.visit
        if not self._only_open or visit is None:
            return form.fields
        kept = {name for name in self.rows if self.rows[name].input.has_cursor()}
        wrong = set(form.wrong(visit)) | visit.disputed | kept
        return tuple(one for one in form.fields if not visit.value(one.name) or one.name in wrong)

    def build(self) -> None:
        words, tokens = self.words, self.tokens
        self.rows = {}
        only = Button(tokens, words("staff.form.only_open"), "funnel", "chosen" if self._only_open else "plain")
        only.setObjectName("only open")
        only.clicked.connect(self._turn_only_open)
        push = Button(tokens, words("staff.form.push"), "monitor-arrow-up", "primary", hint="Ctrl+↵")
        push.setObjectName("push")
        push.clicked.connect(self._push)
        form = self.desk.form
        sentence = words("staff.form.more", fields=len(form.fields), saved=form.saved()) if form.fields else ""
        fill(self.body, self.head(words("staff.form.title"), sentence, only, push))
        if not form.fields:
            return self._nothing()
        self._bar = Bar(words("staff.form.progress"))
        self._count = label("", "small")
        line = row(gap=tokens.gap("m"))
        line.addWidget(self._bar, 1)
        line.addWidget(self._count)
        fill(self.body, line)
        cards = [
            self._card(group, tuple(fields)) for group, fields in groupby(self._shown(), lambda one: one.element.group)
        ]
        self.body.addWidget(Scroll(tokens, *cards, None, gap="m"), 1)
        return None

    def _nothing(self) -> None:
        inside = row(Icon("note-pencil", self.tokens.colour("text_faint"), 48, "light"), gap=16)
        inside.addWidget(label(self.words("staff.form.nothing"), "soft", wrap=True), 1)
        go = Button(self.tokens, self.words("staff.act.pick"), "magnifying-glass-plus", "primary", hint="F2")
        go.clicked.connect(lambda: self.place.go("pick"))
        fill(inside, go)
        fill(self.body, Card(self.tokens, inside), None)

    def _card(self, group: str, fields: tuple[FormField, ...]) -> Card:
        element = fields[0].element
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.tokens.gap("l"))
        grid.setVerticalSpacing(self.tokens.gap("m"))
        at, wide = 0, self.columns
        for field in fields:
            span = min(wide, 2 if is_wide(field) else 1)
            if at % wide + span > wide:
                at += wide - at % wide
            grid.addWidget(self._row(field), at // wide, at % wide, 1, span, Qt.AlignmentFlag.AlignTop)
            at += span
        for n in range(wide):
            grid.setColumnStretch(n, 1)
            grid.setColumnMinimumWidth(n, 10)
        title = label(self.words.either(element.group_label, element.group_label_en), "heading")
        return Card(self.tokens, title, grid, margin="l", gap="m")

    def _row(self, field: FormField) -> FieldRow:
        made = FieldRow(self.place, field)
        made.written.connect(self._write)
        self.rows[field.name] = made
        return made

    # -- values --------------------------------------------------------------------------------------------------

    def _write(self, element: str, value: str) -> None:
        """A value that cannot be right is refused at its own field; the old one stays with the desk."""
        try:
            self.desk.write(element, value)
        except WindowError as trouble:
            happened, _, then = three_texts(self.words, trouble.code, dict(trouble.detail))
            self._refused[element] = f"{happened} {then}"
            if element in self.rows:
                self.rows[element].complain(self._refused[element])
            return
        if self._refused.pop(element, None) is not None and element in self.rows:
            self._tell_rows()

    def _tell_rows(self) -> None:
        visit, form = self.desk.visit, self.desk.form
        if visit is None or not self.rows:
            return
        wrong = self._sentences(visit, form)
        for name, shown in self.rows.items():
            if name in self._refused:
                continue
            shown.tell(visit.answers.get(name), wrong.get(name, ""), name in visit.disputed)
        filled = sum(1 for one in form.fields if visit.value(one.name))
        missing = len(form.missing(visit))
        self._bar.tell(filled, len(form.fields), "good" if not missing else "")
        self._count.setText(self.words("staff.form.count", filled=filled, of=len(form.fields), missing=missing))

    def _sentences(self, visit: Visit, form: Form) -> Mapping[str, str]:
        """What is wrong, in words: a value by itself, and values that contradict each other."""
        values = {name: answer.value for name, answer in visit.answers.items()}
        codes = {**contradictions(values), **form.wrong(visit)}
        made = {}
        for name, code in codes.items():
            field = form.field(name)
            detail = {"label": field.element.label, "label_en": field.element.label_en} if field else {}
            full = code if "." in code else f"casework.value.{code}"
            made[name] = three_texts(self.words, full, dict(detail))[0]
        return made

    def _turn_only_open(self) -> None:
        self._only_open = not self._only_open
        self.draw()

    def _push(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        if self._refused:
            first = next(iter(self._refused))
            if first in self.rows:
                self.rows[first].input.setFocus()
            return
        if self.place.act(self.desk.push_review):
            self.place.go("resident")
