"""You already gave us this: document by document, for which items, until when. Nothing is chosen beforehand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from window_client.counter.scenes import AgreesTo, Consent, ConsentLine
from window_client.look.buttons import Button
from window_client.look.notice import Banner
from window_client.look.pieces import Card, Icon, column, row
from window_client.look.sheet import label
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.pages.page import Page


class ConsentPage(Page):
    step = 1

    def __init__(self, scene: Consent, words: Words, tokens: Tokens) -> None:
        super().__init__(words, tokens)
        self._scene = scene
        self._chosen: dict[str, bool] = {}
        self._buttons: dict[str, tuple[Button, Button]] = {}
        cards = [self._card(line) for line in scene.documents]
        promise = words("resident.consent.promise", until=scene.until)
        everything = Button(tokens, words("resident.consent.all"), "checks")
        everything.clicked.connect(self._agree_all)
        self._done = Button(tokens, words("resident.consent.done"), "arrow-right", "primary")
        self._done.clicked.connect(self._answer)
        self._left = label("", "soft", wrap=True)
        self.compose(
            words("resident.consent.title"),
            words("resident.consent.sentence", resident=scene.resident),
            (*cards, Banner(tokens, promise, "note"), None),
            (everything, self._left, None, self._done),
        )
        self._left.setSizePolicy(self._left.sizePolicy().Policy.Expanding, self._left.sizePolicy().Policy.Preferred)
        self._settle()

    def _card(self, line: ConsentLine) -> Card:
        words, tokens = self.words, self.tokens
        dates = words("resident.consent.kept_on", day=line.kept_on) if line.kept_on else words("resident.consent.today")
        if line.expires:
            dates += "　" + words("resident.consent.expires", day=line.expires)
        text = column(
            label(line.name, "heading", wrap=True),
            label(dates, "small", wrap=True),
            label(words("resident.consent.for", items=words.listed(line.purposes)), "body", wrap=True),
            gap=tokens.gap("xs"),
        )
        yes = Button(tokens, words("resident.consent.yes"), "check-circle")
        no = Button(tokens, words("resident.consent.no"), "x-circle")
        yes.setAccessibleName(f"{yes.text()} {line.name}")
        no.setAccessibleName(f"{no.text()} {line.name}")
        yes.clicked.connect(lambda: self._choose(line.document, True))
        no.clicked.connect(lambda: self._choose(line.document, False))
        self._buttons[line.document] = (yes, no)
        side = QBoxLayout.Direction.TopToBottom if tokens.large else QBoxLayout.Direction.LeftToRight
        inside = QBoxLayout(side)
        inside.setSpacing(tokens.gap("m"))
        told = row(gap=tokens.gap("m"))
        mark = Icon("file-text", tokens.colour("primary"), round(tokens.px("title") * 1.1), "duotone")
        told.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        told.addLayout(text, 1)
        inside.addLayout(told, 1)
        inside.addLayout(row(yes, no, gap=tokens.gap("s")))
        return Card(tokens, inside)

    def _choose(self, document: str, agrees: bool) -> None:
        self._chosen[document] = agrees
        self._settle()

    def _agree_all(self) -> None:
        self._chosen = dict.fromkeys(self._buttons, True)
        self._settle()

    def _settle(self) -> None:
        for document, (yes, no) in self._buttons.items():
            chosen = self._chosen.get(document)
            yes.tell(yes.text(), kind="chosen" if chosen is True else "plain")
            no.tell(no.text(), kind="chosen" if chosen is False else "plain")
        for line in self._scene.documents:
            yes, no = self._buttons[line.document]
            yes.setAccessibleName(f"{yes.text()} {line.name}")
            no.setAccessibleName(f"{no.text()} {line.name}")
        left = len(self._buttons) - len(self._chosen)
        self._left.setText(self.words("resident.consent.left", left=left) if left else "")
        self._done.setEnabled(left == 0)

    def _answer(self) -> None:
        agreed = tuple(document for document, yes in self._chosen.items() if yes)
        self.answered.emit(AgreesTo(agreed))
