"""`login.keepalive_s`: where sessions really time out one is still signed in after the lull; without it, not."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bridges.filing_desk import FilingDesk
from bridges.training.department import SESSION_SECONDS, Department
from bridges.waker import Waker
from tests.bridges.conftest import Town

pytestmark = pytest.mark.browser
LULL = 3.0  # seconds in which a department forgets whoever was not seen
KEPT, FORGOTTEN = "gongan", "minzheng"


@pytest.fixture
def hurried(town: Town) -> Iterator[dict[str, Department]]:
    """Two departments whose own clocks run so fast that their half hour is over after the lull."""
    two = {name: town.running.departments[name] for name in (KEPT, FORGOTTEN)}
    before = {name: one.clock for name, one in two.items()}
    for one in two.values():
        one.expire_sessions()
        one.clock = lambda: time.monotonic() * SESSION_SECONDS / LULL
    yield two
    for name, one in two.items():
        one.clock = before[name]
        one.expire_sessions()


@pytest.fixture
def waking(desk: FilingDesk) -> Iterator[FilingDesk]:
    """The shared desk, one of whose recipes asks to be kept awake."""
    hand, sleeping = desk._hands[KEPT], desk._waker
    recipe = hand.recipe
    hand.recipe = replace(recipe, login={**(recipe.login or {}), "keepalive_s": LULL / 5})
    desk._waker = Waker(desk._hands, desk.warm)
    yield desk
    desk._waker.end()
    hand.recipe, desk._waker = recipe, sleeping


def _still_known(department: Department) -> bool:
    return any(department.clock() - one.seen <= SESSION_SECONDS for one in department.sessions.values())


def test_a_session_outlives_the_lull_only_where_the_recipe_asks_for_it(
    waking: FilingDesk, hurried: dict[str, Department]
) -> None:
    for name in hurried:
        waking.warm(name)
    first = {name: set(one.sessions) for name, one in hurried.items()}
    assert all(_still_known(one) for one in hurried.values())
    over = time.monotonic() + LULL * 1.3
    while time.monotonic() < over:
        assert _still_known(hurried[KEPT]), "it was signed in all the time"
        time.sleep(0.05)
    assert set(hurried[KEPT].sessions) == first[KEPT], "one session, never signed in a second time"
    # Control: nobody kept the other one awake, so the department forgot it and asks for the password again.
    assert not _still_known(hurried[FORGOTTEN])
    waking.warm(FORGOTTEN)
    assert set(hurried[FORGOTTEN].sessions).isdisjoint(first[FORGOTTEN])
    assert _still_known(hurried[FORGOTTEN])
