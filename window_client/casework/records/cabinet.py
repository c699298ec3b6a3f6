"""The cabinet: facts go in for good, whole, in order, and come out as they went in.

Laws:

* I3: facts, chain and case table are one transaction; a case is whole or absent.
* B11: an append names the length it was decided on; whoever was slower gets `Overtaken`, nothing of theirs is written.
* B7: each append carries an operation id. When the connection is lost while committing, the ledger itself is asked.
* I8: one hash chain a station over exactly the bytes that rest; sealed bodies are sealed before they are hashed, so a
  forgotten resident leaves the chain whole.
* Private facts are sealed under their resident's key, bound to visit, place and kind: they cannot change places.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from window_client.casework import facts as f
from window_client.casework.catalogue import Catalogue
from window_client.casework.errors import Overtaken, WindowError
from window_client.casework.ledger import Break, ChainReport, Head, Link, first_break, link_hash
from window_client.casework.records import coding
from window_client.casework.records.case_table import follow, forget_person
from window_client.casework.records.day_book import CaseRow, Words, look_up, undecided
from window_client.casework.records.numbers import take_number
from window_client.casework.records.rows import ENTRY_COLUMNS, link_of, lock_head, lock_visit, set_head
from window_client.casework.records.tables import EntryRow, HeadRow, VisitRow
from window_client.casework.records.trouble import is_lost, reading, window_error, writing

Seal = Callable[[str, bytes, bytes], bytes]
Clock = Callable[[], datetime]
_BATCH = 500


@dataclass(frozen=True)
class _Written:
    """A fact ready for the ledger: encoded, and sealed where it is private."""

    fact: f.Fact
    kind: str
    holder: str
    body: bytes = field(repr=False)


class Cabinet:
    """`seal`/`unseal` take (holder, bytes, context). `index_key` makes full names findable without storing them."""

    def __init__(
        self,
        engine: Engine,
        station: str,
        seal: Seal,
        unseal: Seal,
        clock: Clock,
        *,
        catalogue: Catalogue | None = None,
        index_key: bytes | None = None,
    ) -> None:
        self._engine = engine
        self._station = station
        self._seal = seal
        self._unseal = unseal
        self._clock = clock
        self._words = Words(catalogue, index_key)

    # -- writing -------------------------------------------------------------------------------------------------

    def append(self, visit: str, facts: Sequence[f.Fact], *, expected: int, actor: str) -> int:
        """The new length. `Overtaken` when it is not `expected` long. With any `WindowError` nothing was written."""
        if not facts:
            return expected
        operation = uuid.uuid4().hex
        ready = self._prepared(visit, facts, expected)
        try:
            with writing(self._engine) as db:
                self._write(db, visit, ready, expected, actor, operation)
        except IntegrityError as failure:
            found = self._length(visit)
            raise (window_error(failure) if found == expected else Overtaken(visit, expected, found)) from None
        except SQLAlchemyError as failure:
            if not (is_lost(failure) and self._happened(visit, expected + 1, operation)):
                raise window_error(failure) from None
        return expected + len(facts)

    def _prepared(self, visit: str, facts: Sequence[f.Fact], expected: int) -> list[_Written]:
        """Sealed before the transaction begins: the vault reads the same database and must not wait for us."""
        holder = self._holder(visit) if any(fact.private for fact in facts) else ""
        ready: list[_Written] = []
        for seq, fact in enumerate(facts, expected + 1):
            kind, body = coding.kind_of(fact), coding.encode(fact)
            if isinstance(fact, f.ResidentIdentified):
                holder = fact.holder
            if not fact.private:
                ready.append(_Written(fact, kind, "", body))
                continue
            if not holder:
                raise WindowError("casework.nobody_identified", kind=kind)
            ready.append(_Written(fact, kind, holder, self._seal(holder, body, _context(visit, seq, kind))))
        return ready

    def _write(
        self, db: Connection, visit: str, ready: Sequence[_Written], expected: int, actor: str, operation: str
    ) -> None:
        head = lock_head(db, self._station)
        found = lock_visit(db, visit)
        if found != expected:
            raise Overtaken(visit, expected, found)
        at = self._clock()
        moment = at.isoformat(timespec="microseconds")
        for seq, one in enumerate(ready, expected + 1):
            link = Link(
                self._station,
                head.position + 1,
                visit,
                seq,
                moment,
                actor,
                one.kind,
                one.holder,
                operation,
                one.body,
                head.hash,
            )
            head.position, head.hash = link.position, link_hash(link)
            columns = {name: getattr(link, name) for name in ENTRY_COLUMNS}
            db.execute(insert(EntryRow).values({**columns, "hash": head.hash}))
        follow(db, self._words, self._station, visit, [one.fact for one in ready], expected, at)
        set_head(db, head)

    def next_visit_number(self, window: str, on: date) -> str:
        """`V20261121-03-0001`: never given twice, whoever asks."""
        try:
            with writing(self._engine) as db:
                serial = take_number(db, window, on)
        except SQLAlchemyError as failure:
            raise window_error(failure) from None
        return f"V{on:%Y%m%d}-{window}-{serial:04d}"

    def forget(self, holder: str) -> None:
        """Take a resident's masked name and its marks out of the searchable tables; the ledger stays as it is."""
        try:
            with writing(self._engine) as db:
                forget_person(db, self._words, holder)
        except SQLAlchemyError as failure:
            raise window_error(failure) from None

    # -- reading -------------------------------------------------------------------------------------------------

    def facts(self, visit: str) -> tuple[f.Entry, ...]:
        """Everything that happened in a visit, in order; empty when there is no such visit."""
        with reading(self._engine) as db:
            rows = db.execute(select(EntryRow.__table__).where(EntryRow.visit == visit).order_by(EntryRow.seq)).all()
        return tuple(self._entry(link_of(row)) for row in rows)

    def _entry(self, link: Link) -> f.Entry:
        body = link.body
        if link.holder:
            body = self._unseal(link.holder, body, _context(link.visit, link.seq, link.kind))
        fact = coding.decode(link.kind, body).fact
        return f.Entry(link.visit, link.seq, datetime.fromisoformat(link.at), link.actor, fact)

    def open_visits(self) -> tuple[str, ...]:
        """Visits of this station that are not closed, the oldest first."""
        with reading(self._engine) as db:
            question = select(VisitRow.number).where(VisitRow.closed_at.is_(None), VisitRow.station == self._station)
            return tuple(db.scalars(question.order_by(VisitRow.opened_at, VisitRow.number)))

    def day_book(
        self,
        *,
        day: date | None = None,
        words: str = "",
        state: str | None = None,
        status: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[CaseRow, ...]:
        """Cases, the newest first, that hold every one of `words` (names, pinyin initials, numbers)."""
        with reading(self._engine) as db:
            return look_up(db, self._words, day, words, state, limit, offset, status)

    def undecided(self, since: date) -> tuple[CaseRow, ...]:
        """Filed cases of this station, opened on `since` or later, whose fate is still open."""
        with reading(self._engine) as db:
            return undecided(db, self._station, since)

    def links(self, station: str, after: int = 0) -> Iterator[Link]:
        """The entries of a chain as they rest, sealed ones sealed: for export and for checking."""
        while True:
            with reading(self._engine) as db:
                question = select(EntryRow.__table__).where(EntryRow.station == station, EntryRow.position > after)
                rows = db.execute(question.order_by(EntryRow.position).limit(_BATCH)).all()
            yield from (link_of(row) for row in rows)
            if len(rows) < _BATCH:
                return
            after = rows[-1].position

    def heads(self) -> tuple[Head, ...]:
        """Where each station's chain ends now: what is worth keeping outside this machine."""
        with reading(self._engine) as db:
            rows = db.execute(select(HeadRow.station, HeadRow.position, HeadRow.hash).order_by(HeadRow.station)).all()
        return tuple(Head(row.station, row.position, bytes(row.hash).hex()) for row in rows)

    def verify_chain(self, known: Sequence[Head] = ()) -> ChainReport:
        """Every chain from its first entry; `known` are heads kept elsewhere, which also show a cut-off end."""
        heads = {head.station: head for head in self.heads()}
        with reading(self._engine) as db:
            written = set(db.scalars(select(EntryRow.station).distinct()))
        counted, breaks = 0, []
        for station in sorted(written | set(heads) | {head.station for head in known}):
            end = heads.get(station, Head(station, 0, ""))
            wanted = {head.position: head.hash for head in (end, *known) if head.station == station and head.position}
            links = _Counting(self.links(station))
            broken = first_break(links, wanted)
            counted += links.count
            if broken is None and links.count != end.position:
                broken = Break(station, min(links.count, end.position) + 1, "cut_off")
            if broken is not None:
                breaks.append(replace(broken, station=station))
        return ChainReport(counted, tuple(heads.values()), tuple(breaks))

    # -- inside --------------------------------------------------------------------------------------------------

    def _holder(self, visit: str) -> str:
        with reading(self._engine) as db:
            return db.scalar(select(VisitRow.holder).where(VisitRow.number == visit)) or ""

    def _length(self, visit: str) -> int:
        with reading(self._engine) as db:
            return db.scalar(select(VisitRow.length).where(VisitRow.number == visit)) or 0

    def _happened(self, visit: str, seq: int, operation: str) -> bool:
        """After a lost connection: is our first entry there? Then all are, they came in one transaction."""
        with reading(self._engine) as db:
            question = select(EntryRow.operation).where(EntryRow.visit == visit, EntryRow.seq == seq)
            return db.scalar(question) == operation


class _Counting:
    def __init__(self, links: Iterator[Link]) -> None:
        self._links = links
        self.count = 0

    def __iter__(self) -> Iterator[Link]:
        for link in self._links:
            self.count += 1
            yield link


def _context(visit: str, seq: int, kind: str) -> bytes:
    return f"onewindow ledger/{visit}/{seq}/{kind}".encode()
