"""Every room's own trouble, told as one ``WindowError``: the three texts of each code are in resources/texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bridges.browser_process import NoBrowser
from bridges.recipe import RecipeWrong
from document_vault.errors import VaultTrouble
from printing.errors import PressTrouble
from printing.register import PrintRow
from window_client.casework.errors import WindowError
from window_client.devices.trouble import DeviceTrouble

_ROOMS: tuple[tuple[type[Exception], str], ...] = (
    (VaultTrouble, "vault"),
    (PressTrouble, "printing"),
)
_WAITS = {"out_of_paper": "printing.waits_for_paper", "printer_gone": "printing.waits_for_printer"}


def as_window_error(trouble: Exception) -> WindowError | None:
    """The same trouble as a ``WindowError``, or None when it is a bug and not a room's trouble."""
    match trouble:
        case WindowError():
            return trouble
        case RecipeWrong():
            return WindowError("desk.recipe_wrong", file=trouble.file.name, line=trouble.line, words=trouble.words)
        case DeviceTrouble():
            return WindowError(trouble.text_key, **trouble.detail)
        case NoBrowser():
            return WindowError("bridge.no_browser")
        case _:
            return _of_a_room(trouble)


def of_prints(rows: Iterable[PrintRow]) -> WindowError | None:
    """What a clerk is told about print jobs that ended without their paper; None when none did. One sentence: the
    newest kind of trouble, with every number it happened to."""
    lost = [row for row in rows if row.state == "failed"]
    return _newest_kind(lost, f"printing.{lost[-1].code}") if lost else None


class WaitingPrints:
    """Tells of a job that waits for paper or for its printer, once, when two askings in a row found it waiting: a
    printer that is only slow, or has another tray, is past that by then."""

    def __init__(self) -> None:
        self._found: dict[str, int] = {}

    def trouble(self, rows: Iterable[PrintRow]) -> WindowError | None:
        waiting = [row for row in rows if row.state == "sent" and row.code in _WAITS]
        self._found = {row.id: self._found.get(row.id, 0) + 1 for row in waiting}
        due = [row for row in waiting if self._found[row.id] == 2]
        return _newest_kind(due, _WAITS[due[-1].code]) if due else None


def _newest_kind(rows: Sequence[PrintRow], key: str) -> WindowError:
    """Of every row with the last one's trouble, which `key` tells."""
    same = [row for row in rows if row.code == rows[-1].code]
    printers = ", ".join(dict.fromkeys(row.printer for row in same))
    return WindowError(key, printer=printers, number=", ".join(row.number for row in same))


def _of_a_room(trouble: Exception) -> WindowError | None:
    for family, room in _ROOMS:
        if isinstance(trouble, family):
            code = str(getattr(trouble, "code", "unknown"))
            detail = dict(getattr(trouble, "detail", {}))
            return WindowError(code if code.startswith(f"{room}.") else f"{room}.{code}", **detail)
    return None
