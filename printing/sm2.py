"""SM2 with SM3 (GB/T 32918.2, GB/T 32905) through the OpenSSL 3 that is on every machine Python runs on (law I5).

The library our other algorithms come from has no SM2, and the pure-Python ones sign twenty times slower and not in
constant time. So the system's libcrypto is asked by ctypes, for four things only: read a key, sign, verify, write the
public half. Signatures are over Z ‖ message with the user ID `1234567812345678` (GB/T 35276): a program that leaves Z
out disagrees with all others, which is the usual SM2 bug. tests/printing compares with three other implementations.
"""

from __future__ import annotations

import ctypes
import secrets
import sys
import weakref
from ctypes import POINTER, c_char_p, c_int, c_long, c_size_t, c_void_p
from functools import cache
from pathlib import Path
from typing import Any, Final

USER_ID: Final = b"1234567812345678"
ORDER: Final = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
# DER in front of the 64 bytes x ‖ y: SubjectPublicKeyInfo, id-ecPublicKey, curve 1.2.156.10197.1.301, uncompressed.
_SPKI: Final = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004")
# DER in front of the 32 private bytes: PrivateKeyInfo without the public half, which OpenSSL works out.
_PKCS8: Final = bytes.fromhex("3041020100301306072a8648ce3d020106082a811ccf5501822d0427302502010104 20")


class NoOpenssl(Exception):
    """This machine has no OpenSSL 3 with SM2."""


def _names() -> list[str]:
    if sys.platform == "win32":  # Python on Windows brings its own
        folder = Path(sys.base_prefix) / "DLLs"
        return [str(folder / name) for name in ("libcrypto-3-x64.dll", "libcrypto-3-arm64.dll", "libcrypto-3.dll")]
    return ["libcrypto.so.3", "libcrypto.3.dylib"]


@cache
def _crypto() -> ctypes.CDLL:
    for name in _names():
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        return _declared(library)
    raise NoOpenssl


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    pointer, text = c_void_p, c_char_p
    shapes: dict[str, tuple[Any, list[Any]]] = {
        "d2i_AutoPrivateKey": (pointer, [pointer, POINTER(c_char_p), c_long]),
        "d2i_PUBKEY": (pointer, [pointer, POINTER(c_char_p), c_long]),
        "i2d_PUBKEY": (c_int, [pointer, pointer]),
        "EVP_PKEY_free": (None, [pointer]),
        "EVP_PKEY_CTX_new": (pointer, [pointer, pointer]),
        "EVP_PKEY_CTX_free": (None, [pointer]),
        "EVP_PKEY_CTX_set1_id": (c_int, [pointer, text, c_int]),
        "EVP_MD_CTX_new": (pointer, []),
        "EVP_MD_CTX_free": (None, [pointer]),
        "EVP_MD_CTX_set_pkey_ctx": (None, [pointer, pointer]),
        "EVP_sm3": (pointer, []),
        "EVP_DigestSignInit": (c_int, [pointer] * 5),
        "EVP_DigestSign": (c_int, [pointer, pointer, POINTER(c_size_t), text, c_size_t]),
        "EVP_DigestVerifyInit": (c_int, [pointer] * 5),
        "EVP_DigestVerify": (c_int, [pointer, text, c_size_t, text, c_size_t]),
        "ERR_clear_error": (None, []),
    }
    for name, (result, given) in shapes.items():
        try:
            function = getattr(library, name)
        except AttributeError:
            raise NoOpenssl from None
        function.restype, function.argtypes = result, given
    return library


class _Key:
    """One key inside OpenSSL; freed when Python forgets it."""

    def __init__(self, where: int) -> None:
        self.where = where
        weakref.finalize(self, _crypto().EVP_PKEY_free, where)


class PrivateKey(_Key):
    def __init__(self, raw: bytes) -> None:
        """Raises ValueError when `raw` is not a private key of the curve."""
        if len(raw) != 32 or not 1 <= int.from_bytes(raw, "big") <= ORDER - 2:
            raise ValueError("not a private key")
        super().__init__(_read("d2i_AutoPrivateKey", _PKCS8 + raw))
        self.raw = raw

    @classmethod
    def new(cls) -> PrivateKey:
        return cls((1 + secrets.randbelow(ORDER - 2)).to_bytes(32, "big"))

    @property
    def public(self) -> bytes:
        crypto = _crypto()
        target = ctypes.create_string_buffer(len(_SPKI) + 64)
        end = ctypes.c_void_p(ctypes.addressof(target))
        size = crypto.i2d_PUBKEY(self.where, ctypes.byref(end))
        if size != len(_SPKI) + 64:
            raise ValueError("not an SM2 key")
        return target.raw[len(_SPKI) :]

    def sign(self, message: bytes) -> bytes:
        """DER signature."""
        crypto = _crypto()
        target, size = ctypes.create_string_buffer(80), c_size_t(80)
        with _Work(self, "EVP_DigestSignInit") as work:
            if crypto.EVP_DigestSign(work.digest, target, ctypes.byref(size), message, len(message)) != 1:
                raise ValueError("SM2 did not sign")
        return target.raw[: size.value]


class PublicKey(_Key):
    def __init__(self, raw: bytes) -> None:
        """`raw`: x ‖ y. Raises ValueError when it is not a point of the curve."""
        if len(raw) != 64:
            raise ValueError("not a public key")
        super().__init__(_read("d2i_PUBKEY", _SPKI + raw))

    def holds(self, signature: bytes, message: bytes) -> bool:
        """`signature` in DER."""
        crypto = _crypto()
        with _Work(self, "EVP_DigestVerifyInit") as work:
            found = crypto.EVP_DigestVerify(work.digest, signature, len(signature), message, len(message))
        crypto.ERR_clear_error()  # a refusal leaves a note in this thread's queue; other users of OpenSSL would find it
        return bool(found == 1)


def _read(how: str, der: bytes) -> int:
    crypto = _crypto()
    start = c_char_p(der)
    where = getattr(crypto, how)(None, ctypes.byref(start), len(der))
    if not where:
        crypto.ERR_clear_error()
        raise ValueError("not a key of the SM2 curve")
    return int(where)


class _Work:
    """A digest context with the user ID set, freed at the end whatever happens."""

    def __init__(self, key: _Key, begin: str) -> None:
        self._key = key
        self._begin = begin

    def __enter__(self) -> _Work:
        crypto = _crypto()
        self.digest, self._context = crypto.EVP_MD_CTX_new(), crypto.EVP_PKEY_CTX_new(self._key.where, None)
        crypto.EVP_PKEY_CTX_set1_id(self._context, USER_ID, len(USER_ID))
        crypto.EVP_MD_CTX_set_pkey_ctx(self.digest, self._context)
        if getattr(crypto, self._begin)(self.digest, None, crypto.EVP_sm3(), None, self._key.where) != 1:
            self.__exit__()
            raise ValueError("SM2 is not in this OpenSSL")
        return self

    def __exit__(self, *_: object) -> None:
        crypto = _crypto()
        crypto.EVP_MD_CTX_free(self.digest)
        crypto.EVP_PKEY_CTX_free(self._context)
