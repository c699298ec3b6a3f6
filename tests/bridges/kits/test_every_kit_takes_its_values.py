"""What the department's server gets is judged, not what the page shows: a page for every file in bridges/runtime/kits.

Negative control: the same values set the naive way (value and events on the box one sees) never reach the server, and
the reading back says so before anything is sent.
"""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bridges.plan import field_with_value
from bridges.worker.pane import Pane
from bridges.worker.runtime import RUNTIME
from bridges.worker.session import Session
from tests.bridges.kits.conftest import Bench

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = Path(__file__).parent / "pages"
KITS = ["plain", *sorted(file.stem for file in (RUNTIME / "kits").glob("*.js"))]
# Value and events on what one sees, as a quick script does it.
NAIVE = """([key, value]) => {
  const c = window.__onewindow.found.get(key).cs[0], face = c.kit.face ? c.kit.face(c.el) : c.el;
  const boxes = 'input:not([type=hidden]),textarea,select';
  const box = face.matches(boxes) ? face : face.querySelector(boxes) || c.el;
  box.value = value;
  for (const type of ['input', 'change', 'blur']) box.dispatchEvent(new Event(type, { bubbles: true }));
}"""


def told(kit: str) -> dict[str, Any]:
    spec: dict[str, Any] = YAML(typ="safe").load((PAGES / f"{kit}.yaml").read_text(encoding="utf-8"))
    return spec


def fields_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [field_with_value(f"f.{n}", one, {}) for n, one in enumerate(spec.get("fill", []))]


def test_every_kit_has_its_page() -> None:
    assert KITS
    assert [kit for kit in KITS if not (PAGES / f"{kit}.html").is_file() or not (PAGES / f"{kit}.yaml").is_file()] == []


async def add_rows(session: Session, grid: dict[str, Any]) -> None:
    frame, columns = session.page.main_frame, [{"header": words} for words in grid["headers"]]
    for n, row in enumerate(grid["rows"]):
        fields = [{"key": f"g.{n}.{m}", "value": value} for m, value in enumerate(row)]
        assert not await session.call(frame, "gridRow", columns=columns, fields=fields)
    read = await session.call(frame, "table", columns=columns)
    assert [[cell["text"] for cell in row["cells"]] for row in read["rows"]] == grid["rows"]


@pytest.mark.parametrize("kit", KITS)
def test_what_the_server_gets_is_what_was_wanted(bench: Bench, kit: str) -> None:
    spec = told(kit)

    async def filled() -> dict[str, list[str]]:
        session = await bench.session(kit)
        pane = Pane(session, session.page.main_frame, {"fill": fields_of(spec)}, [])
        await until_drawn(pane)
        await pane.fill()
        if "grid" in spec:
            await add_rows(session, spec["grid"])
        await pane.verify()
        assert all(proof["ok"] for proof in pane.proofs), pane.proofs
        return await bench.sent(session.page, kit, already)

    already = sum(name == kit for name, _ in bench.book.posts)
    got = bench.do(filled())
    held = {name: [value.replace("\r\n", "\n") for value in values] for name, values in got.items() if values != [""]}
    assert held == spec["wanted"]


async def until_drawn(pane: Pane) -> None:
    """Pages of script draw themselves after they are loaded."""
    if not pane.fields:
        return
    for _ in range(200):
        problems = [one for one in (await pane.probe())["fields"] if one["problem"]]
        if not problems:
            break
        await pane.frame.wait_for_timeout(25)
    await pane.check()


@pytest.mark.parametrize("kit", [kit for kit in KITS if "naive" in told(kit)])
def test_the_naive_way_is_caught_before_anything_is_sent(bench: Bench, kit: str) -> None:
    spec = told(kit)

    async def set_naively() -> tuple[dict[str, Any], dict[str, list[str]]]:
        session = await bench.session(kit)
        pane = Pane(session, session.page.main_frame, {"fill": fields_of(spec)}, [])
        await until_drawn(pane)
        for field in pane.fields:
            if field["label"] in spec["naive"]:
                await session.page.evaluate(NAIVE, [field["key"], field["value"]])
        read = await session.call(session.page.main_frame, "verify", fields=pane._plan["fields"])
        return read, await bench.sent(session.page, kit, already)

    already = sum(name == kit for name, _ in bench.book.posts)
    read, got = bench.do(set_naively())
    ok = {field["label"]: one["ok"] for field, one in zip(fields_of(spec), read["fields"], strict=True)}
    for label, name in spec["naive"].items():
        assert not ok[label], f"{label} counts as held"
        assert got.get(name) != spec["wanted"].get(name, object()), f"{label} arrived after all: no trap any more"
