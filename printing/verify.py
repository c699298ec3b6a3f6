"""The public door of verification: a PDF, photo, scan, text file or raw text in; one of thirty answers out (I5, I10).

Never an exception for any input: a stranger chooses every byte here. The host in a symbol is never believed, the trust
list is. A PDF's visible text is compared with the signed words, because a reader believes what is printed.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image

from printing import comparison, paper, qr, reading, statement
from printing.keys import TrustedKey, TrustList
from printing.seal import StatementWrong
from printing.status import StatusLists
from printing.verdict import Verdict

LARGEST_FILE: Final = 40 << 20
LARGEST_PICTURE: Final = 120_000_000  # pixels; a phone's largest, and no bomb
LARGEST_TEXT: Final = 1 << 20
SKEW: Final = timedelta(minutes=5)
SCAN_DPI: Final = 220.0


def verify(
    source: bytes | Path | str, trust: TrustList | None, *, now: datetime, status: StatusLists | None = None
) -> Verdict:
    """`source`: a file's bytes, its path, or the text of a symbol. `now` with a time zone. See printing/verdict.py."""
    if isinstance(source, str):
        return _texts([source], trust, now, status)
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
        except OSError as trouble:
            return Verdict("FILE_UNREADABLE", detail=str(trouble.strerror or "missing"))
    else:
        content = source
    if len(content) > LARGEST_FILE:
        return Verdict("FILE_TOO_LARGE", detail=f"{LARGEST_FILE >> 20} MB")
    if not content:
        return Verdict("FILE_UNREADABLE", detail="empty")
    if b"%PDF-" in content[:1024]:
        return _pdf(content, trust, now, status)
    if _looks_like_text(content):
        return _texts(content.decode("utf-8-sig", "replace").splitlines(), trust, now, status)
    return _picture(content, trust, now, status)


def _looks_like_text(content: bytes) -> bool:
    if len(content) > LARGEST_TEXT or b"\0" in content:
        return False
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _pdf(content: bytes, trust: TrustList | None, now: datetime, status: StatusLists | None) -> Verdict:
    try:
        pages = paper.raster(content, SCAN_DPI)
        layer = "".join(paper.page_texts(content))
    except (pypdfium2.PdfiumError, ValueError, MemoryError, OverflowError):
        return Verdict("FILE_UNREADABLE", detail="pdf")
    found = _symbols(pages)
    if isinstance(found, Verdict):
        return found
    given = _texts(found, trust, now, status)
    if given.voucher is None or given.exit_code == 1:
        return given
    if not layer.strip():
        return replace(given, notes=(*given.notes, "text_not_compared"))
    compared = comparison.compare(layer, given.statement, given.voucher)
    notes = given.notes if compared.exact else (*given.notes, "layout_other_version")
    if compared.mismatches:
        places = ", ".join(each.place for each in compared.mismatches)
        return replace(given, code="TEXT_MISMATCH", detail=places, mismatches=compared.mismatches, notes=notes)
    return replace(given, notes=notes)


def _picture(content: bytes, trust: TrustList | None, now: datetime, status: StatusLists | None) -> Verdict:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is asked instead
            with Image.open(io.BytesIO(content)) as opened:
                if opened.width * opened.height > LARGEST_PICTURE:
                    return Verdict("FILE_TOO_LARGE", detail=f"{opened.width}x{opened.height}")
                opened.load()
                picture = opened.copy()
    except Exception:  # noqa: BLE001 a broken file makes decoders raise anything: struct.error, SyntaxError, EOFError
        return Verdict("FILE_UNREADABLE", detail="picture")
    found = _symbols([picture])
    return found if isinstance(found, Verdict) else _texts(found, trust, now, status)


def _symbols(pages: list[Image.Image]) -> list[str] | Verdict:
    """Texts of the symbols on the pages, or why there are none."""
    texts = list(dict.fromkeys(text for page in pages for text in reading.texts(page)))
    if texts:
        return texts
    if any(reading.has_finder(page) for page in pages):
        return Verdict("QR_UNREADABLE")
    return Verdict("NO_QR_FOUND")


def _texts(texts: list[str], trust: TrustList | None, now: datetime, status: StatusLists | None) -> Verdict:
    """A paper may carry other symbols beside ours; two different vouchers are two questions."""
    found: dict[bytes, str] = {}
    wrong: StatementWrong | None = None
    for text in texts:
        if not text.strip():
            continue
        try:
            content, host = qr.parse(text)
        except StatementWrong as trouble:
            if wrong is None or wrong.code == "NOT_A_VOUCHER":
                wrong = trouble
            continue
        found.setdefault(content, host)
    if len(found) > 1:
        return Verdict("MULTIPLE_VOUCHERS", detail=str(len(found)))
    if not found:
        return Verdict("NOT_A_VOUCHER", detail="empty") if wrong is None else Verdict(wrong.code, detail=wrong.detail)
    ((content, host),) = found.items()
    if trust is None:
        return Verdict("TRUST_LIST_MISSING", statement=content)
    return verify_statement(content, trust, now=now, status=status, host=host)


def verify_statement(
    content: bytes, trust: TrustList, *, now: datetime, status: StatusLists | None = None, host: str = ""
) -> Verdict:
    """The statement itself. Order: caps, header, signature; then inflating, parsing, the key's limits, time, status."""
    try:
        signer, content_type, payload = trust.signers.open(content)
        plain = statement.unpack(payload, content_type)
        claims = statement.parse(plain)
    except StatementWrong as wrong:
        return Verdict(wrong.code, detail=wrong.detail, statement=content)
    key = trust.key(signer.kid)
    assert key is not None  # the signers were made from these very keys
    notes = _notes(claims, trust, host, now)
    code, detail = _judged(claims, key, trust, now, status)
    return Verdict(
        code,
        voucher=claims.voucher,
        fields=dict(statement.visible(claims.voucher)),
        detail=detail,
        notes=notes,
        human_code=statement.human_code(plain),
        issuer=claims.issuer,
        signer=key.name,
        statement=content,
    )


def _notes(claims: statement.Claims, trust: TrustList, host: str, now: datetime) -> tuple[str, ...]:
    found = []
    if host and host not in trust.hosts:
        found.append("host_unknown")
    if claims.voucher.copy:
        found.append("reprint")
    if claims.voucher.demo:
        found.append("demo")
    if trust.expires - now < timedelta(days=14):
        found.append("trust_list_old")
    return tuple(found)


def _judged(
    claims: statement.Claims, key: TrustedKey, trust: TrustList, now: datetime, status: StatusLists | None
) -> tuple[str, str]:
    """(code, detail) for a statement whose signature holds."""
    issued = claims.voucher.issued_at
    if not key.allows(claims.issuer, claims.voucher.kind):
        return "ISSUER_NOT_AUTHORISED", claims.issuer
    if key.compromised_since is not None:
        since = key.compromised_since.isoformat()
        return ("KEY_COMPROMISED" if issued >= key.compromised_since else "KEY_COMPROMISED_UNPROVEN"), since
    if not key.sign_from <= issued <= key.sign_until:
        return "KEY_OUT_OF_WINDOW", f"{key.sign_from.date()}..{key.sign_until.date()}"
    if now < trust.issued - SKEW:
        return "CLOCK_SUSPECT", now.isoformat(timespec="minutes")
    if now > trust.expires:
        return "TRUST_LIST_EXPIRED", str(trust.expires.date())
    if issued > now + SKEW:
        return "NOT_YET_VALID", issued.isoformat(timespec="minutes")
    if claims.expires is not None and now.timestamp() > claims.expires:
        return "EXPIRED", str(claims.expires)
    return _in_force(claims, now, status)


def _in_force(claims: statement.Claims, now: datetime, status: StatusLists | None) -> tuple[str, str]:
    if claims.status is None:
        return "VALID", ""
    uri, index = claims.status
    known = status.find(uri) if status is not None else None
    state = known.state(index) if known is not None else None
    match state:
        case "revoked":
            return "REVOKED", ""
        case "suspended":
            return "SUSPENDED", ""
        case "redeemed":
            return "REDEEMED", ""
        case "in_force" if known is not None:
            return ("VALID_STALE_STATUS" if known.is_stale(now) else "VALID"), str(known.issued.date())
        case _:
            return "VALID_NO_STATUS", uri
