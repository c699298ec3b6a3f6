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
from typing import Any, Final, cast

import cbor2

from printing import cbor
from printing.algorithms import BY_NUMBER, Algorithm
from printing.sm2 import NoOpenssl

LONGEST: Final = 1200  # bytes of a statement; version 29 level M, the largest symbol 576 dots print at 4 dots a module
PLAIN: Final = 61  # application/cwt
DEFLATED: Final = 65001  # private use: raw deflate with preset dictionary 1 (docs/voucher-format.md §4)
CONTENT_TYPES: Final = (PLAIN, DEFLATED)


class StatementWrong(Exception):
    """The only exception of the verifier. `code` is an outcome of resources/verdicts.json, `detail` its reason word."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


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
    """A signing key handed out by its keeper: in memory (`key`), or a token's, which only signs (`token`)."""

    issuer: str
    algorithm: Algorithm
    kid: bytes
    sign_from: int
    sign_until: int
    public: bytes
    key: Any = field(repr=False)
    token: Callable[[bytes], bytes] | None = field(default=None, repr=False)

    def sign(self, message: bytes) -> bytes:
        """64 bytes over `message`."""
        return self.algorithm.sign(self.key, message) if self.token is None else self.token(message)

    def statement(self, payload: bytes, content_type: int) -> bytes:
        protected = header(self.algorithm, self.kid, content_type)
        signature = self.sign(_signed_bytes(protected, payload))
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
        """ValueError when `public` is no key. A machine without SM2 keeps the key's place, so that it can say so."""
        try:
            key = algorithm.public(public)
        except NoOpenssl:
            key = None
        return cls(key_id(algorithm, public), algorithm, public, key)

    def holds(self, signature: bytes, message: bytes) -> bool:
        if self.key is None:
            raise StatementWrong("UNSUPPORTED_ALG", self.algorithm.name)
        return self.algorithm.holds(self.key, signature, message)


@dataclass(frozen=True)
class _Opening:
    """All that stands before the payload of one key's statements, and before it in the bytes that are signed."""

    signer: Signer
    content_type: int
    signed: bytes
    key: Any = field(repr=False)
    holds: Callable[[Any, bytes, bytes], bool]


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
                signed = b"\x84\x6aSignature1" + protected + b"\x40"
                holds = _missing(signer) if signer.key is None else signer.algorithm.holds
                opening = _Opening(signer, kind, signed, signer.key, holds)
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
        if not opening.holds(opening.key, statement[size - 64 :], opening.signed + body):
            raise StatementWrong("BAD_SIGNATURE")
        return opening.signer, opening.content_type, body[start:]


def _missing(signer: Signer) -> Callable[[Any, bytes, bytes], bool]:
    """This machine lacks the signer's algorithm: it cannot tell, which is not "false"."""

    def cannot_tell(_key: Any, _signature: bytes, _message: bytes) -> bool:
        raise StatementWrong("UNSUPPORTED_ALG", signer.algorithm.name)

    return cannot_tell


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
    if algorithm not in BY_NUMBER:
        return "UNSUPPORTED_ALG", str(algorithm)[:24]
    if content_type not in CONTENT_TYPES:
        return "UNKNOWN_DICTIONARY", str(content_type)[:24]
    if kid not in kids:
        return "UNKNOWN_KEY", kid.hex()
    return "BAD_SIGNATURE", "algorithm_not_of_this_key"
