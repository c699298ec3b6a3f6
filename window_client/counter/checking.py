"""Is this voucher genuine? Asked at the window for a paper, a file or a scanned text that somebody brings.

Laws: what comes out is one of the verifier's own answers, in its own words, and "cannot tell" is never "no"; nothing
is written down about it, nothing of it goes onto the resident's screen, and it is forgotten with the visit it came in.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from printing import paper
from printing.errors import PressTrouble
from printing.inquiry import Papers
from printing.press import Press
from printing.trust_memory import TrustMemory
from printing.verdict import Verdict
from window_client.casework.errors import WindowError
from window_client.counter.errands import Errand, Homecoming
from window_client.counter.standing import Standing
from window_client.counter.trouble import as_window_error

LANE = "check"
SHOWN = 1400  # pixels of the longer side of the picture beside the answer
Source = Path | str


@dataclass(frozen=True)
class VoucherChecked:
    """`given`: the paper as it was brought, `redrawn`: as it was signed; PNG, b"" where there is none."""

    verdict: Verdict
    name: str
    visit: str
    given: bytes = field(default=b"", repr=False)
    redrawn: tuple[bytes, ...] = field(default=(), repr=False)


def no_papers() -> Papers:
    return Papers(None, None, TrustMemory())


def no_page() -> Path:
    raise WindowError("printing.page_not_written", folder="-", system="-")


class Checking(Standing):
    """`papers` gathers whom this computer believes, `page_of_our_own` makes the verifying page with these very lists;
    assembly hands both in."""

    papers: Callable[[], Papers] = staticmethod(no_papers)
    page_of_our_own: Callable[[], Path] = staticmethod(no_page)
    _checked: VoucherChecked | None = None

    def check_voucher(self, source: Source) -> None:
        """A file, or the text of a symbol as a handheld scanner types it."""
        visit, now, papers, press = self._visit_number, self._clock(), self.papers, self.rooms.press

        def keep(found: VoucherChecked) -> None:
            self._checked = found
            self._changed()

        def work(*_: object) -> Homecoming:
            try:
                found = checked(source, visit, papers(), press, now)
            except PressTrouble as trouble:
                raise as_window_error(trouble) or trouble from None
            return Homecoming(afterwards=lambda: keep(found))

        self._checked = None
        errand = Errand(LANE, "desk.says.check", visit, work)
        self.errands.append(errand)
        self._changed()
        self._hand_out(errand)

    def open_page(self, show: Callable[[Path], None]) -> None:
        """The verifying page of this computer: a browser has the camera, and nothing more is installed for it."""
        make = self.page_of_our_own

        def work(*_: object) -> Homecoming:
            try:
                page = make()
            except PressTrouble as trouble:
                raise as_window_error(trouble) or trouble from None
            except OSError as trouble:
                reason = {"folder": str(trouble.filename or "-"), "system": str(trouble.strerror)}
                raise WindowError("printing.page_not_written", **reason) from None
            return Homecoming(afterwards=lambda: show(page))

        errand = Errand(LANE, "desk.says.check", self._visit_number, work)
        self.errands.append(errand)
        self._changed()
        self._hand_out(errand)

    @property
    def checked(self) -> VoucherChecked | None:
        """The last answer, as long as the same visit (or none) is at the window."""
        found = self._checked
        return found if found is not None and found.visit == self._visit_number else None

    def forget_check(self) -> None:
        self._checked = None
        self._changed()

    @property
    def _visit_number(self) -> str:
        return self.visit.number if self.visit is not None else ""


def checked(source: Source, visit: str, papers: Papers, press: Press, now: datetime) -> VoucherChecked:
    """Any thread. Raises nothing for what the source is: that is the verdict's to say."""
    verdict = papers.verify(source, now)
    given = b"" if isinstance(source, str) else picture_of(source)
    redrawn: tuple[bytes, ...] = ()
    if verdict.voucher is not None:
        # A voucher of a newer layout cannot be drawn here; its values are listed all the same.
        with contextlib.suppress(PressTrouble):
            redrawn = tuple(press.preview(verdict.voucher))
    return VoucherChecked(verdict, "" if isinstance(source, str) else source.name, visit, given, redrawn)


def picture_of(path: Path) -> bytes:
    """The file as a picture for the screen, b"" when it is none."""
    try:
        content = path.read_bytes()
        if b"%PDF-" in content[:1024]:
            page = paper.raster(content, 110.0, most_pages=1)[0]
        else:
            with Image.open(io.BytesIO(content)) as opened:
                opened.draft("RGB", (SHOWN, SHOWN))
                opened.thumbnail((SHOWN, SHOWN))
                page = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, MemoryError, pypdfium2.PdfiumError):
        return b""
    except Image.DecompressionBombError:
        return b""
    page.thumbnail((SHOWN, SHOWN))
    return paper.png(page, 96.0)
