"""Any scanner SANE knows, through its own command `scanimage` in a child process.

A driver that hangs, crashes or prints to standard output then takes the child with it and not the window. Pages go
through a folder that exists in memory only, readable by us alone, and each is read and removed as soon as it is there.
Works where SANE is installed (Debian: sane-utils); elsewhere this scanner says that it is not usable.
"""

import contextlib
import os
import queue
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Event
from typing import IO, ClassVar, Final

from window_client.devices.scanner import Scanner, Taken, Wish
from window_client.devices.trouble import DeviceTrouble

_LOOK_EVERY: Final = 0.1
_PROBE_SECONDS: Final = 15
# scanimage ends with the SANE status as its exit code (sane.h, SANE_Status).
_STATUS: Final[Mapping[int, str]] = {
    1: "scanner_missing",
    3: "scanner_busy",
    4: "setting_refused",
    6: "jammed",
    7: "no_paper",
    8: "cover_open",
    9: "scanner_gone",
    11: "not_allowed",
}
_OPTION: Final = re.compile(r"^ {4}(--?[a-z-]+)[ =]?(.*?)(?: \[.*\])?$", re.MULTILINE)


class Sane(Scanner):
    name: ClassVar[str] = "sane"

    def _usable(self) -> bool:
        if shutil.which("scanimage") is None or _memory() is None:
            return False
        return _asked("-d", self._device(), "-n").returncode == 0

    def _take(self, wish: Wish, stop: Event) -> Iterator[Taken]:
        memory = _memory()
        if shutil.which("scanimage") is None or memory is None:
            raise DeviceTrouble("scanner_missing", device=self.name)
        device = self._device()
        options = _options(device)
        with tempfile.TemporaryDirectory(prefix="scan-", dir=memory) as folder:  # made 0700
            wanted = wish.pages if wish.pages or _feeder(options) else 1
            command = ["scanimage", "-d", device, f"--batch={folder}/%d.pnm", "--batch-print", "--format=pnm"]
            command += [f"--batch-count={wanted}"] if wanted else []
            command += _settings(options, wish)
            yield from self._pages(command, wish, stop)

    def _pages(self, command: list[str], wish: Wish, stop: Event) -> Iterator[Taken]:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_plain()
        )
        lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=_read, args=(child.stdout, lines), name="scan-pages", daemon=True).start()
        got, until = 0, time.monotonic() + wish.wait
        try:
            while True:
                if stop.is_set():
                    raise DeviceTrouble("scan_stopped")
                if time.monotonic() > until:
                    raise DeviceTrouble("scan_timeout", seconds=round(wish.wait))
                with contextlib.suppress(queue.Empty):
                    line = lines.get(timeout=_LOOK_EVERY)
                    if not line:
                        break
                    page = Path(line)
                    yield Taken(page.read_bytes())
                    page.unlink()
                    got, until = got + 1, time.monotonic() + wish.wait
            status = child.wait(timeout=_PROBE_SECONDS)
        except subprocess.TimeoutExpired as trouble:
            raise DeviceTrouble("scan_timeout", seconds=round(wish.wait)) from trouble
        finally:
            _end(child)
        if status not in (0, 7) or not got:  # 7 after pages: the feeder is empty, as it should be
            raise DeviceTrouble(_STATUS.get(status or 7, "scanner_gone"), device=self.name)

    def _device(self) -> str:
        if self.place.device:
            return self.place.device
        first = _asked("-f", "%d%n").stdout.splitlines()
        if not first:
            raise DeviceTrouble("scanner_missing", device=self.name)
        return first[0]


def _asked(*words: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["scanimage", *words], capture_output=True, text=True, timeout=_PROBE_SECONDS, env=_plain(), check=False
        )
    except subprocess.TimeoutExpired as trouble:
        raise DeviceTrouble("scan_timeout", seconds=_PROBE_SECONDS) from trouble


def _plain() -> dict[str, str]:
    """SANE's words are translated; its option list must not be."""
    return {**os.environ, "LC_ALL": "C", "LANGUAGE": "C"}


def _options(device: str) -> Mapping[str, str]:
    """What this device can be told, e.g. ``{"--mode": "Gray|Color", "-x": "0..200mm (in steps of 1)"}``."""
    asked = _asked("-d", device, "-A")
    if asked.returncode:
        raise DeviceTrouble(_STATUS.get(asked.returncode, "scanner_gone"), device="sane")
    return dict(_OPTION.findall(asked.stdout))


def _feeder(options: Mapping[str, str]) -> str:
    return next((one for one in options.get("--source", "").split("|") if "eeder" in one or "ADF" in one), "")


def _settings(options: Mapping[str, str], wish: Wish) -> list[str]:
    """Only what the device offers is asked for: names and ranges differ from driver to driver."""
    words: list[str] = []
    mode = "Color" if wish.colour == "colour" else "Gray"
    if mode in options.get("--mode", "").split("|"):
        words += ["--mode", mode]
    if "--resolution" in options:
        words += ["--resolution", str(wish.dpi)]
    source = _feeder(options) if wish.pages != 1 else ""
    flat = next((one for one in options.get("--source", "").split("|") if "lat" in one), "")
    if source or flat:
        words += ["--source", source or flat]
    for side, length in (("-x", 210), ("-y", 297)):  # A4, or what the glass has
        most = re.search(r"\.\.([0-9.]+)mm", options.get(side, ""))
        if most:
            words += [side, str(min(length, int(float(most.group(1)))))]
    return words


def _read(pages: IO[str] | None, lines: "queue.SimpleQueue[str]") -> None:
    """One line for each page that is complete, an empty one at the end."""
    assert pages is not None
    with pages:
        for line in pages:
            lines.put(line.strip())
    lines.put("")


def _end(child: "subprocess.Popen[str]") -> None:
    """SIGTERM lets a driver move the carriage home; five seconds later there is nothing left to be polite to."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    if child.stderr is not None:
        child.stderr.close()


def _memory() -> Path | None:
    """A folder that never reaches a disk."""
    for candidate in (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm"):  # noqa: S108  the folder made in it is 0700
        if candidate and os.access(candidate, os.W_OK) and _is_memory(Path(candidate).resolve()):
            return Path(candidate)
    return None


def _is_memory(folder: Path) -> bool:
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return False
    over = [(point, kind) for point, kind in mounts if folder.is_relative_to(point)]
    return bool(over) and max(over, key=lambda one: len(one[0]))[1] in ("tmpfs", "ramfs")
