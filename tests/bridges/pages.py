"""Small pages of our own, served on loopback: a form of forty fields, and pages that try to get out."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager


def forty_fields() -> str:
    rows = [f"<tr><td>文本{n}：</td><td><input name=t{n}></td></tr>" for n in range(22)]
    rows += [
        f"<tr><td>选择{n}：</td><td><select name=s{n}><option value=''>请选择<option>甲<option>乙</select>"
        for n in range(6)
    ]
    rows += [
        f"<tr><td>单选{n}：</td><td><input type=radio name=r{n} value=1>男<input type=radio name=r{n} value=2>女"
        for n in range(4)
    ]
    rows += [f"<tr><td>日期{n}：</td><td><input name=d{n} readonly></td></tr>" for n in range(4)]
    rows += [f"<tr><td>说明{n}：</td><td><textarea name=a{n}></textarea></td></tr>" for n in range(4)]
    return f"<!doctype html><meta charset=utf-8><title>四十栏</title><form><table>{''.join(rows)}</table></form>"


def forty_wishes() -> list[dict[str, str]]:
    def one(label: str, kind: str, value: str) -> dict[str, str]:
        return {"key": label, "label": label, "kind": kind, "value": value}

    return [
        *(one(f"文本{n}", "text", f"演示数据{n}") for n in range(22)),
        *(one(f"选择{n}", "select", "乙") for n in range(6)),
        *(one(f"单选{n}", "radio", "女") for n in range(4)),
        *(one(f"日期{n}", "date", "2026-11-21") for n in range(4)),
        *(one(f"说明{n}", "textarea", f"说明文字{n}") for n in range(4)),
    ]


@contextmanager
def served(pages: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """(address, paths that were asked for); every unknown path is answered too, because an escape must be seen."""
    asked: list[str] = []

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = pages.get(self.path.split("?")[0], "").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            with contextlib.suppress(ConnectionError):  # a browser that is closed asks for nothing more
                self.end_headers()
                self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            """Silence: standard error counts as said aloud."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", asked
    finally:
        server.shutdown()
        server.server_close()
