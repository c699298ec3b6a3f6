"""A case as the department is told it, and the department's answer as facts.

Generic on purpose: a new service item or a new department never touches this translation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bridges import filing as b
from document_vault.vault import Vault
from window_client.casework import facts as f
from window_client.casework.catalogue import Catalogue
from window_client.casework.visit import Case, Visit

_EXTENSIONS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}


def media_type_of(content: bytes) -> str:
    """By content, never by name."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    return "image/png" if content.startswith(b"\x89PNG\r\n") else "image/jpeg"


def filing_for(visit: Visit, case: Case, catalogue: Catalogue, vault: Vault, actor: str) -> b.Filing:
    """What the department will be asked to write down.

    Opens only the documents this item lists, each under its own right: own scan, or consent for this very item.
    Raises ``VaultTrouble`` when a document may not or cannot be opened; nothing has been sent then.
    """
    item = catalogue.item(case.item)
    attachments = []
    for need in item.materials:
        kept = visit.materials.get(need.kind)
        if kept is None:
            continue
        if case.number in kept.cases:
            content = vault.read_own(kept.document, case=case.number, actor=actor)
        else:
            consent = visit.consent_for(kept.document, case.item)
            content = vault.lend(kept.document, consent=consent, purpose=case.item, case=case.number, actor=actor)
        media_type = media_type_of(content)
        attachments.append(b.Attachment(need.kind, need.name + _EXTENSIONS[media_type], media_type, content))
    return replace(without_papers(visit, case, catalogue), attachments=tuple(attachments))


def without_papers(visit: Visit, case: Case, catalogue: Catalogue) -> b.Filing:
    """The values alone: enough to type by hand, and no document is opened for it."""
    item = catalogue.item(case.item)
    values = {one.element: visit.value(one.element) for one in item.fields if visit.value(one.element)}
    return b.Filing(case.key or case.next_key, case.department, case.item, values)


Keep = Callable[[b.EvidencePiece], str]
"""Seals one piece of evidence and returns its document reference."""


def fact_from(case: str, outcome: b.Outcome, keep: Keep, now: datetime) -> f.CaseOutcome:
    """The department's answer as a fact. Evidence is sealed first, so that the fact can refer to it."""
    evidence = tuple(keep(piece) for piece in outcome.evidence)
    match outcome:
        case b.Filed():
            return f.Filed(
                case,
                outcome.number,
                len(outcome.proofs),
                sum(1 for proof in outcome.proofs if proof.ok),
                outcome.seconds,
                evidence,
                outcome.found_by_lookup,
                now.isoformat(timespec="minutes"),
            )
        case b.Refused():
            return f.Refused(case, outcome.words, evidence)
        case b.Unsure():
            return f.Unsure(case, f"bridge.{outcome.why}", evidence)
        case b.NotSent():
            return f.NotSent(case, outcome.reason, f"bridge.{outcome.code}", dict(outcome.detail))
        case _:
            assert_never(outcome)
