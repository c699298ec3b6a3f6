"""The truth table of consent (D15), the right to withdraw, and walls between holders."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document_vault.consent import refusal, validity
from document_vault.credit import MODES, CreditTable, complaint_about, usual_table
from document_vault.errors import Gone, NoConsent, NotUsable, VaultTrouble
from document_vault.shelf import ConsentRow, DocumentRow
from document_vault.values import Origin
from document_vault.vault import Vault
from tests.document_vault.conftest import ADA, BEN, CASE, Clock, OpenVault
from tests.document_vault.test_a_document_is_kept_once_and_lent_by_consent import agree, keep

NOW = 1_000_000
DOCUMENT = DocumentRow(
    "d1", "ada", "id_card", b"", "live", "image/jpeg", 1, None, None, None, "copy", "V1-1", "c", NOW - 5
)  # fmt: skip
COVERS = ConsentRow("c1", "ada", frozenset({"d1"}), frozenset({"canlian.subsidy"}), NOW - 10, NOW + 10, None)

# What is wrong with the consent, in the order the reasons are told.
FLAWS: dict[str, dict[str, Any]] = {
    "consent_of_another": {"holder": "ben"},
    "consent_withdrawn": {"withdrawn": NOW - 1},
    "consent_not_yet": {"given": NOW + 1},
    "consent_over": {"until": NOW},
    "consent_other_document": {"documents": frozenset({"d2"})},
    "consent_other_purpose": {"purposes": frozenset({"yibao.remote_care"})},
}


def _always(_purpose: str, _kind: str) -> bool:
    return True


def _never(_purpose: str, _kind: str) -> bool:
    return False


def test_every_combination_of_flaws_is_refused_by_its_first() -> None:
    for count in range(len(FLAWS) + 1):
        for flaws in itertools.combinations(FLAWS, count):
            for needed in (True, False):
                consent = COVERS
                for flaw in flaws:
                    consent = replace(consent, **FLAWS[flaw])
                told = refusal(consent, DOCUMENT, "canlian.subsidy", now=NOW, needs=[_never, _always][needed])
                assert told == (flaws[0] if flaws else "" if needed else "not_needed")
    assert refusal(None, DOCUMENT, "canlian.subsidy", now=NOW, needs=_always) == "consent_missing"


def test_a_document_serves_from_its_first_through_its_last_day() -> None:
    day = date(2026, 11, 21)
    dated = replace(DOCUMENT, issued=day, expires=day)
    assert validity(dated, day) == ""
    assert validity(dated, day + timedelta(days=1)) == "document_expired"
    assert validity(dated, day - timedelta(days=1)) == "document_not_yet_valid"
    assert validity(replace(dated, state="damaged"), day) == "document_damaged"
    assert validity(replace(dated, state="shredded"), day) == "document_gone"
    assert validity(replace(dated, state="intent"), day) == "document_gone"


def test_what_was_withdrawn_is_not_lent_again(vault: Vault, clock: Clock) -> None:
    ada = vault.holder_of(ADA)
    document = keep(vault, ada)
    consent = agree(vault, clock, ada, document)
    vault.lend(document, consent=consent, purpose="canlian.subsidy", case="V1-2", actor="c")
    vault.withdraw(consent, actor="resident")
    vault.withdraw(consent, actor="resident")  # twice changes nothing
    with pytest.raises(NoConsent) as refused:
        vault.lend(document, consent=consent, purpose="canlian.subsidy", case="V1-2", actor="c")
    assert refused.value.code == "vault.consent_withdrawn"
    with pytest.raises(Gone):
        vault.withdraw("f" * 32, actor="resident")


def test_a_consent_ends_by_itself(vault: Vault, clock: Clock) -> None:
    ada = vault.holder_of(ADA)
    document = keep(vault, ada)
    consent = agree(vault, clock, ada, document)
    clock.pass_(hours=1, minutes=59)
    vault.lend(document, consent=consent, purpose="canlian.subsidy", case="V1-2", actor="c")
    clock.pass_(minutes=1)
    with pytest.raises(NoConsent):
        vault.lend(document, consent=consent, purpose="canlian.subsidy", case="V1-2", actor="c")


def test_holders_cannot_reach_each_other(vault: Vault, clock: Clock) -> None:
    """Every way to name another's document or consent: 0 of them opens it, and each try is in the trail."""
    ada, ben = vault.holder_of(ADA), vault.holder_of(BEN)
    hers, his = keep(vault, ada, b"hers" * 99), keep(vault, ben, b"his" * 99)
    her_yes, his_yes = agree(vault, clock, ada, hers), agree(vault, clock, ben, his)
    opened = []
    for document, consent in ((hers, his_yes), (his, her_yes), (hers, ""), (his, "0" * 32)):
        try:
            opened.append(vault.lend(document, consent=consent, purpose="canlian.subsidy", case="V9", actor="c"))
        except NoConsent:
            continue
    assert opened == []
    assert {one.document for one in vault.list(ada)} == {hers}
    assert {one.document for one in vault.offer(ben, ["id_card"], on=clock().date())} == {his}
    assert {use.document for use in vault.who_used(ben)} == {his}
    assert sum(use.decision == "refused" for use in vault.who_used(ada)) == 2
    with pytest.raises(Gone):
        agree(vault, clock, ada, hers, his)  # one foreign document spoils the whole agreement
    sealed = vault.seal_for(ada, b"hers", b"x")
    with pytest.raises(VaultTrouble):
        vault.open_for(ben, sealed, b"x")


def test_every_lend_and_refusal_is_in_the_trail(vault: Vault, clock: Clock) -> None:
    ada = vault.holder_of(ADA)
    document = keep(vault, ada)
    before = vault.verify_audit().entries
    consent = agree(vault, clock, ada, document)
    for purpose in ("canlian.subsidy", "other.item", "canlian.subsidy"):
        try:
            vault.lend(document, consent=consent, purpose=purpose, case="V1-2", actor="c")
        except NoConsent:
            continue
    with pytest.raises(Gone):
        vault.lend("0" * 32, consent=consent, purpose="canlian.subsidy", case="V1-2", actor="c")
    report = vault.verify_audit()
    assert (report.entries - before, report.wrong) == (5, ())


def test_withdrawing_while_others_lend(open_vault: OpenVault, clock: Clock) -> None:
    """No lend that began after the withdrawal had returned may succeed, from whichever window."""
    one, two = open_vault("03"), open_vault("04")
    ada = one.holder_of(ADA)
    document = keep(one, ada)
    consent = agree(one, clock, ada, document)
    withdrawn, wrong = threading.Event(), []

    def lend_on() -> None:
        for _ in range(25):
            after = withdrawn.is_set()
            try:
                two.lend(document, consent=consent, purpose="canlian.subsidy", case="V1-2", actor="c")
            except NoConsent:
                continue
            if after:
                wrong.append("lent after the withdrawal")

    lending = threading.Thread(target=lend_on)
    lending.start()
    one.withdraw(consent, actor="resident")
    withdrawn.set()
    lending.join()
    assert wrong == []
    assert one.verify_audit().ok


# -- credit -----------------------------------------------------------------------------------------------------------


def test_our_table_is_lawful_and_decides_by_its_version(vault: Vault, clock: Clock) -> None:
    table = usual_table()
    assert complaint_about(table) == ""
    assert table.decide(Origin.ORIGINAL_SEEN, "B").mode == "reuse"
    assert table.decide(Origin.ISSUER, "no such level").mode == "present_original"
    ada = vault.holder_of(ADA)
    document = keep(vault, ada, origin=Origin.RESIDENT)
    (offer,) = vault.offer(ada, ["id_card"], on=clock().date(), credit="B")
    assert (offer.usable, offer.mode, offer.policy) == (False, "present_original", table.version)
    assert offer.reasons == ("vault.reason.present_original",)
    assert offer.law
    (better,) = vault.offer(ada, ["id_card"], on=clock().date(), credit="A")
    assert (better.usable, better.mode) == (True, "show_original")
    consent = agree(vault, clock, ada, document)
    with pytest.raises(NotUsable) as refused:
        vault.lend(document, consent=consent, purpose="canlian.subsidy", case="V1-2", actor="c", credit="B")
    assert refused.value.reason == "present_original"


_modes = st.fixed_dictionaries({(origin, level): st.sampled_from(MODES) for origin in Origin for level in "ABC"})


@given(_modes)
def test_a_table_that_treats_the_better_worse_is_refused(modes: dict[tuple[Origin, str], str]) -> None:
    table = CreditTable("1", "law", ("A", "B", "C"), modes)
    if complaint_about(table) == "":
        for origin in Origin:
            found = [MODES.index(table.decide(origin, level).mode) for level in ("A", "B", "C", "unheard of")]
            assert found == sorted(found)


def test_a_table_without_law_or_with_gaps_is_refused() -> None:
    table = usual_table()
    assert complaint_about(replace(table, law=" ")) == "no_law"
    assert complaint_about(replace(table, levels=(*table.levels, "E"))) == "incomplete"
    spoiled = {**table.modes, (Origin.COPY, "A"): "never"}
    assert complaint_about(replace(table, modes=spoiled)) == "unknown_mode"


def test_reading_its_own_stays_possible_after_the_holder_withdrew(vault: Vault, clock: Clock) -> None:
    """Withdrawal stops new uses; the case that took the paper in keeps what it was filed with (GB/T 42727)."""
    ada = vault.holder_of(ADA)
    document = keep(vault, ada)
    vault.withdraw(agree(vault, clock, ada, document), actor="resident")
    assert vault.read_own(document, case=CASE, actor="c")
