"""The acts of a key ceremony, each on files that can be carried on a stick (laws I5, I9; docs/key-ceremony.md).

The machine with the root keys never meets a network, the machine with the issuer's key never meets a root key. What
travels between them are papers that prove themselves: a key request is signed by the key it asks for, a draft says in
words what is about to be signed, and a trust list leaves only when enough root keys have signed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import cbor2

from printing import cbor, endorsement, keys, trust
from printing.algorithms import ALGORITHMS, AlgorithmName
from printing.endorsement import Endorsed, EndorsementWrong
from printing.errors import CeremonyWrong
from printing.files import write_private
from printing.root import Root, RootChain
from printing.seal import Seal
from printing.trust import TrustedKey, TrustList
from printing.trust_memory import TrustMemory

ROOTS: Final = "onewindow-roots-1"
REQUEST: Final = "onewindow-key-request-1"
LONGEST_KEY_LIFE: Final = timedelta(days=400)


def new_root(seals: Sequence[Seal], threshold: int, name: str, years: int, now: datetime) -> RootChain:
    """Root 1, signed by all of its keys. CeremonyWrong(threshold)."""
    if not 1 <= threshold <= len(seals):
        raise CeremonyWrong(reason="threshold")
    rows = tuple((seal.algorithm.name, seal.public) for seal in seals)
    paper = Root(1, now, now + timedelta(days=365 * years), name, threshold, rows).draft()
    for seal in seals:
        paper = paper.endorsed(seal)
    return RootChain.of([paper])


def next_root(
    chain: RootChain, drop: Sequence[bytes], add: Sequence[tuple[AlgorithmName, bytes]], years: int, now: datetime
) -> Endorsed:
    """The draft of the next root, with keys exchanged. It needs the old threshold and its own."""
    last = chain.last
    gone = [kid for kid in drop if kid not in last.signers]
    if gone:
        raise CeremonyWrong(reason="unknown_key", key=gone[0].hex())
    kept = tuple((signer.algorithm.name, signer.public) for kid, signer in last.signers.items() if kid not in set(drop))
    made = replace(
        last, version=last.version + 1, issued=now, expires=now + timedelta(days=365 * years), keys=(*kept, *add)
    )
    if not 1 <= made.threshold <= len(made.keys):
        raise CeremonyWrong(reason="threshold")
    return made.draft()


def joined(chain: RootChain, paper: Endorsed) -> RootChain:
    """The chain with its next root, once enough keys of both have signed."""
    try:
        return RootChain.of([*chain.papers, paper])
    except EndorsementWrong as wrong:
        raise CeremonyWrong(reason=wrong.reason) from None


def save_roots(path: Path, chain: RootChain) -> None:
    _write(path, cbor2.dumps([ROOTS, [paper.encode() for paper in chain.papers]], canonical=True))


def load_roots(path: Path) -> RootChain:
    """CeremonyWrong with reason not_roots, root_unproven …"""
    match _read(path, "not_roots"):
        case [str(mark), [*papers]] if mark == ROOTS:
            try:
                return RootChain.read([each if isinstance(each, bytes) else b"" for each in papers])
            except EndorsementWrong as wrong:
                raise CeremonyWrong(reason=wrong.reason, file=str(path)) from None
        case _:
            raise CeremonyWrong(reason="not_roots", file=str(path))


def request(seal: Seal, record: TrustedKey) -> bytes:
    """What a centre sends to the realm: the public record, signed by the key itself as proof that it is held."""
    listed = TrustList.first((record,), (), datetime.fromtimestamp(seal.sign_from).astimezone()).encode()
    row: Any = cbor.read(listed)
    content = cbor2.dumps({0: REQUEST, 1: seal.issuer, 2: row[5][0]}, canonical=True)
    return Endorsed(endorsement.KEY_REQUEST, content).endorsed(seal).encode()


def read_request(content: bytes, name: str = "") -> tuple[str, TrustedKey]:
    """(issuer code, record) of a request whose key signed it."""
    try:
        paper = endorsement.read(content, endorsement.KEY_REQUEST)
        found: Any = cbor.read(paper.content)
        if found[0] != REQUEST:
            raise CeremonyWrong(reason="not_a_request", file=name)
        record = trust.key_from(found[2])
        if record.kid not in paper.signed_by({record.kid: record.signer()}):
            raise CeremonyWrong(reason="request_unsigned", file=name)
    except (EndorsementWrong, cbor.CborWrong, KeyError, TypeError, ValueError, OverflowError):
        raise CeremonyWrong(reason="not_a_request", file=name) from None
    return str(found[1]), record


def save_request(path: Path, seal: Seal, record: TrustedKey) -> None:
    _write(path, request(seal, record))


def load_request(path: Path) -> tuple[str, TrustedKey]:
    return read_request(_bytes(path), str(path))


def build(
    previous: TrustList | None,
    now: datetime,
    *,
    add: Sequence[TrustedKey] = (),
    drop: Sequence[bytes] = (),
    lost: Sequence[tuple[bytes, datetime]] = (),
    hosts: Sequence[str] = (),
    days: int = 90,
) -> Endorsed:
    """The draft of the next trust list. A lost key stays in it, marked: dropping it would make its vouchers unknown
    instead of refused. CeremonyWrong(unknown_key, too_long_a_life, nothing_in_it)."""
    known = {key.kid: key for key in previous.keys} if previous else {}
    for kid in (*drop, *(each for each, _ in lost)):
        if kid not in known:
            raise CeremonyWrong(reason="unknown_key", key=kid.hex())
    for record in add:
        if record.sign_until - record.sign_from > LONGEST_KEY_LIFE:
            raise CeremonyWrong(reason="too_long_a_life", key=record.kid.hex())
        known[record.kid] = record
    for kid, since in lost:
        known[kid] = replace(known[kid], compromised_since=since)
    listed = tuple(key for kid, key in known.items() if kid not in set(drop))
    named = tuple(hosts) or (previous.hosts if previous else ())
    if not listed:
        raise CeremonyWrong(reason="nothing_in_it")
    version = previous.version + 1 if previous else 1
    return TrustList(version, now, now + timedelta(days=days), named, listed).draft()


def load_draft(path: Path) -> Endorsed:
    """A root or trust list that is collecting its signatures."""
    content = _bytes(path)
    for kind in (endorsement.ROOT, endorsement.TRUST_LIST):
        try:
            return endorsement.read(content, kind)
        except EndorsementWrong:
            continue
    raise CeremonyWrong(reason="not_a_draft", file=str(path))


def save_draft(path: Path, paper: Endorsed) -> None:
    _write(path, paper.encode())


def told(paper: Endorsed) -> dict[str, Any]:
    """What is being signed, in words a person compares with the protocol of the ceremony."""
    if paper.kind == endorsement.ROOT:
        root = Root.decode(paper.content)
        keys_of_it = [{"key_id": kid.hex(), "algorithm": each.algorithm.name} for kid, each in root.signers.items()]
        head = {"paper": "root", "name": root.name, "version": root.version, "threshold": root.threshold}
        return {**head, "expires": root.expires, "digest": root.digest, "keys": keys_of_it}
    listed = TrustList.decode(paper.content)
    rows = [
        {
            "key_id": key.kid.hex(),
            "name": key.name,
            "use": key.use,
            "algorithm": key.algorithm,
            "regions": key.regions,
            "kinds": key.kinds,
            "sign_from": key.sign_from,
            "sign_until": key.sign_until,
            "compromised_since": key.compromised_since,
        }
        for key in listed.keys
    ]
    about = {"paper": "trust list", "version": listed.version, "expires": listed.expires, "hosts": listed.hosts}
    return {**about, "digest": listed.digest, "keys": rows}


def install(content: bytes, data: Path, realm: str, memory: TrustMemory) -> TrustList:
    """Puts a trust list into a data folder. The first list of another realm needs that realm's digest, said by hand.
    TrustListWrong for a list that is not proven; CeremonyWrong(other_realm, rollback)."""
    listed = trust.from_bytes(content)
    assert listed.roots is not None
    path = data / "trust-list.cbor"
    there = trust.TrustList.load(path) if path.exists() else None
    same = there is not None and there.roots is not None and there.roots.realm == listed.roots.realm
    if not same and listed.roots.realm != realm.strip().lower():
        raise CeremonyWrong(reason="other_realm", realm=listed.roots.realm)
    code, detail = memory.judge(listed)
    if code:
        raise CeremonyWrong(reason="rollback" if code == "TRUST_LIST_ROLLBACK" else "other_root", detail=detail)
    _write(path, content)
    return listed


def public_row(seal: Seal) -> tuple[AlgorithmName, bytes]:
    return ALGORITHMS[seal.algorithm.name].name, seal.public


def root_keys(
    folder: Path, words: Sequence[str], name: str, algorithm: AlgorithmName, now: datetime, first: int = 1
) -> list[Seal]:
    """New root key files root-1.key, root-2.key …, each under its own passphrase."""
    return [
        keys.make_root_key(folder / f"root-{n}.key", each, name=f"{name} {n}", now=now, algorithm=algorithm)
        for n, each in enumerate(words, first)
    ]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as trouble:
        raise CeremonyWrong(reason="unreadable", file=str(path), system=str(trouble.strerror)) from None


def _read(path: Path, wrong: str) -> cbor.Item:
    try:
        return cbor.read(_bytes(path))
    except cbor.CborWrong:
        raise CeremonyWrong(reason=wrong, file=str(path)) from None


def _write(path: Path, content: bytes) -> None:
    try:
        write_private(path, content)
    except OSError as trouble:
        raise CeremonyWrong(reason="unwritable", file=str(path), system=str(trouble.strerror)) from None
