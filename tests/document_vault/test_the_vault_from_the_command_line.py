"""`onewindow vault …` against a real house: kept, read, listed, checked, backed up, brought back, forgotten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.document_vault.conftest import ADA
from window_client.cli.app import app

SCAN = b"\xff\xd8\xff" + b"\xe0 scan \x00" * 3000
CASE = "V20261121-03-0001-1"


class Line:
    """One command line after another on the same data folder."""

    def __init__(self, tmp: Path) -> None:
        self.tmp = tmp
        for name, words in (("pass", b"long enough words 7\n"), ("id", ADA.encode()), ("card.jpg", SCAN)):
            (tmp / name).write_bytes(words)
            (tmp / name).chmod(0o600)

    def say(self, *words: str, exit_code: int = 0, data: str = "data") -> Any:
        front = ["--data", str(self.tmp / data), "--passphrase-file", str(self.tmp / "pass")]
        ran = CliRunner().invoke(app, [*front, "vault", *words, "--json"])
        assert ran.exit_code == exit_code, ran.output
        assert ADA not in ran.output
        return json.loads(ran.stdout.splitlines()[0]) if ran.stdout.strip() else None


@pytest.mark.slow
@pytest.mark.timeout(300)  # a house is opened a dozen times
def test_a_house_s_vault(tmp_path: Path) -> None:
    line = Line(tmp_path)
    who = ("--id-file", str(tmp_path / "id"))
    kept = line.say("put", str(tmp_path / "card.jpg"), "--kind", "id_card", "--case", CASE, *who)
    assert (len(kept["holder"]), len(kept["document"]), kept["already_there"]) == (32, 32, False)
    out = tmp_path / "out.jpg"
    line.say("get", kept["document"], "--case", CASE, "--out", str(out))
    assert out.read_bytes() == SCAN
    assert out.stat().st_mode & 0o077 == 0
    refused = line.say("get", kept["document"], "--case", "V9", "--out", str(tmp_path / "o"), exit_code=1)
    assert refused["error"] == "vault.not_of_this_case"
    assert not (tmp_path / "o").exists()
    assert [one["decision"] for one in line.say("who-used", *who)["uses"]] == ["done", "done", "refused"]
    backup = tmp_path / "backup"
    assert line.say("backup", str(backup))["records"] == "copied"
    (place,) = (tmp_path / "data" / "vault" / "objects").glob("*/*")
    place.unlink()
    assert line.say("repair", "--copy", str(backup))["from_copy"] == 1
    assert line.say("rotate-keys")["generation"] == 2
    assert line.say("check", "full")["ok"]
    brought = line.say("restore", str(backup), data="elsewhere")
    assert (brought["objects"], brought["check"]["ok"]) == (1, True)
    assert len(line.say("who-used", *who, data="elsewhere")["uses"]) == 3
    line.say("restore", str(backup), data="elsewhere", exit_code=3)
    assert line.say("forget", *who, "--yes")["documents"] == 1
    assert line.say("list", *who)["documents"] == []
