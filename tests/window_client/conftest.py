"""Two named screens without a display (set in tests/conftest.py before Qt is imported), and one house for the room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.window_client.desks import a_desk, a_house
from window_client.assembly.house import House
from window_client.counter.desk import Desk


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Founding a house takes seconds, so the room's tests share one; every test has a Desk and a visit of its own."""
    with a_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture
def desk(house: House, qapp: object) -> Iterator[Desk]:
    made = a_desk(house)
    yield made
    made.errands.clear()
    if made.visit is not None:
        made.park_visit()
