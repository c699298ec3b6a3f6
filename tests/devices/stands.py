"""Real counterparts for every device there is: what the conformance suites plug in.

A new scanner or card reader adds its stand here; the suites then find it by roll call, and fail while it has none.
"""

import io
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from PIL import Image

from tests.devices.escl_counterpart import network_scanner
from window_client.devices.sample_documents import sample_document
from window_client.devices.sample_residents import sample_resident
from window_client.devices.scanner import Page, Place, Scanner, Wish
from window_client.devices.scanners.escl import Escl
from window_client.devices.scanners.sane import Sane
from window_client.devices.scanners.watched_folder import WatchedFolder
from window_client.devices.trouble import DeviceTrouble


@dataclass(frozen=True)
class Stand:
    """A scanner ready to be used, a way to put a paper in it, and a place where there is no scanner at all."""

    scanner: Scanner
    insert: Callable[[], None]
    wish: Wish
    nowhere: Scanner

    def scan(self, wish: Wish | None = None) -> tuple[Page, ...]:
        """What the scanner delivers. SANE's own test backend hangs now and then: it is asked again, twice at most."""
        for _ in range(2):
            try:
                return self.scanner.scan(wish or self.wish)
            except DeviceTrouble as trouble:
                if trouble.code != "scan_timeout":
                    raise
        return self.scanner.scan(wish or self.wish)


def paper(kind: str = "id_card") -> bytes:
    """A sample document as a scanner would deliver it."""
    return sample_document(sample_resident(), kind)


def small_paper(kind: str = "id_card", size: tuple[int, int] = (827, 1169)) -> bytes:
    """The same at 100 dpi, for tests that are about files and not about pictures."""
    with Image.open(io.BytesIO(paper(kind))) as page:
        small = page.resize(size, Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, "JPEG", quality=80)
    return written.getvalue()


def private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def _watched_folder(home: Path) -> Iterator[Stand]:
    folder = private(home / "scans")

    def insert() -> None:
        (folder / ".arriving").write_bytes(small_paper())
        (folder / ".arriving").rename(folder / f"scan{len(list(folder.iterdir()))}.jpg")

    blocked = home / "a-file"
    blocked.write_bytes(b"")
    yield Stand(
        WatchedFolder(Place(folder)), insert, Wish("id_card", wait=10), WatchedFolder(Place(blocked / "folder"))
    )


@contextmanager
def sane_backend(home: Path, **options: str) -> Iterator[Sane]:
    """SANE's own `test` backend, configured the way its test.conf is; scanimage itself is the real one."""
    assert shutil.which("scanimage"), "sane-utils is not installed; ./run test installs it"
    home.mkdir(parents=True, exist_ok=True)
    (home / "dll.conf").write_text("test\n")
    chosen = {"test-picture": '"Grid"', "mode": "Color", **options}
    (home / "test.conf").write_text("".join(f"{name} {value}\n" for name, value in chosen.items()))
    with mock.patch.dict(os.environ, {"SANE_CONFIG_DIR": str(home)}):
        yield Sane(Place(home, "test:0"))


@contextmanager
def _sane(home: Path) -> Iterator[Stand]:
    with sane_backend(home / "sane") as scanner:
        wish = Wish("id_card", dpi=100, pages=1, wait=8)
        yield Stand(scanner, lambda: None, wish, Sane(Place(home, "test:99")))


@contextmanager
def _escl(home: Path) -> Iterator[Stand]:
    with network_scanner() as counterpart:
        yield Stand(
            Escl(Place(home, counterpart.address)),
            lambda: counterpart.sheets.append(small_paper()),
            Wish("id_card", wait=10),
            Escl(Place(home, "http://127.0.0.1:9/eSCL")),
        )


SCANNERS: Mapping[str, Callable[[Path], AbstractContextManager[Stand]]] = {
    "watched_folder": _watched_folder,
    "sane": _sane,
    "escl": _escl,
}
