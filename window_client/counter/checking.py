"""Is this voucher genuine? Asked at the window for a paper, a file or a scanned text that somebody brings.

Laws: what comes out is one of the verifier's own answers, in its own words, and "cannot tell" is never "no"; nothing
is written down about it, nothing of it goes onto the resident's screen, and it is forgotten with the visit it came in.
A voucher of our own can be ended, corrected or printed from here (changing.py); the answer is then asked for anew.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
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
from printing.voucher import Form
from window_client.casework.errors import WindowError
from window_client.counter.changing import STATES, Ours, Standings, corrected, next_number, paper_again
from window_client.counter.errands import Errand, Homecoming
from window_client.counter.standing import Standing
from window_client.counter.trouble import as_window_error
from window_client.devices.camera import Camera
from window_client.devices.trouble import DeviceTrouble

LANE = "check"
SHOWN = 1400  # pixels of the longer side of the picture beside the answer
Source = Path | str | tuple[str, ...]  # a file, a symbol's text, all texts a camera saw


@dataclass(frozen=True)
class VoucherChecked:
    """`given`: the paper as it was brought, `redrawn`: as it was signed; PNG, b"" where there is none. `ours`: how it
    stands in our own book, when it is ours."""

    verdict: Verdict
    name: str
    visit: str
    given: bytes = field(default=b"", repr=False)
    redrawn: tuple[bytes, ...] = field(default=(), repr=False)
    ours: Ours | None = None


def no_papers() -> Papers:
    return Papers(None, None, TrustMemory())


def no_camera() -> Camera:
    raise DeviceTrouble("camera_missing")


def no_page() -> Path:
    raise WindowError("printing.page_not_written", folder="-", system="-")


class Checking(Standing):
    """`papers` gathers whom this computer believes, `page_of_our_own` makes the verifying page with these very lists,
    `standings` is our own book of states, `camera` makes the one this window has; assembly hands them in."""

    papers: Callable[[], Papers] = staticmethod(no_papers)
    page_of_our_own: Callable[[], Path] = staticmethod(no_page)
    camera: Callable[[], Camera] = staticmethod(no_camera)
    camera_is_on = False
    standings: Standings | None = None
    _checked: VoucherChecked | None = None

    def check_voucher(self, source: Source) -> None:
        """A file, the text of a symbol as a handheld scanner types it, or all texts that were before the camera."""
        self._checked = None
        self._check_after(lambda: source, "desk.says.check")

    def change_voucher(self, act: str, reason: str) -> None:
        """Revoke, suspend, resume or redeem the voucher that was checked; then it is checked again."""
        found, ours, standings = self._our_own(act)
        state, number, clerk = STATES[act], ours.voucher.number, self.station.clerk

        def first() -> Source:
            standings.change(number, state, reason, clerk)
            return self._text_of(number)

        self._check_after(first, "desk.says.standing", keep=found.given)

    def correct_voucher(self, values: Mapping[str, str], reason: str) -> None:
        """Issue the correction of the voucher that was checked, which ends with it; then the correction is shown."""
        _, ours, standings = self._our_own("correct")
        press, now = self.rooms.press, self._clock()
        voucher = replace(corrected(ours, values, reason, next_number(ours, press)), issued_at=now)

        def first() -> Source:
            issued = press.issue(voucher)
            standings.publish()
            return issued.qr_text

        self._check_after(first, "desk.says.standing")

    def print_checked(self, printer: str, form: Form, reason: str) -> None:
        """The paper of the voucher that was checked: the first one, or with a reason a marked reprint."""
        found, ours, _ = self._our_own("")
        press, number = self.rooms.press, ours.voucher.number

        def first() -> Source:
            paper_again(press, number, printer, form, reason)
            return self._text_of(number)

        self._check_after(first, "desk.says.print", keep=found.given)

    def _text_of(self, number: str) -> str:
        return self.rooms.press.stored(number).qr_text

    def _our_own(self, act: str) -> tuple[VoucherChecked, Ours, Standings]:
        found, standings = self.checked, self.standings
        if found is None or found.ours is None or standings is None or (act and act not in found.ours.offered):
            raise WindowError("desk.not_to_change")
        return found, found.ours, standings

    def _check_after(self, first: Callable[[], Source], says: str, *, keep: bytes = b"") -> None:
        """Does `first` on the lane, then checks what it names; the answer stands until the next one. `keep`: the
        picture of the paper that was brought."""
        visit, now, papers, press = self.visit_number, self._clock(), self.papers, self.rooms.press
        standings = self.standings

        def keep_it(found: VoucherChecked) -> None:
            self._checked = found
            self._changed()

        def work(*_: object) -> Homecoming:
            try:
                found = checked(first(), visit, papers(), press, now)
                ours = standings.of(found.verdict, press) if standings is not None else None
            except PressTrouble as trouble:
                raise as_window_error(trouble) or trouble from None
            told = replace(found, ours=ours, given=found.given or keep)
            return Homecoming(afterwards=lambda: keep_it(told))

        errand = Errand(LANE, says, visit, work)
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

        errand = Errand(LANE, "desk.says.check", self.visit_number, work)
        self.errands.append(errand)
        self._changed()
        self._hand_out(errand)

    @property
    def checked(self) -> VoucherChecked | None:
        """The last answer, as long as the same visit (or none) is at the window."""
        found = self._checked
        return found if found is not None and found.visit == self.visit_number else None

    def forget_check(self) -> None:
        self._checked = None
        self._changed()

    def tell_camera(self, on: bool) -> None:
        """Whether a camera looks at the counter right now: both screens say so as long as it does."""
        if on != self.camera_is_on:
            self.camera_is_on = on
            self._changed()

    @property
    def visit_number(self) -> str:
        return self.visit.number if self.visit is not None else ""


def checked(source: Source, visit: str, papers: Papers, press: Press, now: datetime) -> VoucherChecked:
    """Any thread. Raises nothing for what the source is: that is the verdict's to say."""
    # Several lines are several symbols, as in a text file: two vouchers before one camera are two questions.
    verdict = papers.verify("\n".join(source).encode() if isinstance(source, tuple) else source, now)
    given = picture_of(source) if isinstance(source, Path) else b""
    redrawn: tuple[bytes, ...] = ()
    if verdict.voucher is not None:
        # A voucher of a newer layout cannot be drawn here; its values are listed all the same.
        with contextlib.suppress(PressTrouble):
            redrawn = tuple(press.preview(verdict.voucher))
    return VoucherChecked(verdict, source.name if isinstance(source, Path) else "", visit, given, redrawn)


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
