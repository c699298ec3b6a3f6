"""The centre's own book of how its vouchers stand, and the status lists it publishes from it (laws I2, I5, I8).

Every voucher gets a place in a list when it is issued, drawn by lot, so that a list says nothing about the order in
which people came. A change of state is a row of its own with its reason and actor; nothing is overwritten. Revoked and
redeemed are final. A published list is kept with its version: the same state published again is the same version until
its day is over, and a version never goes back.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from printing import status
from printing.endorsement import STATUS_LIST as STATUS_PAPER
from printing.endorsement import read
from printing.errors import StatusWrong, UnknownVoucher
from printing.files import write_private
from printing.register import STANDING, STANDING_CHANGE, STATUS_LIST
from printing.seal import Seal
from printing.status import LIFE, MOST, State, StatusList
from printing.status_fetch import file_name

FULL: Final = MOST // 2  # beyond this lots are drawn twice too often; the next list begins
FINAL: Final = ("revoked", "redeemed")


@dataclass(frozen=True)
class Change:
    number: str
    seq: int
    state: str
    reason: str
    actor: str
    at: datetime


class StatusBook:
    """`issuer`: the centre's code, which begins every address of its lists."""

    def __init__(self, engine: Engine, issuer: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._issuer = issuer
        self._clock = clock

    def place_of(self, number: str) -> tuple[str, int] | None:
        with self._engine.connect() as connection:
            row = connection.execute(
                select(STANDING.c.list, STANDING.c.place).where(STANDING.c.number == number)
            ).one_or_none()
        return None if row is None else (str(row[0]), int(row[1]))

    def place_for(self, number: str) -> tuple[str, int]:
        """The voucher's place, drawn now if it has none; a second window that asks at once gets the same."""
        for _ in range(64):
            found = self.place_of(number)
            if found is not None:
                return found
            try:
                with self._engine.begin() as connection:
                    row = {"list": self._open_list(connection), "place": secrets.randbelow(MOST)}
                    connection.execute(insert(STANDING).values(number=number, state="in_force", successor="", **row))
            except IntegrityError:  # the place is taken, or another window was faster with this number
                continue
        raise StatusWrong(reason="no_place")

    def state_of(self, number: str) -> tuple[State, str]:
        """(state, number of the correcting voucher or "")."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(STANDING.c.state, STANDING.c.successor).where(STANDING.c.number == number)
            ).one_or_none()
        if row is None:
            raise UnknownVoucher(number=number)
        return row[0], str(row[1])

    def change(self, number: str, state: State, reason: str, actor: str, successor: str = "") -> None:
        """UnknownVoucher; StatusWrong with reason no_reason, final (revoked or redeemed before), same."""
        if not reason.strip():
            raise StatusWrong(reason="no_reason", number=number)
        with self._engine.begin() as connection:
            row = connection.execute(
                select(STANDING.c.state).where(STANDING.c.number == number).with_for_update()
            ).one_or_none()
            if row is None:
                raise UnknownVoucher(number=number)
            if row[0] in FINAL:
                raise StatusWrong(reason="final", number=number)
            if row[0] == state:
                raise StatusWrong(reason="same", number=number)
            last = connection.scalar(select(func.max(STANDING_CHANGE.c.seq)).where(STANDING_CHANGE.c.number == number))
            connection.execute(
                insert(STANDING_CHANGE).values(
                    number=number,
                    seq=(last or 0) + 1,
                    state=state,
                    reason=reason.strip()[:400],
                    actor=actor[:80],
                    at=int(self._clock().timestamp()),
                )
            )
            connection.execute(
                update(STANDING).where(STANDING.c.number == number).values(state=state, successor=successor)
            )

    def history(self, number: str) -> tuple[Change, ...]:
        wish = select(STANDING_CHANGE).where(STANDING_CHANGE.c.number == number).order_by(STANDING_CHANGE.c.seq)
        with self._engine.connect() as connection:
            return tuple(
                Change(row.number, row.seq, row.state, row.reason, row.actor, datetime.fromtimestamp(row.at, UTC))
                for row in connection.execute(wish)
            )

    def addresses(self) -> tuple[str, ...]:
        with self._engine.connect() as connection:
            found = connection.scalars(select(STANDING.c.list).distinct().order_by(STANDING.c.list)).all()
        return tuple(found) or (self._address(1),)

    def publish(self, address: str, seal: Seal) -> bytes:
        """The signed list as it stands now: the kept paper while nothing changed and half its day is left."""
        now = self._clock()
        with self._engine.begin() as connection:
            fresh = self._now(connection, address, now)
            last = connection.execute(
                select(STATUS_LIST).where(STATUS_LIST.c.list == address).order_by(STATUS_LIST.c.version.desc()).limit(1)
            ).one_or_none()
            if last is not None:
                known = StatusList.decode(read(last.paper, STATUS_PAPER).content)
                same = (known.bits, known.replaced) == (fresh.bits, fresh.replaced)
                if same and now < known.issued + LIFE / 2:
                    return bytes(last.paper)
            version = 1 if last is None else last.version + 1
            made = StatusList(address, now, LIFE, fresh.bits, version, fresh.replaced)
            paper = made.signed(seal)
            connection.execute(
                insert(STATUS_LIST).values(list=address, version=version, issued_at=int(now.timestamp()), paper=paper)
            )
        return paper

    def publish_all(self, folder: Path, seal: Seal) -> tuple[Path, ...]:
        """Every list as it stands now, as files in `folder`."""
        made = []
        for address in self.addresses():
            path = folder / file_name(address)
            write_private(path, self.publish(address, seal))
            made.append(path)
        return tuple(made)

    def _now(self, connection: Connection, address: str, now: datetime) -> StatusList:
        rows = connection.execute(
            select(STANDING.c.place, STANDING.c.state, STANDING.c.successor).where(
                STANDING.c.list == address, STANDING.c.state != "in_force"
            )
        ).all()
        states: dict[int, State] = {row.place: row.state for row in rows}
        replaced = tuple(sorted((row.place, row.successor) for row in rows if row.successor))
        return StatusList(address, now, LIFE, status.pack(states, MOST), 1, replaced)

    def _open_list(self, connection: Connection) -> str:
        """The newest list that still has room."""
        rows = connection.execute(select(STANDING.c.list, func.count()).group_by(STANDING.c.list)).all()
        if not rows:
            return self._address(1)
        newest, count = max(rows, key=lambda row: int(row[0].rsplit("/", 1)[1]))
        return str(newest) if count < FULL else self._address(int(newest.rsplit("/", 1)[1]) + 1)

    def _address(self, n: int) -> str:
        return f"{self._issuer}/{n}"
