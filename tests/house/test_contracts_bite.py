"""A contract that cannot fail is decoration: each is broken once, in a copy of the tree, by one illegal line."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, ROOT

CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}

# contract, module that gets the line, the illegal line
BREAKS = [
    ("house", "bridges/filing.py", "import window_client.casework"),
    ("house", "document_vault/errors.py", "import printing"),
    ("house", "resources/__init__.py", "import bridges"),
    ("client", "window_client/casework/visit.py", "import window_client.counter"),
    ("client", "window_client/counter/script.py", "import window_client.lanes"),
    ("client", "window_client/staff/__init__.py", "import window_client.resident"),
    ("client", "window_client/cupboard.py", "'''A room that has no place in the house.'''"),
    ("qt", "window_client/counter/scenes.py", "import PySide6.QtCore"),
    ("playwright", "bridges/filing_desk.py", "import playwright.sync_api"),
    ("records", "window_client/counter/desk.py", "import sqlalchemy"),
    ("records", "printing/press.py", "import sqlalchemy"),
    ("cryptography", "document_vault/vault.py", "import cryptography.hazmat"),
    ("cryptography", "bridges/recipe.py", "import cryptography"),
    ("records-room", "window_client/casework/visit.py", "import window_client.casework.records"),
    ("training", "bridges/filing_desk.py", "import bridges.training"),
    ("rings", "printing/seal.py", "import printing.press"),
]


def _verdict(tree: Path, contract: str) -> str:
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--no-logo",
        "--cache-dir",
        str(tree / "cache"),
        "--contract",
        contract,
    ]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only the Python files: resources hold hundreds of megabytes of fonts and kits beside them."""
    tree = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        for source in (ROOT / package).rglob("*.py"):
            if "node_modules" not in source.parts:
                goal = tree / source.relative_to(ROOT)
                goal.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, goal)
    shutil.copyfile(ROOT / "pyproject.toml", tree / "pyproject.toml")
    return tree


@pytest.mark.parametrize(("contract", "module", "line"), BREAKS, ids=[f"{a}-{b}" for a, b, _ in BREAKS])
def test_one_illegal_line_is_reported(copied: Path, contract: str, module: str, line: str) -> None:
    spoiled = copied / module
    before = spoiled.read_bytes() if spoiled.exists() else None
    try:
        spoiled.write_bytes((before or b"") + f"\n{line}\n".encode())
        said = _verdict(copied, contract)
    finally:
        if before is None:
            spoiled.unlink()
        else:
            spoiled.write_bytes(before)
    assert "1 broken" in said, said


def test_every_contract_has_been_broken_once() -> None:
    assert {contract for contract, _, _ in BREAKS} == set(CONTRACTS)


def test_a_contract_is_named_by_a_sentence() -> None:
    assert all(len(name.split()) >= 4 for name in CONTRACTS.values())
