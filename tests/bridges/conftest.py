"""The three training departments, one warm desk, and one sample resident for all tests of this room."""

import io
import itertools
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from ruamel.yaml import YAML

import resources
from bridges.filing import Attachment, Credentials, Filing, Secret
from bridges.filing_desk import FilingDesk
from bridges.journal import open_plain
from bridges.recipe import Recipe, departments
from bridges.training import serve
from bridges.training.running import Running
from tests.bridges.siege import Ledger
from tests.postgresql import fresh_database

ITEMS = {"gongan": "gongan.residence_permit", "minzheng": "minzheng.senior_card", "canlian": "canlian.subsidy"}
KINDS = ("id_card", "hukou_booklet", "disability_certificate", "photo", "residence_proof", "bank_card")
_counter = itertools.count(1)


@cache
def _residents() -> list[dict[str, Any]]:
    file = resources.HERE / "samples" / "residents.yaml"
    found: list[dict[str, Any]] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))["residents"]
    return found


def sample_values() -> dict[str, str]:
    resident = _residents()[0]
    return {key: str(value) for key, value in {**resident["card"], **resident["answers"]}.items()}


def somebody_else(n: int) -> dict[str, str]:
    """Another resident: for what is filed behind the shared journal's back, so that no later look-up meets it."""
    return {
        key: str(_residents()[n]["card"][key])
        for key in ("person.name", "person.id_number", "person.sex", "person.birth_date")
    }


def sample_attachments() -> tuple[Attachment, ...]:
    page = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(page, "JPEG")
    return tuple(Attachment(kind, f"{kind}.jpg", "image/jpeg", page.getvalue()) for kind in KINDS)


def filing_for(department: str, **changed: str) -> Filing:
    key = f"V20261121-03-{next(_counter):04}-1:{department}:1"
    return Filing(key, department, ITEMS[department], {**sample_values(), **changed}, attachments=sample_attachments())


def _impatient(recipe: Recipe) -> Recipe:
    """A department whose receipt is missing is waited for as briefly as a busy test machine allows."""
    forms = {
        name: replace(form, receipt={**(form.receipt or {}), "within_s": 5}) for name, form in recipe.forms.items()
    }
    return replace(recipe, longest_delay_s=1.0, forms=forms)


@dataclass
class Town:
    """The departments as they run, and how to ask their own books."""

    running: Running
    home: Path

    def kept(self, department: str) -> list[str]:
        with sqlite3.connect(self.running.databases[department]) as book:
            return [row[0] for row in book.execute("select number from received order by rowid")]

    def told(self, department: str) -> list[tuple[str, dict[str, object]]]:
        """(form, data) of every case in the department's book, in order."""
        with sqlite3.connect(self.running.databases[department]) as book:
            return [
                (row[0], json.loads(row[1])) for row in book.execute("select form, data from received order by rowid")
            ]

    def desk(self, journal: Path | None = None, password: str = "training-only", **over: object) -> FilingDesk:
        recipes = {name: _impatient(one) for name, one in departments().items() if name in ITEMS}
        return FilingDesk(
            open_plain(journal or self.home / "journal.db"),
            self.home / f"browsers-{next(_counter)}",
            lambda _: Credentials("window03", Secret(password)),
            departments=recipes,
            base_urls=self.running.urls,
        )


# For this room and not for the whole session: three browsers at rest still cost the other rooms their memory.
@pytest.fixture(scope="package")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("town")
    running = serve(home / "training")
    yield Town(running, home)
    running.stop()


@pytest.fixture(scope="package")
def desk(town: Town) -> Iterator[FilingDesk]:
    made = town.desk()
    yield made
    made.close()


@pytest.fixture
def trouble(town: Town) -> Iterator[Callable[..., None]]:
    """Makes a department unwell for one test."""
    struck: list[str] = []

    def strike(department: str, **faults: object) -> None:
        struck.append(department)
        town.running.trouble(department, **faults)

    yield strike
    for department in struck:
        town.running.trouble(department)


@pytest.fixture(params=["sqlcipher", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """An empty journal on each of the two databases, to be opened anew by every process that dies with it."""
    if request.param == "sqlcipher":
        made = Ledger(str(tmp_path / "records.db"), secrets.token_hex(32))
        made.engine().dispose()
        yield made
        return
    with fresh_database(request.getfixturevalue("postgresql_server")) as address:
        made = Ledger(address)
        made.engine().dispose()
        yield made
