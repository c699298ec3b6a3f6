"""Slow work as values: what the Desk hands out and what comes home.

An errand closes over frozen values only. It runs on the serial lane it names, returns a ``Homecoming`` or raises a
``WindowError``; both come home on the main thread. Only the main thread touches a visit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from window_client.casework.facts import Fact

Tell = Callable[[object], None]
"""Called by the work with progress values (``bridges.filing.Progress``); returns at once."""


@dataclass(frozen=True, slots=True)
class Homecoming:
    """What an errand brings: facts for the ledger, and what only this screen needs (a preview, a list).

    ``visit``: whose facts these are, where the errand itself belongs to no visit. ``afterwards`` is done once the facts
    stand in the ledger: letting go of what would be needed again without them.
    """

    facts: tuple[Fact, ...] = ()
    brought: object = None
    visit: str = ""
    afterwards: Callable[[], None] = field(default=lambda: None, repr=False)


@dataclass(frozen=True, eq=False)
class Errand:
    """Slow work. ``lane``: card | scanner | vault | printer | fates | bridge:<department>; ``says``: a text key.

    ``stop`` is set by the clerk's "stop"; work that can be stopped looks at it, work that cannot ignores it.
    """

    lane: str
    says: str
    visit: str
    work: Callable[[Tell, threading.Event], Homecoming] = field(repr=False)
    case: str = ""
    stop: threading.Event = field(default_factory=threading.Event, repr=False)


HandOut = Callable[[Errand], None]
