"""The press: a voucher goes in, a signed, readable, registered paper comes out, or nothing does (I2, I5, C10, C11).

Order of an issue: values checked, glyphs checked, signed, drawn, **read back from the drawn page by two readers and
re-verified**, registered; only then is there an `Issued`. Order of a print: registered as begun, handed to the printer,
registered as sent. A number is issued once; a second paper is a reprint with its own number and reason, signed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from printing import glyphs, keys, layout, paper, preprinted, qr, release, statement
from printing.books import Books
from printing.errors import (
    LayoutWrong,
    NumberTaken,
    PressTrouble,
    PrinterGone,
    ReasonMissing,
    SymbolUnreadable,
    UnknownVoucher,
)
from printing.issued import contents, stored_again
from printing.issued import issued as as_issued
from printing.pdf_seal import PdfSeal
from printing.printers import Job, Printer, roll_call
from printing.register import PrintRow, Register, StoredVoucher
from printing.seal import Seal, Signer, Signers, StatementWrong
from printing.voucher import Form, Issued, Printed, PrinterState, Voucher


class Press:
    """`host`: of the official verifying page; `work`: a folder of the press's own (0700) for the folder printer, the
    list of thermal printers and the offsets of pre-printed forms. `pdf_seal` seals every PDF of record (PAdES)."""

    def __init__(
        self,
        seal: Seal,
        register: Register,
        layouts: Path,
        host: str,
        work: Path,
        *,
        printers: Sequence[Printer] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        pdf_seal: PdfSeal | None = None,
        books: Books | None = None,
    ) -> None:
        self._seal = seal
        self._pdf_seal = pdf_seal
        self._books = books
        self._register = register
        self._layouts = layouts
        self._host = host
        self._work = work
        self._printers = printers
        self._clock = clock
        self._engine = paper.Engine(layouts)

    def issue(self, voucher: Voucher) -> Issued:
        """The finished voucher; for a number that was issued before, the stored one (`again`). Any PressTrouble:
        nothing was issued. NumberTaken: the number is another voucher's. A voucher that `replaces` another ends that
        one (更正), which must be in force."""
        if voucher.copy:
            raise UnknownVoucher(number=voucher.number)  # copies are made by reprint, which counts them
        statement.check(voucher)
        found = self._layout(voucher.layout)
        lines, items = found.ordered(voucher)
        voucher = replace(voucher, lines=lines, items=items)
        before = self._books.corrected(self._register, voucher) if voucher.replaces and self._books else None
        stored = self._register.find(voucher.number)
        issued = self._make(voucher, found, None, before) if stored is None else stored_again(stored, voucher)
        if before is not None and self._books is not None:
            self._books.close_corrected(voucher)
        return issued

    def sealing(self, pdf_seal: PdfSeal | None) -> Press:
        """The same press with, or without, a seal on the PDFs that it issues from now on."""
        other = copy(self)
        other._pdf_seal = pdf_seal
        return other

    def reprint(self, number: str, reason: str) -> Issued:
        """The next copy of an issued voucher: same contents and identity, copy number and reason signed."""
        last = self._register.last_copy(number)
        if last is None:
            raise UnknownVoucher(number=number)
        if not reason.strip():
            raise ReasonMissing(number=number)
        claims = statement.of_the_register(last.statement)[1]
        again = replace(claims.voucher, copy=last.copy + 1, reason=reason.strip())
        statement.check(again)
        return self._make(again, self._layout(again.layout), claims.identity, claims.before)

    def stored(self, number: str, copy: int | None = None) -> Issued:
        """A voucher as it was issued; the newest copy unless one is named."""
        found = self._register.last_copy(number) if copy is None else self._register.find(number, copy)
        if found is None:
            raise UnknownVoucher(number=number)
        return as_issued(found, again=True)

    def preview(self, voucher: Voucher, dpi: float = 110.0, form: Form = "a4") -> list[bytes]:
        """The pages as PNG for the screen; unsigned, so its symbol says so by not being a voucher."""
        found = self._layout(voucher.layout)
        lines, items = found.ordered(voucher)
        drawn = replace(voucher, lines=lines, items=items)
        blank = [[False] * 69 for _ in range(69)]
        return self._engine.picture(found, layout.fill(found, drawn, form, blank, "-----"), dpi)

    def sheet(self, issued: Issued, form: Form, printer: str = "") -> bytes:
        """An issued voucher on another sheet than A4: drawn again from its signed words, so it says the same. `printer`
        names whose offset moves the values on a pre-printed form."""
        if form == "a4":
            return issued.pdf
        plain, claims = statement.of_the_register(issued.statement)
        found = self._layout(claims.voucher.layout)
        if found.version != claims.template[1]:
            raise LayoutWrong(file=str(found.folder), reason="version", word=str(claims.template[1]))
        offset = preprinted.Offsets(self._work).of(printer, found.name) if form == "form" else (0.0, 0.0)
        matrix, code = qr.modules(issued.qr_text), statement.human_code(plain)
        given = preprinted.fill(found, claims.voucher, form, matrix, code, offset)
        return self._engine.pdf(found, given, claims.issued)

    # ---- printing ----

    def printers(self) -> tuple[PrinterState, ...]:
        return tuple(printer.state() for printer in self._found())

    def print(self, issued: Issued, printer: str, form: Form) -> Printed:
        """Hands one copy to one printer. PressTrouble other than AlreadyPrinted: surely no paper, try another printer.
        AlreadyPrinted: this copy is or may be on paper; `reprint` makes the next one."""
        chosen = next((each for each in self._found() if each.name == printer), None)
        if chosen is None:
            raise PrinterGone(printer=printer, reason="unknown")
        job = self._job(issued, chosen, form)
        row = self._register.begin_print(issued.number, issued.copy, form, printer, paper=chosen.paper)
        try:
            delivery = chosen.deliver(job)
        except PressTrouble as trouble:
            self._register.change_print(row, "failed", code=trouble.code, release=True)
            raise
        self._register.change_print(row, delivery.state, job=delivery.job)
        return Printed(printer, delivery.job, issued.copy, delivery.where, delivery.state, row)

    def follow(self) -> tuple[PrintRow, ...]:
        """Asks about every job under way, writes down what changed, returns the jobs that are open or newly ended."""
        found = {each.name: each for each in self._found()}
        open_jobs = self._register.prints("sent")
        for row in open_jobs:
            printer = found.get(row.printer)
            if printer is None:
                self._register.change_print(row.id, "sent", code="printer_gone")
                continue
            now = printer.follow(row.job)
            if (now.state, now.code) != (row.state, row.code):
                self._register.change_print(row.id, now.state, code=now.code, release=now.unprinted)
        ids = {row.id for row in open_jobs}
        return tuple(row for row in self._register.prints() if row.id in ids)

    def is_printed(self, number: str) -> bool:
        """A paper of this voucher came out, or may have: the next one is a marked reprint."""
        return any(row.held for row in self._register.prints(number=number))

    def waiting(self, number: str) -> tuple[PrintRow, ...]:
        """This voucher's jobs that wait for something at their printers, asked now; `code` says for what."""
        return tuple(row for row in self.follow() if row.number == number and row.state == "sent" and row.code)

    def is_free(self, number: str) -> bool:
        """The newest copy was tried, and surely nothing of it came out: it may be printed unmarked."""
        rows = self._register.prints(number=number)
        newest = [row for row in rows if row.copy == max(each.copy for each in rows)]
        return bool(newest) and all(row.state == "failed" and not row.held for row in newest)

    def take_back(self, print_id: str) -> PrintRow:
        """Cancels a waiting job, for handing it to another printer; `held` stays true when it may have printed."""
        row = next((each for each in self._register.prints("sent") if each.id == print_id), None)
        printer = next((each for each in self._found() if row and each.name == row.printer), None)
        if row is None or printer is None:
            raise PrinterGone(printer=row.printer if row else "", reason="unknown")
        now = printer.take_back(row.job)
        self._register.change_print(row.id, now.state, code=now.code, release=now.unprinted)
        return next(each for each in self._register.prints() if each.id == print_id)

    def recover(self) -> tuple[PrintRow, ...]:
        """At start: a job that was begun and never reported is doubtful. It is closed as `interrupted` and keeps its
        paper, so that the next paper of this voucher is a marked reprint. Returns the doubtful jobs."""
        doubtful = self._register.prints("queued")
        for row in doubtful:
            self._register.change_print(row.id, "failed", code="interrupted")
        return doubtful

    # ---- inside ----

    @cached_property
    def _signers(self) -> Signers:
        return Signers.of((Signer.of(self._seal.algorithm, self._seal.public),))

    def _found(self) -> Sequence[Printer]:
        return roll_call(self._work) if self._printers is None else self._printers

    def _layout(self, name: str) -> layout.Layout:
        return layout.load(self._layouts, name)

    def _make(
        self, voucher: Voucher, found: layout.Layout, identity: bytes | None, before: bytes | None = None
    ) -> Issued:
        keys.check_time(self._seal, self._clock())
        keys.check_time(self._seal, voucher.issued_at)
        glyphs.check(statement.visible(voucher), self._engine.fonts)
        place = self._books.status.place_for(voucher.number) if self._books else None
        payload = statement.pack(
            voucher, self._seal.issuer, found.version, identity=identity, status=place, before=before
        )
        signed = statement.seal_payload(self._seal, payload)
        text = qr.text_of(signed, self._host)
        matrix = qr.modules(text)
        code = statement.human_code(payload)
        moment = int(voucher.issued_at.timestamp())
        sheet, slip = (layout.fill(found, voucher, form, matrix, code) for form in ("a4", "80mm"))
        pdf, receipt = self._engine.both(found, sheet, slip, moment)
        if self._books is not None:  # before the seal: what is added to a sealed PDF breaks the seal
            pdf = self._books.with_proof(pdf, voucher, signed)
        if self._pdf_seal is not None:
            pdf = self._pdf_seal.sealed(pdf, voucher.issued_at)
        self._read_back(pdf, receipt, text, signed, voucher)
        claims = statement.parse(payload)
        made = StoredVoucher(
            number=voucher.number,
            copy=voucher.copy,
            kind=voucher.kind,
            layout=voucher.layout,
            contents=contents(voucher),
            identity=claims.identity.hex(),
            key_id=self._seal.kid.hex(),
            issued_at=claims.issued,
            qr_text=text,
            statement=signed,
            pdf=pdf,
            receipt_png=receipt,
        )
        if self._register.keep(made):
            return as_issued(made, again=False)
        winner = self._register.find(voucher.number, voucher.copy)
        if winner is None or voucher.copy:  # a reprint at two windows at once: the loser counts again
            raise NumberTaken(number=voucher.number)
        return stored_again(winner, voucher)

    def _read_back(self, pdf: bytes, receipt: bytes, text: str, signed: bytes, voucher: Voucher) -> None:
        """Both papers, at a receipt printer's resolution, through both readers; then signature and values again."""
        parts = self._layout(voucher.layout).parts(voucher.kind)
        with ThreadPoolExecutor(1, thread_name_prefix="slip") as beside:
            slip_read = beside.submit(release.slip, receipt, text, parts)
            release.sheet(pdf, text, parts)
            slip_read.result()
        try:
            again, _ = qr.parse(text)
            _, content_type, payload = self._signers.open(again)
            claims = statement.parse(statement.unpack(payload, content_type))
        except StatementWrong as wrong:
            raise SymbolUnreadable(form="statement", reader=wrong.code) from None
        if again != signed or contents(claims.voucher) != contents(voucher):
            raise SymbolUnreadable(form="statement", reader="values")

    def _job(self, issued: Issued, printer: Printer, form: Form) -> Job:
        """What the printer will get, read back at its own resolution before it is registered or sent."""
        title = f"{issued.number}-{issued.copy}"
        plain, claims = statement.of_the_register(issued.statement)
        found = self._layout(claims.voucher.layout)
        if form == "80mm":
            job = self._slip_job(title, issued, printer, found, claims, plain)
        else:
            size = preprinted.paper(found) if form == "form" else form.upper()
            job = Job(title, form, "application/pdf", self.sheet(issued, form, printer.name), size)
        if job.content not in (issued.pdf, issued.receipt_png) or printer.dpi != layout.SLIP_DPI:
            release.job(job, issued.qr_text, found.parts(claims.voucher.kind), printer.dpi)
        return job

    def _slip_job(
        self, title: str, issued: Issued, printer: Printer, found: layout.Layout, claims: statement.Claims, plain: bytes
    ) -> Job:
        """The stored picture, or one for a head with other dots: whole dots a module on every head."""
        picture, dpi = issued.receipt_png, layout.SLIP_DPI
        wanted = printer.takes("80mm")
        if wanted == "image/png" and printer.dpi in layout.DOTS_WIDE and printer.dpi != dpi:
            dpi = printer.dpi
            matrix, code = qr.modules(issued.qr_text), statement.human_code(plain)
            given = layout.fill(found, claims.voucher, "80mm", matrix, code, dpi=dpi)
            picture = self._engine.receipt(found, given, claims.issued, dpi)
        if wanted == "image/png":
            return Job(title, "80mm", "image/png", picture)
        return Job(title, "80mm", "application/pdf", paper.roll_pdf(picture))
