"""What a clerk reads beside a box finds it, whatever the page is built of; what is unclear is never guessed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright
from ruamel.yaml import YAML

from bridges.browser_process import executable
from bridges.worker.runtime import runtime_source

pytestmark = [pytest.mark.browser]
WRITTEN = YAML(typ="safe").load((Path(__file__).parent / "labels.yaml").read_text(encoding="utf-8"))
CASES = [(one["case"], one["page"], one["field"]) for one in WRITTEN["cases"]]
DOUBTS = [(one["case"], one["page"], one["field"], one["problem"]) for one in WRITTEN["doubts"]]


@pytest.fixture(scope="module")
def paper() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.add_init_script(runtime_source())
        page.goto("about:blank")
        yield page
        browser.close()


def ask(page: Page, markup: str, verb: str, **more: Any) -> Any:
    page.evaluate("html => { document.body.innerHTML = html; }", markup)
    asked = json.dumps({"verb": verb, **more})
    return json.loads(page.evaluate("t => window.__onewindow.call(t)", asked))


@pytest.mark.parametrize(("markup", "field"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_words_a_clerk_reads_find_the_box(paper: Page, markup: str, field: dict[str, Any]) -> None:
    [told] = ask(paper, markup, "probe", fields=[{"key": "f", **field}])["fields"]
    assert told["problem"] == "", told
    assert paper.evaluate("() => window.__onewindow.element('f').hasAttribute('data-me')"), told


@pytest.mark.parametrize(("markup", "field", "problem"), [c[1:] for c in DOUBTS], ids=[c[0] for c in DOUBTS])
def test_what_is_unclear_is_said_and_not_guessed(paper: Page, markup: str, field: dict[str, Any], problem: str) -> None:
    [told] = ask(paper, markup, "probe", fields=[{"key": "f", **field}])["fields"]
    assert told["problem"] == problem, told


def test_the_nearest_words_of_the_page_are_offered(paper: Page) -> None:
    markup = "<table><tr><td>公民身份号码<td><input><tr><td>联系电话<td><input><tr><td>籍贯<td><input></table>"
    [told] = ask(paper, markup, "probe", fields=[{"key": "f", "label": "身份证号"}])["fields"]
    assert told["near"][0] == "公民身份号码"


def test_groups_are_set_by_their_words_and_read_back(paper: Page) -> None:
    for name, markup, field in CASES:
        if field.get("kind") not in ("radio", "checkbox"):
            continue
        plan = {"fields": [{"key": "f", **field}]}
        ask(paper, markup, "probe", **plan)
        told = json.loads(paper.evaluate("t => window.__onewindow.call(t)", json.dumps({"verb": "fill", **plan})))
        assert told["problems"] == [], name
        assert told["fields"][0]["ok"], name
