"""A1, A2: the engine's own process is killed at any microsecond between the claim and the last commit, by the hundred.

The door, the journal and the rule of the doubt are the real ones, on both databases; the department is a real server
with a book of its own that commits when it likes. Only the browser is left out, for speed: its part of the conversation
is spoken by a thin hand that posts the form itself. (With browsers: test_hundreds_of_kills_double_and_lose_nothing.)
Negative control: the same engine without a journal doubles.
"""

from __future__ import annotations

import os
import random
import secrets
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bridges.filing import Filed, NotSent
from bridges.journal import Journal
from tests.bridges.light_department import LightDepartment, light_department
from tests.bridges.siege import Ledger, judged, light_recipe
from tests.bridges.thin_engine import NoJournal, engine_life, life


@pytest.fixture
def department(tmp_path: Path) -> Iterator[LightDepartment]:
    chance = random.Random(3)
    with light_department(tmp_path) as made:
        made.commit_after = lambda: chance.choice((0.0, 0.0, 0.01, 0.04))
        yield made


def _besiege(
    ledger: Ledger, department: LightDepartment, room: Path, kills: int, journal: type[Journal] = Journal
) -> tuple[int, list[str]]:
    """-> (processes killed, what was wrong). Each case is killed one to three times and then lives to its end."""
    chance, recipe = random.Random(kills), light_recipe(department.url, room)
    object.__setattr__(recipe, "longest_delay_s", 0.08)
    killed, case, ends = 0, 0, dict[int, dict[str, str]]()
    began = time.monotonic()
    life(partial(engine_life, ledger, recipe, room, 90_000, journal), None)
    whole = time.monotonic() - began  # a life without a kill on this machine, now
    while killed < kills:
        case += 1
        live = partial(engine_life, ledger, recipe, room, case, journal)
        for _ in range(chance.randint(1, 3)):
            told = life(live, chance.uniform(0.1, 1.1) * whole)
            killed += told is None
        while (told := life(live, None)) is None:
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
    told = life(partial(engine_life, ledger, recipe, tmp_path, 1, Journal), None)
    assert told is not None
    assert told["end"] == Filed.__name__
    assert department.numbers_of("990101" + f"{1:012}") == [told["number"]]
