"""The two books a press keeps beside its register: how vouchers stand, and the log of what was signed (I5, I8).

A press without books issues vouchers without a status place and without a log proof: so do the drawing tests and the
benchmark of bare drawing; a centre always has them (assembly).
"""

from __future__ import annotations

from dataclasses import dataclass

from printing import log_proof, statement
from printing.attachments import attach
from printing.errors import StatusWrong, UnknownVoucher
from printing.issue_log import IssueLog
from printing.register import Register
from printing.status_book import StatusBook
from printing.voucher import Voucher


@dataclass(frozen=True)
class Books:
    status: StatusBook
    log: IssueLog

    def with_proof(self, pdf: bytes, voucher: Voucher, signed: bytes) -> bytes:
        """Logs the statement, then attaches the proof of that to its paper."""
        return attach(pdf, log_proof.ATTACHMENT, self.log.append(voucher.number, voucher.copy, signed))

    def corrected(self, register: Register, voucher: Voucher) -> bytes:
        """The identity of the voucher that `voucher` replaces, when it may be replaced: still in force or suspended,
        or replaced by this very one in an earlier try. UnknownVoucher, StatusWrong(final)."""
        old = register.find(voucher.replaces)
        if old is None or voucher.replaces == voucher.number:
            raise UnknownVoucher(number=voucher.replaces)
        self.status.place_for(old.number)  # issued before there were lists: it still must be able to end
        state, successor = self.status.state_of(old.number)
        if state in ("revoked", "redeemed") and successor != voucher.number:
            raise StatusWrong(reason="final", number=old.number)
        return statement.of_the_register(old.statement)[1].identity

    def close_corrected(self, voucher: Voucher) -> None:
        """The old voucher ends when the new one is registered; done twice it is done once."""
        if self.status.state_of(voucher.replaces) != ("revoked", voucher.number):
            actor = voucher.value("clerk") or "press"
            self.status.change(voucher.replaces, "revoked", voucher.correction, actor, voucher.number)
