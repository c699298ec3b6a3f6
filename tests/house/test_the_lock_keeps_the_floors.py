"""A resolver that cannot satisfy a range walks back years without a word; so floors are checked against the lock."""

import re
import sys
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house.tree import ROOT

_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
_LOCK = (ROOT / "requirements" / "lock.txt").read_text()


def _wanted() -> list[Requirement]:
    lines = [*_PROJECT["project"]["dependencies"], *_PROJECT["dependency-groups"]["dev"]]
    lines += [line for extra in _PROJECT["project"].get("optional-dependencies", {}).values() for line in extra]
    return [Requirement(line) for line in lines if isinstance(line, str)]


def _locked() -> dict[str, set[Version]]:
    """A universal lock may hold several versions of a package, one a Python version."""
    found: dict[str, set[Version]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", _LOCK, re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(Version(version))
    return found


def test_every_dependency_has_a_floor() -> None:
    assert [str(one) for one in _wanted() if not any(bound.operator in {">=", "=="} for bound in one.specifier)] == []


def test_every_locked_version_is_above_its_floor() -> None:
    locked = _locked()
    wrong = {}
    for one in _wanted():
        versions = locked.get(canonicalize_name(one.name), set())
        if not versions or not all(one.specifier.contains(version, prereleases=True) for version in versions):
            wrong[str(one)] = sorted(map(str, versions))
    assert wrong == {}


def test_every_locked_package_carries_hashes() -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", _LOCK.strip())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", ["lock.txt", "tools.lock.txt", "peers.lock.txt"])
def test_a_lock_names_no_source(lock: str) -> None:
    assert not re.search(
        r"https?://|--index|--find-links|^-i ", (ROOT / "requirements" / lock).read_text(), re.MULTILINE
    )


def test_what_is_installed_is_what_is_locked() -> None:
    locked = _locked()
    different = {}
    for distribution in metadata.distributions():
        name = canonicalize_name(distribution.metadata["Name"])
        if name in locked and Version(distribution.version) not in locked[name]:
            different[name] = distribution.version
    assert different == {}


def test_qt_keeps_its_references() -> None:
    """PySide6 6.12.0 loses one reference to None at each such call on Python 3.11, until the interpreter aborts."""
    from PySide6.QtCore import QObject

    thing, before = QObject(), sys.getrefcount(None)
    for _ in range(300):
        thing.setObjectName("一窗")
    assert sys.getrefcount(None) > before - 100
