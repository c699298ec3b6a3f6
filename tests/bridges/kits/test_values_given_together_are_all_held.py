"""Where a kit draws its form once for many values, a list that hung on another and a box that was emptied are right.

Negative control: the same values given together without a second look end with an empty box and no town.
"""

from typing import Any

import pytest

from bridges.plan import field_with_value
from bridges.worker.pane import Pane
from bridges.worker.session import Session
from tests.bridges.kits.conftest import Bench
from tests.bridges.kits.test_every_kit_takes_its_values import until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Every province has a town of the same words and another code; a new province forgets the town and the remark.
PAGE = """<!doctype html><meta charset="utf-8"><title>演示数据</title>
<script src="/vendor/vue/dist/vue.min.js"></script><script src="/vendor/element-ui/lib/index.js"></script>
<form id="out" method="post" action="/submit?kit=together"><input type="hidden" name="m"></form>
<div id="app"><el-form :model="m"><el-form-item label="备注"><el-input v-model="m.note"></el-input></el-form-item>
<el-form-item label="省"><el-select v-model="m.province"><el-option v-for="p in ['示例省','样例省']" :key="p" :label="p"
 :value="p"></el-option></el-select></el-form-item>
<el-form-item label="市"><el-select v-model="m.town"><el-option v-for="t in towns" :key="t.id" :label="t.words"
 :value="t.id"></el-option></el-select></el-form-item></el-form></div>
<button id="send" onclick="document.forms.out.m.value=JSON.stringify(vm.m);document.forms.out.submit()">提交</button>
<script>var vm = new Vue({ el: '#app', data: function () { return { m: { note: '', province: '示例省', town: '' } }; },
  computed: { towns: function () { return [{ id: this.m.province + '/01', words: '市辖区' }]; } },
  watch: { 'm.province': function () { this.m.town = ''; this.m.note = ''; } } });</script>"""
FIELDS = [
    {"label": "备注", "fixed": "演示数据"},
    {"label": "省", "fixed": "样例省", "kind": "select"},
    {"label": "市", "fixed": "市辖区", "kind": "select"},
]
AT_ONCE = """keys => Promise.all(keys.map(key => {
  const ow = window.__onewindow, hit = ow.found.get(key), c = hit.cs[0];
  return c.kit.set(c, ow.wish(hit.f, c), hit.f); }))"""


async def looked_at(bench: Bench) -> tuple[Session, Pane]:
    bench.book.drawn["together.html"] = PAGE
    session = await bench.session("plain")
    await session.page.goto(f"{bench.address}drawn/together.html", wait_until="load")
    fields = [field_with_value(f"f.{n}", field, {}) for n, field in enumerate(FIELDS)]
    pane = Pane(session, session.page.main_frame, {"fill": fields}, [])
    await until_drawn(pane)
    return session, pane


def test_what_hangs_on_another_value_is_right_after_all(bench: Bench) -> None:
    async def filled() -> dict[str, list[str]]:
        session, pane = await looked_at(bench)
        await pane.fill()
        await pane.verify()
        return await bench.sent(session.page, "together", 0)

    assert bench.do(filled()) == {"m": ['{"note":"演示数据","province":"样例省","town":"样例省/01"}']}


def test_together_and_without_a_second_look_they_are_not(bench: Bench) -> None:
    async def given() -> list[dict[str, Any]]:
        session, pane = await looked_at(bench)
        await session.page.evaluate(AT_ONCE, [field["key"] for field in pane.fields])
        read = await session.call(pane.frame, "verify", fields=pane._plan["fields"])
        return list(read["fields"])

    note, province, town = bench.do(given())
    assert province["ok"]
    assert not note["ok"]
    assert not town["ok"]
