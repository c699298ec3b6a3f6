"""What is laid into every page of a department before its own scripts run: the files of `bridges/runtime`, as one."""

from __future__ import annotations

from pathlib import Path

RUNTIME = Path(__file__).resolve().parent.parent / "runtime"
PARTS = ("onewindow.js", "labels.js", "locate.js", "fill.js", "page.js", "aim.js", "tables.js", "trees.js")


def runtime_source() -> str:
    files = [*(RUNTIME / part for part in PARTS), *sorted((RUNTIME / "kits").glob("*.js"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
