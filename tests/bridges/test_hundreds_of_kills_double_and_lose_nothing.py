"""A1 to A3 at scale: worker, browser and engine are killed by the hundred; 0 double, 0 lost, by the department's book.

The department commits when it likes, also after our restart. Run every night on both databases, together with
test_the_engine_dies_at_any_moment, whose short form is in every run. Negative control: `test_the_naive_order_doubles`
"""

import os
import random
import signal
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bridges.filing import Outcome, Progress, StepBegan
from bridges.filing_desk import FilingDesk
from tests.bridges.light_department import LightDepartment, light_department
from tests.bridges.siege import Ledger, Siege, judged, known_end, light_desk, light_filing

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STEPS = ("open", "fill", "submit")
TALLY = os.environ.get("ONEWINDOW_TALLY", "")


@pytest.fixture
def department(tmp_path: Path) -> Iterator[LightDepartment]:
    chance = random.Random(7)
    with light_department(tmp_path) as made:
        made.commit_after = lambda: chance.choice((0.0, 0.0, 0.1, 0.4))
        made.answer_after = lambda: chance.choice((0.0, 0.0, 0.05))
        yield made


class Attacker:
    """Kills the worker or the browser of a desk once in a filing: at a step, at a moment, or around the click."""

    def __init__(self, desk: FilingDesk, seed: int) -> None:
        self._hand, self._chance, self.kills = desk._hands["light"], random.Random(seed), 0
        self._send, self._armed, self._at, self._prey = self._hand.send, False, "", "worker"
        self._hand.send = self._sent  # type: ignore[method-assign]

    def arm(self, prey: str, at: str) -> None:
        self._armed, self._prey, self._at = True, prey, at
        if at == "anywhere":
            self._later(self._chance.uniform(0.0, 0.8))

    def disarm(self) -> None:
        self._armed = False

    def hear(self, told: Progress) -> None:
        if isinstance(told, StepBegan) and told.name == self._at:
            self._kill()

    def _sent(self, order: Mapping[str, object]) -> None:
        self._send(order)
        if order.get("intent") is True and self._at == "click":
            self._later(self._chance.choice((0.0, self._chance.uniform(0.0, 0.1), self._chance.uniform(0.0, 0.5))))

    def _later(self, seconds: float) -> None:
        threading.Timer(seconds, self._kill).start()

    def _kill(self) -> None:
        if not self._armed:
            return
        living = self._hand.browser.living() if self._prey == "browser" else None
        pid = living.pid if living else self._hand.worker_pid if self._prey == "worker" else None
        if pid:
            self._armed = False
            self.kills += 1
            os.kill(pid, signal.SIGKILL)


def _file_under_attack(desk: FilingDesk, attacker: Attacker, n: int, prey: str, at: str) -> Outcome:
    filing = light_filing(n)
    attacker.arm(prey, at)
    outcome = desk.file(filing, attacker.hear)
    attacker.disarm()
    for _ in range(3):  # surely nothing was sent: a clerk sends it again, under the same key
        if type(outcome).__name__ == "NotSent":
            outcome = desk.file(filing)
    return known_end(desk, filing, outcome)


def _parts(department: LightDepartment, ledger: Ledger, room: Path, kills: int, seed: int) -> tuple[int, list[str]]:
    """Worker and browser, `kills` times. -> (killed, what was wrong)"""
    engine = ledger.engine()
    desk = light_desk(engine, department.url, room)
    attacker, chance, ends, n = Attacker(desk, seed), random.Random(seed), dict[int, Outcome](), 0
    try:
        while attacker.kills < kills:
            n += 1
            prey = "browser" if n % 5 == 0 else "worker"
            at = chance.choice(("click", "click", "click", "anywhere", *STEPS))
            ends[n] = _file_under_attack(desk, attacker, n, prey, at)
    finally:
        desk.close()
        engine.dispose()
    book = department.book()
    wrong = [judged(book, case, type(end).__name__, getattr(end, "number", "")) for case, end in ends.items()]
    return attacker.kills, [one for one in wrong if one]


def _engines(department: LightDepartment, ledger: Ledger, room: Path, kills: int, seed: int) -> tuple[int, list[str]]:
    siege = Siege(ledger, department.url, room)
    siege.go(10_000, kills, seed)
    book = department.book()
    wrong = [judged(book, case, end["end"], end["number"]) for case, end in siege.ends.items()]
    return siege.kills, [one for one in wrong if one]


def _two_windows(department: LightDepartment, ledger: Ledger, room: Path, kills: int) -> tuple[int, list[str]]:
    """Two live windows file one case at once, and one of their workers is killed meanwhile: half of them in vain,
    because the other window had the case."""
    engines = [ledger.engine(), ledger.engine()]
    desks = [light_desk(engine, department.url, room, f"window-{n}") for n, engine in enumerate(engines)]
    attackers = [Attacker(desk, n) for n, desk in enumerate(desks)]
    wrong: list[str] = []
    try:
        for n in range(20_000, 20_000 + 6 * kills):
            if sum(attacker.kills for attacker in attackers) >= kills:
                break
            ends: list[Outcome] = []
            threads = [
                threading.Thread(
                    target=lambda desk=desk, attacker=attacker, n=n, ends=ends: ends.append(
                        _file_under_attack(desk, attacker, n, "worker" if attacker is attackers[n % 2] else "", "click")
                    )
                )
                for desk, attacker in zip(desks, attackers, strict=True)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            book = department.book()
            wrong += [judged(book, n, type(end).__name__, getattr(end, "number", "")) for end in ends]
    finally:
        for desk in desks:
            desk.close()
        for engine in engines:
            engine.dispose()
    return sum(attacker.kills for attacker in attackers), [one for one in wrong if one]


def _say(what: str, kills: int, wrong: list[str]) -> None:
    line = f"{what}: kills={kills} violations={len(wrong)}"
    print(line)
    if TALLY:
        with open(TALLY, "a", encoding="utf-8") as tally:
            tally.write(f"{line} {wrong}\n")


@pytest.mark.nightly
def test_a_few_kills_of_every_kind(department: LightDepartment, ledger: Ledger, tmp_path: Path) -> None:
    """A handful of each, to try the siege itself. In every run: test_a_killed_part…, test_the_engine_dies…"""
    server = not ledger.key
    kills, wrong = _parts(department, ledger, tmp_path, 2, seed=11)
    more, wrong_too = (
        (_two_windows(department, ledger, tmp_path, 1)) if server else _engines(department, ledger, tmp_path, 1, seed=5)
    )
    assert kills + more >= 2
    assert wrong + wrong_too == []


@pytest.mark.nightly
@pytest.mark.timeout(3000)
def test_worker_and_browser_are_killed_by_the_hundred(
    department: LightDepartment, ledger: Ledger, tmp_path: Path
) -> None:
    kills, wrong = _parts(department, ledger, tmp_path, 180, seed=1)
    _say(f"worker+browser {'sqlcipher' if ledger.key else 'postgresql'}", kills, wrong)
    assert (kills >= 180, wrong) == (True, [])


@pytest.mark.nightly
@pytest.mark.timeout(3000)
def test_the_engine_is_killed_again_and_again(department: LightDepartment, ledger: Ledger, tmp_path: Path) -> None:
    kills, wrong = _engines(department, ledger, tmp_path, 60, seed=2)
    _say(f"engine {'sqlcipher' if ledger.key else 'postgresql'}", kills, wrong)
    assert (kills >= 60, wrong) == (True, [])


@pytest.mark.nightly
@pytest.mark.timeout(3000)
def test_two_live_windows_on_one_case(department: LightDepartment, ledger: Ledger, tmp_path: Path) -> None:
    kills, wrong = _two_windows(department, ledger, tmp_path, 10)
    _say(f"two windows {'sqlcipher' if ledger.key else 'postgresql'}", kills, wrong)
    assert (kills >= 10, wrong) == (True, [])
