"""What a kit's page may look like tomorrow, and the walk over a changed page: looked at, filled, read twice, sent.

The walk is the engine's own (bridges.worker.filling); only the journal and the receipt are left out. An end is `right`
(the server got exactly what was wanted), `stopped …` (nothing was sent, and why) or `WRONG …`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.async_api import Error as PlaywrightError
from ruamel.yaml import YAML

from bridges.plan import steps_with_values
from bridges.worker.acts import Acts
from bridges.worker.filling import Filling
from bridges.worker.pane import Pane
from bridges.worker.rows import Rows
from bridges.worker.runtime import RUNTIME
from bridges.worker.session import Session
from bridges.worker.wire import Trouble
from tests.bridges import changed_pages, judging_form
from tests.bridges.kits.conftest import DEPARTMENT, Bench

PAGES = Path(__file__).parent / "pages"
KITS = ["plain", *sorted(file.stem for file in (RUNTIME / "kits").glob("*.js"))]
TURNED = {"990101": "990102", "990102": "990101", "9901": "9902", "9902": "9901"}
RIGHT = "right"
Judge = Callable[[Mapping[str, list[str]]], str]

_WORDS = """const bare = s => s.replace(/[\\s:：*]/g, '');
const spot = words => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; words && (n = walk.nextNode());)
    if (bare(n.nodeValue) === bare(words) && !n.parentElement.closest('script,option,select')) return n; };
const swap = (x, y) => { const a = spot(x), b = spot(y);
  if (a && b) [a.nodeValue, b.nodeValue] = [b.nodeValue, a.nodeValue]; };
const last = l[l.length - 1], more = (where, what) => where.insertAdjacentHTML('beforeend', what);
const boxes = [...document.querySelectorAll('input,textarea')].filter(b => !/hidden|radio|checkbox/.test(b.type));
"""
# Each in the page after it was drawn, before anybody looks; `l` are the labels of the recipe.
KIT_CHANGES: dict[str, str] = {
    "nothing": "",
    "labels of the first two swapped": "swap(l[0], l[1]);",
    "labels of the last two swapped": "swap(l[l.length - 2], last);",
    "first and last label swapped": "swap(l[0], last);",
    "a label another word": "const a = spot(l[0]); if (a) a.nodeValue = '其他事项';",
    "the same label twice": "const a = spot(l[0]), b = spot(l[1]); if (a && b) b.nodeValue = a.nodeValue;",
    "a required field added": "more(document.forms[0], '<p><label>新栏 <input required name=zz></label></p>');",
    "a hidden twin": "more(document.body, `<div style=display:none><label>${l[0]} <input></label></div>`);",
    "boxes back after 100 ms": "for (const b of boxes) for (const t of ['change', 'blur']) "
    "b.addEventListener(t, () => setTimeout(() => { b.value = ''; }, 100));",
    "lists that come late": "",
    "codes turned": "",
}
_DEPARTMENT = {**DEPARTMENT, "settle_ms": 300}  # as a recipe has it that says nothing


def told(kit: str) -> dict[str, Any]:
    spec: dict[str, Any] = YAML(typ="safe").load((PAGES / f"{kit}.yaml").read_text(encoding="utf-8"))
    return spec


def steps_of(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = [{"fill": list(spec["fill"])}] if spec.get("fill") else []
    tables = {}
    if "grid" in spec:
        heads = spec["grid"]["headers"]
        steps.append({"table": {"rows": "g", "columns": [{"header": words, "element": words} for words in heads]}})
        tables["g"] = [dict(zip(heads, row, strict=True)) for row in spec["grid"]["rows"]]
    return steps_with_values(steps, {}, {}, tables)


class Walk:
    """One session for all pages: their listeners would pile up on the one page otherwise."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._known: dict[str, list[dict[str, Any]]] = {}
        self._session = Session(_DEPARTMENT, bench.address, [])
        self._session.context, self._session.browser, self._session.page = bench.context, bench.browser, bench.page
        self._session.watch(bench.page)

    async def known(self, address: str, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The page as a person accepted it: what `fingerprint.json` would hold."""
        if "fill" not in steps[0]:
            return []
        if address not in self._known:
            await self._opened(address, "", steps)
            pane = Pane(self._session, self._session.page.main_frame, steps[0], [])
            self._known[address] = (await pane.probe(full=True))["controls"]
        return self._known[address]

    async def _opened(self, address: str, change: str, steps: list[dict[str, Any]]) -> None:
        page = self._session.page
        self._session.guard.forget_dialogs()
        await page.goto(self._bench.address + address, wait_until="load")
        if "fill" in steps[0] and address.startswith("pages/"):
            pane = Pane(self._session, page.main_frame, steps[0], [])
            for _ in range(200):  # a page of script draws itself after it is loaded
                if all(one["problem"] != "missing" for one in (await pane.probe())["fields"]):
                    break
                await page.wait_for_timeout(25)
        if change:
            labels = [f["label"] for f in steps[0].get("fill", ()) if f.get("nth", 1) == 1]
            labels = labels or [column["header"] for column in steps[0]["table"]["columns"]]
            await page.evaluate(f"l => {{ {_WORDS} {change} }}", labels)

    async def end(
        self, address: str, kit: str, steps: list[dict[str, Any]], known: Any, judge: Judge, change: str = ""
    ) -> str:
        """The engine's own way over the page."""
        already = self._bench.book.count(kit)
        await self._opened(address, change, steps)
        try:
            await self._engine(steps, known)
        except Trouble as trouble:
            assert self._bench.book.count(kit) == already, "stopped, and sent all the same"
            return f"stopped {trouble.code} {trouble.detail.get('field') or trouble.detail.get('label') or ''}".strip()
        return await self._sent(kit, already, judge)

    async def _engine(self, steps: list[dict[str, Any]], known: Any) -> None:
        session, panes = self._session, list[Pane | Rows]()
        session.department = {**_DEPARTMENT, "fingerprint": {"form": {"0": known}}}

        async def no_step(_: Mapping[str, Any]) -> None:
            raise AssertionError("these tables have no steps of their own")

        acts = Acts(session, {}, lambda: panes, no_step)
        filling = Filling(session, {"form": "form", "steps": steps}, lambda: panes, acts, lambda _: None)
        for step in steps:
            if "fill" in step:
                await filling.fill(step)
            else:
                await acts.perform(step)
        await filling.verify()

    async def naive(self, address: str, steps: list[dict[str, Any]], judge: Judge, script: str, given: Any) -> str:
        """A script's way: what it knows by name is set, nothing is looked at before or after."""
        already = self._bench.book.count("changed")
        await self._opened(address, "", steps)
        await self._session.page.evaluate(script, given)
        return await self._sent("changed", already, judge)

    async def _sent(self, kit: str, already: int, judge: Judge) -> str:
        try:
            got = await self._bench.sent(self._session.page, kit, already)
        except (PlaywrightError, AssertionError):
            return "stopped by the page itself"  # nothing arrived within the server's patience
        said = judge(got)
        return f"WRONG {said}" if said else RIGHT


def kit_judge(spec: Mapping[str, Any], *, turned: bool) -> Judge:
    def code(found: re.Match[str]) -> str:
        return TURNED[found[0]]

    wanted: dict[str, list[str]] = {
        name: [re.sub("|".join(TURNED), code, value) if turned else value for value in values]
        for name, values in spec["wanted"].items()
    }

    def judge(got: Mapping[str, list[str]]) -> str:
        held = {name: [v.replace("\r\n", "\n") for v in values] for name, values in got.items() if values != [""]}
        return "" if held == wanted else f"{held} for {wanted}"

    return judge


async def kit_end(walk: Walk, bench: Bench, kit: str, change: str) -> str:
    spec = told(kit)
    steps = steps_of(spec)
    known = await walk.known(f"pages/{kit}.html", steps)
    bench.book.late_seconds = 0.4 if change == "lists that come late" else 0.05
    bench.book.turned = TURNED if change == "codes turned" else {}
    try:
        judge = kit_judge(spec, turned=change == "codes turned")
        with suppress(PlaywrightError):  # the run says "page_trouble" then
            return await walk.end(f"pages/{kit}.html", kit, steps, known, judge, KIT_CHANGES[change])
        return "stopped page_trouble"
    finally:
        bench.book.late_seconds, bench.book.turned = 0.05, {}


# ---- the form of our own
NAIVE = """given => { const f = document.forms[0] || frames[0].document.forms[0];
for (const [name, value] of Object.entries(given)) {
  const el = f.elements[name]; if (!el) continue;
  const many = el.length && !el.options ? [...el] : null;
  if (many) { for (const one of many) one.checked = value.includes(one.value); continue; }
  el.value = value[0];
  for (const type of ['input', 'change', 'blur']) el.dispatchEvent(new Event(type, { bubbles: true })); } }"""


def naive_values() -> dict[str, list[str]]:
    """What a script written for the page as it was puts into its boxes."""
    out = {}
    for row in judging_form.FORM.rows:
        codes = {words: code for code, words in row.options}
        wanted = judging_form.WANTED[row.key]
        out[row.name] = [codes[part] for part in wanted.split(";")] if codes else [wanted]
    return out


def form_steps() -> list[dict[str, Any]]:
    return steps_with_values([{"fill": judging_form.recipe_fields()}], {}, {})


def draw(bench: Bench) -> None:
    for name in changed_pages.CHANGES:
        bench.book.drawn[_file(name)] = changed_pages.changed(name).page()


def _file(name: str) -> str:
    return f"{list(changed_pages.CHANGES).index(name)}.html"


async def form_known(walk: Walk) -> list[dict[str, Any]]:
    return await walk.known(f"drawn/{_file('nothing')}", form_steps())


async def form_end(walk: Walk, name: str, known: Any) -> str:
    with suppress(PlaywrightError):
        return await walk.end(f"drawn/{_file(name)}", "changed", form_steps(), known, _form_judge(name))
    return "stopped page_trouble"


async def naive_end(walk: Walk, name: str) -> str:
    return await walk.naive(f"drawn/{_file(name)}", form_steps(), _form_judge(name), NAIVE, naive_values())


def _form_judge(name: str) -> Judge:
    form = changed_pages.truth(name)
    return lambda got: judging_form.difference(form, got)
