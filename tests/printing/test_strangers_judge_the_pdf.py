"""The PDF of record in strangers' hands: PDF/A as pikepdf sees it, the seal as poppler and pyHanko see it."""

from __future__ import annotations

import io
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest

import resources
from printing import attachments, pades
from printing.errors import PdfSealTrouble
from printing.press import Press
from printing.register import METADATA, Register
from printing.verify import verify
from printing.voucher import Issued
from tests.printing.conftest import HOST, KEK, NOW, Centre, receipt
from window_client.casework.records.engine import open_engine

TODAY = datetime.now(UTC)


@pytest.fixture(scope="module")
def seal_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("seal") / "pdf-seal.key"
    root = pades.make(file, KEK, name="示例市幸福区示例街道社区事务受理服务中心（演示数据）", now=TODAY)
    file.with_name("root.pem").write_bytes(root)
    return file


@pytest.fixture(scope="module")
def sealed(centre: Centre, seal_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issued]:
    room = tmp_path_factory.mktemp("sealing")
    engine = open_engine(room / "press.db", secrets.token_bytes(32))
    METADATA.create_all(engine)
    seal = pades.load(seal_file, KEK)
    press = Press(centre.seal, Register(engine), resources.layouts_dir(), HOST, room, clock=lambda: NOW, pdf_seal=seal)
    yield press.issue(receipt("S1"))
    engine.dispose()


def _changed(pdf: bytes) -> bytes:
    """One bit of the first page's drawing."""
    at = pdf.index(b"stream", 2000) + 60
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def test_it_is_a_pdf_a_3_with_its_fonts_and_its_colours(issued: Issued, sealed: Issued) -> None:
    for pdf in (issued.pdf, sealed.pdf):
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            meta = opened.open_metadata()
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "B")
            assert opened.Root.OutputIntents[0].S == "/GTS_PDFA1"
            assert opened.pdf_version == "1.7"
            assert opened.trailer.get("/ID") is not None
            assert "/Encrypt" not in opened.trailer
            assert "/JavaScript" not in opened.Root.get("/Names", {})
            fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
            assert fonts
            for font in fonts:
                inside = font.DescendantFonts[0].FontDescriptor
                assert any(key in inside for key in ("/FontFile2", "/FontFile3")), font.BaseFont
                assert "/ToUnicode" in font
            assert opened.check_pdf_syntax() == []


def test_the_seal_adds_and_changes_nothing(sealed: Issued, centre: Centre) -> None:
    assert pades.integrity(sealed.pdf) == "intact"
    assert verify(sealed.pdf, centre.trust, now=NOW).genuine
    assert sealed.pdf.startswith(b"%PDF-1.7")


def test_poppler_accepts_the_seal_and_rejects_a_changed_one(sealed: Issued, seal_file: Path, tmp_path: Path) -> None:
    books = f"sql:{tmp_path}"
    subprocess.run(("certutil", "-N", "-d", books, "--empty-password"), check=True, capture_output=True, timeout=30)
    root = str(seal_file.with_name("root.pem"))
    words = ("certutil", "-A", "-d", books, "-n", "centre", "-t", "CT,C,C", "-i", root, "-a")
    subprocess.run(words, check=True, capture_output=True, timeout=30)

    def said(pdf: bytes) -> str:
        (tmp_path / "one.pdf").write_bytes(pdf)
        ran = subprocess.run(("pdfsig", "-nssdir", books, str(tmp_path / "one.pdf")), capture_output=True, timeout=60)
        return ran.stdout.decode()

    good, bad = said(sealed.pdf), said(_changed(sealed.pdf))
    assert "Signature is Valid." in good
    assert "Certificate is Trusted." in good
    assert "Total document signed" in good
    assert "ETSI.CAdES.detached" in good
    assert "Digest Mismatch." in bad
    assert "Signature is Valid." not in bad


def test_pyhanko_accepts_the_seal_and_rejects_a_changed_one(sealed: Issued, seal_file: Path, tmp_path: Path) -> None:
    def asked(name: str, pdf: bytes) -> subprocess.Popen[bytes]:
        (tmp_path / name).write_bytes(pdf)
        words = (
            "-m",
            "pyhanko",
            "sign",
            "validate",
            "--trust",
            str(seal_file.with_name("root.pem")),
            "--trust-replace",
        )
        more = ("--no-revocation-check", "--pretty-print", str(tmp_path / name))
        return subprocess.Popen((sys.executable, *words, *more), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    both = asked("good.pdf", sealed.pdf), asked("bad.pdf", _changed(sealed.pdf))
    good, bad = (one.communicate(timeout=100)[0].decode() for one in both)
    assert (both[0].returncode, "judged VALID" in good, "is trusted" in good) == (0, True, True), good
    assert both[1].returncode != 0
    assert "judged INVALID" in bad


def test_every_change_breaks_the_seal(sealed: Issued, centre: Centre) -> None:
    assert pades.integrity(_changed(sealed.pdf)) == "broken"
    for pdf in (_changed(sealed.pdf), sealed.pdf + b"\n%%EOF\n"):
        found = verify(pdf, centre.trust, now=NOW)
        assert (found.code, found.kind) == ("PDF_SIGNATURE_INVALID", "false"), "no word differs, and still it says so"
    assert pades.integrity(sealed.pdf + b"\n%%EOF\n") == "broken"
    assert pades.integrity(b"%PDF-1.7 nonsense") == "broken"


def test_without_a_seal_nothing_is_claimed(issued: Issued) -> None:
    assert pades.integrity(issued.pdf) == "none"


def test_the_attached_proof_is_under_the_seal(sealed: Issued) -> None:
    """What the log proves was in the file before it was sealed; adding a file afterwards would break the seal."""
    assert attachments.found(sealed.pdf) == attachments.found(sealed.pdf[: sealed.pdf.rindex(b"%%EOF") + 5])


def test_a_seal_file_of_somebody_else_says_so(seal_file: Path, tmp_path: Path) -> None:
    def reason(path: Path, kek: bytes) -> str:
        with pytest.raises(PdfSealTrouble) as stopped:
            pades.load(path, kek)
        return stopped.value.detail["reason"]

    assert reason(tmp_path / "none", KEK) == "missing"
    assert reason(seal_file, b"\x08" * 32) == "other_key"
    (tmp_path / "bad").write_bytes(b"\x83\x01\x02\x03")
    assert reason(tmp_path / "bad", KEK) == "damaged"
    with pytest.raises(PdfSealTrouble):
        pades.make(seal_file, KEK, name="x", now=TODAY)
    with pytest.raises(PdfSealTrouble) as stopped:
        pades.load(seal_file, KEK).sealed(b"%PDF-1.7", TODAY + pades.LIFE + timedelta(days=1))
    assert stopped.value.detail["reason"] == "expired"
    assert seal_file.stat().st_mode & 0o777 == 0o600
    assert KEK not in seal_file.read_bytes()
    assert replace(pades.load(seal_file, KEK), name="x").name == "x"
