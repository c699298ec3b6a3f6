"""A clerk without a browser: the same requests the three pages send, for tests of what the servers do with them."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from datetime import date
from http.client import IncompleteRead
from http.cookiejar import CookieJar

from bridges.training import Running
from bridges.training.received import SAMPLE_PASSWORD, SAMPLE_USER
from bridges.training.sheet import Field, Form, Told
from tests.bridges.training.hands import ID_NUMBER, PNG

_SAMPLE = {"id": ID_NUMBER, "phone": "19900000315", "account": "6299990000000000079", "until": "长期"}


def sample(field: Field) -> str | list[str]:
    if field.kind == "cascade":
        return ["99", "9901", "990101"]
    if field.kind == "checks":
        return [field.options[0][0]]
    if field.options:
        return field.options[0][0]
    if field.kind == "date":
        return date(1954, 6, 15).strftime(field.date)
    if field.check == "certificate":
        return ID_NUMBER + "42"
    return _SAMPLE.get(field.check) or "安秀岚"[: field.limit or 3]


def filled(form: Form) -> dict[str, str | list[str]]:
    """A filing this form accepts, every box filled."""
    return {field.name: sample(field) for field in form.fields}


@dataclass(frozen=True)
class Said:
    status: int
    text: str
    cut: bool = False


class Clerk:
    def __init__(self, running: Running, department: str) -> None:
        self.id = department
        self.department = running.departments[department]
        self.url = running.urls[department]
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded") -> Said:
        headers = {"Content-Type": kind} if body is not None else {}
        request = urllib.request.Request(self.url + path.lstrip("/"), body, headers)
        coding = "gbk" if self.id == "gongan" else "utf-8"
        try:
            with self._browser.open(request, timeout=20) as answer:
                return Said(answer.status, answer.read().decode(coding, "replace"))
        except urllib.error.HTTPError as error:
            with error:
                return Said(error.code, error.read().decode(coding, "replace"))
        except IncompleteRead as error:
            return Said(200, error.partial.decode(coding, "replace"), cut=True)

    def sign_in(self, password: str = SAMPLE_PASSWORD) -> Said:
        match self.id:
            case "gongan":
                return self.ask("login.do", _form({"yhm": SAMPLE_USER, "kl": password}, "gbk"))
            case "minzheng":
                return self.ask("login", _form({"username": SAMPLE_USER, "password": password}, "utf-8"))
            case _:
                told = json.dumps({"username": SAMPLE_USER, "password": password}).encode()
                return self.ask("api/login", told, "application/json")

    def open(self, form: Form) -> Said:
        path = {"gongan": "hjyw/{}.do", "minzheng": "business/{}/form", "canlian": "api/wizard/{}"}[self.id]
        return self.ask(path.format(form.path))

    def file(self, form: Form, values: Told | None = None) -> Said:
        """Opens the form, hands in its papers and saves."""
        page = self.open(form)
        values = filled(form) if values is None else values
        kinds = [paper.kind for paper in form.papers]
        match self.id:
            case "gongan":
                slip = _hidden(page.text, "ywlsh")
                for kind in kinds:
                    self.upload("hjyw/upload.do", {"ywlx": form.path, "ywlsh": slip, "clzl": kind}, "wj")
                return self.ask("hjyw/save.do", _form({**values, "ywlx": form.path, "ywlsh": slip}, "gbk"))
            case "minzheng":
                papers = {f"paper_{k}": self._id(self.upload("business/upload", {"kind": k}, "file")) for k in kinds}
                told = {**values, **papers, "_csrf": _hidden(page.text, "_csrf")}
                return self.ask(f"business/{form.path}/save", _form(told, "utf-8"))
            case _:
                ids = [self._id(self.upload("api/upload", {"kind": kind}, "file")) for kind in kinds]
                told = {**values, "file_ids": ids}
                return self.ask(f"api/apply/{form.path}", json.dumps(told).encode(), "application/json")

    def upload(
        self, path: str, fields: dict[str, str], box: str, content: bytes = PNG, kind: str = "image/png"
    ) -> Said:
        edge = "----training"
        lines = [f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
        lines.append(f'--{edge}\r\nContent-Disposition: form-data; name="{box}"; filename="p.png"\r\n')
        lines.append(f"Content-Type: {kind}\r\n\r\n")
        body = "".join(lines).encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self.ask(path, body, f"multipart/form-data; boundary={edge}")

    @staticmethod
    def _id(said: Said) -> str:
        data = json.loads(said.text).get("data")
        return str(data["id"]) if data else ""

    @property
    def number(self) -> re.Pattern[str]:
        pattern = {"gongan": r"GA-990101-\d{4}-\d{6}", "minzheng": r"MZSL\d{8}-\d{5}", "canlian": r"9901CL\d{12}"}
        return re.compile(pattern[self.id])


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    return found.group(1) if found else ""


def _form(told: Told, coding: str) -> bytes:
    return urllib.parse.urlencode(told, doseq=True, encoding=coding, errors="xmlcharrefreplace").encode()
