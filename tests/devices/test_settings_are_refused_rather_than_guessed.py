"""A setting is what somebody wrote, or the program says where it is wrong; nothing is silently ignored."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from ruamel.yaml import YAML

import resources
from window_client.settings import Settings, SettingsWrong, leaves, load, page


@pytest.fixture(autouse=True)
def no_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("ONEWINDOW_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def _file(folder: Path, text: str) -> Path:
    file = folder / "settings.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def _wrong(file: Path) -> SettingsWrong:
    with pytest.raises(SettingsWrong) as trouble:
        load(file)
    return trouble.value


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    settings = load()
    assert settings == Settings()
    assert settings.data == tmp_path / "data" / "onewindow"
    assert settings.scan_folder == settings.data / "scans"


def test_each_layer_lies_over_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = _file(tmp_path, "station: {window: '04', clerk_number: '0001'}\nlook: {theme: contrast}\n")
    assert load(file).station.window == "04"
    monkeypatch.setenv("ONEWINDOW_STATION__WINDOW", "05")
    assert load(file).station.window == "05"
    settings = load(file, {"station": {"window": "06"}})
    assert (settings.station.window, settings.station.clerk_number, settings.look.theme) == ("06", "0001", "contrast")


def test_the_file_can_be_named_by_the_environment_or_lie_where_it_belongs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "config" / "onewindow"
    home.mkdir(parents=True)
    _file(home, "language: en\n")
    assert load().language == "en"
    monkeypatch.setenv("ONEWINDOW_CONFIG", str(_file(tmp_path, "station: {window: '11'}\n")))
    assert (load().language, load().station.window) == ("zh", "11")


def test_departments_come_by_id_from_file_and_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEWINDOW_DEPARTMENTS__GONGAN__BASE_URL", "http://127.0.0.1:8101/")
    settings = load(_file(tmp_path, "departments:\n  gongan: {user: window03}\n"))
    assert settings.departments["gongan"].user == "window03"
    assert settings.departments["gongan"].base_url == "http://127.0.0.1:8101/"


def test_a_relative_folder_counts_from_the_file(tmp_path: Path) -> None:
    settings = load(_file(tmp_path, "scanner: {folder: arrivals}\ndata: here\n"))
    assert settings.scan_folder == tmp_path / "arrivals"
    assert settings.data == tmp_path / "here"


def test_nothing_can_be_changed_afterwards() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().station.window = "09"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "code", "line", "detail"),
    [
        ("language: zh\nstation:\n  windw: '05'\n", "unknown_key", 3, {"key": "station.windw", "nearest": "window"}),
        ("lang: zh\n", "unknown_key", 1, {"key": "lang", "nearest": "language"}),
        ("departments:\n  gongan:\n    urll: x\n", "unknown_key", 3, {"nearest": "user"}),
        ("station: {window: 05}\n", "needs_quotes", 1, {"key": "station.window", "value": "5"}),
        ("station: {centre_code: 99010101}\n", "needs_quotes", 1, {}),
        ("language: fr\n", "wrong_value", 1, {"key": "language", "wanted": "'zh' or 'en'"}),
        ("scanner:\n  wait_seconds: -1\n", "wrong_value", 2, {"key": "scanner.wait_seconds"}),
        ("departments: {gongan: {password: x}}\n", "secret_in_file", 1, {"key": "departments.gongan.password"}),
        ("x: 1\ndatabase: postgresql://window:hush@db/one\n", "secret_in_file", 2, {"key": "database"}),
        ("language: [zh\n", "not_yaml", 2, {}),
        ("a: 1\na: 2\n", "not_yaml", 2, {}),
        ("- zh\n", "not_a_mapping", 1, {}),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, text: str, code: str, line: int, detail: dict[str, str]
) -> None:
    file = _file(tmp_path, text)
    wrong = _wrong(file)
    assert (wrong.code, wrong.findings[0].where, wrong.findings[0].line) == (code, str(file), line)
    assert detail.items() <= wrong.detail.items()


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    wrong = _wrong(_file(tmp_path, "lang: zh\nstation: {window: 3}\nvoucher: {secret: x}\n"))
    assert {one.code for one in wrong.findings} == {"unknown_key", "needs_quotes", "secret_in_file"}


def test_a_secret_is_not_repeated_in_the_complaint(tmp_path: Path) -> None:
    wrong = _wrong(_file(tmp_path, "database: postgresql://window:hush-canary@db/one\nvoucher: {token: hush-canary}\n"))
    words = " ".join(" ".join(one.words(resources.texts("en"))) for one in wrong.findings)
    assert "hush-canary" not in f"{wrong} {wrong.detail} {words}"


def test_a_file_that_is_not_there_or_not_readable_is_named(tmp_path: Path) -> None:
    assert _wrong(tmp_path / "nowhere.yaml").code == "file_unreadable"
    (tmp_path / "gbk.yaml").write_bytes("language: 中文".encode("gbk"))
    assert _wrong(tmp_path / "gbk.yaml").code == "file_unreadable"


def test_a_misspelt_variable_is_refused_and_a_foreign_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEWINDOW_EXAMPLES", "100")  # the tests' own
    load()
    monkeypatch.setenv("ONEWINDOW_STATION__WINDOWS", "05")
    with pytest.raises(SettingsWrong) as trouble:
        load()
    assert trouble.value.code == "unknown_variable"
    assert trouble.value.detail["nearest"] == "ONEWINDOW_STATION__WINDOW"


@given(st.data())
def test_no_misspelling_of_any_setting_is_ignored(tmp_path: Path, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([key for key, _ in leaves() if "<id>" not in key]))
    at = data.draw(st.integers(0, len(key[-1])))
    wrong = key[-1][:at] + data.draw(st.sampled_from("abcxyz_")) + key[-1][at:]
    tree: dict[str, object] = {wrong: "x"}
    for part in reversed(key[:-1]):
        tree = {part: tree}
    file = tmp_path / "s.yaml"
    with file.open("w", encoding="utf-8") as opened:
        YAML().dump(tree, opened)
    with pytest.raises(SettingsWrong) as trouble:
        load(file)
    assert "unknown_key" in {one.code for one in trouble.value.findings} or wrong in str(trouble.value.detail)


def test_the_naive_way_ignores_it() -> None:
    """Negative control: a model as the library makes it takes the misspelt word and says nothing."""

    class Naive(BaseModel):
        window: str = "03"

    assert Naive.model_validate({"windw": "05"}).window == "03"


def test_the_page_in_the_docs_is_fresh() -> None:
    written = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == page.page(), "run: python -m window_client.settings.page > docs/settings.md"


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_every_complaint_has_its_words(language: str) -> None:
    source = (Path(__file__).parents[2] / "window_client" / "settings" / "layers.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'Finding\(\s*"(\w+)"', source))
    assert len(codes) >= 8
    wanted = {f"settings.{code}.{part}" for code in codes for part in ("happened", "done", "next")}
    assert wanted - resources.texts(language).keys() == set()
