"""A print server and a printer that are real, private and gone after the test.

`cupsd` on a loopback port with its own folders, an IPP printer (`ippeveprinter`) behind it, and the message bus and
name service that this program insists on, also private. The printer runs a script per page: it puts the page into a
folder, or says that the paper is out and waits until somebody adds some. A second queue, `cable`, has a device that
nobody but the server can talk to, as a printer on a USB cable: a backend program of ours that does the same.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30.0

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={room}/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/>
{kinds}</policy></busconfig>"""

_NAMES = """[server]
host-name=onewindowtest
use-ipv4=yes
use-ipv6=no
allow-interfaces=lo
enable-dbus=yes
disallow-other-stacks=no
[publish]
publish-workstation=no
publish-hinfo=no
"""

# The printer's engine: $1 is the page. While `no-paper` exists it says so and prints nothing.
_ENGINE = """#!/bin/sh
if [ -e {room}/no-paper ]; then
  echo "STATE: +media-empty-error,media-needed" >&2
  while [ -e {room}/no-paper ]; do sleep 0.05; done
  echo "STATE: -media-empty-error,media-needed" >&2
fi
cp "$1" "{room}/paper/$$.half" && mv "{room}/paper/$$.half" "{room}/paper/$$.pdf"
"""

# The cable's end: the server starts it for a job, with the page on its input or as its sixth word.
_CABLE = """#!/bin/sh
[ $# = 0 ] && {{ echo 'direct cable "Unknown" "A printer on a cable"'; exit 0; }}
if [ -e {room}/no-paper ]; then
  echo "STATE: +media-empty-error,media-needed" >&2
  while [ -e {room}/no-paper ]; do sleep 0.05; done
  echo "STATE: -media-empty-error,media-needed" >&2
fi
cat ${{6:+"$6"}} > "{room}/paper/$$.half" && mv "{room}/paper/$$.half" "{room}/paper/$$.pdf"
"""

_SERVER = """Listen 127.0.0.1:{port}
LogLevel warn
Browsing Off
DefaultAuthType None
WebInterface No
JobRetryInterval 1
ErrorPolicy retry-current-job
PreserveJobHistory Yes
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""

_FOLDERS = """SystemGroup root lpadmin
FileDevice No
ServerRoot {room}/root
ServerBin {room}/bin
RequestRoot {room}/spool
CacheDir {room}/cache
StateDir {room}/state
TempDir {room}/spool/tmp
AccessLog {room}/access.log
ErrorLog {room}/error.log
PageLog {room}/page.log
"""


@dataclass
class PrintServer:
    room: Path
    address: str
    queue: str
    printer: subprocess.Popen[bytes]

    def pages(self) -> list[bytes]:
        return [file.read_bytes() for file in sorted((self.room / "paper").glob("*.pdf"))]

    def take_paper_out(self) -> None:
        (self.room / "no-paper").touch()

    def add_paper(self) -> None:
        (self.room / "no-paper").unlink()

    def pull_the_plug(self) -> None:
        self.printer.kill()
        self.printer.wait()


def wait_for(fact: Callable[[], object], what: str) -> None:
    """Looks until `fact()` is true; a test waits for facts, never for a time."""
    deadline = time.monotonic() + PATIENCE
    while not fact():
        if time.monotonic() > deadline:
            raise AssertionError(f"did not happen: {what}")
        time.sleep(0.03)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as one:
        one.settimeout(0.2)
        return one.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running_print_server() -> Iterator[PrintServer]:
    room = Path(tempfile.mkdtemp(prefix="ow-print-", dir="/tmp"))
    room.chmod(0o755)
    with ExitStack() as closing:
        closing.callback(shutil.rmtree, room, ignore_errors=True)
        environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={room}/bus", "LC_ALL": "C"}
        _bus(room, environment, closing)
        printer_port, server_port = free_port(), free_port()
        printer = _printer(room, printer_port, environment, closing)
        _cups(room, server_port, environment, closing)
        address = f"127.0.0.1:{server_port}"
        _queue(address, "office", f"ipp://127.0.0.1:{printer_port}/ipp/print", "everywhere")
        _queue(address, "cable", "cable:/1", "raw")
        yield PrintServer(room, address, "office", printer)


def _start(words: list[str], room: Path, environment: dict[str, str], closing: ExitStack) -> subprocess.Popen[bytes]:
    log = closing.enter_context((room / f"{Path(words[0]).name}.out").open("wb"))
    child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=room)
    closing.callback(_stop, child)
    return child


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _bus(room: Path, environment: dict[str, str], closing: ExitStack) -> None:
    kinds = "".join(
        f'<allow {way}_type="{kind}"/>'
        for way in ("send", "receive")
        for kind in ("method_call", "method_return", "signal", "error")
    )
    (room / "bus.conf").write_text(_BUS.format(room=room, kinds=kinds))
    (room / "names.conf").write_text(_NAMES)
    _start(["dbus-daemon", f"--config-file={room}/bus.conf", "--nofork", "--nopidfile"], room, environment, closing)
    wait_for((room / "bus").exists, "the private message bus")
    Path("/run/avahi-daemon").mkdir(exist_ok=True)  # its place is fixed when it is built
    words = ["avahi-daemon", "-f", f"{room}/names.conf", "--no-drop-root", "--no-chroot", "--no-rlimits"]
    _start(words, room, environment, closing)
    wait_for(lambda: "startup complete" in (room / "avahi-daemon.out").read_text(), "the private name service")


def _printer(room: Path, port: int, environment: dict[str, str], closing: ExitStack) -> subprocess.Popen[bytes]:
    (room / "paper").mkdir()
    engine = room / "engine"
    engine.write_text(_ENGINE.format(room=room))
    engine.chmod(0o755)
    words = ["ippeveprinter", "-r", "off", "-p", str(port), "-d", str(room), "-f", "application/pdf"]
    child = _start([*words, "-c", str(engine), "Office"], room, environment, closing)
    wait_for(lambda: answers(port), "the printer listens")
    return child


def _cups(room: Path, port: int, environment: dict[str, str], closing: ExitStack) -> None:
    for name in ("root", "root/ppd", "spool", "spool/tmp", "cache", "state", "state/certs"):
        (room / name).mkdir()
        (room / name).chmod(0o777)
    _programs(room)
    (room / "root/cupsd.conf").write_text(_SERVER.format(port=port))
    (room / "root/cups-files.conf").write_text(_FOLDERS.format(room=room))
    words = ["cupsd", "-f", "-c", f"{room}/root/cupsd.conf", "-s", f"{room}/root/cups-files.conf"]
    _start(words, room, environment, closing)
    wait_for(lambda: answers(port), "the print server listens")


def _queue(address: str, name: str, device: str, model: str) -> None:
    words = ["lpadmin", "-h", address, "-p", name, "-E", "-v", device, "-m", model]
    made = subprocess.run(words, capture_output=True, timeout=60)
    assert made.returncode == 0, made.stderr.decode()


def _programs(room: Path) -> None:
    """The server's own programs, and beside its backends ours."""
    theirs, ours = Path("/usr/lib/cups"), room / "bin"
    (ours / "backend").mkdir(parents=True)
    for folder in (each for each in theirs.iterdir() if each.name != "backend"):
        (ours / folder.name).symlink_to(folder)
    for program in (theirs / "backend").iterdir():
        (ours / "backend" / program.name).symlink_to(program)
    cable = ours / "backend" / "cable"
    cable.write_text(_CABLE.format(room=room))
    cable.chmod(0o700)  # such a one the server runs as itself, and the paper is in its folder
