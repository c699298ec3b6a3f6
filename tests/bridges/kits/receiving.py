"""A small server of our own: the kits from npm, one page a kit, lists that come late, and a book of what was posted."""

from __future__ import annotations

import contextlib
import http.server
import json
import mimetypes
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import parse_qs, unquote, urlsplit

import resources

HERE = Path(__file__).parent
LATE_SECONDS = 0.05
REGIONS = {
    "": [("99", "示例省"), ("98", "样例省")],
    "99": [("9901", "示例市"), ("9902", "临江市")],
    "9901": [("990101", "幸福区"), ("990102", "平安区")],
    "98": [("9801", "样例市")],
    "9801": [("980101", "和平区")],
}
TYPES = [("LS02B", "临时救助（复核）"), ("LS01", "低保申请"), ("LS02", "临时救助"), ("LS03", "医疗救助")]


def ext_home() -> Path | None:
    """ExtJS 3 lies in the tests' own environment (requirements/peers.in), never in the product's."""
    return next(HERE.parents[2].glob(".peers/lib/python*/site-packages/collective/js/extjs"), None)


def _rows(
    pairs: list[tuple[str, str]], turned: Mapping[str, str] = MappingProxyType({}), *, children: bool = False
) -> list[dict[str, object]]:
    """In the words of every kit at once; whether there are `children` is told only to jsTree (zTree expects a list)."""
    rows: list[dict[str, object]] = []
    for code, words in pairs:
        more, now = code in REGIONS, turned.get(code, code)
        row: dict[str, object] = {"id": now, "value": now, **dict.fromkeys(("text", "name", "label"), words)}
        row |= {"isParent": more, "leaf": not more, "isLeaf": not more, "state": "closed" if more else "open"}
        rows.append(row | ({"children": more} if children else {}))
    return rows


class Book:
    """What arrived, by kit, in the order it came."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, dict[str, list[str]]]] = []
        self.drawn: dict[str, str] = {}  # pages that are in no file, by name
        self.late_seconds = LATE_SECONDS
        self.turned: dict[str, str] = {}  # regions under another's code, both ways
        self._more = threading.Condition()

    def take(self, kit: str, fields: dict[str, list[str]]) -> None:
        with self._more:
            self.posts.append((kit, fields))
            self._more.notify_all()

    def count(self, kit: str) -> int:
        return sum(name == kit for name, _ in self.posts)

    def last(self, kit: str, already: int) -> dict[str, list[str]]:
        """The post after the first `already` ones, waited for."""
        deadline = time.monotonic() + 15
        with self._more:
            while sum(name == kit for name, _ in self.posts) <= already:
                if not self._more.wait(deadline - time.monotonic()):
                    raise AssertionError(f"{kit} posted nothing")
            return [fields for name, fields in self.posts if name == kit][already]


class Kits(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    book: Book
    homes: Mapping[str, Path | None]

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self._answer(parse_qs(body, keep_blank_values=True))

    def _answer(self, posted: dict[str, list[str]]) -> None:
        parts = urlsplit(self.path)
        asked = {key: values[-1] for key, values in {**parse_qs(parts.query), **posted}.items()}
        if parts.path == "/submit":
            self.book.take(asked["kit"], posted)
            self._say(b"<!doctype html><title>ok</title><p id=done>taken", "text/html; charset=utf-8")
        elif parts.path.startswith("/api/"):
            time.sleep(self.book.late_seconds)
            self._say(json.dumps(self._list(parts.path[5:], asked)).encode(), "application/json")
        else:
            self._file(unquote(parts.path))

    def _file(self, path: str) -> None:
        home, _, rest = path.lstrip("/").partition("/")
        if home == "drawn" and rest in self.book.drawn:
            self._say(self.book.drawn[rest].encode(), "text/html; charset=utf-8")
            return
        folder = self.homes.get(home)
        file = folder / rest if folder else None
        if file is None or not file.is_file():
            self._say(b"", "text/plain", 404)
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self._say(file.read_bytes(), kind + ("; charset=utf-8" if "text" in kind or "javascript" in kind else ""))

    def _list(self, name: str, asked: dict[str, str]) -> object:
        words = asked.get("q") or asked.get("query") or asked.get("term") or ""
        parent = asked.get("pid") or asked.get("node") or asked.get("id") or ""
        if name == "types":
            return _rows([(code, text) for code, text in TYPES if words.strip("*") in text])
        if name == "branches":  # as jsTree wants them
            return _rows(self._below("" if parent == "#" else parent), self.book.turned, children=True)
        return _rows(self._below(parent), self.book.turned)

    def _below(self, parent: str) -> list[tuple[str, str]]:
        return REGIONS.get(self.book.turned.get(parent, parent), [])

    def _say(self, body: bytes, kind: str, status: int = 200) -> None:
        with contextlib.suppress(ConnectionError):  # a page that is left asks for nothing more
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=600" if "/api/" not in self.path else "no-store")
            self.end_headers()
            self.wfile.write(body)

    def handle_one_request(self) -> None:
        with contextlib.suppress(ConnectionError):  # so does a page that is left in the middle of asking
            super().handle_one_request()

    def log_message(self, *_: object) -> None:
        """Silence: standard error counts as said aloud."""


@contextlib.contextmanager
def receiving() -> Iterator[tuple[str, Book]]:
    book = Book()
    homes = {
        "nm": HERE / "node_modules",
        "vendor": resources.HERE / "vendor" / "node_modules",
        "pages": HERE / "pages",
        "ext": ext_home(),
    }

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), type("OpenKits", (Kits,), {"book": book, "homes": homes})
    )
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", book
    finally:
        server.shutdown()
        server.server_close()
