"""Keys of the press: the issuer's signing key, sealed in a file, and the trust list every verifier needs (laws I5, I9).

The key-encryption key (32 bytes) comes from assembly, which has it from the vault; it is never stored here. The trust
list is public. It says which key may sign, in which algorithm, for which regions and kinds, from when to when:
the verifier believes this list and nothing a voucher says about itself.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from printing import cbor
from printing.errors import KeyFileWrong, KeyOutOfTime, TrustListWrong
from printing.files import write_private
from printing.seal import ALGORITHMS, AlgorithmName, Seal, Signer, Signers, key_id

KEY_FILE: Final = "onewindow-issuer-key-1"
LIST_FILE: Final = "onewindow-trust-list-1"
LIST_LIFE: Final = timedelta(days=90)
LARGEST_LIST: Final = 4 << 20


@dataclass(frozen=True)
class TrustedKey:
    """One public key and its limits. Empty `kinds` means every kind; `regions` are prefixes of the issuer code."""

    kid: bytes
    algorithm: AlgorithmName
    public: bytes = field(repr=False)
    name: str
    regions: tuple[str, ...]
    kinds: tuple[str, ...]
    sign_from: datetime
    sign_until: datetime
    compromised_since: datetime | None = None

    def allows(self, issuer: str, kind: str) -> bool:
        return any(issuer.startswith(region) for region in self.regions) and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True)
class TrustList:
    version: int
    issued: datetime
    expires: datetime
    hosts: tuple[str, ...]
    keys: tuple[TrustedKey, ...]

    @classmethod
    def first(cls, keys: Iterable[TrustedKey], hosts: Iterable[str], now: datetime) -> TrustList:
        return cls(1, now, now + LIST_LIFE, tuple(hosts), tuple(keys))

    def with_key(self, key: TrustedKey, now: datetime) -> TrustList:
        """The next version, with `key` added or replaced."""
        others = tuple(known for known in self.keys if known.kid != key.kid)
        return replace(self, version=self.version + 1, issued=now, expires=now + LIST_LIFE, keys=(*others, key))

    def renewed(self, now: datetime, hosts: Iterable[str] | None = None) -> TrustList:
        found = self.hosts if hosts is None else tuple(hosts)
        return replace(self, version=self.version + 1, issued=now, expires=now + LIST_LIFE, hosts=found)

    def key(self, kid: bytes) -> TrustedKey | None:
        return next((key for key in self.keys if key.kid == kid), None)

    @cached_property
    def signers(self) -> Signers:
        """The keys parsed once; every statement is then opened by its exact header."""
        return Signers.of(tuple(Signer.of(ALGORITHMS[key.algorithm], key.public) for key in self.keys))

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.encode()).hexdigest()

    def encode(self) -> bytes:
        rows = [
            {
                1: key.kid,
                2: ALGORITHMS[key.algorithm].cose,
                3: key.public,
                4: list(key.regions),
                5: list(key.kinds),
                6: int(key.sign_from.timestamp()),
                7: int(key.sign_until.timestamp()),
                8: key.name,
                9: int(key.compromised_since.timestamp()) if key.compromised_since else None,
            }
            for key in self.keys
        ]
        times = {2: int(self.issued.timestamp()), 3: int(self.expires.timestamp())}
        return cbor2.dumps({0: LIST_FILE, 1: self.version, **times, 4: list(self.hosts), 5: rows}, canonical=True)

    def save(self, path: Path) -> None:
        write_private(path, self.encode())

    @classmethod
    def load(cls, path: Path) -> TrustList:
        """Raises TrustListWrong with reason missing, unreadable, not_a_trust_list, damaged or unknown_algorithm."""
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_LIST + 1)
        except FileNotFoundError:
            raise TrustListWrong(reason="missing", file=str(path)) from None
        except OSError as trouble:
            raise TrustListWrong(reason="unreadable", file=str(path), system=str(trouble.strerror)) from None
        return cls.decode(content, str(path))

    @classmethod
    def decode(cls, content: bytes, name: str = "") -> TrustList:
        try:
            found = cbor.read(content)
        except cbor.CborWrong:
            raise TrustListWrong(reason="not_a_trust_list", file=name) from None
        if not isinstance(found, dict) or found.get(0) != LIST_FILE:
            raise TrustListWrong(reason="not_a_trust_list", file=name)
        try:
            keys = tuple(_key_from(row) for row in _rows(found[5]))
            hosts = tuple(str(host) for host in _rows(found[4]))
            made = cls(_number(found[1]), _time(found[2]), _time(found[3]), hosts, keys)
            _ = made.signers  # a point that is not on the curve shows here, not at the first voucher
        except (KeyError, TypeError, ValueError, OverflowError):
            raise TrustListWrong(reason="damaged", file=name) from None
        return made


def _rows(item: Any) -> list[Any]:
    if not isinstance(item, list):
        raise TypeError("a list is expected")
    return item


def _number(item: Any) -> int:
    if not isinstance(item, int) or isinstance(item, bool):
        raise TypeError("a number is expected")
    return item


def _time(item: Any) -> datetime:
    return datetime.fromtimestamp(_number(item), UTC)


def _key_from(row: Any) -> TrustedKey:
    algorithm = next((each for each in ALGORITHMS.values() if each.cose == row[2]), None)
    if algorithm is None:
        raise TrustListWrong(reason="unknown_algorithm", number=str(row[2])[:12])
    kid, public = row[1], row[3]
    if not isinstance(public, bytes) or len(public) != algorithm.public_length or kid != key_id(algorithm, public):
        raise ValueError("the key id is not the key's")
    regions, kinds = tuple(map(str, _rows(row[4]))), tuple(map(str, _rows(row[5])))
    bad_since = None if row[9] is None else _time(row[9])
    return TrustedKey(kid, algorithm.name, public, str(row[8]), regions, kinds, _time(row[6]), _time(row[7]), bad_since)


def make_issuer(
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
) -> TrustedKey:
    """A new signing key, sealed into `path` (0600), and its public record for the trust list."""
    if algorithm not in ALGORITHMS:
        raise KeyFileWrong(reason="unknown_algorithm")
    if not 0 < len(issuer) <= 12:
        raise KeyFileWrong(reason="issuer_code")
    if path.exists():
        raise KeyFileWrong(reason="exists", file=str(path))
    row = ALGORITHMS[algorithm]
    key = row.make()
    public = row.public_of(key)
    record = TrustedKey(
        kid=key_id(row, public),
        algorithm=algorithm,
        public=public,
        name=name,
        regions=tuple(regions) or (issuer,),
        kinds=tuple(kinds),
        sign_from=now - timedelta(minutes=5),
        sign_until=now + timedelta(days=days),
    )
    times = {4: int(record.sign_from.timestamp()), 5: int(record.sign_until.timestamp())}
    head = cbor2.dumps({0: KEY_FILE, 1: issuer, 2: row.cose, 3: public, **times, 6: name}, canonical=True)
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(_kek(kek)).encrypt(nonce, row.private_of(key), head)
    write_private(path, cbor2.dumps([head, nonce, sealed], canonical=True))
    return record


def open_issuer(path: Path, kek: bytes, now: datetime) -> Seal:
    """The seal of a key file; KeyFileWrong when it is not ours or the key is another, KeyOutOfTime outside its days."""
    try:
        parts = cbor.read(path.read_bytes())
        match parts:
            case [bytes() as head, bytes() as nonce, bytes() as sealed]:
                fields = cbor.read(head)
            case _:
                raise KeyFileWrong(reason="damaged", file=str(path))
        if not isinstance(fields, dict) or fields.get(0) != KEY_FILE:
            raise KeyFileWrong(reason="damaged", file=str(path))
        row = next(each for each in ALGORITHMS.values() if each.cose == fields[2])
        secret = AESGCM(_kek(kek)).decrypt(nonce, sealed, head)
        key = row.private(secret)
    except FileNotFoundError:
        raise KeyFileWrong(reason="missing", file=str(path)) from None
    except OSError as trouble:
        raise KeyFileWrong(reason="unreadable", file=str(path), system=str(trouble.strerror)) from None
    except InvalidTag:
        raise KeyFileWrong(reason="other_key", file=str(path)) from None
    except (cbor.CborWrong, StopIteration, KeyError, ValueError, TypeError):
        raise KeyFileWrong(reason="damaged", file=str(path)) from None
    public = row.public_of(key)
    seal = Seal(str(fields[1]), row, key_id(row, public), _number(fields[4]), _number(fields[5]), public, key)
    check_time(seal, now)
    return seal


def check_time(seal: Seal, at: datetime) -> None:
    """A voucher signed outside the key's days would be refused everywhere: better not to sign it."""
    if not seal.sign_from <= at.timestamp() <= seal.sign_until:
        raise KeyOutOfTime(
            sign_from=datetime.fromtimestamp(seal.sign_from, UTC).isoformat(),
            sign_until=datetime.fromtimestamp(seal.sign_until, UTC).isoformat(),
        )


def record_of(path: Path) -> TrustedKey:
    """The public record of a key file, for a trust list that was lost; needs no key-encryption key."""
    try:
        parts = cbor.read(path.read_bytes())
        assert isinstance(parts, list)
        assert isinstance(parts[0], bytes)
        fields = cbor.read(parts[0])
        assert isinstance(fields, dict)
        issuer, public = fields[1], fields[3]
        row = next(each for each in ALGORITHMS.values() if each.cose == fields[2])
        assert isinstance(issuer, str)
        assert isinstance(public, bytes)
        start, end = _time(fields[4]), _time(fields[5])
        return TrustedKey(key_id(row, public), row.name, public, str(fields[6]), (issuer,), (), start, end)
    except (OSError, cbor.CborWrong, AssertionError, StopIteration, KeyError, ValueError, TypeError, IndexError):
        raise KeyFileWrong(reason="damaged", file=str(path)) from None


def _kek(kek: bytes) -> bytes:
    if len(kek) != 32:
        raise KeyFileWrong(reason="kek_length")
    return kek
