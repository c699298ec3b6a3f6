"""A1: between the intent and the last commit the engine is killed at each of its calls to the system, one by one.

strace attaches to a real engine process when it is about to write its intent and kills it (SIGKILL) at the N-th write,
sync, unlink, send or receive, and at every other call: once after it was done and once in its place, as if the machine
had stopped before.
Between two calls to the system nothing outside the process changes, so that there is no other moment. Then a new engine
asks for the outcome; the department's own book judges. All calls by night on both databases, some in every run.
Negative control: the same engine that writes no intent doubles at the very same call.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bridges.filing import Filed, NotSent
from bridges.journal import Journal
from tests.bridges.light_department import LightDepartment, light_department
from tests.bridges.siege import Ledger, judged, light_recipe
from tests.bridges.thin_engine import NoJournal, engine_life, life, told_by

SPOKEN = b"."


@dataclass(frozen=True)
class Point:
    call: str
    n: int
    instead: bool  # the call is not done at all

    def __str__(self) -> str:
        return f"{'instead of' if self.instead else 'after'} {self.call} {self.n}"


def _gated(base: type[Journal], ready: int, go: int) -> type[Journal]:
    class Gated(base):  # type: ignore[valid-type,misc]
        """Waits before the intent until somebody has attached; says when the end is committed."""

        def intend(self, key: str, fence: int, n: int) -> bool:
            os.write(ready, SPOKEN)
            os.read(go, 1)
            written: bool = super().intend(key, fence, n)
            return written

        def settle(self, *given: object, **more: object) -> bool:
            done: bool = super().settle(*given, **more)
            os.write(ready, SPOKEN)
            return done

    return Gated


@dataclass
class Sweep:
    ledger: Ledger
    department: LightDepartment
    room: Path
    journal: type[Journal] = Journal
    case: int = 0
    ends: dict[int, tuple[str, dict[str, str]]] = field(default_factory=dict)
    kills: int = 0

    def __post_init__(self) -> None:
        self.recipe = light_recipe(self.department.url, self.room)
        object.__setattr__(self.recipe, "longest_delay_s", 0.08)

    def _live(self, journal: type[Journal], mouth: int) -> None:
        engine_life(self.ledger, self.recipe, self.room, self.case, journal, mouth)

    def _traced(self, *how: str) -> dict[str, str] | None:
        """One life with strace at its side from the intent on; None when it was killed."""
        (ear, mouth), (hears, ready), (go, lets) = os.pipe(), os.pipe(), os.pipe()
        child = os.fork()
        if child == 0:
            try:
                self._live(_gated(self.journal, ready, go), mouth)
                os._exit(0)
            except BaseException:
                os._exit(1)
        for end in (mouth, ready, go):
            os.close(end)
        assert os.read(hears, 1) == SPOKEN, "the engine never came to its intent"
        command = ["strace", "-f", "-p", str(child), *how]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as strace:
            assert strace.stderr is not None
            said = strace.stderr.readline()
            assert b"attached" in said, said
            os.write(lets, SPOKEN)
            strace.stderr.read()
        for end in (hears, lets):
            os.close(end)
        return told_by(child, ear)

    def calls(self) -> list[tuple[str, int]]:
        """Every call of one undisturbed life between its intent and its last commit, each with its how-manieth."""
        self.case += 1
        file = self.room / "calls"
        told = self._traced("-e", "trace=all", "-o", str(file))
        assert told is not None
        assert told["end"] == Filed.__name__
        seen: Counter[tuple[str, str]] = Counter()
        out: list[tuple[str, int]] = []
        until_committed = re.split(rf'write\(\d+, "{re.escape(SPOKEN.decode())}", 1\)', file.read_text())[0]
        lines = [re.match(r"(\d+) +(\w+)\(", line) for line in until_committed.splitlines()]
        calls = [(found[1], found[2]) for found in lines if found]
        main = Counter(thread for thread, _ in calls).most_common(1)[0][0]
        for thread, call in calls:
            seen[thread, call] += 1
            if thread == main:
                out.append((call, seen[thread, call]))
        return out

    def kill_at(self, point: Point) -> str:
        """What was wrong after a kill at this point and a restart, or ""."""
        self.case += 1
        inject = f"inject={point.call}:signal=SIGKILL:when={point.n}" + ":error=EIO" * point.instead
        if self._traced("-e", f"trace={point.call}", "-e", inject, "-o", os.devnull) is None:
            self.kills += 1
        told = life(lambda mouth: self._live(self.journal, mouth), None)
        assert told is not None
        assert told["end"] != NotSent.__name__
        for thread in tuple(self.department.pending):
            thread.join(5)
        wrong = judged(self.department.book(), self.case, told["end"], told["number"])
        return f"{point}: {wrong}" if wrong else ""


@pytest.fixture
def department(tmp_path: Path) -> Iterator[LightDepartment]:
    chance = random.Random(3)
    with light_department(tmp_path) as made:
        made.commit_after = lambda: chance.choice((0.0, 0.0, 0.01, 0.04))
        yield made


def _spread(points: list[Point], most: int) -> list[Point]:
    return [points[(n + 1) * len(points) // (most + 1)] for n in range(most)]


@pytest.mark.parametrize("most", [3, pytest.param(0, marks=[pytest.mark.nightly, pytest.mark.timeout(3000)])])
def test_no_call_to_the_system_doubles_and_none_loses(
    ledger: Ledger, department: LightDepartment, tmp_path: Path, most: int
) -> None:
    sweep = Sweep(ledger, department, tmp_path)
    points = [Point(call, n, instead) for call, n in sweep.calls() for instead in (False, True)]
    tried = _spread(points, most) if most else points
    wrong = [said for point in tried if (said := sweep.kill_at(point))]
    print(f"calls={len(points) // 2} kills={sweep.kills} violations={len(wrong)}")
    if tally := os.environ.get("ONEWINDOW_TALLY"):
        with open(tally, "a", encoding="utf-8") as file:
            kind = "sqlcipher" if ledger.key else "postgresql"
            file.write(f"engine, every system call, {kind}: calls={len(points) // 2} kills={sweep.kills} {wrong}\n")
    assert wrong == []
    assert sweep.kills >= len(tried) * 0.6  # how often a socket is asked before it answers is not the same every time


def test_without_an_intent_the_same_kill_doubles(ledger: Ledger, department: LightDepartment, tmp_path: Path) -> None:
    sweep = Sweep(ledger, department, tmp_path, NoJournal)
    heard = next(Point(call, n, False) for call, n in sweep.calls() if call == "recvfrom")
    assert "double" in sweep.kill_at(heard)
