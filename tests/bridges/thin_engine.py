"""The engine without a browser, in a process of its own that may be killed: what kill tests by the hundred stand on.

The door, the journal and the rule of the doubt are the real ones; the worker's part of the conversation is spoken by a
thin hand that posts the form itself.
"""

from __future__ import annotations

import json
import os
import re
import signal
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bridges.filing_desk import FilingDesk
from bridges.hand import Hand
from bridges.journal import Claimed, Journal
from bridges.recipe import Recipe
from tests.bridges.siege import Ledger, known_end, light_filing

WALK = ("attached", "opened", "probed", "filled", "verified", "evidence")


class ThinHand(Hand):
    """Speaks the worker's words without a browser: posts the form when it may, asks the list when it is asked."""

    def __init__(self, recipe: Recipe, room: Path) -> None:
        super().__init__(recipe, recipe.base, room, headless=True)
        self._order: Mapping[str, Any] = {}
        self._may = False

    def begin(self, order: Mapping[str, Any]) -> None:
        self._order = order

    def send(self, said: Mapping[str, Any]) -> None:
        self._may = bool(said.get("intent"))

    def heard(self, patience: float) -> Iterator[dict[str, Any]]:
        values = self._order["values"]
        if self._order["do"] == "look_up":
            page = self._ask(f"rows?sfz={values['person.id_number']}")
            numbers = re.findall(r"LS\d{4}-\d{6}", page)
            yield {"say": "end", "result": {"end": "looked", "numbers": numbers}}
            return
        for stage in WALK:
            yield {"say": "stage", "stage": stage}
        yield {"say": "intent?"}
        if not self._may:
            told = {"reason": "stopped", "code": "not_allowed_to_click", "detail": {}}
            yield {"say": "end", "result": {"end": "trouble", **told}}
            return
        form = urllib.parse.urlencode({"xm": values["person.name"], "sfz": values["person.id_number"]})
        page = self._ask("save", form.encode())
        for stage in ("clicked", "receipt"):
            yield {"say": "stage", "stage": stage}
        found = re.search(r"受理编号：(LS\d{4}-\d{6})", page)
        assert found
        yield {"say": "end", "result": {"end": "filed", "number": found[1]}}

    def _ask(self, path: str, body: bytes | None = None) -> str:
        with urllib.request.urlopen(self.base + path, body, timeout=20) as answer:
            said: str = answer.read().decode()
        return said


class NoJournal(Journal):
    """Remembers nothing: whoever restarts begins anew."""

    def claim(self, key: str, department: str, item: str) -> Claimed:
        return Claimed(1)

    def renew(self, key: str, fence: int) -> bool:
        return True

    def step(self, key: str, fence: int, n: int, name: str) -> bool:
        return True

    def intend(self, key: str, fence: int, n: int) -> bool:
        return True

    def settle(self, *_: Any, **__: Any) -> bool:
        return True


def engine_life(ledger: Ledger, recipe: Recipe, room: Path, case: int, journal: type[Journal], say: int) -> None:
    """One life of the engine, in a process of its own: ends by itself or is killed."""
    desk = FilingDesk(journal(ledger.engine()), room / f"b{os.getpid()}", lambda _: None, departments={"light": recipe})
    desk._hands["light"] = ThinHand(recipe, room)
    filing = light_filing(case)
    outcome = known_end(desk, filing, desk.file(filing))
    told = {"end": type(outcome).__name__, "number": getattr(outcome, "number", "")}
    os.write(say, json.dumps(told).encode())


def life(live: Callable[[int], None], seconds: float | None) -> dict[str, str] | None:
    """What the process said before it ended, or None when it was killed after `seconds`."""
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            live(mouth)
            os._exit(0)
        except BaseException:
            os._exit(1)
    os.close(mouth)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return told_by(child, ear)


def told_by(child: int, ear: int) -> dict[str, str] | None:
    """What the process `child` said into the pipe before it ended, or None when it was killed."""
    _, status = os.waitpid(child, 0)
    with os.fdopen(ear, "rb") as told:
        said = told.read()
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the engine broke by itself"
    return json.loads(said) if said and not os.WIFSIGNALED(status) else None
