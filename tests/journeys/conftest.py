"""One demo for all journey tests: started as a user would start it, judged only by what it leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Played:
    """``said``: the one JSON object on standard output; ``out``: the folder it left."""

    said: dict[str, Any]
    out: Path
    standard_error: str


def demo(out: Path, *options: str) -> subprocess.Popen[str]:
    """The demo as its own process group, so that a test may kill all of it or only its head."""
    return subprocess.Popen(
        [sys.executable, "-m", "window_client", *options, "demo", "--headless", "--json", "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("QT_")},
    )


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    out = tmp_path_factory.mktemp("demo") / "out"
    running = demo(out)
    said, standard_error = running.communicate(timeout=400)
    assert running.returncode == 0, standard_error[-3000:]
    return Played(json.loads(said), out, standard_error)
