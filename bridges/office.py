"""When a department may be filed at, and how often: its office hours and its limit, written in the recipe.

`hours` are the department's own clock (Beijing time). The limit is counted in the journal, so that all windows of an
office that share its database share the limit too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SPAN = re.compile(r"(?:(\w{3})(?:-(\w{3}))? )?(\d\d):(\d\d)-(\d\d):(\d\d)")


def is_open(hours: Sequence[str], now: datetime) -> bool:
    """True without any hours. A span is `Mon-Fri 08:30-17:30`, `Sat 09:00-12:00` or `08:30-17:30` for every day."""
    return not hours or any(_within(span, now) for span in hours)


def _within(span: str, now: datetime) -> bool:
    found = SPAN.fullmatch(span)
    if not found:
        return False
    first, last = found[1] or "Mon", found[2] or (found[1] or "Sun")
    begin, end, today = DAYS.index(first), DAYS.index(last), now.weekday()
    on = begin <= today <= end if begin <= end else today >= begin or today <= end
    minutes = now.hour * 60 + now.minute
    return on and int(found[3]) * 60 + int(found[4]) <= minutes < int(found[5]) * 60 + int(found[6])
