"""The keeper that is a token: PKCS#11, a smart card, UKey or HSM, which signs and never gives its key away (I9).

python-pkcs11 is an extra (`pip install onewindow[pkcs11]`): a centre that keeps its key in a file needs no driver.
One session stays open for a process; a token that was pulled out is asked for again once before it is called gone.
ES256 signs the SHA-256 digest with CKM_ECDSA, Ed25519 the message itself with CKM_EDDSA. SM2 has no common PKCS#11
number: such tokens come with a vendor's mechanism and are not claimed to work here.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from printing.algorithms import AlgorithmName, low_s
from printing.errors import TokenTrouble

Signing = Callable[[bytes], bytes]
_P256_OID: Final = bytes.fromhex("06082a8648ce3d030107")
_ED25519: Final = b"\x13\x0cedwards25519"  # PrintableString: SoftHSM wants the name, not the OID


@dataclass(frozen=True)
class Where:
    """Which key of which token: the driver's path, the token's label, the key's label, and the PIN."""

    module: str
    label: str
    key: str
    pin: str = field(repr=False)


def make_key(where: Where, algorithm: AlgorithmName) -> bytes:
    """A new pair inside the token, private half sensitive and not extractable; gives the public bytes."""
    pkcs11 = _driver()
    with _troubled(where), _session(where) as session:
        public, _ = _pair(session, pkcs11, where.key, algorithm)
        return _public_bytes(pkcs11, public, algorithm)


def open_key(where: Where, algorithm: AlgorithmName, public: bytes) -> Signing:
    """The signing function. TokenTrouble(other_key) when the token's key is not the one whose public half we know."""
    held = _Held(where, algorithm)
    if held.public() != public:
        raise TokenTrouble(reason="other_key", token=where.label)
    return held.sign


class _Held:
    """An open session; signing is serialised, because a session is one conversation."""

    def __init__(self, where: Where, algorithm: AlgorithmName) -> None:
        self._where = where
        self._algorithm = algorithm
        self._lock = threading.Lock()
        self._session: Any = None
        self._key: Any = None

    def public(self) -> bytes:
        pkcs11 = _driver()
        with self._lock, _troubled(self._where):
            self._connect(pkcs11)
            found = self._session.get_key(object_class=pkcs11.ObjectClass.PUBLIC_KEY, label=self._where.key)
            return _public_bytes(pkcs11, found, self._algorithm)

    def sign(self, message: bytes) -> bytes:
        pkcs11 = _driver()
        with self._lock:
            try:
                return self._signature(pkcs11, message)
            except pkcs11.PKCS11Error:  # pulled out and put back: the old session is dead, a new one may live
                self._session = None
            with _troubled(self._where):
                return self._signature(pkcs11, message)

    def _connect(self, pkcs11: Any) -> None:
        if self._session is None:
            self._session = _session(self._where)
            self._key = self._session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=self._where.key)

    def _signature(self, pkcs11: Any, message: bytes) -> bytes:
        self._connect(pkcs11)
        if self._algorithm == "EdDSA":
            return bytes(self._key.sign(message, mechanism=pkcs11.Mechanism.EDDSA))
        raw = bytes(self._key.sign(hashlib.sha256(message).digest(), mechanism=pkcs11.Mechanism.ECDSA))
        return low_s(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))


def _driver() -> Any:
    try:
        import pkcs11
    except ImportError:
        raise TokenTrouble(reason="no_driver", token="") from None
    return pkcs11


def _session(where: Where) -> Any:
    """Logged in. A token is logged in once for a whole process: a second session finds the door open."""
    pkcs11 = _driver()
    try:
        driver = pkcs11.lib(where.module)
    except RuntimeError:  # no such file, or a file that is no driver
        raise TokenTrouble(reason="no_module", token=where.label) from None
    found = driver.get_token(token_label=where.label)
    try:
        return found.open(rw=True, user_pin=where.pin)
    except pkcs11.UserAlreadyLoggedIn:
        return found.open(rw=True)


class _troubled:  # noqa: N801 reads as a word in a with-line
    """Every error of the driver as one of ours; the PIN is in none of them."""

    def __init__(self, where: Where) -> None:
        self._where = where

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        pkcs11 = _driver()
        if not isinstance(error, pkcs11.PKCS11Error):
            return
        words = {
            "PinIncorrect": "pin", "PinLocked": "pin_locked", "NoSuchKey": "no_key", "NoSuchToken": "no_token",
            "TokenNotPresent": "no_token", "DeviceRemoved": "no_token",
        }  # fmt: skip
        raise TokenTrouble(reason=words.get(type(error).__name__, "refused"), token=self._where.label) from None


def _pair(session: Any, pkcs11: Any, label: str, algorithm: AlgorithmName) -> tuple[Any, Any]:
    kinds = {"ES256": (pkcs11.KeyType.EC, _P256_OID), "EdDSA": (pkcs11.KeyType.EC_EDWARDS, _ED25519)}
    if algorithm not in kinds:
        raise TokenTrouble(reason="algorithm", token=label)
    kind, curve = kinds[algorithm]
    area = session.create_domain_parameters(kind, {pkcs11.Attribute.EC_PARAMS: curve}, local=True)
    mechanism = pkcs11.Mechanism.EC_EDWARDS_KEY_PAIR_GEN if algorithm == "EdDSA" else None
    made: tuple[Any, Any] = area.generate_keypair(
        store=True,
        label=label,
        mechanism=mechanism,
        private_template={pkcs11.Attribute.SENSITIVE: True, pkcs11.Attribute.EXTRACTABLE: False},
    )
    return made


def _public_bytes(pkcs11: Any, key: Any, algorithm: AlgorithmName) -> bytes:
    """x ‖ y, or x: out of the DER octet string around the point."""
    point = bytes(key[pkcs11.Attribute.EC_POINT])
    return point[-32:] if algorithm == "EdDSA" else point[-64:]
