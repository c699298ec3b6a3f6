"""The papers of all items, each once: scan, use what the vault keeps (with consent), or see what is still missing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from window_client.counter.gathering import GatherLine, gathering
from window_client.look.buttons import Button, IconButton
from window_client.look.notice import Banner
from window_client.look.pieces import Card, Chip, Icon, Piece, Scroll, column, fill, row
from window_client.look.sheet import label
from window_client.staff.place import Panel

_STATES = {
    "missing": ("warn", "circle-dashed"),
    "optional": ("plain", "circle-dashed"),
    "offered": ("primary", "vault"),
    "ask": ("note", "hand-tap"),
    "declined": ("warn", "hand-palm"),
    "kept": ("good", "check"),
    "lent": ("good", "vault"),
}


class Gather(Panel):
    def seen(self) -> object:
        visit = self.desk.visit
        if visit is None:
            return None
        busy = self.desk.is_busy("scanner"), self.desk.is_busy("vault")
        return visit.materials, visit.offered, visit.agreed, visit.declined, visit.live_cases, busy, self.desk.moment

    def _lines(self) -> tuple[GatherLine, ...]:
        visit = self.desk.visit
        return gathering(visit, self.desk.form, self.desk.rooms.catalogue) if visit else ()

    def build(self) -> None:
        words, tokens, lines = self.words, self.tokens, self._lines()
        waiting = [line for line in lines if self._state(line) in ("offered", "ask")]
        ready = sum(line.state in ("kept", "lent") for line in lines)
        ask = Button(
            tokens, words("staff.gather.ask", count=len(waiting)), "hand-tap", "primary" if waiting else "plain"
        )
        ask.setObjectName("ask")
        ask.setEnabled(bool(waiting))
        ask.clicked.connect(self._ask)
        sentence = words("staff.gather.more", ready=ready, of=len(lines)) if lines else words("staff.gather.none")
        fill(self.body, self.head(words("staff.gather.title"), sentence, ask))
        if self.desk.moment == "consent":
            fill(self.body, Banner(tokens, words("staff.gather.asking"), "note"))
        scroll = Scroll(tokens, *(self._card(line) for line in lines), None, gap="s")
        self.body.addWidget(scroll, 1)
        on = Button(tokens, words("staff.gather.on"), "arrow-right", "primary" if not waiting else "plain", hint="F5")
        on.setObjectName("on")
        on.clicked.connect(lambda: self.place.go("form"))
        seal = Icon("lock-key", tokens.colour("text_faint"), 18)
        fill(self.body, row(seal, label(words("staff.gather.sealed"), "small"), None, on))

    def _state(self, line: GatherLine) -> str:
        visit = self.desk.visit
        if line.state == "ask" and visit is not None and line.document in visit.declined:
            return "declined"
        return "optional" if line.state == "missing" and not line.required else line.state

    def _card(self, line: GatherLine) -> Card:
        words, tokens = self.words, self.tokens
        state = self._state(line)
        kind, icon = _STATES[state]
        mark = "file-dashed" if line.state == "missing" else "file-text"
        tone = tokens.colour("text_faint" if line.state == "missing" else "primary")
        needed = words("staff.gather.required" if line.required else "staff.gather.optional")
        name = words.either(line.name, line.name_en)
        inside = row(Icon(mark, tone, round(tokens.px("title") * 1.5), "duotone"), gap=tokens.gap("l"))
        told = column(
            label(name, "strong", wrap=True), label(f"{needed}　·　{self._about(line)}", "small", wrap=True), gap=2
        )
        inside.addLayout(told, 1)
        inside.addWidget(Chip(tokens, words(f"staff.material.{state}"), kind, icon), 0, Qt.AlignmentFlag.AlignVCenter)
        fill(inside, *self._acts(line, name, state))
        return Card(tokens, inside, margin="m")

    def _about(self, line: GatherLine) -> str:
        words, visit = self.words, self.desk.visit
        assert visit is not None
        numbers = line.own + line.borrowing
        items = words.listed(self.item_name(visit.cases[number].item) for number in numbers if number in visit.cases)
        parts = []
        if line.kept_on:
            parts.append(words("staff.gather.kept_on", day=line.kept_on))
        if line.expires:
            parts.append(words("staff.gather.expires", day=line.expires))
        if items:
            parts.append(words("staff.gather.for", items=items))
        if not parts:
            wanting = [case.item for case in visit.live_cases if self._wants(case.item, line.kind)]
            parts.append(words("staff.gather.for", items=words.listed(self.item_name(code) for code in wanting)))
        return "　·　".join(parts)

    def _wants(self, code: str, kind: str) -> bool:
        return any(need.kind == kind for need in self.desk.rooms.catalogue.item(code).materials)

    def _acts(self, line: GatherLine, name: str, state: str) -> list[Piece]:
        words, tokens, desk = self.words, self.tokens, self.desk
        busy = desk.is_busy("scanner")
        first = state in ("missing", "optional", "offered", "declined")
        scan = Button(tokens, words("staff.gather.scan" if first else "staff.gather.again"), "scan", size="small")
        scan.setAccessibleName(f"{scan.text()} {name}")
        scan.setObjectName(f"scan {line.kind}")
        scan.setEnabled(not busy)
        scan.clicked.connect(lambda: self.place.act(lambda: desk.scan(line.kind)))
        back = IconButton(tokens, "arrow-counter-clockwise", words("staff.gather.back", name=name), size="small")
        back.setObjectName(f"back {line.kind}")
        back.setEnabled(line.state in ("kept", "lent", "ask"))
        back.clicked.connect(lambda: self.place.act(lambda: desk.take_back_material(line.kind)))
        acts = QHBoxLayout()
        acts.setSpacing(4)
        fill(acts, scan, back)
        return [acts]

    def _ask(self) -> None:
        if self.place.act(self.desk.ask_consent):
            self.place.say(self.words("staff.gather.asking"))
