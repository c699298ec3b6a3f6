"""`onewindow bridge`: looks before it files, files a key once, and says in a sentence why when it cannot."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import resources
from tests.bridges.conftest import Town, sample_attachments, sample_values
from window_client.cli.app import app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Onewindow = Callable[..., Result]


@pytest.fixture
def onewindow(town: Town, tmp_path: Path) -> Onewindow:
    """The command with this room's gongan, its account and a data folder of its own."""
    (tmp_path / "pw.txt").write_text("training-only\n", encoding="utf-8")

    def run(word: str, *more: str) -> Result:
        account = ["--user", "window03", "--password-file", str(tmp_path / "pw.txt")]
        base = ["--base", town.running.urls["gongan"]]
        return CliRunner().invoke(
            app, ["--data", str(tmp_path / "data"), "bridge", word, "gongan", *more, *account, *base]
        )

    return run


@pytest.fixture
def what_to_file(tmp_path: Path) -> list[str]:
    values, papers = tmp_path / "me.json", list[str]()
    values.write_text(json.dumps(sample_values(), ensure_ascii=False), encoding="utf-8")
    for paper in sample_attachments():
        (tmp_path / paper.name).write_bytes(paper.content)
        papers += ["--attach", f"{paper.kind}={tmp_path / paper.name}"]
    return ["--values", str(values), "--item", "gongan.hukou_book", "--key", "V1-1:gongan:1", *papers]


def test_check_says_field_by_field_what_would_be_filled(town: Town, onewindow: Onewindow) -> None:
    """Also where the form lies behind a menu: what is clicked before anything is typed can save nothing."""
    before = town.kept("gongan")
    ran = onewindow("check", "--json")
    assert ran.exit_code == 0, ran.output
    fields = json.loads(ran.stdout)["fields"]
    assert {field["form"] for field in fields} == {"居住证首次申办", "居民户口簿换领"}
    assert len(fields) == 41
    assert [field for field in fields if field["problem"]] == []
    written = (resources.departments_dir() / "gongan" / "recipe.yaml").read_text(encoding="utf-8").splitlines()
    assert [one for one in fields if f"label: {one['field']}," not in written[one["line"] - 1]] == []
    assert town.kept("gongan") == before


def test_a_rehearsal_sends_nothing_and_the_same_key_files_once_afterwards(
    town: Town, onewindow: Onewindow, what_to_file: list[str], tmp_path: Path
) -> None:
    before = town.kept("gongan")
    rehearsed = onewindow("run", *what_to_file, "--stop-before-submit", "--evidence", str(tmp_path / "out"), "--json")
    assert rehearsed.exit_code == 0, rehearsed.output
    told = json.loads(rehearsed.stdout)
    assert told["outcome"] == "notsent"
    assert told["fields_filled"] == told["fields_verified"] >= 18
    pieces = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert set(pieces) == {"values.json", "before_submit.jpeg", "before_submit.mhtml"}
    assert sum(map(len, pieces.values())) < 100_000
    assert not any(sample_values()["person.id_number"].encode() in piece for piece in pieces.values())
    assert town.kept("gongan") == before

    filed = onewindow("run", *what_to_file, "--json")
    assert filed.exit_code == 0, filed.output
    number = json.loads(filed.stdout)["number"]
    again = onewindow("run", *what_to_file, "--json")
    assert json.loads(again.stdout)["number"] == number
    assert town.kept("gongan") == [*before, number]


@pytest.mark.timeout(100)
def test_a_department_that_is_down_is_a_sentence_and_not_a_wait(
    onewindow: Onewindow, what_to_file: list[str], trouble: Callable[..., None]
) -> None:
    trouble("gongan", down=True)
    for words in (["check"], ["drift"], ["run", *what_to_file]):
        ran = onewindow(*words)
        assert ran.exit_code == 3, ran.output
        assert "部门系统连不上" in ran.output
        assert "没有提交任何内容" in ran.output


def test_wrong_use_is_said_before_a_browser_is_started(
    onewindow: Onewindow, what_to_file: list[str], tmp_path: Path
) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    for words, said in (
        (["--values", str(tmp_path / "me.json")], "--item"),
        (["--values", str(tmp_path / "broken.json"), "--item", "gongan.hukou_book"], "broken.json"),
        ([*what_to_file, "--attach", "id_card"], "id_card"),
    ):
        ran = onewindow("run", *words)
        assert ran.exit_code == 2, ran.output
        assert said in ran.output
        assert not (tmp_path / "data" / "bridge").exists()
