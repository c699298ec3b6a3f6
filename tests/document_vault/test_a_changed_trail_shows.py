"""The audit trail (D6, I8): edit, delete, insert, exchange, cut, rewrite; each shows, the last two by anchors."""

from __future__ import annotations

import random
import threading

import pytest
import sqlalchemy
from sqlalchemy import Engine, delete, insert, select, update

from document_vault.shelf import trail
from document_vault.shelf.tables import AuditRow, Station
from document_vault.vault import Vault
from tests.document_vault.conftest import ADA, Clock, OpenVault
from tests.document_vault.test_a_document_is_kept_once_and_lent_by_consent import agree, keep


def a_day(vault: Vault, clock: Clock, acts: int = 6) -> None:
    ada = vault.holder_of(ADA)
    for number in range(acts):
        document = keep(vault, ada, f"page {number}".encode() * 9)
        agree(vault, clock, ada, document)


def test_every_change_of_an_entry_shows(vault: Vault, engine: Engine, clock: Clock) -> None:
    a_day(vault, clock)
    assert vault.verify_audit().ok
    dice, unseen = random.Random(3), 0
    with engine.connect() as connection:
        rows = [dict(row._mapping) for row in connection.execute(select(*AuditRow.__table__.c).order_by(AuditRow.seq))]
    spoilers = (_edit, _delete, _exchange, _insert)
    for _ in range(40):
        with engine.connect() as connection, connection.begin() as change:
            dice.choice(spoilers)(connection, rows, dice)
            unseen += trail.verify(connection, vault._room.keyset.derive("audit"), ()).ok
            change.rollback()
    assert unseen == 0
    assert vault.verify_audit().ok


def _at(row: dict[str, object]) -> sqlalchemy.ColumnElement[bool]:
    return (AuditRow.station == row["station"]) & (AuditRow.seq == row["seq"])


def _edit(connection: sqlalchemy.Connection, rows: list[dict[str, object]], dice: random.Random) -> None:
    row = dice.choice(rows)
    connection.execute(
        update(AuditRow).where(_at(row)).values(entry=str(row["entry"]).replace("clerk07", "clerk08") + " ")
    )


def _delete(connection: sqlalchemy.Connection, rows: list[dict[str, object]], dice: random.Random) -> None:
    connection.execute(delete(AuditRow).where(_at(dice.choice(rows))))


def _exchange(connection: sqlalchemy.Connection, rows: list[dict[str, object]], dice: random.Random) -> None:
    one, two = dice.sample(rows, 2)
    for row, other in ((one, two), (two, one)):
        connection.execute(
            update(AuditRow).where(_at(row)).values(entry=other["entry"], hash=other["hash"], mac=other["mac"])
        )


def _insert(connection: sqlalchemy.Connection, rows: list[dict[str, object]], dice: random.Random) -> None:
    last = rows[-1]
    connection.execute(insert(AuditRow).values(**{**last, "seq": int(str(last["seq"])) + 1}))


def _rewritten(connection: sqlalchemy.Connection, keep_first: int, key: bytes, changed: bool) -> None:
    """The end of the chain cut off, or written anew with right hashes, and the chain's end set to match."""
    rows = connection.execute(select(AuditRow.seq, AuditRow.entry, AuditRow.hash).order_by(AuditRow.seq)).all()
    connection.execute(delete(AuditRow).where(AuditRow.seq > keep_first))
    last = next((bytes(row.hash) for row in rows if row.seq == keep_first), trail.START)
    connection.execute(update(Station).values(seq=keep_first, hash=last))
    if changed:
        entries: list[dict[str, str | int]] = [
            {"act": "nothing happened", "actor": "x", "at": 0} for row in rows if row.seq > keep_first
        ]
        trail.write_entries(connection, "03", (keep_first, last), entries, key)


@pytest.mark.parametrize("changed", [False, True], ids=["cut", "rewritten"])
def test_a_cut_or_rewritten_end_is_found_by_an_anchor(
    vault: Vault, engine: Engine, clock: Clock, changed: bool
) -> None:
    a_day(vault, clock)
    noted = vault.anchors()  # printed on a voucher, on the day sheet
    key = vault._room.keyset.derive("audit")
    seen = alone = 0
    trials = range(1, noted[0].seq, 2)
    for keep_first in trials:
        with engine.connect() as connection, connection.begin() as change:
            _rewritten(connection, keep_first, key, changed)
            alone += not trail.verify(connection, key, ()).ok
            seen += not trail.verify(connection, key, noted).ok
            change.rollback()
    assert seen == len(trials)
    assert alone == 0, "negative control: the chain alone, rewritten by somebody with the key, looks right"


def test_rewriting_without_the_keyset_shows_even_without_anchor(vault: Vault, engine: Engine, clock: Clock) -> None:
    a_day(vault, clock)
    with engine.connect() as connection, connection.begin() as change:
        _rewritten(connection, 3, b"a guessed key" * 3, changed=True)
        report = trail.verify(connection, vault._room.keyset.derive("audit"), ())
        change.rollback()
    assert {what for _, _, what in report.wrong} == {"mac"}


def test_many_windows_write_one_trail_each_without_gaps(open_vault: OpenVault) -> None:
    """Two programs of one station and one of another, at the same time."""
    vaults = [open_vault("03"), open_vault("03"), open_vault("04")]
    ada = vaults[0].holder_of(ADA)
    troubles: list[BaseException] = []

    def work(number: int, vault: Vault) -> None:
        try:
            for n in range(8):
                keep(vault, ada, f"{number} {n}".encode() * 50)
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(vaults)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    report = vaults[0].verify_audit()
    assert report.ok
    assert report.entries == 1 + 24
    assert {anchor.station: anchor.seq for anchor in vaults[0].anchors()} == {"03": 17, "04": 8}


def test_the_same_page_at_many_windows_is_one_document(open_vault: OpenVault) -> None:
    vaults = [open_vault(f"{n:02}") for n in range(4)]
    ada = vaults[0].holder_of(ADA)
    kept: list[str] = []
    together = threading.Barrier(len(vaults))

    def work(vault: Vault) -> None:
        for n in range(5):
            together.wait()
            kept.append(keep(vault, ada, f"the same {n}".encode() * 400))

    threads = [threading.Thread(target=work, args=(vault,)) for vault in vaults]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 20
    assert len(set(kept)) == 5
    assert len(vaults[0].list(ada)) == 5
    assert vaults[0].check("full").ok, "the losers' objects are gone"


def test_an_act_whose_entry_cannot_be_written_does_not_happen(
    vault: Vault, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = vault.holder_of(ADA)
    document = keep(vault, ada)
    consent = agree(vault, clock, ada, document)
    uses = vault.who_used(ada)

    def cannot(*_: object) -> None:
        raise sqlalchemy.exc.OperationalError("insert", {}, Exception("disk is full"))

    monkeypatch.setattr(trail, "write_entries", cannot)
    with pytest.raises(Exception, match="disk_full"):
        vault.lend(document, consent=consent, purpose="canlian.subsidy", case="V1-2", actor="c")
    monkeypatch.undo()
    assert vault.who_used(ada) == uses
