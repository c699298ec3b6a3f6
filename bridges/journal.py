"""The journal of filings: who holds a run, what was intended, what came home. The law it keeps is I1, only once.

Its tables stand in the database the window already has. A run is claimed with a lease and a fence number; the intent to
click is one durable transaction that succeeds only for the holder of the newest fence; a settled run never runs again.
Fences cannot stop a click that is on its way, therefore whoever finds an intent without an end must ask the department.
PostgreSQL's own clock is used where there is one (windows' clocks differ); SQLite is one machine, one clock.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Float,
    Select,
    and_,
    create_engine,
    event,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bridges.journal_tables import METADATA as METADATA
from bridges.journal_tables import BridgeAsked, BridgeRun, BridgeStep
from bridges.owner import is_gone as is_gone
from bridges.owner import who_am_i as who_am_i

LEASE_SECONDS = 20.0
State = Literal["running", "parked", "intent", "filed", "refused", "unsure", "not_sent"]
SETTLED: tuple[State, ...] = ("filed", "refused")
# A page in a person's hands is a doubt like a click: whoever finds it so after a crash asks the department.
DOUBTFUL: tuple[State, ...] = ("parked", "intent", "unsure")


@dataclass(frozen=True)
class Claimed:
    """This process may work on the run; every later word carries the fence."""

    fence: int


@dataclass(frozen=True)
class InDoubt:
    """An intent without an end: the click may have happened. Only a look-up may follow."""

    fence: int
    since: float


@dataclass(frozen=True)
class Settled:
    state: State
    number: str
    told: dict[str, Any]


@dataclass(frozen=True)
class Busy:
    owner: str
    until: float


Claim = Claimed | InDoubt | Settled | Busy


def _written(db: Connection, row: Select[str, int, int, str, float]) -> bool:
    """Inserts the row if it still is one. RETURNING, because PostgreSQL's driver counts no rows for INSERT … SELECT."""
    added = insert(BridgeStep).from_select(["key", "fence", "n", "name", "at"], row).returning(BridgeStep.n)
    return len(db.execute(added).all()) == 1


class Journal:
    def __init__(
        self,
        engine: Engine,
        *,
        owner: str | None = None,
        lease: float = LEASE_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._engine, self._owner, self._lease, self._clock = engine, owner or who_am_i(), lease, clock

    def _now(self) -> ColumnElement[float]:
        if self._engine.dialect.name == "postgresql":
            return func.extract("epoch", func.clock_timestamp()).cast(Float(53))
        return literal(self._clock(), Float(53))

    def now(self) -> float:
        with self._engine.connect() as db:
            return float(db.execute(select(self._now())).scalar_one())

    def claim(self, key: str, department: str, item: str) -> Claim:
        """Takes the run, or says why not. A run whose holder is dead or whose lease is over is taken over."""
        try:
            with self._engine.begin() as db:
                now = self._now()
                db.execute(
                    insert(BridgeRun).values(
                        key=key, department=department, item=item, state="running", owner=self._owner,
                        lease=now + self._lease, fence=1, told="{}", began=now,
                    )
                )  # fmt: skip
            return Claimed(1)
        except IntegrityError:
            return self._take_over(key)

    def _take_over(self, key: str) -> Claim:
        with self._engine.connect() as db:
            row = db.execute(
                select(
                    BridgeRun.state, BridgeRun.owner, BridgeRun.lease, BridgeRun.fence, BridgeRun.number,
                    BridgeRun.told, BridgeRun.intended, self._now().label("now"),
                ).where(BridgeRun.key == key)
            ).one()  # fmt: skip
        if row.state in SETTLED:
            return Settled(row.state, row.number or "", json.loads(row.told))
        held = row.state in ("running", "parked", "intent") and row.lease > row.now and row.owner != self._owner
        if held and not is_gone(row.owner):
            return Busy(row.owner, row.lease)
        doubtful = row.state in DOUBTFUL
        with self._engine.begin() as db:
            now = self._now()
            won = db.execute(
                update(BridgeRun)
                .where(BridgeRun.key == key, BridgeRun.fence == row.fence, BridgeRun.state == row.state)
                .values(
                    owner=self._owner,
                    lease=now + self._lease,
                    fence=row.fence + 1,
                    state=row.state if doubtful else "running",
                )
            ).rowcount
        if not won:
            return self._take_over(key)
        return InDoubt(row.fence + 1, row.intended or 0.0) if doubtful else Claimed(row.fence + 1)

    def _mine(self, key: str, fence: int) -> ColumnElement[bool]:
        return and_(BridgeRun.key == key, BridgeRun.fence == fence, BridgeRun.owner == self._owner)

    def renew(self, key: str, fence: int) -> bool:
        with self._engine.begin() as db:
            return bool(
                db.execute(
                    update(BridgeRun).where(self._mine(key, fence)).values(lease=self._now() + self._lease)
                ).rowcount
            )

    def step(self, key: str, fence: int, n: int, name: str) -> bool:
        """One row a step, written only while the fence is ours; False means the run was taken from us."""
        row = select(literal(key), literal(fence), literal(n), literal(name), self._now()).where(
            select(BridgeRun.key).where(self._mine(key, fence)).exists()
        )
        with self._engine.begin() as db:
            return _written(db, row)

    def park(self, key: str, fence: int) -> bool:
        """The durable word before a person gets the page."""
        return self._moved(key, fence, "running", state="parked", intended=self._now())

    def unpark(self, key: str, fence: int) -> bool:
        """The page is back and was judged: surely nothing was sent. Only who parked it may say so."""
        return self._moved(key, fence, "parked", state="running", intended=None)

    def _moved(self, key: str, fence: int, was: State, **now: Any) -> bool:
        rule = (self._mine(key, fence), BridgeRun.state == was)
        with self._engine.begin() as db:
            lease = self._now() + self._lease
            return bool(db.execute(update(BridgeRun).where(*rule).values(lease=lease, **now)).rowcount)

    def intend(self, key: str, fence: int, n: int) -> bool:
        """The durable word before the click. True at most once for a key, whatever dies and whoever restarts."""
        with self._engine.begin() as db:
            now = self._now()
            moved = db.execute(
                update(BridgeRun)
                .where(self._mine(key, fence), BridgeRun.state == "running", BridgeRun.lease > now)
                .values(state="intent", intended=now, lease=now + self._lease)
            ).rowcount
            if not moved:
                return False
            row = select(literal(key), literal(fence), literal(n), literal("intent"), now).where(
                select(BridgeRun.key).where(self._mine(key, fence), BridgeRun.state == "intent").exists()
            )
            return _written(db, row)

    def number_known(self, department: str, number: str, *, but: str) -> bool:
        """True when another filing already brought this number home."""
        with self._engine.connect() as db:
            found = db.execute(
                select(BridgeRun.key).where(
                    BridgeRun.department == department, BridgeRun.number == number, BridgeRun.key != but
                )
            ).first()
        return found is not None

    def settle(
        self, key: str, fence: int, state: State, *, number: str | None = None, told: dict[str, Any] | None = None
    ) -> bool:
        """The end of a run. False when the fence is lost or the number is another filing's: then nothing is written.

        `not_sent` is only accepted while no intent is written: after it, "surely nothing" is not ours to say.
        """
        rule = [self._mine(key, fence), BridgeRun.state.not_in(SETTLED)]
        if state == "not_sent":
            rule.append(BridgeRun.state.not_in(DOUBTFUL))
        try:
            with self._engine.begin() as db:
                now = self._now()
                return bool(
                    db.execute(
                        update(BridgeRun)
                        .where(*rule)
                        .values(state=state, number=number, told=json.dumps(told or {}), ended=now, lease=now)
                    ).rowcount
                )
        except IntegrityError:
            return False

    def submits_within(self, department: str, seconds: float) -> int:
        """How many clicks all windows of this office intended at the department lately."""
        with self._engine.connect() as db:
            rule = (BridgeRun.department == department, BridgeRun.intended > self._now() - seconds)
            return int(db.execute(select(func.count()).select_from(BridgeRun).where(*rule)).scalar_one())

    def may_ask(self, key: str, department: str, *, every: float, per_minute: int) -> bool:
        """Written down before the department is asked what became of a case: True for one window of the office, once
        in `every` seconds. Under a limit one turn of each minute is left for whoever files."""
        with self._engine.connect() as db:
            rule = (BridgeAsked.department == department, BridgeAsked.at > self._now() - 60.0)
            lately = int(db.execute(select(func.count()).select_from(BridgeAsked).where(*rule)).scalar_one())
        if per_minute and lately + self.submits_within(department, 60.0) >= max(1, per_minute - 1):
            return False
        try:
            with self._engine.begin() as db:
                now, mine = self._now(), BridgeAsked.key == key
                if db.execute(update(BridgeAsked).where(mine, BridgeAsked.at <= now - every).values(at=now)).rowcount:
                    return True
                if db.execute(select(BridgeAsked.key).where(mine)).first() is not None:
                    return False
                db.execute(insert(BridgeAsked).values(key=key, department=department, at=now))
                return True
        except IntegrityError:  # another window was faster
            return False

    def in_doubt(self) -> tuple[str, ...]:
        """Keys whose click may have happened and whose end nobody wrote, oldest first."""
        with self._engine.connect() as db:
            rows = db.execute(select(BridgeRun.key).where(BridgeRun.state.in_(DOUBTFUL)).order_by(BridgeRun.began))
            return tuple(row.key for row in rows)


def open_plain(file: Path) -> Journal:
    """A journal of its own in a plain SQLite file, for the command line without a house. It holds no person's data."""
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _durable(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=EXTRA")

    METADATA.create_all(engine)
    return Journal(engine)
