"""A clerk who types waits for no department: what works behind the window runs below it, where a rank counts."""

import os
import sys
from pathlib import Path

import psutil
import pytest

from bridges import background
from bridges.browser_process import BrowserProcess

OURS = os.getpriority(os.PRIO_PROCESS, 0)
WAITS = [sys.executable, "-c", "import sys; sys.stdin.read()"]


@pytest.mark.parametrize("first", [False, True], ids=["behind", "control: a person sits before it"])
def test_it_runs_below_us_in_our_session_and_a_group_of_its_own(first: bool) -> None:
    """In a session of its own Linux would give it a share as large as the window's, whatever its rank."""
    child = background.start(WAITS, talks=True, first=first)
    try:
        assert os.getpriority(os.PRIO_PROCESS, child.pid) == (OURS if first else min(19, OURS + background.NICE))
        assert os.getsid(child.pid) == os.getsid(0)
        assert os.getpgid(child.pid) == child.pid  # so that a Ctrl-C meant for us does not end it
    finally:
        child.communicate()


@pytest.mark.browser
def test_a_department_s_browser_runs_below_us(tmp_path: Path) -> None:
    """All of it: where it may, which is as root, Chromium would take ranks above the window's for what draws."""
    browser = BrowserProcess(tmp_path / "one", ["127.0.0.1:1"])
    try:
        whole = psutil.Process(browser.ensure().pid)
        ranks = {one.nice() for one in [whole, *whole.children(recursive=True)]}
        assert ranks == {min(19, OURS + background.NICE)}
    finally:
        browser.close()
