"""Where we are: the window, its clerk, its centre. Given by assembly from the settings, the same for a whole day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Station:
    """``code``: centre code (region code + two digits); ``window``: two digits; ``clerk``: clerk's number."""

    centre: str
    centre_en: str
    code: str
    window: str
    clerk: str
    clerk_name: str
    notices: tuple[str, ...] = ()
    notices_en: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The station as it stands in the ledger."""
        return f"{self.code}-{self.window}"
