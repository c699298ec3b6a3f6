"""A registered voucher as the press hands it out, and what makes two vouchers the same one (law I2)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from printing import statement
from printing.errors import NumberTaken
from printing.register import StoredVoucher
from printing.voucher import Issued, Voucher


def contents(voucher: Voucher) -> str:
    """What makes two vouchers the same: all but the moment, which a second try after a power cut has later."""
    same = replace(voucher, issued_at=datetime.fromtimestamp(0, UTC), copy=0, reason="")
    before = bytes(12) if voucher.replaces else None
    return hashlib.sha256(statement.pack(same, "-", 1, identity=bytes(12), before=before)).hexdigest()


def stored_again(stored: StoredVoucher, voucher: Voucher) -> Issued:
    """NumberTaken when the number was issued with other contents."""
    if stored.contents != contents(voucher):
        raise NumberTaken(number=voucher.number)
    return issued(stored, again=True)


def issued(stored: StoredVoucher, *, again: bool) -> Issued:
    return Issued(
        number=stored.number,
        statement=stored.statement,
        qr_text=stored.qr_text,
        pdf=stored.pdf,
        receipt_png=stored.receipt_png,
        digest=hashlib.sha256(stored.statement).hexdigest(),
        copy=stored.copy,
        again=again,
    )
