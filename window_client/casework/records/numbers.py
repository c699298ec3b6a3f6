"""Visit numbers: one counter a window and day, taken in a transaction of its own. Gaps happen, twins never."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, update

from window_client.casework.records.rows import insert_new
from window_client.casework.records.tables import CounterRow


def take_number(db: Connection, window: str, on: date) -> int:
    insert_new(db, CounterRow, {"window": window, "day": on, "last": 0})
    counted = update(CounterRow).where(CounterRow.window == window, CounterRow.day == on)
    return db.scalars(counted.values(last=CounterRow.last + 1).returning(CounterRow.last)).one()
