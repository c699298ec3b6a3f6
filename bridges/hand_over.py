"""What the person at the counter says to a run under way: take over, here is my mouse, carry on.

One object a filing, made by the caller and given to `FilingDesk.file`. Every word may be said from any thread at any
time and returns at once; before the run begins or after it ended it changes nothing. What the person types passes
through and is kept nowhere (I9).
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping
from typing import Any, Literal

from bridges.filing import FieldProof

Keep = Literal["", "case", "page"]
DIALOG_SECONDS = 120.0
Send = Callable[[Mapping[str, Any]], None]
MouseKind = Literal["mousePressed", "mouseReleased", "mouseMoved", "mouseWheel"]


class HandOver:
    """`kept`: fields as the person left them on the page, once `carry_on("page")` was said."""

    def __init__(self, dialog_seconds: float = DIALOG_SECONDS) -> None:
        self.dialog_seconds = dialog_seconds  # an unanswered question of the page is then sent away
        self._send: Send | None = None
        self._wished = False
        self._lock = threading.Lock()
        self.kept: tuple[FieldProof, ...] = ()
        self.written_back = False  # the counter put what was changed into the case and stopped the run

    def take_over(self) -> None:
        """接管: the run parks at its next step, before the intent only."""
        with self._lock:
            self._wished = True
        self._say({"do": "take_over"})

    def carry_on(self, keep: Keep = "") -> None:
        """继续. When fields were changed the run says which; then `case` writes ours again and `page` keeps theirs."""
        self._say({"do": "resume", "keep": keep})

    def point(
        self,
        kind: MouseKind,
        x: float,
        y: float,
        *,
        button: str = "none",
        clicks: int = 0,
        dx: float = 0,
        dy: float = 0,
    ) -> None:
        """`x`, `y`: parts of the picture's width and height, 0 to 1."""
        told = {"type": kind, "x": x, "y": y, "button": button, "clicks": clicks, "dx": dx, "dy": dy}
        self._say({"do": "input", "kind": "mouse", **told})

    def press(self, key: str, code: str, number: int, *, text: str = "", modifiers: int = 0) -> None:
        """A key that is no text (Enter, Backspace, an arrow), down and up. `number`: its virtual key code."""
        told = {"do": "input", "kind": "key", "key": key, "code": code, "vk": number, "modifiers": modifiers}
        self._say({**told, "type": "keyDown" if text else "rawKeyDown", "text": text})
        self._say({**told, "type": "keyUp"})

    def write(self, text: str) -> None:
        self._say({"do": "input", "kind": "text", "text": text})

    def answer_page(self, n: int, yes: bool, text: str = "") -> None:
        """What the person chose where the page asked (`PageAsks`): OK with the text of a prompt, or cancel."""
        self._say({"do": "dialog", "n": n, "yes": yes, "text": text})

    # ---- the run's side
    def bind(self, send: Send) -> None:
        with self._lock:
            self._send, wished = send, self._wished
        if wished:
            self._say({"do": "take_over"})

    def release(self) -> None:
        with self._lock:
            self._send = None

    def parked(self) -> None:
        with self._lock:
            self._wished = False

    def _say(self, order: Mapping[str, Any]) -> None:
        with self._lock:
            send = self._send
        if send is not None:
            with contextlib.suppress(Exception):  # a worker that died says so itself
                send(order)
