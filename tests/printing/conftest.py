"""A centre of the press: an issuer key, a trust list, a press on a real database, and one finished voucher."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

import resources
from printing import keys, layout
from printing import trust as trust_files
from printing.press import Press
from printing.printers.folder import FolderPrinter
from printing.register import METADATA, Register
from printing.seal import Seal
from printing.voucher import Issued, Line, Voucher
from tests.printing import realm
from window_client.casework.records.engine import open_engine

HOST = "verify.xingfu.gov.invalid"
NOW = datetime(2026, 11, 21, 2, 35, tzinfo=UTC)
KEK = b"\x07" * 32
ITEMS = (
    ("敬老卡申领", "幸福区民政局", "MZ202611210007", "5 个工作日"),
    ("残疾人两项补贴申请", "幸福区残疾人联合会", "CL202611210012", "30 个工作日"),
    ("居住证首次申办", "幸福区公安分局", "GA202611210345", "15 个工作日"),
)


def in_force(listed: keys.TrustList, path: Path) -> keys.TrustList:
    """`listed` signed by two of the test realm's three roots, written, and read back as a verifier reads it."""
    made = realm.realm()
    return trust_files.save(path, made.chain, made.signed(listed))


@dataclass(frozen=True)
class Centre:
    room: Path
    seal: Seal
    trust: keys.TrustList

    def press(self, engine: Engine, room: Path | None = None) -> Press:
        place = room or self.room
        printers = (FolderPrinter(place / "printed"),)
        return Press(
            self.seal, Register(engine), resources.layouts_dir(), HOST, place, printers=printers, clock=lambda: NOW
        )


def receipt(number: str = "V20261121-03-0001-R1", *, items: int = 3, **changes: object) -> Voucher:
    """A combined receipt as the counter sends it."""
    rows = tuple(
        (
            Line("item", name),
            Line("department", department),
            Line("accepted_number", accepted),
            Line("accepted_at", f"2026-11-21 10:3{n % 10}"),
            Line("promise", promise),
            Line("case_number", f"V20261121-03-0001-{n + 1}"),
            Line("state", "已受理"),
        )
        for n in range(items)
        for name, department, accepted, promise in (ITEMS[n % 3],)
    )
    lines = (
        Line("holder", "张*"),
        Line("holder_id", "990101********0017"),
        Line("visit", "V20261121-03-0001"),
        Line("window", "03"),
        Line("clerk", "W03-017"),
    )
    made = Voucher(
        number, "combined_receipt", "combined_receipt", "示例市幸福区综合便民服务中心", NOW, lines, rows, demo=True
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    room = tmp_path_factory.mktemp("centre")
    record = keys.make_issuer(
        room / "issuer.key", KEK, issuer="990101001", name="幸福区综合窗口", now=NOW, regions=("9901",)
    )
    trust = in_force(keys.TrustList.first((record,), (HOST,), NOW), room / "trust-list.cbor")
    return Centre(room, keys.open_issuer(room / "issuer.key", KEK, NOW), trust)


@pytest.fixture(scope="session")
def press(centre: Centre) -> Iterator[Press]:
    engine = open_engine(centre.room / "press.db", secrets.token_bytes(32))
    METADATA.create_all(engine)
    yield centre.press(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def issued(press: Press) -> Issued:
    return press.issue(receipt())


@pytest.fixture(scope="session")
def sheet() -> layout.Layout:
    return layout.load(resources.layouts_dir(), "combined_receipt")


@pytest.fixture
def counter(centre: Centre, tmp_path: Path) -> Iterator[Press]:
    """A press whose printers are found as in the house: by the list in its own folder."""
    engine = open_engine(tmp_path / "press.db", secrets.token_bytes(32))
    METADATA.create_all(engine)
    yield Press(centre.seal, Register(engine), resources.layouts_dir(), HOST, tmp_path, clock=lambda: NOW)
    engine.dispose()
