"""The static page in a real browser, from the disk: same answers as the program, and not one request to anywhere."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, sync_playwright

import resources
from printing import attachments, layout, log_proof, paper, preprinted, qr, statement, trust, verify_page
from printing.press import Press
from printing.verdict import CODES, Verdict
from printing.verify import verify
from printing.voucher import Form, Issued, Line
from tests.printing import page_site
from tests.printing.conftest import NOW, Centre
from tests.printing.forgery import jpeg, page_with, pages_of, without_text
from tests.printing.page_site import Site, code_of
from tests.printing.test_the_page_says_what_was_signed import FORGED


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    room = tmp_path_factory.mktemp("page")
    genuine = next(case for case in page_site.cases() if case["expected"]["code"] == "VALID" and not case["status"])
    page_site.film(room / "camera.y4m", page_site.symbol(genuine["text"]))
    listed = bytes.fromhex(page_site.lists()["trust"]["present"])
    verify_page.export(room / "site", listed, [bytes.fromhex(page_site.lists()["status"]["present"])])
    switches = [*page_site.SWITCHES, f"--use-file-for-fake-video-capture={room / 'camera.y4m'}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=switches)
        yield Site(room / "site", browser)
        browser.close()


HOLLOW = "https://x.invalid/#1" + "7" * 300
SHEETS: tuple[tuple[Literal["zh", "en", "zh+en"], Form], ...] = (
    ("zh", "a4"), ("en", "a5"), ("zh+en", "a4"), ("zh", "form"),
)  # fmt: skip


def test_every_vector_has_the_answer_it_has_in_the_program(site: Site) -> None:
    page, cases = site.open(), page_site.cases()
    told = page.evaluate(page_site.ASK, {"cases": cases, "lists": page_site.lists()})
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
    cases = [case for case in page_site.cases() if case["trust"] == "present"]
    cases = [*(case for case in cases if case["expected"]["code"] == "VALID"), *cases[::9]]
    told = page.evaluate(page_site.ASK, {"cases": cases, "lists": page_site.lists()})
    wrong = [case["name"] for case, found in zip(cases, told, strict=True) if found != case["expected"]]
    assert wrong == []
    page.context.close()


def test_an_address_with_a_voucher_behind_it_is_judged_and_drawn(site: Site) -> None:
    case = next(one for one in page_site.cases() if one["expected"]["code"] == "VALID" and not one["status"])
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
    given["letters.pdf"] = ("application/pdf", page_site.in_letters(issued.pdf))
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
    forged = next(one for one in page_site.cases() if one["expected"]["code"] == "BAD_SIGNATURE")
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
    lists = page_site.lists()

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


def test_the_words_of_a_pdf_are_judged_as_the_program_judges_them(site: Site, centre: Centre, issued: Issued) -> None:
    genuine: Verdict = verify(issued.qr_text, centre.trust, now=NOW)
    assert genuine.voucher is not None
    forged = {
        place: page_with(change(genuine.voucher), issued.qr_text, code=genuine.human_code)
        for place, change in FORGED.items()
    }
    pdfs = {"": issued.pdf, "again": pages_of(issued.pdf), "packed": page_site.packed(issued.pdf)}
    number = Line("remark", "3")  # a label of the layout's own, and a number no larger than its rows
    more = replace(genuine.voucher, lines=(*genuine.voucher.lines, number))
    pdfs |= {"number": page_with(more, issued.qr_text, code=genuine.human_code)}
    pdfs |= {"scan": without_text(issued.pdf), "driver": page_site.through_a_driver(issued.pdf), **forged}
    pdfs |= {"letters": page_site.in_letters(issued.pdf)}
    told = page_site.asked(
        site, (centre.room / "trust-list.cbor").read_bytes(), [(issued.qr_text, pdf, NOW) for pdf in pdfs.values()]
    )
    for (place, pdf), found in zip(pdfs.items(), told, strict=True):
        mine = verify(pdf, centre.trust, now=NOW)
        assert (found["code"], tuple(found["notes"])) == (mine.code, mine.notes), place
        assert place not in forged or place in found["places"]
        assert ("text_unreadable" in mine.notes) == (place == "driver"), "cannot tell is never no"
        assert (found["places"] == ["page.added"]) == (place in ("number", "page.added")), place
    # The control: who asks only for the symbol is told VALID about every one of them.
    assert {verify(issued.qr_text, centre.trust, now=NOW).code for _ in forged} == {"VALID"}


def test_the_proof_inside_a_pdf_is_judged_as_the_program_judges_it(site: Site) -> None:
    cases = json.loads((page_site.VECTORS / "proofs.json").read_text(encoding="utf-8"))["cases"]
    listed = bytes.fromhex(page_site.lists()["trust"]["present"])
    believed = trust.from_bytes(listed)
    pdfs = []
    for case in cases:
        said = verify(case["text"], believed, now=NOW)
        assert said.voucher is not None
        pdf = page_with(said.voucher, case["text"], code=said.human_code)
        proven = attachments.attach(pdf, log_proof.ATTACHMENT, bytes.fromhex(case["proof"]))
        pdfs.append((case["text"], proven, NOW))
    for (_, pdf, _), found, case in zip(pdfs, page_site.asked(site, listed, pdfs), cases, strict=True):
        mine = verify(pdf, believed, now=NOW)
        assert found["code"] == mine.code == case["expected"]["code"], case["name"]
        assert found["notes"] == list(mine.notes) == case["expected"]["notes"]
    assert {"VALID", "KEY_COMPROMISED_UNPROVEN"} == {case["expected"]["code"] for case in cases}


def test_a_dropped_pdf_shows_which_word_was_changed(site: Site, centre: Centre, issued: Issued, tmp_path: Path) -> None:
    own = Site(tmp_path / "own", site.browser)
    verify_page.export(own.folder, (centre.room / "trust-list.cbor").read_bytes())
    genuine = verify(issued.qr_text, centre.trust, now=NOW)
    assert genuine.voucher is not None
    forged = page_with(FORGED["holder"](genuine.voucher), issued.qr_text, code=genuine.human_code)
    page = own.open()
    for content, code, words in (
        (issued.pdf, "VALID", ""),
        (forged, "TEXT_MISMATCH", "申请人"),
        (issued.pdf, "VALID", ""),
    ):
        page.evaluate("delete document.documentElement.dataset.code")
        page.set_input_files("#file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": content})
        assert code_of(page) == code
        alarms = page.inner_text("#verdict-notes")
        assert (words in alarms) if words else "不一致" not in alarms
    broken = issued.pdf.replace(b"startxref", b"startXref")  # a viewer mends it by guessing; the page does not guess
    page.evaluate("delete document.documentElement.dataset.code")
    page.set_input_files("#file", {"name": "b.pdf", "mimeType": "application/pdf", "buffer": broken})
    assert code_of(page) == "VALID"
    assert resources.texts("zh")["verdict.note.text_unreadable"] in page.inner_text("#verdict-notes")
    assert own.asked == []
    page.context.close()


def test_an_object_that_no_viewer_shows_does_not_answer_for_the_page(
    site: Site, centre: Centre, issued: Issued
) -> None:
    """A forger leaves the genuine page's objects in the file, behind the ones that the file's table names."""
    genuine = verify(issued.qr_text, centre.trust, now=NOW)
    assert genuine.voucher is not None
    forged = page_with(FORGED["holder"](genuine.voucher), issued.qr_text, code=genuine.human_code)
    tail = forged.rindex(b"startxref")
    hidden = forged[:tail] + issued.pdf[issued.pdf.index(b"obj") - 8 : issued.pdf.rindex(b"startxref")] + forged[tail:]
    listed = (centre.room / "trust-list.cbor").read_bytes()
    assert page_site.asked(site, listed, [(issued.qr_text, hidden, NOW)])[0]["code"] == "TEXT_MISMATCH"


FEW = ("combined_receipt", "document_receipt")
REST = set(layout.names(resources.layouts_dir())) - set(FEW)
MANY = (pytest.param(name, marks=pytest.mark.nightly) for name in sorted(REST))


@pytest.mark.parametrize("name", [*FEW, *MANY])
def test_no_sheet_of_ours_is_accused(site: Site, name: str) -> None:
    found = layout.load(resources.layouts_dir(), name)
    engine = paper.Engine(resources.layouts_dir())
    sheets = []
    for kind, language, form in ((kind, way[0], way[1]) for kind in found.kinds for way in SHEETS):
        if form == "form" and found.preprinted is None:
            continue
        voucher = replace(found.sample(3, kind, longest=form == "a5"), language=language, copy=1, reason="原件遗失")
        given = preprinted.fill(found, voucher, form, qr.modules(HOLLOW), "A1B2C-D3E4F")
        told = {"layout": name, "version": found.version, "issued": int(voucher.issued_at.timestamp())}
        told["items"] = [[[line.key, line.value] for line in item] for item in voucher.items]
        told |= {"kind": kind, "language": language, "copy": voucher.copy}
        verdict = {"fields": dict(statement.visible(voucher)), "humanCode": "A1B2C-D3E4F", "voucher": told}
        sheets.append([base64.b64encode(engine.pdf(found, given, 1)).decode(), verdict])
    page = site.open()
    for accused in page.evaluate(page_site.COMPARE, sheets):
        assert accused == {"mismatches": [], "exact": True, "legible": True}
    page.context.close()
