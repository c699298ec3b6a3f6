"""A department of our own for tests: light pages, one SQLite book, and the habit of committing late.

It prevents nothing: whoever posts twice stands twice in its book. `/quick` is one small form for tests that kill by the
hundred; `/` is a system of another kind than the training departments (definition lists, two tabs, a picker made of
divisions, a confirmation layer, answers by script) for tests that record.
"""

from __future__ import annotations

import contextlib
import html
import http.server
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bridges.beijing import BEIJING

PAGES = Path(__file__).parent / "legacy" / "pages"
HEAD = "<!doctype html><meta charset=utf-8><title>救助登记系统</title>"
QUICK = (
    HEAD
    + "<form method=post action=/save><p><label>姓名 <input name=xm></label><p><label>公民身份号码 <input name=sfz>"
    "</label><p><button>提交</button></form>"
    "<button onclick=\"xm.value+=confirm('是否合并办理？')?'/'+prompt('合并到哪一件？','A-1'):'/否'\""
    " style='position:absolute;left:300px;top:20px;width:80px;height:40px'>合并</button>"
    "<script>const xm=document.querySelector('[name=xm]')</script>"
)
LOGIN = (
    HEAD + "<form method=post action=/enter><p>工号 <input name=u><p>密码 <input name=p type=password>"
    "<p><button>进入系统</button></form>"
)
HOME = HEAD + "<h1>救助登记系统</h1><ul><li><a href=/apply>新办临时救助登记</a><li><a href=/list>登记查询</a></ul>"
APPLY = (
    HEAD
    + """<style>.layer{position:fixed;z-index:9;top:20%;left:30%;background:#fff;border:1px solid;padding:1em}
.drop{position:absolute;z-index:5;background:#fff;border:1px solid}
.drop b,.pick{cursor:pointer} [hidden]{display:none}</style>
<h2>临时救助登记</h2><button type=button onclick="tab(0)">基本情况</button>
<button type=button onclick="tab(1)">家庭情况</button>
<div class=tab><dl><dt>申请人姓名<dd><input id=a1><dt>公民身份号码<dd><input id=a2><dt>性别<dd>
<input type=radio name=xb value=m>男
<input type=radio name=xb value=f>女<dt>出生日期<dd><input id=a3 placeholder="年/月/日">
<dt>联系电话<dd><input id=a4><dt>经办社区<dd><input id=a5 readonly>
<button type=button onclick="open('/communities','w','width=300,height=200')">选择社区</button>
<dt>经办网格<dd><input name=wg id=a6 readonly>
<button type=button onclick="open('/grids','g','width=300,height=200')">选择网格</button></dl></div>
<div class=tab hidden><dl><dt>救助原因<dd><input id=b1 class=pick readonly onclick="drop.hidden=!drop.hidden">
<div class=drop id=drop hidden><b>突发疾病</b><br><b>意外事故</b></div><dt>家庭人口数<dd><input id=b2>
<dt>困难情况说明<dd><textarea id=b3></textarea><dt><dd><label><input type=checkbox id=b4>所填内容属实</label></dl>
<h3>家庭成员</h3><table id=jt><tr><th>序号<th>成员姓名<th>与户主关系<th>出生日期<th>国籍<th>操作</tr></table>
<button type=button onclick="member()">增加一行</button>
<h3>联系人</h3><div id=lx></div><button type=button onclick="contact()">＋ 添加联系人</button>
<h3>名下车辆</h3><table id=cl><tr><th>车牌号<th>购置日期</tr><tr><td><input><td><input></tr></table>
<button type=button onclick="cl.tBodies[0].append(cl.rows[1].cloneNode(true))">增加一行</button>
<button type=button onclick="ask.hidden=false">保存登记</button></div>
<div class=layer id=ask hidden>确认保存这份登记？<br><button type=button onclick="ask.hidden=true">再看看</button>
<button type=button onclick="send()">确认</button></div><div id=said></div>
<script>const cell=html=>{const c=document.createElement('td');c.innerHTML=html;return c};
function member(){const r=$('jt').insertRow();r.append(cell($('jt').rows.length-1),cell('<input>'),
cell('<select><option value="">请选择<option value=w>妻<option value=s>子<option value=d>女</select>'),
cell('<input placeholder="年-月-日">'),cell('<input value=中国>'),
cell('<a href="#" onclick="return away(this)">删除</a>'))}
function away(link){link.closest('tr').remove();return false}
function contact(){const d=document.createElement('div');d.className='lxr';
d.innerHTML='联系人姓名 <input> 联系人电话 <input>';$('lx').append(d)}
const held=row=>[...row.querySelectorAll('input,select')].map(b=>b.value);
const $=i=>document.getElementById(i),ask=$('ask'),drop=$('drop'),cl=$('cl');member();
function tab(n){document.querySelectorAll('.tab').forEach((t,i)=>t.hidden=i!==n)}
drop.onclick=e=>{if(e.target.tagName==='B'){$('b1').value=e.target.textContent;drop.hidden=true}};
async function send(){ask.hidden=true;const told={xm:$('a1').value,sfz:$('a2').value,
xb:(document.querySelector('[name=xb]:checked')||{}).value,
csrq:$('a3').value,dh:$('a4').value,sq:$('a5').value,wg:$('a6').value,yy:$('b1').value,rk:$('b2').value,sm:$('b3').value,ok:$('b4').checked,
jt:[...$('jt').rows].slice(1).map(held),lx:[...document.querySelectorAll('.lxr')].map(held),cl:[...$('cl').rows].slice(1).map(held)};
const r=await (await fetch('/keep',{method:'POST',body:JSON.stringify(told)})).json();
document.querySelector('.tab:not([hidden])').hidden=true;
$('said').innerText=r.no?`登记成功\\n登记编号：${r.no}\\n申请人：${r.xm}\\n公民身份号码：${r.sfz}`:r.why}</script>"""
)
COMMUNITIES = (
    HEAD
    + '<p><label>名称含 <input id=q></label><button type=button onclick="all.forEach(r=>r.hidden=!r.innerText.includes('
    'q.value))">过滤</button><table>'
    + "".join(
        f"<tr><td>{name}<td><button onclick=\"opener.document.getElementById('a5').value='{name}';window.close()\">"
        "选择</button>"
        for name in ("幸福一社区", "幸福二社区", "和平社区")
    )
    + "</table><script>const all=[...document.querySelectorAll('tr')],q=document.getElementById('q')</script>"
)
LIST = (
    HEAD + "<form action=%s><p>公民身份号码 <input name=sfz><button>查询</button></form>"
    "<table class=found><tr><th>登记编号<th>申请人<th>公民身份号码<th>登记时间</tr>%s</table>"
)


@dataclass
class LightDepartment:
    """`commit_after` and `answer_after` in seconds, asked at every save."""

    url: str
    path: Path
    commit_after: Callable[[], float] = lambda: 0.0
    answer_after: Callable[[], float] = lambda: 0.0
    pending: set[threading.Thread] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)  # every page somebody opened
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def book(self) -> list[dict[str, str]]:
        with sqlite3.connect(self.path, timeout=30) as book:
            rows = book.execute("select number, name, id_number, data from received order by rowid").fetchall()
        return [dict(zip(("number", "name", "id_number", "data"), row, strict=True)) for row in rows]

    def numbers_of(self, id_number: str) -> list[str]:
        return [row["number"] for row in self.book() if row["id_number"] == id_number]

    def keep(self, name: str, id_number: str, data: str) -> str:
        with self._lock, sqlite3.connect(self.path, timeout=30) as book:
            count = book.execute("select count(*) from received").fetchone()[0] + 1
            number = f"LS{datetime.now(BEIJING):%Y}-{count:06}"
            now = datetime.now(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
            book.execute("insert into received values (?, ?, ?, ?, ?)", (number, name, id_number, now, data))
        return number

    def take(self, name: str, id_number: str, data: str) -> str:
        """Commits as late as it likes, also when nobody waits any more."""
        late, number = self.commit_after(), list[str]()

        def act() -> None:
            time.sleep(late)
            number.append(self.keep(name, id_number, data))

        worker = threading.Thread(target=act)
        self.pending.add(worker)
        worker.start()
        worker.join()
        self.pending.discard(worker)
        time.sleep(self.answer_after())
        return number[0]

    def rows(self, id_number: str) -> str:
        with sqlite3.connect(self.path, timeout=30) as book:
            found = book.execute(
                "select number, name, id_number, filed_at from received where id_number = ?", (id_number,)
            )
            return "".join("<tr>" + "".join(f"<td>{html.escape(str(one))}" for one in row) + "</tr>" for row in found)


class _Page(http.server.BaseHTTPRequestHandler):
    department: LightDepartment

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.department.asked.append(address.path)
        told = {name: values[0] for name, values in parse_qs(address.query).items()}
        inside = "seat=1" in self.headers.get("Cookie", "")
        match address.path:
            case "/quick":
                self._say(QUICK)
            case "/rows":
                self._say(LIST % ("/rows", self.department.rows(told.get("sfz", ""))))
            case "/" | "/apply" | "/list" if not inside:
                self._say(LOGIN)
            case "/":
                self._say(HOME)
            case "/communities":
                self._say(COMMUNITIES)
            case "/grids" | "/streets":
                self._say((PAGES / f"{address.path[1:]}.html").read_text(encoding="utf-8"))
            case "/apply":
                self._say(APPLY)
            case "/list":
                self._say(LIST % ("/list", self.department.rows(told["sfz"]) if "sfz" in told else ""))
            case _:
                self._say("", 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        if self.path == "/enter":
            told = parse_qs(body)
            good = told.get("u") == ["window03"] and told.get("p") == ["training-only"]
            self._say(HOME if good else LOGIN + "<p>工号或密码不对", cookie="seat=1" if good else "")
        elif self.path == "/keep":
            asked = json.loads(body)
            number = self.department.take(asked["xm"], asked["sfz"], body)
            self._say(json.dumps({"no": number, "xm": asked["xm"], "sfz": asked["sfz"]}))
        else:
            told = parse_qs(body)
            name, id_number = told.get("xm", [""])[0], told.get("sfz", [""])[0]
            number = self.department.take(name, id_number, body)
            self._say(
                f"{HEAD}<p>受理编号：{number}<p>申请人：{html.escape(name)}<p>公民身份号码：{html.escape(id_number)}"
            )

    def _say(self, body: str, status: int = 200, cookie: str = "") -> None:
        content = body.encode()
        with contextlib.suppress(OSError):  # who asked may have been killed meanwhile
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            if cookie:
                self.send_header("Set-Cookie", f"{cookie}; Path=/")
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Silence: standard error counts as said aloud."""

    def handle_one_request(self) -> None:
        with contextlib.suppress(OSError):
            super().handle_one_request()


@contextmanager
def light_department(home: Path) -> Iterator[LightDepartment]:
    path = home / "light.sqlite"
    with sqlite3.connect(path) as book:
        book.execute("pragma journal_mode=wal")
        book.execute(
            "create table received (number text primary key, name text, id_number text, filed_at text, data text)"
        )
    department = LightDepartment("", path)
    page = type("Page", (_Page,), {"department": department})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), page)
    department.url = f"http://127.0.0.1:{server.server_address[1]}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield department
    finally:
        server.shutdown()
        server.server_close()
        for worker in tuple(department.pending):
            worker.join(10)
