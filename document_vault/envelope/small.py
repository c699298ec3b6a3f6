"""The few cryptographic steps the whole vault is made of, each named once.

Law: nobody else in the vault touches a cipher. HKDF is RFC 5869 with SHA-256, key wrap is RFC 3394, the small seal is
AES-256-GCM with a random 96-bit nonce (a key seals far fewer than 2^32 values: it belongs to one person or one file).
"""

from __future__ import annotations

import hashlib
import hmac
import os

from blake3 import blake3
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from document_vault.errors import Tampered

KEY = 32
NONCE = 12
TAG = 16
SMALL_SEAL = b"\x01"  # version of the small seal; 2 is kept for SM4-GCM


def expand(secret: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """HKDF-SHA256, 32 bytes: one secret, one key per purpose, none of which tells anything about another."""
    drawn = hmac.digest(salt or bytes(KEY), secret, hashlib.sha256)
    return hmac.digest(drawn, purpose.encode() + b"\x01", hashlib.sha256)


def fresh_key() -> bytes:
    return os.urandom(KEY)


def wrap(key: bytes, under: bytes) -> bytes:
    return aes_key_wrap(under, key)


def unwrap(wrapped: bytes, under: bytes) -> bytes:
    try:
        return aes_key_unwrap(under, wrapped)
    except (InvalidUnwrap, ValueError) as wrong:
        raise Tampered("wrong_key") from wrong


def seal_small(key: bytes, plain: bytes, about: bytes) -> bytes:
    """version 1 B | nonce 12 B | ciphertext and tag. ``about`` is bound to it and must be given again to open."""
    nonce = os.urandom(NONCE)
    return SMALL_SEAL + nonce + AESGCM(key).encrypt(nonce, plain, SMALL_SEAL + about)


def open_small(key: bytes, sealed: bytes, about: bytes) -> bytes:
    if len(sealed) < 1 + NONCE + TAG or sealed[:1] != SMALL_SEAL:
        raise Tampered("tampered", what="value")
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], SMALL_SEAL + about)
    except InvalidTag as wrong:
        raise Tampered("tampered", what="value") from wrong


def blind(key: bytes, field: str, value: str) -> bytes:
    """A keyed fingerprint that finds equal values without telling what they are (HMAC-SHA256)."""
    return hmac.digest(key, field.encode() + b"\x00" + value.encode(), hashlib.sha256)


def content_id(key: bytes, content: bytes | bytearray | memoryview) -> bytes:
    """Keyed BLAKE3: equal bytes of one person show as equal, and to nobody without that person's key."""
    return blake3(content, key=key).digest()


def plain_hash(content: bytes | bytearray | memoryview) -> bytes:
    return blake3(content).digest()


def same(one: bytes, other: bytes) -> bool:
    return hmac.compare_digest(one, other)
