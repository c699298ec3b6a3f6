"""What the press asks of whoever seals its PDFs of record; printing/pades.py is the one that does it (PAdES)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class PdfSeal(Protocol):
    def sealed(self, pdf: bytes, at: datetime) -> bytes:
        """The same PDF with the centre's seal as its last change. PdfSealTrouble when it cannot be sealed."""
        ...
