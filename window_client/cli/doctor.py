"""``onewindow doctor``: is this machine ready, and what to do where it is not.

Laws
* It only looks: nothing is installed, created or changed, and no key is asked for.
* What can take the program down with it (a broken Qt platform, a database library) is tried in a child process.
* Every finding that is not good says what to do next. Exit 0: ready; 1: something is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

import resources
from bridges.browser_process import LINUX, WINDOWLESS
from window_client.cli.common import Exit, JsonFlag, emit, settings_of
from window_client.settings import Settings

State = Literal["good", "note", "missing"]
MARKS: dict[State, str] = {"good": "✓", "note": "!", "missing": "✗"}

_OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a write-ahead log that two connections use
_PYTHONS = ((3, 11), (3, 13))
_LITTLE_SPACE, _HARDLY_ANY = 5 << 30, 1 << 30
_CHILD_SECONDS = 20
_BROWSERS = (*WINDOWLESS, *LINUX, "msedge")
_SCREENS = """
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
for screen in application.screens():
    size = screen.geometry()
    print(f"{screen.name()} {size.width()}x{size.height()}")
"""
# In a child: QtMultimedia brings FFmpeg, and a library that is missing shows only when it is loaded.
_CAMERAS = """
from PySide6.QtCore import QCoreApplication, QLoggingCategory
QLoggingCategory.setFilterRules("qt.multimedia.*=false")
application = QCoreApplication([])
from PySide6.QtMultimedia import QMediaDevices, QMediaFormat
ready = QMediaFormat().supportedVideoCodecs(QMediaFormat.ConversionMode.Decode)
print("loaded" if ready else "", *(each.description() for each in QMediaDevices.videoInputs()), sep="\\n")
"""


@dataclass(frozen=True)
class Finding:
    """`check` names the two texts `doctor.<check>.name` and `doctor.<check>.advice`."""

    check: str
    state: State
    found: str


def look(settings: Settings) -> Iterator[Finding]:
    """Every check once, in the order in which the one needs the other."""
    yield python(sys.version_info[:3])
    yield qt(metadata.version("PySide6-Essentials"), sys.version_info[:2])
    yield database(child("from sqlcipher3 import dbapi2; print(dbapi2.sqlite_version)"))
    yield browser(shutil.which)
    yield driver()
    yield sandbox(os.geteuid() if hasattr(os, "geteuid") else 1)
    yield fonts()
    yield rare_characters()
    yield symbol_reader()
    yield kits()
    yield screens(child(_SCREENS))
    yield printers()
    yield cameras(child(_CAMERAS))
    yield calendar()
    yield space(settings.data)
    yield rights(settings.data)


def python(version: tuple[int, int, int]) -> Finding:
    oldest, newest = _PYTHONS
    return Finding("python", "good" if oldest <= version[:2] <= newest else "missing", ".".join(map(str, version)))


def qt(version: str, on_python: tuple[int, int]) -> Finding:
    """PySide6 6.12 loses references on Python 3.11 until the interpreter aborts."""
    series = tuple(int(part) for part in version.split(".")[:2])
    fits = series >= (6, 8) and (series < (6, 12) or on_python >= (3, 12))
    return Finding("qt", "good" if fits else "missing", version)


def database(version: str) -> Finding:
    numbers = tuple(int(part) for part in version.split(".")) if version.replace(".", "").isdigit() else ()
    return Finding("database", "good" if numbers >= _OLDEST_SQLITE else "missing", version or "–")


def browser(which: Callable[[str], str | None]) -> Finding:
    path = next((found for name in _BROWSERS if (found := which(name))), None)
    if path is None:
        return Finding("browser", "missing", "–")
    version = said(path, "--version")
    return Finding("browser", "good" if version else "missing", f"{version or '–'} ({path})")


def driver() -> Finding:
    """Playwright's own node: it needs a library that a bare Debian does not have, and says so nowhere else."""
    found = child("from playwright._impl._driver import compute_driver_executable as d; print(*d(), sep='\\n')").split(
        "\n"
    )
    version = said(*found, "--version") if len(found) == 2 else ""
    return Finding("driver", "good" if version else "missing", version or "–")


def sandbox(user: int) -> Finding:
    return Finding("sandbox", "note" if user == 0 else "good", "root" if user == 0 else "")


def fonts() -> Finding:
    try:
        return Finding("fonts", "good", ", ".join(file.stem for file in resources.font_files()))
    except resources.ResourceWrong as trouble:
        return Finding("fonts", "missing", trouble.file.name)


def rare_characters() -> Finding:
    try:
        rare = [file.stem for file in resources.font_files() if "Hana" in file.stem]
    except resources.ResourceWrong:
        rare = []
    return Finding("rare_characters", "good" if rare else "note", ", ".join(rare) or "–")


def symbol_reader() -> Finding:
    works = child("import pyzbar.pyzbar; print('zbar')")
    return Finding("symbol_reader", "good" if works else "missing", works or "–")


def kits() -> Finding:
    try:
        found = [resources.kit(name).name for name in ("layui", "element-ui", "vue")]
    except resources.ResourceWrong as trouble:
        return Finding("kits", "note", trouble.file.name)
    return Finding("kits", "good", ", ".join(found))


def screens(listed: str) -> Finding:
    names = listed.splitlines()
    state: State = "missing" if not names else "good" if len(names) > 1 else "note"
    return Finding("screens", state, ", ".join(names) or "–")


def printers() -> Finding:
    queues = said("lpstat", "-e").split()
    return Finding("printers", "good" if queues else "note", ", ".join(queues) or "folder")


def cameras(told: str) -> Finding:
    """A window without one reads vouchers by scanner, file or browser, so nothing here is missing."""
    loaded, *names = told.splitlines() or [""]
    if loaded != "loaded":
        return Finding("camera_part", "note", "–")
    return Finding("cameras", "good" if names else "note", ", ".join(names) or "–")


def calendar() -> Finding:
    try:
        return Finding("calendar", "good", ZoneInfo("Asia/Shanghai").key)
    except ZoneInfoNotFoundError:
        return Finding("calendar", "missing", "Asia/Shanghai")


def _nearest(folder: Path) -> Path:
    """The folder itself or the first one above it that is there."""
    return next(place for place in (folder, *folder.absolute().parents) if place.exists())


def space(data: Path) -> Finding:
    free = shutil.disk_usage(_nearest(data)).free
    state: State = "missing" if free < _HARDLY_ANY else "note" if free < _LITTLE_SPACE else "good"
    return Finding("space", state, f"{free / (1 << 30):.1f} GiB")


def rights(data: Path) -> Finding:
    """The data folder is ours alone; where it is not there yet, it can be made."""
    place = _nearest(data)
    ours = os.access(place, os.W_OK | os.X_OK)
    if not ours:
        return Finding("rights", "missing", str(data))
    open_to_others = place == data and os.name == "posix" and data.stat().st_mode & 0o077
    return Finding("rights", "note" if open_to_others else "good", str(data))


def said(*command: str) -> str:
    """What a program says on standard output; nothing when it is not there, fails or does not come back."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_CHILD_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def child(program: str) -> str:
    """What this Python says to these lines, in a process of its own."""
    return said(sys.executable, "-c", program)


def report(findings: list[Finding], language: str) -> str:
    words = resources.texts(language)
    lines = []
    for one in findings:
        lines.append(f"{MARKS[one.state]} {words[f'doctor.{one.check}.name']}  {one.found}".rstrip())
        if one.state != "good":
            lines.append(f"    {words[f'doctor.{one.check}.advice']}")
    missing = sum(one.state == "missing" for one in findings)
    lines.append("")
    lines.append(words["doctor.not_ready"].format(count=missing) if missing else words["doctor.ready"])
    return "\n".join(lines)


app = typer.Typer(add_completion=False, epilog="Example: onewindow doctor --json")


@app.command()
def doctor(context: typer.Context, json_wanted: JsonFlag = False) -> None:
    """Is this machine ready? What is missing, and what to do about it."""
    settings = settings_of(context)
    findings = list(look(settings))
    ready = all(one.state != "missing" for one in findings)
    words = resources.texts(settings.language)
    told = {
        "ready": ready,
        "checks": [
            {"check": one.check, "state": one.state, "found": one.found}
            | ({} if one.state == "good" else {"advice": words[f"doctor.{one.check}.advice"]})
            for one in findings
        ],
    }
    emit(told, json_wanted, lambda: report(findings, settings.language))
    raise typer.Exit(int(Exit.DONE if ready else Exit.NO))
