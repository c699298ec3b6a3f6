"""Plays a story beat by beat inside the Qt loop, and photographs both screens at every beat.

A beat acts, then waits for a fact (never for a time) and then is shown. Where somebody watches, every beat stays for a
moment, the space bar pauses and goes on, Escape ends the play.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

SETTLES_MS = 350


@dataclass(frozen=True)
class Beat:
    """``name`` names the pictures (empty: none); ``until`` is asked until it says yes, ``patience`` seconds at most."""

    name: str
    until: Callable[[], bool] = lambda: True
    patience: float = 180.0


class BeatMissed(Exception):
    """What a beat waited for did not happen: the name of the beat, and what was still under way."""


class Player(QObject):
    """``play`` runs the whole story and returns when it has ended; raises what the story raised."""

    def __init__(self, windows: dict[str, QWidget], out: Path, hold: float) -> None:
        super().__init__()
        self._windows = windows
        self._out = out
        self._hold = hold
        self._paused = False
        self._story: Iterator[Beat] = iter(())
        self._trouble: BaseException | None = None
        self.pictures: list[str] = []
        self.on_beat: Callable[[str], None] = lambda _: None
        self.under_way: Callable[[], str] = lambda: ""

    def play(self, story: Iterator[Beat]) -> None:
        self._story = story
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.installEventFilter(self)
        QTimer.singleShot(0, self._next)
        application.exec()
        application.removeEventFilter(self)
        if self._trouble is not None:
            raise self._trouble

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._hold > 0 and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Space:
                    self._paused = not self._paused
                    return True
                case Qt.Key.Key_Escape:
                    self._story = iter(())
                    return True
                case _:
                    pass
        return super().eventFilter(watched, event)

    def _next(self) -> None:
        try:
            beat = next(self._story)
        except StopIteration:
            QApplication.exit(0)
            return
        except BaseException as trouble:  # noqa: BLE001  it is raised again by play(), outside the Qt loop
            self._trouble = trouble
            QApplication.exit(1)
            return
        self._wait(beat, time.monotonic() + beat.patience)

    def _wait(self, beat: Beat, deadline: float) -> None:
        if beat.until():
            # What a beat changed is drawn by then, the mirror of the resident's screen included.
            QTimer.singleShot(SETTLES_MS if beat.name else 0, lambda: self._show(beat))
        elif time.monotonic() > deadline:
            self._trouble = BeatMissed(f"{beat.name} {self.under_way()}".strip())
            QApplication.exit(1)
        else:
            QTimer.singleShot(15, lambda: self._wait(beat, deadline))

    def _show(self, beat: Beat) -> None:
        if self._paused:
            QTimer.singleShot(100, lambda: self._show(beat))
            return
        if beat.name:
            self.on_beat(beat.name)
            self._photograph(beat.name)
        QTimer.singleShot(int(self._hold * 1000) if beat.name else 0, self._next)

    def _photograph(self, name: str) -> None:
        for who, window in self._windows.items():
            path = self._out / f"{name}-{who}.png"
            window.grab().save(str(path))
            self.pictures.append(path.name)
