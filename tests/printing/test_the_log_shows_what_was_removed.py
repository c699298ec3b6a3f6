"""Laws I5, I8: what was signed stays in the log; a statement taken out, changed or put in behind its back shows.

The tree is compared with one written straight from RFC 9162's recursive definition, on random sizes.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, update

import resources
from printing import attachments, log_proof
from printing.books import Books
from printing.errors import StatusWrong, UnknownVoucher
from printing.issue_log import IssueLog
from printing.press import Press
from printing.printers.folder import FolderPrinter
from printing.register import LOG_CHECKPOINT, LOG_NODE, METADATA, VOUCHER, Register
from printing.status import StatusLists
from printing.status_book import StatusBook
from printing.verify import verify
from tests.printing.conftest import HOST, NOW, receipt
from tests.printing.realm import ISSUER, Realm, realm


def _naive(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162 §2.1.1, on leaf hashes."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    return hashlib.sha256(b"\x01" + _naive(leaves[:cut]) + _naive(leaves[cut:])).digest()


def _leaves(count: int) -> list[bytes]:
    return [log_proof.leaf(n.to_bytes(4, "big")) for n in range(count)]


@given(st.integers(1, 70), st.data())
def test_proofs_hold_for_what_they_prove_and_nothing_else(size: int, data: st.DataObject) -> None:
    leaves = _leaves(size)
    root = log_proof.tree_root(leaves)
    assert root == _naive(leaves)
    place = data.draw(st.integers(0, size - 1))
    path = log_proof.inclusion(place, leaves)
    assert log_proof.root_from_inclusion(place, size, leaves[place], path) == root
    other = data.draw(st.integers(0, 80))
    if other != place:
        assert log_proof.root_from_inclusion(other, size, leaves[place], path) != root
    assert log_proof.root_from_inclusion(place, size, log_proof.leaf(b"another"), path) != root
    assert log_proof.root_from_inclusion(place, size, leaves[place], [*path, bytes(32)]) is None
    before = data.draw(st.integers(1, size))
    grown = log_proof.consistency(before, leaves)
    old = _naive(leaves[:before])
    assert log_proof.is_consistent(before, old, size, root, grown)
    if before < size:
        assert not log_proof.is_consistent(before, bytes(32), size, root, grown)
        assert not log_proof.is_consistent(before, old, size, bytes(32), grown)
        assert not log_proof.is_consistent(before, old, size, root, [*grown, bytes(32)])


@pytest.fixture(scope="module")
def ours() -> Realm:
    return realm()


@pytest.fixture
def log(engine: Engine, ours: Realm) -> IssueLog:
    METADATA.create_all(engine)
    return IssueLog(engine, ours.seals["log"], ISSUER, lambda: NOW)


def test_the_stored_tree_is_the_tree(log: IssueLog, ours: Realm, engine: Engine) -> None:
    statements = [n.to_bytes(4, "big") * 30 for n in range(11)]
    proofs = [log.append(f"N{n}", 0, each) for n, each in enumerate(statements)]
    for proof, each in zip(proofs, statements, strict=True):
        assert log_proof.proven_at(proof, each, ISSUER, ours.trust) == NOW
        assert log_proof.proven_at(proof, each + b"x", ISSUER, ours.trust) is None
        assert log_proof.proven_at(proof, each, "110101001", ours.trust) is None, "another centre's log proves nothing"
        again = log.proof(each)
        assert again is not None
        assert log_proof.proven_at(again, each, ISSUER, ours.trust) == NOW
    assert log.proof(b"never signed") is None
    point = log_proof.read_checkpoint(log.checkpoint(), ours.trust)
    assert (point.size, point.root) == (11, _naive([log_proof.leaf(each) for each in statements]))
    old = _naive([log_proof.leaf(each) for each in statements[:5]])
    assert log_proof.is_consistent(5, old, 11, point.root, log.consistency(5))
    assert log.audit(ours.trust).ok
    assert log.audit(ours.trust).unreleased == 11, "signed, and never registered as released"


def test_two_windows_write_at_once(engine: Engine, ours: Realm) -> None:
    METADATA.create_all(engine)
    logs = [IssueLog(engine, ours.seals["log"], ISSUER, lambda: NOW) for _ in range(2)]
    windows = [
        threading.Thread(target=lambda n=n: [logs[n].append(f"{n}-{i}", 0, bytes((n, i)) * 50) for i in range(8)])
        for n in range(2)
    ]
    for window in windows:
        window.start()
    for window in windows:
        window.join(90)
    report = logs[0].audit(ours.trust)
    assert (report.leaves, report.breaks) == (16, ())


def _break(engine: Engine, how: object) -> None:
    with engine.begin() as connection:
        connection.execute(how)  # type: ignore[call-overload]


def test_whoever_changes_the_log_shows(log: IssueLog, ours: Realm, engine: Engine) -> None:
    for n in range(6):
        log.append(f"N{n}", 0, bytes((n,)) * 100)
    at = (LOG_NODE.c.level == 0) & (LOG_NODE.c.place == 2)
    _break(engine, update(LOG_NODE).where(at).values(hash=bytes(32)))
    found = {each.why for each in log.audit(ours.trust).breaks}
    assert found == {"node_wrong", "checkpoint_wrong"}
    _break(engine, delete(LOG_NODE).where(LOG_NODE.c.level == 0, LOG_NODE.c.place == 5))
    assert "log_shorter" in {each.why for each in log.audit(ours.trust).breaks}
    paper = ours.seals["ES256"]
    forged = log_proof.Checkpoint(log.name, 3, bytes(32), NOW).signed(paper)
    _break(engine, update(LOG_CHECKPOINT).where(LOG_CHECKPOINT.c.size == 1).values(paper=forged))
    assert "checkpoint_unsigned" in {each.why for each in log.audit(ours.trust).breaks}


class _Desk:
    """A press with both books on a database."""

    def __init__(self, engine: Engine, ours: Realm, room: object) -> None:
        METADATA.create_all(engine)
        self.now = NOW
        self.ours = ours
        self.books = Books(
            StatusBook(engine, ISSUER, self.clock), IssueLog(engine, ours.seals["log"], ISSUER, self.clock)
        )
        self.press = Press(
            ours.seals["ES256"], Register(engine), resources.layouts_dir(), HOST, room,  # type: ignore[arg-type]
            printers=(FolderPrinter(room),), clock=self.clock, books=self.books,  # type: ignore[arg-type]
        )  # fmt: skip

    def clock(self) -> datetime:
        return self.now

    def code(self, pdf: bytes) -> tuple[str, tuple[str, ...]]:
        papers = [self.books.status.publish(each, self.ours.seals["status"]) for each in self.books.status.addresses()]
        lists = StatusLists.of(papers, self.ours.trust)
        found = verify(pdf, self.ours.trust, now=self.now, status=lists)
        return found.code, found.notes


def test_a_correction_ends_what_it_replaces(engine: Engine, ours: Realm, tmp_path: object) -> None:
    desk = _Desk(engine, ours, tmp_path)
    first = desk.press.issue(receipt("R1", items=1))
    assert desk.code(first.pdf) == ("VALID", ("demo", "logged"))
    with pytest.raises(UnknownVoucher):
        desk.press.issue(receipt("R9", items=1, replaces="nobody", correction="x"))
    second = receipt("R2", items=1, replaces="R1", correction="受理编号有误")
    made = desk.press.issue(second)
    assert desk.press.issue(second).statement == made.statement, "a second try after a power cut gives the same one"
    assert desk.code(first.pdf)[0] == "SUPERSEDED"
    assert desk.code(made.pdf) == ("VALID", ("corrects", "demo", "logged"))
    found = verify(made.pdf, ours.trust, now=NOW)
    assert (found.replaces, found.fields["correction"]) == ("R1", "受理编号有误")
    assert [(one.state, one.reason) for one in desk.books.status.history("R1")] == [("revoked", "受理编号有误")]
    with pytest.raises(StatusWrong):
        desk.press.issue(receipt("R3", items=1, replaces="R1", correction="又错了"))
    again = desk.press.reprint("R2", "污损")
    assert verify(again.pdf, ours.trust, now=NOW).replaces == "R1"


def test_an_issue_behind_the_logs_back_shows_in_the_audit(engine: Engine, ours: Realm, tmp_path: object) -> None:
    desk = _Desk(engine, ours, tmp_path)
    issued = desk.press.issue(receipt("R1", items=1))
    proof = attachments.found(issued.pdf)[log_proof.ATTACHMENT]
    assert log_proof.proven_at(proof, issued.statement, ISSUER, ours.trust) == NOW
    assert desk.books.log.audit(ours.trust).ok
    quiet = Press(ours.seals["ES256"], Register(engine), resources.layouts_dir(), HOST, tmp_path, clock=desk.clock)  # type: ignore[arg-type]
    quiet.issue(receipt("R2", items=1))
    report = desk.books.log.audit(ours.trust)
    assert [(each.why, each.where) for each in report.breaks] == [("leaf_missing", "R2/0")]
    with engine.begin() as connection:
        connection.execute(delete(VOUCHER).where(VOUCHER.c.number == "R2"))
    assert desk.books.log.audit(ours.trust).ok


def test_a_house_that_had_no_log_adopts_what_it_issued(engine: Engine, ours: Realm, tmp_path: object) -> None:
    desk = _Desk(engine, ours, tmp_path)
    quiet = Press(ours.seals["ES256"], Register(engine), resources.layouts_dir(), HOST, tmp_path, clock=desk.clock)  # type: ignore[arg-type]
    quiet.issue(receipt("R1", items=1))
    assert desk.books.log.adopt() == 1
    assert desk.books.log.adopt() == 0, "only ever of an empty log"
    assert desk.books.log.audit(ours.trust).ok


def test_a_lost_keys_voucher_is_saved_by_its_proof(engine: Engine, ours: Realm, tmp_path: object) -> None:
    """Negative control: the same voucher without its proof cannot be told from one made by the thief."""
    desk = _Desk(engine, ours, tmp_path)
    issued = desk.press.issue(receipt("R1", items=1))
    later = NOW + timedelta(days=3)
    lost = tuple(replace(key, compromised_since=NOW + timedelta(days=1)) for key in ours.trust.keys if key.use != "log")
    logs = tuple(key for key in ours.trust.keys if key.use == "log")
    known = replace(ours.trust, keys=lost + logs)
    assert verify(issued.pdf, known, now=later).code in ("VALID", "VALID_NO_STATUS")
    assert verify(issued.qr_text, known, now=later).code == "KEY_COMPROMISED_UNPROVEN"
