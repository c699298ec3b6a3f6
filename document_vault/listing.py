"""Rows turned into what the vault hands out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from document_vault.consent import validity
from document_vault.credit import ORDINARY, Decision
from document_vault.shelf import DocumentRow, ObjectRow, from_ms
from document_vault.values import Listed, Offer, Origin, Use


def listed(row: DocumentRow, stored: ObjectRow | None, number: str) -> Listed:
    return Listed(
        document=row.document,
        kind=row.kind,
        state=row.state,
        media_type=row.media_type,
        pages=row.pages,
        size=stored.size if stored else 0,
        issued=row.issued,
        expires=row.expires,
        origin=Origin(row.origin),
        case=row.case_number,
        kept_at=from_ms(row.kept_at),
        number=number,
    )


def offered(row: DocumentRow, decision: Decision, on: date, number: str) -> Offer:
    """Every reason that applies, the document's own first: an expired one is shown, not hidden."""
    invalid = validity(row, on)
    reasons = [f"vault.reason.{invalid}"] if invalid else []
    if decision.mode != "reuse":
        reasons.append(f"vault.reason.{decision.mode}")
    return Offer(
        document=row.document,
        kind=row.kind,
        usable=not invalid and decision.mode != ORDINARY,
        mode=decision.mode,
        reasons=tuple(reasons),
        media_type=row.media_type,
        pages=row.pages,
        issued=row.issued,
        expires=row.expires,
        origin=Origin(row.origin),
        case=row.case_number,
        kept_at=from_ms(row.kept_at),
        policy=decision.version,
        law=decision.law,
        number=number,
    )


def used(row: Mapping[str, Any]) -> Use:
    return Use(
        at=from_ms(row["at"]),
        document=row["document"],
        kind=row["kind"],
        act=row["act"],
        decision=row["decision"],
        reason=row["reason"],
        purpose=row["purpose"],
        case=row["case_number"],
        actor=row["actor"],
        consent=row["consent"],
    )
