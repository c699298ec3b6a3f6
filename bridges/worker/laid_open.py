"""A page opened before its filing comes: while the resident signs, not while they wait for the number."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

# An old system may forget a page that stands too long; the filing that follows a signature comes within seconds.
LAID_OPEN_SECONDS = 90.0


@dataclass(frozen=True)
class LaidOpen:
    """`path` and `frame` as the recipe opens it, the `address` it came to, and how many `requests` there had been."""

    path: str
    frame: str | None
    address: str
    requests: int
    at: float = field(default_factory=time.monotonic, compare=False)

    def is_still(self, laid: LaidOpen) -> bool:
        """The same page, nothing asked of the department since, and not too long ago."""
        return self == laid and self.at - laid.at < LAID_OPEN_SECONDS
