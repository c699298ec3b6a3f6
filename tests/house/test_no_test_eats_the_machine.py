"""The watch over memory bites: a process that takes too much ends, and says where it stood."""

import subprocess
import sys

from tests.house.tree import ROOT

_GREEDY = """
from tests import appetite
appetite.watch({most})
held = []
def eat():
    while len(held) < 120:
        held.append(bytearray(4 << 20))
eat()
print("not stopped")
"""


def test_a_greedy_process_is_stopped_and_named() -> None:
    command = [sys.executable, "-c", _GREEDY.format(most=200 << 20) + "import time; time.sleep(20)"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 99
    assert "it stands here" in done.stderr


def test_a_modest_one_is_left_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _GREEDY.format(most=1 << 40)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "not stopped\n")
