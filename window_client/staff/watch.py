"""The camera at work: on, looked at by two threads, off again by itself.

Laws
* The window's thread decodes nothing. One thread takes the newest frame and makes a picture of it, another reads; each
  takes the newest there is and what came in between is never touched, so nothing ever queues.
* The camera is off as soon as something was read, when nobody showed anything for a while, when it is lost, and when
  whoever asked for it turns away (`end`). What a picture showed is gone with it; only texts leave this module.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final, Literal

from PIL import Image
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from window_client.counter.sighting import Sighting
from window_client.devices.camera import Camera, Eye
from window_client.devices.trouble import DeviceTrouble

log = logging.getLogger(__name__)

State = Literal["off", "starting", "live", "trouble", "nobody"]
NOBODY: Final = 60.0  # seconds
SILENT: Final = 6.0  # seconds without a picture
RATE: Final = 12.0  # pictures a second: more is smoother than a hand and costs the readers their time


class Watch(QObject):
    """`begin`, `end`; `shown(picture)` while it is on, `changed()` with every `state`, `read(texts)` once, and off."""

    shown = Signal(QImage)
    changed = Signal()
    read = Signal(object)
    _drawn = Signal(object)
    _got = Signal(object, object)

    def __init__(self, camera: Callable[[], Camera], *, nobody: float = NOBODY, silent: float = SILENT) -> None:
        super().__init__()
        self._made = camera
        self._camera: Camera | None = None
        self.state: State = "off"
        self.trouble: DeviceTrouble | None = None
        self.eyes: tuple[Eye, ...] = ()
        self.eye: Eye | None = None
        self.is_hard = False
        self.room = (960, 600)
        self._turn: _Turn | None = None
        self._nobody, self._silent = self._timer(nobody, self._nobody_came), self._timer(silent, self._no_picture)
        self._drawn.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._got.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def is_on(self) -> bool:
        return self.state in ("starting", "live")

    def begin(self, key: str = "") -> None:
        """Switches on the camera called `key`, or the wanted one."""
        self._dark()
        self.trouble, self.is_hard = None, False
        try:
            camera = self._camera or self._made()
            self._camera = camera
            self.eyes = camera.eyes()
            self.eye = next((eye for eye in self.eyes if eye.key == key), self.eyes[0])
            camera.switch_on(self.eye, self._lost, self._eyes_changed)
        except DeviceTrouble as trouble:
            self._lost(trouble)
            return
        self._turn = _Turn(camera.newest, lambda: self.room, self._drawn.emit, self._got.emit)
        self._nobody.start()
        self._silent.start()
        self._become("starting")

    def end(self) -> None:
        if self.state != "off":
            self._dark()
            self._become("off")

    # -- how it goes on ------------------------------------------------------------------------------------------

    def _timer(self, seconds: float, then: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(round(seconds * 1000))
        made.timeout.connect(then)
        return made

    def _become(self, state: State) -> None:
        self.state = state
        self.changed.emit()

    def _dark(self) -> None:
        self._nobody.stop()
        self._silent.stop()
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.end()
        if self._camera is not None:
            self._camera.switch_off()

    def _show(self, turn: object) -> None:
        if turn is not self._turn or self._turn is None:
            return
        picture = self._turn.take()
        self._silent.start()
        if picture is not None:
            self.shown.emit(picture)
        if self.state == "starting" or self.is_hard != self._turn.is_hard:
            self.is_hard = self._turn.is_hard
            self._become("live")

    def _take(self, turn: object, texts: tuple[str, ...]) -> None:
        if turn is self._turn:
            self.end()
            self.read.emit(texts)

    def _lost(self, trouble: DeviceTrouble) -> None:
        self._dark()
        self.trouble = trouble
        self._become("trouble")

    def _no_picture(self) -> None:
        self._lost(DeviceTrouble("camera_silent"))

    def _nobody_came(self) -> None:
        self._dark()
        self._become("nobody")

    def _eyes_changed(self) -> None:
        """Another camera was plugged in or out; ours is told about by itself."""
        if self._camera is None or not self.is_on:
            return
        try:
            self.eyes = self._camera.eyes()
        except DeviceTrouble as trouble:
            self._lost(trouble)
            return
        self.changed.emit()


class _Turn:
    """One time on: two threads and, between them and the window, one place for the newest of each."""

    def __init__(
        self,
        newest: Callable[[], Image.Image | None],
        room: Callable[[], tuple[int, int]],
        drawn: Callable[[object], None],
        got: Callable[[object, object], None],
    ) -> None:
        self._newest, self._room, self._tell_drawn, self._tell_got = newest, room, drawn, got
        self._stop = threading.Event()
        self._there = threading.Condition()
        self._to_read: Image.Image | None = None
        self._to_show: QImage | None = None
        self.is_hard = False
        self._seeing = threading.Thread(target=self._see, name="camera pictures", daemon=True)
        self._reading = threading.Thread(target=self._read, name="camera reading", daemon=True)
        self._seeing.start()
        self._reading.start()

    def end(self) -> None:
        """The thread that touches the camera is waited for (a frame's time); the reader ends when it looks up."""
        self._stop.set()
        with self._there:
            self._to_read = self._to_show = None
            self._there.notify_all()
        self._seeing.join(2.0)

    def take(self) -> QImage | None:
        with self._there:
            picture, self._to_show = self._to_show, None
            return picture

    def _see(self) -> None:
        while not self._stop.wait(1 / RATE):
            picture = self._newest()
            if picture is None:
                continue
            small = _small(picture, self._room())
            with self._there:
                if self._stop.is_set():
                    return
                is_waited_for = self._to_show is None
                self._to_read, self._to_show = picture, small
                self._there.notify_all()
            if is_waited_for:
                _tell(lambda: self._tell_drawn(self))

    def _read(self) -> None:
        sighting = Sighting()
        while True:
            with self._there:
                self._there.wait_for(lambda: self._stop.is_set() or self._to_read is not None)
                picture, self._to_read = self._to_read, None
            if self._stop.is_set() or picture is None:
                return
            try:
                texts = sighting.look(picture)
            except Exception as trouble:  # noqa: BLE001  one picture that trips a reader is no reason to stop looking
                log.warning("camera picture not read: %s", type(trouble).__name__)
                continue
            self.is_hard = sighting.is_hard
            if texts and not self._stop.is_set():
                _tell(lambda texts=texts: self._tell_got(self, texts))  # type: ignore[misc]
                return


def _tell(emit: Callable[[], None]) -> None:
    try:
        emit()
    except RuntimeError:  # the window went away between two lines of this thread
        return


def _small(picture: Image.Image, room: tuple[int, int]) -> QImage:
    """No more pixels than are shown, in the very order Qt paints them; the last bit of fitting is the painter's, which
    does it in a tenth of the time."""
    times = int(max(picture.width / room[0], picture.height / room[1]))
    drawn = (picture.reduce(times) if times > 1 else picture).convert("RGB")
    size = drawn.width, drawn.height
    return QImage(drawn.tobytes("raw", "BGRX"), *size, size[0] * 4, QImage.Format.Format_RGB32).copy()
