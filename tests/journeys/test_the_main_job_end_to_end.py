"""The main job on real parts, judged by other programs: the departments' databases, QR readers, a COSE library."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from printing import qr
from printing.keys import TrustList
from tests.journeys.conftest import Played
from tests.peers.judges import judge

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(480)]
ROOT = Path(__file__).parents[2]


def test_each_number_stands_in_its_departments_own_database_exactly_once(played: Played) -> None:
    assert len(played.said["cases"]) == 3
    for case in played.said["cases"]:
        database = next((played.out / "departments").rglob(f"{case['department']}.sqlite"))
        with closing(sqlite3.connect(database)) as opened:
            rows = opened.execute("SELECT number FROM received").fetchall()
        assert rows == [(case["accepted_number"],)], case["department"]
        assert case["state"] == "filed"
        assert case["fields_filled"] == case["fields_verified"] > 10


def test_nothing_was_typed_twice_and_papers_were_reused(played: Played) -> None:
    assert played.said["repeated_fields"] == 0
    assert played.said["typed_fields"] > 10
    assert played.said["documents"]["scanned"] >= 3
    assert played.said["documents"]["reused"] >= 2


def test_the_answer_has_its_stable_keys(played: Played) -> None:
    keys = {"visit", "cases", "voucher", "typed_fields", "repeated_fields", "documents", "seconds"}
    assert keys <= set(played.said)
    assert {"number", "pdf", "png", "qr_text", "verified"} <= set(played.said["voucher"])
    case = {"case", "item", "department", "accepted_number", "state", "fields_filled", "fields_verified", "seconds"}
    assert all(case <= set(one) for one in played.said["cases"])
    assert json.loads((played.out / "summary.json").read_text(encoding="utf-8")) == played.said


def test_two_other_readers_read_the_symbol_from_both_papers(played: Played) -> None:
    wanted = played.said["voucher"]["qr_text"]
    with pdfium.PdfDocument(played.out / "voucher.pdf") as document:
        page = document[0].render(scale=200 / 72).to_pil()
    with Image.open(played.out / "voucher-80mm.png") as receipt:
        assert zxingcpp.read_barcodes(receipt)[0].text == wanted
    assert zxingcpp.read_barcodes(page)[0].text == wanted
    picture = played.out / "page.png"
    page.save(picture)
    for paper in (picture, played.out / "voucher-80mm.png"):
        read = subprocess.run(["zbarimg", "--raw", "-q", str(paper)], capture_output=True, text=True, check=True)
        assert read.stdout.strip() == wanted


def _verify(file: Path, trust: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "window_client", "voucher", "verify", str(file), "--trust", str(trust), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_the_command_accepts_the_voucher_and_refuses_a_changed_one(played: Played) -> None:
    trust = played.out / "house" / "trust-list.cbor"
    for name in ("voucher.pdf", "voucher-80mm.png", "voucher.txt"):
        code, said = _verify(played.out / name, trust)
        assert code == 0, (name, said)
    text = (played.out / "voucher.txt").read_text(encoding="ascii").strip()
    head, digits = text.split("#1")
    changed = played.out / "changed.txt"
    changed.write_text(f"{head}#1{int(digits) ^ (1 << 700)}\n", encoding="ascii")
    code, said = _verify(changed, trust)
    assert code == 1, said


def test_two_cose_libraries_that_are_not_ours_accept_the_statement_and_refuse_a_changed_one(played: Played) -> None:
    key = TrustList.load(played.out / "house" / "trust-list.cbor").keys[0]
    statement, host = qr.parse((played.out / "voucher.txt").read_text(encoding="ascii"))
    assert host == "verify.onewindow.invalid"
    changed = bytes([*statement[:-70], statement[-70] ^ 1, *statement[-69:]])
    said = judge(key, [statement, changed])
    assert said["cwt"] == [True, False]
    assert said["pycose"] == [True, False]


def test_both_screens_were_photographed_at_every_step(played: Played) -> None:
    pictures = {path.name for path in (played.out / "pictures").glob("*.png")}
    steps = {name.rsplit("-", 1)[0] for name in pictures}
    assert len(steps) >= 14
    assert pictures == {f"{step}-{who}.png" for step in steps for who in ("clerk", "resident")}
    assert set(played.said["pictures"]) == pictures


def test_no_name_and_no_number_of_the_resident_lies_open_in_the_house(played: Played) -> None:
    """Logs, database, vault, press and browser profile: grep everything, in the three encodings a page may use."""
    from window_client.devices.sample_residents import sample_resident

    resident = sample_resident()
    secrets = [resident.id_number, resident.answers["bank.account"], resident.answers["contact.phone"], "training-only"]
    needles = [secret.encode(code) for secret in secrets for code in ("utf-8", "utf-16-le", "gbk")]
    found = [
        str(path.relative_to(played.out))
        for path in (played.out / "house").rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]
    assert found == []
    assert not any(secret in played.standard_error for secret in secrets)
