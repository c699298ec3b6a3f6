"""Pages of a scanned PDF, drawn by a child process that may neither grow, nor run long, nor write.

A PDF is a program: 164 kB can unfold to 84 MB, a form can contain itself, a page can be a square kilometre. The library
that draws it runs in a child with limits on memory, processor time, open files and written bytes; what comes back are
plain pixels, which go through the same gate as any other picture. The child is this module, run by itself.
"""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from typing import Final

from window_client.devices.trouble import DeviceTrouble

_SECONDS: Final = 30
_MEMORY: Final = 700_000_000  # one A4 page at 300 dpi needs a quarter of it
_MOST_PAGES: Final = 50
_MOST_PIXELS: Final = 9_000_000  # A4 at 300 dpi
_ENCRYPTED, _TOO_MANY, _DAMAGED = 3, 4, 5


def pages_of_pdf(content: bytes) -> Iterator[bytes]:
    """Every page as PPM bytes. DeviceTrouble ``scan_unreadable``: encrypted, too_many_pages, too_big, damaged."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-m", "window_client.devices.pdf_pages"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ},
        close_fds=True,
    )
    try:
        drawn, _ = child.communicate(content, timeout=_SECONDS)
    except subprocess.TimeoutExpired as trouble:
        raise DeviceTrouble("scan_unreadable", why="too_big") from trouble
    finally:
        child.kill()
        child.wait()
    match child.returncode:
        case 0:
            yield from _sheets(drawn)
        case 3:
            raise DeviceTrouble("scan_unreadable", why="encrypted")
        case 4:
            raise DeviceTrouble("scan_unreadable", why="too_many_pages")
        case 5:
            raise DeviceTrouble("scan_unreadable", why="damaged")
        case 1:  # the child itself could not run: a broken installation, not a broken file
            raise DeviceTrouble("device_failed", device="pdf", what="child")
        case _:  # ended by one of its limits
            raise DeviceTrouble("scan_unreadable", why="too_big")


def _sheets(drawn: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(drawn):
        (length,) = struct.unpack_from(">I", drawn, at)
        yield drawn[at + 4 : at + 4 + length]
        at += 4 + length


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the time limit of the parent is all there is
        return
    for what, value in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, 15),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (value, value))


def _draw() -> int:
    """The child: PDF from standard input, length and PPM of each page to standard output."""
    import pypdfium2

    content = sys.stdin.buffer.read()
    _limit()
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as trouble:
        return _ENCRYPTED if "password" in str(trouble).lower() or "security" in str(trouble).lower() else _DAMAGED
    if len(document) > _MOST_PAGES:
        return _TOO_MANY
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        scale = min(300 / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        picture = page.render(scale=scale).to_pil().convert("RGB")
        head = b"P6\n%d %d\n255\n" % picture.size
        body = picture.tobytes()
        sys.stdout.buffer.write(struct.pack(">I", len(head) + len(body)) + head + body)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(_draw())
    except MemoryError:
        os._exit(6)
