"""Material granules (材料颗粒): each paper once for all items, how long it counts, who may have it lent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from window_client.casework.conditions import months_after


@dataclass(frozen=True)
class Material:
    """`validity`: `permanent`, `printed` (the date on the paper) or `N months`. `reuse_level`: lowest credit level."""

    kind: str
    name: str
    name_en: str
    validity: str
    reuse_level: str = "B"
    pages: int = 1
    elicence_code: str = ""
    aliases: tuple[str, ...] = ()

    def counts_until(self, issued: date | None, printed: date | None) -> date | None:
        """The last day this paper counts; None means without end or not known (a `printed` one without its date)."""
        match self.validity.split():
            case [months, "months"] if issued is not None:
                return months_after(issued, int(months))
            case ["printed"]:
                return printed
            case _:
                return None
