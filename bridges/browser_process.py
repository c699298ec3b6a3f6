"""The browser of one department: its own process, its own profile, started and ended by us.

It is ours and not Playwright's so that the page with all typed values outlives a worker that dies (a browser Playwright
launches dies with it). One browser and one profile per department keep the departments' cookies apart. The debugging
port is on loopback, chosen by the browser, and known only from a file in a folder nobody else may read. I9: the profile
is removed when we close, and what a crash left behind is removed before the next start.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

from bridges import background

START_SECONDS = 20.0
# Nobody sees the bridges' pages but through the live view: the browser without windows of its own asks half the
# processor for a navigation (Debian 12: 107 against 226 ms), so it comes first wherever no window is wanted.
# Debian's command of that name is a shell that waits for it: killed, it would leave the browser behind, page and all.
WINDOWLESS = ("/usr/lib/chromium/chromium-headless-shell", "chromium-headless-shell")
LINUX = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
)
WINDOWS = (
    r"Microsoft\Edge\Application\msedge.exe",
    r"Google\Chrome\Application\chrome.exe",
)
_OFF = (
    "Translate", "OptimizationHints", "MediaRouter", "AutofillServerCommunication", "DialMediaRouteProvider",
    "InterestFeedContentSuggestions", "CertificateTransparencyComponentUpdater", "PrivacySandboxSettings4",
    "HttpsUpgrades",
)  # fmt: skip
FLAGS = (
    "--no-first-run", "--no-default-browser-check", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", "--disable-domain-reliability", "--disable-client-side-phishing-detection",
    "--disable-breakpad", "--no-pings", "--metrics-recording-only", "--disable-extensions", "--disable-default-apps",
    "--disable-background-timer-throttling", "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows", "--hide-crash-restore-bubble", "--disk-cache-size=1",
    "--password-store=basic", "--use-mock-keychain", "--disable-save-password-bubble", "--deny-permission-prompts",
    "--hide-scrollbars", "--window-size=1280,900", "--lang=zh-CN",
    "--accept-lang=zh-CN,zh",
    "--disable-features=" + ",".join(_OFF),
)  # fmt: skip


class NoBrowser(Exception):
    """`code`: no_browser (none installed) or browser_did_not_start."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def executable(*, headless: bool = True) -> str:
    """The Chromium or Edge of this machine; `ONEWINDOW_BROWSER` names another."""
    named = os.environ.get("ONEWINDOW_BROWSER")
    if named:
        if Path(named).is_file():
            return named
        raise NoBrowser("no_browser")
    if sys.platform == "win32":
        homes = [os.environ.get(key, "") for key in ("ProgramFiles(x86)", "ProgramFiles", "LocalAppData")]
        for tail in WINDOWS:
            for home in filter(None, homes):
                if (Path(home) / tail).is_file():
                    return str(Path(home) / tail)
    for name in (*WINDOWLESS, *LINUX) if headless else LINUX:
        found = shutil.which(name)
        if found:
            return found
    raise NoBrowser("no_browser")


@dataclass(frozen=True)
class Living:
    pid: int
    birth: float
    port: int

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def process(self) -> psutil.Process | None:
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.birth) < 0.05 and process.status() != psutil.STATUS_ZOMBIE
            return process if same else None
        except psutil.Error:
            return None


class BrowserProcess:
    """`home` is the department's own folder below the browsers' folder; made 0700."""

    def __init__(self, home: Path, hosts: Iterable[str], *, headless: bool = True) -> None:
        self.home, self._hosts, self._headless = home, tuple(hosts), headless
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def _note(self) -> Path:
        return self.home / "browser.json"

    def living(self) -> Living | None:
        """The browser that still runs from an earlier time or an earlier process of ours, if it answers."""
        try:
            told = json.loads(self._note.read_text())
            living = Living(int(told["pid"]), float(told["birth"]), int(told["port"]))
        except (OSError, ValueError, KeyError):
            return None
        return living if living.process() and _answers(living.port) else None

    def ensure(self) -> Living:
        return self.living() or self._start()

    def _start(self) -> Living:
        self.close()
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.home.chmod(0o700)
        profile = self.home / "profile"
        profile.mkdir(mode=0o700)
        port_file = profile / "DevToolsActivePort"
        command = [executable(headless=self._headless), *self._arguments(profile)]
        self._child = background.start(command, first=not self._headless)
        birth = psutil.Process(self._child.pid).create_time()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._child.poll() is None:
            with contextlib.suppress(OSError, ValueError, IndexError):
                living = Living(self._child.pid, birth, int(port_file.read_text().split()[0]))
                if _answers(living.port):
                    self._write(living)
                    return living
            time.sleep(0.02)
        self.close()
        raise NoBrowser("browser_did_not_start")

    def _write(self, living: Living) -> None:
        self._note.write_text(json.dumps({"pid": living.pid, "birth": living.birth, "port": living.port}))
        self._note.chmod(0o600)

    def _arguments(self, profile: Path) -> list[str]:
        given = [*FLAGS, f"--user-data-dir={profile}", "--remote-debugging-port=0"]
        # The browser itself knows no host but the department's: holds even while no worker is attached to it.
        rules = "MAP * ~NOTFOUND" + "".join(
            f" , EXCLUDE {host}" for host in sorted({h.rsplit(":", 1)[0] for h in self._hosts})
        )
        given += [f"--host-resolver-rules={rules}", "--no-proxy-server"]
        if self._headless:
            given.append("--headless=new")
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            given.append("--no-sandbox")
        return [*given, "about:blank"]

    def close(self) -> None:
        """Ends the browser with all its children and removes the profile: no orphan, no trace of a person."""
        try:
            told = json.loads(self._note.read_text())
            process = Living(int(told["pid"]), float(told["birth"]), int(told["port"])).process()
        except (OSError, ValueError, KeyError):
            process = None
        if process is None and self._child is not None and self._child.poll() is None:
            process = psutil.Process(self._child.pid)
        if process is not None:
            _end(process)
        if self._child is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(5)
            self._child = None
        self._note.unlink(missing_ok=True)
        _remove(self.home / "profile")


def _end(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.Error):
        family = [*process.children(recursive=True), process]
        for member in family:
            with contextlib.suppress(psutil.Error):
                member.kill()
        psutil.wait_procs(family, timeout=5)


def _remove(folder: Path) -> None:
    """A dying browser may still write for a moment; the folder must be gone, not nearly gone."""
    for _ in range(50):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.02)


def _answers(port: int) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/json/version", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
