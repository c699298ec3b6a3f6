"""Laws I5, I9: a PKCS#11 token signs vouchers; nothing outside it ever holds the key, and its file shows no PIN.

SoftHSM2 is the token; every test session has one of its own in a folder of its own.
"""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from printing import algorithms, keys, local_trust, statement, token
from printing.errors import KeyFileWrong, TokenTrouble
from printing.trust import TrustList
from printing.verify import verify_statement
from tests.peers import judges
from tests.printing.conftest import HOST, KEK, NOW, receipt

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
PIN = "9371-2846"


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> token.Where:
    """A fresh token; the driver reads where its folder is only once, so one for the module."""
    module = next((name for name in MODULES if Path(name).exists()), "")
    assert module, "softhsm2 is not installed; ./run test installs it"
    room = tmp_path_factory.mktemp("token")
    (room / "tokens").mkdir()
    (room / "softhsm2.conf").write_text(f"directories.tokendir = {room / 'tokens'}\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOFTHSM2_CONF", str(room / "softhsm2.conf"))
        for label in ("window", "locked out"):
            words = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "0000-1111"]
            subprocess.run(words, check=True, capture_output=True, timeout=30)
        token._driver().lib(module)  # the driver is loaded, and has read its configuration, while it stands there
    return token.Where(module, "window", "issuer", PIN)


@pytest.mark.parametrize("algorithm", ["ES256", "EdDSA"])
def test_a_token_signs_and_strangers_agree(
    card: token.Where, tmp_path: Path, algorithm: algorithms.AlgorithmName
) -> None:
    where = token.Where(card.module, card.label, f"issuer {algorithm}", PIN)
    public = token.make_key(where, algorithm)
    record = keys.record_for(public, algorithm, "990101001", "幸福区", NOW, regions=("9901",))
    keys.keep_token(tmp_path / "issuer.key", KEK, where, record, issuer="990101001")
    seal = keys.open_issuer(tmp_path / "issuer.key", KEK, NOW)
    assert seal.key is None, "there is no key in this process"
    trust = TrustList.first((record,), (HOST,), NOW)
    made = [statement.seal_payload(seal, statement.pack(receipt(), "990101001", 1)) for _ in range(8)]
    assert {verify_statement(each, trust, now=NOW).code for each in made} == {"VALID"}
    assert keys.record_of(tmp_path / "issuer.key").kid == record.kid
    if algorithm == "ES256":
        found = judges.judge(record, made)
        assert found["cwt"] == found["pycose"] == [True] * 8


def test_the_private_half_cannot_be_taken_out(card: token.Where) -> None:
    where = token.Where(card.module, card.label, "stays inside", PIN)
    token.make_key(where, "ES256")
    pkcs11 = token._driver()
    with token._session(where) as session:
        key = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label="stays inside")
        assert key[pkcs11.Attribute.SENSITIVE]
        assert not key[pkcs11.Attribute.EXTRACTABLE]
        with pytest.raises(pkcs11.PKCS11Error):
            _ = key[pkcs11.Attribute.VALUE]


def test_the_file_of_a_token_gives_no_pin_away(card: token.Where, tmp_path: Path) -> None:
    where = token.Where(card.module, card.label, "issuer", PIN)
    record = keys.record_for(token.make_key(where, "ES256"), "ES256", "990101", "x", NOW)
    keys.keep_token(tmp_path / "k", KEK, where, record, issuer="990101")
    content = (tmp_path / "k").read_bytes()
    assert PIN.encode() not in content
    assert (tmp_path / "k").stat().st_mode & 0o777 == 0o600
    with pytest.raises(KeyFileWrong):
        keys.open_issuer(tmp_path / "k", b"\x08" * 32, NOW)
    assert PIN not in repr(where)


def test_every_trouble_of_a_token_has_its_word(card: token.Where, tmp_path: Path) -> None:
    def reason(where: token.Where, public: bytes = bytes(64)) -> str:
        with pytest.raises(TokenTrouble) as told:
            token.open_key(where, "ES256", public)
        assert PIN not in str(told.value)
        return told.value.detail["reason"]

    good = token.Where(card.module, card.label, "issuer of troubles", PIN)
    token.make_key(good, "ES256")
    assert reason(good) == "other_key", "a token with another key is not this centre's"
    assert reason(token.Where(card.module, card.label, "nobody", PIN)) == "no_key"
    assert reason(token.Where(card.module, "no such token", "issuer", PIN)) == "no_token"
    assert reason(token.Where(card.module, "locked out", "issuer", "wrong pin")) == "pin"
    assert reason(token.Where(str(tmp_path / "no-driver.so"), card.label, "issuer", PIN)) == "no_module"
    with pytest.raises(TokenTrouble) as told:
        token.make_key(good, "SM2")
    assert told.value.detail["reason"] == "algorithm"


def test_a_centre_stands_on_its_token(card: token.Where, tmp_path: Path) -> None:
    """The newest key signs, wherever it is kept: a token's file beside the first key's takes over by itself."""
    folder = tmp_path / "keys"
    centre = local_trust.Centre(
        folder, tmp_path / "trust-list.cbor", KEK, "990101001", "幸福区", ("9901",), (), ("v.invalid",)
    )
    first = local_trust.stand(centre, NOW)
    where = token.Where(card.module, card.label, "next issuer", PIN)
    later = NOW + timedelta(days=1)
    record = keys.record_for(token.make_key(where, "ES256"), "ES256", "990101001", "幸福区", later)
    keys.keep_token(folder / "issuer-token.key", KEK, where, record, issuer="990101001")
    second = local_trust.stand(centre, later)
    assert second.issuer.kid == record.kid != first.issuer.kid
    assert second.trust.version == first.trust.version + 1
    old, new = (
        statement.seal_payload(each.issuer, statement.pack(receipt(issued_at=at), "990101001", 1))
        for each, at in ((first, NOW), (second, later))
    )
    assert {verify_statement(each, second.trust, now=later).code for each in (old, new)} == {"VALID"}
