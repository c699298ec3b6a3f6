"""What stands on the Desk, and how facts come home to it.

The part of the Desk that every act shares: the one visit, the errands that are out, append-then-show, and taking in
what comes home. The acts themselves are in ``intake.py``, ``sending.py`` and
``answers.py``; ``desk.py`` is all of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bridges.filing_desk import FilingDesk
from bridges.hand_over import HandOver
from document_vault.vault import Vault
from printing.press import Press
from printing.voucher import Issued
from window_client.casework import facts as f
from window_client.casework.catalogue import Catalogue
from window_client.casework.clocks import WorkCalendar
from window_client.casework.errors import Overtaken, WindowError
from window_client.casework.form import Form, form_for
from window_client.casework.records.cabinet import Cabinet
from window_client.casework.visit import Visit, replay
from window_client.counter import scenes as s
from window_client.counter.errands import Errand, HandOut, Homecoming, Tell
from window_client.counter.fates import Fates
from window_client.counter.notices import NoticeDrawn
from window_client.counter.progress import Asked, CaseProgress
from window_client.counter.receipts import symbol_png
from window_client.counter.script import Language, Moment, Table, scene_for
from window_client.counter.station import Station
from window_client.counter.trouble import as_window_error
from window_client.counter.works import Works
from window_client.devices.card_reader import CardReader
from window_client.devices.scanner import Scanner, Wish

CONSENT_LASTS = timedelta(days=1)
"""A consent given at the window serves this visit's cases and ends with the next day (vault.md §3.5)."""

NO_NOTICES = WorkCalendar({})
"""Every year provisional: the calendar of a place whose notices nobody has entered."""


@dataclass(frozen=True)
class Rooms:
    """What assembly hands to the Desk. Devices are asked for each time; ``wish``: how a kind is scanned;
    ``calendar``: the working days that the promised periods are counted in."""

    cabinet: Cabinet
    vault: Vault
    filing_desk: FilingDesk
    press: Press
    catalogue: Catalogue
    scanner: Callable[[], Scanner]
    card_reader: Callable[[], CardReader]
    wish: Callable[[str], Wish] = Wish
    calendar: WorkCalendar = NO_NOTICES


Work = Callable[[Tell, threading.Event], Homecoming]


class Standing:
    """The one visit and everything that is out for it. Lives on the main thread."""

    def __init__(self, rooms: Rooms, station: Station, hand_out: HandOut, clock: Callable[[], datetime]) -> None:
        self.rooms = rooms
        self.station = station
        self.works = Works(rooms.vault, rooms.filing_desk, rooms.press, rooms.catalogue, station, clock)
        self._hand_out = hand_out
        self._clock = clock
        self.visit: Visit | None = None
        self.moment: Moment = "idle"
        self.language: Language = "zh"
        self.errands: list[Errand] = []
        self.progress: dict[str, CaseProgress] = {}
        self.hand_overs: dict[str, HandOver] = {}
        self.issued: Issued | None = None
        self.symbol = b""
        self.notice: NoticeDrawn | None = None
        self.fates: Fates | None = None
        self.fresh: dict[str, f.StatusLearnt] = {}
        self.asked: dict[str, Asked] = {}
        self.observers: list[Callable[[], None]] = []
        self.watchers: list[Callable[[str, object], None]] = []

    # -- what can be read ----------------------------------------------------------------------------------------

    @property
    def form(self) -> Form:
        """The union form of the picked items; empty when nothing is picked."""
        cases = self.visit.live_cases if self.visit else ()
        return form_for((self.rooms.catalogue.item(case.item) for case in cases), self.rooms.catalogue)

    @property
    def in_flight(self) -> frozenset[str]:
        """Cases somebody is working on right now."""
        return frozenset(errand.case for errand in self.errands if errand.case)

    def now(self) -> datetime:
        """The counter's clock."""
        return self._clock()

    def is_busy(self, lane: str) -> bool:
        return any(errand.lane == lane for errand in self.errands)

    @property
    def scene(self) -> s.Scene:
        """What the resident's screen shows now."""
        return scene_for(self.table)

    @property
    def table(self) -> Table:
        return Table(
            station=self.station,
            catalogue=self.rooms.catalogue,
            language=self.language,
            moment=self.moment,
            visit=self.visit,
            form=self.form,
            until=self._clock() + CONSENT_LASTS,
            in_flight=self.in_flight,
            symbol=self.symbol,
        )

    # -- what comes home -----------------------------------------------------------------------------------------

    def take_in(self, errand: Errand, home: Homecoming) -> None:
        """Facts come home. They go to the ledger of their own visit, whoever sits at the window now."""
        self._done(errand)
        number = home.visit or errand.visit
        if self.visit is not None and number == self.visit.number:
            if home.facts:
                self._happen_late(home.facts)
            self._after(errand, home)
        elif home.facts:
            self._append_elsewhere(number, home.facts)
        news = {fact.case: fact for fact in home.facts if isinstance(fact, f.StatusLearnt)}
        self.fresh |= news
        self.asked = {case: asked for case, asked in self.asked.items() if case not in news}
        if isinstance(home.brought, Asked):
            self.asked[home.brought.case] = home.brought
        self._changed()
        try:
            home.afterwards()
        except Exception as error:
            raise as_window_error(error) or error from error

    def _happen_late(self, facts: tuple[f.Fact, ...]) -> None:
        """What came home has happened, whatever another window wrote into the visit meanwhile."""
        actor = _actor(facts[0], self.station.clerk)
        try:
            self._happen(*facts, actor=actor)
        except Overtaken:
            self._happen(*facts, actor=actor)

    def _append_elsewhere(self, number: str, facts: tuple[f.Fact, ...]) -> None:
        for last in (False, False, True):
            length, clerk = self.replayed(number).length, self.station.clerk
            try:
                self.rooms.cabinet.append(number, facts, expected=length, actor=clerk)
                return
            except Overtaken:
                if last:
                    raise

    def _after(self, errand: Errand, home: Homecoming) -> None:
        visit = self._now_visit
        if isinstance(home.brought, Issued):
            self.issued = home.brought
            self.symbol = symbol_png(home.brought.qr_text)
            self.moment = "thanks"
        if isinstance(home.brought, NoticeDrawn):
            self.notice = home.brought
        if errand.lane == "card":
            self._show("checklist")
            self._ask_vault()
        if any(isinstance(fact, f.MaterialKept) for fact in home.facts):
            self._ask_vault()
        if any(isinstance(fact, f.Confirmed) for fact in home.facts) and visit.is_confirmed:
            self.moment = "wait"

    def went_wrong(self, errand: Errand, trouble: WindowError) -> None:
        """An errand failed. A filing that failed before anything was sent says so in the ledger."""
        self._done(errand)
        if errand.case and errand.lane.startswith("bridge:"):
            self._settle_failed_filing(errand, trouble)
        self._changed()

    def _settle_failed_filing(self, errand: Errand, trouble: WindowError) -> None:
        visit = self.replayed(errand.visit)
        case = visit.cases.get(errand.case)
        if case is None or case.state != "begun":
            return
        room = trouble.code.split(".")[0]
        fact: f.Fact = (
            f.NotSent(errand.case, "data", trouble.code)
            if room in ("vault", "casework")
            else f.Unsure(errand.case, trouble.code)
        )
        length = visit.length
        self.rooms.cabinet.append(errand.visit, (fact,), expected=length, actor=self.station.clerk)
        if self.visit is not None and self.visit.number == errand.visit:
            self.visit = self.replayed(errand.visit)

    def hear(self, errand: Errand, said: object) -> None:
        """Progress of an errand, on the main thread. Only watchers hear it; nothing is written down."""
        if errand.case:
            kept = self.progress.get(errand.case, CaseProgress()).after(said)
            self.progress[errand.case] = kept
            for watch in tuple(self.watchers):
                watch(errand.case, said)

    # -- inside --------------------------------------------------------------------------------------------------

    @property
    def _now_visit(self) -> Visit:
        if self.visit is None:
            raise WindowError("desk.no_visit")
        return self.visit

    def _identified(self) -> Visit:
        visit = self._now_visit
        if not visit.holder:
            raise WindowError("desk.read_card_first")
        return visit

    def _visit_before_filing(self) -> Visit:
        visit = self._now_visit
        if self.in_flight:
            raise WindowError("desk.still_filing")
        return visit

    def replayed(self, number: str) -> Visit:
        return replay(number, (entry.fact for entry in self.rooms.cabinet.facts(number)))

    def _happen(self, *happened: f.Fact, actor: str = "") -> None:
        visit = self._now_visit
        try:
            self.rooms.cabinet.append(visit.number, happened, expected=visit.length, actor=actor or self.station.clerk)
        except Overtaken:
            self.visit = self.replayed(visit.number)
            self._changed()
            raise
        for fact in happened:
            visit = visit.after(fact)
        self.visit = visit
        self._changed()

    def _ask_vault(self) -> None:
        visit = self.visit
        if visit is None or not visit.holder or not visit.live_cases or visit.filing_started:
            return
        form = self.form
        self._send("vault", "desk.says.vault", lambda *_: self.works.offer(visit, form))

    def _send(self, lane: str, says: str, work: Work, *, case: str = "") -> None:
        errand = Errand(lane, says, self._now_visit.number, _told(work), case)
        self.errands.append(errand)
        self._changed()
        self._hand_out(errand)

    def _warm(self, department: str, item: str) -> None:
        self._send(f"bridge:{department}", "desk.says.warm", lambda *_: self.works.warm(department, item))

    def _done(self, errand: Errand) -> None:
        if errand in self.errands:
            self.errands.remove(errand)

    def _show(self, moment: Moment) -> None:
        self.moment = moment
        self._changed()

    def _changed(self) -> None:
        for observer in tuple(self.observers):
            observer()


def _told(work: Work) -> Work:
    """The same work, with every room's own trouble told as a ``WindowError``; anything else stays a bug."""

    def told(tell: Tell, stop: threading.Event) -> Homecoming:
        try:
            return work(tell, stop)
        except Exception as error:
            trouble = as_window_error(error)
            if trouble is None:
                raise
            raise trouble from None

    return told


def _actor(fact: f.Fact, clerk: str) -> str:
    return "resident" if isinstance(fact, f.Agreed | f.Confirmed) else clerk
