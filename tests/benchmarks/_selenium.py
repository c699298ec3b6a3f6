"""Selenium in its own environment, asked for one filling at a time, so that it runs turn by turn beside ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bridges.browser_process import executable
from tests.bridges.pages import forty_wishes

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".peers" / "bin" / "python"
DRIVER = "chromedriver"
NAMES = {"文本": "t", "选择": "s", "单选": "r", "日期": "d", "说明": "a"}


def missing() -> str:
    """ "" when it can be measured here; otherwise what to install."""
    if shutil.which(DRIVER) is None:
        return "apt-get install chromium-driver (./run bench does it as root)"
    return "" if PYTHON.exists() else "./run setup makes .peers from requirements/peers.lock.txt"


@contextmanager
def selenium(address: str) -> Iterator[Callable[[], float]]:
    """A call fills the page at `address` once, every value read back: milliseconds."""
    told = {"address": address, "browser": executable(), "driver": shutil.which(DRIVER), "wishes": _wishes()}
    child = subprocess.Popen(
        [str(PYTHON), str(ROOT / "tests" / "peers" / "selenium_peer.py")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    say, hear = child.stdin, child.stdout

    def once() -> float:
        say.write("\n")
        say.flush()
        said = hear.readline()
        if not said:
            raise RuntimeError("Selenium's process ended")
        return float(said)

    say.write(json.dumps(told, ensure_ascii=False) + "\n")
    say.flush()
    try:
        yield once
    finally:
        say.close()
        child.wait(20)
        hear.close()


def _wishes() -> list[tuple[str, str, str]]:
    """(name, kind, value) as a script of its own knows them; a radio by the value it sends."""
    out = []
    for wish in forty_wishes():
        name = NAMES[wish["label"][:2]] + wish["label"][2:]
        out.append((name, wish["kind"], "2" if wish["kind"] == "radio" else wish["value"]))
    return out
