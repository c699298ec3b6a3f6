"""What can go wrong at the press, by code; the sentences are in resources/texts/*/printing.yaml.

Law: an exception carries a code and detail values, never a sentence and never a resident's words (I9). A character that
no font can draw is the one exception: the clerk must be told which character, and one character names nobody.
"""

from __future__ import annotations


class PressTrouble(Exception):
    """Nothing was printed unless `code` says otherwise. Texts: `printing.<code>.happened|done|next`."""

    code = "trouble"

    def __init__(self, **detail: str) -> None:
        super().__init__(self.code)
        self.detail = detail

    def __str__(self) -> str:
        said = " ".join(f"{key}={value}" for key, value in sorted(self.detail.items()))
        return f"{self.code} {said}".strip()


class MissingGlyph(PressTrouble):
    """No installed font can draw `character`; issuing such a voucher would print an empty box into a legal paper."""

    code = "missing_glyph"


class SymbolUnreadable(PressTrouble):
    """A reader could not read the finished symbol back, or read something else."""

    code = "symbol_unreadable"


class LayoutWrong(PressTrouble):
    """The layout folder is incomplete or the voucher does not fit it."""

    code = "layout_wrong"


class StatementTooLong(PressTrouble):
    """The values do not fit one symbol that an 80 mm printer can still print readably."""

    code = "statement_too_long"


class PrinterGone(PressTrouble):
    code = "printer_gone"


class OutOfPaper(PressTrouble):
    code = "out_of_paper"


class PrinterRefused(PressTrouble):
    """The printer, its queue or the folder took nothing."""

    code = "printer_refused"


class AlreadyPrinted(PressTrouble):
    """This copy is on paper, or may be: a second paper is a reprint with its own number and reason."""

    code = "already_printed"


class StillWaiting(PressTrouble):
    """This printer has the job already and waits for paper; it was not sent again."""

    code = "still_waiting"


class UnknownVoucher(PressTrouble):
    code = "unknown_voucher"


class NumberTaken(PressTrouble):
    """The voucher number was issued before with other contents; numbers are never reused."""

    code = "number_taken"


class ReasonMissing(PressTrouble):
    code = "reason_missing"


class KeyFileWrong(PressTrouble):
    """The issuer key file is not ours, is damaged, or the key-encryption key is another one."""

    code = "key_file_wrong"


class TokenTrouble(PressTrouble):
    """The token that signs is not there, refuses its PIN or holds another key; `reason` says which."""

    code = "token_trouble"


class KeyOutOfTime(PressTrouble):
    """The issuer key may not sign now: before its first or after its last day."""

    code = "key_out_of_time"


class TrustListWrong(PressTrouble):
    """The trust list file cannot be used; `reason` says why in one word."""

    code = "trust_list_wrong"


class VoucherWrong(PressTrouble):
    """The voucher handed in is incomplete or has values that no paper can carry; `field` and `reason` name it."""

    code = "voucher_wrong"


class StatusWrong(PressTrouble):
    """A status list cannot be used or made; `reason` says why in one word."""

    code = "status_wrong"


class LogWrong(PressTrouble):
    """The log of issued statements cannot be used; `reason` says why in one word."""

    code = "log_wrong"


class PdfSealTrouble(PressTrouble):
    """The seal on the PDF of record cannot be set; `reason` says why in one word. Nothing was issued."""

    code = "pdf_seal_trouble"


class CeremonyWrong(PressTrouble):
    """A step of the key ceremony cannot be done; `reason` says why in one word."""

    code = "ceremony_wrong"


class PressFileWrong(PressTrouble):
    """A file in the press's own folder (the list of receipt printers, the offsets) cannot be read."""

    code = "press_file_wrong"
