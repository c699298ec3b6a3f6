"""One field of the form: label, where its value came from, the input, and beside it what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from window_client.casework.form import FormField
from window_client.casework.visit import Answer
from window_client.look.pieces import Chip, row
from window_client.look.sheet import label
from window_client.staff.panels.inputs import input_for
from window_client.staff.place import Place

_SOURCES = {
    "card": ("good", "identification-card"),
    "vault": ("primary", "vault"),
    "earlier": ("note", "clock-counter-clockwise"),
    "typed": ("plain", "keyboard"),
}
WIDE_FROM = 60
"""Characters from which a field gets two columns: addresses, remarks."""


def is_wide(field: FormField) -> bool:
    element = field.element
    return element.kind in ("multi_code", "region") or (element.kind == "text" and element.max_length >= WIDE_FROM)


class FieldRow(QWidget):
    """`written(element, value)`."""

    written = Signal(str, str)

    def __init__(self, place: Place, field: FormField) -> None:
        super().__init__()
        self._place, self.field = place, field
        words, element = place.words, field.element
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        name = label(words.either(element.label, element.label_en), "label")
        head = row(name, gap=6)
        if field.required:
            star = label("*", "bad")
            star.setToolTip(words("staff.form.required"))
            head.addWidget(star)
        if len(field.used_by) > 1:
            shared = label(words("staff.form.shared", count=len(field.used_by)), "tiny")
            shared.setToolTip("、".join(field.used_by))
            head.addWidget(shared)
        head.addStretch(1)
        self._badge = Chip(place.tokens, "", size="tiny")
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        # The badge comes and goes; the row keeps its height.
        head.addStrut(self._badge.height())
        self.input = input_for(place, element)
        self.input.written.connect(lambda value: self.written.emit(element.name, value))
        self._wrong = label("", "bad", wrap=True)
        self._wrong.hide()
        outer.addLayout(head)
        outer.addWidget(self.input)
        outer.addWidget(self._wrong)

    def tell(self, answer: Answer | None, wrong: str, disputed: bool) -> None:
        """What the visit says about this field now. `wrong`: a sentence, or empty."""
        words = self._place.words
        self.input.put(answer.value if answer else "")
        sentence = words("staff.form.disputed") if disputed else wrong
        if disputed:
            self._badge.tell(words("staff.form.disputed_badge"), "bad", "warning")
        elif answer is not None:
            kind, icon = _SOURCES[answer.source]
            self._badge.tell(words(f"staff.source.{answer.source}"), kind, icon)
        self._badge.setVisible(answer is not None or disputed)
        self.complain(sentence)

    def complain(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        self.input.mark(bool(sentence))
