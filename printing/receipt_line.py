"""Receipt printers over the line: the slip as raster commands, and the three ways to reach such a printer (ESC/POS).

The whole slip is one picture (`GS v 0`), so no font and no setting of the printer can change a word. Law C11: an error
before the first byte means surely no paper; after it nobody knows, and that is what is said.
"""

from __future__ import annotations

import io
import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, Protocol

from PIL import Image, ImageOps

from printing.errors import PrinterGone, PrinterRefused

PATIENCE: Final = 4.0
PRINTING: Final = 20.0  # until everything is worked off: a long slip on a slow head, after the last byte went into it
PART: Final = 4096  # bytes at once: patience is for a part, because a full printer takes the next one when it has room
BAND: Final = 512  # rows a command: what the smallest buffers of such printers hold
START: Final = b"\x1b@"  # ESC @: forget what the last program left
CUT: Final = b"\x1dVB\x03"  # GS V 66 3: feed to the knife and cut
ASK_STATE: Final = b"\x10\x04\x01"  # DLE EOT 1, answered at once: online?
ASK_PAPER: Final = b"\x10\x04\x04"  # DLE EOT 4, answered at once: paper?
ASK_IN_TURN: Final = b"\x1dr\x01"  # GS r 1, answered when everything before it was worked off
OFFLINE: Final = 0x08
PAPER_END: Final = 0x60  # of DLE EOT 4
PAPER_END_IN_TURN: Final = 0x0C  # of GS r 1
_USB_PRINTER: Final = 7  # the interface class of printers
_ADDRESS: Final = re.compile(
    r"tcp://(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):([0-9]{1,5})|file://(/.+)|usb://([0-9a-fA-F]{4}):([0-9a-fA-F]{4})"
)


def commands(png: bytes) -> bytes:
    """The picture as an ESC/POS job: start, bands of raster, cut. A dark dot is a set bit, eight dots a byte."""
    with Image.open(io.BytesIO(png)) as picture:
        dots = ImageOps.invert(picture.convert("L")).convert("1")
    wide = (dots.width + 7) // 8
    made = [START]
    for top in range(0, dots.height, BAND):
        band = dots.crop((0, top, wide * 8, min(top + BAND, dots.height)))
        made.append(b"\x1dv0\x00" + wide.to_bytes(2, "little") + band.height.to_bytes(2, "little") + band.tobytes())
    return b"".join([*made, CUT])


class Line(Protocol):
    """An open way to a printer. `ask` gives one byte, or nothing when the printer does not answer in `patience`."""

    def write(self, content: bytes) -> None: ...
    def ask(self, question: bytes, patience: float) -> bytes: ...
    def close(self) -> None: ...


class _Network:
    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), timeout=PATIENCE)

    def write(self, content: bytes) -> None:
        self._socket.settimeout(PATIENCE)
        self._socket.sendall(content)

    def ask(self, question: bytes, patience: float) -> bytes:
        self._socket.settimeout(patience)
        try:
            self._socket.sendall(question)
            return self._socket.recv(1)
        except TimeoutError:
            return b""

    def close(self) -> None:
        self._socket.close()


class _Device:
    """A device file such as /dev/usb/lp0; it takes bytes and tells nothing."""

    def __init__(self, path: str) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOCTTY", 0))

    def write(self, content: bytes) -> None:
        while content:
            content = content[os.write(self._handle, content) :]

    def ask(self, question: bytes, patience: float) -> bytes:
        return b""

    def close(self) -> None:
        os.close(self._handle)


class _Usb:
    """Opened by python-escpos, which asks the system's driver to step aside. Which end points a printer has, it tells
    itself; python-escpos would take 0x01 and 0x82 for granted."""

    def __init__(self, vendor: int, product: int) -> None:
        import usb.core
        import usb.util
        from escpos.printer import Usb

        device = usb.core.find(idVendor=vendor, idProduct=product)
        if device is None:
            raise LookupError
        interface, out, self._into = _end_points(device)
        usb.util.dispose_resources(device)
        self._printer: Any = Usb(vendor, product, timeout=int(PATIENCE * 1000), out_ep=out)
        try:
            self._printer.open()
            usb.util.claim_interface(self._printer.device, interface)  # in another program's hands: said before a byte
        except Exception:
            self._printer.close()
            raise

    def write(self, content: bytes) -> None:
        self._printer._raw(content)

    def ask(self, question: bytes, patience: float) -> bytes:
        import usb.core

        if self._into is None:
            return b""
        try:
            self._printer._raw(question)
            return bytes(self._printer.device.read(self._into, 16, int(patience * 1000)))[:1]
        except usb.core.USBTimeoutError:
            return b""

    def close(self) -> None:
        self._printer.close()


def _end_points(device: Any) -> tuple[int, int, int | None]:
    """(interface, end point out, end point in or None) of the printer's interface, else of the first that can write."""
    found: list[tuple[bool, int, int, int | None]] = []
    for interface in device.get_active_configuration():
        bulk = [each.bEndpointAddress for each in interface if each.bmAttributes & 3 == 2]
        outs = [address for address in bulk if not address & 0x80]
        ins = [address for address in bulk if address & 0x80]
        if outs and interface.bAlternateSetting == 0:
            is_other = interface.bInterfaceClass != _USB_PRINTER
            found.append((is_other, interface.bInterfaceNumber, outs[0], ins[0] if ins else None))
    return min(found, key=lambda each: each[:2])[1:]


def is_address(address: str) -> bool:
    return _ADDRESS.fullmatch(address) is not None


def _opened(address: str) -> Line:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise PrinterRefused(printer=address, reason="address")
    host, port, path, vendor, product = found.groups()
    if host:
        return _Network(host.strip("[]"), int(port))
    return _Device(path) if path else _Usb(int(vendor, 16), int(product, 16))


@contextmanager
def opened(address: str, printer: str) -> Iterator[Line]:
    """An open line. PrinterGone when there is no way to the printer; nothing was sent then."""
    try:
        line = _opened(address)
    except PrinterRefused:
        raise
    except Exception as trouble:  # noqa: BLE001 sockets, files and USB drivers each have their own families
        raise PrinterGone(printer=printer, reason="line", system=type(trouble).__name__) from None
    try:
        yield line
    finally:
        with suppress(
            Exception
        ):  # closing a line that the other side has dropped is no news; the job's fate is decided
            line.close()
