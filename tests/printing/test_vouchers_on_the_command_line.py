"""`onewindow voucher verify` needs no house and no network; its exit says yes, no, wrong input or could not tell."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

import resources
from printing import keys, qr
from printing.press import Press
from printing.register import METADATA, Register
from tests.printing.conftest import HOST, KEK, Centre, in_force, receipt
from tests.printing.forgery import changed
from window_client.casework.records.engine import open_engine


def _ask(data: Path, *words: str) -> tuple[int, str]:
    from window_client.cli.app import app

    ran = CliRunner().invoke(app, ["--data", str(data), "voucher", *words])
    return ran.exit_code, ran.stdout


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A centre of its own at today's date: the command asks the machine's clock."""
    now = datetime.now(UTC)
    record = keys.make_issuer(tmp_path / "k", KEK, issuer="990101001", name="幸福区综合窗口", now=now)
    centre = Centre(tmp_path, keys.open_issuer(tmp_path / "k", KEK, now), keys.TrustList.first((record,), (HOST,), now))
    engine = open_engine(tmp_path / "press.db", secrets.token_bytes(32))
    METADATA.create_all(engine)
    press = Press(centre.seal, Register(engine), resources.layouts_dir(), HOST, tmp_path)
    issued = press.issue(receipt("CLI-1", issued_at=now))
    engine.dispose()
    (tmp_path / "r.pdf").write_bytes(issued.pdf)
    (tmp_path / "r.png").write_bytes(issued.receipt_png)
    (tmp_path / "r.txt").write_text(issued.qr_text)
    (tmp_path / "bad.txt").write_text(qr.text_of(changed(issued.statement, -1), HOST))
    in_force(centre.trust, tmp_path / "other-name.cbor")
    return tmp_path


def test_the_four_exits(papers: Path) -> None:
    trust = ("--trust", str(papers / "other-name.cbor"))
    genuine = [str(papers / name) for name in ("r.pdf", "r.png", "r.txt")]
    assert _ask(papers, "verify", *genuine, *trust)[0] == 0
    assert _ask(papers, "verify", *genuine, str(papers / "bad.txt"), *trust)[0] == 1, "one no is a no"
    assert _ask(papers, "verify", str(papers / "bad.txt"), *trust)[0] == 1
    assert _ask(papers, "verify", str(papers / "none.pdf"), *trust)[0] == 2
    assert _ask(papers, "verify", str(papers / "r.txt"))[0] == 3, "without a trust list nobody can tell"
    assert _ask(papers, "verify", str(papers / "r.txt"), "--trust", str(papers / "r.pdf"))[0] == 2


def test_one_object_on_standard_output(papers: Path) -> None:
    code, said = _ask(papers, "verify", str(papers / "bad.txt"), "--trust", str(papers / "other-name.cbor"), "--json")
    found = json.loads(said)
    assert code == 1
    assert [(one["code"], one["genuine"], one["fields"]) for one in found["results"]] == [("BAD_SIGNATURE", False, {})]


def test_the_default_trust_list_is_the_data_folders(papers: Path) -> None:
    (papers / "trust-list.cbor").write_bytes((papers / "other-name.cbor").read_bytes())
    code, said = _ask(papers, "trust-list", "--json")
    assert code == 0
    assert json.loads(said)["hosts"] == [HOST]
    assert _ask(papers, "verify", str(papers / "bad.txt"))[0] == 1


def test_verifying_starts_no_window_and_no_browser(papers: Path) -> None:
    """In a process of its own: neither Qt nor Playwright is loaded."""
    script = (
        "import sys\n"
        "from window_client.cli.app import app\n"
        f"try: app(['--data', {str(papers)!r}, 'voucher', 'verify', {str(papers / 'bad.txt')!r},"
        f" '--trust', {str(papers / 'other-name.cbor')!r}])\n"
        "except SystemExit as left: code = left.code\n"
        "print([name for name in ('PySide6', 'playwright') if name in sys.modules], code)\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, cwd=Path(__file__).parents[2])
    assert ran.stdout.decode().splitlines()[-1] == "[] 1", ran.stderr.decode()
