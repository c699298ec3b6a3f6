"""What may go wrong at a department, by name: for tests of the bridges and for practising clerks.

Exactly these troubles hold after `Running.trouble`; none given means the department is well again.
"""

from __future__ import annotations

from dataclasses import dataclass

from bridges.training.sheet import CHANGES


@dataclass(frozen=True)
class Trouble:
    down: bool = False  # nobody listens on the port
    slow: float = 0  # seconds before every page
    refuse: str = ""  # the department's own words; nothing is kept
    error500: bool | str = False  # True: saving breaks; "pages": every page breaks
    page_changed: str = ""  # one of CHANGES
    commit_after: float | None = None  # the save hangs this long and is kept then, whoever still listens
    half_page: bool = False  # kept, but the answer breaks off
    no_number: bool = False  # kept, says 已受理, no number
    same_number: bool = False  # kept, shows the number of the filing before
    other_person: bool = False  # kept, the receipt names somebody else
    logout: bool | str = False  # once: the session is gone at the next form ("save": at the next save)

    def __post_init__(self) -> None:
        if self.page_changed and self.page_changed not in CHANGES:
            raise ValueError(f"page_changed is one of {', '.join(CHANGES)}, not {self.page_changed!r}")
        if self.error500 not in (False, True, "save", "pages"):
            raise ValueError(f"error500 is true, save or pages, not {self.error500!r}")
        if self.logout not in (False, True, "form", "save"):
            raise ValueError(f"logout is true, form or save, not {self.logout!r}")
