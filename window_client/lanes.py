"""Lanes: slow work runs beside the window, one serial thread for each scarce thing, and comes home on the main thread.

Laws
* One errand at a time on a lane, in the order they were handed out; lanes do not wait for each other.
* Whatever an errand brings (progress, result, trouble) is delivered on the main thread, in the order it happened, and
  never so much at a time that a key press would wait for it.
* Trouble is always a `WindowError`. Anything else is a bug: it gets an incident number, the log gets the place in the
  code but neither the exception's text nor any value, and the window goes on.
* `close()` drops what has not begun, asks what has begun to stop, waits for it, and still delivers what it brings:
  an acceptance number that came home is never lost because somebody closed the window.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from window_client.casework.errors import WindowError
from window_client.counter.errands import Errand

log = logging.getLogger(__name__)

HANDFUL_SECONDS = 0.008


class _Lane:
    """One daemon thread with its queue. A daemon, because an errand that hangs must not keep the process alive."""

    def __init__(self, name: str, run: Callable[[Errand], None]) -> None:
        self.waiting: queue.SimpleQueue[Errand | None] = queue.SimpleQueue()
        self._run = run
        self.thread = threading.Thread(target=self._serve, name=f"lane {name}", daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while (errand := self.waiting.get()) is not None:
            self._run(errand)

    def empty(self) -> list[Errand]:
        """Takes out what has not begun."""
        dropped: list[Errand] = []
        while True:
            try:
                errand = self.waiting.get_nowait()
            except queue.Empty:
                return dropped
            if errand is not None:
                dropped.append(errand)


class Lanes(QObject):
    """`run(errand)` from the main thread; the three signals come on the main thread.

    came_home(errand, what the work returned), went_wrong(errand, WindowError), progress(errand, value),
    busy(number of errands under way or waiting).
    """

    came_home = Signal(object, object)
    went_wrong = Signal(object, object)
    progress = Signal(object, object)
    busy = Signal(int)
    _arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lanes: dict[str, _Lane] = {}
        self._home: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._open: set[Errand] = set()
        self._running: set[Errand] = set()
        self._closed = False
        # A timer of zero lets keys, clicks and other timers in between two handfuls; posted calls would come in a row.
        self._next = QTimer(self)
        self._next.setInterval(0)
        self._next.timeout.connect(self._deliver_a_handful)
        # Queued on purpose, also from the main thread: a signal never runs in the middle of an act.
        self._arrived.connect(self._next.start, Qt.ConnectionType.QueuedConnection)

    @property
    def under_way(self) -> tuple[Errand, ...]:
        return tuple(self._open)

    def run(self, errand: Errand) -> None:
        if self._closed:
            raise WindowError("client.closing")
        lane = self._lanes.get(errand.lane)
        if lane is None:
            lane = self._lanes[errand.lane] = _Lane(errand.lane, self._work)
        self._open.add(errand)
        lane.waiting.put(errand)
        self.busy.emit(len(self._open))

    def stop(self, errand: Errand) -> None:
        """Asks the work to stop; what it then returns still comes home."""
        errand.stop.set()

    def close(self, patience: float | None = None) -> bool:
        """Waits for what has begun. With `patience` seconds at most a lane; False when something was still running."""
        self._closed = True
        for lane in self._lanes.values():
            for errand in lane.empty():
                self._open.discard(errand)
            lane.waiting.put(None)
        for errand in tuple(self._running):
            errand.stop.set()
        for lane in self._lanes.values():
            lane.thread.join(patience)
        while self._deliver_one():
            pass
        return not any(lane.thread.is_alive() for lane in self._lanes.values())

    # -- on the lane's thread ------------------------------------------------------------------------------------

    def _work(self, errand: Errand) -> None:
        self._running.add(errand)
        try:
            result = errand.work(lambda value: self._send(lambda: self.progress.emit(errand, value)), errand.stop)
        except WindowError as trouble:
            self._send(self._ending(errand, self.went_wrong, trouble))
        except BaseException as bug:  # noqa: BLE001 - a lane must outlive whatever its errands do
            self._send(self._ending(errand, self.went_wrong, _as_trouble(errand, bug)))
        else:
            self._send(self._ending(errand, self.came_home, result))
        finally:
            self._running.discard(errand)

    def _ending(self, errand: Errand, signal: object, value: object) -> Callable[[], None]:
        def deliver() -> None:
            self._open.discard(errand)
            signal.emit(errand, value)  # type: ignore[attr-defined]
            self.busy.emit(len(self._open))

        return deliver

    def _send(self, delivery: Callable[[], None]) -> None:
        self._home.put(delivery)
        self._arrived.emit()

    # -- on the main thread --------------------------------------------------------------------------------------

    @Slot()
    def _deliver_a_handful(self) -> None:
        until = time.monotonic() + HANDFUL_SECONDS
        while time.monotonic() < until:
            if not self._deliver_one():
                self._next.stop()
                return

    def _deliver_one(self) -> bool:
        try:
            delivery = self._home.get_nowait()
        except queue.Empty:
            return False
        delivery()
        return True


def _as_trouble(errand: Errand, bug: BaseException) -> WindowError:
    """A bug's exception text may hold a value somebody typed; only its kind and its place are written down."""
    incident = secrets.token_hex(4)
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(bug.__traceback__)[-6:])
    )
    log.error("incident %s on lane %s: %s at %s", incident, errand.lane, type(bug).__name__, places)
    return WindowError("client.bug", incident=incident)
