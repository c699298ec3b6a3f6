"""A house without windows: records, vault, press, bridges and catalogue, opened in the only order that works.

The keyset comes first, because the records' own key is derived from it; the vault resolves what a crash left behind
before anybody may lend from it; the issuer key and the trust list are made once, on the first start of a centre.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import resources
from bridges.beijing import beijing_now
from bridges.filing_desk import FilingDesk
from bridges.journal import Journal
from bridges.recipe import departments as recipes
from document_vault.keepers import make_keyset, open_keyset
from document_vault.keys import Keyset
from document_vault.vault import Vault
from printing import inquiry, local_trust, pades
from printing.books import Books
from printing.errors import KeyFileWrong, KeyOutOfTime, TokenTrouble
from printing.files import write_private
from printing.issue_log import IssueLog
from printing.press import Press
from printing.printers import roll_call
from printing.printers.folder import FolderPrinter
from printing.register import Register
from printing.status_book import StatusBook
from printing.trust import TrustList
from window_client.assembly.signins import SignIns
from window_client.casework.catalogue import Catalogue
from window_client.casework.errors import WindowError
from window_client.casework.records.cabinet import Cabinet
from window_client.casework.records.engine import Engine, open_engine
from window_client.casework.records.migrations import bring_up_to_date
from window_client.counter.station import Station
from window_client.settings import Settings

Ask = Callable[[], str]
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class House:
    """Everything a window, a command or a worker needs. ``clock`` is the only source of time."""

    settings: Settings
    station: Station
    engine: Engine
    keyset: Keyset
    vault: Vault
    cabinet: Cabinet
    catalogue: Catalogue
    press: Press
    trust: TrustList
    sign_ins: SignIns
    filing_desk: FilingDesk
    clock: Clock
    centre: local_trust.Centre
    standing: local_trust.Standing
    books: Books


@contextmanager
def open_house(settings: Settings, ask: Ask, *, clock: Clock = beijing_now, headless: bool = True) -> Iterator[House]:
    """Open (and on the very first start found) the house of ``settings.data``; close it in reverse order.

    ``ask`` gives the passphrase. Raises the rooms' own trouble: Locked, WindowError, KeyFileWrong, CatalogueWrong.
    """
    data = settings.data
    for folder in (data, data / "keys", data / "vault", data / "press", data / "browsers"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as closing:
        keyset = _keyset(data / "keys" / "keyset.json", settings, ask)
        engine = open_engine(settings.database or data / "records.db", keyset.derive("records"))
        closing.callback(engine.dispose)
        bring_up_to_date(engine)
        station, catalogue = station_of(settings), Catalogue.load(resources.catalogue_dir())
        vault = Vault(keyset, engine, data / "vault", station.name, needs=_item_needs(catalogue), clock=clock)
        closing.callback(vault.close)
        vault.recover()
        index = keyset.derive("day book index")
        cabinet = Cabinet(
            engine, station.name, vault.seal_for, vault.open_for, clock, catalogue=catalogue, index_key=index
        )
        centre = centre_of(settings, keyset)
        standing = local_trust.stand(centre, clock())
        books = books_of(settings, standing, engine, clock)
        with suppress(KeyFileWrong, KeyOutOfTime, TokenTrouble):  # the house opens; the old list ages and says so
            books.status.publish_all(data / inquiry.STATUS, standing.status)
        pdf_seal = pdf_seal_of(settings, keyset, clock()) if settings.voucher.pdf_seal else None
        press = _press(data, standing, books, engine, settings, clock, pdf_seal)
        sign_ins = SignIns(data / "keys" / "sign-ins.sealed", keyset)
        desk = _filing_desk(data, engine, settings, sign_ins, headless=headless)
        closing.callback(desk.close)
        yield House(
            settings, station, engine, keyset, vault, cabinet, catalogue, press, standing.trust, sign_ins, desk, clock,
            centre, standing, books,
        )  # fmt: skip


def _press(
    data: Path,
    standing: local_trust.Standing,
    books: Books,
    engine: Engine,
    settings: Settings,
    clock: Clock,
    pdf_seal: pades.CentreSeal | None,
) -> Press:
    """The press with the folder printer and every printer of the roll call; what a stop left doubtful is closed."""
    room = data / "press"
    press = Press(
        standing.issuer,
        Register(engine),
        resources.layouts_dir(),
        settings.voucher.host,
        room,
        printers=(FolderPrinter(settings.print_folder), *(one for one in roll_call(room) if one.name != "folder")),
        clock=clock,
        books=books,
        pdf_seal=pdf_seal,
    )
    press.recover()
    return press


def pdf_seal_of(settings: Settings, keyset: Keyset, now: datetime) -> pades.CentreSeal:
    """The centre's seal for PDFs; made at the first time, its root written where strangers can be given it."""
    file, kek = settings.data / "keys" / "pdf-seal.key", keyset.derive("pdf seal")
    if not file.exists():
        write_private(
            settings.data / "pdf-seal-root.pem", pades.make(file, kek, name=settings.station.centre_zh, now=now)
        )
    return pades.load(file, kek)


def books_of(settings: Settings, standing: local_trust.Standing, engine: Engine, clock: Clock) -> Books:
    """How this centre's vouchers stand, and the log of all it signed."""
    code = settings.station.centre_code
    log = IssueLog(engine, standing.log, code, clock)
    log.adopt()
    return Books(StatusBook(engine, code, clock), log)


def _filing_desk(data: Path, engine: Engine, settings: Settings, sign_ins: SignIns, *, headless: bool) -> FilingDesk:
    return FilingDesk(
        Journal(engine),
        data / "browsers",
        sign_ins.of,
        departments=recipes(),
        base_urls={name: link.base_url for name, link in settings.departments.items() if link.base_url},
        headless=headless,
    )


def _item_needs(catalogue: Catalogue) -> Callable[[str, str], bool]:
    """Least necessary: an item may borrow only the kinds of paper its own material list names."""

    def needs(purpose: str, kind: str) -> bool:
        item = catalogue.items.get(purpose)
        return item is not None and any(need.kind == kind for need in item.materials)

    return needs


def station_of(settings: Settings) -> Station:
    here = settings.station
    zh, en = resources.texts("zh"), resources.texts("en")
    keys = [f"resident.notice.{n}" for n in range(1, 4)]
    return Station(
        here.centre_zh,
        here.centre_en,
        here.centre_code,
        here.window,
        here.clerk_number,
        here.clerk_name,
        tuple(zh[key] for key in keys if key in zh),
        tuple(en[key] for key in keys if key in en),
    )


def is_new(settings: Settings) -> bool:
    """Nothing has been founded here yet. A house whose keyset is gone is not new: it must say so."""
    data = settings.data
    return not (data / "keys" / "keyset.json").exists() and not (data / "records.db").exists()


def _keyset(path: Path, settings: Settings, ask: Ask) -> Keyset:
    """Opened, or founded where nothing is yet; a new passphrase is asked twice: a typing slip would lock all."""
    if not is_new(settings):
        return open_keyset(path, settings.keeper, ask)
    if not settings.keeper.startswith("passphrase:"):
        return make_keyset(path, settings.keeper, ask)
    words = ask()
    if ask() != words:
        raise WindowError("desk.passphrase_differs")
    return make_keyset(path, settings.keeper, lambda: words)


def centre_of(settings: Settings, keyset: Keyset) -> local_trust.Centre:
    """What the press must know about this centre to open its keys, and to make them at the first start."""
    here, data = settings.station, settings.data
    return local_trust.Centre(
        data / "keys",
        data / "trust-list.cbor",
        keyset.derive("seal"),
        here.centre_code,
        here.centre_zh,
        regions=(here.centre_code[:6],),
        kinds=(),  # whatever this office has layouts for; a realm limits its keys in its own list
        hosts=(settings.voucher.host,),
    )
