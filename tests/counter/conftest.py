"""A Desk on real rooms: real records, real vault, real catalogue, real press. Only the departments are stood in for.

`Departments` gives the outcome a test asks for; what a real department does is proven in tests/bridges and in the
journeys. Errands run at once and on the same thread, so a test reads like the visit it tells.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import cast

import pytest

import resources
from bridges.filing import Filed, Filing, Outcome
from bridges.filing_desk import FilingDesk
from document_vault.keepers import Cost, make_keyset
from document_vault.vault import Vault
from printing.keys import make_issuer, open_issuer
from printing.press import Press
from printing.printers.folder import FolderPrinter
from printing.register import Register
from window_client.casework.catalogue import Catalogue
from window_client.casework.errors import WindowError
from window_client.casework.records.cabinet import Cabinet
from window_client.casework.records.engine import open_engine
from window_client.casework.records.migrations import bring_up_to_date
from window_client.counter import scenes as s
from window_client.counter.desk import Desk, Rooms
from window_client.counter.errands import Errand
from window_client.counter.station import Station
from window_client.devices.card_reader import Desk as Reader
from window_client.devices.card_readers.sample_card import SampleCard
from window_client.devices.sample_documents import sample_document
from window_client.devices.sample_residents import SampleResident, sample_resident
from window_client.devices.scanner import Place
from window_client.devices.scanners.watched_folder import WatchedFolder

STATION = Station("示例中心（演示数据）", "Sample centre", "99010101", "03", "0317", "示例员")
ITEMS = ("gongan.hukou_book", "minzheng.senior_card", "canlian.subsidy")


@dataclass
class Departments:
    """Answers every filing as `outcomes` says for its department, with a fresh number where nothing is said."""

    outcomes: dict[str, Callable[[Filing], Outcome]] = field(default_factory=dict)
    found: dict[str, Outcome] = field(default_factory=dict)
    received: list[Filing] = field(default_factory=list)

    def warm(self, department: str, item: str = "") -> None:
        del department

    def file(
        self, filing: Filing, tell: object = None, stop: threading.Event | None = None, hand_over: object = None
    ) -> Outcome:
        del tell, stop, hand_over
        self.received.append(filing)
        wanted = self.outcomes.get(filing.department)
        return wanted(filing) if wanted else Filed(f"{filing.department.upper()}-{len(self.received):04}")

    def look_up(self, filing: Filing, tell: object = None) -> Outcome:
        del tell
        return self.found[filing.department]


@dataclass
class Counter:
    """The Desk, what it stands on, and what went wrong so far."""

    desk: Desk
    departments: Departments
    resident: SampleResident
    reader: SampleCard
    scans: Path
    home: Path
    troubles: list[str] = field(default_factory=list)
    held: list[Errand] = field(default_factory=list)
    hold: bool = False

    def hand_out(self, errand: Errand) -> None:
        if self.hold and errand.lane.startswith("bridge:") and errand.case:
            self.held.append(errand)
            return
        self.run(errand)

    def run(self, errand: Errand) -> None:
        try:
            home = errand.work(lambda said: self.desk.hear(errand, said), errand.stop)
        except WindowError as trouble:
            self.troubles.append(trouble.code)
            self.desk.went_wrong(errand, trouble)
        else:
            self.desk.take_in(errand, home)

    def let_go(self) -> None:
        held, self.held = self.held, []
        for errand in held:
            self.run(errand)

    # -- a visit in a few words ----------------------------------------------------------------------------------

    def seated(self, *items: str) -> None:
        self.desk.open_visit()
        self.desk.read_card()
        for code in items or ITEMS:
            self.desk.pick(code)

    def bring_papers(self) -> None:
        for need in self.desk.form.materials:
            self.lay(need.kind)
            self.desk.scan(need.kind)
        scene = self.ask_consent()
        if scene is not None:
            self.desk.answered(s.AgreesTo(tuple(line.document for line in scene.documents)))

    def ask_consent(self) -> s.Consent | None:
        """The consent page, or None when there is nothing to agree to."""
        try:
            self.desk.ask_consent()
        except WindowError:
            return None
        scene = self.desk.scene
        return scene if isinstance(scene, s.Consent) else None

    def lay(self, kind: str) -> None:
        self.scans.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.scans / f"{kind}.jpg").write_bytes(_paper(self.resident.id, kind))

    def fill_in(self) -> None:
        visit = self.desk.visit
        assert visit is not None
        for one in self.desk.form.fields:
            value = self.resident.value(one.name)
            if value and not visit.value(one.name):
                self.desk.write(one.name, value)

    def sign(self) -> None:
        self.desk.push_review()
        self.desk.answered(s.HasRead())
        self.desk.answered(s.Signs(b"<svg/>", "[]"))

    def ready(self, *items: str) -> None:
        """Everything up to the signature."""
        self.seated(*items)
        self.bring_papers()
        self.fill_in()
        self.sign()


@cache
def _paper(resident: str, kind: str) -> bytes:
    return sample_document(sample_resident(resident), kind)


@cache
def _catalogue() -> Catalogue:
    return Catalogue.load(resources.catalogue_dir())


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    yield from _counter(tmp_path)


def _counter(home: Path) -> Iterator[Counter]:

    def clock() -> datetime:
        return datetime.now().astimezone()

    key = home / "keeper.key"
    keyset = make_keyset(home / "keyset.json", f"file:{key}", cost=Cost())
    engine = open_engine(home / "records.db", keyset.derive("records"))
    bring_up_to_date(engine)
    catalogue = _catalogue()
    vault = Vault(keyset, engine, home / "vault", STATION.name, clock=clock)
    cabinet = Cabinet(engine, STATION.name, vault.seal_for, vault.open_for, clock, catalogue=catalogue)
    make_issuer(home / "issuer.key", keyset.derive("seal"), issuer="99010101", name="示例", now=clock())
    seal = open_issuer(home / "issuer.key", keyset.derive("seal"), clock())
    press = Press(
        seal,
        Register(engine),
        resources.layouts_dir(),
        "verify.onewindow.invalid",
        home / "press",
        printers=(FolderPrinter(home / "printed"),),
    )
    reader = SampleCard(Reader())
    scanner = WatchedFolder(Place(home / "scans"))
    departments = Departments()
    made: list[Counter] = []
    rooms = Rooms(
        cabinet,
        vault,
        cast("FilingDesk", departments),
        press,
        catalogue,
        lambda: scanner,
        lambda: reader,
    )
    desk = Desk(rooms, STATION, lambda errand: made[0].hand_out(errand), clock)  # noqa: PLW0108  made comes after
    made.append(Counter(desk, departments, sample_resident(), reader, home / "scans", home))
    yield made[0]
    vault.close()
    engine.dispose()
