"""Several pages of one paper become one document: a PDF around the very JPEG bytes, nothing re-encoded."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pypdfium2 as pdfium

from window_client.devices.scanner import Page


def bound(pages: Sequence[Page]) -> tuple[bytes, str]:
    """(content, media type): a single page stays a JPEG, several become one PDF at their own dots per inch."""
    if len(pages) == 1:
        return pages[0].content, pages[0].media_type
    document = pdfium.PdfDocument.new()
    for page in pages:
        width, height = page.width * 72 / page.dpi, page.height * 72 / page.dpi
        sheet = document.new_page(width, height)
        picture = pdfium.PdfImage.new(document)
        picture.load_jpeg(BytesIO(page.content), inline=True)
        picture.set_matrix(pdfium.PdfMatrix().scale(width, height))
        sheet.insert_obj(picture)
        sheet.gen_content()
    written = BytesIO()
    document.save(written)
    document.close()
    return written.getvalue(), "application/pdf"
