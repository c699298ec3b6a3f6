"""`onewindow voucher page`: a whole page with the lists it believes, or a sentence and nothing believed."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from printing import trust
from tests.printing.conftest import Centre
from window_client.cli.app import app


def _run(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, [*words])
    return found.exit_code, found.output


def test_a_page_carries_its_trust_list(centre: Centre, tmp_path: Path) -> None:
    listed = centre.room / "trust-list.cbor"
    code, said = _run(
        "--data", str(tmp_path), "voucher", "page", str(tmp_path / "www"), "--trust", str(listed), "--json"
    )
    assert code == 0, said
    assert json.loads(said)["trust_version"] == centre.trust.version
    folder = tmp_path / "www"
    assert trust.from_bytes((folder / "trust-list.cbor").read_bytes()).version == centre.trust.version
    scripts = [
        line.split('src="')[1].split('"')[0]
        for line in (folder / "index.html").read_text().splitlines()
        if "<script" in line
    ]
    assert [name for name in scripts if not (folder / name).is_file()] == []
    assert "http://" not in (folder / "index.html").read_text()


def test_a_file_that_is_no_trust_list_is_refused(tmp_path: Path) -> None:
    nonsense = tmp_path / "list.cbor"
    nonsense.write_bytes(b"\xa0nonsense")
    code, said = _run(
        "--data", str(tmp_path), "voucher", "page", str(tmp_path / "www"), "--trust", str(nonsense), "--json"
    )
    assert code == 2, said
    assert not (tmp_path / "www" / "index.html").exists()


def test_a_folder_that_cannot_be_written_is_named(centre: Centre, tmp_path: Path) -> None:
    (tmp_path / "www").write_text("a file stands here")
    listed = centre.room / "trust-list.cbor"
    code, said = _run("--data", str(tmp_path), "voucher", "page", str(tmp_path / "www"), "--trust", str(listed))
    assert code == 2
    assert str(tmp_path / "www") in said
    assert "Traceback" not in said
