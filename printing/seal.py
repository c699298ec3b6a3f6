"""The seal: COSE_Sign1 in one fixed profile, signed here and checked here (laws I5, C1, C2).

A statement is `D2 84 <protected> A0 <payload> <signature>`, RFC 9052 COSE_Sign1 with tag 18, deterministic CBOR. The
algorithm comes from the trust list's key record, never from the message alone: the protected header must be, byte for
byte, the one our record would have written. So a swapped algorithm, a moved key id, a doubled header or a number
written long is not a case to think of, it is simply a header nobody has. Order of work: length caps, header, signature;
inflating and parsing the payload come after and are elsewhere (printing/statement.py).
Libraries are our judges in the tests, not our verifier: of 12 hostile statements the two usual ones accept 8 and 10.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, cast

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from printing import cbor

LONGEST: Final = 1200  # bytes of a statement; version 29 level M, the largest symbol 576 dots print at 4 dots a module
PLAIN: Final = 61  # application/cwt
DEFLATED: Final = 65001  # private use: raw deflate with preset dictionary 1 (docs/vouchers.md §4)
CONTENT_TYPES: Final = (PLAIN, DEFLATED)
AlgorithmName = Literal["ES256", "EdDSA", "SM2"]


class StatementWrong(Exception):
    """The only exception of the verifier. `code` is an outcome of docs/vouchers.md §7, `detail` its reason word."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Algorithm:
    """One row of the table. `public` turns the 64 stored bytes (x‖y, or x alone) into a key the library takes."""

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
_P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_ES256 = ec.ECDSA(hashes.SHA256())
_ES256_STEADY = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)  # RFC 6979: no randomness to go wrong


def _es256_sign(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    r, s = decode_dss_signature(key.sign(message, _ES256_STEADY))
    s = min(s, _P256_ORDER - s)  # of the two spellings of an ECDSA signature the smaller: one voucher, one byte string
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _es256_holds(key: ec.EllipticCurvePublicKey, signature: bytes, message: bytes) -> bool:
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if s > _P256_ORDER // 2:
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
# SM2-SM3 joins as a third row with the private-use number -65601 (docs/vouchers.md §3); the statement keeps its size.
ALGORITHMS: Final[Mapping[str, Algorithm]] = {"ES256": ES256, "EdDSA": EDDSA}
_KNOWN_NUMBERS: Final = {row.cose for row in ALGORITHMS.values()}


def key_id(algorithm: Algorithm, public: bytes) -> bytes:
    """First 8 bytes of the COSE_Key thumbprint (RFC 9679, SHA-256)."""
    return hashlib.sha256(cbor2.dumps(algorithm.cose_key(public), canonical=True)).digest()[:8]


def header(algorithm: Algorithm, kid: bytes, content_type: int) -> bytes:
    """The one protected header this key writes for this content type."""
    return cbor2.dumps({1: algorithm.cose, 3: content_type, 4: kid}, canonical=True)


def _signed_bytes(protected: bytes, payload: bytes) -> bytes:
    """Sig_structure of RFC 9052 §4.4 with no external data."""
    return b"\x84\x6aSignature1" + _bstr(protected) + b"\x40" + _bstr(payload)


def _bstr(content: bytes) -> bytes:
    size = len(content)
    if size < 24:
        return bytes((0x40 | size,)) + content
    if size < 0x100:
        return bytes((0x58, size)) + content
    return b"\x59" + size.to_bytes(2, "big") + content


@dataclass(frozen=True)
class Seal:
    """An issuer's signing key in memory, handed out by printing/keys.py."""

    issuer: str
    algorithm: Algorithm
    kid: bytes
    sign_from: int
    sign_until: int
    public: bytes
    key: Any = field(repr=False)

    def statement(self, payload: bytes, content_type: int) -> bytes:
        protected = header(self.algorithm, self.kid, content_type)
        signature = self.algorithm.sign(self.key, _signed_bytes(protected, payload))
        return b"\xd2\x84" + _bstr(protected) + b"\xa0" + _bstr(payload) + b"\x58\x40" + signature


@dataclass(frozen=True)
class Signer:
    """A public key as the verifier needs it: parsed once, with the only headers it may have written."""

    kid: bytes
    algorithm: Algorithm
    public: bytes
    key: Any = field(repr=False)

    @classmethod
    def of(cls, algorithm: Algorithm, public: bytes) -> Signer:
        return cls(key_id(algorithm, public), algorithm, public, algorithm.public(public))


@dataclass(frozen=True)
class _Opening:
    """All that stands before the payload of one key's statements, and before it in the bytes that are signed."""

    signer: Signer
    content_type: int
    signed: bytes


@dataclass(frozen=True)
class Signers:
    """All keys of a trust list, found by the exact bytes their statements begin with."""

    openings: Mapping[bytes, _Opening]
    kids: frozenset[bytes]

    @classmethod
    def of(cls, signers: tuple[Signer, ...]) -> Signers:
        found: dict[bytes, _Opening] = {}
        for signer in signers:
            for kind in CONTENT_TYPES:
                protected = _bstr(header(signer.algorithm, signer.kid, kind))
                opening = _Opening(signer, kind, b"\x84\x6aSignature1" + protected + b"\x40")
                found[b"\xd2\x84" + protected + b"\xa0"] = opening
        return cls(found, frozenset(s.kid for s in signers))

    def open(self, statement: bytes) -> tuple[Signer, int, bytes]:
        """(signer, content type, payload) of a statement whose signature holds; StatementWrong for anything else."""
        size = len(statement)
        if not 80 <= size <= LONGEST:
            raise StatementWrong("MALFORMED", "too_long" if size > LONGEST else "too_short")
        # D2 84 | 4n header | A0 | 58 nn or 59 nnnn payload | 58 40 signature: no other shape is in the profile.
        edge = 4 + (statement[2] & 0x1F)
        opening = self.openings.get(statement[:edge])
        body = statement[edge : size - 66]
        start = _payload_start(body)
        if opening is None or not start or statement[size - 66 : size - 64] != b"\x58\x40":
            raise StatementWrong(*_diagnosis(statement, self.kids))
        signer = opening.signer
        if not signer.algorithm.holds(signer.key, statement[size - 64 :], opening.signed + body):
            raise StatementWrong("BAD_SIGNATURE")
        return signer, opening.content_type, body[start:]


def _payload_start(body: bytes) -> int:
    """Length of the head of the one byte string `body` is, written in the shortest form; 0 when it is not that."""
    if len(body) < 24:
        return 0
    head = body[0]
    if head == 0x58 and len(body) == 2 + body[1] and body[1] >= 24:
        return 2
    if head == 0x59 and len(body) - 3 == int.from_bytes(body[1:3], "big") >= 0x100:
        return 3
    return 0


def unverified(statement: bytes) -> tuple[int, bytes]:
    """(content type, payload) without any proof: only for statements out of our own register, or to show what a
    voucher claims next to the words that it could not be verified."""
    try:
        parts = cbor.read(statement[1:])
        match parts:
            case [bytes() as protected, _, bytes() as payload, _]:
                fields = cbor.read(protected)
                if isinstance(fields, dict) and fields.get(3) in CONTENT_TYPES:
                    return cast("int", fields[3]), payload
            case _:
                pass
    except cbor.CborWrong as wrong:
        raise StatementWrong("MALFORMED", wrong.reason) from None
    raise StatementWrong("MALFORMED", "bad_shape")


def _diagnosis(statement: bytes, kids: frozenset[bytes]) -> tuple[str, str]:
    """Why a statement is not in the profile: slow, never accepts, only chooses the sentence."""
    if statement[0] != 0xD2:
        return "MALFORMED", "bad_tag"
    try:
        parts = cbor.read(statement[1:])
    except cbor.CborWrong as wrong:
        return "MALFORMED", wrong.reason
    match parts:
        case [bytes() as protected, {**unprotected}, bytes() as payload, bytes() as signature]:
            if unprotected:
                return "MALFORMED", "unprotected_not_empty"
            if len(signature) != 64 or len(payload) < 24:
                return "MALFORMED", "bad_length"
        case _:
            return "MALFORMED", "bad_shape"
    try:
        fields = cbor.read(protected)
    except cbor.CborWrong as wrong:
        return "MALFORMED", wrong.reason
    if not isinstance(fields, dict):
        return "MALFORMED", "bad_header"
    return _header_diagnosis(fields, kids)


def _header_diagnosis(fields: dict[int, cbor.Item], kids: frozenset[bytes]) -> tuple[str, str]:
    algorithm, content_type, kid = fields.get(1), fields.get(3), fields.get(4)
    if 2 in fields:
        return "MALFORMED", "unknown_crit"
    if set(fields) != {1, 3, 4} or not isinstance(kid, bytes) or len(kid) != 8:
        return "MALFORMED", "bad_header"
    if algorithm not in _KNOWN_NUMBERS:
        return "UNSUPPORTED_ALG", str(algorithm)[:24]
    if content_type not in CONTENT_TYPES:
        return "UNKNOWN_DICTIONARY", str(content_type)[:24]
    if kid not in kids:
        return "UNKNOWN_KEY", kid.hex()
    return "BAD_SIGNATURE", "algorithm_not_of_this_key"
