"""Cameras without hardware, for a child of test_the_systems_camera_is_plugged_in.py: the other end of camera_kernel.c.

Run as a program it plugs cameras in and out before Qt's own V4L2 code and prints, as JSON, what the watch made of it.
"""

from __future__ import annotations

import io
import json
import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

ROOM = Path(os.environ.get("CAMERAS", "."))
SECONDS = 20.0


class PaperCamera:
    """`/dev/video<number>`: shows `picture` 25 times a second to whoever switches it on; None: sends nothing."""

    def __init__(self, number: int, picture: Image.Image | None) -> None:
        self.number, self._wires = number, list[socket.socket]()
        self.show(picture)
        self._plug = socket.socket(socket.AF_UNIX)
        self._plug.bind(str(ROOM / f"video{number}.sock"))
        self._plug.listen(8)
        threading.Thread(target=self._answer, daemon=True).start()
        os.mkfifo(Path(os.environ["CAMERA_DEV"]) / f"video{number}")

    def show(self, picture: Image.Image | None) -> None:
        self._frame = b"" if picture is None else as_sent(picture)

    def _answer(self) -> None:
        while True:
            try:
                wire, _ = self._plug.accept()
            except OSError:
                return
            self._wires.append(wire)
            threading.Thread(target=self._serve, args=(wire,), daemon=True).start()

    def _serve(self, wire: socket.socket) -> None:
        is_on = False
        try:
            while True:
                wire.settimeout(0.04 if is_on else None)
                try:
                    said = wire.recv(1)
                    if not said:
                        return
                    is_on = said == b"1"
                except TimeoutError:
                    wire.settimeout(5)
                    if self._frame:
                        wire.sendall(struct.pack("=I", len(self._frame)) + self._frame)
        except OSError:
            return
        finally:
            wire.close()

    def pull_out(self) -> None:
        (Path(os.environ["CAMERA_DEV"]) / f"video{self.number}").unlink()
        self._plug.close()
        (ROOM / f"video{self.number}.sock").unlink()
        for wire in self._wires:
            try:
                wire.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


def as_sent(picture: Image.Image) -> bytes:
    if os.environ["CAMERA_KIND"] == "MJPG":
        packed = io.BytesIO()
        picture.save(packed, "JPEG", quality=80)
        return packed.getvalue()
    light, blue, red = picture.convert("YCbCr").split()
    half = (picture.width // 2, picture.height)
    first, second = (light.transform(half, Image.Transform.AFFINE, (2, 0, at, 0, 1, 0)) for at in (0, 1))
    return Image.merge("RGBA", (first, blue.resize(half), second, red.resize(half))).tobytes()


def play(paper: Image.Image) -> dict[str, object]:
    from PySide6.QtWidgets import QApplication

    from window_client.devices.cameras.system import SystemCamera
    from window_client.staff.watch import Watch

    application, camera, texts = QApplication([]), SystemCamera(), list[int]()
    watch = Watch(lambda: camera, silent=3.0)
    watch.read.connect(lambda read: texts.append(len(read)))
    nothing = Image.new("RGB", paper.size, (120, 112, 104))

    def until(fact: Callable[[], bool]) -> str:
        end = time.monotonic() + SECONDS
        while not fact() and time.monotonic() < end:
            application.processEvents()
            time.sleep(0.003)
        return watch.trouble.code if watch.trouble is not None else watch.state

    def begun(key: str, fact: Callable[[], bool]) -> str:
        watch.begin(key)
        return until(fact)

    def begun_again() -> bool:
        """What a clerk does who has just plugged one in: tries until it is there."""
        if not watch.is_on:
            watch.begin()
        return False

    told: dict[str, object] = {"none": begun("", lambda: True)}
    first = PaperCamera(0, paper)
    told["plugged in"] = until(lambda: bool(texts) or begun_again())
    first.show(nothing)
    told["looking"] = begun("", lambda: watch.state == "live")
    second = PaperCamera(1, paper)
    until(lambda: len(watch.eyes) == 2)
    told["eyes"] = [eye.name for eye in watch.eyes]
    told["chosen"] = begun("/dev/video1", lambda: len(texts) == 2)
    begun("/dev/video0", lambda: watch.state == "live")
    first.pull_out()
    told["pulled out"] = until(lambda: not watch.is_on)
    (ROOM / "video1.busy").touch()
    told["busy"] = begun("", lambda: not watch.is_on)
    (ROOM / "video1.busy").unlink()
    second.show(None)
    told["silent"] = begun("", lambda: not watch.is_on)
    second.show(paper)
    told["again"] = begun("", lambda: len(texts) == 3)
    return told | {"texts": texts}


if __name__ == "__main__":
    with Image.open(sys.argv[1]) as held:
        print(json.dumps(play(held.convert("RGB"))))
