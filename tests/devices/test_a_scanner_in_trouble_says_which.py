"""SANE's own test backend plays every fault a scanner can have; each becomes its own code, and the window goes on."""

import tempfile
import threading
import time
from pathlib import Path

import psutil
import pytest

from tests.devices.stands import sane_backend
from tests.whispers import Ear
from window_client.devices.scanner import Scanner, Wish
from window_client.devices.trouble import DeviceTrouble

_ONE = Wish("id_card", dpi=100, pages=1, wait=20)
# The backend itself may hang when it is to fail while it still draws a picture; a black page needs no drawing.
_PLAIN = {"test-picture": '"Solid black"'}
_SLOW = {"read-limit": "true", "read-limit-size": "1", "read-delay": "true", "read-delay-duration": "200000"}


def _words(process: psutil.Process) -> list[str]:
    """How it was called; nothing when it ended while we looked: scanimage is asked several short questions first."""
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


def _children() -> list[psutil.Process]:
    called = [(child, _words(child)) for child in psutil.Process().children(recursive=True)]
    return [child for child, words in called if words and words[0].endswith("scanimage")]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("JAMMED", "jammed"),
        ("NO_DOCS", "no_paper"),
        ("COVER_OPEN", "cover_open"),
        ("IO_ERROR", "scanner_gone"),
        ("DEVICE_BUSY", "scanner_busy"),
        ("ACCESS_DENIED", "not_allowed"),
        ("NO_MEM", "scanner_gone"),
        ("INVAL", "setting_refused"),
    ],
)
def test_each_fault_has_its_code(tmp_path: Path, status: str, code: str, nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("scan failed")
    with sane_backend(tmp_path, **{"read-status-code": f'"SANE_STATUS_{status}"', **_PLAIN}) as scanner:
        assert _code(scanner) == code


def _code(scanner: Scanner) -> str:
    """The trouble's code. Now and then SANE's test backend hangs over a fault; that is its own race, so ask again."""
    said = ""
    for _ in range(5):
        with pytest.raises(DeviceTrouble) as trouble:
            scanner.scan(Wish("id_card", dpi=100, pages=1, wait=4))
        said = trouble.value.code
        if said != "scan_timeout":
            break
    return said


def test_a_feeder_gives_every_sheet_once(tmp_path: Path) -> None:
    with sane_backend(tmp_path) as scanner:
        pages = scanner.scan(Wish("lease", dpi=75, pages=0, wait=30))
    assert len(pages) == 10  # the test backend's feeder is empty after ten


def test_a_feeder_stops_at_the_pages_wanted(tmp_path: Path) -> None:
    with sane_backend(tmp_path) as scanner:
        assert len(scanner.scan(Wish("lease", dpi=75, pages=3, wait=30))) == 3


def test_a_scanner_that_hangs_is_ended(tmp_path: Path, nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("scan failed")
    with sane_backend(tmp_path, **_SLOW) as scanner, pytest.raises(DeviceTrouble) as trouble:
        scanner.scan(Wish("id_card", dpi=100, pages=1, wait=1))
    assert trouble.value.code == "scan_timeout"
    assert _children() == []


@pytest.mark.parametrize("how", ["unplugged", "stopped"])
def test_torn_away_in_the_middle(tmp_path: Path, how: str, nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("scan failed")
    stop = threading.Event()

    def tear() -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            scanning = [child for child in _children() if "--batch-print" in _words(child)]
            if scanning:
                scanning[0].kill() if how == "unplugged" else stop.set()
                return
            threading.Event().wait(0.02)

    with sane_backend(tmp_path, **_SLOW) as scanner:
        tearing = threading.Thread(target=tear)
        tearing.start()
        with pytest.raises(DeviceTrouble) as trouble:
            scanner.scan(Wish("id_card", dpi=100, pages=1, wait=30), stop)
        tearing.join()
    assert trouble.value.code == ("scanner_gone" if how == "unplugged" else "scan_stopped")
    assert _children() == []


def test_no_page_is_left_in_memory_or_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A memory folder of this test's own: another scan on this machine is not our litter.
    with tempfile.TemporaryDirectory(dir="/dev/shm") as memory:
        monkeypatch.setenv("XDG_RUNTIME_DIR", memory)
        with sane_backend(tmp_path) as scanner:
            scanner.scan(_ONE)
        assert list(Path(memory).iterdir()) == []
