"""What has to stand on the stage before the visit begins: an empty house, three departments, one resident's papers.

Everything lies below one folder (``demo-out`` by default) that the demo empties first; it never touches the user's
own data folder.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bridges import training
from bridges.filing import Credentials, Secret
from window_client.devices.sample_documents import sample_document
from window_client.devices.sample_residents import SampleResident, sample_resident
from window_client.settings import Settings, load

ITEMS = ("gongan.hukou_book", "minzheng.senior_card", "canlian.subsidy")
DEPARTMENTS = ("gongan", "minzheng", "canlian")
SAMPLE_USER = "window03"
SAMPLE_PASSWORD = "training-only"  # noqa: S105  the training departments' public sign-in, printed in their manual
_MARK = ".onewindow-demo"


@dataclass(frozen=True)
class StageSet:
    """``out``: what the demo leaves behind; ``databases``: the departments' own, for whoever wants to check."""

    out: Path
    settings: Settings
    resident: SampleResident
    departments: training.Running = field(repr=False)

    @property
    def databases(self) -> Mapping[str, Path]:
        return self.departments.databases

    def lay_paper(self, kind: str) -> None:
        """Put one paper of the resident under the scanner: a file that appears in the watched folder, whole."""
        folder = self.settings.scan_folder / kind
        for one in (folder.parent, folder):
            one.mkdir(parents=True, exist_ok=True, mode=0o700)
        coming = folder / f".{secrets.token_hex(4)}.part"
        coming.write_bytes(sample_document(self.resident, kind))
        coming.rename(folder / f"{secrets.token_hex(4)}.jpg")

    def sign_in(self, department: str) -> Credentials:
        del department
        return Credentials(SAMPLE_USER, Secret(SAMPLE_PASSWORD))


def empty(out: Path) -> None:
    """Empty the folder of an earlier demo; a folder with anything else in it is refused by ``FileExistsError``."""
    if out.exists() and any(out.iterdir()) and not (out / _MARK).exists():
        raise FileExistsError(str(out))
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (out / _MARK).write_text("made by onewindow demo; emptied by the next one\n", encoding="utf-8")


def house_settings(out: Path, urls: Mapping[str, str], language: str = "zh") -> Settings:
    """The demo's own house below ``out``, linked to departments at ``urls``."""
    data = out / "house"
    return load(
        None,
        {
            "language": language,
            "data": data,
            "keeper": f"file:{data / 'keys' / 'keeper.key'}",
            "printers": {"folder": out / "printed"},
            "scanner": {"kind": "watched_folder", "folder": data / "scans", "wait_seconds": 20},
            "card_reader": {"kind": "sample_card"},
            "departments": {name: {"base_url": url, "user": SAMPLE_USER} for name, url in urls.items()},
        },
    )


@contextmanager
def stage_set(out: Path, language: str) -> Iterator[StageSet]:
    """Start the departments and write the settings of the demo's own house."""
    empty(out)
    running = training.serve(out / "departments", DEPARTMENTS)
    try:
        settings = house_settings(out, running.urls, language)
        (settings.data / "keys").mkdir(parents=True, mode=0o700)
        yield StageSet(out, settings, sample_resident(), running)
    finally:
        running.stop()
