"""The pages of the civil affairs platform: layui in the browser, JSON behind it, a token that is good for one save.

A page without a session answers with the sign-in page, which breaks out of its frame; a call without one answers 1001.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bridges.training.department import Accepted, Broken, Department, Session, TurnedAway, Weather, broken_off
from bridges.training.minzheng.forms import FORMS
from bridges.training.sheet import Form, Told, first
from resources import kit

_PAPER = "paper_"
_TIMED_OUT = {"code": 1001, "msg": "登录状态已失效，请重新登录"}


def number(now: datetime, count: int) -> tuple[str, str]:
    return f"{now:%Y%m%d}", f"MZSL{now:%Y%m%d}-{count:05}"


async def _posted(request: Request) -> dict[str, list[str]]:
    return parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)


class Site:
    def __init__(self, department: Department) -> None:
        self.department = department

    def _page(self, name: str, status: int = 200, **known: Any) -> Response:
        return HTMLResponse(self.department.page(name, **known), status)

    def broken(self) -> Response:
        return self._page("error500.html", 500)

    # sign-in and shell
    async def login(self, request: Request) -> Response:
        if request.method == "GET":
            return self._page("login.html")
        told = {name: found[0] for name, found in (await _posted(request)).items()}
        key = self.department.sign_in(first(told, "username").strip(), first(told, "password"))
        if key is None:
            return JSONResponse({"code": 1, "msg": "账号或密码不正确，请核对后重试"})
        answer = JSONResponse({"code": 0, "msg": "登录成功"})
        answer.set_cookie(self.department.cookie, key, httponly=True)
        return answer

    async def logout(self, request: Request) -> Response:
        self.department.sign_out(request)
        return RedirectResponse("/login", 302)

    async def shell(self, request: Request) -> Response:
        session = self.department.session(request)
        if session is None:
            return RedirectResponse("/login", 302)
        return self._page("shell.html", clerk=session.name)

    async def inner(self, request: Request) -> Response:
        """The pages inside the tabs: the home page, one list a service, the search."""
        session = self.department.session(request)
        if session is None:
            return RedirectResponse("/login", 302)
        path = request.path_params.get("path", "")
        if path:
            form = self.department.form(path)
            return self._page("business.html", form=form) if form else Response("404", 404)
        return self._page(f"{request.url.path.strip('/')}.html", clerk=session.name)

    # the form in its layer
    async def form(self, request: Request) -> Response:
        form = self.department.form(request.path_params["path"])
        session = self.department.session(request, "form")
        if session is None:
            return RedirectResponse("/login", 302)
        if form is None:
            return Response("404", 404)
        return self._page("form.html", form=form, token=self._token(session))

    def _token(self, session: Session) -> str:
        token = secrets.token_hex(16)
        session.tokens.add(token)
        return token

    async def save(self, request: Request) -> Response:
        posted = await _posted(request)
        session = self.department.session(request, "save")
        if session is None:
            return JSONResponse(_TIMED_OUT)
        form = self.department.form(request.path_params["path"])
        token = posted.pop("_csrf", [""])[0]
        if form is None or token not in session.tokens:
            return JSONResponse({"code": 1002, "msg": "表单已失效，请关闭窗口重新打开后再试"})
        session.tokens.discard(token)
        papers = [paper for name in list(posted) if name.startswith(_PAPER) for paper in posted.pop(name)]
        match await self.department.receive(form, _told(form, posted), papers):
            case Broken():
                return self.broken()
            case TurnedAway(words):
                return JSONResponse({"code": 1, "msg": "<br>".join(words), "token": self._token(session)})
            case Accepted() as accepted:
                data = {
                    "acceptNo": accepted.number,
                    "name": accepted.name,
                    "certNo": accepted.id_number,
                    "business": form.title,
                    "acceptTime": accepted.filed_at,
                }
                answer = JSONResponse({"code": 0, "msg": "已受理", "data": data})
                return broken_off(answer) if accepted.cut else answer

    async def upload(self, request: Request) -> Response:
        if self.department.session(request) is None:
            return JSONResponse(_TIMED_OUT)
        async with request.form() as told:
            file = told.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                return JSONResponse({"code": 1, "msg": "请选择文件"})
            kind = str(told.get("kind", ""))
            kept = self.department.take_paper(kind, file.filename, file.content_type or "", await file.read())
        if isinstance(kept, str):
            return JSONResponse({"code": 1, "msg": kept})
        return JSONResponse({"code": 0, "msg": "", "data": {"id": kept.id, "name": kept.name, "size": kept.size}})

    async def rows(self, request: Request) -> Response:
        if self.department.session(request) is None:
            return JSONResponse(_TIMED_OUT)
        asked = request.query_params
        form = self.department.form(asked.get("business", ""))
        rows = self.department.book.find(
            asked.get("certNo", "").strip().upper(), form.item if form else "", asked.get("acceptDay", "")
        )
        page, limit = max(1, int(asked.get("page", "1"))), min(200, max(1, int(asked.get("limit", "10"))))
        data = [
            {
                "acceptNo": r.number,
                "business": self.department.title(r.form),
                "name": r.name,
                "certNo": r.id_number,
                "acceptTime": r.filed_at,
                "state": r.status,
            }
            for r in rows[(page - 1) * limit : page * limit]
        ]
        return JSONResponse({"code": 0, "msg": "", "count": len(rows), "data": data})


def _told(form: Form, posted: dict[str, list[str]]) -> Told:
    many = {f.name for f in form.fields if f.kind == "checks"}
    return {name: found if name in many else found[0] for name, found in posted.items()}


def open_department(home: Path) -> tuple[Department, ASGIApp]:
    department = Department("minzheng", home, FORMS, "SHSWSESSION", number)
    site = Site(department)
    app = Starlette(
        routes=[
            Mount("/static/layui", StaticFiles(directory=kit("layui") / "dist")),
            Route("/", site.shell),
            Route("/login", site.login, methods=["GET", "POST"]),
            Route("/logout", site.logout),
            Route("/home", site.inner),
            Route("/query", site.inner),
            Route("/business/list", site.rows),
            Route("/business/upload", site.upload, methods=["POST"]),
            Route("/business/{path}", site.inner),
            Route("/business/{path}/form", site.form),
            Route("/business/{path}/save", site.save, methods=["POST"]),
        ]
    )
    return department, Weather(app, department, site.broken)
