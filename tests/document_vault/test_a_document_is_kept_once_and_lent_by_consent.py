"""The main job at the vault: kept at one item, lent to the next with the resident's agreement, every use told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from document_vault.errors import BadWish, Gone, NoConsent, NotUsable, UnknownKind
from document_vault.values import Origin
from document_vault.vault import Vault
from tests.document_vault.conftest import ADA, BEN, CASE, Clock, OpenVault

SCAN = b"\xff\xd8\xff scan of a card " * 4000


def keep(vault: Vault, holder: str, content: bytes = SCAN, kind: str = "id_card", **more: object) -> str:
    wishes: dict[str, object] = {
        "media_type": "image/jpeg", "origin": Origin.ORIGINAL_SEEN, "case": CASE, "actor": "clerk07", **more,
    }  # fmt: skip
    return vault.put(holder, kind, content, **wishes).document  # type: ignore[arg-type]


def agree(vault: Vault, clock: Clock, holder: str, *documents: str, purpose: str = "canlian.subsidy") -> str:
    return vault.agree(
        holder, documents, purposes=[purpose], until=clock() + timedelta(hours=2), evidence="sig", actor="clerk07"
    )


def test_the_same_person_is_found_again_and_nobody_else(vault: Vault) -> None:
    ada = vault.holder_of(ADA)
    assert len(bytes.fromhex(ada)) == 16
    assert vault.holder_of(f" {ADA[:6]} {ADA[6:]} ") == ada
    assert vault.holder_of(BEN) != ada
    with pytest.raises(BadWish):
        vault.holder_of("'; DROP TABLE")


def test_kept_lent_and_told(vault: Vault, clock: Clock) -> None:
    ada = vault.holder_of(ADA)
    kept = vault.put(
        ada, "id_card", SCAN, media_type="image/jpeg", origin=Origin.ORIGINAL_SEEN, case=CASE, actor="clerk07",
        expires=date(2036, 1, 1), number="演示 0001",
    )  # fmt: skip
    assert not kept.already_there
    assert vault.read_own(kept.document, case=CASE, actor="clerk07") == SCAN
    (offer,) = vault.offer(ada, ["hukou_booklet", "id_card"], on=clock().date())
    assert (offer.document, offer.usable, offer.mode, offer.number) == (kept.document, True, "reuse", "演示 0001")
    consent = agree(vault, clock, ada, kept.document)
    lent = vault.lend(kept.document, consent=consent, purpose="canlian.subsidy", case="V1-2", actor="clerk07")
    assert lent == SCAN
    with pytest.raises(NoConsent) as refused:
        vault.lend(kept.document, consent=consent, purpose="yibao.remote_care", case="V1-3", actor="clerk07")
    assert refused.value.code == "vault.consent_other_purpose"
    told = [(use.act, use.decision, use.reason, use.case) for use in vault.who_used(ada)]
    assert told == [
        ("put", "done", "", CASE),
        ("read_own", "done", "", CASE),
        ("lend", "done", "", "V1-2"),
        ("lend", "refused", "consent_other_purpose", "V1-3"),
    ]
    assert vault.verify_audit().ok


def test_the_same_bytes_are_one_document_used_twice(vault: Vault) -> None:
    ada, ben = vault.holder_of(ADA), vault.holder_of(BEN)
    first = vault.put(ada, "id_card", SCAN, media_type="image/jpeg", origin=Origin.COPY, case="V1-1", actor="c")
    again = vault.put(
        ada, "id_card", SCAN, media_type="image/jpeg", origin=Origin.ORIGINAL_SEEN, case="V1-2", actor="c",
        expires=date(2030, 5, 5),
    )  # fmt: skip
    assert again.already_there
    assert again.document == first.document
    assert [use.case for use in vault.who_used(ada)] == ["V1-1", "V1-2"]
    assert vault.read_own(first.document, case="V1-2", actor="c") == SCAN
    (listed,) = vault.list(ada)
    assert (listed.expires, listed.origin) == (date(2030, 5, 5), Origin.ORIGINAL_SEEN)  # learnt at the second time
    other = vault.put(ben, "id_card", SCAN, media_type="image/jpeg", origin=Origin.COPY, case="V1-1", actor="c")
    assert not other.already_there, "the vault must not tell that somebody else holds the same bytes"
    assert other.digest != first.digest


def test_an_expired_document_is_shown_with_its_reason_and_not_lent(vault: Vault, clock: Clock) -> None:
    ada = vault.holder_of(ADA)
    document = keep(vault, ada, expires=clock().date())
    consent = agree(vault, clock, ada, document)
    vault.lend(document, consent=consent, purpose="canlian.subsidy", case="V1-2", actor="c")  # its last day counts
    clock.pass_(days=1)
    (offer,) = vault.offer(ada, ["id_card"], on=clock().date())
    assert not offer.usable
    assert offer.reasons == ("vault.reason.document_expired",)
    consent = agree(vault, clock, ada, document)
    with pytest.raises(NotUsable) as refused:
        vault.lend(document, consent=consent, purpose="canlian.subsidy", case="V1-3", actor="c")
    assert refused.value.reason == "document_expired"


def test_only_the_case_that_brought_it_reads_without_consent(vault: Vault) -> None:
    document = keep(vault, vault.holder_of(ADA))
    with pytest.raises(NoConsent):
        vault.read_own(document, case="V20261121-03-0099-1", actor="clerk07")
    with pytest.raises(Gone):
        vault.read_own("0" * 32, case=CASE, actor="clerk07")


def test_senseless_wishes_are_refused_with_a_code(open_vault: OpenVault, clock: Clock) -> None:
    vault = open_vault(kinds={"id_card"}, needs=lambda purpose, _kind: purpose == "canlian.subsidy")
    ada = vault.holder_of(ADA)
    with pytest.raises(UnknownKind):
        keep(vault, ada, kind="passport_of_mars")
    with pytest.raises(BadWish):
        keep(vault, ada, b"")
    with pytest.raises(BadWish):
        keep(vault, ada, issued=date(2026, 1, 2), expires=date(2026, 1, 1))
    with pytest.raises(Gone):
        keep(vault, "ab" * 16)
    document = keep(vault, ada)
    with pytest.raises(BadWish) as too_much:
        agree(vault, clock, ada, document, purpose="gongan.residence_permit")
    assert too_much.value.reason == "not_needed"
    with pytest.raises(BadWish):
        vault.agree(ada, [document], purposes=["canlian.subsidy"], until=clock(), evidence="s", actor="c")
    with pytest.raises(BadWish):
        vault.agree(
            ada, [document], purposes=["canlian.subsidy"], until=clock() + timedelta(days=400), evidence="s", actor="c"
        )
    with pytest.raises(Gone):
        agree(vault, clock, vault.holder_of(BEN), document)


def test_small_values_open_for_their_holder_and_context_only(vault: Vault) -> None:
    ada, ben = vault.holder_of(ADA), vault.holder_of(BEN)
    sealed = vault.seal_for(ada, "演示手机号".encode(), b"visit 1")
    assert vault.open_for(ada, sealed, b"visit 1").decode() == "演示手机号"
    for holder, context in ((ada, b"visit 2"), (ben, b"visit 1")):
        with pytest.raises(Exception, match="tampered"):
            vault.open_for(holder, sealed, context)
