"""The public door of verification: a PDF, photo, scan, text file or raw text in; one of thirty answers out (I5, I10).

Never an exception for any input: a stranger chooses every byte here. The host in a symbol is never believed, the trust
list is. A PDF's visible text is compared with the signed words, because a reader believes what is printed.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pypdfium2
from PIL import Image

from printing import attachments, comparison, log_proof, paper, qr, reading
from printing.judgement import verify_statement as verify_statement
from printing.seal import StatementWrong
from printing.status import StatusLists
from printing.trust import TrustList
from printing.trust_memory import TrustMemory
from printing.verdict import Verdict
from printing.voucher import Voucher

if TYPE_CHECKING:
    from printing.pades import Integrity

LARGEST_FILE: Final = 40 << 20
LARGEST_PICTURE: Final = 120_000_000  # pixels; a phone's largest, and no bomb
LARGEST_TEXT: Final = 1 << 20
SCAN_DPI: Final = 220.0


@dataclass(frozen=True)
class _Asked:
    """What the caller judges with; the source is what the stranger gives."""

    trust: TrustList | None
    now: datetime
    status: StatusLists | None
    memory: TrustMemory | None
    proof: bytes


def verify(
    source: bytes | Path | str,
    trust: TrustList | None,
    *,
    now: datetime,
    status: StatusLists | None = None,
    memory: TrustMemory | None = None,
    proof: bytes = b"",
) -> Verdict:
    """`source`: a file's bytes, its path, or the text of a symbol. `now` with a time zone. `memory` remembers the
    newest lists seen (rollback). `proof`: a log proof beside the voucher; a PDF may carry its own. See verdict.py."""
    asked = _Asked(trust, now, status, memory, proof)
    if isinstance(source, str):
        return _texts([source], asked)
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
        return _pdf(content, asked)
    if _looks_like_text(content):
        return _texts(content.decode("utf-8-sig", "replace").splitlines(), asked)
    return _picture(content, asked)


def _looks_like_text(content: bytes) -> bool:
    if len(content) > LARGEST_TEXT or b"\0" in content:
        return False
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _pdf(content: bytes, asked: _Asked) -> Verdict:
    try:
        pages = paper.raster(content, SCAN_DPI)
        layer = "".join(paper.page_texts(content))
    except (pypdfium2.PdfiumError, ValueError, MemoryError, OverflowError):
        return Verdict("FILE_UNREADABLE", detail="pdf")
    found = _symbols(pages)
    if isinstance(found, Verdict):
        return found
    if not asked.proof:
        asked = replace(asked, proof=attachments.found(content).get(log_proof.ATTACHMENT, b""))
    given = _texts(found, asked)
    if given.voucher is None or given.exit_code == 1:
        return given
    compared = _in_words(given, given.voucher, layer)
    if compared.code == "TEXT_MISMATCH":
        return compared
    match _seal_of(content):
        case "broken":
            return replace(compared, code="PDF_SIGNATURE_INVALID", detail="")
        case "intact":
            return replace(compared, notes=(*compared.notes, "sealed"))
        case "unjudged":
            return replace(compared, notes=(*compared.notes, "seal_unjudged"))
    return compared


def _in_words(given: Verdict, voucher: Voucher, layer: str) -> Verdict:
    """With what the PDF's words say to the signed ones."""
    if not layer.strip():
        return replace(given, notes=(*given.notes, "text_not_compared"))
    compared = comparison.compare(layer, given.statement, voucher)
    if not compared.legible:
        return replace(given, notes=(*given.notes, "text_unreadable"))
    notes = given.notes if compared.exact else (*given.notes, "layout_other_version")
    if compared.mismatches:
        places = ", ".join(each.place for each in compared.mismatches)
        return replace(given, code="TEXT_MISMATCH", detail=places, mismatches=compared.mismatches, notes=notes)
    return replace(given, notes=notes)


def _seal_of(content: bytes) -> Integrity:
    """A PDF that was sealed and then changed is broken, even where it does not show. Objects that another program has
    packed may hold a seal that no byte of the file shows."""
    if b"/ByteRange" not in content and not (b"/ObjStm" in content and _has_fields(content)):
        return "none"
    from printing import pades  # a large library, for sealed PDFs only

    try:
        return pades.integrity(content)
    except Exception:  # noqa: BLE001 a stranger chose these bytes, and PDF signatures nest three formats
        return "broken"


def _has_fields(content: bytes) -> bool:
    """Whether the PDF has a form, where every seal has its place."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            return int(document.get_formtype()) != 0
    except pypdfium2.PdfiumError:
        return False


def _picture(content: bytes, asked: _Asked) -> Verdict:
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
    return found if isinstance(found, Verdict) else _texts(found, asked)


def _symbols(pages: list[Image.Image]) -> list[str] | Verdict:
    """Texts of the symbols on the pages, or why there are none."""
    texts = reading.texts_of(pages)
    if texts:
        return texts
    if any(reading.has_finder(page) for page in pages):
        return Verdict("QR_UNREADABLE")
    return Verdict("NO_QR_FOUND")


def _texts(texts: list[str], asked: _Asked) -> Verdict:
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
    if asked.trust is None:
        return Verdict("TRUST_LIST_MISSING", statement=content)
    return verify_statement(
        content,
        asked.trust,
        now=asked.now,
        status=asked.status,
        host=host,
        memory=asked.memory,
        proof=asked.proof,
    )
