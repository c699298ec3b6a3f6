"""The clerk's acts from filing to paper: send, look up, decide, stop, issue, print.

Laws: ``FilingBegun`` is in the ledger before the errand that files is handed out; a case in doubt is looked up, and
only a person, by name and with a reason, may have it sent again; a receipt is issued once and reprinted marked.
"""

from __future__ import annotations

from collections.abc import Mapping

from bridges.by_hand import Chip
from bridges.hand_over import HandOver
from printing.voucher import Form
from window_client.casework import facts as f
from window_client.casework.errors import WindowError
from window_client.casework.visit import Case, Visit
from window_client.counter.notices import notice_for
from window_client.counter.progress import CaseProgress
from window_client.counter.standing import Standing


class Sending(Standing):
    def file_all(self) -> None:
        """Send every case that surely is not at its department yet, all departments side by side."""
        visit = self._identified()
        if not visit.is_confirmed:
            raise WindowError("desk.not_confirmed")
        ready = [case for case in visit.live_cases if case.may_be_filed and case.number not in self.in_flight]
        for case in ready:
            self._file(case)
        if ready:
            self._show("wait")

    def file(self, number: str) -> None:
        """Send one case again: only one that surely was not sent."""
        visit = self._identified()
        case = visit.cases[number]
        if not visit.is_confirmed:
            raise WindowError("desk.not_confirmed")
        if not case.may_be_filed or number in self.in_flight:
            raise WindowError("desk.not_again", state=case.state)
        self._file(case)
        self._show("wait")

    def _file(self, case: Case) -> None:
        self._happen(f.FilingBegun(case.number, case.department, case.next_key))
        visit, begun = self._now_visit, self._now_visit.cases[case.number]
        self.progress[case.number] = CaseProgress()
        person = self.hand_overs[case.number] = HandOver()
        self._send(
            f"bridge:{case.department}",
            "desk.says.file",
            lambda tell, stop: self.works.file(visit, begun, tell, stop, person),
            case=case.number,
        )

    def look_up(self, number: str) -> None:
        """Ask the department whether a case in doubt has arrived."""
        visit = self._identified()
        case = visit.cases[number]
        if case.state != "unsure" or number in self.in_flight:
            raise WindowError("desk.not_in_doubt")
        self.progress[number] = CaseProgress()
        self._send(
            f"bridge:{case.department}",
            "desk.says.look_up",
            lambda tell, _: self.works.look_up(visit, case, tell),
            case=number,
        )

    def allow_again(self, number: str, reason: str) -> None:
        """A person decides that a case in doubt may be sent again; it is written down with name and reason."""
        case = self._identified().cases[number]
        if case.state != "unsure" or number in self.in_flight:
            raise WindowError("desk.not_in_doubt")
        if not reason.strip():
            raise WindowError("desk.reason_needed")
        self._happen(f.SubmitAgainAllowed(number, self.station.clerk, reason.strip()))

    def ask_status(self, number: str) -> None:
        """Ask the department what became of a filed case (回传)."""
        visit = self._identified()
        case = visit.cases[number]
        if case.state != "filed" or number in self.in_flight:
            raise WindowError("desk.not_filed")
        work = lambda *_: self.works.ask_status(visit, case)  # noqa: E731
        self._send(f"bridge:{case.department}", "desk.says.status", work, case=number)

    # -- by hand, where no bridge is possible --------------------------------------------------------------------

    def sheet(self, number: str) -> tuple[Chip, ...]:
        """What to type into the department's own page, in its order and its words."""
        visit = self._identified()
        return self.works.sheet(visit, visit.cases[number])

    def file_by_hand(self, number: str, typed: str) -> None:
        """The department's number, brought by the clerk; checked by the recipe like one the bridge reads."""
        visit = self._identified()
        case = visit.cases[number]
        if not visit.is_confirmed and case.state == "open":
            raise WindowError("desk.not_confirmed")
        if number in self.in_flight or case.state not in ("open", "not_sent", "unsure", "begun"):
            raise WindowError("desk.not_again", state=case.state)
        work = lambda *_: self.works.filed_by_hand(visit, case, typed)  # noqa: E731
        # On a lane of its own name: whoever settles failed filings must not take a slip of the pen for a doubt.
        self._send("by_hand", "desk.says.by_hand", work, case=number)

    # -- the page in the clerk's hands ---------------------------------------------------------------------------

    def take_over(self, number: str) -> None:
        """接管: the bridge parks before it submits, and the clerk has the page."""
        if number in self.in_flight and number in self.hand_overs:
            self.hand_overs[number].take_over()

    def carry_on(self, number: str) -> None:
        """继续: every field is read again; what was changed is shown before anything goes on."""
        if number in self.hand_overs:
            self.hand_overs[number].carry_on()

    def answer_page(self, number: str, n: int, yes: bool, text: str = "") -> None:
        """The page asked something while it was in the clerk's hands: OK (with the words of a prompt) or cancel."""
        if number in self.hand_overs:
            self.hand_overs[number].answer_page(n, yes, text)

    def overwrite_page(self, number: str) -> None:
        """The case counts: its values are written over what was changed on the page, and the filing goes on."""
        if number in self.hand_overs:
            self.hand_overs[number].carry_on("case")

    def write_back(self, number: str) -> None:
        """The page counts: its values become answers. The resident has not signed those, so nothing is sent yet."""
        visit, person = self._identified(), self.hand_overs.get(number)
        changed = self.progress.get(number, CaseProgress()).changed
        if person is None or not changed or number not in self.in_flight:
            return
        answers = [f.AnswerWritten(*pair) for pair in self.works.our_words(visit.cases[number], changed)]
        if len(answers) < len(changed):
            raise WindowError("desk.no_way_back")
        person.written_back = True
        self.stop(number)
        self._happen(*answers)

    def stop(self, number: str) -> None:
        """Stop a filing before it submits. Afterwards the bridge says it cannot be stopped any more."""
        for errand in self.errands:
            if errand.case == number:
                errand.stop.set()

    def issue_voucher(self) -> None:
        """One signed receipt over all accepted cases of the visit."""
        visit, language = self._identified(), self.language
        if self.in_flight:
            raise WindowError("desk.still_filing")
        if not any(case.state == "filed" for case in visit.live_cases):
            raise WindowError("desk.nothing_filed")
        if self._voucher_is_current(visit):
            self._send("printer", "desk.says.voucher", lambda *_: self.works.show_again(visit))
            return
        self._send("printer", "desk.says.voucher", lambda *_: self.works.issue(visit, language))

    @staticmethod
    def _voucher_is_current(visit: Visit) -> bool:
        filed = {case.number for case in visit.live_cases if case.state == "filed"}
        return visit.voucher is not None and filed == set(visit.voucher.cases)

    def print_voucher(self, printer: str, form: Form) -> None:
        """Print the receipt; the second copy onwards is a marked reprint with its number inside the signature."""
        visit, issued = self._identified(), self.issued
        if issued is None or visit.voucher is None:
            raise WindowError("desk.no_voucher")
        copies = visit.voucher.copies
        self._send("printer", "desk.says.print", lambda *_: self.works.print(issued, printer, form, copies))

    def issue_notice(self, number: str, kind: str, typed: Mapping[str, str]) -> None:
        """A notice about one case, with what the clerk typed; what the window knows is filled in."""
        visit, now = self._identified(), self._clock()
        case = visit.cases[number]
        if number in self.in_flight:
            raise WindowError("desk.still_filing")
        voucher = notice_for(
            kind,
            typed,
            visit,
            case,
            catalogue=self.rooms.catalogue,
            station=self.station,
            calendar=self.rooms.calendar,
            now=now,
            language=self.language,
        )
        self._send("printer", "desk.says.notice", lambda *_: self.works.issue_notice(visit, case, voucher))

    def print_notice(self, printer: str, form: Form) -> None:
        """Print the notice that was issued last; a second paper is a marked reprint."""
        visit, drawn = self._identified(), self.notice
        if drawn is None or drawn.issued.number not in visit.vouchers:
            raise WindowError("desk.no_voucher")
        issued, copies = drawn.issued, visit.vouchers[drawn.issued.number].copies
        self._send("printer", "desk.says.print", lambda *_: self.works.print(issued, printer, form, copies))
