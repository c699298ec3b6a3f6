"""One department's hand as its parent holds it: the living browser and the worker at the other end of a pipe."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bridges import background
from bridges.browser_process import BrowserProcess, NoBrowser
from bridges.plan import parcel
from bridges.recipe import Recipe, host_of

# Variables that make Playwright or node write what they see somewhere are not handed on (I9).
NOT_HANDED_ON = ("DEBUG", "DEBUG_FILE", "PWDEBUG", "NODE_OPTIONS", "PW_", "PLAYWRIGHT_")


class WorkerGone(Exception):
    """The worker process ended in the middle of something."""


class WorkerSilent(WorkerGone):
    """The worker lives but says nothing any more: a page holds it, and it is ended."""


QUIET_SECONDS = 75.0
GLANCE, GIVES_WAY_SECONDS = 0.05, 3.0


class Hand:
    """`lock` is taken for a whole run, because a login session of an old system serves one run at a time."""

    def __init__(self, recipe: Recipe, base: str, browsers: Path, *, headless: bool) -> None:
        self.recipe, self.base = recipe, base
        named = [(host,) if ":" in host else (f"{host}:443", f"{host}:80") for host in recipe.hosts]
        self.hosts = [host_of(base), *(host for both in named for host in both)]
        self.browser = BrowserProcess(browsers / recipe.department, self.hosts, headless=headless)
        self.lock = threading.Lock()
        self._waiting = 0  # how many people wait for the lock
        self._counting = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._heard: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._writing = threading.Lock()
        self._amid = False
        self.used = 0.0  # when an order was last begun

    @property
    def worker_pid(self) -> int | None:
        return self._child.pid if self._child and self._child.poll() is None else None

    def _ensure_worker(self) -> None:
        # Whoever left in the middle of an order left its words behind: they would be taken for the next order's.
        if self.worker_pid is not None and not self._amid:
            return
        self._drop_worker()
        given = {key: value for key, value in os.environ.items() if not key.startswith(NOT_HANDED_ON)}
        self._heard = queue.SimpleQueue()
        self._child = background.start(
            [sys.executable, "-m", "bridges.worker"],
            talks=True,
            env=given | {"PYTHONUTF8": "1", "NODE_NO_WARNINGS": "1"},
        )
        threading.Thread(target=self._read, args=(self._child, self._heard), daemon=True).start()

    @staticmethod
    def _read(child: subprocess.Popen[bytes], heard: queue.SimpleQueue[dict[str, Any] | None]) -> None:
        assert child.stdout is not None
        with contextlib.suppress(ValueError, OSError):
            for line in child.stdout:
                heard.put(json.loads(line))
        heard.put(None)

    def send(self, order: Mapping[str, Any]) -> None:
        if self._child is None or self._child.stdin is None:
            raise WorkerGone
        try:
            with self._writing:
                self._child.stdin.write((json.dumps(order) + "\n").encode())
                self._child.stdin.flush()
        except (OSError, ValueError) as trouble:
            raise WorkerGone from trouble

    @contextlib.contextmanager
    def taken(self) -> Iterator[None]:
        """For what a person waits for; a question nobody waits for gives way."""
        with self._counting:
            self._waiting += 1
        try:
            self.lock.acquire()
        finally:
            with self._counting:
                self._waiting -= 1
        try:
            yield
        finally:
            self.lock.release()

    @contextlib.contextmanager
    def idle(self) -> Iterator[bool]:
        """True when nobody works here and nobody waits to; then it is ours while the block lasts."""
        mine = not self._waiting and self.lock.acquire(blocking=False)
        try:
            yield mine
        finally:
            if mine:
                self.lock.release()

    @property
    def is_wanted(self) -> bool:
        return self._waiting > 0

    def begin(self, order: Mapping[str, Any]) -> None:
        """Sends an order to a worker that is there, attached to a browser that is there."""
        living = self.browser.ensure()
        self._ensure_worker()
        self._amid = True
        self.used = time.monotonic()
        self.send(
            {
                **order, "endpoint": living.endpoint, "department": parcel(self.recipe), "base": self.base,
                "hosts": self.hosts,
            }
        )  # fmt: skip

    def heard(self, patience: float) -> Iterator[dict[str, Any] | None]:
        """What the worker says, and None each time nothing came for `patience` seconds; ends with the message `end`.

        A page can hold a worker for ever; pictures of it are no sign of life. After a while it is taken for gone.
        """
        last = time.monotonic()
        while True:
            try:
                message = self._heard.get(timeout=patience)
            except queue.Empty:
                message = {}
            if (
                message is not None
                and message.get("say") in (None, "frame")
                and time.monotonic() - last > QUIET_SECONDS
            ):
                raise WorkerSilent
            if message == {}:
                yield None
                continue
            if message is None or message["say"] != "frame":
                last = time.monotonic()
            if message is None:
                raise WorkerGone
            self._amid = message["say"] != "end"
            yield message
            if not self._amid:
                return

    def _drop_worker(self) -> None:
        child, self._child, self._amid = self._child, None, False
        if child is None:
            return
        with contextlib.suppress(OSError, ValueError):
            if child.stdin is not None:
                child.stdin.close()
        try:
            child.wait(5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stdout is not None:
            child.stdout.close()

    def drop_worker(self) -> None:
        self._drop_worker()

    def close(self) -> None:
        self._drop_worker()
        self.browser.close()


def answer_to(
    hand: Hand, question: Mapping[str, Any], gives_way: Callable[[], bool] = lambda: False
) -> dict[str, Any] | None:
    """What a question ended with that changes nothing at the department. A worker or browser that died meanwhile is
    replaced once; None when that one died too, and when the question gave way."""
    for _ in range(2):
        patience = GIVES_WAY_SECONDS
        try:
            hand.begin(question)
            for message in hand.heard(GLANCE):
                if message is not None and message["say"] == "end":
                    return dict(message["result"])
                if message is None and gives_way():
                    hand.send({"do": "stop"})  # again and again: a stop that comes before the order begins is forgotten
                    patience -= GLANCE
                    if patience < 0:
                        raise WorkerSilent
        except (WorkerGone, NoBrowser):
            hand.drop_worker()
            if gives_way():
                break
    return None
