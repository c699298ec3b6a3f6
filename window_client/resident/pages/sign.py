"""The signature, bound to exactly what was read: the digest under the pad is the one that is signed."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from window_client.counter.scenes import GoesBack, Sign, Signs
from window_client.look.buttons import Button
from window_client.look.flow import Flow
from window_client.look.pieces import Chip, Icon, column, fill, row
from window_client.look.sheet import label
from window_client.look.signature import SignaturePad
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.pages.page import Page


class SignPage(Page):
    step = 3

    def __init__(self, scene: Sign, words: Words, tokens: Tokens) -> None:
        super().__init__(words, tokens)
        title, sentence = words("resident.sign.title"), words("resident.sign.sentence", resident=scene.resident)
        self.spoken = f"{title}。{sentence}"
        self.setAccessibleName(title)
        self.pad = SignaturePad(tokens, words("resident.sign.pad"), words("resident.sign.here"))
        self.pad.changed.connect(self._settle)
        back = Button(tokens, words("resident.sign.back"), "arrow-left")
        again = Button(tokens, words("resident.sign.again"), "eraser")
        self._done = Button(tokens, words("resident.sign.done"), "check", "primary")
        back.clicked.connect(lambda: self.answered.emit(GoesBack()))
        again.clicked.connect(self.pad.clear)
        self._done.clicked.connect(self._answer)
        outer = QVBoxLayout(self)
        edge = tokens.gap("xl")
        outer.setContentsMargins(edge, round(edge * 0.7), edge, round(edge * 0.7))
        outer.setSpacing(tokens.gap("m"))
        items = Flow(*(Chip(tokens, item.name, "primary", "seal-check") for item in scene.items), gap=8)
        fill(outer, column(label(title, "title", wrap=True), label(sentence, "soft", wrap=True), gap=2), items)
        outer.addWidget(self.pad, 1)
        bound = words("resident.sign.bound", digest=scene.digest)
        mark = Icon("link", tokens.colour("text_faint"), round(tokens.px("tiny") * 1.3))
        tie = row(mark, gap=tokens.gap("s"))
        tie.addWidget(label(bound, "tiny", wrap=True), 1)
        fill(outer, tie, row(back, again, None, self._done, gap=tokens.gap("m")))
        self._settle(False)

    def _settle(self, is_a_signature: bool) -> None:
        self._done.setEnabled(is_a_signature)

    def _answer(self) -> None:
        self.answered.emit(Signs(self.pad.strokes.as_svg(), self.pad.strokes.as_json()))
