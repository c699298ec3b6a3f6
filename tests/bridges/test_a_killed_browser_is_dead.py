"""I9: the process we call the browser is the browser; killed, it leaves no page and no open port behind."""

import os
import signal
import time
from pathlib import Path

import psutil
import pytest

from bridges.browser_process import BrowserProcess

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_killed_browser_leaves_nobody_behind(tmp_path: Path) -> None:
    browser = BrowserProcess(tmp_path / "one", ["127.0.0.1:1"])
    try:
        living = browser.ensure()
        os.kill(living.pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while left := [one.pid for one in psutil.process_iter(["cmdline"]) if _is_ours(one, tmp_path)]:
            assert time.monotonic() < deadline, left
            time.sleep(0.05)
        assert browser.living() is None
    finally:
        browser.close()


def _is_ours(process: psutil.Process, home: Path) -> bool:
    return str(home) in " ".join(process.info["cmdline"] or []) and process.status() != psutil.STATUS_ZOMBIE
