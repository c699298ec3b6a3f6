"""An old department: every page here does one thing the way pages of the last twenty years do it, and keeps what it got.

What arrived is judged here, in the office's own book, never by what a page says.
"""

from __future__ import annotations

import contextlib
import html
import http.server
import itertools
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Told = dict[str, list[str]]


@dataclass
class Office:
    address: str
    elsewhere: str  # the same office under another origin
    book: list[tuple[str, Told]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def kept(self, form: str) -> list[Told]:
        return [told for name, told in self.book if name == form]


def page(body: str, script: str = "", charset: str = "utf-8") -> str:
    return f"<html><head><meta charset={charset}><title>办事</title></head><body>{body}<script>{script}</script></body></html>"


def receipt(number: int) -> str:
    return page(f"<p>受理编号：LG-{number:06d}</p>")


# ---- the rows move: "+" posts the whole form, the new empty row comes back as row 0
RELATIONS = ("", "配偶", "子女", "父母")


def moving_rows(rows: Sequence[tuple[str, str, str]], owner: str, *, forgets: bool = False) -> str:
    lines = []
    for n, (name, relation, born) in enumerate(rows):
        options = "".join(f"<option{' selected' if one == relation else ''}>{one}" for one in RELATIONS)
        lines.append(
            f"<tr><td>{n + 1}</td><td><input name=xm_{n} value='{html.escape(name)}'></td><td><select name=gx_{n}>{options}</select></td>"
            f"<td><input name=cs_{n} value='{'' if forgets else born}'></td></tr>"
        )
    return page(
        f"<form method=post><table><tr><td>户主姓名：</td><td><input name=hz value='{html.escape(owner)}'></td>"
        f"<td>联系电话（必填）：</td><td><input name=dh></td></tr></table>"
        f"<h3>家庭成员</h3><table border=1><tr><th>序号</th><th>成员姓名*</th><th>与户主关系</th><th>出生日期</th></tr>{''.join(lines)}</table>"
        "<input type=submit name=action value='+' title=增加一行><input type=submit name=action value=储存></form>"
    )


def rows_in(told: Told) -> list[tuple[str, str, str]]:
    n = sum(key.startswith("xm_") for key in told)
    return [tuple(told.get(f"{key}_{i}", [""])[0] for key in ("xm", "gx", "cs")) for i in range(n)]  # type: ignore[misc]


# ---- windows: one written back by a click, one that starts blank, is written by a script and loads its lines
PICKERS = page(
    "<form method=post action=/pickers><table><tr><td>所属社区</td><td><input name=sq readonly><input type=hidden name=sqdm>"
    "<a href='#' onclick=\"window.open('/communities','w1','width=300,height=300');return false\">(选择)</a></td></tr>"
    "<tr><td>困难情形</td><td><input name=kn readonly><a href='#' onclick=\"lines();return false\">(选择)</a></td></tr>"
    "<tr><td>备注：</td><td><textarea name=bz></textarea></td></tr></table><input type=submit value=提交></form>",
    "function lines(){const w=window.open('','w2','width=300,height=300');w.document.write('<table id=t></table><button id=ok>确定</button>');"
    "w.document.close();fetch('/hardships').then(r=>r.json()).then(all=>setTimeout(()=>{w.document.getElementById('t').innerHTML="
    "all.map(x=>'<tr class=l><td><input type=checkbox value='+x+'></td><td>'+x+'</td></tr>').join('');"
    "w.document.getElementById('ok').onclick=()=>{document.forms[0].kn.value=[...w.document.querySelectorAll(':checked')]"
    ".map(b=>b.value).join(',');w.close()}},150))}",
)
COMMUNITIES = page(
    "<table><tr><td><a href='#' onclick=\"opener.document.forms[0].sq.value='幸福社区';opener.document.forms[0].sqdm.value='SQ01';window.close()\">幸福社区</a></td></tr>"
    "<tr><td><a href='#' onclick=\"opener.document.forms[0].sq.value='幸福社区二区';opener.document.forms[0].sqdm.value='SQ02';window.close()\">幸福社区二区</a></td></tr></table>"
)
MODAL = page(
    "<form method=post action=/modal onsubmit=\"return confirm('确定要提交吗？')\">姓名：<input name=xm><br>区划：<input name=qh readonly>"
    "<input type=button value=选区划 onclick=\"var a={};var r=showModalDialog('/region.htm?x=1',a);if(r){this.form.qh.value=r;this.form.mc.value=a.name}\">"
    "<input name=mc type=hidden><input type=button value=填事由 onclick=\"this.form.sy.value=prompt('请输入办理事由','')\">"
    "事由：<input name=sy readonly><br><input type=submit value=提交></form>"
)
# ---- tabs built when they are first shown; a value that comes a moment later; a cascade over the network; a formatter
TABS = page(
    "<form method=post action=/tabs><div><a href='#' onclick='return tab(0)'>基本信息</a> <a href='#' onclick='return tab(1)'>救助信息</a></div>"
    "<div id=p0></div><div id=p1></div><input type=hidden name=token value=T1><input type=submit value=提交></form>",
    'const html=[\'<table><tr><td>证件号码</td><td><input name=zj onblur="this.value=this.value.toUpperCase()"></td></tr>'
    "<tr><td>出生日期</td><td><input name=cs readonly></td></tr><tr><td>性别</td><td>男<input type=radio name=xb value=1> 女<input type=radio name=xb value=2></td></tr></table>',"
    "'<table><tr><td>救助金额（元）</td><td><input name=je onchange=\"const v=this.value;this.value=\\'…\\';setTimeout(()=>this.value=Number(v).toFixed(2),120)\"></td></tr>"
    '<tr><td>省</td><td><select name=s onchange="more(this,\\\'q\\\')"><option value="">--<option value=99>示例省</select></td></tr>'
    '<tr><td>区</td><td><select name=q><option value="">--</select></td></tr>'
    "<tr><td rowspan=2>困难情形</td><td><input type=checkbox name=k1 value=1>困难家庭</td></tr><tr><td><input type=checkbox name=k2 value=1>重大疾病</td></tr>"
    "<tr><td>情况说明</td><td><textarea name=sm></textarea></td></tr></table>'];"
    "function tab(n){for(const i of [0,1]){const d=document.getElementById('p'+i);d.style.display=i===n?'':'none';"
    "if(i===n&&!d.firstChild)setTimeout(()=>{d.innerHTML=html[n]},200)}return false}"
    "function more(s,n){fetch('/districts?of='+s.value).then(r=>r.json()).then(all=>{document.forms[0][n].innerHTML="
    "'<option value=\"\">--'+all.map(x=>'<option value='+x[0]+'>'+x[1]).join('')})}tab(0)",
)


def silent(note: str = "") -> str:
    """After saving the same form comes back, blank, without a word."""
    return page(
        f"{note}<form method=post action=/silent><table><tr><td>类别</td><td><input type=radio name=lb value=c>单位<input type=radio name=lb value=p onclick=\"this.form.action='/silent/kind';this.form.submit()\">个人</td></tr>"
        "<tr><td>编号</td><td><input name=bh><input type=submit name=action value=取号 onclick=\"this.form.action='/silent/number'\"></td></tr>"
        "<tr><td>单位名称*</td><td><input name=dw></td></tr></table><input type=submit name=action value=保存></form><a href=/list>查询</a>"
    )


def person(number: str, name: str = "") -> str:
    return page(
        "<form method=post action=/silent><input type=hidden name=lb value=p><table>"
        f"<tr><td>编号</td><td><input name=bh value='{number}'><input type=submit name=action value=取号 formaction=/silent/number></td></tr>"
        f"<tr><td>姓名</td><td><input name=xm value='{html.escape(name)}'></td></tr><tr><td>电话</td><td><input name=dh></td></tr></table>"
        "<input type=submit name=action value=更新><input type=submit name=action value=保存></form><a href=/list>查询</a>"
    )


CODED = page(
    "<form method=post action=/coded accept-charset=gb2312>姓名 <input name=xm maxlength=4><br>姓氏 <select name=xs><option value=''>请选择"
    "<option value='&#x4dae;'>䶮姓<option value=wang>王姓</select><br>住址 <input name=dz><br>说明 <textarea name=sm></textarea><input type=submit value=提交></form>",
    charset="gb2312",
)
FRAMES = "<html><frameset cols='30%,*'><frame name=left src=/menu><frame name=right src=/blank></frameset></html>"
MENU = page("<a href=/outer target=right>新申请</a>")


@contextlib.contextmanager
def opened() -> Iterator[Office]:
    office = Office("", "")

    class Desk(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            url = urllib.parse.urlsplit(self.path)
            self._say(_shown(office, url.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            charset = "gbk" if self.path == "/coded" else "utf-8"
            told = urllib.parse.parse_qs(body.decode("ascii"), keep_blank_values=True, encoding=charset)
            self._say(_done(office, self.path, told))

        def _say(self, text: str) -> None:
            kind = "application/json" if text.startswith("[") else "text/html"
            charset = "gb2312" if "charset=gb2312" in text else "utf-8"
            body = text.encode("gbk" if charset == "gb2312" else "utf-8", "xmlcharrefreplace")
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset={charset}")
            self.send_header("Content-Length", str(len(body)))
            with contextlib.suppress(ConnectionError):
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silence: standard error counts as said aloud."""

    servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), Desk) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    office.address = f"http://127.0.0.1:{servers[0].server_address[1]}/"
    office.elsewhere = f"http://localhost:{servers[1].server_address[1]}/"
    try:
        yield office
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _shown(office: Office, path: str) -> str:
    match path:
        case "/rows" | "/forgetful":
            return moving_rows([("", "", "")], "")
        case "/outer":
            return page("<h2>外层</h2><iframe name=mid width=600 height=400 src=/middle></iframe>")
        case "/middle":
            return page(f"<iframe id=innen width=560 height=360 src={office.elsewhere}inner></iframe>")
        case "/inner":
            return page(
                "<form method=post action=/inner>申请人 <input name=xm><br>事项 <input name=sx><input type=submit value=提交></form>"
            )
        case "/list":
            rows = "".join(
                f"<tr class=r><td>{t['bh'][0]}</td><td>{html.escape(t['xm'][0])}</td></tr>"
                for t in office.kept("silent")
            )
            return page(
                f"<form action=/list>编号 <input name=bh><input type=submit value=继续></form><table>{rows}</table>"
            )
        case "/districts":
            time.sleep(0.15)
            return json.dumps([["990101", "幸福区"], ["990102", "平安区"]])
        case "/hardships":
            return json.dumps(["困难家庭", "重大疾病", "残疾人员"])
    return {"/pickers": PICKERS, "/communities": COMMUNITIES, "/modal": MODAL, "/tabs": TABS, "/silent": silent(),
            "/coded": CODED, "/frames": FRAMES, "/menu": MENU}.get(path, page("&nbsp;"))  # fmt: skip


def _done(office: Office, path: str, told: Told) -> str:
    if path in ("/rows", "/forgetful") and told["action"] == ["+"]:
        return moving_rows([("", "", ""), *rows_in(told)], told["hz"][0], forgets=path == "/forgetful")
    if path == "/silent/kind":
        return person("")
    if path == "/silent/number":
        return person(f"KH{next(office.numbers):04d}", told.get("xm", [""])[0])
    office.book.append((path.strip("/"), told))
    return silent() if path == "/silent" else receipt(len(office.book))
