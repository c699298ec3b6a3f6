"""Sessions that a department lets sleep (`login.keepalive_s`) are touched while nobody files there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from bridges.hand import Hand


class Waker:
    def __init__(self, hands: Mapping[str, Hand], warm: Callable[[str], None]) -> None:
        self._hands, self._warm = hands, warm
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Once, and only when a recipe asks for it."""
        shortest = min((span for hand in self._hands.values() if (span := _span(hand))), default=0.0)
        if not shortest or self._thread is not None:
            return
        self._thread = threading.Thread(target=self._wake, args=(shortest / 4,), daemon=True)
        self._thread.start()

    def _wake(self, every: float) -> None:
        while not self._closing.wait(every):
            for name, hand in self._hands.items():
                if _span(hand) and hand.worker_pid and time.monotonic() - hand.used > _span(hand):
                    self._warm(name)

    def end(self) -> None:
        self._closing.set()
        if self._thread is not None:
            self._thread.join()


def _span(hand: Hand) -> float:
    return float((hand.recipe.login or {}).get("keepalive_s", 0))
