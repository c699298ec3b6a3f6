"""The training departments, opened once, emptied before every test; one browser for those that look."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bridges.browser_process import executable
from bridges.training import Running, serve

_QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


@pytest.fixture(scope="session")
def departments(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home: Path = tmp_path_factory.mktemp("training")
    with serve(home) as running:
        yield running


@pytest.fixture
def running(departments: Running) -> Running:
    departments.reset()
    return departments


# For this room only: while Playwright's script API is open no other room of the process may start a loop of its own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=executable(), args=[*_QUIET, *root])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_context(viewport={"width": 1180, "height": 760})
    opened.set_default_timeout(10_000)
    yield opened.new_page()
    opened.close()
