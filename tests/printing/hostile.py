"""Twelve statements with a *correct* signature that no careful verifier may accept: each is legal-looking CBOR.

Made by an insider with the real key or by a careless issuer; each would be a second spelling, a hidden header or a
claim that two programs read differently.
"""

from __future__ import annotations

import cbor2

from printing import algorithms, seal, statement
from printing.seal import DEFLATED, PLAIN, Seal, StatementWrong
from printing.trust import TrustList


def _signed(
    by: Seal, protected: bytes, payload: bytes, *, unprotected: bytes = b"\xa0", tag: bytes = b"\xd2", end: bytes = b""
) -> bytes:
    message = b"\x84\x6aSignature1" + seal._bstr(protected) + b"\x40" + seal._bstr(payload)
    signature = by.algorithm.sign(by.key, message)
    return tag + b"\x84" + seal._bstr(protected) + unprotected + seal._bstr(payload) + seal._bstr(signature) + end


def twelve(by: Seal, claims: bytes) -> dict[str, bytes]:
    """Name → statement. `claims` is the plain payload of a genuine voucher."""
    kid = by.kid
    good = seal.header(by.algorithm, kid, PLAIN)
    alg, three, four = b"\x01\x26", b"\x03\x18\x3d", b"\x04\x48" + kid
    other = algorithms.EDDSA.private(b"\x07" * 32)  # steady: the vectors hold its signature
    message = b"\x84\x6aSignature1" + seal._bstr(good) + b"\x40" + seal._bstr(claims)
    crossed = b"\xd2\x84" + seal._bstr(good) + b"\xa0" + seal._bstr(claims) + b"\x58\x40" + other.sign(message)
    nil_message = b"\x84\x6aSignature1" + seal._bstr(good) + b"\x40" + seal._bstr(b"")
    nil = by.algorithm.sign(by.key, nil_message)
    twice = _claims_with(claims, b"\x01\x63990")
    return {
        "algorithm only unprotected": _signed(by, b"\xa2" + three + four, claims, unprotected=b"\xa1" + alg),
        "key id only unprotected": _signed(by, b"\xa2" + alg + three, claims, unprotected=b"\xa1" + four),
        "algorithm twice": _signed(by, b"\xa4" + alg + alg + three + four, claims),
        "claim twice": _signed(by, good, twice),
        "number written long": _signed(by, b"\xa3\x18\x01\x26" + three + four, claims),
        "map without length": _signed(by, b"\xbf" + alg + three + four + b"\xff", claims),
        "bytes after the end": _signed(by, good, claims, end=b"\x00"),
        "tag of another message": _signed(by, good, claims, tag=b"\xd8\x62"),
        "unknown critical header": _signed(
            by, b"\xa5" + alg + b"\x02\x81\x19\x27\x0f" + three + four + b"\x19\x27\x0f\x01", claims
        ),
        "another key's algorithm": crossed,
        "no payload": b"\xd2\x84" + seal._bstr(good) + b"\xa0\xf6" + seal._bstr(nil),
        "junk in the unprotected header": _signed(by, good, claims, unprotected=b"\xa1\x18\x63\x63abc"),
    }


def _claims_with(claims: bytes, entry: bytes) -> bytes:
    """The claims map with one more entry in front: its first key then stands twice."""
    assert claims[0] == 0xA6
    return bytes((claims[0] + 1,)) + entry + claims[1:]


def bomb(by: Seal, size: int) -> bytes:
    """A genuine signature over a payload that inflates to `size` bytes."""
    import zlib

    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, statement.dictionary())
    return by.statement(packer.compress(b"\x00" * size) + packer.flush(), DEFLATED)


def odd_payloads(by: Seal, claims: bytes) -> dict[str, bytes]:
    """Genuine signatures over payloads that are not the one shape a voucher has."""
    given = cbor2.loads(claims)

    def with_claim(key: int, value: object) -> bytes:
        return by.statement(cbor2.dumps({**given, key: value}, canonical=True), PLAIN)

    values = given[-70002]
    return {
        "claims are a list": by.statement(cbor2.dumps([1, 2, 3] * 20), PLAIN),
        "an unknown claim": with_claim(99, "x"),
        "issuer is a number": with_claim(1, 7),
        "identity too short": with_claim(7, b"123"),
        "a time that is text": with_claim(6, "2026-11-21"),
        "a time beyond the calendar": with_claim(6, 1 << 62),
        "copy below zero": with_claim(-70004, [-1, ""]),
        "template without version": with_claim(-70003, ["combined_receipt"]),
        "a value that is a number": with_claim(-70002, [*values[:5], ["holder", 5], values[6], values[7]]),
        "an odd list of lines": with_claim(-70002, [*values[:5], ["holder"], values[6], values[7]]),
        "rows of other width": with_claim(-70002, [*values[:7], [["a"]]]),
        "language 9": with_claim(-70002, [*values[:3], 9, *values[4:]]),
        "a floating number": with_claim(6, 1.5),
        "tagged text": by.statement(b"\xc0" + claims, PLAIN),
        "deep nesting": by.statement(b"\x81" * 600 + b"\x00", PLAIN),
        "a deflate cut short": by.statement(b"\x4b" * 40, DEFLATED),
    }


def opens(trust: TrustList, content: bytes) -> bool:
    """The whole way of a statement; anything but StatementWrong would come out of here as a failure."""
    try:
        _, content_type, payload = trust.signers.open(content)
        statement.parse(statement.unpack(payload, content_type))
    except StatementWrong:
        return False
    return True
