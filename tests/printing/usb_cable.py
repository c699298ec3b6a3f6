"""A USB cable with a receipt printer at its end, without hardware: run by the system's own Python (for umockdev).

`/usr/bin/python3 usb_cable.py PORT` makes a test bed in which libusb finds a printer, and prints the test bed's folder.
A program started with that folder in `UMOCKDEV_DIR` and umockdev's library preloaded opens the printer with the same
calls as a real one: descriptors out of sysfs, ioctls of usbdevfs. What is written to the printer goes on to a line to
the port, what comes back from there is what the printer says. Orders on standard input: `busy` (another program has the
interface), `free`, `unplug`, `plug`; each is answered with a line.

Its end points are 0x03 and 0x81, as many printers have them and python-escpos does not expect; the system's printer
driver sits on it when it is plugged in.
"""

import errno
import socket
import struct
import sys
from collections.abc import Callable
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("UMockdev", "1.0")
from gi.repository import GLib, UMockdev  # type: ignore[import-not-found]  # noqa: E402

Answered = tuple[int, int]  # result, errno

OUT, IN = 0x03, 0x81
URB = struct.Struct("=BBxxiIxxxxQiiiiiIQ")
SETCONFIGURATION, GETDRIVER, SUBMITURB, DISCARDURB, REAPURBNDELAY = (
    0x80045505,
    0x41045508,
    0x8038550A,
    0x550B,
    0x4008550D,
)
CLAIM, RELEASE, ASIDE, RESET, CAPABILITIES, SPEED = 0x8004550F, 0x80045510, 0xC0105512, 0x5514, 0x8004551A, 0x551F
DESCRIPTORS = (
    struct.pack("<BBHBBBBHHHBBBB", 18, 1, 0x0200, 0, 0, 0, 64, 0x04B8, 0x0E15, 0x0100, 0, 0, 0, 1)
    + struct.pack("<BBHBBBBB", 9, 2, 32, 1, 1, 0, 0xC0, 1)
    + struct.pack("<BBBBBBBBB", 9, 4, 0, 0, 2, 7, 1, 2, 0)
    + struct.pack("<BBBBHB", 7, 5, IN, 2, 64, 0)
    + struct.pack("<BBBBHB", 7, 5, OUT, 2, 64, 0)
)


class Cable:
    def __init__(self, port: int) -> None:
        self.port = port
        self.busy = self.gone = False
        self.driver = True
        self.line: socket.socket | None = None
        self.waiting: list[tuple[Any, Any, int]] = []
        self.done: list[Any] = []

    def call(self, client: Any) -> Answered:
        """One ioctl."""
        request = client.get_request()
        answer = self.answers().get(request)
        if self.gone or answer is None:
            return -1, errno.ENODEV if self.gone else errno.ENOTTY
        size = (request >> 16) & 0x3FFF  # the kernel's own numbering: how long the structure is
        argument = client.get_property("arg")
        return answer(argument.resolve(0, size) if size else argument)

    def answers(self) -> dict[int, Callable[[Any], Answered]]:
        return {
            CAPABILITIES: self.capabilities,
            SPEED: lambda _: (3, 0),
            RESET: lambda _: (0, 0),
            GETDRIVER: self.driver_s_name,
            ASIDE: self.step_aside,
            SETCONFIGURATION: lambda _: (-1, errno.EBUSY) if self.busy or self.driver else (0, 0),
            CLAIM: self.claim,
            RELEASE: self.release,
            SUBMITURB: self.submit,
            DISCARDURB: self.discard,
            REAPURBNDELAY: self.reap,
        }

    def capabilities(self, data: Any) -> Answered:
        data.update(0, list(struct.pack("=I", 0x01 | 0x04)))  # zero packets, no limit of size
        return 0, 0

    def driver_s_name(self, data: Any) -> Answered:
        if not self.driver:
            return -1, errno.ENODATA
        data.update(4, list(b"usblp\0"))
        return 0, 0

    def step_aside(self, _: Any) -> Answered:
        self.driver = False
        return 0, 0

    def claim(self, _: Any) -> Answered:
        if self.busy or self.driver:
            return -1, errno.EBUSY
        if self.line is None:
            self.line = socket.create_connection(("127.0.0.1", self.port))
        return 0, 0

    def release(self, _: Any) -> Answered:
        self.hang_up()
        return 0, 0

    def submit(self, urb: Any) -> Answered:
        _, point, _, _, _, length, *_ = URB.unpack(bytes(urb.retrieve()))
        if self.line is None:
            return -1, errno.EINVAL
        if point == OUT:
            try:
                self.line.sendall(bytes(urb.resolve(16, length).retrieve()) if length else b"")
                self.ended(urb, 0, length)
            except OSError:
                self.ended(urb, -errno.EPROTO, 0)
        else:
            self.waiting.append((urb, urb.resolve(16, length), length))
        return 0, 0

    def ended(self, urb: Any, status: int, count: int) -> None:
        urb.update(4, list(struct.pack("=i", status)))
        urb.update(28, list(struct.pack("=i", count)))
        self.done.append(urb)

    def reap(self, place: Any) -> Answered:
        if not self.done and self.waiting:
            self.listen()
        if not self.done:
            return -1, errno.EAGAIN
        place.set_ptr(0, self.done.pop(0))
        return 0, 0

    def listen(self) -> None:
        """What the printer says, into the oldest question; nothing when it says nothing yet."""
        urb, buffer, length = self.waiting[0]
        assert self.line is not None
        self.line.settimeout(0.005)
        try:
            said = self.line.recv(length)
        except TimeoutError:
            return
        except OSError:
            said = b""
        finally:
            self.line.settimeout(None)
        self.waiting.pop(0)
        if said:
            buffer.update(0, list(said))
            self.ended(urb, 0, len(said))
        else:
            self.ended(urb, -errno.EPROTO, 0)

    def discard(self, arg: Any) -> Answered:
        address = struct.unpack("=Q", bytes(arg.retrieve()))[0]
        for each in list(self.waiting):
            if each[0].client_addr == address:
                self.waiting.remove(each)
                self.ended(each[0], -errno.ENOENT, 0)
                return 0, 0
        return -1, errno.EINVAL

    def hang_up(self) -> None:
        if self.line is not None:
            self.line.close()
        self.line, self.waiting, self.done = None, [], []

    def order(self, word: str) -> None:
        if word == "unplug":
            self.gone = True
            self.hang_up()
        elif word == "plug":
            self.gone, self.driver = False, True
        else:
            self.busy = word == "busy"


def main() -> None:
    cable = Cable(int(sys.argv[1]))
    bed = UMockdev.Testbed.new()
    bed.add_from_string(
        "P: /devices/usb1/1-1\nN: bus/usb/001/002\nE: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\nE: BUSNUM=001\n"
        "E: DEVNUM=002\nE: DEVNAME=/dev/bus/usb/001/002\nE: MAJOR=189\nE: MINOR=1\nA: busnum=1\\n\nA: devnum=2\\n\n"
        "A: speed=480\\n\nA: bConfigurationValue=1\\n\nA: bNumConfigurations=1\\n\nH: descriptors="
        + DESCRIPTORS.hex()
        + "\n"
    )
    handler = UMockdev.IoctlBase()

    def called(_: Any, client: Any) -> bool:
        client.complete(*cable.call(client))
        return True

    handler.connect("handle-ioctl", called)
    bed.attach_ioctl("/dev/bus/usb/001/002", handler)
    loop = GLib.MainLoop()

    def ordered(_source: Any, _condition: Any) -> bool:
        word = sys.stdin.readline().strip()
        if not word:
            loop.quit()
            return False
        cable.order(word)
        print("done", flush=True)
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, ordered)
    print(bed.get_root_dir(), flush=True)
    loop.run()


main()
