"""Small departments for measuring: a form of forty fields, a book of their own, a receipt with a number.

They answer at once, so that what is measured is the bridge and not an old server. Each runs in a process of its own, as
a department does.
"""

from __future__ import annotations

import html
import http.server
import json
import multiprocessing
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import parse_qs

from bridges.recipe import Recipe, load
from tests.bridges.pages import forty_fields, forty_wishes

FORM = (
    forty_fields()
    .replace("<form>", "<form method=post action=save>")
    .replace("</form>", "<input type=submit value=提交></form>")
)
_RECIPE = """
recipe: 1
department: {name}
name: {{zh: 测量用部门（演示数据）, en: measured department}}
base: {base}
longest_delay_s: 1
forms:
  四十栏:
    items: [{name}.forty]
    steps:
      - open: /
      - fill:
{fields}
      - submit: 提交
    receipt:
      number: '受理编号：(\\S+)'
      format: 'N-\\d{{6}}'
      name: {{regex: '申请人：(\\S+)', element: f.文本0}}
"""


def wishes() -> dict[str, str]:
    """The forty values by data element."""
    return {f"f.{one['label']}": one["value"] for one in forty_wishes()}


def recipe_of(folder: Path, name: str, base: str) -> Recipe:
    line = "          - {{label: {label}, element: f.{label}, kind: {kind}}}"
    fields = "\n".join(line.format(**one) for one in forty_wishes())
    file = folder / f"{name}.yaml"
    file.write_text(_RECIPE.format(name=name, base=base, fields=fields), encoding="utf-8")
    return load(file)


@contextmanager
def departments(folder: Path, names: list[str]) -> Iterator[dict[str, str]]:
    """Address by name; every book lies in `folder/<name>.sqlite`, table received(number, data)."""
    with ExitStack() as doors:
        yield {name: doors.enter_context(_department(folder / f"{name}.sqlite")) for name in names}


def kept(folder: Path, name: str) -> list[dict[str, str]]:
    """What the department's own book holds, oldest first."""
    with sqlite3.connect(folder / f"{name}.sqlite") as book:
        return [json.loads(row[0]) for row in book.execute("select data from received order by rowid")]


@contextmanager
def _department(file: Path) -> Iterator[str]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(file, there), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}/"
    finally:
        process.kill()
        process.join()


def _serve(file: Path, told: Connection) -> None:
    class Door(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(FORM)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True)
            data = {name: values[0] for name, values in sent.items()}
            with sqlite3.connect(file) as book:
                row = book.execute("insert into received (data) values (?)", (json.dumps(data),)).lastrowid
            words = f"受理编号：N-{row:06} <br>申请人：{html.escape(data['t0'])}"
            self._answer(f"<!doctype html><meta charset=utf-8><p>{words}</p>")

        def _answer(self, page: str) -> None:
            body = page.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silence: standard error counts as said aloud."""

    with sqlite3.connect(file) as book:
        book.execute("create table received (rowid integer primary key, data text)")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door)
    told.send(server.server_address[1])
    server.serve_forever()
