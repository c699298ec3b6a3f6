"""Files inside a PDF: the log proof travels with the paper it proves (law I5).

Reading is by pdfium, which already opens every PDF a stranger hands us; names and sizes are capped. Writing is by
pikepdf, which can say what an attachment is to the page (PDF/A-3 asks for that) and leaves the rest as it was. Attach
before sealing: what is added to a sealed PDF breaks the seal.
"""

from __future__ import annotations

import ctypes
import io
from typing import Final

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

MOST: Final = 16
LARGEST: Final = 1 << 20


def attach(pdf: bytes, name: str, content: bytes, media_type: str = "application/cbor") -> bytes:
    """`pdf` with `content` inside as the file `name`, as a supplement to the page; the same input, the same bytes."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        made = pikepdf.AttachedFileSpec(
            document, content, filename=name, mime_type=media_type, description="", creation_date="", mod_date=""
        )
        made.relationship = pikepdf.Name.Supplement
        document.attachments[name] = made
        target = io.BytesIO()
        document.save(target, deterministic_id=True)
        return target.getvalue()


def found(pdf: bytes) -> dict[str, bytes]:
    """Name → content of the files attached to `pdf`; empty for a PDF without any, or one that cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except (pypdfium2.PdfiumError, ValueError):
        return {}
    try:
        count = min(MOST, int(pdfium.FPDFDoc_GetAttachmentCount(document.raw)))
        rows = (pdfium.FPDFDoc_GetAttachment(document.raw, n) for n in range(count))
        return {_name(row): content for row in rows if (content := _content(row)) is not None}
    finally:
        document.close()


def _name(row: object) -> str:
    size = int(pdfium.FPDFAttachment_GetName(row, None, 0))
    target = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAttachment_GetName(row, target, size)
    return bytes(target)[:size].decode("utf-16-le", "replace").rstrip("\0")


def _content(row: object) -> bytes | None:
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(row, None, 0, ctypes.byref(size)) or size.value > LARGEST:
        return None
    target = ctypes.create_string_buffer(size.value)
    if not pdfium.FPDFAttachment_GetFile(row, target, size.value, ctypes.byref(size)):
        return None
    return target.raw[: size.value]
