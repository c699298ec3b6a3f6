"""Two questions in the printers' own protocol (RFC 8011): how did this job end, and how does this printer stand now?

`lpstat` lists ended jobs but shows a printed and an aborted one alike (measured with CUPS 2.4.2: both
"processing-to-stop-point"), and taking a lost page for a printed one is the one mistake a press must not make. And a
print server remembers "out of paper" until its next job, while the printer itself knows better.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

PATIENCE: Final = 5.0
SHORT_PATIENCE: Final = 2.0  # with a printer: a clerk waits for the answer, and one that is on answers at once
_LARGEST: Final = 1 << 20
_STATES: Final = {3: "pending", 4: "held", 5: "processing", 6: "stopped", 7: "canceled", 8: "aborted", 9: "completed"}
_PRINTER_STATES: Final[dict[int, Literal["idle", "processing", "stopped"]]] = {3: "idle", 4: "processing", 5: "stopped"}
JobEnd = Literal["pending", "held", "processing", "stopped", "canceled", "aborted", "completed"]
_CHARSET, _LANGUAGE, _URI, _KEYWORD, _NAME, _ENUM, _INTEGER = 0x47, 0x48, 0x45, 0x44, 0x42, 0x23, 0x21
_GET_JOB, _GET_PRINTER = 0x0009, 0x000B
_SERVERS_OWN: Final = ("/printers/", "/classes/")  # another print server's queue: it remembers, it does not know


class _SocketFile(http.client.HTTPConnection):
    """HTTP over the server's local socket, where CUPS listens by default."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=PATIENCE)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(self._path)


@dataclass(frozen=True)
class JobSaid:
    """`begun`: the server had started to send pages; true as well where it does not say."""

    state: JobEnd
    begun: bool


def job_said(server: str, number: int) -> JobSaid | None:
    """What `server` (`host:port` or the path of a socket) says of job `number`; None when it says nothing."""
    body = _question(_GET_JOB, ("job-uri", f"ipp://localhost/jobs/{number}"), "job-state", "time-at-processing")
    connection = _SocketFile(server) if server.startswith("/") else http.client.HTTPConnection(server, timeout=PATIENCE)
    content = _answer(connection, "/", body)
    if content is None:
        return None
    state: JobEnd | None = None
    begun = True
    try:
        for tag, name, value in _attributes(content):
            if tag == _ENUM and name == "job-state" and len(value) == 4:
                state = _STATES.get(struct.unpack(">i", value)[0])  # type: ignore[assignment]
            elif name == "time-at-processing":
                begun = tag == _INTEGER and len(value) == 4 and struct.unpack(">i", value)[0] > 0
    except (struct.error, UnicodeDecodeError):
        return None
    return None if state is None else JobSaid(state, begun)


@dataclass(frozen=True)
class PrinterSaid:
    """`reasons`: what is the matter with it, in keywords; empty for `none`."""

    state: Literal["idle", "processing", "stopped"]
    reasons: tuple[str, ...]


def printer_said(device: str) -> PrinterSaid | Literal["silent"] | None:
    """What the printer at `device` (a queue's device-uri) says of itself now. None: it is no IPP printer that can be
    asked from here, or it answers in another way. `silent`: nobody listens there."""
    connection, path = _way_to(device)
    if connection is None:
        return None
    host = f"[{connection.host}]" if ":" in connection.host else connection.host
    plain = f"ipp://{host}:{connection.port}{path}"
    body = _question(_GET_PRINTER, ("printer-uri", plain), "printer-state", "printer-state-reasons")
    content = _answer(connection, path, body)
    if content is None:
        return "silent"
    state: Literal["idle", "processing", "stopped"] | None = None
    reasons, name = [], ""
    try:
        for tag, named, value in _attributes(content):
            name = named or name  # a second value comes without a name
            if tag == _ENUM and name == "printer-state" and len(value) == 4:
                state = _PRINTER_STATES.get(struct.unpack(">i", value)[0])
            elif tag == _KEYWORD and name == "printer-state-reasons" and value != b"none":
                reasons.append(value.decode("ascii", "replace"))
    except (struct.error, UnicodeDecodeError):
        return None
    return None if state is None else PrinterSaid(state, tuple(reasons))


def _way_to(device: str) -> tuple[http.client.HTTPConnection | None, str]:
    try:
        found = urlsplit(device)
        host, port = found.hostname, found.port or 631
    except ValueError:
        return None, ""
    path = found.path or "/"
    if host is None or "._tcp" in host or path.startswith(_SERVERS_OWN):
        return None, ""
    match found.scheme:
        case "ipp" | "http":
            return http.client.HTTPConnection(host, port, timeout=SHORT_PATIENCE), path
        case "ipps" | "https":
            # A printer signs its own certificate. It is asked about paper and told nothing; a liar could only do what
            # an empty tray does.
            loose = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            loose.check_hostname, loose.verify_mode = False, ssl.CERT_NONE
            return http.client.HTTPSConnection(host, port, timeout=SHORT_PATIENCE, context=loose), path
    return None, ""


def _answer(connection: http.client.HTTPConnection, path: str, body: bytes) -> bytes | None:
    """The answer's bytes, empty when it is another one than was hoped for; None when nobody answers."""
    try:
        connection.request("POST", path, body, {"Content-Type": "application/ipp"})
        answer = connection.getresponse()
        return answer.read(_LARGEST) if answer.status == 200 else b""
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()


def _question(operation: int, target: tuple[str, str], *wanted: str) -> bytes:
    """Version 1.1, one group of operation attributes. A second value of an attribute comes without its name."""
    parts = [
        (_CHARSET, "attributes-charset", "utf-8"),
        (_LANGUAGE, "attributes-natural-language", "en"),
        (_URI, *target),
        (_NAME, "requesting-user-name", "onewindow"),
        *((_KEYWORD, "" if n else "requested-attributes", word) for n, word in enumerate(wanted)),
    ]
    written = [struct.pack(">BBHIB", 1, 1, operation, 1, 0x01)]
    for tag, name, value in parts:
        written.append(
            struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value.encode()
        )
    return b"".join(written) + b"\x03"


def _attributes(content: bytes) -> Iterator[tuple[int, str, bytes]]:
    """(value tag, name, value) of an answer; group tags (< 0x10) only separate."""
    at = 8
    while at < len(content) and content[at] != 0x03:
        tag = content[at]
        at += 1
        if tag < 0x10:
            continue
        (length,) = struct.unpack_from(">H", content, at)
        name = content[at + 2 : at + 2 + length].decode("ascii", "replace")
        at += 2 + length
        (length,) = struct.unpack_from(">H", content, at)
        value = content[at + 2 : at + 2 + length]
        at += 2 + length
        yield tag, name, value
