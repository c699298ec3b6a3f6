"""A page opened while the resident signs is the page that is filled: once, soon, and only if nothing happened to it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bridges.filing import Filed, Filing
from bridges.filing_desk import FilingDesk
from bridges.journal import open_plain
from bridges.recipe import load
from bridges.worker.laid_open import LAID_OPEN_SECONDS, LaidOpen
from tests.bridges.conftest import sample_values
from tests.bridges.light_department import LightDepartment, light_department

RECIPE = """
recipe: 1
department: light
name: {{zh: 轻部门（演示数据）, en: light department}}
base: {base}
longest_delay_s: 1
settle_ms: 0
forms:
  快办:
    items: [light.quick]
    steps:
      - open: /quick
      - fill:
          - {{label: 姓名, element: person.name}}
          - {{label: 公民身份号码, element: person.id_number}}
      - submit: 提交
    receipt:
      number: '(?:受理|登记)编号[：:]\\s*(\\S+)'
"""


@dataclass
class Room:
    desk: FilingDesk
    department: LightDepartment
    count: int = 0

    def file(self) -> list[str]:
        """Files one case and tells which pages the department was asked for meanwhile."""
        self.count += 1
        before = len(self.department.asked)
        outcome = self.desk.file(Filing(f"laid:{self.count}", "light", "light.quick", sample_values()))
        assert isinstance(outcome, Filed)
        assert len(self.department.book()) == self.count
        return self.department.asked[before:]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    home = tmp_path_factory.mktemp("laid")
    with light_department(home) as department:
        file = home / "light.yaml"
        file.write_text(RECIPE.format(base=department.url), encoding="utf-8")
        journal = open_plain(home / "j.db")
        desk = FilingDesk(journal, home / "browsers", lambda _: None, departments={"light": load(file)})
        yield Room(desk, department)
        desk.close()


def test_the_page_that_lies_open_is_not_opened_again_and_serves_once(room: Room) -> None:
    assert "/quick" in room.file(), "nobody had opened it"
    room.desk.warm("light", "light.quick")
    assert "/quick" not in room.file()
    assert "/quick" in room.file(), "the page of the filing before is never filled again"


def test_a_page_that_is_another_by_now_is_opened_anew(room: Room) -> None:
    laid = LaidOpen("/a", None, "http://d.invalid/a", 3, at=100.0)
    now = LaidOpen("/a", None, "http://d.invalid/a", 3, at=101.0)
    assert now.is_still(laid)
    for other in (
        LaidOpen("/b", None, "http://d.invalid/a", 3, at=101.0),
        LaidOpen("/a", "main", "http://d.invalid/a", 3, at=101.0),
        LaidOpen("/a", None, "http://d.invalid/login", 3, at=101.0),
        LaidOpen("/a", None, "http://d.invalid/a", 4, at=101.0),
        LaidOpen("/a", None, "http://d.invalid/a", 3, at=101.0 + LAID_OPEN_SECONDS),
    ):
        assert not other.is_still(laid)
