"""What the three training departments have in common behind their very different pages: sign-in, sessions, the act of
receiving, and the troubles a test or a trainer can put on.

A `Department` never looks at HTML. Its pages (gongan, minzheng, canlian) ask it and show the answer their own way.
"""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable, MutableMapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bridges.beijing import beijing_now
from bridges.training.checks import complaints
from bridges.training.received import Book, Row, Upload
from bridges.training.sheet import Form, Told, changed, first
from bridges.training.trouble import Trouble

SESSION_SECONDS = 30 * 60
LARGEST_PAPER = 5 * 1024 * 1024
MEDIA_TYPES = ("image/jpeg", "image/png", "application/pdf")


@dataclass
class Session:
    """One signed-in clerk. Lives in memory, as in the servlet containers of old: a restart signs everybody out."""

    user: str
    name: str
    seen: float
    tokens: set[str] = field(default_factory=set)
    papers: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # slip -> kind -> upload ids


@dataclass(frozen=True)
class Accepted:
    number: str  # as shown; empty when the system forgets to show it
    name: str
    id_number: str
    filed_at: str
    cut: bool = False  # the answer breaks off half way


@dataclass(frozen=True)
class TurnedAway:
    words: tuple[str, ...]


@dataclass(frozen=True)
class Broken:
    pass


Answer = Accepted | TurnedAway | Broken


class Department:
    def __init__(
        self,
        name: str,
        home: Path,
        forms: tuple[Form, ...],
        cookie: str,
        number: Callable[[datetime, int], tuple[str, str]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.id = name
        self.cookie = cookie
        self.clock = clock
        self.book = Book(home / f"{name}.sqlite", number)
        self.trouble = Trouble()
        self.sessions: MutableMapping[str, Session] = {}
        self._forms = forms
        self._waiting: set[threading.Timer] = set()
        self.pages = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent / name / "pages"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
        )

    # forms
    def forms(self) -> tuple[Form, ...]:
        return tuple(changed(form, self.trouble.page_changed) for form in self._forms)

    def form(self, path_or_item: str) -> Form | None:
        return next((f for f in self.forms() if path_or_item in (f.path, f.item)), None)

    def title(self, item: str) -> str:
        return next((f.title for f in self._forms if f.item == item), item)

    # sessions
    def sign_in(self, user: str, password: str) -> str | None:
        """A new session's key, or None: wrong user or password."""
        name = self.book.clerk(user, password)
        if name is None:
            return None
        key = secrets.token_hex(16).upper()
        self.sessions[key] = Session(user, name, self.clock())
        return key

    def sign_out(self, request: Request) -> None:
        self.sessions.pop(request.cookies.get(self.cookie, ""), None)

    def session(self, request: Request, act: str = "") -> Session | None:
        """Who is signed in; `act` is "form" or "save" where the trouble `logout` may strike, once."""
        key = request.cookies.get(self.cookie, "")
        session = self.sessions.get(key)
        strikes = "form" if self.trouble.logout is True else self.trouble.logout
        if session and act and strikes == act:
            self.trouble = Trouble(**{**vars(self.trouble), "logout": False})
            session = None
        if session is None or self.clock() - session.seen > SESSION_SECONDS:
            self.sessions.pop(key, None)
            return None
        session.seen = self.clock()
        return session

    def expire_sessions(self) -> None:
        self.sessions.clear()

    # papers
    def take_paper(self, kind: str, name: str, media_type: str, content: bytes) -> Upload | str:
        """The kept paper, or the words it is turned away with."""
        if not content:
            return "上传文件为空"
        if media_type not in MEDIA_TYPES:
            return "只能上传JPG、PNG、PDF文件"
        if len(content) > LARGEST_PAPER:
            return "文件不能超过5MB"
        return self.book.keep_paper(kind, name, media_type, content)

    # receiving
    async def receive(self, form: Form, told: Told, paper_ids: list[str]) -> Answer:
        trouble = self.trouble
        if trouble.refuse:
            return TurnedAway((trouble.refuse,))
        papers = self.book.papers(paper_ids)
        wrong = complaints(form, told, {p.kind for p in papers})
        if wrong:
            return TurnedAway(wrong)
        broken = trouble.error500 in (True, "save")
        if broken and trouble.commit_after is None:
            return Broken()
        id_number, name = first(told, form.id_field), first(told, form.name_field)

        def keep() -> Row:
            return self.book.receive(form.item, id_number, name, told, papers)

        if trouble.commit_after is None:
            row = keep()
        else:
            later = self._later(trouble.commit_after, keep)
            if broken:
                return Broken()
            row = await asyncio.wrap_future(later)
        return self._receipt(row, trouble)

    def _receipt(self, row: Row, trouble: Trouble) -> Accepted:
        number = self.book.before(row.number) if trouble.same_number else row.number
        name, id_number = row.name, row.id_number
        if trouble.other_person:
            name, id_number = "赵示例", "990101197002020017"
        return Accepted("" if trouble.no_number else number, name, id_number, row.filed_at, trouble.half_page)

    def _later(self, seconds: float, keep: Callable[[], Row]) -> Future[Row]:
        done: Future[Row] = Future()
        done.set_running_or_notify_cancel()  # whoever stops waiting does not stop the keeping

        def act() -> None:
            try:
                done.set_result(keep())
            except sqlite3.Error as error:
                done.set_exception(error)
            finally:
                self._waiting.discard(timer)

        timer = threading.Timer(seconds, act)
        timer.daemon = True
        self._waiting.add(timer)
        timer.start()
        return done

    @property
    def is_keeping(self) -> bool:
        """Whether a save hangs now whose case will be kept later (`commit_after`)."""
        return bool(self._waiting)

    def stop(self) -> None:
        for timer in tuple(self._waiting):
            timer.cancel()

    def reset(self) -> None:
        self.stop()
        self.trouble = Trouble()
        self.sessions.clear()
        self.book.empty()

    # pages
    def page(self, name: str, **known: Any) -> str:
        return self.pages.get_template(name).render(forms=self.forms(), today=beijing_now(), **known)


def broken_off(response: Response) -> Response:
    """The same answer, but the line goes dead in the middle of it."""
    body = bytes(response.body)

    async def half() -> AsyncIterator[bytes]:
        yield body[: len(body) // 3]
        await asyncio.sleep(0.05)
        raise ConnectionResetError

    headers = {k: v for k, v in response.headers.items() if k != "content-length"}
    return StreamingResponse(half(), status_code=response.status_code, headers=headers)


class Weather:
    """Troubles that strike every page alike: slowness, and a server that answers 500 to everything."""

    def __init__(self, app: ASGIApp, department: Department, broken: Callable[[], Response]) -> None:
        self._app, self._department, self._broken = app, department, broken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        trouble = self._department.trouble
        if scope["type"] == "http" and not scope["path"].startswith("/static"):
            if trouble.slow:
                await asyncio.sleep(trouble.slow)
            if trouble.error500 == "pages":
                await self._broken()(scope, receive, send)
                return
        await self._app(scope, receive, send)
