"""The three signature algorithms as one table; who may use which is the trust list's business (law I5).

Every signature is 64 raw bytes, so the symbol keeps its size whichever is chosen. An algorithm is a row: adding one
touches nothing else. `holds` never raises for any signature bytes; `public` raises ValueError for what is no key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from printing import sm2

AlgorithmName = Literal["ES256", "EdDSA", "SM2"]


@dataclass(frozen=True)
class Algorithm:
    """One row of the table. `public` turns the stored bytes (x‖y, or x alone) into a key the library takes."""

    name: AlgorithmName
    cose: int
    public_length: int
    make: Callable[[], Any]
    public: Callable[[bytes], Any]
    public_of: Callable[[Any], bytes]
    private: Callable[[bytes], Any]
    private_of: Callable[[Any], bytes]
    sign: Callable[[Any, bytes], bytes]
    holds: Callable[[Any, bytes, bytes], bool]
    cose_key: Callable[[bytes], dict[int, Any]]


_P256 = ec.SECP256R1()
P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_ES256 = ec.ECDSA(hashes.SHA256())
_ES256_STEADY = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)  # RFC 6979: no randomness to go wrong


def low_s(r: int, s: int) -> bytes:
    """Of the two spellings of an ECDSA signature the one with the smaller s: one voucher, one byte string."""
    return r.to_bytes(32, "big") + min(s, P256_ORDER - s).to_bytes(32, "big")


def _es256_sign(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    return low_s(*decode_dss_signature(key.sign(message, _ES256_STEADY)))


def _es256_holds(key: ec.EllipticCurvePublicKey, signature: bytes, message: bytes) -> bool:
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if s > P256_ORDER // 2:
        return False
    try:
        key.verify(encode_dss_signature(r, s), message, _ES256)
    except InvalidSignature:
        return False
    return True


def _es256_public_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    numbers = key.public_key().public_numbers()
    return numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")


def _ed25519_holds(key: ed25519.Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _sm2_sign(key: sm2.PrivateKey, message: bytes) -> bytes:
    r, s = decode_dss_signature(key.sign(message))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _sm2_holds(key: sm2.PublicKey, signature: bytes, message: bytes) -> bool:
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    return key.holds(encode_dss_signature(r, s), message)


ES256: Final = Algorithm(
    name="ES256",
    cose=-7,
    public_length=64,
    make=lambda: ec.generate_private_key(_P256),
    public=lambda raw: ec.EllipticCurvePublicKey.from_encoded_point(_P256, b"\x04" + raw),
    public_of=_es256_public_of,
    private=lambda raw: ec.derive_private_key(int.from_bytes(raw, "big"), _P256),
    private_of=lambda key: key.private_numbers().private_value.to_bytes(32, "big"),
    sign=_es256_sign,
    holds=_es256_holds,
    cose_key=lambda raw: {1: 2, -1: 1, -2: raw[:32], -3: raw[32:]},
)
EDDSA: Final = Algorithm(
    name="EdDSA",
    cose=-8,
    public_length=32,
    make=ed25519.Ed25519PrivateKey.generate,
    public=ed25519.Ed25519PublicKey.from_public_bytes,
    public_of=lambda key: key.public_key().public_bytes_raw(),
    private=ed25519.Ed25519PrivateKey.from_private_bytes,
    private_of=lambda key: key.private_bytes_raw(),
    sign=lambda key, message: key.sign(message),
    holds=_ed25519_holds,
    cose_key=lambda raw: {1: 1, -1: 6, -2: raw},
)
# No COSE number is registered for SM2-SM3; this one and the curve's are from the private-use range.
SM2: Final = Algorithm(
    name="SM2",
    cose=-65601,
    public_length=64,
    make=sm2.PrivateKey.new,
    public=sm2.PublicKey,
    public_of=lambda key: key.public,
    private=sm2.PrivateKey,
    private_of=lambda key: key.raw,
    sign=_sm2_sign,
    holds=_sm2_holds,
    cose_key=lambda raw: {1: 2, -1: -65601, -2: raw[:32], -3: raw[32:]},
)
ALGORITHMS: Final[Mapping[str, Algorithm]] = {"ES256": ES256, "EdDSA": EDDSA, "SM2": SM2}
BY_NUMBER: Final[Mapping[int, Algorithm]] = {row.cose: row for row in ALGORITHMS.values()}
