"""SM2 written out from GB/T 32918.2 in plain integers: slow, steady, and nobody's library.

For two things only: test vectors that are the same at every run (a real signature has a fresh random number in it), and
a judge that shares no line with OpenSSL. SM3 comes from hashlib, which asks OpenSSL; its own test value is checked.
"""

from __future__ import annotations

import hashlib

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
ID = b"1234567812345678"
Point = tuple[int, int] | None


def sm3(content: bytes) -> bytes:
    return hashlib.new("sm3", content).digest()


def add(one: Point, other: Point) -> Point:
    if one is None or other is None:
        return one or other
    if one[0] == other[0] and (one[1] + other[1]) % P == 0:
        return None
    if one == other:
        slope = (3 * one[0] * one[0] + A) * pow(2 * one[1], -1, P)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, P)
    x = (slope * slope - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def times(factor: int, point: Point) -> Point:
    found: Point = None
    while factor:
        if factor & 1:
            found = add(found, point)
        point = add(point, point)
        factor >>= 1
    return found


def public_of(private: int) -> bytes:
    point = times(private, G)
    assert point is not None
    return point[0].to_bytes(32, "big") + point[1].to_bytes(32, "big")


def digest(public: bytes, message: bytes) -> int:
    numbers = b"".join(number.to_bytes(32, "big") for number in (A, B, *G))
    z = sm3((len(ID) * 8).to_bytes(2, "big") + ID + numbers + public)
    return int.from_bytes(sm3(z + message), "big")


def sign(private: int, message: bytes, nonce: bytes = b"") -> bytes:
    """r ‖ s with a nonce made of key and message: steady, for vectors, never for real vouchers."""
    e = digest(public_of(private), message)
    k = int.from_bytes(hashlib.sha512(private.to_bytes(32, "big") + message + nonce).digest(), "big") % (N - 1) + 1
    point = times(k, G)
    assert point is not None
    r = (e + point[0]) % N
    s = pow(1 + private, -1, N) * (k - r * private) % N
    if r == 0 or r + k == N or s == 0:
        return sign(private, message, nonce + b"x")
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def holds(public: bytes, signature: bytes, message: bytes) -> bool:
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if not (0 < r < N and 0 < s < N) or (r + s) % N == 0:
        return False
    point = (int.from_bytes(public[:32], "big"), int.from_bytes(public[32:], "big"))
    found = add(times(s, G), times((r + s) % N, point))
    return found is not None and (digest(public, message) + found[0]) % N == r
