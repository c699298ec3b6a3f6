"""Keepers of the press's own keys: sealed files, and tokens that never give a key away (laws I5, I9).

A key file is sealed with 32 bytes that assembly has from the vault, or, for a root key that lies in a safe, with a
passphrase made slow by Argon2id. The public half and the key's days stand open in front and are bound to the seal, so
nobody moves them unseen. A token's file holds only where the token is and, sealed, its PIN.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import cbor2
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from printing import cbor, token
from printing.algorithms import ALGORITHMS, BY_NUMBER, AlgorithmName
from printing.errors import KeyFileWrong, KeyOutOfTime
from printing.files import write_private
from printing.seal import Seal, key_id
from printing.trust import USES, TrustedKey, Use, number_of, time_of
from printing.trust import TrustList as TrustList

KEY_FILE: Final = "onewindow-issuer-key-1"
ROOT_KEY_FILE: Final = "onewindow-root-key-1"
TOKEN_FILE: Final = "onewindow-token-key-1"  # noqa: S105 a file's mark, no secret
SHORTEST_PASSPHRASE: Final = 8
KIB, PASSES, LANES = 128 * 1024, 3, 2
Head = dict[int, Any]


def make_issuer(  # noqa: PLR0913 a key's limits are named one by one
    path: Path,
    kek: bytes,
    *,
    issuer: str,
    name: str,
    now: datetime,
    regions: Iterable[str] = (),
    kinds: Iterable[str] = (),
    algorithm: AlgorithmName = "ES256",
    days: int = 366,
    use: Use = "voucher",
) -> TrustedKey:
    """A new signing key, sealed into `path` (0600), and its public record for the trust list."""
    if algorithm not in ALGORITHMS:
        raise KeyFileWrong(reason="unknown_algorithm")
    row = ALGORITHMS[algorithm]
    key = row.make()
    record = record_for(
        row.public_of(key), algorithm, issuer, name, now, regions=regions, kinds=kinds, days=days, use=use
    )
    head = _head(KEY_FILE, issuer, record)
    _seal_into(path, head, _kek(kek), row.private_of(key))
    return record


def keep_token(path: Path, kek: bytes, where: token.Where, record: TrustedKey, *, issuer: str) -> TrustedKey:
    """Writes down which token signs as `issuer`; the PIN inside is sealed."""
    head = {**_head(TOKEN_FILE, issuer, record), 8: [where.module, where.label, where.key]}
    _seal_into(path, head, _kek(kek), where.pin.encode())
    return record


def record_for(
    public: bytes,
    algorithm: AlgorithmName,
    issuer: str,
    name: str,
    now: datetime,
    *,
    regions: Iterable[str] = (),
    kinds: Iterable[str] = (),
    days: int = 366,
    use: Use = "voucher",
) -> TrustedKey:
    """The public record a trust list takes; `issuer` at most 12 characters, `days` at most 400."""
    if not 0 < len(issuer) <= 12:
        raise KeyFileWrong(reason="issuer_code")
    if not 0 < days <= 400:
        raise KeyFileWrong(reason="too_long_a_life")
    return TrustedKey(
        kid=key_id(ALGORITHMS[algorithm], public),
        algorithm=algorithm,
        public=public,
        name=name,
        regions=tuple(regions) or (issuer,),
        kinds=tuple(kinds),
        sign_from=now - timedelta(minutes=5),
        sign_until=now + timedelta(days=days),
        use=use,
    )


def open_issuer(path: Path, kek: bytes, now: datetime | None) -> Seal:
    """The seal of a key file; KeyFileWrong when it is not ours or the key is another, KeyOutOfTime outside its days
    (`now` None: a key whose days nobody asks for, a root's)."""
    head, secret = _unseal(path, kek)
    try:
        if head[0] == TOKEN_FILE:
            module, label, key_label = (str(part) for part in head[8])
            row = BY_NUMBER[head[2]]
            where = token.Where(module, label, key_label, secret.decode())
            signing = token.open_key(where, row.name, bytes(head[3]))
            seal = _seal(head, None, signing)
        elif head[0] == KEY_FILE:
            seal = _seal(head, BY_NUMBER[head[2]].private(secret))
        else:
            raise KeyFileWrong(reason="other_kind", file=str(path))
    except (KeyError, ValueError, TypeError):
        raise KeyFileWrong(reason="damaged", file=str(path)) from None
    if now is not None:
        check_time(seal, now)
    return seal


def public_seal(record: TrustedKey, issuer: str, signing: token.Signing) -> Seal:
    """A seal of which only the public half is known here; `signing` signs, or says why it cannot."""
    times = int(record.sign_from.timestamp()), int(record.sign_until.timestamp())
    return Seal(issuer, ALGORITHMS[record.algorithm], record.kid, *times, record.public, None, signing)


def make_root_key(path: Path, words: str, *, name: str, now: datetime, algorithm: AlgorithmName = "ES256") -> Seal:
    """A root key, sealed with a passphrase; its file goes into a safe, not onto a network."""
    if len(words) < SHORTEST_PASSPHRASE:
        raise KeyFileWrong(reason="passphrase_too_short")
    row = ALGORITHMS[algorithm]
    key = row.make()
    record = record_for(row.public_of(key), algorithm, "root", name, now)
    salt = secrets.token_bytes(16)
    head = {**_head(ROOT_KEY_FILE, "root", record), 9: [salt, KIB, PASSES, LANES]}
    _seal_into(path, head, _stretched(words, head[9]), row.private_of(key))
    return _seal(head, key)


def open_root_key(path: Path, words: str) -> Seal:
    """KeyFileWrong(other_key) for a wrong passphrase."""
    head, secret = _unseal(path, None, words)
    if head.get(0) != ROOT_KEY_FILE:
        raise KeyFileWrong(reason="other_kind", file=str(path))
    return _seal(head, BY_NUMBER[head[2]].private(secret))


def check_time(seal: Seal, at: datetime) -> None:
    """A voucher signed outside the key's days would be refused everywhere: better not to sign it."""
    if not seal.sign_from <= at.timestamp() <= seal.sign_until:
        raise KeyOutOfTime(
            sign_from=datetime.fromtimestamp(seal.sign_from, UTC).isoformat(),
            sign_until=datetime.fromtimestamp(seal.sign_until, UTC).isoformat(),
        )


def record_of(
    path: Path, *, regions: Iterable[str] = (), kinds: Iterable[str] = (), use: Use | None = None
) -> TrustedKey:
    """The public record of a key file, for a trust list; needs no key-encryption key."""
    head, _ = _read(path)
    try:
        row, public = BY_NUMBER[head[2]], bytes(head[3])
        found = USES[number_of(head.get(7, 0))] if use is None else use
        limits = tuple(regions) or (str(head[1]),), tuple(kinds)
        start, end = time_of(head[4]), time_of(head[5])
        return TrustedKey(key_id(row, public), row.name, public, str(head[6]), *limits, start, end, None, found)
    except (KeyError, ValueError, TypeError, IndexError, OverflowError):
        raise KeyFileWrong(reason="damaged", file=str(path)) from None


def limited(record: TrustedKey, regions: Iterable[str], kinds: Iterable[str]) -> TrustedKey:
    """`record` with the limits a list gives it; kinds bind voucher keys only."""
    return replace(record, regions=tuple(regions), kinds=tuple(kinds) if record.use == "voucher" else ())


def _head(mark: str, issuer: str, record: TrustedKey) -> Head:
    times = {4: int(record.sign_from.timestamp()), 5: int(record.sign_until.timestamp())}
    cose = ALGORITHMS[record.algorithm].cose
    return {0: mark, 1: issuer, 2: cose, 3: record.public, **times, 6: record.name, 7: USES.index(record.use)}


def _seal(head: Head, key: Any, signing: token.Signing | None = None) -> Seal:
    row, public = BY_NUMBER[head[2]], bytes(head[3])
    times = number_of(head[4]), number_of(head[5])
    return Seal(str(head[1]), row, key_id(row, public), *times, public, key, signing)


def _seal_into(path: Path, head: Head, kek: bytes, secret: bytes) -> None:
    if path.exists():
        raise KeyFileWrong(reason="exists", file=str(path))
    written = cbor2.dumps(head, canonical=True)
    nonce = secrets.token_bytes(12)
    try:
        write_private(path, cbor2.dumps([written, nonce, AESGCM(kek).encrypt(nonce, secret, written)], canonical=True))
    except OSError as trouble:
        raise KeyFileWrong(reason="unwritable", file=str(path), system=str(trouble.strerror)) from None


def _read(path: Path) -> tuple[Head, list[bytes]]:
    try:
        parts = cbor.read(path.read_bytes())
        match parts:
            case [bytes() as head, bytes() as nonce, bytes() as sealed]:
                fields = cbor.read(head)
            case _:
                raise KeyFileWrong(reason="damaged", file=str(path))
    except FileNotFoundError:
        raise KeyFileWrong(reason="missing", file=str(path)) from None
    except OSError as trouble:
        raise KeyFileWrong(reason="unreadable", file=str(path), system=str(trouble.strerror)) from None
    except cbor.CborWrong:
        raise KeyFileWrong(reason="damaged", file=str(path)) from None
    if not isinstance(fields, dict) or fields.get(0) not in (KEY_FILE, ROOT_KEY_FILE, TOKEN_FILE):
        raise KeyFileWrong(reason="damaged", file=str(path))
    return fields, [head, nonce, sealed]


def _unseal(path: Path, kek: bytes | None, words: str = "") -> tuple[Head, bytes]:
    head, (written, nonce, sealed) = _read(path)
    try:
        secret = AESGCM(_stretched(words, head[9]) if kek is None else _kek(kek)).decrypt(nonce, sealed, written)
    except InvalidTag:
        raise KeyFileWrong(reason="other_key", file=str(path)) from None
    except (KeyError, ValueError, TypeError):
        raise KeyFileWrong(reason="damaged", file=str(path)) from None
    return head, secret


def _stretched(words: str, cost: Any) -> bytes:
    """ValueError for a cost no sane file asks for: a foreign file must not stop the machine."""
    salt, kib, passes, lanes = cost
    if not 8 <= number_of(kib) <= 1 << 20 or not 1 <= number_of(passes) <= 20 or not 1 <= number_of(lanes) <= 16:
        raise ValueError("cost")
    said = unicodedata.normalize("NFC", words).encode()
    return hash_secret_raw(said, bytes(salt), passes, kib, lanes, 32, Type.ID)


def _kek(kek: bytes) -> bytes:
    if len(kek) != 32:
        raise KeyFileWrong(reason="kek_length")
    return kek
