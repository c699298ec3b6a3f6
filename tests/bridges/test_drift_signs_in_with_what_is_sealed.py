"""`bridge drift --sign-ins`: every department's account comes out of the seal, is tried once, and is seen nowhere.

One look over all departments: a session that ends in the middle is signed in again and the page judged as it is, a
refused sign-in is said and not tried again. Control: the same look without the option signs in nowhere.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bridges.filing import Credentials, Secret
from bridges.training.department import Department
from document_vault.keepers import make_keyset
from document_vault.keepers.passphrase import Cost
from tests.bridges.conftest import Town
from window_client.assembly.signins import SignIns
from window_client.cli.app import app

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Onewindow = Callable[..., Result]
PASSPHRASE, WRONG = "four words nobody guesses", "not-the-right-one-7781"


@pytest.fixture
def onewindow(town: Town, tmp_path: Path) -> Onewindow:
    """The command with a data folder of its own, opened by a passphrase, and the town's addresses."""
    (tmp_path / "words.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")
    links = "".join(f"  {name}: {{base_url: '{url}'}}\n" for name, url in town.running.urls.items())
    (tmp_path / "settings.yaml").write_text(f"departments:\n{links}", encoding="utf-8")
    (tmp_path / "data" / "keys").mkdir(parents=True, mode=0o700)
    keyset = make_keyset(
        tmp_path / "data" / "keys" / "keyset.json", "passphrase:", lambda: PASSPHRASE, cost=Cost(1024, 1, 1)
    )
    sealed = SignIns(tmp_path / "data" / "keys" / "sign-ins.sealed", keyset)
    for name in ("gongan", "minzheng"):
        sealed.keep(name, Credentials("window03", Secret("training-only")))
    before = ["--config", tmp_path / "settings.yaml", "--data", tmp_path / "data"]
    before += ["--passphrase-file", tmp_path / "words.txt"]
    return lambda *words: CliRunner().invoke(app, [str(word) for word in (*before, *words)])


@pytest.fixture
def tried(town: Town) -> Iterator[list[tuple[str, str]]]:
    """Every sign-in a department was asked for: (department, password)."""
    seen: list[tuple[str, str]] = []

    def listening(department: Department) -> Callable[[str, str], str | None]:
        def sign_in(user: str, password: str) -> str | None:
            seen.append((department.id, password))
            return Department.sign_in(department, user, password)

        return sign_in

    for one in town.running.departments.values():
        vars(one)["sign_in"] = listening(one)
    yield seen
    for one in town.running.departments.values():
        del vars(one)["sign_in"]


def test_the_sealed_sign_ins_are_used_once_and_told_to_nobody(
    town: Town, onewindow: Onewindow, tried: list[tuple[str, str]], trouble: Callable[..., None], tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    (tmp_path / "pw.txt").write_text(WRONG + "\n", encoding="utf-8")
    kept = onewindow("sign-in", "canlian", "--user", "window03", "--password-file", tmp_path / "pw.txt")
    assert kept.exit_code == 0, kept.output
    (tmp_path / "pw.txt").unlink()
    before = {name: town.kept(name) for name in town.running.urls}
    trouble("gongan", logout=True, page_changed="reworded")

    ran = onewindow("bridge", "drift", "--sign-ins", "--json")

    assert ran.exit_code == 3, ran.output
    told = {one["department"]: one for one in json.loads(ran.stdout)["departments"]}
    assert (told["minzheng"]["changes"], told["minzheng"]["controls"]) == ([], [])
    assert told["canlian"]["error"] == "bridge.wrong_password"
    # The session that ended in the middle is no change of the page; what was reworded is.
    renamed = {"姓名", "身份证号码", "申请人姓名", "公民身份号码"}
    changes = told["gongan"]["changes"]
    assert renamed <= {one["field"] for one in changes} | {one["found"] for one in changes}
    assert len([one for one in changes if one["problem"] != "new_required"]) == len(renamed)
    assert {(one["kind"], one["was"].strip("*：")) for one in told["gongan"]["controls"]} == {
        ("relabelled", words) for words in renamed
    }
    right = "training-only"
    assert sorted(tried) == [("canlian", WRONG), ("gongan", right), ("gongan", right), ("minzheng", right)]
    assert {name: town.kept(name) for name in before} == before

    seen = [ran.stdout, ran.stderr, caplog.text, *map(str, (tmp_path / "data").rglob("*"))]
    written = [file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file()]
    for secret in (WRONG, "training-only"):
        assert not [text for text in seen if secret in text]
        assert not [
            content for content in written if secret.encode() in content or secret.encode("utf-16-le") in content
        ]

    tried.clear()
    without = onewindow("bridge", "drift", "gongan", "--json")
    assert json.loads(without.stdout)["error"] == "bridge.no_credentials"
    assert tried == []
