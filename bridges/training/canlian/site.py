"""One page and a JSON interface behind it: dictionaries that answer late, regions level by level, a wizard per service.

The wizard's template is fetched when it is opened: an update of the form (`page_changed`) meets the next filing.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from json import JSONDecodeError
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bridges.training.canlian.forms import FORMS
from bridges.training.codes import BANK_CLEARING, ETHNICITY_WORDS, REGION_TREE
from bridges.training.department import Accepted, Broken, Department, TurnedAway, Weather, broken_off
from bridges.training.sheet import Field, Told
from resources import kit

DICTIONARY_SECONDS = 0.2  # an intranet server of that age; long enough to trip whoever does not wait
_DICTIONARIES = {"nation": ETHNICITY_WORDS, "bank": BANK_CLEARING}


def number(now: datetime, count: int) -> tuple[str, str]:
    return f"{now:%Y%m%d}", f"9901CL{now:%Y%m%d}{count:04}"


def _no(code: int, words: str) -> Response:
    return JSONResponse({"code": code, "msg": words, "data": None})


def _yes(data: object, words: str = "操作成功") -> Response:
    return JSONResponse({"code": 200, "msg": words, "data": data})


def _timed_out() -> Response:
    return _no(401, "登录已过期，请重新登录")


async def _body(request: Request) -> dict[str, object]:
    try:
        told = await request.json()
    except (JSONDecodeError, UnicodeDecodeError):
        return {}
    return told if isinstance(told, dict) else {}


def _rule(field: Field) -> list[dict[str, object]]:
    asks = "请选择" if field.kind in ("select", "radio", "checks", "cascade", "remote", "date") else "请输入"
    trigger = "blur" if field.kind in ("text", "area") else "change"
    rules: list[dict[str, object]] = []
    if field.required:
        rules.append({"required": True, "message": f"{asks}{field.label}", "trigger": trigger})
        if field.kind in ("checks", "cascade"):
            rules[0]["type"] = "array"
    if field.check:
        rules.append({"check": field.check, "message": f"{field.label}格式不正确", "trigger": "blur"})
    return rules


class Site:
    def __init__(self, department: Department) -> None:
        self.department = department

    def broken(self) -> Response:
        return JSONResponse({"code": 500, "msg": "服务器内部错误", "data": None}, 500)

    async def app(self, request: Request) -> Response:
        return HTMLResponse(self.department.page("app.html"))

    async def login(self, request: Request) -> Response:
        told = await _body(request)
        key = self.department.sign_in(str(told.get("username", "")).strip(), str(told.get("password", "")))
        if key is None:
            return _no(500, "用户名或密码错误")
        answer = _yes(None, "登录成功")
        answer.set_cookie(self.department.cookie, key, httponly=True, samesite="lax")
        return answer

    async def logout(self, request: Request) -> Response:
        self.department.sign_out(request)
        return _yes(None)

    async def me(self, request: Request) -> Response:
        session = self.department.session(request)
        return _yes({"name": session.name}) if session else _timed_out()

    async def dictionary(self, request: Request) -> Response:
        if self.department.session(request) is None:
            return _timed_out()
        await asyncio.sleep(DICTIONARY_SECONDS)
        name, words = request.path_params["name"], request.query_params.get("keyword", "").strip()
        if name == "region":
            lines = REGION_TREE.get(request.query_params.get("parent", ""), ())
            return _yes([{"value": c, "label": w, "leaf": c not in REGION_TREE} for c, w in lines])
        found = [(c, w) for c, w in _DICTIONARIES.get(name, ()) if words and (words in w or words == c)]
        return _yes([{"value": c, "label": w} for c, w in found])

    async def wizard(self, request: Request) -> Response:
        form = self.department.form(request.path_params["path"])
        if self.department.session(request, "form") is None:
            return _timed_out()
        if form is None:
            return _no(404, "业务不存在")
        empty: dict[str, object] = {f.name: [] if f.kind in ("checks", "cascade") else "" for f in form.fields}
        return _yes(
            {
                "title": form.title,
                "template": self.department.page("wizard.html", form=form),
                "model": empty,
                "rules": {f.name: _rule(f) for f in form.fields if _rule(f)},
                "steps": [[f.name for f in form.fields if f.part == n] for n in range(len(form.parts))],
                "papers": [{"kind": p.kind, "label": p.label, "required": p.required} for p in form.papers],
                "notice": form.notice,
            }
        )

    async def save(self, request: Request) -> Response:
        told = await _body(request)
        if self.department.session(request, "save") is None:
            return _timed_out()
        form = self.department.form(request.path_params["path"])
        files = told.pop("file_ids", [])
        if form is None or not isinstance(files, list):
            return _no(500, "提交的数据无法识别")
        match await self.department.receive(form, _as_told(told), [str(file) for file in files]):
            case Broken():
                return self.broken()
            case TurnedAway(words):
                return _no(500, "；".join(words))
            case Accepted() as accepted:
                data = {
                    "accept_no": accepted.number,
                    "person_name": accepted.name,
                    "id_card": accepted.id_number,
                    "accept_time": accepted.filed_at,
                }
                answer = _yes(data, "已受理")
                return broken_off(answer) if accepted.cut else answer

    async def upload(self, request: Request) -> Response:
        if self.department.session(request) is None:
            return _timed_out()
        async with request.form() as told:
            file = told.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                return _no(500, "请选择文件")
            kind = str(told.get("kind", ""))
            kept = self.department.take_paper(kind, file.filename, file.content_type or "", await file.read())
        return _no(500, kept) if isinstance(kept, str) else _yes({"id": kept.id, "kind": kept.kind, "name": kept.name})

    async def rows(self, request: Request) -> Response:
        if self.department.session(request) is None:
            return _timed_out()
        asked = request.query_params
        form = self.department.form(asked.get("business", ""))
        rows = self.department.book.find(
            asked.get("id_card", "").strip().upper(), form.item if form else "", asked.get("day", "").replace("/", "-")
        )
        return _yes(
            [
                {
                    "accept_no": r.number,
                    "business": self.department.title(r.form),
                    "person_name": r.name,
                    "id_card": r.id_number,
                    "accept_time": r.filed_at,
                    "state": r.status,
                }
                for r in rows
            ]
        )


def _as_told(body: dict[str, object]) -> Told:
    """What arrived, as text or lists of text; null counts as nothing said."""
    return {
        name: [str(v) for v in value] if isinstance(value, list) else ("" if value is None else str(value))
        for name, value in body.items()
    }


def open_department(home: Path) -> tuple[Department, ASGIApp]:
    department = Department("canlian", home, FORMS, "CLSESSID", number)
    site = Site(department)
    app = Starlette(
        routes=[
            Mount("/static/element", StaticFiles(directory=kit("element-ui") / "lib")),
            Mount("/static/vue", StaticFiles(directory=kit("vue") / "dist")),
            Route("/", site.app),
            Route("/api/login", site.login, methods=["POST"]),
            Route("/api/logout", site.logout, methods=["POST"]),
            Route("/api/me", site.me),
            Route("/api/dict/{name}", site.dictionary),
            Route("/api/wizard/{path}", site.wizard),
            Route("/api/apply/{path}", site.save, methods=["POST"]),
            Route("/api/upload", site.upload, methods=["POST"]),
            Route("/api/accepted", site.rows),
        ]
    )
    return department, Weather(app, department, site.broken)
