"""One question to a print server in its own protocol: how did this job end? (RFC 8011, Get-Job-Attributes)

`lpstat` lists ended jobs but shows a printed and an aborted one alike (measured with CUPS 2.4.2: both
"processing-to-stop-point"), and taking a lost page for a printed one is the one mistake a press must not make.
"""

from __future__ import annotations

import http.client
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

PATIENCE: Final = 5.0
_LARGEST: Final = 1 << 20
_STATES: Final = {3: "pending", 4: "held", 5: "processing", 6: "stopped", 7: "canceled", 8: "aborted", 9: "completed"}
JobEnd = Literal["pending", "held", "processing", "stopped", "canceled", "aborted", "completed"]
_CHARSET, _LANGUAGE, _URI, _KEYWORD, _NAME, _ENUM, _INTEGER = 0x47, 0x48, 0x45, 0x44, 0x42, 0x23, 0x21


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
    body = _question(number)
    connection = _SocketFile(server) if server.startswith("/") else http.client.HTTPConnection(server, timeout=PATIENCE)
    try:
        connection.request("POST", "/", body, {"Content-Type": "application/ipp"})
        answer = connection.getresponse()
        content = answer.read(_LARGEST) if answer.status == 200 else b""
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
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


def _question(number: int) -> bytes:
    """Version 1.1, operation 9, one group of operation attributes."""
    parts = [
        (_CHARSET, "attributes-charset", "utf-8"),
        (_LANGUAGE, "attributes-natural-language", "en"),
        (_URI, "job-uri", f"ipp://localhost/jobs/{number}"),
        (_NAME, "requesting-user-name", "onewindow"),
        (_KEYWORD, "requested-attributes", "job-state"),
        (_KEYWORD, "", "time-at-processing"),  # a second value of the same attribute
    ]
    written = [struct.pack(">BBHIB", 1, 1, 0x0009, 1, 0x01)]
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
