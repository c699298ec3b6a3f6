"""A5: whatever a department does to its page overnight, it gets what was wanted or nothing; there is no third end.

All changes of the form of our own and of every kit's page run by night; in every run one of each sort. Negative
control: a script that knows the page as it was sends something else on many of them, and nobody hears of it.
"""

import pytest

from tests.bridges import changed_pages
from tests.bridges.kits.changing import (
    KIT_CHANGES,
    KITS,
    RIGHT,
    Walk,
    draw,
    form_end,
    form_known,
    kit_end,
    naive_end,
)
from tests.bridges.kits.conftest import Bench

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# One of each sort, none of which keeps anybody waiting.
BY_DAY = {
    "ids and names renamed": RIGHT,
    "rows shuffled": RIGHT,
    "labels of box and area swapped": "stopped field_swapped 曾用名",
    "codes turned, chosen by code": "stopped field_recoded 文化程度",
    "a starred field added": "stopped new_required *电子邮箱：",
    "maxlength too short": "stopped too_long 户籍地址",
    "back after 100 ms": "stopped field_not_held 联系电话",
}
KITS_BY_DAY = [("easyui", "first and last label swapped"), ("layui", "the same label twice")]
BY_NIGHT = pytest.mark.nightly


@pytest.fixture(scope="module")
def walk(bench: Bench) -> Walk:
    draw(bench)
    return Walk(bench)


@pytest.mark.parametrize(
    "change", [pytest.param(one, marks=() if one in BY_DAY else BY_NIGHT) for one in changed_pages.CHANGES]
)
def test_a_changed_form_is_right_or_stopped(bench: Bench, walk: Walk, change: str) -> None:
    async def filed() -> str:
        return await form_end(walk, change, await form_known(walk))

    end = bench.do(filed())
    assert end == RIGHT or end.startswith("stopped "), end
    assert end == BY_DAY.get(change, end)


@pytest.mark.parametrize(
    ("kit", "change"),
    [
        pytest.param(kit, change, marks=() if (kit, change) in KITS_BY_DAY else BY_NIGHT)
        for kit in KITS
        for change in KIT_CHANGES
    ],
)
def test_a_changed_kit_is_right_or_stopped(bench: Bench, walk: Walk, kit: str, change: str) -> None:
    end = bench.do(kit_end(walk, bench, kit, change))
    assert end == RIGHT or end.startswith("stopped "), end


@pytest.mark.parametrize("change", ["names renamed", "codes turned, chosen by code"])
def test_a_script_that_looks_at_nothing_sends_something_else(bench: Bench, walk: Walk, change: str) -> None:
    assert bench.do(naive_end(walk, change)).startswith("WRONG ")
