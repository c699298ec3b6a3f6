"""A1, A2: the engine's own process is killed at any microsecond between the claim and the last commit, by the hundred.

The door, the journal and the rule of the doubt are the real ones, on both databases; the department is a real server
with a book of its own that commits when it likes. Only the browser is left out, for speed: its part of the conversation
is spoken by a thin hand that posts the form itself. (With browsers: test_hundreds_of_kills_double_and_lose_nothing.)
Negative control: the same engine without a journal doubles.
"""

from __future__ import annotations

import json
import os
import random
import re
import secrets
import signal
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bridges.filing import Filed, NotSent
from bridges.filing_desk import FilingDesk
from bridges.journal import Claimed, Journal
from bridges.recipe import Recipe
from tests.bridges.light_department import LightDepartment, light_department
from tests.bridges.siege import Ledger, judged, known_end, light_filing, light_recipe

WALK = ("attached", "opened", "probed", "filled", "verified", "evidence")


class ThinHand:
    """Speaks the worker's words without a browser: posts the form when it may, asks the list when it is asked."""

    worker_pid = None
    used = 0.0

    def __init__(self, recipe: Recipe) -> None:
        self.recipe, self.base, self.lock = recipe, recipe.base, threading.Lock()
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

    def drop_worker(self) -> None:
        """There is none."""

    close = drop_worker


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


@pytest.fixture
def department(tmp_path: Path) -> Iterator[LightDepartment]:
    chance = random.Random(3)
    with light_department(tmp_path) as made:
        made.commit_after = lambda: chance.choice((0.0, 0.0, 0.01, 0.04))
        yield made


def _engine(ledger: Ledger, recipe: Recipe, room: Path, case: int, journal: type[Journal], say: int) -> None:
    """One life of the engine, in a process of its own: ends by itself or is killed."""
    desk = FilingDesk(journal(ledger.engine()), room / f"b{os.getpid()}", lambda _: None, departments={"light": recipe})
    desk._hands["light"] = ThinHand(recipe)  # type: ignore[assignment]
    filing = light_filing(case)
    outcome = known_end(desk, filing, desk.file(filing))
    told = {"end": type(outcome).__name__, "number": getattr(outcome, "number", "")}
    os.write(say, json.dumps(told).encode())


def _life(live: Callable[[int], None], seconds: float | None) -> dict[str, str] | None:
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
    _, status = os.waitpid(child, 0)
    with os.fdopen(ear, "rb") as told:
        said = told.read()
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the engine broke by itself"
    return json.loads(said) if said and not os.WIFSIGNALED(status) else None


def _besiege(
    ledger: Ledger, department: LightDepartment, room: Path, kills: int, journal: type[Journal] = Journal
) -> tuple[int, list[str]]:
    """-> (processes killed, what was wrong). Each case is killed one to three times and then lives to its end."""
    chance, recipe = random.Random(kills), light_recipe(department.url, room)
    object.__setattr__(recipe, "longest_delay_s", 0.08)
    killed, case, ends = 0, 0, dict[int, dict[str, str]]()
    began = time.monotonic()
    _life(partial(_engine, ledger, recipe, room, 90_000, journal), None)
    whole = time.monotonic() - began  # a life without a kill on this machine, now
    while killed < kills:
        case += 1
        live = partial(_engine, ledger, recipe, room, case, journal)
        for _ in range(chance.randint(1, 3)):
            told = _life(live, chance.uniform(0.1, 1.1) * whole)
            killed += told is None
        while (told := _life(live, None)) is None:
            pass
        if told["end"] == NotSent.__name__:
            continue  # its holder is thought alive for a moment longer; nothing was sent, nothing is claimed to be
        ends[case] = told
    for thread in tuple(department.pending):
        thread.join(5)
    book = department.book()
    return killed, [said for one, end in ends.items() if (said := judged(book, one, end["end"], end["number"]))]


@pytest.mark.parametrize("kills", [8, pytest.param(300, marks=[pytest.mark.nightly, pytest.mark.timeout(1500)])])
def test_no_moment_doubles_and_none_loses(
    ledger: Ledger, department: LightDepartment, tmp_path: Path, kills: int
) -> None:
    killed, wrong = _besiege(ledger, department, tmp_path, kills)
    print(f"trials={killed} violations={len(wrong)} seed={kills}")
    if tally := os.environ.get("ONEWINDOW_TALLY"):
        with open(tally, "a", encoding="utf-8") as file:
            file.write(f"engine, any moment, {'sqlcipher' if ledger.key else 'postgresql'}: kills={killed} {wrong}\n")
    assert (killed >= kills, wrong) == (True, [])


def test_without_a_journal_the_same_engine_doubles(department: LightDepartment, tmp_path: Path) -> None:
    ledger = Ledger(str(tmp_path / "records.db"), secrets.token_hex(32))
    ledger.engine().dispose()
    _, wrong = _besiege(ledger, department, tmp_path, 10, NoJournal)
    assert any("double" in one for one in wrong)


def test_a_life_without_a_kill_files_once(ledger: Ledger, department: LightDepartment, tmp_path: Path) -> None:
    recipe = light_recipe(department.url, tmp_path)
    told = _life(partial(_engine, ledger, recipe, tmp_path, 1, Journal), None)
    assert told is not None
    assert told["end"] == Filed.__name__
    assert department.numbers_of("990101" + f"{1:012}") == [told["number"]]
