"""What the resident taps on their own screen, checked against what was asked.

An answer that does not belong to the page shown (a late tap, a page that changed meanwhile) is dropped:
nothing is lost.
"""

from __future__ import annotations

from window_client.casework import facts as f
from window_client.casework.visit import Visit
from window_client.counter import scenes as s
from window_client.counter.standing import CONSENT_LASTS, Standing


class Answers(Standing):
    def answered(self, answer: s.ResidentAnswer) -> None:
        """What the resident tapped. An answer that does not belong to the page shown is dropped: nothing is lost."""
        visit = self.visit
        if visit is None or not visit.holder:
            return
        match answer, self.moment:
            case s.AgreesTo(), "consent":
                self._take_consent(visit, answer)
            case s.SaysWrong(), "review":
                self._happen(f.Disputed(answer.element), actor="resident")
            case s.HasRead(), "review":
                if not visit.disputed:
                    self._show("sign")
                    self._lay_open(visit)
            case s.GoesBack(), "sign":
                self._show("review")
            case s.Signs(), "sign":
                self._send("vault", "desk.says.sign", lambda *_: self.works.keep_signature(visit, answer))
            case s.Rates(), ("rate" | "thanks"):
                if visit.stars is None:
                    self._happen(f.Rated(answer.stars), actor="resident")
                self._show("thanks")
            case _:
                pass

    def _lay_open(self, visit: Visit) -> None:
        """While the resident signs, each department's page is opened anew: what was opened long ago may be stale."""
        for department, case in {case.department: case for case in reversed(list(visit.live_cases))}.items():
            if case.may_be_filed:
                self._warm(department, case.item)

    def _take_consent(self, visit: Visit, answer: s.AgreesTo) -> None:
        asked = self.works.wishes(visit, self.form)
        agreed = tuple(wish for wish in asked if wish.document in answer.documents)
        declined = tuple(wish.document for wish in asked if wish.document not in answer.documents)
        if declined:
            self._happen(f.Declined(declined), actor="resident")
        if agreed:
            until = self._clock() + CONSENT_LASTS
            self._send("vault", "desk.says.consent", lambda *_: self.works.agree(visit, agreed, until))
        self._show("checklist")
