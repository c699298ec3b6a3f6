"""`./run`, the one door: from any folder, nothing twice, and where it may not act it names the one line that helps."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT

NOBODY = 65534


def _run(*words: str, tree: Path = ROOT, before: tuple[str, ...] = (), **more: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, **more}
    return subprocess.run(
        [*before, str(tree / "run"), *words], capture_output=True, text=True, cwd="/", env=surroundings, check=False
    )


def test_without_a_word_it_says_what_it_can() -> None:
    told = _run()
    assert told.returncode == 2
    assert told.stdout == ""
    assert "./run demo" in told.stderr


@pytest.mark.slow
def test_a_second_start_takes_no_time_and_says_nothing() -> None:
    _run("true")
    times = []
    for _ in range(5):
        began = time.perf_counter()
        done = _run("python", "-c", "print('一窗')")
        times.append(time.perf_counter() - began)
        assert (done.returncode, done.stdout, done.stderr) == (0, "一窗\n", "")
    assert min(times) < 0.5, times


def test_the_answer_of_the_command_is_the_answer() -> None:
    assert _run("python", "-c", "raise SystemExit(3)").returncode == 3


def test_it_is_found_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "onewindow").symlink_to(ROOT / "run")
    done = subprocess.run(
        [str(tmp_path / "onewindow"), "python", "-c", "import resources; print(resources.HERE.parent)"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert done.stdout.strip() == str(ROOT)


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A clone in which nothing is installed, on a machine where no package is, for a user without rights."""
    place = Path(tempfile.mkdtemp(prefix="ow-run-"))
    place.chmod(0o755)
    tree, programs = place / "clone", place / "programs"
    (tree / "requirements").mkdir(parents=True)
    shutil.copy(ROOT / "run", tree / "run")
    for paper in (ROOT / "requirements").glob("*.txt"):
        shutil.copy(paper, tree / "requirements")
    programs.mkdir()
    for name, words in {"dpkg-query": "exit 0", "sudo": "exit 1", "apt-get": "echo called >&2; exit 1"}.items():
        (programs / name).write_text(f"#!/bin/sh\n{words}\n")
        (programs / name).chmod(0o755)
    if os.geteuid() == 0:
        for path in (tree, tree / "requirements"):
            os.chown(path, NOBODY, NOBODY)
    yield place
    shutil.rmtree(place)


def test_without_rights_it_names_the_one_line_and_stops(elsewhere: Path) -> None:
    before = ("setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups") if os.geteuid() == 0 else ()
    path = f"{elsewhere / 'programs'}:{os.environ['PATH']}"
    told = _run("setup", tree=elsewhere / "clone", before=before, PATH=path)
    assert told.returncode == 3
    assert told.stdout == ""
    lines = [line for line in told.stderr.splitlines() if "apt-get install" in line]
    assert len(lines) == 1
    assert {"chromium", "libzbar0", "python3-venv"} <= set(lines[0].split())
    assert "#" not in lines[0]
    assert not (elsewhere / "clone" / ".venv").exists()


def test_every_debian_package_has_its_reason() -> None:
    for name in ("apt.txt", "apt-tests.txt"):
        lines = (ROOT / "requirements" / name).read_text().splitlines()
        packages = [line for line in lines if line.strip() and not line.startswith("#")]
        assert [line for line in packages if len(line.split("#")) != 2 or not line.split("#")[1].strip()] == []
        names = [line.split()[0] for line in packages]
        assert sorted(set(names)) == sorted(names)
