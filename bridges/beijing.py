"""The departments' clock: Beijing time, wherever the machine thinks it is. "Today" in a look-up is their today."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "CST")


def beijing_now() -> datetime:
    return datetime.now(BEIJING)


def beijing_day(seconds: float) -> str:
    """The day in Beijing, ISO, at ``seconds`` since the epoch."""
    return datetime.fromtimestamp(seconds, BEIJING).date().isoformat()
