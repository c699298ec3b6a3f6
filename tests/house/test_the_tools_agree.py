"""The judges that read the code without running it. They run as tests, so that one closing line counts everything."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, ROOT

_BIN = Path(sys.executable).parent


def _judge(*command: str) -> None:
    done = subprocess.run([str(_BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{' '.join(command)}\n{(done.stdout + done.stderr)[-6000:]}", pytrace=False)


def test_every_file_is_formatted() -> None:
    _judge("ruff", "format", "--check", "--quiet", "--diff", ".")


def test_every_rule_of_the_linter_holds() -> None:
    _judge("ruff", "check", "--quiet", "--output-format", "concise", ".")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_type_holds() -> None:
    _judge("mypy")


def test_every_architecture_contract_holds() -> None:
    _judge("lint-imports", "--no-logo", "--no-cache")


def test_nothing_is_written_in_vain() -> None:
    _judge("vulture")


def test_every_import_is_declared_and_every_dependency_used() -> None:
    _judge("deptry", *PACKAGES, "--no-ansi")
