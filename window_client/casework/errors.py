"""The one exception of the casework room: a code that finds its three texts, and details that are safe to show.

Law I9: an exception text carries the code only. Details are for the sentence a person reads
(`<code>.happened|done|next` in resources/texts); whoever raises must put neither ID numbers nor names into them.
"""

from __future__ import annotations

from collections.abc import Mapping


class WindowError(Exception):
    """Something a person at the window has to be told. `code` is the text key without its last word."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail: Mapping[str, object] = detail


class Overtaken(WindowError):
    """Somebody else wrote to this visit first. Nothing of ours was written; read again and decide again."""

    def __init__(self, visit: str, expected: int, found: int) -> None:
        super().__init__("casework.overtaken", visit=visit, expected=expected, found=found)
        self.visit = visit
        self.expected = expected
        self.found = found
