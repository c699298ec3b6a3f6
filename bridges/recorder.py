"""Recording at a department's page: our own browser, a person at it, and the worker that looks on."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from bridges.browser_process import NoBrowser
from bridges.draft import Draft, draft
from bridges.hand import Hand, WorkerGone
from bridges.inspection import CannotInspect
from bridges.recipe import Recipe, load
from bridges.recording import Watcher

_SHELL = """recipe: 1
department: recorded
name: {{zh: 录制, en: Recording}}
base: {base}
hosts: [{hosts}]
forms:
  录制:
    items: [recorded.form]
    steps: [{{open: /}}, {{submit: 提交}}]
    receipt: {{number: 'x'}}
"""


class Recorder:
    """`address`: where to begin. `endpoint`, once the browser runs: whoever has no display drives it over that."""

    def __init__(self, address: str, *, hosts: Sequence[str] = (), headless: bool = False) -> None:
        self._address, self._hosts, self._headless = address, tuple(hosts), headless
        self.finish = threading.Event()
        self.ready = threading.Event()
        self.endpoint = ""

    def record(self, department: str, item: str, told: Callable[[int], None] = lambda _: None) -> Draft:
        """Blocks until `finish` is set or the window is closed. `told(acts)` hears how many acts there are by now."""
        watcher = Watcher()
        with tempfile.TemporaryDirectory(prefix="onewindow-record-") as room:
            recipe = self._shell(Path(room))
            hand = Hand(recipe, recipe.base, Path(room) / "browsers", headless=self._headless)
            try:
                turned_away = self._listen(hand, watcher, told)
            except WorkerGone as trouble:
                raise CannotInspect("worker_gone", {}) from trouble
            except NoBrowser as trouble:
                raise CannotInspect(trouble.code, {}) from trouble
            finally:
                self.ready.set()
                hand.close()
        return draft(watcher.recording(turned_away), department=department, item=item)

    def _shell(self, room: Path) -> Recipe:
        file = room / "recipe.yaml"
        base = "/".join(self._address.split("/")[:3]) + "/"
        file.write_text(_SHELL.format(base=base, hosts=", ".join(f"'{one}'" for one in self._hosts)), encoding="utf-8")
        return load(file)

    def _listen(self, hand: Hand, watcher: Watcher, told: Callable[[int], None]) -> list[str]:
        order = {"do": "record", "address": self._address, "form": "", "steps": [], "masked": [], "values": {}}
        hand.begin({**order, "credentials": None})
        living = hand.browser.living()
        self.endpoint = living.endpoint if living else ""
        said = False
        for message in hand.heard(0.1):
            if self.finish.is_set() and not said:
                said = True
                hand.send({"do": "finish"})
            if message is None:
                continue
            if message["say"] == "seen":
                watcher.hear(message)
                if message["what"] == "begun":
                    self.ready.set()
                told(watcher.acts)
            elif message["say"] == "end":
                result = message["result"]
                if result["end"] != "recorded":
                    raise CannotInspect(result["code"], result["detail"])
                return list(result["turned_away"])
        raise WorkerGone
