"""A page opened while the resident signs is the page that is filled: once, soon, and only if nothing happened to it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bridges.filing import Filed
from bridges.filing_desk import FilingDesk
from bridges.journal import open_plain
from bridges.worker.laid_open import LAID_OPEN_SECONDS, LaidOpen
from tests.bridges.light_department import LightDepartment, light_department
from tests.bridges.siege import light_filing, light_recipe


@dataclass
class Room:
    desk: FilingDesk
    department: LightDepartment
    count: int = 0

    def file(self) -> list[str]:
        """Files one case and tells which pages the department was asked for meanwhile."""
        self.count += 1
        before = len(self.department.asked)
        outcome = self.desk.file(light_filing(self.count))
        assert isinstance(outcome, Filed)
        assert len(self.department.book()) == self.count
        return self.department.asked[before:]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    home = tmp_path_factory.mktemp("laid")
    with light_department(home) as department:
        recipe = light_recipe(department.url, home)
        desk = FilingDesk(open_plain(home / "j.db"), home / "browsers", lambda _: None, departments={"light": recipe})
        yield Room(desk, department)
        desk.close()


def test_the_page_that_lies_open_is_not_opened_again_and_serves_once(room: Room) -> None:
    assert "/quick" in room.file(), "nobody had opened it"
    room.desk.warm("light", "light.form")
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
