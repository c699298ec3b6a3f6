"""How a voucher of our own stands, and what a clerk may do with it: end it, let it rest, correct it, print it again.

What is final is asked twice, with the number to compare; what is being typed outlives a redrawing and a trouble.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

import resources
from printing import layout
from printing.voucher import Form, Line
from window_client.counter.changing import FOR_EVER, Ours
from window_client.look.buttons import Button
from window_client.look.notice import Banner
from window_client.look.pieces import Card, Chip, Piece, Rule, column, fill, row
from window_client.look.sheet import label
from window_client.staff.panels.inputs import Choice
from window_client.staff.place import Place

TONES = {"in_force": "good", "suspended": "warn", "revoked": "bad", "redeemed": "bad"}


@dataclass
class Typing:
    """What the clerk is about to do with one voucher."""

    number: str = ""
    act: str = ""
    sure: bool = False
    reason: str = ""
    values: dict[str, str] = field(default_factory=dict)

    def begin(self, number: str, act: str) -> None:
        if (self.number, self.act) != (number, act):
            self.number, self.act, self.reason, self.values = number, act, "", {}
        self.sure = False


class VoucherStanding(Card):
    """`again` redraws the panel; `act` of `typing` is what the clerk has chosen."""

    def __init__(self, place: Place, ours: Ours, typing: Typing, again: Callable[[], None]) -> None:
        super().__init__(place.tokens, gap="s")
        self.place, self.ours, self.typing, self.again = place, ours, typing, again
        self.words, self.tokens = place.words, place.tokens
        number = ours.voucher.number
        if typing.number != number or (typing.act not in ours.offered and typing.act not in ("", "print")):
            typing.begin(number, "")
        state = Chip(self.tokens, self.words(f"staff.standing.state.{ours.state}"), TONES[ours.state])
        state.setObjectName("standing state")
        fill(self.body, row(label(self.words("staff.standing.title"), "heading"), None, state))
        fill(self.body, *self._chain(), *self._changes())
        if typing.act:
            fill(self.body, Rule(), *self._asked())
        else:
            self._offers()

    # -- what is known -------------------------------------------------------------------------------------------

    def _chain(self) -> list[Piece]:
        if len(self.ours.chain) < 2:
            return []
        made: list[Piece] = [label(self.words("staff.standing.chain"), "small")]
        for one in self.ours.chain:
            told = f"{one.number} · {self.words(f'staff.standing.state.{one.state}')}"
            here = one.number == self.ours.voucher.number
            made.append(label(f"→ {told}" if one is not self.ours.chain[0] else told, "strong" if here else "body"))
        return made

    def _changes(self) -> list[Piece]:
        made: list[Piece] = [label(self.words("staff.standing.changes"), "small")]
        for one in self.ours.changes:
            at = one.at.astimezone().strftime("%Y-%m-%d %H:%M")
            state = self.words(f"staff.standing.state.{one.state}")
            made.append(label(f"{at} · {state} · {one.reason} · {one.actor}", "body", wrap=True))
        return made if self.ours.changes else [label(self.words("staff.standing.none_yet"), "small")]

    # -- what may be done ----------------------------------------------------------------------------------------

    def _offers(self) -> None:
        if not self.ours.offered:
            fill(self.body, Banner(self.tokens, self.words("staff.standing.final"), "note"))
            return
        acts = [*self.ours.offered, *(("print",) if self.ours.state == "in_force" else ())]
        for at in range(0, len(acts), 3):
            line = row(gap=self.tokens.gap("s"))
            for act in acts[at : at + 3]:
                one = Button(self.tokens, self._name(act), "", "danger" if act == "revoke" else "plain")
                one.setObjectName(f"act {act}")
                one.clicked.connect(lambda _=False, act=act: self._turn(act))
                line.addWidget(one, 1)
            self.body.addLayout(line)

    def _name(self, act: str) -> str:
        return self.words("staff.standing.reprint" if act == "print" and self.ours.printed else f"staff.standing.{act}")

    def _turn(self, act: str) -> None:
        self.typing.begin(self.ours.voucher.number, act)
        self.again()

    # -- the act that was chosen ---------------------------------------------------------------------------------

    def _asked(self) -> list[Piece]:
        act, words = self.typing.act, self.words
        made: list[Piece] = [label(self._name(act), "strong")]
        if act == "print":
            made.append(self._papers())
        else:
            made.append(label(words(f"staff.standing.{act}.more"), "soft", wrap=True))
        if act == "correct":
            made += self._values()
        if act != "print" or self.ours.printed:
            key = {"correct": "reason_correct", "print": "reprint_reason"}.get(act, "reason")
            self.reason = self._line("reason", words(f"staff.standing.{key}"), self.typing.reason, made)
            self.reason.textChanged.connect(self._reasoned)
        if self.typing.sure:
            made.append(Banner(self.tokens, words("staff.standing.for_ever", number=self.ours.voucher.number), "warn"))
        return [*made, self._buttons()]

    def _line(self, name: str, title: str, text: str, made: list[Piece]) -> QLineEdit:
        line = QLineEdit(text)
        line.setMaxLength(160)
        line.setObjectName(f"standing {name}")
        line.setAccessibleName(title)
        made.append(column(label(title, "label", wrap=True), line, gap=4))
        return line

    def _values(self) -> list[Piece]:
        """Every word of the voucher as it was signed, to be put right."""
        made: list[Piece] = []
        found = layout.load(resources.layouts_dir(), self.ours.voucher.layout)
        rows: list[tuple[str, Line, dict[str, str]]] = [
            ("", line, found.words.get(line.key, {})) for line in self.ours.voucher.lines
        ]
        for n, item in enumerate(self.ours.voucher.items, 1):
            rows += [(f"items.{n}.", line, found.item_words.get(line.key, {})) for line in item]
        for before, one, names in rows:
            place, title = f"{before}{one.key}", names.get(self.words.language, one.key)
            title = f"{before.split('.')[1]} · {title}" if before else title
            line = self._line(place, title, self.typing.values.get(place, one.value), made)
            line.textChanged.connect(lambda said, place=place: self.typing.values.update({place: said}))
        return made

    def _papers(self) -> QHBoxLayout:
        words, place = self.words, self.place
        self.forms = Choice(place, [(name, words(f"staff.notices.form.{name}")) for name in ("a4", "a5", "80mm")], "a4")
        self.forms.setAccessibleName(words("staff.standing.form"))
        shown = [(name, words("staff.hand_over.folder") if name == "folder" else name) for name in self._printers]
        self.printers = Choice(place, shown, place.preferences.a4)
        self.printers.setAccessibleName(words("staff.standing.printer"))
        return row(self.forms, self.printers, gap=self.tokens.gap("s"))

    @property
    def _printers(self) -> tuple[str, ...]:
        return self.place.preferences.printers

    def _buttons(self) -> QHBoxLayout:
        typing, words = self.typing, self.words
        back = Button(self.tokens, words("staff.standing.back"), "arrow-left")
        back.setObjectName("act back")
        back.clicked.connect(lambda: self._turn(""))
        name = words("staff.standing.sure", act=self._name(typing.act)) if typing.sure else self._name(typing.act)
        last = typing.sure or typing.act not in FOR_EVER
        text = name if last else words("staff.standing.go")
        self.go = Button(self.tokens, text, "", "danger" if typing.sure else "primary")
        self.go.setObjectName("act go")
        self.go.clicked.connect(self._do if last else self._ask_again)
        self._reasoned(typing.reason)
        return row(back, None, self.go, gap=self.tokens.gap("s"))

    def _reasoned(self, said: str) -> None:
        self.typing.reason = said
        needed = self.typing.act != "print" or self.ours.printed
        self.go.setEnabled(bool(said.strip()) or not needed)

    def _ask_again(self) -> None:
        self.typing.sure = True
        self.again()

    def _do(self) -> None:
        desk, typing = self.place.desk, self.typing
        typing.sure = False
        if typing.act == "correct":
            self.place.act(lambda: desk.correct_voucher(dict(typing.values), typing.reason))
        elif typing.act == "print":
            printer, form = str(self.printers.currentData()), cast("Form", self.forms.currentData())
            reason = typing.reason if self.ours.printed else ""
            typing.act = ""
            self.place.act(lambda: desk.print_checked(printer, form, reason))
        else:
            self.place.act(lambda: desk.change_voucher(typing.act, typing.reason))
