"""From a printer where a voucher waits to another one: taken back first, so that no second paper comes out (C11)."""

from __future__ import annotations

from contextlib import suppress

from printing.errors import PressTrouble, StillWaiting
from printing.press import Press


def freed(press: Press, number: str, printer: str) -> bool:
    """Takes this voucher's waiting jobs back from other printers than `printer`. True when surely nothing of the newest
    copy came out: then that very copy may go there, else only a marked reprint. StillWaiting: `printer` has it."""
    for row in press.waiting(number):
        if row.printer == printer:
            raise StillWaiting(printer=printer, number=number)
        with suppress(PressTrouble):  # nobody there to take it from: its copy stays held
            press.take_back(row.id)
    return press.is_free(number)
