"""The static page opened from the disk in a real browser, with every request it makes written down."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request

from printing import qr
from tests.printing.realm import NOW

VECTORS = Path(__file__).with_name("vectors")
SWITCHES = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-quic", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
)  # fmt: skip


def cases() -> list[dict[str, Any]]:
    files = (file for file in sorted(VECTORS.glob("*.json")) if file.name != "lists.json")
    return [case for file in files for case in json.loads(file.read_text(encoding="utf-8"))["cases"]]


def lists() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((VECTORS / "lists.json").read_text(encoding="utf-8"))
    return found


def symbol(text: str, module: int = 6) -> Image.Image:
    matrix = qr.modules(text)
    small = Image.new("L", (len(matrix) + 8, len(matrix) + 8), 255)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                small.putpixel((x + 4, y + 4), 0)
    return small.resize((small.width * module, small.height * module), Image.Resampling.NEAREST)


def film(path: Path, picture: Image.Image) -> None:
    """A camera's film of one still picture (Y4M)."""
    width, height = 960, 720
    frame = Image.new("L", (width, height), 200)
    picture.thumbnail((640, 640))
    frame.paste(picture, (150, 40))
    colour = bytes([128]) * (width * height // 2)
    head = f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + b"".join(b"FRAME\n" + frame.tobytes() + colour for _ in range(3)))


@dataclass
class Site:
    folder: Path
    browser: Browser
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return (self.folder / "index.html").as_uri()

    def open(self, fragment: str = "", *, at: datetime = NOW, language: str = "zh-CN", **context: Any) -> Page:
        made = self.browser.new_context(locale=language, **context)
        made.on("request", self._note)
        page = made.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"the page stumbled: {error}"))
        page.clock.set_fixed_time(at)
        page.goto(self.address + fragment)
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        return page

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.folder.as_uri(), "blob:")):
            self.asked.append(request.url)


def code_of(page: Page) -> str:
    page.wait_for_selector("html[data-code]", state="attached")
    return str(page.evaluate("document.documentElement.dataset.code"))


ASK = """async ({cases, lists}) => {
  const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));
  const {trust, judgement, words} = OneWindow;
  const dictionary = Uint8Array.from(atob(words.dictionary), (letter) => letter.charCodeAt(0));
  const told = [];
  for (const one of cases) {
    const memory = new judgement.Memory();
    for (const name of one.seen) memory.judge(await trust.readTrust(unhex(lists.trust[name])));
    const list = one.trust === null ? null : await trust.readTrust(unhex(lists.trust[one.trust]));
    const files = one.status.map((name) => unhex(lists.status[name]));
    const statuses = list && files.length ? await trust.readStatuses(files, list) : null;
    const now = Date.parse(one.now) / 1000;
    const ground = {trust: list, now, statuses, memory, proof: unhex(one.proof), dictionary};
    const found = await judgement.verify([one.text], ground);
    told.push({code: found.code, class: words.codes[found.code].class, notes: found.notes, human_code: found.humanCode,
               signer: found.signer, replaces: found.replaces, replaced_by: found.replacedBy, fields: found.fields});
  }
  return told;
}"""

ASK_PDF = """async ({pdfs, list}) => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const {trust, judgement, words, pdf} = OneWindow;
  const listed = await trust.readTrust(bytes(list));
  const told = [];
  for (const [text, content, at] of pdfs) {
    const dictionary = bytes(words.dictionary);
    const ground = {trust: listed, now: at, statuses: null, memory: null, proof: null, dictionary};
    const found = await judgement.verifyPdf([text], await pdf.read(bytes(content)), ground);
    told.push({code: found.code, notes: found.notes, places: (found.mismatches ?? []).map((each) => each.place)});
  }
  return told;
}"""

COMPARE = """async (sheets) => Promise.all(sheets.map(async ([content, verdict]) => {
  const {pages} = await OneWindow.pdf.read(Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)));
  return OneWindow.comparison.compare(pages, verdict);
}))"""


def asked(site: Site, listed: bytes, pdfs: list[tuple[str, bytes, datetime]]) -> list[dict[str, Any]]:
    page = site.open()
    given = [(text, base64.b64encode(pdf).decode(), int(at.timestamp())) for text, pdf, at in pdfs]
    told: list[dict[str, Any]] = page.evaluate(ASK_PDF, {"pdfs": given, "list": base64.b64encode(listed).decode()})
    assert site.asked == []
    page.context.close()
    return told


def packed(pdf: bytes) -> bytes:
    """The same page as other programs save it: objects packed into streams, a table with predictors."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
    return target.getvalue()


def in_letters(pdf: bytes) -> bytes:
    """The same page with its streams written as letters (ASCII85), and other people's words before and behind it."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Filter") == pikepdf.Name.FlateDecode:
                wrapped = base64.a85encode(one.read_raw_bytes()) + b"~>"
                one.write(wrapped, filter=pikepdf.Array([pikepdf.Name.ASCII85Decode, pikepdf.Name.FlateDecode]))
        level = pikepdf.StreamDecodeLevel.none
        document.save(target, compress_streams=False, stream_decode_level=level)
    return b"sent by somebody\n" + target.getvalue() + b"\n<!-- checked by somebody -->\n"


_SHAPES = b"""begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfrange <0000> <00ff> <2701> endbfrange endcmap"""


def through_a_driver(pdf: bytes) -> bytes:
    """The same page printed into a PDF by a driver that knows shapes and no letters: all letters are other ones."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for font in page.Resources.Font.values():
                font.ToUnicode = document.make_stream(_SHAPES)
        document.save(target)
    return target.getvalue()
