"""The clerk's acts up to the resident's signature: open, read the card, pick, write, scan, ask.

An act that is not allowed now raises ``WindowError`` and changes nothing.
"""

from __future__ import annotations

from window_client.casework import facts as f
from window_client.casework.catalogue import check_value
from window_client.casework.errors import WindowError
from window_client.casework.visit import Visit
from window_client.counter.script import Language
from window_client.counter.standing import Standing


class Intake(Standing):
    # -- opening and closing a visit -----------------------------------------------------------------------------

    def open_visit(self) -> None:
        """The next resident sits down. Refused while somebody is still being served."""
        if self.visit is not None:
            raise WindowError("desk.visit_open")
        now = self._clock()
        number = self.rooms.cabinet.next_visit_number(self.station.window, now.date())
        self.visit = Visit(number)
        try:
            self._happen(f.VisitOpened(self.station.name, self.station.clerk))
        except WindowError:
            self.visit = None
            raise

    def resume(self, number: str) -> None:
        """Take up a visit that was open when the client stopped; a filing without an outcome is in doubt."""
        if self.visit is not None:
            raise WindowError("desk.visit_open")
        self._forget_screens()
        self.visit = self.replayed(number)
        self.moment = "checklist" if self.visit.holder else "idle"
        begun = [case for case in self.visit.live_cases if case.state == "begun"]
        if begun:
            self._happen(*(f.Unsure(case.number, "bridge.client_stopped") for case in begun))
        else:
            self._changed()
        self._ask_vault()

    def close_visit(self, reason: str = "done") -> None:
        """The resident leaves: both screens forget. Refused while a department is being filed."""
        if self.visit is None:
            return
        if self.in_flight:
            raise WindowError("desk.still_filing")
        self._happen(f.VisitClosed(reason))
        self.visit = None
        self._forget_screens()
        self._changed()

    def park_visit(self) -> None:
        """Put the visit aside as it is (it stays open in the day book) and clear both screens."""
        if self.in_flight:
            raise WindowError("desk.still_filing")
        self.visit = None
        self._forget_screens()
        self._changed()

    def _forget_screens(self) -> None:
        self.moment = "idle"
        self.progress.clear()
        self.issued = None
        self.symbol = b""
        self.notice = None

    # -- the clerk's acts ----------------------------------------------------------------------------------------

    def read_card(self) -> None:
        visit = self._visit_before_filing()
        reader = self.rooms.card_reader()
        self._send("card", "desk.says.card", lambda *_: self.works.read_card(visit, reader))

    def pick(self, code: str) -> None:
        """One more item for this visit. The same item twice is refused."""
        visit = self._visit_before_filing()
        item = self.rooms.catalogue.item(code)
        if any(case.item == code for case in visit.live_cases):
            raise WindowError("desk.already_picked", item=item.name)
        number = f"{visit.number}-{len(visit.cases) + 1}"
        self._happen(f.CaseOpened(number, code, item.version, item.department))
        self._show("checklist")
        self._ask_vault()
        self._warm(item.department, code)

    def drop(self, case: str) -> None:
        self._visit_before_filing()
        self._happen(f.CaseDropped(case))
        self._ask_vault()

    def write(self, element: str, value: str) -> None:
        """Write one answer, typed by the clerk. A value that cannot be right is refused and the old one stays."""
        visit = self._identified()
        one = self.form.field(element)
        if one is None:
            raise WindowError("desk.no_such_field")
        value = value.strip()
        if value == visit.value(element):
            return
        wrong = check_value(one.element, value) if value else None
        if wrong is not None:
            raise WindowError(f"value.{wrong}", label=one.element.label, label_en=one.element.label_en)
        self._happen(f.AnswerWritten(element, value, "typed"))

    def scan(self, kind: str) -> None:
        """Scan one material; the pages are sealed before anything else happens to them."""
        visit = self._identified()
        scanner, wish = self.rooms.scanner(), self.rooms.wish(kind)
        self._send("scanner", "desk.says.scan", lambda _, stop: self.works.scan(visit, wish, scanner, stop))

    def take_back_material(self, kind: str) -> None:
        self._visit_before_filing()
        self._happen(f.MaterialTakenBack(kind))
        self._ask_vault()

    def ask_consent(self) -> None:
        """Put the consent page onto the resident's screen."""
        self._identified()
        if not self.works.wishes(self._now_visit, self.form):
            raise WindowError("desk.nothing_to_agree")
        self._show("consent")

    def push_review(self) -> None:
        """Ask the resident to read and sign. Refused, with a list, while something is missing."""
        visit = self._identified()
        self._complete_or_raise(visit)
        self._show("review")

    def _complete_or_raise(self, visit: Visit) -> None:
        form = self.form
        if not visit.live_cases:
            raise WindowError("desk.pick_item_first")
        missing = [one.element.label for one in form.missing(visit)]
        materials = [one.name for one in form.missing_materials(visit)]
        waiting = [wish.name for wish in self.works.wishes(visit, form) if wish.document in _documents(visit)]
        if missing or materials or waiting:
            raise WindowError(
                "desk.not_complete",
                fields="、".join(missing),
                materials="、".join(materials),
                consent="、".join(waiting),
                count=len(missing) + len(materials) + len(waiting),
            )
        if visit.disputed:
            raise WindowError("desk.still_disputed")

    def show_rating(self) -> None:
        self._identified()
        self._show("rate")

    def show_thanks(self) -> None:
        self._identified()
        self._show("thanks")

    def cover_resident_screen(self, covered: bool) -> None:
        """Blank the resident's screen, or show again what belongs there."""
        self._show("blank" if covered else ("checklist" if self.visit and self.visit.holder else "idle"))

    def speak(self, language: Language) -> None:
        """The language of the resident's screen."""
        self.language = language
        self._changed()


def _documents(visit: Visit) -> frozenset[str]:
    return frozenset(kept.document for kept in visit.materials.values())
