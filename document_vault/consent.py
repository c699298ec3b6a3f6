"""When an agreement covers a use: one pure function, its truth table is a test.

Laws: a use needs a living consent of the same holder, for this document and for this purpose (事项编码), and no more
than the purpose needs (最小必要). The first reason that applies is the one told and written down.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from document_vault.shelf import ConsentRow, DocumentRow

LONGEST_DAYS = 366  # a standing consent ends by itself after a year

Needs = Callable[[str, str], bool]
"""Does this purpose need this kind of material? The catalogue knows; the vault only asks."""


def whatever(_purpose: str, _kind: str) -> bool:
    return True


def refusal(consent: ConsentRow | None, document: DocumentRow, purpose: str, *, now: int, needs: Needs) -> str:
    """Empty when the use is covered, otherwise the reason."""
    if consent is None:
        return "consent_missing"
    if consent.holder != document.holder:
        return "consent_of_another"
    if consent.withdrawn is not None:
        return "consent_withdrawn"
    if now < consent.given:
        return "consent_not_yet"
    if now >= consent.until:
        return "consent_over"
    if document.document not in consent.documents:
        return "consent_other_document"
    if purpose not in consent.purposes:
        return "consent_other_purpose"
    if not needs(purpose, document.kind):
        return "not_needed"
    return ""


def validity(document: DocumentRow, on: date) -> str:
    """Empty when the document serves on that day. It serves through its last day."""
    if document.state == "damaged":
        return "document_damaged"
    if document.state != "live":
        return "document_gone"
    if document.expires is not None and on > document.expires:
        return "document_expired"
    if document.issued is not None and on < document.issued:
        return "document_not_yet_valid"
    return ""
