"""Laws I5, I10: a trust list counts when enough different roots signed it and nobody has seen a newer one.

Negative controls: a reader that trusts the content alone takes a list that nobody signed; one without a memory takes
yesterday's list, in which a lost key was still good.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import cbor2
import pytest

from printing import ceremony, keys, local_trust, qr, statement, trust
from printing.endorsement import Endorsed, EndorsementWrong
from printing.errors import KeyFileWrong, TrustListWrong
from printing.inquiry import Papers
from printing.root import Root, RootChain
from printing.trust import TrustList
from printing.trust_memory import TrustMemory
from printing.verify import verify
from tests.printing.conftest import KEK, receipt
from tests.printing.realm import HOST, ISSUER, NOW, Realm, realm, steady_seal


@pytest.fixture(scope="module")
def ours() -> Realm:
    return realm()


@pytest.fixture(scope="module")
def text(ours: Realm) -> str:
    payload = statement.pack(receipt(), ISSUER, 1, identity=bytes(12))
    return qr.text_of(statement.seal_payload(ours.seals["ES256"], payload), HOST)


def _reason(content: bytes) -> str:
    with pytest.raises(TrustListWrong) as told:
        trust.from_bytes(content)
    return told.value.detail["reason"]


def test_two_of_three_and_different_ones(ours: Realm) -> None:
    paper = ours.signed(ours.trust, by=1)
    assert len(paper.signatures) == 1
    raw = cbor2.dumps(["onewindow-trust-1", [each.encode() for each in ours.chain.papers], paper.encode()])
    assert _reason(raw) == "too_few_signatures"
    twice = Endorsed(paper.kind, paper.content, paper.signatures * 2)
    again = cbor2.dumps(["onewindow-trust-1", [each.encode() for each in ours.chain.papers], twice.encode()])
    assert _reason(again) == "too_few_signatures", "one key twice is one key"
    for pair in ((0, 1), (0, 2), (1, 2)):
        made = ours.trust.draft()
        for n in pair:
            made = made.endorsed(ours.roots[n])
        assert trust.from_bytes(trust.to_bytes(ours.chain, made)) == ours.trust
    by_issuer = ours.trust.draft().endorsed(ours.seals["ES256"]).endorsed(ours.roots[0])
    with pytest.raises(TrustListWrong):
        trust.to_bytes(ours.chain, by_issuer)


def test_the_naive_reader_takes_a_list_nobody_signed(ours: Realm) -> None:
    stranger = steady_seal("a stranger")
    record = keys.record_for(stranger.public, "ES256", ISSUER, "幸福区", NOW - timedelta(days=1))
    forged = replace(ours.trust, keys=(*ours.trust.keys, record), version=8)
    assert TrustList.decode(forged.encode()).key(stranger.kid) == record, "the control: content alone says anything"
    assert _reason(forged.encode()) == "unsigned"
    good = ours.signed(ours.trust)
    swapped = Endorsed(good.kind, forged.encode(), good.signatures)
    raw = cbor2.dumps(["onewindow-trust-1", [each.encode() for each in ours.chain.papers], swapped.encode()])
    assert _reason(raw) == "too_few_signatures"


def _is_this_realms(content: bytes, ours: Realm) -> bool:
    """Read, and of the realm whose digest was said by hand: other roots that prove themselves are another realm."""
    try:
        found = trust.from_bytes(content)
    except TrustListWrong:
        return False
    return found.roots is not None and found.roots.realm == ours.chain.realm


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.nightly)])
def test_every_byte_of_the_file_counts(ours: Realm, step: int) -> None:
    content = ours.file(ours.trust)
    assert _is_this_realms(content, ours)
    for at in range(0, len(content), step):
        assert not _is_this_realms(content[:at] + bytes((content[at] ^ 1,)) + content[at + 1 :], ours), at
    for cut in (0, 1, len(content) // 2, len(content) - 1):
        assert not _is_this_realms(content[:cut], ours)


def test_a_signature_under_one_paper_is_worth_nothing_under_another(ours: Realm) -> None:
    """The same bytes, signed as a root, do not become a trust list."""
    from printing import endorsement

    paper = Endorsed(endorsement.ROOT, ours.trust.encode()).endorsed(ours.roots[0]).endorsed(ours.roots[1])
    moved = Endorsed(endorsement.TRUST_LIST, paper.content, paper.signatures)
    assert moved.signed_by(ours.chain.last.signers) == frozenset()


def test_yesterdays_list_is_refused_once_todays_was_seen(ours: Realm, text: str, tmp_path: Path) -> None:
    lost = tuple(replace(key, compromised_since=NOW - timedelta(days=1)) for key in ours.trust.keys)
    today = trust.from_bytes(ours.file(replace(ours.trust, version=8, keys=lost)))
    memory = TrustMemory.load(tmp_path / "memory")
    assert verify(text, ours.trust, now=NOW, memory=memory).code == "VALID"
    assert verify(text, today, now=NOW, memory=memory).code == "KEY_COMPROMISED"
    again = TrustMemory.load(tmp_path / "memory")
    assert verify(text, ours.trust, now=NOW, memory=again).code == "TRUST_LIST_ROLLBACK", "remembered after a restart"
    assert verify(text, ours.trust, now=NOW).code == "VALID", "the control: who remembers nothing is turned back"
    assert (tmp_path / "memory").stat().st_mode & 0o777 == 0o600
    (tmp_path / "memory").write_bytes(b"junk")
    assert TrustMemory.load(tmp_path / "memory").realms == {}


def test_roots_follow_one_another_and_nobody_else(ours: Realm, text: str) -> None:
    new = steady_seal("root 4")
    drop = ours.roots[0].kid
    draft = ceremony.next_root(ours.chain, [drop], [ceremony.public_row(new)], 10, NOW)
    enough = draft.endorsed(ours.roots[1]).endorsed(ours.roots[2]).endorsed(new)
    chain = ceremony.joined(ours.chain, enough)
    assert chain.realm == ours.chain.realm
    for wrong in (
        draft.endorsed(ours.roots[1]).endorsed(new),  # one of the old
        draft.endorsed(ours.roots[0]).endorsed(ours.roots[1]),  # enough old ones, but only one of the new
    ):
        with pytest.raises(EndorsementWrong):
            RootChain.of([*ours.chain.papers, wrong])
    with pytest.raises(EndorsementWrong):
        RootChain.of([enough])  # a chain begins at its first root
    paper = replace(ours.trust, version=9).draft().endorsed(ours.roots[1]).endorsed(new)
    newer = trust.from_bytes(trust.to_bytes(chain, paper))
    memory = TrustMemory()
    assert verify(text, ours.trust, now=NOW, memory=memory).code == "VALID"
    assert verify(text, newer, now=NOW, memory=memory).code == "VALID"
    back = trust.from_bytes(ours.file(replace(ours.trust, version=10)))
    assert verify(text, back, now=NOW, memory=memory).code == "TRUST_LIST_ROLLBACK", "the old root is over"
    fork = ceremony.next_root(ours.chain, [], [ceremony.public_row(steady_seal("root 5"))], 10, NOW)
    forked = ceremony.joined(ours.chain, fork.endorsed(ours.roots[0]).endorsed(ours.roots[1]).endorsed(ours.roots[2]))
    other = replace(ours.trust, version=11).draft().endorsed(ours.roots[0]).endorsed(ours.roots[1])
    twin = trust.from_bytes(trust.to_bytes(forked, other))
    assert verify(text, twin, now=NOW, memory=memory).code == "TRUST_LIST_OTHER_ROOT"


def test_a_root_past_its_days_cannot_tell(ours: Realm, text: str) -> None:
    assert ours.trust.roots is not None
    late = ours.trust.roots.last.expires + timedelta(days=1)
    listed = replace(ours.trust, issued=late - timedelta(days=5), expires=late + timedelta(days=50), version=9)
    known = trust.from_bytes(ours.file(listed))
    found = verify(text, known, now=late)
    assert (found.code, found.kind) == ("TRUST_LIST_EXPIRED", "cannot-tell")


def test_a_folder_whose_list_is_not_proven_cannot_tell(ours: Realm, text: str, tmp_path: Path) -> None:
    (tmp_path / "trust-list.cbor").write_bytes(ours.trust.encode())
    found = Papers.load(tmp_path).verify(text, NOW)
    assert (found.code, found.detail, found.kind) == ("TRUST_LIST_UNPROVEN", "unsigned", "cannot-tell")
    (tmp_path / "trust-list.cbor").write_bytes(b"\x00junk")
    with pytest.raises(TrustListWrong):
        Papers.load(tmp_path)


def _centre(room: Path) -> local_trust.Centre:
    return local_trust.Centre(room / "keys", room / "trust-list.cbor", KEK, ISSUER, "幸福区", ("9901",), (), (HOST,))


def _voucher(standing: local_trust.Standing, at: object) -> str:
    payload = statement.pack(receipt(issued_at=at), ISSUER, 1)
    return qr.text_of(statement.seal_payload(standing.issuer, payload), HOST)


def test_a_centre_without_a_ceremony_renews_itself_and_says_what_it_is(tmp_path: Path) -> None:
    centre = _centre(tmp_path)
    first = local_trust.stand(centre, NOW)
    assert local_trust.stand(centre, NOW + timedelta(days=1)).trust == first.trust, "nothing new, nothing written"
    found = verify(_voucher(first, NOW), first.trust, now=NOW)
    assert (found.code, "local_root" in found.notes, found.basis.root_is_local) == ("VALID", True, True)
    assert first.issuer.kid != first.log.kid != first.status.kid
    later = NOW + timedelta(days=70)
    second = local_trust.stand(centre, later)
    assert (second.trust.version, second.issuer.kid) == (2, first.issuer.kid), "the list is renewed before it ends"
    year = NOW + timedelta(days=340)
    third = local_trust.stand(centre, year)
    assert third.issuer.kid != first.issuer.kid, "the key is renewed before it ends"
    assert verify(_voucher(first, NOW), third.trust, now=year).code == "VALID"
    assert verify(_voucher(third, year), third.trust, now=year).code == "VALID"
    memory = TrustMemory()
    for each in (first, second, third):
        assert memory.judge(each.trust) == ("", "")


def test_the_first_versions_unsigned_list_is_signed_at_the_next_start(tmp_path: Path) -> None:
    centre = _centre(tmp_path)
    record = keys.make_issuer(centre.folder / "issuer.key", KEK, issuer=ISSUER, name="幸福区", now=NOW)
    centre.trust_file.write_bytes(TrustList.first((record,), (HOST,), NOW).encode())
    standing = local_trust.stand(centre, NOW)
    assert standing.issuer.kid == record.kid, "what it issued before stays verifiable"
    assert verify(_voucher(standing, NOW), TrustList.load(centre.trust_file), now=NOW).code == "VALID"


def test_in_a_realm_a_key_signs_only_when_the_realm_says_so(ours: Realm, tmp_path: Path) -> None:
    centre = _centre(tmp_path)
    local = local_trust.stand(centre, NOW)
    records = [keys.limited(keys.record_of(path), ("9901",), ()) for use in local_trust.NAMES
               for path in local_trust.key_files(centre.folder, use)]  # fmt: skip
    listed = TrustList(1, NOW, NOW + timedelta(days=90), (HOST,), tuple(records))
    centre.trust_file.write_bytes(ours.file(listed))
    before = centre.trust_file.read_bytes()
    keys.make_issuer(centre.folder / "issuer-next.key", KEK, issuer=ISSUER, name="x", now=NOW + timedelta(days=1))
    standing = local_trust.stand(centre, NOW + timedelta(days=2))
    assert standing.issuer.kid == local.issuer.kid, "the new key is only asked for"
    assert centre.trust_file.read_bytes() == before, "a local root never touches a realm's list"
    found = verify(_voucher(standing, NOW), standing.trust, now=NOW)
    assert (found.code, "local_root" in found.notes, found.basis.root_is_local) == ("VALID", False, False)
    lost = tuple(replace(key, compromised_since=NOW) for key in listed.keys)
    centre.trust_file.write_bytes(ours.file(replace(listed, version=2, keys=lost)))
    standing = local_trust.stand(centre, NOW + timedelta(days=2))  # the house opens all the same
    with pytest.raises(KeyFileWrong) as told:
        _voucher(standing, NOW)
    assert told.value.detail["reason"] == "not_in_trust_list", "a lost key signs nothing more"


def test_a_local_root_says_that_it_is_one_to_everybody() -> None:
    seal = steady_seal("local root")
    root = Root(1, NOW, NOW + timedelta(days=1), "x", 1, ((seal.algorithm.name, seal.public),), local=True)
    assert RootChain.of([root.draft().endorsed(seal)]).last.local
    hidden = replace(root, local=False)
    with pytest.raises(EndorsementWrong):
        RootChain.of([Endorsed(65010, hidden.encode(), root.draft().endorsed(seal).signatures)])
