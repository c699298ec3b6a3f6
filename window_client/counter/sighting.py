"""Reading what a camera shows: many pictures of one paper, most of them of a paper that is still moving.

Laws: the same readers as for a photo, the quick ones on every picture, the patient ones only while nothing was read for
a while and there is something to be patient about. Whoever holds up two vouchers is asked about two: after the first
text a few more pictures are looked at. A code that is no voucher has to stay before it is an answer, because codes hang
on walls and telephones. Nothing is kept but the texts of this one paper.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PIL import Image

from printing import mending, qr, reading
from printing.seal import StatementWrong

SECOND_READER: Final = 0.7  # seconds without a text until pyzbar is asked too: it costs five times the first one
PATIENT: Final = 2.0  # … until a picture is mended and unrolled
MENDING: Final = 1.2  # seconds one picture is mended for, and then rested for
MORE: Final = 0.35  # seconds after a voucher was read in which others beside it are looked for
MORE_BESIDE: Final = 1.2  # the same while a symbol is in the picture that was not read yet
STAYS: Final = 1.5  # seconds a code that is no voucher has to stay in the picture
SLOW: Final = 4.0  # seconds after which whoever holds the paper is told how to hold it
GONE: Final = 0.8  # seconds after which a code that was seen is no longer there


class Sighting:
    """`look(picture)` one after another, on one thread: the texts when there is an answer to ask for, else ().
    `is_hard`: a symbol is seen and not read, or nothing was read for long."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._began = now()
        self._rest_until = 0.0
        self._found: dict[str, float] = {}
        self._first = 0.0
        self._beside = self.is_hard = False

    def look(self, picture: Image.Image) -> tuple[str, ...]:
        grey = picture.getchannel(0) if picture.mode == "YCbCr" else picture.convert("L")
        texts, self._beside = reading.glance(grey)
        if not texts and not self._found:
            texts = set(self._insisted_on(grey))
        now = self._now()
        self.is_hard = not texts and not self._found and (self._beside or now - self._began > SLOW)
        self._forget(now)
        if texts and not self._found:
            self._first = now
        self._found |= dict.fromkeys(texts, now)
        if not self._found:
            return ()
        return tuple(sorted(self._found)) if now - self._first >= self._enough() else ()

    def _forget(self, now: float) -> None:
        """A voucher that was read stays read; anything else is only an answer while it is there."""
        for text, seen in tuple(self._found.items()):
            if now - seen > GONE and not is_voucher(text):
                del self._found[text]

    def _enough(self) -> float:
        if not any(is_voucher(text) for text in self._found):
            return STAYS
        return MORE_BESIDE if self._beside else MORE

    def _insisted_on(self, grey: Image.Image) -> list[str]:
        now = self._now()
        if now - self._began < SECOND_READER:
            return []
        if not self._beside and not mending.grain_boxes(grey):
            return []  # an empty counter, a hand, a face: nothing anybody could read
        texts = reading.by_pyzbar(grey)
        if not texts and now - self._began >= PATIENT and now >= self._rest_until:
            texts = reading.texts(grey, MENDING)
            self._rest_until = self._now() + MENDING
        return texts


def is_voucher(text: str) -> bool:
    """Made to be one: also when it is damaged, cut or of a version to come."""
    try:
        qr.parse(text)
    except StatementWrong as wrong:
        return wrong.code != "NOT_A_VOUCHER"
    return True
