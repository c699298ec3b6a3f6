"""I3, B1, B3: kill -9 at any moment and a full disk: what was acknowledged is there, whole, and the chain holds."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.casework.appending import VISIT
from tests.casework.room import cabinet_on, small_disk
from window_client.casework import facts as f
from window_client.casework.records.engine import open_engine

KEY = bytes(range(32))
ROOT = Path(__file__).parents[2]


@contextmanager
def client(path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.casework.appending", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as running:
        say(running, KEY.hex())
        yield running
        say(running, "enough")


def say(running: subprocess.Popen[str], words: str) -> None:
    assert running.stdin is not None
    running.stdin.write(words + "\n")
    running.stdin.flush()


def heard(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline().strip()


def killed_after(running: subprocess.Popen[str], acknowledged: int, delay: float) -> int:
    """Start, let it acknowledge some, kill it a moment later; the last length it was told."""
    say(running, "go")
    child = int(heard(running).removeprefix("pid "))
    last = 0
    for _ in range(acknowledged):
        last = int(heard(running))
    end = time.monotonic() + delay
    while time.monotonic() < end:
        pass
    os.kill(child, signal.SIGKILL)
    while (line := heard(running)) != "over":
        last = int(line)
    return last


@pytest.mark.slow
def test_kill_nine_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    path, dice = tmp_path / "records.db", random.Random(20261121)
    with client(path) as running:
        for trial in range(25):
            told = killed_after(running, dice.randint(1, 4), dice.random() * 0.02)
            engine = open_engine(path, KEY)
            cabinet = cabinet_on(engine, plain=True)
            entries, report = cabinet.facts(VISIT), cabinet.verify_chain()
            assert len(entries) >= told, trial
            assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
            assert (len(entries) - 3) % 2 == 0, "two facts of one append came apart"
            assert report.ok
            assert report.entries == len(entries)
            engine.dispose()


@pytest.mark.slow
def test_a_full_disk_is_told_and_harms_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        path = disk / "records.db"
        with client(path) as running:
            say(running, "go")
            said = [heard(running)]
            while said[-1] != "over":
                said.append(heard(running))
        assert said[-2] == "told casework.disk_full"
        told = int(said[-3])
        engine = open_engine(path, KEY)
        cabinet = cabinet_on(engine, plain=True)
        assert len(cabinet.facts(VISIT)) == told
        assert cabinet.verify_chain().ok
        engine.dispose()
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
        engine = open_engine(path, KEY)
        assert cabinet_on(engine, plain=True).append(VISIT, (f.VisitClosed(),), expected=told, actor="c01") == told + 1
        engine.dispose()
