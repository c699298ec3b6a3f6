"""The pack of real counterparts that lies beside the project: how it is set up, filled and asked what it got."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bridges.filing import Attachment, Filing
from bridges.gaps import told_values

HERE = Path(__file__).parent
SETUP_SECONDS, VERIFY_SECONDS = 900, 60


@dataclass(frozen=True)
class Pack:
    """`home` holds setup.sh, verify.py and record.json; `lab` is where it puts what it installs."""

    home: Path
    lab: Path

    def set_up(self, *targets: str) -> None:
        """Idempotent; installs from apt, PyPI and npm what is missing, and starts the targets on loopback."""
        done = subprocess.run(
            ["bash", "setup.sh", "browser", *targets], cwd=self.home, env=self._environment(), capture_output=True,
            text=True, timeout=SETUP_SECONDS, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]

    def stop(self, *targets: str) -> None:
        subprocess.run(["bash", "stop.sh", *targets], cwd=self.home, env=self._environment(), timeout=60, check=False)

    def filing(self, department: str, tag: str) -> Filing:
        record: dict[str, Any] = json.loads((self.home / "record.json").read_text(encoding="utf-8"))
        values, tables = told_values({**record, "case": {"tag": tag}})
        name = str(record["attachment"])
        proof = Attachment("proof", name, "application/pdf", (self.lab / "attach" / name).read_bytes())
        return Filing(f"{tag}:{department}:1", department, "matter", values, tables, (proof,))

    def verified(self, target: str, tag: str) -> Mapping[str, Any]:
        """What the application's own store holds of this record, judged by the pack's own program."""
        done = subprocess.run(
            [sys.executable, str(self.home / "verify.py"), target, "--tag", tag], env=self._environment(),
            capture_output=True, text=True, timeout=VERIFY_SECONDS, check=False,
        )  # fmt: skip
        assert done.stdout.startswith("{"), done.stdout + done.stderr
        told: Mapping[str, Any] = json.loads(done.stdout.splitlines()[0])
        return told

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "SITES_LAB": str(self.lab)}


def open_pack() -> Pack:
    home = Path(os.environ.get("SITES_PACK", HERE.parents[3] / "shared" / "sites" / "open"))
    assert (home / "setup.sh").is_file(), f"the pack of real counterparts is not in {home}; say where: SITES_PACK=…"
    return Pack(home, Path(os.environ.get("SITES_LAB", Path.home() / ".cache" / "onewindow-sites" / "open")))
