"""An old department: every page here does one thing the way old pages do it, and the office keeps what it got.

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
from pathlib import Path
from string import Template

PAGES = Path(__file__).parent / "pages"
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
    head = f"<meta charset={charset}><title>办事</title>"
    return f"<html><head>{head}</head><body>{body}<script>{script}</script></body></html>"


def receipt(number: int) -> str:
    return page(f"<p>受理编号：LG-{number:06d}</p>")


# ---- the rows move: "+" posts the whole form, the new empty row comes back as row 0
RELATIONS = ("", "配偶", "子女", "父母")


def moving_rows(rows: Sequence[tuple[str, str, str]], owner: str, *, forgets: bool = False) -> str:
    lines = []
    for n, (name, relation, born) in enumerate(rows):
        options = "".join(f"<option{' selected' if one == relation else ''}>{one}" for one in RELATIONS)
        lines.append(
            f"<tr><td>{n + 1}</td><td><input name=xm_{n} value='{html.escape(name)}'></td>"
            f"<td><select name=gx_{n}>{options}</select></td>"
            f"<td><input name=cs_{n} value='{'' if forgets else born}'></td></tr>"
        )
    return written("rows", owner=owner, rows="".join(lines))


def rows_in(told: Told) -> list[tuple[str, str, str]]:
    n = sum(key.startswith("xm_") for key in told)
    return [tuple(told.get(f"{key}_{i}", [""])[0] for key in ("xm", "gx", "cs")) for i in range(n)]  # type: ignore[misc]


def written(name: str, /, **gaps: str) -> str:
    text = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    return (
        Template(text).substitute({k: v if k == "rows" else html.escape(v) for k, v in gaps.items()}) if gaps else text
    )


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
            return written("inner_form")
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
    name = path.strip("/")
    return written(name) if (PAGES / f"{name}.html").is_file() else page("&nbsp;")


def _done(office: Office, path: str, told: Told) -> str:
    if path in ("/rows", "/forgetful") and told["action"] == ["+"]:
        return moving_rows([("", "", ""), *rows_in(told)], told["hz"][0], forgets=path == "/forgetful")
    if path == "/silent/kind":
        return written("person", number="", name="")
    if path == "/silent/number":
        return written("person", number=f"KH{next(office.numbers):04d}", name=told.get("xm", [""])[0])
    office.book.append((path.strip("/"), told))
    return written("silent") if path == "/silent" else receipt(len(office.book))
