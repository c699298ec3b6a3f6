"""`bridge record` at pages of real kits: one record by mouse and keys, then the recipe files the next one.

The person is the pack's own hand-written solution; the judge is the pack's reader of the pages' book. Only the name the
file is kept under is the department's affair (`save_as`, for its writer to say). Nightly, like the others here.
"""

import contextlib
import importlib
import json
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Page

from bridges.recipe import load
from tests.bridges.sitting import files_again, recording
from tests.bridges.third_party.pack import Pack, open_pack

pytestmark = [pytest.mark.nightly, pytest.mark.browser, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def pack() -> Iterator[Pack]:
    found = open_pack()
    found.set_up("toolkits")
    yield found
    found.stop("toolkits")


@pytest.fixture
def person(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("SITES_LAB", str(pack.lab))
    monkeypatch.syspath_prepend(str(pack.home))
    for name in ("pwlib", "ref_toolkits"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("ref_toolkits")


@pytest.mark.parametrize("kit", ["easyui", "layui", "jq1", "element"])
def test_the_recorded_recipe_files_the_next_record(pack: Pack, person: ModuleType, tmp_path: Path, kit: str) -> None:
    tag, next_tag = f"R{secrets.token_hex(3)}", f"R{secrets.token_hex(3)}"
    with recording(f"{person.U}{kit}.html", tmp_path, kit) as (sitting, page):

        @contextlib.contextmanager
        def opened(**_: str) -> Iterator[Page]:
            yield page

        person.browser = opened  # type: ignore[attr-defined]
        page.dialogs = []  # type: ignore[attr-defined]
        by_hand = getattr(person, kit)(tag)["record"]
        told = sitting.finish()
    assert (told["number"], told["tables"], told["wrong"]) == (by_hand, 1, "")
    given = json.loads(sitting.values.read_text(encoding="utf-8"))
    again = {name: next_tag if value == tag else value for name, value in given.items()}
    filed = files_again(load(sitting.recipe), again, tmp_path)
    kept = pack.verified(kit, next_tag)
    assert kept["record"] == filed.number
    assert set(kept.get("diff") or ()) <= {"attach"}, kept["diff"]
