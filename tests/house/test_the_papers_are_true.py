"""A link that leads nowhere and a command that does not exist cost a newcomer an hour each."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from tests.house.tree import ROOT, files, name_of
from window_client.cli.app import app

PAPERS = [path for path in files() if path.suffix == ".md" and "node_modules" not in path.parts]
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
# The words of ./run itself; everything else after it is a command of the environment.
OF_RUN = set(re.findall(r"^#   \./run ([a-z]+)", (ROOT / "run").read_text(), re.MULTILINE)) - {"demo"}
_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def _anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+\s+(.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles}


def _commands(page: Path) -> list[str]:
    """Lines of shell blocks and inline code that call ./run or onewindow; a line the next one goes on with is one."""
    text = page.read_text().replace("\\\n", "")
    lines = [line.strip().removeprefix("$ ") for block in _FENCED.findall(text) for line in block.splitlines()]
    lines += re.findall(r"`((?:\./run|onewindow)[^`]*)`", _FENCED.sub("", text))
    return [line for line in lines if line.startswith(("./run ", "onewindow "))]


@pytest.mark.parametrize("page", PAPERS, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for pair in _LINK.findall(_FENCED.sub("", page.read_text())):
        link = pair[0] or pair[1]
        if re.match(r"[a-z]+:", link):
            continue
        goal, _, anchor = link.partition("#")
        there = (page.parent / goal).resolve() if goal else page
        if not there.exists() or (anchor and anchor not in _anchors(there)):
            broken.append(link)
    assert broken == []


def _is_there(line: str) -> bool:
    """Whether the words of this line lead to a command of the real command line."""
    words = shlex.split(re.sub(r"[\[\]…|<>].*", "", line), comments=True)
    if words[0] == "./run":
        words = words[1:]
        if not words or words[0] in OF_RUN:
            return True
        words = words if words[0] != "demo" else ["onewindow", *words]
    if words[0] != "onewindow":
        return True
    here: Any = typer.main.get_command(app)
    for word in words[1:]:
        if word.startswith("-") or not hasattr(here, "get_command"):
            return True
        here = here.get_command(typer.Context(here), word)
        if here is None:
            return False
    return True


@pytest.mark.parametrize("page", [page for page in PAPERS if _commands(page)], ids=name_of)
def test_every_command_exists(page: Path) -> None:
    assert [line for line in _commands(page) if not _is_there(line)] == []


def test_a_command_that_is_not_there_would_be_seen() -> None:
    assert _is_there("./run onewindow doctor")
    assert not _is_there("./run onewindow doctr")
    assert not _is_there("onewindow catalogue lnt")


def test_the_papers_a_stranger_looks_for_are_there() -> None:
    wanted = [
        "README.md",
        "README.zh-CN.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "docs/architecture.md",
        "docs/deployment.md",
    ]
    wanted += ["docs/security.md", "docs/dependencies.md", "docs/decisions/README.md"]
    assert [paper for paper in wanted if not (ROOT / paper).is_file()] == []
