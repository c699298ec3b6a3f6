"""A centre without a ceremony: its own small root, made at the first start, so that it works from the first minute.

Everything is as in a realm (a root signs a list, the list names keys, status and log have keys of their own), only that
the root key lies in the same house as the rest. So the root calls itself local, and every verdict repeats it. When a
list signed by a real root is installed, nothing here is used any more: the local root key stays in its file, and no
verifier that pinned the realm's root believes it. Keys and list are renewed before they end, without anybody asking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from printing import keys, trust
from printing.errors import KeyFileWrong, TokenTrouble, TrustListWrong
from printing.root import Root, RootChain
from printing.seal import Seal
from printing.trust import TrustedKey, TrustList, Use

OVERLAP: Final = timedelta(days=30)
ROOT_LIFE: Final = timedelta(days=3660)
NAMES: Final[dict[Use, str]] = {"voucher": "issuer", "status": "status", "log": "log"}


@dataclass(frozen=True)
class Centre:
    """Where a centre keeps its keys and what it is called. `kinds`: what its key may sign."""

    folder: Path
    trust_file: Path
    kek: bytes
    issuer: str
    name: str
    regions: tuple[str, ...]
    kinds: tuple[str, ...]
    hosts: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """The opened centre: its list, and the three seals that sign vouchers, status lists and checkpoints."""

    trust: TrustList
    issuer: Seal
    status: Seal
    log: Seal


def stand(centre: Centre, now: datetime) -> Standing:
    """Opens the centre, making or renewing what a local root may make. KeyFileWrong, TrustListWrong."""
    present = _present(centre, now)
    seals = {use: newest_seal(centre, use, now, present) for use in NAMES}
    return Standing(present, seals["voucher"], seals["status"], seals["log"])


def newest_seal(centre: Centre, use: Use, now: datetime, listed: TrustList) -> Seal:
    """Of the key files of one use, that the list knows and does not call lost, the one whose days include `now` and
    began last: the overlap needs no hand, and a key that is only asked for signs nothing yet. Where none may sign, the
    house opens all the same, and whoever wants a signature is told why there is none."""
    files = key_files(centre.folder, use)
    if not files:
        raise KeyFileWrong(reason="missing", file=str(centre.folder / f"{NAMES[use]}.key"))
    good = {key.kid for key in listed.keys if key.use == use and key.compromised_since is None}
    records = sorted(((keys.record_of(path), path) for path in files), key=lambda row: row[0].sign_from, reverse=True)
    for record, path in records:
        if record.kid in good and record.sign_from <= now <= record.sign_until:
            try:
                return keys.open_issuer(path, centre.kek, now)
            except TokenTrouble:  # not plugged in yet: asked for again when it is to sign
                return _later(centre, record, path)
    return _mute(centre, *records[0])


def _later(centre: Centre, record: TrustedKey, path: Path) -> Seal:
    def sign(message: bytes) -> bytes:
        return keys.open_issuer(path, centre.kek, None).sign(message)

    return keys.public_seal(record, centre.issuer, sign)


def _mute(centre: Centre, record: TrustedKey, path: Path) -> Seal:
    def sign(_message: bytes) -> bytes:
        raise KeyFileWrong(reason="not_in_trust_list", file=path.name)

    return keys.public_seal(record, centre.issuer, sign)


def key_files(folder: Path, use: Use) -> list[Path]:
    return sorted(folder.glob(f"{NAMES[use]}*.key"))


def _present(centre: Centre, now: datetime) -> TrustList:
    """The list as it is, or made, or renewed: only ever under a root of our own."""
    made = [_fresh_key(centre, use, now) for use in NAMES]
    fresh = [record for record in made if record is not None]
    try:
        known: TrustList | None = trust.TrustList.load(centre.trust_file)
    except TrustListWrong as wrong:
        if wrong.detail.get("reason") not in ("missing", "unsigned"):  # unsigned: written by the first version
            raise
        known = None
    if known is not None and (known.roots is None or not known.roots.last.local):
        return known
    records = [keys.record_of(path) for use in NAMES for path in key_files(centre.folder, use)]
    wanted = {record.kid for record in records}
    if known is not None and not fresh and known.expires - now > OVERLAP and wanted <= {key.kid for key in known.keys}:
        return known
    return _signed_list(centre, known, records, now)


def _signed_list(centre: Centre, known: TrustList | None, records: list[TrustedKey], now: datetime) -> TrustList:
    seal, chain = _local_root(centre, known.roots if known is not None else None, now)
    limited = [keys.limited(record, centre.regions, centre.kinds) for record in records]
    if known is None:
        listed = TrustList.first(limited, centre.hosts, now)
    else:
        listed = known
        for record in limited:
            if listed.key(record.kid) is None:
                listed = listed.with_key(record, now)
        listed = listed if listed.version > known.version else listed.renewed(now)
    return trust.save(centre.trust_file, chain, listed.draft().endorsed(seal))


def _fresh_key(centre: Centre, use: Use, now: datetime) -> TrustedKey | None:
    """A key where none is, or where the newest one has less than the overlap left; None when all is well."""
    there = key_files(centre.folder, use)
    if there and any(keys.record_of(path).sign_until - now > OVERLAP for path in there):
        return None
    path = centre.folder / (f"{NAMES[use]}.key" if not there else f"{NAMES[use]}-{now:%Y%m%d}.key")
    if path.exists() or (there and not _is_local(centre)):  # in a realm the next key is asked for, not made
        return None
    return keys.make_issuer(path, centre.kek, issuer=centre.issuer, name=centre.name, now=now, use=use)


def _is_local(centre: Centre) -> bool:
    try:
        known = TrustList.load(centre.trust_file)
    except TrustListWrong:
        return True
    return known.roots is not None and known.roots.last.local


def _local_root(centre: Centre, chain: RootChain | None, now: datetime) -> tuple[Seal, RootChain]:
    path = centre.folder / "local-root.key"
    if not path.exists():
        keys.make_issuer(path, centre.kek, issuer=centre.issuer, name=centre.name, now=now, days=400)
    seal = keys.open_issuer(path, centre.kek, None)
    if chain is None or seal.kid not in chain.last.signers:  # a restored folder without its root key begins anew
        root = Root(1, now, now + ROOT_LIFE, centre.name, 1, ((seal.algorithm.name, seal.public),), local=True)
        chain = RootChain.of([root.draft().endorsed(seal)])
    return seal, chain
