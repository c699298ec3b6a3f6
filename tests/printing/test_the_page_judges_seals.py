"""The static page, in a real browser, on the seal of a PDF: unchanged, changed, not to be told; as the program says it.
Never by whom: a seal with anybody's own certificate looks the same."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from playwright.sync_api import sync_playwright
from pyhanko.keys.internal import (
    translate_pyca_cryptography_cert_to_asn1,
    translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

import resources
from bridges.browser_process import executable
from printing import pades, verify_page
from printing.verdict import Verdict
from printing.verify import verify
from printing.voucher import Issued
from tests.printing import page_site
from tests.printing.conftest import KEK, NOW, Centre
from tests.printing.page_site import Site, code_of

TODAY = datetime.now(UTC)


def anybodys(pdf: bytes, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    """Sealed with a certificate somebody wrote for himself."""
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "anybody")])
    made = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(TODAY - timedelta(days=1)).not_valid_after(TODAY + timedelta(days=9))
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    own = made.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    signer = signers.SimpleSigner(
        signing_cert=translate_pyca_cryptography_cert_to_asn1(own),
        signing_key=translate_pyca_cryptography_key_to_asn1(key),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    kind = fields.SigSeedSubFilter.PADES
    meta = signers.PdfSignatureMetadata(field_name="Other", md_algorithm="sha256", subfilter=kind)
    target = io.BytesIO()
    signers.PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=target)
    return target.getvalue()


def with_bit(pdf: bytes, at: int) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def with_algorithm(pdf: bytes, number: str) -> bytes:
    """The signature says of itself that it is of another kind; that it is not of ours nobody can tell from it."""
    start = pdf.index(b"/Contents <30")
    end = pdf.index(b">", start)
    at = pdf[start:end].lower().rindex(b"2a8648ce3d040302") + start
    return pdf[:at] + number.encode() + pdf[at + len(number) :]


def in_place(pdf: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    assert old in pdf
    return pdf.replace(old, new, 1)


@dataclass(frozen=True)
class Sealed:
    """PDFs by what became of them, what the program says of each one's seal, and what it answers to some."""

    pdfs: dict[str, bytes]
    seals: dict[str, pades.Integrity]
    told: dict[str, Verdict]


def _made(room: Path, issued: Issued, centre: Centre) -> Sealed:
    pades.make(room / "pdf-seal.key", KEK, name="示例市幸福区综合便民服务中心", now=TODAY)
    sealed = pades.load(room / "pdf-seal.key", KEK).sealed(issued.pdf, TODAY)
    drawing, text = sealed.index(b"stream", 2000) + 60, sealed.index(b"/Contents <30") + 11
    pdfs = {
        "none": issued.pdf,
        "intact": sealed,
        "intact, RSA": anybodys(issued.pdf, rsa.generate_private_key(65537, 2048)),
        "intact, two seals": anybodys(sealed, ec.generate_private_key(ec.SECP384R1())),
        "intact, a curve no browser has": anybodys(issued.pdf, ec.generate_private_key(ec.BrainpoolP256R1())),
        "unknown algorithm": with_algorithm(sealed, "2a811ccf55018375"),  # SM2 with SM3
        "a bit of the drawing": with_bit(sealed, drawing),
        "a bit of the certificate": with_bit(sealed, text + 1200),
        "something behind": sealed + b"\n%%EOF\n",
        "a seal that covers less": in_place(sealed, b"/ByteRange [0 ", b"/ByteRange [1 "),
        "saved again, packed": page_site.packed(sealed),
        "changed, then sealed again": anybodys(with_bit(sealed, drawing), ec.generate_private_key(ec.SECP256R1())),
    }
    seals = {name: pades.integrity(pdf) for name, pdf in pdfs.items()}
    few = ("intact", "unknown algorithm", "a bit of the drawing", "saved again, packed")
    return Sealed(pdfs, seals, {name: verify(pdfs[name], centre.trust, now=NOW) for name in few})


@pytest.fixture(scope="module")
def papers(issued: Issued, centre: Centre, tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    with ThreadPoolExecutor(1) as aside:  # pyHanko and Playwright each want a thread's event loop for themselves
        return aside.submit(_made, tmp_path_factory.mktemp("seal"), issued, centre).result()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, centre: Centre) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("page") / "site"
    verify_page.export(folder, (centre.room / "trust-list.cbor").read_bytes())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(executable()), args=list(page_site.SWITCHES))
        yield Site(folder, browser)
        browser.close()


def test_a_changed_pdf_is_never_called_unchanged(papers: Sealed, site: Site, centre: Centre, issued: Issued) -> None:
    given = [(issued.qr_text, pdf, NOW) for pdf in papers.pdfs.values()]
    told = page_site.asked(site, (centre.room / "trust-list.cbor").read_bytes(), given)
    said = {"intact": ["demo", "sealed"], "unjudged": ["demo", "seal_unjudged"], "none": ["demo"], "broken": ["demo"]}
    for (name, seal), found in zip(papers.seals.items(), told, strict=True):
        notes = said["unjudged" if "no browser" in name else seal]
        code = "PDF_SIGNATURE_INVALID" if seal == "broken" else "VALID"
        assert (found["code"], found["notes"]) == (code, notes), name
        mine = papers.told.get(name)
        assert mine is None or (mine.code, list(mine.notes)) == (code, notes), name
        assert (seal == "intact") == name.startswith("intact"), name
        assert (seal == "unjudged") == (name == "unknown algorithm"), "cannot tell is never no"
    # The control: every word on every one of them is the signed one; who compares words alone says VALID to all.
    assert {found["code"] for found in told} == {"VALID", "PDF_SIGNATURE_INVALID"}
    assert {verify(issued.qr_text, centre.trust, now=NOW).code} == {"VALID"}


@pytest.mark.nightly
def test_a_page_without_cryptography_judges_our_own_seal_by_hand(papers: Sealed, site: Site) -> None:
    page = site.open()
    page.add_init_script("Object.defineProperty(globalThis.crypto, 'subtle', {value: undefined})")
    page.reload()
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    words = resources.texts("zh")
    wanted = {"intact": ("VALID", "sealed"), "a bit of the drawing": ("PDF_SIGNATURE_INVALID", "")}
    for name, (code, note) in {**wanted, "intact, RSA": ("VALID", "seal_unjudged")}.items():
        page.evaluate("delete document.documentElement.dataset.code")
        page.set_input_files("#file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": papers.pdfs[name]})
        assert code_of(page) == code
        said = page.inner_text("#verdict-notes")
        for each in ("sealed", "seal_unjudged"):
            assert (words[f"verdict.note.{each}"] in said) == (each == note), name
    assert site.asked == []
    page.context.close()
