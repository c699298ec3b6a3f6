"""A receipt printer that is real on the line: a TCP socket that speaks ESC/POS, keeps what it is told, and can be made
to run out of paper, to fall silent or to lose its line in the middle of a slip. Gone after the test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

READY, NO_PAPER, IN_TURN_OK, IN_TURN_EMPTY = b"\x12", b"\x72", b"\x00", b"\x0c"


def pictures(job: bytes) -> list[Image.Image]:
    """Every `GS v 0` of the job, put together in one picture a cut; written from the command's description alone."""
    found: list[Image.Image] = []
    rows: list[np.ndarray[tuple[int, int], np.dtype[np.uint8]]] = []
    at = 0
    while at < len(job):
        if job[at : at + 2] == b"\x1b@":
            at += 2
        elif job[at : at + 3] == b"\x1dv0":
            mode, *sizes = job[at + 3 : at + 8]
            wide, high = sizes[0] | sizes[1] << 8, sizes[2] | sizes[3] << 8
            assert mode == 0, "one dot is one dot"
            body = np.frombuffer(job, np.uint8, wide * high, at + 8).reshape(high, wide)
            rows.append(np.unpackbits(body, axis=1))
            at += 8 + wide * high
        elif job[at : at + 2] == b"\x1dV":
            at += 4 if job[at + 2] in (65, 66) else 3
            found.append(Image.fromarray((1 - np.vstack(rows)) * np.uint8(255)))
            rows = []
        elif job[at : at + 2] == b"\x1dr":
            at += 3
        else:
            raise AssertionError(f"a command nobody asked for: {job[at : at + 4]!r}")
    assert not rows, "the last slip was not cut off"
    return found


@dataclass
class Roll:
    """`answers`: false for the many print servers that only swallow. `breaks_after`: bytes until the line is lost.
    `printing`: seconds from the last byte until everything is on paper."""

    port: int
    answers: bool = True
    paper: bool = True
    ends_in_job: bool = False
    breaks_after: int | None = None
    printing: float = 0.0
    jobs: list[bytes] = field(default_factory=list)
    calls: int = 0

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def serve(self, line: socket.socket) -> None:
        got = b""
        while True:
            part = line.recv(65536)
            if not part:
                break
            got += part
            got = self._answered(line, got)
            if self.breaks_after is not None and len(got) >= self.breaks_after:
                break
        if got:
            self.jobs.append(got)

    def _answered(self, line: socket.socket, got: bytes) -> bytes:
        """Takes real-time questions out of the stream; answers the one in turn where it stands, at the end."""
        for question, answer in ((b"\x10\x04\x01", READY), (b"\x10\x04\x04", READY if self.paper else NO_PAPER)):
            if got.endswith(question):
                got = got[: -len(question)]
                if self.answers:
                    line.sendall(answer)
        if got.endswith(b"\x1dr\x01") and self.answers:
            time.sleep(self.printing)
            line.sendall(IN_TURN_EMPTY if self.ends_in_job else IN_TURN_OK)
        return got


@contextmanager
def running_receipt_printer() -> Iterator[Roll]:
    listening = socket.create_server(("127.0.0.1", 0))
    roll = Roll(listening.getsockname()[1])

    def accept() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            roll.calls += 1
            with line:
                try:
                    roll.serve(line)
                except OSError:
                    continue

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield roll
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(10)
