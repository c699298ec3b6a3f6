"""From a statement to its answer: signature, then the signer's rights, then time, then status (laws I5, I10).

The order is fixed and the same in every verifier of ours (docs/voucher-format.md §8): what is wrong with the verifier
(trust list, clock) is said before what is said about the voucher, except that a signature which does not hold is false
under any clock. A verdict names what it stands on (`Basis`): which root, which lists, how old.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from printing import log_proof, statement
from printing.seal import StatementWrong
from printing.status import StatusLists
from printing.trust import TrustedKey, TrustList
from printing.trust_memory import TrustMemory
from printing.verdict import Basis, Verdict

SKEW: Final = timedelta(minutes=5)
SOON: Final = timedelta(days=14)


@dataclass(frozen=True)
class Ground:
    """All a judgement is made with. `memory` None: nothing was seen before. `proof`: a log proof, b"" for none."""

    trust: TrustList
    now: datetime
    status: StatusLists | None = None
    memory: TrustMemory | None = None
    proof: bytes = b""


def verify_statement(
    content: bytes,
    trust: TrustList,
    *,
    now: datetime,
    status: StatusLists | None = None,
    host: str = "",
    memory: TrustMemory | None = None,
    proof: bytes = b"",
) -> Verdict:
    """The statement itself. Order: caps, header, signature; then inflating, parsing, the key's limits, time, status."""
    ground = Ground(trust, now, status, memory, proof)
    basis = basis_of(trust)
    if memory is not None:
        code, detail = memory.judge(trust)
        if code:
            return Verdict(code, detail=detail, statement=content, basis=basis)
    try:
        signer, content_type, payload = trust.signers.open(content)
        plain = statement.unpack(payload, content_type)
        claims = statement.parse(plain)
    except StatementWrong as wrong:
        return Verdict(wrong.code, detail=wrong.detail, statement=content, basis=basis)
    key = trust.key(signer.kid)
    assert key is not None  # the signers were made from these very keys
    given = Verdict(
        "VALID",
        voucher=claims.voucher,
        fields=dict(statement.visible(claims.voucher)),
        notes=_notes(claims, ground, host),
        human_code=statement.human_code(plain),
        issuer=claims.issuer,
        signer=key.name,
        statement=content,
        basis=basis,
        replaces=claims.voucher.replaces,
    )
    return _judged(given, claims, key, ground)


def basis_of(trust: TrustList) -> Basis:
    root = trust.roots.last if trust.roots is not None else None
    return Basis(
        root=root.name if root else "",
        root_digest=root.digest if root else "",
        root_is_local=bool(root and root.local),
        trust_version=trust.version,
        trust_issued=trust.issued,
        trust_expires=trust.expires,
    )


def _notes(claims: statement.Claims, ground: Ground, host: str) -> tuple[str, ...]:
    trust = ground.trust
    found = []
    if host and host not in trust.hosts:
        found.append("host_unknown")
    if claims.voucher.copy:
        found.append("reprint")
    if claims.voucher.replaces:
        found.append("corrects")
    if claims.voucher.demo:
        found.append("demo")
    if trust.roots is not None and trust.roots.last.local:
        found.append("local_root")
    if trust.expires - ground.now < SOON:
        found.append("trust_list_old")
    if ground.status is not None and ground.status.refused:
        found.append("status_refused")
    return tuple(found)


def _judged(given: Verdict, claims: statement.Claims, key: TrustedKey, ground: Ground) -> Verdict:
    """The verdict on a statement whose signature holds."""
    given, logged_at = _with_proof(given, ground)
    code, detail = _rights(claims, key, logged_at)
    if not code:
        code, detail = _times(claims, ground)
    if code:
        return replace(given, code=code, detail=detail)
    return _in_force(given, claims, ground)


def _with_proof(given: Verdict, ground: Ground) -> tuple[Verdict, datetime | None]:
    """When the statement was surely in the log, where a proof came with it."""
    if not ground.proof:
        return given, None
    logged_at = log_proof.proven_at(ground.proof, given.statement, given.issuer, ground.trust)
    note = "log_proof_wrong" if logged_at is None else "logged"
    return replace(given, notes=(*given.notes, note)), logged_at


def _rights(claims: statement.Claims, key: TrustedKey, logged_at: datetime | None) -> tuple[str, str]:
    issued = claims.voucher.issued_at
    if not key.allows(claims.issuer, claims.voucher.kind):
        return "ISSUER_NOT_AUTHORISED", claims.issuer
    if key.compromised_since is not None:
        since = key.compromised_since
        if issued >= since:
            return "KEY_COMPROMISED", since.isoformat()
        if logged_at is None or logged_at >= since:
            return "KEY_COMPROMISED_UNPROVEN", since.isoformat()
    if not key.sign_from <= issued <= key.sign_until:
        return "KEY_OUT_OF_WINDOW", f"{key.sign_from.date()}..{key.sign_until.date()}"
    return "", ""


def _times(claims: statement.Claims, ground: Ground) -> tuple[str, str]:
    trust, now, issued = ground.trust, ground.now, claims.voucher.issued_at
    if now < trust.issued - SKEW:
        return "CLOCK_SUSPECT", now.isoformat(timespec="minutes")
    if now > trust.expires:
        return "TRUST_LIST_EXPIRED", str(trust.expires.date())
    if trust.roots is not None and now > trust.roots.last.expires:
        return "TRUST_LIST_EXPIRED", f"root {trust.roots.last.expires.date()}"
    if issued > now + SKEW:
        return "NOT_YET_VALID", issued.isoformat(timespec="minutes")
    if claims.expires is not None and now.timestamp() > claims.expires:
        return "EXPIRED", str(claims.expires)
    return "", ""


def _in_force(given: Verdict, claims: statement.Claims, ground: Ground) -> Verdict:
    if claims.status is None:
        return given
    uri, index = claims.status
    known = ground.status.find(uri) if ground.status is not None else None
    state = known.state(index) if known is not None else None
    if known is None or state is None:
        return replace(given, code="VALID_NO_STATUS", detail=uri)
    told = replace(given.basis, status_list=uri, status_version=known.version, status_issued=known.issued)
    given = replace(given, basis=told, detail=str(known.issued.date()))
    old = ground.memory is not None and ground.memory.is_old(ground.trust, known)
    if old:
        given = replace(given, notes=(*given.notes, "status_rollback"))
    successor = known.successor(index)
    match state:
        case "revoked" if successor:
            return replace(given, code="SUPERSEDED", detail=successor, replaced_by=successor)
        case "revoked":
            return replace(given, code="REVOKED")
        case "suspended":
            return replace(given, code="SUSPENDED")
        case "redeemed":
            return replace(given, code="REDEEMED")
        case _:
            return replace(given, code="VALID_STALE_STATUS" if old or known.is_stale(ground.now) else "VALID")
