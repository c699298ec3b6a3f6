"""The audit trail: one hash chain a station, each entry written in the transaction of the act it tells of.

Law I8: an act whose entry cannot be written does not happen, and an entry that is edited, removed, added or moved
shows. The plain chain can be verified by anybody; the MAC stops whoever edits the database without the keyset; cutting
off the end is found by anchors, the chain's end noted elsewhere (printed on a voucher, on the day sheet).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from document_vault.shelf.tables import AuditRow, Station
from document_vault.values import Anchor, AuditReport

START = bytes(32)


def canonical(entry: Mapping[str, str | int]) -> str:
    return json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def chained(previous: bytes, entry: str) -> bytes:
    return hashlib.sha256(previous + entry.encode()).digest()


def take_turn(connection: Connection, station: str) -> tuple[int, bytes]:
    """The station's last entry, held until the transaction ends: whoever writes next waits for it.

    It is the first statement of every writing transaction, so SQLite never has to upgrade a reader to a writer.
    """
    touch = update(Station).where(Station.station == station).values(station=station)
    if connection.execute(touch).rowcount == 0:
        try:
            with connection.begin_nested():
                connection.execute(insert(Station).values(station=station, seq=0, hash=START))
        except IntegrityError:  # another program of this station was first
            connection.execute(touch)
    found = connection.execute(select(Station.seq, Station.hash).where(Station.station == station)).one()
    return found.seq, bytes(found.hash)


def write_entries(
    connection: Connection, station: str, end: tuple[int, bytes], entries: Sequence[Mapping[str, str | int]], key: bytes
) -> None:
    seq, last = end
    rows = []
    for entry in entries:
        seq += 1
        text = canonical({**entry, "station": station, "seq": seq})
        last = chained(last, text)
        mac = hmac.digest(key, last, hashlib.sha256)
        rows.append({"station": station, "seq": seq, "entry": text, "hash": last, "mac": mac})
    connection.execute(insert(AuditRow), rows)
    connection.execute(update(Station).where(Station.station == station).values(seq=seq, hash=last))


def anchors(connection: Connection) -> tuple[Anchor, ...]:
    found = connection.execute(select(Station).order_by(Station.station))
    return tuple(Anchor(row.station, row.seq, bytes(row.hash).hex()) for row in found)


def verify(connection: Connection, key: bytes, known: Iterable[Anchor]) -> AuditReport:
    """Walks every chain from its start; ``known`` are anchors noted elsewhere earlier."""
    wrong: list[tuple[str, int, str]] = []
    entries = 0
    wanted = {(anchor.station, anchor.seq): anchor.hash for anchor in known}
    ends = {row.station: (row.seq, bytes(row.hash)) for row in connection.execute(select(Station))}
    reached: dict[str, tuple[int, bytes]] = {}
    walk = select(AuditRow.station, AuditRow.seq, AuditRow.entry, AuditRow.hash, AuditRow.mac)
    for row in connection.execute(walk.order_by(AuditRow.station, AuditRow.seq)).yield_per(1000):
        entries += 1
        seq, last = reached.get(row.station, (0, START))
        if row.seq != seq + 1:
            wrong.append((row.station, row.seq, "gap"))
        true_hash = chained(last, row.entry)
        if true_hash != bytes(row.hash) or not _names_itself(row.entry, row.station, row.seq):
            wrong.append((row.station, row.seq, "hash"))
        if not hmac.compare_digest(hmac.digest(key, true_hash, hashlib.sha256), bytes(row.mac)):
            wrong.append((row.station, row.seq, "mac"))
        if wanted.pop((row.station, row.seq), true_hash.hex()) != true_hash.hex():
            wrong.append((row.station, row.seq, "anchor"))
        reached[row.station] = (row.seq, true_hash)
    nothing = (0, START)
    cut = [one for one in ends.keys() | reached.keys() if ends.get(one, nothing) != reached.get(one, nothing)]
    wrong.extend((station, reached.get(station, nothing)[0], "head") for station in cut)
    wrong.extend((station, seq, "anchor") for station, seq in wanted if seq)
    return AuditReport(entries, tuple(wrong))


def _names_itself(text: str, station: str, seq: int) -> bool:
    try:
        entry = json.loads(text)
        return bool(entry["station"] == station and entry["seq"] == seq)
    except (ValueError, KeyError, TypeError):
        return False
