"""One department at work: its page live, the step, fields filled and verified, the number, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from window_client.casework.visit import Case
from window_client.counter.progress import CaseProgress
from window_client.look.buttons import Button, IconButton
from window_client.look.live import LiveView
from window_client.look.notice import Banner
from window_client.look.pieces import Card, Icon, Piece, column, fill, row
from window_client.look.sheet import label
from window_client.look.steps import Bar
from window_client.staff.fate import fate_kind, moment
from window_client.staff.panels.item_row import department_icon
from window_client.staff.place import Place
from window_client.staff.side import case_chip
from window_client.staff.trouble import three_texts


class CaseCard(Card):
    """`tell(progress)` while the bridge works; everything else is drawn from the case."""

    def __init__(self, place: Place, case: Case, working: bool, by_hand: Callable[[str], None]) -> None:
        super().__init__(place.tokens, kind="here" if working else "plain", gap="s")
        self._place, self.case, self._working, self._by_hand = place, case, working, by_hand
        words, tokens = place.words, place.tokens
        item = place.desk.rooms.catalogue.item(case.item)
        self._name = words.either(item.department_name, item.department_name_en)
        self.setAccessibleName(self._name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        head = row(Icon(department_icon(case.department), tokens.colour("primary"), 34, "duotone"), gap=10)
        told = column(
            label(self._name, "heading", wrap=True),
            label(words.either(item.name, item.name_en), "small", wrap=True),
            gap=0,
        )
        head.addLayout(told, 1)
        self.view = LiveView(tokens, words("staff.file.view", department=self._name), self._empty_words())
        self._step = label("", "small", wrap=True)
        self._bar = Bar(words("staff.file.bar", department=self._name))
        self._count = label("", "small")
        chip = case_chip(place, "begun" if working else case.state)
        state = row(chip, gap=tokens.gap("s"))
        state.addWidget(self._step, 1)
        self._step.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        fill(self.body, head, self.view, state, self._bar, self._count, *self._told(), None, *self._acts())
        self.tell(place.desk.progress.get(case.number, CaseProgress()))

    def _empty_words(self) -> str:
        return self._place.words("staff.file.connecting" if self._working else "staff.file.no_view")

    def tell(self, progress: CaseProgress) -> None:
        words, case = self._place.words, self.case
        if progress.frame:
            self.view.show_frame(progress.frame)
        if case.state == "filed":
            self._bar.tell(1, 1, "good")
            seconds = words("staff.file.seconds", seconds=f"{case.seconds:.1f}")
            self._step.setText(words("staff.by_hand.note") if case.by_hand else seconds)
            self._count.setText(words("staff.file.fields", verified=case.fields_verified, of=case.fields_filled))
            return
        self._bar.tell(progress.n, progress.of, "bad" if case.state in ("refused", "not_sent") else "")
        self._step.setText(self._step_words(progress))
        if progress.fields:
            self._count.setText(words("staff.file.fields", verified=progress.verified, of=progress.fields))

    def _step_words(self, progress: CaseProgress) -> str:
        words, note, key = self._place.words, f"staff.note.{progress.note}", f"staff.step.{progress.step}"
        if progress.note and words.knows(note):
            return words(note)
        if not progress.of:
            return "" if self._working else words(f"staff.file.hint.{self.case.state}")
        name = words(key) if words.knows(key) else progress.step
        return words("staff.file.step", n=progress.n, of=progress.of, step=name)

    # -- what is said --------------------------------------------------------------------------------------------

    def _told(self) -> list[Piece]:
        words, tokens, case = self._place.words, self._place.tokens, self.case
        if self._working:
            return []
        match case.state:
            case "filed":
                copy = IconButton(tokens, "copy", words("staff.file.copy"), size="small")
                copy.setObjectName(f"copy {case.number}")
                copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(case.accepted_number))
                number = label(case.accepted_number, "number", wrap=True)
                line = row(gap=4)
                line.addWidget(number, 1)
                line.addWidget(copy)
                return [label(words("staff.file.number"), "small"), line, *self._fate()]
            case "refused":
                said = label(words("staff.file.refused", words=case.words), "body", wrap=True)
                return [
                    Card(
                        tokens,
                        label(words("staff.file.refused_head"), "strong"),
                        said,
                        kind="bad",
                        margin="m",
                        gap="xs",
                    )
                ]
            case "unsure" | "not_sent":
                happened, done, then = three_texts(words, _full(case.code), dict(case.detail))
                kind = "note" if case.state == "unsure" else "warn"
                sentences = (
                    label(happened, "strong", wrap=True),
                    label(done, "small", wrap=True),
                    label(then, "body", wrap=True),
                )
                return [Card(tokens, *sentences, kind=kind, margin="m", gap="xs")]
            case "begun":
                return [Banner(tokens, words("staff.file.interrupted"), "note")]
            case _:
                return []

    def _fate(self) -> list[Piece]:
        """The department's last word, and when it was asked since without a new one."""
        words, case, asked = self._place.words, self.case, self._place.desk.asked.get(self.case.number)
        told: list[Piece] = []
        if case.status_words:
            fate = words("staff.status.known", words=case.status_words, at=moment(case.status_at))
            banner = Banner(self._place.tokens, fate, fate_kind(case.status), role="small")
            banner.setObjectName(f"fate {case.number}")
            told.append(banner)
        if asked is not None:
            key = f"staff.status.silent.{asked.why}" if asked.why else "staff.status.no_news"
            said = label(words(key, at=moment(asked.at)[6:]), "small", wrap=True)
            said.setObjectName(f"asked {case.number}")
            told.append(said)
        return told

    # -- what can be done ----------------------------------------------------------------------------------------

    def _acts(self) -> list[Piece]:
        words, tokens, case, desk = self._place.words, self._place.tokens, self.case, self._place.desk
        act = self._place.act
        if self._working:
            stop = self._button("staff.file.stop", "hand-palm", "danger")
            stop.clicked.connect(lambda: act(lambda: desk.stop(case.number)))
            take = self._button("staff.hand_over.take", "hand-grabbing", "plain")
            take.clicked.connect(lambda: act(lambda: desk.take_over(case.number)))
            return [row(take, stop, None, gap=tokens.gap("s"))]
        if case.state in ("open", "not_sent"):
            visit = desk.visit
            send = self._button(
                "staff.file.send" if case.state == "open" else "staff.file.again", "paper-plane-tilt", "plain"
            )
            send.setEnabled(visit is not None and visit.is_confirmed)
            send.clicked.connect(lambda: act(lambda: desk.file(case.number)))
            return [row(send, *([self._hand()] if case.state == "not_sent" else []), None, gap=tokens.gap("s"))]
        if case.state == "filed":
            fate = self._button("staff.status.ask", "arrow-clockwise", "plain")
            fate.clicked.connect(lambda: act(lambda: desk.ask_status(case.number)))
            return [row(fate, None)]
        if case.state not in ("unsure", "begun"):
            return []
        ask = self._button("staff.file.look_up", "magnifying-glass", "primary")
        ask.clicked.connect(lambda: act(lambda: desk.look_up(case.number)))
        reason = QLineEdit()
        reason.setObjectName(f"reason {case.number}")
        reason.setPlaceholderText(words("staff.file.reason"))
        reason.setAccessibleName(words("staff.file.reason"))
        allow = self._button("staff.file.allow", "arrow-clockwise", "danger")
        allow.clicked.connect(lambda: act(lambda: desk.allow_again(case.number, reason.text())))
        told = label(words("staff.file.allow_more"), "tiny", wrap=True)
        return [row(ask, self._hand(), None, gap=tokens.gap("s")), reason, row(allow, None, gap=tokens.gap("s")), told]

    def _hand(self) -> Button:
        made = self._button("staff.by_hand.open", "pencil-simple", "plain")
        made.clicked.connect(lambda: self._by_hand(self.case.number))
        return made

    def _button(self, key: str, icon: str, kind: str) -> Button:
        made = Button(self._place.tokens, self._place.words(key), icon, kind, size="small")
        made.setObjectName(f"{key} {self.case.number}")
        made.setAccessibleName(f"{made.text()} {self._name}")
        return made


def _full(code: str) -> str:
    return code if "." in code else f"bridge.{code}"
