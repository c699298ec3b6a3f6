"""The line between worker and parent: JSON lines. Secrets travel here and nowhere else (never in arguments)."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from dataclasses import dataclass, field
from typing import Any


class Trouble(Exception):
    """A run cannot go on. `reason` as in `NotSent`; who hears it decides by the stage whether anything was sent."""

    def __init__(self, reason: str, code: str, **detail: str) -> None:
        super().__init__(code)
        self.reason, self.code, self.detail = reason, code, detail


@dataclass
class Wire:
    orders: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    answers: asyncio.Queue[bool] = field(default_factory=asyncio.Queue)
    watched: bool = False
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    finished: asyncio.Event = field(default_factory=asyncio.Event)
    taken: asyncio.Event = field(default_factory=asyncio.Event)
    handed: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    dialogs: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)

    def listen(self) -> None:
        """Starts reading; a thread, because Windows offers asyncio no pipe for standard input."""
        loop = asyncio.get_running_loop()

        def read() -> None:
            for line in sys.stdin.buffer:
                loop.call_soon_threadsafe(self._take, json.loads(line))
            os._exit(0)  # the parent is gone: nothing may be clicked any more, not even what was just about to be

        threading.Thread(target=read, daemon=True).start()

    def _take(self, order: dict[str, Any]) -> None:
        match order["do"]:
            case "answer":
                self.answers.put_nowait(bool(order["intent"]))
            case "stop":
                self.stop.set()
            case "take_over":
                self.taken.set()
            case "resume" | "input":
                self.handed.put_nowait(order)
            case "dialog":  # beside the other queue: a page that asks something holds whoever clicked in it
                self.dialogs.put_nowait(order)
            case "finish":
                self.finished.set()
            case _:
                self.orders.put_nowait(order)

    def say(self, what: str, /, **more: Any) -> None:
        line = json.dumps({"say": what, **more}, ensure_ascii=True) + "\n"
        sys.stdout.buffer.write(line.encode())
        sys.stdout.buffer.flush()

    async def may_click(self) -> bool:
        """Asks the parent and waits for its durable answer."""
        self.say("intent?")
        return await self.answers.get()
