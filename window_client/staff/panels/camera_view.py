"""The camera's picture beside the words that say it is on; and, when there is none, why, and what to do instead."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from window_client.look.buttons import Button
from window_client.look.live import Picture
from window_client.look.pieces import Card, Chip, Icon, Piece, column, fill, row
from window_client.look.sheet import label
from window_client.look.tokens import Tokens
from window_client.staff.panels.inputs import Choice
from window_client.staff.place import Place
from window_client.staff.trouble import three_texts
from window_client.staff.watch import Watch


class Sight(Picture):
    """The live picture, as large as there is room, in the middle; not mirrored: left on the paper is left here."""

    def __init__(self, tokens: Tokens, name: str, empty: str) -> None:
        super().__init__(tokens, name, empty, "webcam")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(200)

    def hasHeightForWidth(self) -> bool:
        return False

    def room(self) -> tuple[int, int]:
        """Pixels of the screen there are for a picture."""
        size: QSize = self.size() * self.devicePixelRatioF()
        return max(64, size.width()), max(64, size.height())

    def put(self, picture: QImage) -> None:
        self._picture = QPixmap.fromImage(picture)
        self.update()

    def _paint_picture(self, painter: QPainter, picture: QPixmap) -> None:
        size = QSizeF(picture.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        corner = QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2)
        painter.drawPixmap(QRectF(corner, size), picture, QRectF(picture.rect()))


class CameraView(Card):
    """`other`: the verifying page in the browser, for a computer whose camera this window cannot use."""

    def __init__(self, place: Place, watch: Watch, other: Callable[[], None]) -> None:
        super().__init__(place.tokens, gap="m")
        self._place, self._watch, self._other = place, watch, other
        self._words, self._tokens = place.words, place.tokens
        self.sight: Sight | None = None
        self._hint = label("", "heading", wrap=True)
        self._hint.setObjectName("camera hint")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        if watch.is_on:
            self._build_on()
        else:
            self._build_off()

    # -- on --------------------------------------------------------------------------------------------------------

    def _build_on(self) -> None:
        words = self._words
        self.sight = Sight(self._tokens, words("staff.camera.picture"), words("staff.camera.starting"))
        self.body.addLayout(self._lamp())
        self.body.addWidget(self.sight, 1)
        self.body.addWidget(self._hint)
        self._watch.shown.connect(self._show)
        self._watch.changed.connect(self._tell)
        self._tell()

    def _lamp(self) -> QHBoxLayout:
        words, eye = self._words, self._watch.eye
        lamp = Chip(self._tokens, words("staff.camera.on"), "bad", "record", size="body")
        lamp.setObjectName("camera lamp")
        made = row(lamp, gap=self._tokens.gap("m"))
        made.addWidget(label(words("staff.camera.kept"), "soft", wrap=True), 1)
        if len(self._watch.eyes) > 1 and eye is not None:
            choice = Choice(self._place, [(each.key, each.name) for each in self._watch.eyes], eye.key)
            choice.setObjectName("camera choice")
            choice.setAccessibleName(words("staff.camera.which"))
            choice.setMinimumWidth(round(self._tokens.px("body") * 16))
            choice.activated.connect(lambda _: self._watch.begin(str(choice.currentData())))
            made.addWidget(choice)
        elif eye is not None:
            made.addWidget(label(eye.name, "small"))
        return made

    def _show(self, picture: QImage) -> None:
        if self.sight is not None:
            self._watch.room = self.sight.room()
            self.sight.put(picture)

    def _tell(self) -> None:
        key = "staff.camera.closer" if self._watch.is_hard else "staff.camera.hold"
        self._hint.setText(self._words("staff.camera.starting" if self._watch.state == "starting" else key))

    # -- off by itself ---------------------------------------------------------------------------------------------

    def _build_off(self) -> None:
        words, tokens, trouble = self._words, self._tokens, self._watch.trouble
        key = "staff.camera.again" if trouble is None else "staff.camera.retry"
        again = Button(tokens, words(key), "webcam", "primary")
        again.setObjectName("camera again")
        again.clicked.connect(self._again)
        buttons: list[Piece] = [None, again]
        if trouble is None:
            lines = [words("staff.camera.nobody"), words("staff.camera.nobody.more")]
        else:
            happened, done, then = three_texts(words, trouble.text_key, dict(trouble.detail))
            lines = [happened, words("staff.trouble.done", text=done), words("staff.trouble.next", text=then)]
            browser = Button(tokens, words("staff.camera.browser"), "browser")
            browser.setObjectName("camera browser")
            browser.clicked.connect(self._other)
            buttons.append(browser)
        told = column(*(self._line(text, n) for n, text in enumerate(lines)), gap=tokens.gap("s"))
        inside = QVBoxLayout()
        inside.addStretch(1)
        mark = Icon("webcam-slash", tokens.colour("text_faint"), 96, "light")
        inside.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        fill(inside, tokens.gap("m"), told, tokens.gap("l"), row(*buttons, None, gap=tokens.gap("m")), None)
        self.body.addLayout(inside, 1)

    def _again(self) -> None:
        self._watch.begin()

    def _line(self, text: str, n: int) -> Piece:
        made = label(text, "heading" if n == 0 else "soft", wrap=True)
        made.setObjectName(f"camera trouble {n}")
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return made
