"""`onewindow bridge record` as it is sat through: the command, the person at its browser, and the recipe run again."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bridges.filing import Credentials, Filed, Filing, Secret
from bridges.filing_desk import FilingDesk
from bridges.gaps import told_values
from bridges.journal import open_plain
from bridges.recipe import Recipe
from tests.bridges.conftest import sample_attachments

ROOT = Path(__file__).resolve().parents[2]
SECRET = "training-only"


class Sitting:
    """The command as it runs in its terminal, and the person at its browser."""

    def __init__(self, address: str, room: Path, department: str) -> None:
        self.recipe, self.values = room / "recipe.yaml", room / "me.json"
        words = ["--data", str(room / "data"), "bridge", "record", address, "--headless", "--json"]
        words += ["--out", str(self.recipe), "--values", str(self.values), "--department", department]
        self._command = subprocess.Popen(
            [sys.executable, "-m", "window_client", *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        assert self._command.stderr
        self.said = ""
        for line in self._command.stderr:
            self.said += line
            if "127.0.0.1" in line and "http" in line and ("调试" in line or "操作" in line):
                self.endpoint = next(word for word in line.replace("。", " ").split() if word.startswith("http"))
            if "回车" in line:
                break
        self._rest: list[str] = []
        threading.Thread(target=lambda: self._rest.append(self._command.stderr.read()), daemon=True).start()  # type: ignore[union-attr]

    def finish(self) -> dict[str, object]:
        out, _ = self._command.communicate("\n", timeout=60) if not self._rest else ("", "")
        assert out, (self.said, self._rest)
        told: dict[str, object] = json.loads(out)
        return told

    def end(self) -> None:
        if self._command.poll() is None:
            self._command.terminate()
            self._command.wait(20)


@contextmanager
def recording(address: str, room: Path, department: str) -> Iterator[tuple[Sitting, Page]]:
    sitting = Sitting(address, room, department)
    try:
        with sync_playwright() as playwright:
            page = playwright.chromium.connect_over_cdp(sitting.endpoint).contexts[0].pages[0]
            page.set_default_timeout(15_000)
            page.on("dialog", lambda dialog: dialog.accept())
            yield sitting, page
    finally:
        sitting.end()


def files_again(recipe: Recipe, given: Mapping[str, object], room: Path) -> Filed:
    values, tables = told_values(given)
    desk = FilingDesk(
        open_plain(room / "journal.db"), room / "browsers", lambda _: Credentials("window03", Secret(SECRET)),
        departments={recipe.department: replace(recipe, longest_delay_s=1.0)},
    )  # fmt: skip
    form = next(iter(recipe.forms.values()))
    papers = {
        step["attachment"]: one
        for step, one in zip(
            [file for step in form.steps for file in step.get("upload", ())], sample_attachments(), strict=False
        )
    }
    attachments = tuple(replace(one, kind=kind) for kind, one in papers.items())
    try:
        filing = Filing(f"V1-1:{recipe.department}:1", recipe.department, form.name, values, tables, attachments)
        outcome = desk.file(filing)
    finally:
        desk.close()
    assert isinstance(outcome, Filed), outcome
    return outcome
