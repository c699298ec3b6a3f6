"""The static page in a real browser, from the disk: same answers as the program, and not one request to anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, Request, sync_playwright

import resources
from printing import paper, qr, verify_page
from printing.press import Press
from printing.verdict import CODES
from printing.voucher import Issued
from tests.printing.conftest import NOW, Centre
from tests.printing.forgery import jpeg

VECTORS = Path(__file__).with_name("vectors")
SWITCHES = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-quic", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
)  # fmt: skip


def _cases() -> list[dict[str, Any]]:
    files = (file for file in sorted(VECTORS.glob("*.json")) if file.name != "lists.json")
    return [case for file in files for case in json.loads(file.read_text(encoding="utf-8"))["cases"]]


def _lists() -> dict[str, Any]:
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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    room = tmp_path_factory.mktemp("page")
    genuine = next(case for case in _cases() if case["expected"]["code"] == "VALID" and not case["status"])
    film(room / "camera.y4m", symbol(genuine["text"]))
    listed = bytes.fromhex(_lists()["trust"]["present"])
    verify_page.export(room / "site", listed, [bytes.fromhex(_lists()["status"]["present"])])
    switches = [*SWITCHES, f"--use-file-for-fake-video-capture={room / 'camera.y4m'}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=switches)
        yield Site(room / "site", browser)
        browser.close()


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


def test_every_vector_has_the_answer_it_has_in_the_program(site: Site) -> None:
    page, cases = site.open(), _cases()
    told = page.evaluate(ASK, {"cases": cases, "lists": _lists()})
    wrong = [case["name"] for case, found in zip(cases, told, strict=True) if found != case["expected"]]
    assert len(cases) > 90
    assert wrong == []
    assert site.asked == []
    page.context.close()


def test_a_browser_without_cryptography_answers_the_same(site: Site) -> None:
    """A page without TLS, where a browser takes its WebCrypto away: ES256, Ed25519 and SM2 by the page's own hand."""
    page = site.open()
    page.add_init_script("Object.defineProperty(globalThis.crypto, 'subtle', {value: undefined})")
    page.reload()
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    assert page.evaluate("crypto.subtle") is None
    cases = [case for case in _cases() if case["trust"] == "present"]
    cases = [*(case for case in cases if case["expected"]["code"] == "VALID"), *cases[::9]]
    told = page.evaluate(ASK, {"cases": cases, "lists": _lists()})
    wrong = [case["name"] for case, found in zip(cases, told, strict=True) if found != case["expected"]]
    assert wrong == []
    page.context.close()


def test_an_address_with_a_voucher_behind_it_is_judged_and_drawn(site: Site) -> None:
    case = next(one for one in _cases() if one["expected"]["code"] == "VALID" and not one["status"])
    page = site.open("#" + case["text"].partition("#")[2])
    assert code_of(page) == "VALID"
    assert page.inner_text("#verdict-class") == resources.texts("zh")["verdict.class.true"]
    drawn = page.inner_text("#voucher")
    assert [value for value in case["expected"]["fields"].values() if value not in drawn] == []
    assert case["expected"]["human_code"] in drawn
    page.click("#language")
    assert page.inner_text("#verdict-class") == resources.texts("en")["verdict.class.true"]
    assert site.asked == []
    page.context.close()


def test_a_photo_a_pdf_and_a_text_are_read_on_the_device(
    site: Site, centre: Centre, issued: Issued, tmp_path: Path
) -> None:
    own = Site(tmp_path / "own", site.browser)
    verify_page.export(own.folder, (centre.room / "trust-list.cbor").read_bytes())
    page = own.open()
    given = {"sheet.pdf": ("application/pdf", issued.pdf), "slip.png": ("image/png", issued.receipt_png)}
    given["photo.jpg"] = ("image/jpeg", jpeg(paper.raster(issued.pdf, 170.0)[0], 80))
    given["text.txt"] = ("text/plain", issued.qr_text.encode())
    for name, (kind, content) in given.items():
        page.evaluate("delete document.documentElement.dataset.code")
        page.set_input_files("#file", {"name": name, "mimeType": kind, "buffer": content})
        assert code_of(page) == "VALID", name
        assert issued.number in page.inner_text("#voucher"), name
    assert own.asked == []
    page.context.close()


def test_the_camera_reads_and_is_closed_again(site: Site) -> None:
    page = site.open()
    page.click("#camera")
    assert code_of(page) == "VALID"
    assert page.evaluate("document.getElementById('video').srcObject") is None
    assert page.is_hidden("#finder")
    assert site.asked == []
    page.context.close()


def test_a_changed_voucher_is_no_and_nonsense_cannot_be_told(site: Site) -> None:
    page = site.open()
    forged = next(one for one in _cases() if one["expected"]["code"] == "BAD_SIGNATURE")
    for text, code in ((forged["text"], "BAD_SIGNATURE"), ("https://example.invalid/", "NOT_A_VOUCHER")):
        page.evaluate("delete document.documentElement.dataset.code")
        page.fill("#text", text)
        page.press("#text", "Enter")  # as a handheld scanner ends its line
        assert code_of(page) == code
        kind = page.get_attribute("#answer", "data-class")
        assert kind == CODES[code].kind
    blank = jpeg(Image.new("L", (300, 300), 255), 80)
    white = FilePayload(name="white.jpg", mimeType="image/jpeg", buffer=blank)
    page.evaluate("delete document.documentElement.dataset.code")
    page.set_input_files("#file", white)
    assert code_of(page) == "NO_QR_FOUND"
    page.context.close()


def test_a_list_dropped_on_the_page_is_believed_only_when_it_is_newer_and_of_the_same_root(site: Site) -> None:
    page = site.open()
    lists = _lists()

    def give(content: bytes) -> str:
        page.set_input_files("#file", {"name": "list.cbor", "mimeType": "application/cbor", "buffer": content})
        page.wait_for_selector("#answer:not([data-class=working])")
        return page.inner_text("#verdict-class")

    words = resources.texts("zh")
    older = bytes.fromhex(lists["trust"]["older"])
    assert give(older) == words["page.trust.refused"]
    assert give(bytes.fromhex(lists["trust"]["local"])) == words["page.trust.refused"]
    assert give(bytes.fromhex(lists["trust"]["present"])) == words["page.trust.taken"]
    assert give(bytes.fromhex(lists["status"]["present"])) == words["page.status.taken"]
    page.context.close()


def test_a_page_that_would_ask_somebody_is_seen_and_stopped(site: Site, tmp_path: Path) -> None:
    """The control: the listener sees a request, and the page's own policy stops it."""
    own = Site(tmp_path / "leaky", site.browser)
    verify_page.export(own.folder, None)
    lists = own.folder / "lists.js"
    lists.write_text(lists.read_text() + "\nnew Image().src = 'http://127.0.0.1:9/leak';\n")
    page = own.browser.new_context().new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.on("request", own._note)
    page.goto(own.address)
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    assert any("Content Security Policy" in words for words in refused)
    page.context.close()
    own.asked.clear()  # the attempt itself, which went nowhere
    loose = own.folder / "index.html"
    text = loose.read_text().replace("img-src 'self' blob:", "img-src *")
    loose.write_text(text)
    page = own.browser.new_context().new_page()
    page.on("request", own._note)
    with page.expect_request("**/leak"):
        page.goto(own.address)
    assert own.asked == ["http://127.0.0.1:9/leak"]
    page.context.close()


def test_the_committed_reader_and_words_are_what_would_be_made(press: Press) -> None:
    folder = resources.verify_page_dir()
    for name, content in verify_page.reader_files().items():
        assert (folder / "zxing" / name).read_text(encoding="utf-8") == content, "python -m printing.verify_page"
    assert "jsdelivr" not in (folder / "zxing" / "reader.js").read_text(encoding="utf-8")
    for code in CODES:
        assert f'"verdict.{code}"' in (folder / "words.js").read_text(encoding="utf-8"), (
            "python -m printing.verify_page"
        )
