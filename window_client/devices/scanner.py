"""The port for scanners: whoever wants a page asks here and gets a page that is fit to be sealed, or one clear trouble.

The public half (scan, release, is_usable) keeps the laws for every scanner; a scanner is a file in scanners/ with the
private half, a few lines. Laws:

- Nothing but DeviceTrouble leaves this port; a fault in a driver is ``device_failed`` and is logged by its type alone.
- Every picture has passed the picture gate: it is really a picture, readable, bounded, without metadata.
- What was taken stays where it came from until ``release`` says that it is sealed. After a crash before that it is
  simply there again; the vault recognises a page it already has.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import ClassVar, Literal, final

from window_client import log
from window_client.devices.picture_gate import Picture, pictures_in
from window_client.devices.trouble import DeviceTrouble, code_of, only_device_trouble

_log = log.logger(__name__)


@dataclass(frozen=True)
class Wish:
    """What is wanted: material kind, dots per inch, colour or grey, pages (0: all there are), seconds to wait."""

    kind: str
    dpi: int = 300
    colour: Literal["colour", "grey"] = "colour"
    pages: int = 0
    wait: float = 60.0


@dataclass(frozen=True)
class Page:
    """One page: JPEG bytes, pixels, dots per inch; page ``number`` of ``of`` pages that came from ``source``."""

    content: bytes = field(repr=False)
    media_type: str
    width: int
    height: int
    dpi: int
    source: str = field(default="", repr=False)
    number: int = 1
    of: int = 1


@dataclass(frozen=True)
class Taken:
    """What a driver brings: bytes in a format the gate knows, and where they lie (empty: nowhere, paper only)."""

    content: bytes = field(repr=False)
    source: str = field(default="", repr=False)


@dataclass(frozen=True)
class Place:
    """What a scanner may need to know about this window: the folder of arriving pictures, the device's address."""

    folder: Path
    device: str = ""


class Scanner(ABC):
    """Public half of every scanner. A driver writes ``name``, ``_usable``, ``_take``; the rest if it has a memory."""

    name: ClassVar[str]

    def __init__(self, place: Place) -> None:
        self.place = place
        self._sealed: dict[str, set[int]] = {}
        self._lock = Lock()

    @final
    def is_usable(self) -> bool:
        """True when a scan could be asked for right now. Never raises."""
        try:
            return self._usable()
        except Exception as trouble:  # noqa: BLE001  a probing driver may fail in any way; the answer is then no
            _log.info("scanner not usable", device=self.name, trouble=code_of(trouble))
            return False

    @final
    def scan(self, wish: Wish, stop: Event | None = None) -> tuple[Page, ...]:
        """Take what is there or arrives within ``wish.wait`` seconds. Blocking: call it on a lane. DeviceTrouble."""
        began = time.monotonic()
        taken: list[Taken] = []
        with only_device_trouble(_log, "scan failed", self.name, material=wish.kind):
            try:
                for one in self._take(wish, stop or Event()):
                    taken.append(one)  # noqa: PERF402  what was taken before a driver fails must be given back
                pages = tuple(page for one in taken for page in self._through_the_gate(one, wish))
                if not pages:
                    raise DeviceTrouble("nothing_scanned", device=self.name)
            except Exception:
                for one in taken:
                    self._give_back(one.source)
                raise
        _log.info(
            "scanned",
            device=self.name,
            material=wish.kind,
            pages=len(pages),
            seconds=round(time.monotonic() - began, 2),
        )
        return pages

    @final
    def release(self, pages: Sequence[Page]) -> None:
        """These pages are sealed. When all pages of a source are, the source is wiped and cannot be taken again."""
        for page in pages:
            with self._lock:
                sealed = self._sealed.setdefault(page.source, set())
                sealed.add(page.number)
                whole = len(sealed) >= page.of
                if whole:
                    del self._sealed[page.source]
            if whole and page.source:
                try:
                    self._wipe(page.source)
                except OSError as trouble:
                    _log.warning("source not wiped", device=self.name, trouble=type(trouble).__name__)
                    raise DeviceTrouble("not_wiped", device=self.name) from trouble

    @final
    def put_back(self, pages: Sequence[Page]) -> None:
        """These pages were not kept; whoever scans next gets them again."""
        for source in {page.source for page in pages}:
            self._give_back(source)

    def _through_the_gate(self, taken: Taken, wish: Wish) -> tuple[Page, ...]:
        try:
            pictures: tuple[Picture, ...] = pictures_in(taken.content, dpi=wish.dpi, grey=wish.colour == "grey")
        except DeviceTrouble:
            self._refuse(taken.source)
            raise
        return tuple(
            Page(one.content, "image/jpeg", one.width, one.height, one.dpi, taken.source, number, len(pictures))
            for number, one in enumerate(pictures, 1)
        )

    @abstractmethod
    def _usable(self) -> bool: ...

    @abstractmethod
    def _take(self, wish: Wish, stop: Event) -> Iterable[Taken]: ...

    def _wipe(self, source: str) -> None:  # noqa: B027
        """Remove what was taken for good. Nothing to do for a device without a memory."""

    def _give_back(self, source: str) -> None:  # noqa: B027
        """What was taken may be taken again. Nothing to do for a device without a memory."""

    def _refuse(self, source: str) -> None:  # noqa: B027
        """What was taken is no use and must not be in the way of the next page."""
