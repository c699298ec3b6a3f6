"""Check a voucher: scan it, hold it before the camera, drop it or choose it; the answer in words, and the voucher
redrawn from what was signed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QHideEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from printing.verdict import Verdict
from window_client.counter.checking import LANE, Source, VoucherChecked
from window_client.devices.camera import Camera
from window_client.look.buttons import Button
from window_client.look.live import Paper
from window_client.look.notice import Banner
from window_client.look.pieces import Card, Icon, Piece, Rule, Scroll, column, fill, row
from window_client.look.sheet import label
from window_client.staff.panels.camera_view import CameraView
from window_client.staff.panels.pick_items import SearchField
from window_client.staff.panels.voucher_standing import Typing, VoucherStanding
from window_client.staff.place import Panel, Place
from window_client.staff.watch import Watch

TONES = {"true": ("good", "seal-check"), "false": ("bad", "seal-warning"), "cannot-tell": ("warn", "seal-question")}
FILES = "*.pdf *.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.txt"
ALARMS = ("host_unknown", "log_proof_wrong", "status_rollback", "status_refused", "seal_unjudged", "text_unreadable")


class VerifyVoucher(Panel):
    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.setAcceptDrops(True)
        self.line: SearchField | None = None
        self.typing = Typing()
        self._watched_in = ""
        self.watch = Watch(self._camera)
        self.watch.setParent(self)
        self.watch.changed.connect(self._camera_changed)
        self.watch.read.connect(self._check)

    def seen(self) -> object:
        typed = (self.typing.number, self.typing.act, self.typing.sure)
        watch = self.watch
        camera = (watch.is_on, watch.eyes, watch.eye) if watch.is_on else (watch.state, watch.trouble)
        return self.desk.checked, self.desk.is_busy(LANE), typed, camera

    def home(self) -> QWidget | None:
        return self.line

    def build(self) -> None:
        words, tokens = self.words, self.tokens
        choose = Button(tokens, words("staff.verify.choose"), "file-magnifying-glass", "primary")
        choose.setObjectName("choose")
        choose.clicked.connect(self._choose)
        on = self.watch.is_on
        camera = Button(tokens, words("staff.camera.close" if on else "staff.verify.camera"), "webcam")
        camera.setObjectName("camera")
        camera.clicked.connect(self.watch.end if on else self._use_camera)
        head = self.head(words("staff.verify.title"), words("staff.verify.more"), camera, choose)
        fill(self.body, head, self._scan_line())
        found = self.desk.checked
        if found is None and not self.desk.is_busy(LANE):
            self.typing = Typing()  # nothing of it stays with the next person
        if self.desk.is_busy(LANE):
            fill(self.body, Banner(tokens, words("staff.verify.working"), "note"), None)
        elif self.watch.state != "off":
            self.body.addWidget(CameraView(self.place, self.watch, self._open_page), 1)
        elif found is None:
            self.body.addWidget(self._empty(), 1)
        else:
            self.body.addLayout(self._answer(found), 1)

    # -- the ways in ---------------------------------------------------------------------------------------------

    def _scan_line(self) -> QHBoxLayout:
        """A handheld scanner types the symbol's text and ends it with Enter."""
        words, tokens = self.words, self.tokens
        self.line = SearchField(self.place, words("staff.verify.scan"))
        self.line.setObjectName("scanned")
        self.line.setMaxLength(4000)
        self.line.returnPressed.connect(self._typed)
        go = Button(tokens, words("staff.verify.go"), "scan")
        go.setObjectName("go")
        go.clicked.connect(self._typed)
        made = row(gap=tokens.gap("s"))
        made.addWidget(self.line, 1)
        made.addWidget(go)
        return made

    def _typed(self) -> None:
        text = self.line.text().strip() if self.line is not None else ""
        if text:
            self._check(text)
            if self.line is not None:
                self.line.setFocus()

    def _check(self, source: Source) -> None:
        if not self.desk.is_busy(LANE):
            self.watch.end()
            self.place.act(lambda: self.desk.check_voucher(source))

    # -- the camera ------------------------------------------------------------------------------------------------

    def _camera(self) -> Camera:
        return self.desk.camera()  # asked each time: assembly may hand in another

    def _use_camera(self) -> None:
        self.desk.forget_check()
        self._watched_in = self.desk.visit_number
        self.watch.begin()

    def _camera_changed(self) -> None:
        self.desk.tell_camera(self.watch.is_on)
        self.draw()

    def _open_page(self) -> None:
        self.place.act(lambda: self.desk.open_page(self._show_page))

    def draw(self) -> None:
        if self.watch.state != "off" and self._watched_in != self.desk.visit_number:
            self.watch.end()  # the next person is not looked at because the one before was
        super().draw()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.watch.end()

    def _choose(self) -> None:
        chooser = QFileDialog(self, self.words("staff.verify.choose"))
        chooser.setNameFilter(f"{self.words('staff.verify.files')} ({FILES})")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.check_file)
        chooser.open()

    def _show_page(self, page: Path) -> None:
        opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(page)))
        key = "staff.verify.camera_opened" if opened else "staff.verify.no_browser"
        self.place.say(self.words(key, page=str(page)))

    def check_file(self, name: str) -> None:
        self._check(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if files:
            self.check_file(files[0])
        elif data.text().strip():
            self._check(data.text().strip())

    # -- the answer ----------------------------------------------------------------------------------------------

    def _empty(self) -> Card:
        card = Card(self.tokens, kind="sunken")
        centre = Qt.AlignmentFlag.AlignHCenter
        inside = QVBoxLayout()
        inside.addStretch(1)
        inside.addWidget(Icon("seal-question", self.tokens.colour("text_faint"), 96, "light"), 0, centre)
        told = label(self.words("staff.verify.empty"), "soft", wrap=True)
        told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(told)
        inside.addStretch(1)
        card.body.addLayout(inside, 1)
        return card

    def _answer(self, found: VoucherChecked) -> QHBoxLayout:
        pieces: list[Piece] = [self._verdict(found.verdict)]
        if found.ours is not None:
            pieces.append(VoucherStanding(self.place, found.ours, self.typing, self.draw))
        if found.verdict.mismatches:
            pieces.append(self._differences(found.verdict))
        pieces += [self._basis(found.verdict), *self._values(found.verdict), None]
        both = row(gap=self.tokens.gap("l"))
        both.addWidget(Scroll(self.tokens, *pieces), 5)
        for key, picture in self._pictures(found):
            both.addWidget(self._sheet(key, picture), 4)
        return both

    def _verdict(self, verdict: Verdict) -> Card:
        words, tokens = self.words, self.tokens
        tone, icon = TONES[verdict.kind]
        head = row(Icon(icon, tokens.colour(tone), round(tokens.px("display") * 1.5), "fill"), gap=tokens.gap("m"))
        title = label(words(f"verdict.class.{verdict.kind}"), "display", wrap=True)
        title.setObjectName("verdict class")
        head.addWidget(title, 1)
        told = label(words(f"verdict.{verdict.code}"), "strong", wrap=True)
        told.setObjectName("verdict words")
        card = Card(tokens, head, told, kind=tone)
        for note in verdict.notes:
            card.body.addWidget(label(words(f"verdict.note.{note}"), "bad" if note in ALARMS else "body", wrap=True))
        detail = " · ".join(part for part in (verdict.code, verdict.detail) if part)
        card.body.addWidget(label(detail, "small", wrap=True))
        return card

    def _differences(self, verdict: Verdict) -> Card:
        card = Card(self.tokens, label(self.words("staff.verify.different"), "heading"), kind="bad", gap="s")
        for each in verdict.mismatches:
            seen = f"{each.signed}  ≠  {each.seen}" if each.seen else each.signed
            fill(card.body, label(seen, "strong", wrap=True))
        return card

    def _basis(self, verdict: Verdict) -> Card:
        words, basis = self.words, verdict.basis
        lines = [words("staff.verify.trust_none")]
        if basis.trust_issued is not None and basis.trust_expires is not None:
            told = {"version": str(basis.trust_version), "issued": _day(basis.trust_issued)}
            days = {"days": self._age(basis.trust_issued), "expires": _day(basis.trust_expires)}
            lines = [words("staff.verify.root", name=basis.root or "—"), words("staff.verify.trust", **told, **days)]
        if basis.status_issued is not None:
            told = {"version": str(basis.status_version), "issued": _day(basis.status_issued)}
            lines.append(words("staff.verify.status", **told, days=self._age(basis.status_issued)))
        elif verdict.code == "VALID_NO_STATUS":
            lines.append(words("staff.verify.status_none"))
        card = Card(self.tokens, label(words("staff.verify.basis"), "heading"), gap="s")
        fill(card.body, *(label(line, "body", wrap=True) for line in lines))
        return card

    def _age(self, since: datetime) -> str:
        return str(max(0, (self.desk.now() - since).days))

    def _values(self, verdict: Verdict) -> list[Piece]:
        """What identifies the voucher; all the rest is read on the sheet beside."""
        if verdict.voucher is None:
            return []
        rows = [("number", verdict.voucher.number), ("code", verdict.human_code), ("signer", verdict.signer)]
        rows += [("replaces", verdict.replaces), ("replaced_by", verdict.replaced_by)]
        card = Card(self.tokens, label(self.words("staff.verify.signed"), "heading"), gap="s")
        for key, value in rows:
            if value:
                told = column(
                    label(self.words(f"staff.verify.{key}"), "small"), label(value, "value", wrap=True), gap=0
                )
                fill(card.body, Rule(), told)
        return [card]

    @staticmethod
    def _pictures(found: VoucherChecked) -> list[tuple[str, bytes]]:
        made = [("staff.verify.given", found.given)] if found.given else []
        return [*made, *(("staff.verify.redrawn", page) for page in found.redrawn[:1])]

    def _sheet(self, key: str, content: bytes) -> Card:
        picture = QPixmap()
        picture.loadFromData(content)
        paper = Paper(self.words(key), picture, round(760 * (1.15 if self.tokens.large else 1)))
        scroll = Scroll(self.tokens, paper, None)
        card = Card(self.tokens, label(self.words(key), "heading"), kind="sunken", gap="s")
        if key == "staff.verify.redrawn":
            beside = "compare" if self.desk.checked and self.desk.checked.given else "compare_paper"
            card.body.addWidget(label(self.words(f"staff.verify.{beside}"), "small", wrap=True))
        card.body.addWidget(scroll, 1)
        return card


def _day(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d")
