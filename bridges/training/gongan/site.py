"""The pages of the police system and how they travel: all in GBK, one frame set, one upload frame.

GBK is the point: a character outside it (𠮷) arrives as the text "&#134071;", and 䶮, which the browser writes with two
bytes this codec does not know, arrives as two U+FFFD. The book keeps what arrived, as the old system would.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bridges.training.department import Accepted, Broken, Department, Session, TurnedAway, Weather, broken_off
from bridges.training.gongan.forms import FORMS
from bridges.training.sheet import Form, Told, first


def number(now: datetime, count: int) -> tuple[str, str]:
    return f"{now:%Y}", f"GA-990101-{now:%Y}-{count:06}"


def _gbk(html: str, status: int = 200) -> Response:
    return Response(html.encode("gbk", "xmlcharrefreplace"), status, {"Content-Type": "text/html; charset=gb2312"})


async def _posted(request: Request) -> dict[str, str | list[str]]:
    """An urlencoded GBK form, decoded by hand: the framework only knows UTF-8."""
    body = (await request.body()).decode("ascii", "replace")
    told = parse_qs(body, keep_blank_values=True, encoding="gbk", errors="replace")
    return {name: found[0] if len(found) == 1 else found for name, found in told.items()}


def _asked(request: Request) -> dict[str, str]:
    query = parse_qs(request.url.query, keep_blank_values=True, encoding="gbk", errors="replace")
    return {name: found[0] for name, found in query.items()}


class Site:
    def __init__(self, department: Department) -> None:
        self.department = department

    def _page(self, name: str, status: int = 200, **known: Any) -> Response:
        return _gbk(self.department.page(name, **known), status)

    def _timed_out(self) -> Response:
        return self._page("timeout.html")

    def broken(self) -> Response:
        return self._page("error500.html", 500)

    # sign-in and frames
    async def login(self, request: Request) -> Response:
        if request.method == "GET":
            return self._page("login.html", words="")
        told = await _posted(request)
        key = self.department.sign_in(first(told, "yhm").strip(), first(told, "kl"))
        if key is None:
            return self._page("login.html", words="用户名或口令错误，请重新输入！")
        answer = RedirectResponse("/index.do", 302)
        answer.set_cookie(self.department.cookie, key, httponly=True)
        return answer

    async def logout(self, request: Request) -> Response:
        self.department.sign_out(request)
        return RedirectResponse("/login.do", 302)

    async def index(self, request: Request) -> Response:
        if self.department.session(request) is None:
            return RedirectResponse("/login.do", 302)
        return self._page("index.html")

    async def frame(self, request: Request) -> Response:
        session = self.department.session(request)
        if session is None:
            return self._timed_out()
        return self._page(f"{request.url.path.strip('/').removesuffix('.do')}.html", clerk=session.name)

    # the form
    async def form(self, request: Request) -> Response:
        form = self.department.form(request.path_params["path"])
        if form is None:
            return self._page("notice.html", 404, words=("业务类型不存在",))
        if self.department.session(request, "form") is None:
            return self._timed_out()
        return self._page("form.html", form=form, slip=secrets.token_hex(6))

    async def save(self, request: Request) -> Response:
        told = await _posted(request)
        session = self.department.session(request, "save")
        if session is None:
            return self._timed_out()
        form = self.department.form(first(told, "ywlx"))
        if form is None:
            return self._page("notice.html", words=("业务类型不存在",))
        slip = first(told, "ywlsh")
        fields: Told = {name: value for name, value in told.items() if name not in ("ywlx", "ywlsh")}
        papers = [paper for kept in session.papers.get(slip, {}).values() for paper in kept]
        match await self.department.receive(form, fields, papers):
            case Broken():
                return self.broken()
            case TurnedAway(words):
                return self._page("notice.html", words=words)
            case Accepted() as accepted:
                page = self._page("receipt.html", form=form, receipt=accepted)
                return broken_off(page) if accepted.cut else page

    # the upload frame
    async def upload(self, request: Request) -> Response:
        session = self.department.session(request)
        if session is None:
            return self._timed_out()
        if request.method == "GET":
            asked = _asked(request)
            return self._papers(session, asked.get("ywlx", ""), asked.get("ywlsh", ""), "")
        headers = Headers({"content-type": request.headers.get("content-type", "") + "; charset=gbk"})
        try:
            told = await MultiPartParser(headers, request.stream()).parse()
        except (MultiPartException, KeyError):
            return self._papers(session, "", "", "上传失败")
        file, kind, slip = told.get("wj"), str(told.get("clzl", "")), str(told.get("ywlsh", ""))
        words = "请选择文件"
        if isinstance(file, UploadFile) and file.filename:
            kept = self.department.take_paper(kind, file.filename, file.content_type or "", await file.read())
            words = kept if isinstance(kept, str) else ""
            if not isinstance(kept, str):
                session.papers.setdefault(slip, {}).setdefault(kind, []).append(kept.id)
        await told.close()
        return self._papers(session, str(told.get("ywlx", "")), slip, words)

    def _papers(self, session: Session, path: str, slip: str, words: str) -> Response:
        form: Form | None = self.department.form(path)
        if form is None:
            return self._page("notice.html", words=(words or "业务类型不存在",))
        kept = {kind: self.department.book.papers(ids) for kind, ids in session.papers.get(slip, {}).items()}
        return self._page("upload.html", form=form, slip=slip, kept=kept, words=words)

    # the list
    async def search(self, request: Request) -> Response:
        if self.department.session(request) is None:
            return self._timed_out()
        told = await _posted(request) if request.method == "POST" else {}
        form = self.department.form(first(told, "ywlx"))
        rows = self.department.book.find(
            first(told, "gmsfhm").strip().upper(), form.item if form else "", first(told, "slrq")
        )
        return self._page("list.html", rows=rows, told=told, title=self.department.title)


def open_department(home: Path) -> tuple[Department, ASGIApp]:
    department = Department("gongan", home, FORMS, "JSESSIONID", number)
    site = Site(department)
    both = ["GET", "POST"]
    app = Starlette(
        routes=[
            Route("/", site.index),
            Route("/login.do", site.login, methods=both),
            Route("/logout.do", site.logout),
            Route("/index.do", site.index),
            *(Route(f"/{name}.do", site.frame) for name in ("top", "menu", "main")),
            Route("/hjyw/save.do", site.save, methods=["POST"]),
            Route("/hjyw/upload.do", site.upload, methods=both),
            Route("/hjyw/{path}.do", site.form),
            Route("/cx/list.do", site.search, methods=both),
        ]
    )
    return department, Weather(app, department, site.broken)
