"""Law I5: an SM2 signature of ours is one for everybody: two libraries, the openssl command, and the standard by hand.

SM2 goes wrong in one place above all: whether Z (user ID and curve) is hashed in front of the message. Programs that
disagree about it accept only their own signatures.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from printing import algorithms, keys, sm2, statement
from printing.algorithms import SM2
from printing.trust import TrustList
from printing.verify import verify_statement
from tests.peers.judges import judge_sm2
from tests.printing import sm2_by_hand
from tests.printing.conftest import HOST, KEK, NOW, receipt

MESSAGE = "受理凭证 voucher".encode()
# GB/T 32918.5 has another curve in its examples; these are the recommended curve's own: the private key 1 has G.
ONE = (1).to_bytes(32, "big")


def _wrong(signature: bytes) -> list[bytes]:
    return [bytes(64), b"\xff" * 64, signature[:10] + bytes((signature[10] ^ 1,)) + signature[11:]]


def test_everybody_accepts_ours_and_we_accept_everybodys() -> None:
    key = SM2.make()
    public = SM2.public_of(key)
    mine = SM2.public(public)
    made = [SM2.sign(key, MESSAGE) for _ in range(3)]
    assert len(set(made)) == 3, "a signature has a fresh number in it"
    said = judge_sm2(SM2.private_of(key), public, MESSAGE, [*made, *_wrong(made[0])])
    assert said["gmssl"] == said["gmssl_pyx"] == [True] * 3 + [False] * 3
    assert [sm2_by_hand.holds(public, each, MESSAGE) for each in made] == [True] * 3
    for name, theirs in said["made"].items():
        assert SM2.holds(mine, bytes.fromhex(theirs), MESSAGE), name
        assert not SM2.holds(mine, bytes.fromhex(theirs), MESSAGE + b"x"), name
    by_hand = sm2_by_hand.sign(int.from_bytes(SM2.private_of(key), "big"), MESSAGE)
    assert SM2.holds(mine, by_hand, MESSAGE)
    for each in _wrong(made[0]):
        assert not SM2.holds(mine, each, MESSAGE)
        assert not sm2_by_hand.holds(public, each, MESSAGE)


def test_who_leaves_z_out_disagrees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the same key over the bare SM3 of the message is another signature."""
    key = SM2.make()
    number = int.from_bytes(SM2.private_of(key), "big")
    public = SM2.public_of(key)
    with monkeypatch.context() as naive:
        naive.setattr(sm2_by_hand, "digest", lambda _, message: int.from_bytes(sm2_by_hand.sm3(message), "big"))
        without_z = sm2_by_hand.sign(number, MESSAGE)
        assert sm2_by_hand.holds(public, without_z, MESSAGE)
    assert not SM2.holds(SM2.public(public), without_z, MESSAGE)


def test_the_openssl_command_agrees(tmp_path: Path) -> None:
    key = SM2.make()
    public, signature = SM2.public_of(key), key.sign(MESSAGE)
    (tmp_path / "public.der").write_bytes(sm2._SPKI + public)
    (tmp_path / "message").write_bytes(MESSAGE)
    (tmp_path / "signature").write_bytes(signature)
    identity = f"distid:{sm2.USER_ID.decode()}"
    words = ["openssl", "dgst", "-sm3", "-verify", "public.der", "-keyform", "DER", "-sigopt", identity]
    ran = subprocess.run([*words, "-signature", "signature", "message"], cwd=tmp_path, capture_output=True, timeout=30)
    assert ran.stdout == b"Verified OK\n", ran.stderr
    (tmp_path / "message").write_bytes(MESSAGE + b"x")
    ran = subprocess.run([*words, "-signature", "signature", "message"], cwd=tmp_path, capture_output=True, timeout=30)
    assert ran.returncode == 1


def test_the_public_half_is_worked_out_and_strangers_points_are_refused() -> None:
    private = sm2.PrivateKey(ONE)
    assert private.public == b"".join(number.to_bytes(32, "big") for number in sm2_by_hand.G)
    for raw in (bytes(64), b"\x01" * 64, b"\x01" * 63):
        with pytest.raises(ValueError, match="key"):
            sm2.PublicKey(raw)
    for raw in (bytes(32), sm2.ORDER.to_bytes(32, "big"), b"\x01" * 31):
        with pytest.raises(ValueError, match="private"):
            sm2.PrivateKey(raw)


def test_a_voucher_under_sm2_and_a_machine_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = keys.make_issuer(tmp_path / "k", KEK, issuer="990101", name="x", now=NOW, algorithm="SM2")
    seal = keys.open_issuer(tmp_path / "k", KEK, NOW)
    signed = statement.seal_payload(seal, statement.pack(receipt(), "990101", 1))
    trust = TrustList.first((record,), (HOST,), NOW)
    assert verify_statement(signed, trust, now=NOW).code == "VALID"
    assert verify_statement(signed[:-1] + bytes((signed[-1] ^ 1,)), trust, now=NOW).code == "BAD_SIGNATURE"

    def gone() -> None:
        raise sm2.NoOpenssl

    monkeypatch.setattr(sm2, "_crypto", gone)
    elsewhere = TrustList.decode(trust.encode())
    assert verify_statement(signed, elsewhere, now=NOW).code == "UNSUPPORTED_ALG", "cannot tell, and never false"
    assert set(algorithms.ALGORITHMS) == {"ES256", "EdDSA", "SM2"}
