"""kill -9 at any moment (D16, B2): what was acknowledged is there, nothing is half there, nobody has to tidy up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

SECONDS = float(os.environ.get("ONEWINDOW_KILLING_SECONDS", "5"))


@pytest.mark.slow
def test_killed_in_rounds(engine: Engine, tmp_path: Path) -> None:
    sqlite = engine.dialect.name == "sqlite"
    database = str(tmp_path / "killed.db") if sqlite else engine.url.render_as_string(hide_password=False)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.document_vault.killing_rounds", str(tmp_path), database, str(SECONDS)],
        capture_output=True, text=True, timeout=110, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout)
    print(told)
    assert told["wrong"] == []
    assert told["rounds"] >= 5
    assert told["acknowledged"] >= told["rounds"]
    # A put that was complete but not acknowledged is kept: more may be there than was told, never less.
    assert told["acknowledged"] <= told["kept"] <= told["acknowledged"] + told["rounds"]
