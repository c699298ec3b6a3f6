"""A cabinet as the casework tests use it: a real database, real sealing with the place bound in, a clock that moves."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Engine

import resources
from window_client.casework import facts as f
from window_client.casework.catalogue import Catalogue
from window_client.casework.id_number import check_digit
from window_client.casework.records.cabinet import Cabinet
from window_client.casework.records.tables import METADATA

HERE = timezone(timedelta(hours=8))
HOLDER = "ab" * 16
INDEX_KEY = bytes(range(32))


def sample_number(serial: str = "0017", born: str = "19590312") -> str:
    """A checksum-valid number of the unassigned district 990101: nobody's."""
    first = f"990101{born}{serial[:3]}"
    return first + check_digit(first)


class Keys:
    """A key a holder, as the vault keeps them."""

    def __init__(self) -> None:
        self._keys: dict[str, bytes] = {}

    def seal(self, holder: str, plain: bytes, context: bytes) -> bytes:
        nonce = secrets.token_bytes(12)
        return nonce + AESGCM(self._key(holder)).encrypt(nonce, plain, context)

    def open(self, holder: str, sealed: bytes, context: bytes) -> bytes:
        return AESGCM(self._key(holder)).decrypt(sealed[:12], sealed[12:], context)

    def _key(self, holder: str) -> bytes:
        return self._keys.setdefault(holder, hashlib.sha256(b"test key of " + holder.encode()).digest())


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 9, 30, tzinfo=HERE)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@cache
def catalogue() -> Catalogue:
    return Catalogue.load(resources.catalogue_dir())


def cabinet_on(engine: Engine, station: str = "w03", *, plain: bool = False) -> Cabinet:
    """`plain`: without item names, for a client that only has to start quickly."""
    METADATA.create_all(engine)
    keys = Keys()
    return Cabinet(
        engine, station, keys.seal, keys.open, Clock(), catalogue=None if plain else catalogue(), index_key=INDEX_KEY
    )


def opened(visit: str, name: str = "王小明") -> tuple[f.Fact, ...]:
    """A visit with an identified resident and one case."""
    return (
        f.VisitOpened("w03", "c01"),
        f.ResidentIdentified(HOLDER, {"person.name": name, "person.id_number": sample_number()}),
        f.CaseOpened(f"{visit}-1", "canlian.subsidy", 1, "canlian"),
    )


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A memory-backed disk that is really full when it is full."""
    import subprocess

    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
