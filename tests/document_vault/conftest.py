"""A vault on each of the two databases, with keys that are quick to open and people who do not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from document_vault.keepers import Cost, make_keyset
from document_vault.keys import Keyset
from document_vault.shelf import make_tables
from document_vault.vault import Vault

QUICK = Cost(memory_kib=1024, passes=1, lanes=1)
WORDS = "演示口令 correct horse"
ADA = "990101198001010014"  # 演示数据: invented, of the unassigned region 990101
BEN = "990101195503120025"
CASE = "V20261121-03-0001-1"


@dataclass
class Clock:
    """Time stands still until a test moves it."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keyset(tmp_path: Path) -> Keyset:
    return make_keyset(tmp_path / "vault" / "keys.json", "passphrase:", lambda: WORDS, cost=QUICK)


OpenVault = Callable[..., Vault]


@pytest.fixture
def open_vault(engine: Engine, keyset: Keyset, tmp_path: Path, clock: Clock) -> Iterator[OpenVault]:
    """Opens the same vault once more, as another program would."""
    make_tables(engine)
    opened: list[Vault] = []

    def open_it(station: str = "03", **wishes: object) -> Vault:
        vault = Vault(keyset, engine, tmp_path / "vault", station, clock=clock, **wishes)  # type: ignore[arg-type]
        opened.append(vault)
        return vault

    yield open_it
    for vault in opened:
        vault.close()


@pytest.fixture
def vault(open_vault: OpenVault) -> Vault:
    return open_vault()
