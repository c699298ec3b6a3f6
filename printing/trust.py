"""Whom a verifier believes: roots, the trust list they sign, and the keys in it with their limits (laws I5, I10).

A trust list is public. It says which key may sign what, in which algorithm, for which regions and kinds, from when to
when, and since when it is lost; the verifier believes this list and nothing a voucher says about itself. The list is
believed because enough distinct root keys signed it: the file carries the roots from the first on, each new one signed
by the one before it *and* by itself, so a verifier that pinned an older root can follow. Rollback: trust_memory.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

import cbor2

from printing import cbor, endorsement
from printing.algorithms import ALGORITHMS, BY_NUMBER, AlgorithmName
from printing.endorsement import Endorsed, EndorsementWrong
from printing.errors import TrustListWrong
from printing.files import write_private
from printing.root import RootChain
from printing.seal import Signer, Signers, key_id

FILE: Final = "onewindow-trust-1"
LIST: Final = "onewindow-trust-list-1"
LIST_LIFE: Final = timedelta(days=90)
Use = Literal["voucher", "status", "log"]
USES: Final[tuple[Use, ...]] = ("voucher", "status", "log")


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
    use: Use = "voucher"

    def allows(self, issuer: str, kind: str) -> bool:
        return self.covers(issuer) and (not self.kinds or kind in self.kinds)

    def covers(self, place: str) -> bool:
        """`place`: an issuer code, or the address of a status list or log, which begins with one."""
        return any(place.startswith(region) for region in self.regions)

    def signs_at(self, place: str, moment: datetime) -> bool:
        """Within its rights: its places, its time, and not after it was lost."""
        lost = self.compromised_since is not None and moment >= self.compromised_since
        return self.covers(place) and self.sign_from <= moment <= self.sign_until and not lost

    def signer(self) -> Signer:
        return Signer.of(ALGORITHMS[self.algorithm], self.public)


@dataclass(frozen=True)
class TrustList:
    """`roots` is None for a list made in memory; every list out of a file has its proven chain of roots."""

    version: int
    issued: datetime
    expires: datetime
    hosts: tuple[str, ...]
    keys: tuple[TrustedKey, ...]
    roots: RootChain | None = field(default=None, compare=False)

    @classmethod
    def first(cls, keys: Iterable[TrustedKey], hosts: Iterable[str], now: datetime) -> TrustList:
        return cls(1, now, now + LIST_LIFE, tuple(hosts), tuple(keys))

    def with_key(self, key: TrustedKey, now: datetime) -> TrustList:
        """The next version, with `key` added or replaced."""
        others = tuple(known for known in self.keys if known.kid != key.kid)
        return replace(self.renewed(now), keys=(*others, key))

    def renewed(self, now: datetime, hosts: Iterable[str] | None = None) -> TrustList:
        """The next version, good for another `LIST_LIFE`."""
        found = self.hosts if hosts is None else tuple(hosts)
        return replace(self, version=self.version + 1, issued=now, expires=now + LIST_LIFE, hosts=found)

    def key(self, kid: bytes) -> TrustedKey | None:
        return next((key for key in self.keys if key.kid == kid), None)

    @cached_property
    def signers(self) -> Signers:
        """The voucher keys parsed once; every statement is then opened by its exact header."""
        return Signers.of(tuple(key.signer() for key in self.keys if key.use == "voucher"))

    def signers_for(self, use: Use) -> dict[bytes, Signer]:
        return endorsement.by_kid(key.signer() for key in self.keys if key.use == use)

    def keys_under(self, paper: Endorsed, use: Use) -> tuple[TrustedKey, ...]:
        """The keys of `use` whose signature stands under `paper`; EndorsementWrong: unknown_key, signature."""
        signers = self.signers_for(use)
        if not any(kid in signers for kid, _ in paper.signatures):
            raise EndorsementWrong("unknown_key")
        proven = paper.signed_by(signers)
        if not proven:
            raise EndorsementWrong("signature")
        return tuple(key for key in self.keys if key.kid in proven)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.encode()).hexdigest()

    def encode(self) -> bytes:
        """What the roots sign."""
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
                10: USES.index(key.use),
            }
            for key in self.keys
        ]
        times = {2: int(self.issued.timestamp()), 3: int(self.expires.timestamp())}
        return cbor2.dumps({0: LIST, 1: self.version, **times, 4: list(self.hosts), 5: rows}, canonical=True)

    def draft(self) -> Endorsed:
        """The paper that is carried to the root keys."""
        return Endorsed(endorsement.TRUST_LIST, self.encode())

    @classmethod
    def load(cls, path: Path) -> TrustList:
        """A trust list file, its root signatures checked. Raises TrustListWrong with reason missing, unreadable,
        not_a_trust_list, damaged, unsigned or too_few_signatures."""
        return from_bytes(read_file(path), str(path))

    @classmethod
    def decode(cls, content: bytes, name: str = "") -> TrustList:
        """The list without its signatures; a key whose algorithm is newer than this program is left out."""
        try:
            found = cbor.read(content)
        except cbor.CborWrong:
            raise TrustListWrong(reason="not_a_trust_list", file=name) from None
        if not isinstance(found, dict) or found.get(0) != LIST:
            raise TrustListWrong(reason="not_a_trust_list", file=name)
        try:
            keys = tuple(key_from(row) for row in rows_of(found[5]) if row[2] in BY_NUMBER)
            hosts = tuple(str(host) for host in rows_of(found[4]))
            made = cls(number_of(found[1]), time_of(found[2]), time_of(found[3]), hosts, keys)
            _ = made.signers  # a point that is not on the curve shows here, not at the first voucher
            _ = made.signers_for("status"), made.signers_for("log")
        except (KeyError, TypeError, ValueError, OverflowError):
            raise TrustListWrong(reason="damaged", file=name) from None
        return made


def read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(endorsement.LARGEST + 1)
    except FileNotFoundError:
        raise TrustListWrong(reason="missing", file=str(path)) from None
    except OSError as trouble:
        raise TrustListWrong(reason="unreadable", file=str(path), system=str(trouble.strerror)) from None


def from_bytes(content: bytes, name: str = "") -> TrustList:
    """The trust list of a file's bytes, believed by its own roots; whether those are the right roots: trust_memory."""
    try:
        found = cbor.read(content)
    except cbor.CborWrong:
        raise TrustListWrong(reason="not_a_trust_list", file=name) from None
    if isinstance(found, dict) and found.get(0) == LIST:
        raise TrustListWrong(reason="unsigned", file=name)
    match found:
        case [str(kind), [*roots], bytes() as paper] if kind == FILE:
            pass
        case _:
            raise TrustListWrong(reason="not_a_trust_list", file=name)
    try:
        chain = RootChain.read([bytes(each) if isinstance(each, bytes) else b"" for each in roots])
        endorsed = endorsement.read(paper, endorsement.TRUST_LIST)
    except EndorsementWrong as wrong:
        raise TrustListWrong(reason=wrong.reason, file=name) from None
    if len(endorsed.signed_by(chain.last.signers)) < chain.last.threshold:
        raise TrustListWrong(reason="too_few_signatures", file=name)
    return replace(TrustList.decode(endorsed.content, name), roots=chain)


def to_bytes(chain: RootChain, paper: Endorsed) -> bytes:
    """The file of a trust list. Raises TrustListWrong when the signatures do not suffice: such a file is never made."""
    roots = [each.encode() for each in chain.papers]
    made = cbor2.dumps([FILE, roots, paper.encode()], canonical=True)
    from_bytes(made)
    return made


def save(path: Path, chain: RootChain, paper: Endorsed) -> TrustList:
    made = to_bytes(chain, paper)
    write_private(path, made)
    return from_bytes(made, str(path))


def rows_of(item: Any) -> list[Any]:
    if not isinstance(item, list):
        raise TypeError("a list is expected")
    return item


def number_of(item: Any) -> int:
    if not isinstance(item, int) or isinstance(item, bool):
        raise TypeError("a number is expected")
    return item


def time_of(item: Any) -> datetime:
    return datetime.fromtimestamp(number_of(item), UTC)


def key_from(row: Any) -> TrustedKey:
    """A key record; KeyError, TypeError or ValueError when it is none."""
    algorithm = BY_NUMBER[row[2]]
    kid, public = row[1], row[3]
    if not isinstance(public, bytes) or len(public) != algorithm.public_length or kid != key_id(algorithm, public):
        raise ValueError("the key id is not the key's")
    regions, kinds = tuple(map(str, rows_of(row[4]))), tuple(map(str, rows_of(row[5])))
    lost = None if row[9] is None else time_of(row[9])
    use = USES[number_of(row.get(10, 0))] if 0 <= number_of(row.get(10, 0)) < len(USES) else None
    if use is None or not all(regions):
        raise ValueError("use or regions")
    start, end = time_of(row[6]), time_of(row[7])
    return TrustedKey(kid, algorithm.name, public, str(row[8]), regions, kinds, start, end, lost, use)
