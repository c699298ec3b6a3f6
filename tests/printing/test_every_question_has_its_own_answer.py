"""Law I10: "cannot tell" is never "false", and no input of any kind is a traceback."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import resources
from printing import cbor, keys, qr, statement
from printing.errors import KeyFileWrong, KeyOutOfTime, TrustListWrong
from printing.press import Press
from printing.seal import PLAIN, StatementWrong, unverified
from printing.status import StatusList, StatusLists
from printing.verdict import CODES, NOTES
from printing.verify import verify, verify_statement
from printing.voucher import Issued
from tests.printing.conftest import HOST, KEK, NOW, Centre, receipt
from tests.printing.forgery import jpeg, pages_of


def test_every_code_has_words_in_both_languages() -> None:
    for language in resources.LANGUAGES:
        words = resources.texts(language)
        assert [code for code in CODES if f"verdict.{code}" not in words] == []
        assert [note for note in NOTES if f"verdict.note.{note}" not in words] == []


def _trust(centre: Centre, **changes: object) -> keys.TrustList:
    key = replace(centre.trust.keys[0], **changes)  # type: ignore[arg-type]
    return replace(centre.trust, keys=(key,))


def test_what_the_trust_list_decides(centre: Centre, issued: Issued) -> None:
    def code(trust: keys.TrustList | None, now: object = NOW) -> str:
        return verify(issued.qr_text, trust, now=now).code  # type: ignore[arg-type]

    other = keys.TrustList.first((), (HOST,), NOW)
    assert code(None) == "TRUST_LIST_MISSING"
    assert code(other) == "UNKNOWN_KEY"
    assert code(_trust(centre, regions=("1100",))) == "ISSUER_NOT_AUTHORISED"
    assert code(_trust(centre, kinds=("licence",))) == "ISSUER_NOT_AUTHORISED"
    assert code(_trust(centre, kinds=("combined_receipt",))) == "VALID"
    assert code(_trust(centre, sign_until=NOW - timedelta(days=1))) == "KEY_OUT_OF_WINDOW"
    assert code(_trust(centre, sign_from=NOW + timedelta(days=1))) == "KEY_OUT_OF_WINDOW"
    assert code(_trust(centre, compromised_since=NOW - timedelta(days=1))) == "KEY_COMPROMISED"
    assert code(_trust(centre, compromised_since=NOW + timedelta(days=1))) == "KEY_COMPROMISED_UNPROVEN"
    assert code(centre.trust, NOW + timedelta(days=91)) == "TRUST_LIST_EXPIRED"
    assert code(centre.trust, NOW - timedelta(days=3 * 365)) == "CLOCK_SUSPECT"
    early = replace(centre.trust, issued=NOW - timedelta(days=9))
    assert code(early, NOW - timedelta(days=2)) == "NOT_YET_VALID"
    assert "host_unknown" in verify(issued.qr_text.replace(HOST, "evil.invalid"), centre.trust, now=NOW).notes


def _with(centre: Centre, issued: Issued, **claims: object) -> bytes:
    content_type, payload = unverified(issued.statement)
    plain = cbor2.loads(statement.unpack(payload, content_type))
    numbers = {"expires": 4, "status": 65535}
    plain |= {numbers[name]: value for name, value in claims.items()}
    return centre.seal.statement(cbor2.dumps(plain, canonical=True), PLAIN)


def test_in_force_or_not(centre: Centre, issued: Issued) -> None:
    def code(content: bytes, status: StatusLists | None = None) -> str:
        return verify_statement(content, centre.trust, now=NOW, status=status).code

    assert code(_with(centre, issued, expires=int(NOW.timestamp()) - 1)) == "EXPIRED"
    assert code(_with(centre, issued, expires=int(NOW.timestamp()) + 1)) == "VALID"
    uri = "https://status.invalid/1"
    for index, expected in enumerate(("VALID", "REVOKED", "SUSPENDED", "REDEEMED", "VALID_NO_STATUS")):
        known = StatusLists({uri: StatusList(uri, NOW, timedelta(days=1), bytes((0b11100100,)))})
        content = _with(centre, issued, status=[uri, index])
        assert code(content, known) == expected
        assert code(content) == "VALID_NO_STATUS"
    old = StatusLists({uri: StatusList(uri, NOW - timedelta(days=9), timedelta(days=1), b"\x00")})
    assert code(_with(centre, issued, status=[uri, 0]), old) == "VALID_STALE_STATUS"


def test_pictures_and_files(centre: Centre, issued: Issued, press: Press, tmp_path: Path) -> None:
    def code(source: bytes | Path) -> str:
        return verify(source, centre.trust, now=NOW).code

    other = press.issue(receipt("Q2"))
    blank = jpeg(Image.new("RGB", (600, 800), "white"), 80)
    assert code(blank) == "NO_QR_FOUND"
    assert code(b"") == "FILE_UNREADABLE"
    assert code(tmp_path) == "FILE_UNREADABLE"
    assert code(tmp_path / "none.pdf") == "FILE_UNREADABLE"
    assert code(b"%PDF-1.7 and nothing more") == "FILE_UNREADABLE"
    assert code(issued.pdf[: len(issued.pdf) // 2]) == "FILE_UNREADABLE"
    assert code(b"\x89PNG\r\n\x1a\n\x00\x00broken") == "FILE_UNREADABLE"
    assert code(pages_of(issued.pdf, other.pdf)) == "MULTIPLE_VOUCHERS"
    assert code(f"{issued.qr_text}\n{other.qr_text}\n".encode()) == "MULTIPLE_VOUCHERS"
    assert code("一封信".encode()) == "NOT_A_VOUCHER"
    (tmp_path / "a.txt").write_text(issued.qr_text)
    assert code(tmp_path / "a.txt") == "VALID"


def test_any_bytes_get_an_answer(centre: Centre, issued: Issued) -> None:
    chance = random.Random(7)
    for good in (issued.pdf, issued.receipt_png):
        for _ in range(3):
            content = bytearray(good)
            for _ in range(40):
                content[chance.randrange(len(content))] = chance.randrange(256)
            assert verify(bytes(content), centre.trust, now=NOW).code in CODES


@given(st.binary(max_size=300))
def test_random_bytes_get_an_answer(content: bytes) -> None:
    assert verify(content, None, now=NOW).code in CODES


@given(st.text(max_size=200))
def test_random_text_gets_an_answer(text: str) -> None:
    assert verify(text, None, now=NOW).code in CODES


_ITEMS = st.recursive(
    st.integers(-(1 << 63), (1 << 63) - 1) | st.binary(max_size=40) | st.text(max_size=20) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.integers(0, 99999), inner, max_size=4),
    max_leaves=5,
)


@given(_ITEMS)
def test_the_strict_reader_reads_what_is_canonical(item: object) -> None:
    assert cbor.read(cbor2.dumps(item, canonical=True)) == item


@given(st.binary(max_size=120))
def test_the_strict_reader_has_one_spelling(content: bytes) -> None:
    """What it accepts at all is exactly what would be written again."""
    try:
        found = cbor.read(content)
    except cbor.CborWrong:
        return
    assert cbor2.dumps(found, canonical=True) == content


@given(st.binary(min_size=80, max_size=1200))
def test_both_text_forms_come_back(content: bytes) -> None:
    assert qr.parse(qr.text_of(content, HOST)) == (content, HOST)
    assert qr.parse(qr.alternate_text_of(content)) == (content, "")


@given(st.text(alphabet=qr._BASE45, max_size=60))
def test_base45_has_one_spelling(text: str) -> None:
    try:
        content = qr.unbase45(text)
    except StatementWrong:
        return
    assert qr.base45(content) == text


def test_key_files_and_trust_lists_that_are_not_ours(centre: Centre, tmp_path: Path) -> None:
    file = centre.room / "issuer.key"
    content = file.read_bytes()
    assert centre.seal.algorithm.private_of(centre.seal.key) not in content
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(KeyFileWrong):
        keys.open_issuer(file, b"\x08" * 32, NOW)
    with pytest.raises(KeyOutOfTime):
        keys.open_issuer(file, KEK, NOW + timedelta(days=400))
    with pytest.raises(KeyFileWrong):
        keys.make_issuer(file, KEK, issuer="990101", name="x", now=NOW)
    for at in range(0, len(content), 7):
        (tmp_path / "k").write_bytes(content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :])
        with pytest.raises(KeyFileWrong):
            keys.open_issuer(tmp_path / "k", KEK, NOW)
    written = centre.trust.encode()
    assert keys.TrustList.decode(written) == centre.trust
    for at in range(len(written)):
        try:
            keys.TrustList.decode(written[:at] + bytes((written[at] ^ 1,)) + written[at + 1 :])
        except TrustListWrong:
            continue
    with pytest.raises(TrustListWrong):
        keys.TrustList.load(tmp_path / "none")
    assert centre.trust.with_key(centre.trust.keys[0], NOW).version == 2
    assert keys.record_of(file).kid == centre.seal.kid


def test_ed25519_signs_and_verifies_too(tmp_path: Path) -> None:
    record = keys.make_issuer(tmp_path / "k", KEK, issuer="990101", name="x", now=NOW, algorithm="EdDSA")
    seal = keys.open_issuer(tmp_path / "k", KEK, NOW)
    trust = keys.TrustList.first((record,), (HOST,), NOW)
    signed = statement.seal_payload(seal, statement.pack(receipt(), "990101", 1))
    assert verify_statement(signed, trust, now=NOW).code == "VALID"
    assert verify_statement(signed[:-1] + bytes((signed[-1] ^ 1,)), trust, now=NOW).code == "BAD_SIGNATURE"
