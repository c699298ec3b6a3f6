"""A value that is not in a list: waited for while the list still loads or changes, said at once when it stands there.

Controls: a list that arrives late is filled right (whoever stops at the first look would not), and one that stands is
not waited for as long as an empty page is.
"""

import time
from typing import Any

import pytest

from bridges.worker.acts import Acts
from bridges.worker.filling import EMPTY_SECONDS, LISTED_SECONDS, Filling
from bridges.worker.pane import Pane
from bridges.worker.rows import Rows
from bridges.worker.session import Session
from bridges.worker.wire import Trouble
from tests.bridges.kits.conftest import DEPARTMENT, Bench

pytestmark = pytest.mark.browser
LIST = (
    "<!doctype html><meta charset=utf-8><form><p><label>街道 <select name=jd><option value=''>请选择<option>幸福街道"
    "<option>和平街道</select></label></form><script>const jd=document.forms[0].jd,add=w=>jd.add(new Option(w,w));"
)
LATE = LISTED_SECONDS + 0.2
STANDS, ASKED, GROWS = (
    "",
    "fetch('/api/types').then(r=>r.text()).then(()=>add('平安街道'))",
    "let n=0;const t=setInterval(()=>{add('街道'+n);if(++n==4){clearInterval(t);add('平安街道')}},400)",
)


def _end(bench: Bench, name: str, script: str) -> tuple[str, float]:
    """What the box holds, or why nothing was typed, and how long that took."""
    bench.book.drawn[name] = LIST + script + "</script>"
    steps: list[dict[str, Any]] = [
        {
            "fill": [
                {"key": "0.0", "label": "街道", "kind": "select", "value": "平安街道", "called": "街道", "element": "x"}
            ]
        }
    ]

    async def work() -> tuple[str, float]:
        session, panes = Session(DEPARTMENT, bench.address, []), list[Pane | Rows]()
        session.context, session.browser, session.page = bench.context, bench.browser, bench.page
        session.watch(session.page)
        await session.open(f"drawn/{name}")
        order = {"form": "x", "steps": steps}
        filling = Filling(session, order, lambda: panes, Acts(session, {}, lambda: panes, _no_step), lambda _: None)
        began = time.monotonic()
        try:
            await filling.fill(steps[0])
            said = str(await session.page.evaluate("jd.value"))
        except Trouble as trouble:
            said = trouble.code
        return said, time.monotonic() - began

    return bench.do(work())


async def _no_step(_: object) -> None:
    raise AssertionError("this form has one step")


def test_a_list_that_stands_there_without_the_value_stops_the_run_at_once(bench: Bench) -> None:
    said, seconds = _end(bench, "stands.html", STANDS)
    assert said == "no_such_option"
    assert LISTED_SECONDS <= seconds < EMPTY_SECONDS / 4


def test_a_list_that_is_still_asked_for_is_waited_for(bench: Bench) -> None:
    bench.book.late_seconds = LATE
    try:
        said, seconds = _end(bench, "asked.html", ASKED)
    finally:
        bench.book.late_seconds = 0.05
    assert (said, seconds > LISTED_SECONDS) == ("平安街道", True)


@pytest.mark.nightly
def test_a_list_that_still_grows_is_waited_for(bench: Bench) -> None:
    said, seconds = _end(bench, "grows.html", GROWS)
    assert (said, seconds > LISTED_SECONDS) == ("平安街道", True)
