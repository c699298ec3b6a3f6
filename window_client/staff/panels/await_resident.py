"""The resident reads and signs on their own screen; the clerk sees the same, and what the resident objects to."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from window_client.look.buttons import Button
from window_client.look.live import Mirror
from window_client.look.notice import Banner
from window_client.look.pieces import Card, Chip, Icon, Piece, Rule, column, fill, row
from window_client.look.sheet import label
from window_client.staff.place import Panel


class AwaitResident(Panel):
    def seen(self) -> object:
        visit, desk = self.desk.visit, self.desk
        if visit is None:
            return None
        return visit.confirmation, visit.form_digest, visit.disputed, desk.moment, desk.language, desk.is_busy("vault")

    def build(self) -> None:
        words, tokens = self.words, self.tokens
        fill(self.body, self.head(words("staff.resident.title"), words("staff.resident.more")))
        mirror = Mirror(tokens, words("staff.mirror"), words("staff.mirror.empty"), self.place.look)
        large = QVBoxLayout()
        large.addWidget(mirror)
        large.addStretch(1)
        both = row(gap=tokens.gap("l"))
        both.addWidget(Card(tokens, large, margin="m"), 5)
        side = Card(tokens, *self._state(), None, *self._acts())
        side.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        side.setMinimumWidth(round(tokens.px("body") * 24))
        both.addWidget(side, 2)
        self.body.addLayout(both, 1)
        mirror.refresh()

    def _state(self) -> list[Piece]:
        words, desk = self.words, self.desk
        visit = desk.visit
        confirmed = visit is not None and visit.is_confirmed
        way = (
            ("pushed", desk.moment in ("review", "sign") or confirmed),
            ("read", desk.moment == "sign" or confirmed),
            ("signed", confirmed),
        )
        made: list[Piece] = [label(words("staff.resident.state"), "heading"), Rule()]
        made += [self._step(words(f"staff.resident.{name}"), done) for name, done in way]
        if visit is not None and visit.confirmation is not None and not confirmed:
            made.append(Banner(self.tokens, words("staff.resident.void"), "warn"))
        if visit is not None and visit.disputed:
            made += [label(words("staff.resident.disputed", count=len(visit.disputed)), "strong"), *self._disputed()]
        if confirmed and visit is not None:
            made.append(Banner(self.tokens, words("staff.resident.bound", digest=visit.form_digest[:16]), "good"))
        return made

    def _step(self, text: str, done: bool) -> Piece:
        tone = self.tokens.colour("good" if done else "text_faint")
        mark = Icon("check-circle" if done else "circle-dashed", tone, 24, "fill" if done else "regular")
        return row(mark, label(text, "strong" if done else "soft"), None, gap=10)

    def _disputed(self) -> list[Piece]:
        visit, made = self.desk.visit, []
        assert visit is not None
        for name in sorted(visit.disputed):
            element = self.desk.rooms.catalogue.element(name)
            text = self.words.either(element.label, element.label_en)
            mend = Button(self.tokens, self.words("staff.resident.mend"), "pencil-simple", size="small")
            mend.setAccessibleName(f"{mend.text()} {text}")
            mend.setObjectName(f"mend {name}")
            mend.clicked.connect(lambda: self.place.go("form"))
            made.append(row(Chip(self.tokens, text, "bad", "warning"), None, mend))
        return list(made)

    def _acts(self) -> list[Piece]:
        words, tokens, desk = self.words, self.tokens, self.desk
        confirmed = desk.visit is not None and desk.visit.is_confirmed
        push = Button(tokens, words("staff.resident.push"), "monitor-arrow-up", "plain" if confirmed else "primary")
        push.setObjectName("push")
        push.clicked.connect(lambda: self.place.act(desk.push_review))
        covered = desk.moment == "blank"
        cover = Button(tokens, words("staff.uncover" if covered else "staff.cover"), "eye" if covered else "eye-slash")
        cover.setObjectName("cover")
        cover.clicked.connect(lambda: self.place.act(lambda: desk.cover_resident_screen(not covered)))
        other = "en" if desk.language == "zh" else "zh"
        speak = Button(tokens, words(f"staff.speak.{other}"), "translate")
        speak.setObjectName("speak")
        speak.clicked.connect(lambda: self.place.act(lambda: desk.speak("en" if other == "en" else "zh")))
        on = Button(tokens, words("staff.resident.on"), "paper-plane-tilt", "primary", hint="F7")
        on.setObjectName("on")
        on.setEnabled(confirmed)
        on.clicked.connect(lambda: self.place.go("file"))
        return [column(row(cover, speak), push, on, gap=tokens.gap("s"))]
