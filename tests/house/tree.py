"""The tree as the tests of the house see it: every file that belongs to the project, and nothing that was installed."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("window_client", "bridges", "document_vault", "printing", "resources")
_NOT_OURS = {".git", ".venv", ".tools", ".peers", ".stamps", "node_modules", "demo-out", "bench-out", "__pycache__"}


@cache
def files() -> tuple[Path, ...]:
    """Tracked files and new ones not yet committed; where git is not there, everything that was not installed."""
    asked = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=False,
    )
    if asked.returncode == 0:
        found = [ROOT / name for name in asked.stdout.decode().split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not _NOT_OURS.intersection(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def texts() -> Iterator[tuple[Path, str]]:
    """Every file that is text, with its text."""
    for path in files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@cache
def modules(*tops: str) -> tuple[tuple[Path, ast.Module], ...]:
    """Python modules of these top folders, parsed."""
    wanted = [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in tops]
    return tuple((path, _parsed(path)) for path in wanted)


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))
