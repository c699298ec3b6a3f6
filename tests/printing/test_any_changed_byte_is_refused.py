"""Law I5: a voucher is accepted only if it is ours; from the text, from the PDF, from a photo."""

from __future__ import annotations

import hashlib

import pytest

from printing import qr, reading, seal, statement
from printing.verify import verify
from printing.voucher import Issued
from tests.printing.conftest import HOST, NOW, Centre, receipt
from tests.printing.forgery import changed, page_with, photo_of

# A place in every part of the statement: tag, header, its length, payload length, payload, signature.
PLACES = (0, 2, 6, 26, 40, -66, -1)


def test_the_untouched_one_is_valid(centre: Centre, issued: Issued) -> None:
    for source in (issued.qr_text, qr.alternate_text_of(issued.statement), issued.pdf, issued.receipt_png):
        assert verify(source, centre.trust, now=NOW).code == "VALID"
    assert verify((issued.qr_text + "\r\n").encode("utf-8-sig"), centre.trust, now=NOW).code == "VALID"
    assert verify(photo_of(issued.pdf), centre.trust, now=NOW).code == "VALID"


def test_every_byte_counts_in_the_text(centre: Centre, issued: Issued) -> None:
    for at in range(len(issued.statement)):
        for by in (0x01, 0x80):
            text = qr.text_of(changed(issued.statement, at, by), HOST)
            verdict = verify(text, centre.trust, now=NOW)
            assert not verdict.genuine, (at, by, verdict.code)
            assert verdict.voucher is None, "unproven words are not shown as the voucher's"


def test_every_digit_counts(centre: Centre, issued: Issued) -> None:
    start = issued.qr_text.index("#") + 1
    for at in range(start, len(issued.qr_text)):
        other = "123456789"[int(issued.qr_text[at]) % 9]
        text = issued.qr_text[:at] + other + issued.qr_text[at + 1 :]
        if text != issued.qr_text:
            assert not verify(text, centre.trust, now=NOW).genuine


@pytest.mark.parametrize("at", PLACES)
def test_a_byte_changed_on_paper(centre: Centre, issued: Issued, at: int) -> None:
    forged = changed(issued.statement, at % len(issued.statement))
    pdf = page_with(receipt(), qr.text_of(forged, HOST))
    picture = photo_of(pdf, seed=at + 100)
    assert verify(pdf, centre.trust, now=NOW).exit_code in (1, 3)
    seen = verify(picture, centre.trust, now=NOW)
    assert seen.exit_code in (1, 3)
    assert seen.code not in ("NO_QR_FOUND", "QR_UNREADABLE"), "the photo was readable; the refusal is about the bytes"


def test_the_naive_verifier_accepts_a_changed_byte(centre: Centre, issued: Issued) -> None:
    """Negative control: who checks only that the payload parses is content with another holder's name."""
    content_type, payload = seal.unverified(issued.statement)
    plain = statement.unpack(payload, content_type)
    other = plain.replace("张*".encode(), "王*".encode())
    assert statement.parse(other).voucher.value("holder") == "王*"
    assert hashlib.sha256(other).digest() != hashlib.sha256(plain).digest()


def test_a_second_spelling_of_the_signature_is_refused(centre: Centre, issued: Issued) -> None:
    """ECDSA: (r, n−s) verifies wherever (r, s) does. Two byte strings for one voucher would be two vouchers."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    s = int.from_bytes(issued.statement[-32:], "big")
    twin = issued.statement[:-32] + (order - s).to_bytes(32, "big")
    key = centre.seal.key.public_key()
    head = issued.statement[3 : 3 + (issued.statement[2] & 31)]
    _, payload = seal.unverified(issued.statement)
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    r = int.from_bytes(issued.statement[-64:-32], "big")
    message = b"\x84\x6aSignature1" + seal._bstr(head) + b"\x40" + seal._bstr(payload)
    key.verify(encode_dss_signature(r, order - s), message, ec.ECDSA(hashes.SHA256()))  # the naive check is content
    assert verify(qr.text_of(twin, HOST), centre.trust, now=NOW).code == "BAD_SIGNATURE"


def test_both_readers_read_the_same(issued: Issued) -> None:
    import io

    from PIL import Image

    picture = Image.open(io.BytesIO(issued.receipt_png)).convert("L")
    assert reading.by_zxing(picture) == reading.by_pyzbar(picture) == [issued.qr_text]
