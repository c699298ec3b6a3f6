"""The slow work itself: what runs on a lane and brings facts home.

Every method takes frozen values, may be called on any thread, and returns a ``Homecoming`` or raises a room's own
trouble. Nothing here touches a visit that somebody else is looking at.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bridges.by_hand import Chip
from bridges.filing import EvidencePiece, FieldProof, Filing, NotSent
from bridges.filing_desk import FilingDesk
from bridges.hand_over import HandOver
from bridges.plan import CannotPlan
from bridges.status import NoNews, Status
from document_vault.values import Origin
from document_vault.vault import Vault
from printing.handing_over import freed
from printing.paper import png, raster
from printing.press import Press
from printing.voucher import Form as PaperForm
from printing.voucher import Issued, Voucher
from window_client.casework import facts as f
from window_client.casework.catalogue import Catalogue
from window_client.casework.errors import WindowError
from window_client.casework.form import Form
from window_client.casework.id_number import wrong as wrong_number
from window_client.casework.visit import Case, Visit
from window_client.counter.errands import Homecoming, Tell
from window_client.counter.filing import fact_from, filing_for, without_papers
from window_client.counter.gathering import Wish, cases_needing, wishes
from window_client.counter.notices import NoticeDrawn
from window_client.counter.progress import Asked
from window_client.counter.receipts import voucher_for
from window_client.counter.scenes import Signs
from window_client.counter.station import Station
from window_client.devices.binding import bound
from window_client.devices.card_reader import CardReader
from window_client.devices.scanner import Scanner
from window_client.devices.scanner import Wish as ScanWish

SIGNATURE = "signature"
EVIDENCE = "filing_evidence"


@dataclass(frozen=True)
class Works:
    vault: Vault
    filing_desk: FilingDesk
    press: Press
    catalogue: Catalogue
    station: Station
    clock: Callable[[], datetime]

    # -- intake --------------------------------------------------------------------------------------------------

    def read_card(self, visit: Visit, reader: CardReader) -> Homecoming:
        """Identify the resident and write what the card says; what the clerk typed before stays."""
        card = reader.read()
        number = card.fields.get("person.id_number", "")
        if wrong_number(number) is not None:
            raise WindowError("desk.card_number_wrong")
        holder = self.vault.holder_of(number)
        if visit.holder and visit.holder != holder:
            raise WindowError("desk.other_person")
        identified = f.ResidentIdentified(holder, dict(card.fields))
        answers = tuple(
            f.AnswerWritten(element, value, "card")
            for element, value in card.fields.items()
            if value and element in self.catalogue.elements and visit.value(element) != value
        )
        return Homecoming((identified, *answers))

    def scan(self, visit: Visit, wish: ScanWish, scanner: Scanner, stop: threading.Event) -> Homecoming:
        """Scan and seal; the scanner's copy goes once the fact stands. The scan belongs to the first case wanting it.

        After the resident declined to share it, the paper is handed in once more for every case that wants it.
        """
        kind = wish.kind
        wanting = cases_needing(visit, self.catalogue, kind)
        if not wanting:
            raise WindowError("desk.material_not_needed")
        before = visit.materials.get(kind)
        again = before is not None and before.document in visit.declined
        owners = wanting if again else wanting[:1]
        pages = scanner.scan(wish, stop)
        try:
            content, media_type = bound(pages)
            kept = [
                self.vault.put(
                    visit.holder,
                    kind,
                    content,
                    media_type=media_type,
                    origin=Origin.ORIGINAL_SEEN,
                    case=case.number,
                    actor=self.station.clerk,
                    pages=len(pages),
                )
                for case in owners
            ]
        except BaseException:
            scanner.put_back(pages)  # not sealed: whoever scans next gets them again
            raise
        cases = tuple(case.number for case in owners)
        fact = f.MaterialKept(kind, kept[0].document, "scanned", kept[0].digest, cases=cases)
        return Homecoming((fact,), afterwards=lambda: scanner.release(pages))

    def offer(self, visit: Visit, form: Form) -> Homecoming:
        """What the vault could lend for the materials nobody has brought yet."""
        kinds = [one.kind for one in form.materials if one.reusable and one.kind not in visit.materials]
        offers = self.vault.offer(visit.holder, kinds, on=self.clock().date()) if kinds else ()
        documents = tuple(
            f.OfferedDocument(one.document, one.kind, _day(one.kept_at), _day(one.expires), one.origin.value)
            for one in offers
            if one.usable
        )
        return Homecoming() if documents == visit.offered else Homecoming((f.Offered(documents),))

    def wishes(self, visit: Visit, form: Form) -> tuple[Wish, ...]:
        return wishes(visit, form, self.catalogue)

    def agree(self, visit: Visit, agreed: tuple[Wish, ...], until: datetime) -> Homecoming:
        """One consent a document, naming exactly the items that borrow it."""
        facts: list[f.Fact] = []
        for wish in agreed:
            said = f"{visit.number}|{wish.document}|{','.join(wish.purposes)}|{until.isoformat()}"
            consent = self.vault.agree(
                visit.holder,
                [wish.document],
                purposes=list(wish.purposes),
                until=until,
                evidence=hashlib.sha256(said.encode()).hexdigest(),
                actor="resident",
            )
            facts.append(f.Agreed(consent, (wish.document,), wish.purposes, until.isoformat()))
            if wish.kind not in visit.materials:
                facts.append(f.MaterialKept(wish.kind, wish.document, "lent", wish.document, consent))
        return Homecoming(tuple(facts))

    def keep_signature(self, visit: Visit, signs: Signs) -> Homecoming:
        """Seal the drawn signature together with the digest it was given for."""
        bound = b"<!-- form " + visit.form_digest.encode() + b" strokes " + _sha(signs.strokes.encode()) + b" -->\n"
        kept = self.vault.put(
            visit.holder,
            SIGNATURE,
            signs.svg + bound,
            media_type="image/svg+xml",
            origin=Origin.RESIDENT,
            case=visit.live_cases[0].number,
            actor="resident",
        )
        return Homecoming((f.Confirmed(visit.form_digest, kept.document),))

    # -- filing --------------------------------------------------------------------------------------------------

    def warm(self, department: str, item: str) -> Homecoming:
        """Have the item's page open and signed in while the clerk still types, and again just before it is filed.
        Trouble is told when filing."""
        self.filing_desk.warm(department, item)
        return Homecoming()

    def file(
        self, visit: Visit, case: Case, tell: Tell, stop: threading.Event, hand_over: HandOver | None = None
    ) -> Homecoming:
        filing = filing_for(visit, case, self.catalogue, self.vault, self.station.clerk)
        outcome = self.filing_desk.file(filing, tell, stop, hand_over=hand_over)
        if hand_over is not None and hand_over.written_back and isinstance(outcome, NotSent):
            outcome = replace(outcome, code="person_changed_fields")
        return Homecoming((fact_from(case.number, outcome, self._keeper(visit, case), self.clock()),))

    def ask_status(self, visit: Visit, case: Case) -> Homecoming:
        """What became of a filed case; a fact only when it is news, else when it was asked, and why in vain."""
        asked = without_papers(visit, case, self.catalogue)
        found = self.filing_desk.ask_status(asked, case.accepted_number)
        at = self.clock().isoformat(timespec="minutes")
        if isinstance(found, NoNews):
            return Homecoming(brought=Asked(case.number, at, found.why))
        if (found.state, found.words) == (case.status, case.status_words):
            return Homecoming(brought=Asked(case.number, at))
        return Homecoming((f.StatusLearnt(case.number, found.state, found.words, at),))

    def ask_by_itself(self, visit: Visit, case: Case, every: float, stop: threading.Event) -> Status | NoNews:
        """The same question where nobody waits for the answer."""
        asked = without_papers(visit, case, self.catalogue)
        return self.filing_desk.ask_by_itself(asked, case.accepted_number, every=every, stop=stop)

    def sheet(self, visit: Visit, case: Case) -> tuple[Chip, ...]:
        """What is typed by hand, in the order of the department's page. Pure: no document, no browser."""
        try:
            return self.filing_desk.sheet(without_papers(visit, case, self.catalogue))
        except CannotPlan as trouble:
            raise WindowError(f"bridge.{trouble.code}", **trouble.detail) from None

    def filed_by_hand(self, visit: Visit, case: Case, number: str) -> Homecoming:
        """The number the clerk brought, checked by the recipe. What does not fit leaves the case as it was."""
        outcome = self.filing_desk.filed_by_hand(without_papers(visit, case, self.catalogue), number)
        if isinstance(outcome, NotSent):
            raise WindowError(f"bridge.{outcome.code}", **outcome.detail)
        fact = fact_from(case.number, outcome, self._keeper(visit, case), self.clock())
        if isinstance(fact, f.Filed):
            fact = replace(fact, by_hand=True)
        return Homecoming((fact,))

    def our_words(self, case: Case, changed: tuple[FieldProof, ...]) -> list[tuple[str, str]]:
        """(data element, value) of what a clerk changed on the page, where the recipe knows the way back."""
        asked = Filing(case.key, case.department, case.item, {})
        found = [(one.element, self.filing_desk.our_words(asked, one.element, one.got)) for one in changed]
        return [(element, value) for element, value in found if value is not None]

    def look_up(self, visit: Visit, case: Case, tell: Tell) -> Homecoming:
        filing = filing_for(visit, case, self.catalogue, self.vault, self.station.clerk)
        outcome = self.filing_desk.look_up(filing, tell)
        return Homecoming((fact_from(case.number, outcome, self._keeper(visit, case), self.clock()),))

    def _keeper(self, visit: Visit, case: Case) -> Callable[[EvidencePiece], str]:
        def keep(piece: EvidencePiece) -> str:
            kept = self.vault.put(
                visit.holder,
                EVIDENCE,
                piece.content,
                media_type=piece.media_type,
                origin=Origin.ISSUER,
                case=case.number,
                actor=self.station.clerk,
            )
            return kept.document

        return keep

    # -- paper ---------------------------------------------------------------------------------------------------

    def issue(self, visit: Visit, language: str) -> Homecoming:
        voucher = voucher_for(visit, self.catalogue, self.station, self.clock(), language)
        issued = self.press.issue(voucher)
        cases = tuple(case.number for case in visit.live_cases if case.state == "filed")
        return Homecoming((f.VoucherIssued(issued.number, voucher.kind, cases, issued.digest),), issued)

    def issue_notice(self, visit: Visit, case: Case, voucher: Voucher) -> Homecoming:
        """A notice about one case: signed, registered, and its first page for the clerk's screen."""
        issued = self.press.issue(voucher)
        picture = png(raster(issued.pdf, 110.0, most_pages=1)[0], 110.0)
        drawn = NoticeDrawn(issued, voucher.kind, case.number, picture)
        if issued.number in visit.vouchers:
            return Homecoming((), drawn)
        return Homecoming((f.VoucherIssued(issued.number, voucher.kind, (case.number,), issued.digest),), drawn)

    def show_again(self, visit: Visit) -> Homecoming:
        if visit.voucher is None:
            raise WindowError("desk.no_voucher")
        return Homecoming((), self.press.stored(visit.voucher.number))

    def print(self, issued: Issued, printer: str, form: PaperForm, copies: int) -> Homecoming:
        """Print once; anything after the first copy of this form is a marked reprint. A job that still waits elsewhere
        is taken back first: when surely nothing of it came out, this printer gets that very copy."""
        if freed(self.press, issued.number, printer) and copies:
            paper = self.press.stored(issued.number)
        else:
            paper = issued if copies == 0 else self.press.reprint(issued.number, "clerk")
        done = self.press.print(paper, printer, form)
        return Homecoming((f.Printed(issued.number, done.printer, form, done.copy),))


def _day(value: date | datetime | None) -> str:
    return value.strftime("%Y-%m-%d") if value is not None else ""


def _sha(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
