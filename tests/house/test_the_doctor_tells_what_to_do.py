"""The doctor looks and never touches; whatever is not good comes with what to do next, in both languages."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import resources
from tests.house.tree import ROOT
from window_client.cli import doctor
from window_client.settings import Settings


def test_old_parts_are_refused() -> None:
    assert doctor.python((3, 10, 4)).state == "missing"
    assert doctor.python((3, 14, 0)).state == "missing"
    assert doctor.python((3, 12, 1)).state == "good"
    assert doctor.qt("6.12.0", (3, 11)).state == "missing"
    assert doctor.qt("6.12.0", (3, 12)).state == "good"
    assert doctor.qt("6.7.3", (3, 11)).state == "missing"
    assert doctor.database("3.40.1").state == "missing"
    assert doctor.database("").state == "missing"
    assert doctor.database("3.53.4").state == "good"


def test_a_missing_browser_and_a_browser_that_does_not_start_are_told(tmp_path: Path) -> None:
    assert doctor.browser(lambda _: None).state == "missing"
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    assert doctor.browser(lambda _: str(broken)).state == "missing"


def test_screens_are_counted() -> None:
    assert doctor.screens("").state == "missing"
    assert doctor.screens("CLERK 1920x1080").state == "note"
    assert doctor.screens("CLERK 1920x1080\nRESIDENT 1280x800").state == "good"


def test_a_camera_is_welcome_and_never_missing() -> None:
    assert doctor.cameras("").check == "camera_part"
    assert doctor.cameras("loaded") == doctor.Finding("cameras", "note", "–")
    assert doctor.cameras("loaded\nCounter camera\nSecond") == doctor.Finding(
        "cameras", "good", "Counter camera, Second"
    )


def test_a_data_folder_open_to_others_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert doctor.rights(data).state == "good"
    assert not data.exists()
    data.mkdir(mode=0o755)
    os.chmod(data, 0o755)
    assert doctor.rights(data).state == "note"
    os.chmod(data, 0o700)
    assert doctor.rights(data).state == "good"


def test_a_hanging_child_ends_as_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_CHILD_SECONDS", 0.2)
    assert doctor.child("import time; time.sleep(30)") == ""


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_everything_that_is_not_good_says_what_to_do(language: str) -> None:
    findings = [doctor.Finding(one.check, "missing", "–") for one in doctor.look(Settings())]
    report = doctor.report(findings, language)
    assert report.count("\n    ") == len(findings)
    assert str(len(findings)) in report.splitlines()[-1]


def test_the_command_tells_a_machine_the_same(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "window_client",
        "--data",
        str(tmp_path / "data"),
        "--lang",
        "en",
        "doctor",
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    told = json.loads(done.stdout)
    assert done.returncode == (0 if told["ready"] else 1)
    assert {one["state"] for one in told["checks"]} <= {"good", "note", "missing"}
    assert all("advice" in one for one in told["checks"] if one["state"] != "good")
    assert not (tmp_path / "data").exists()
