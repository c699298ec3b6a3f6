"""`./run bench [AREA] [--json]`: calls the roll of this folder and prints name · measured · target · holds.

Every other module of the folder with a function `figures() -> Iterable[Figure]` is an area. Standard output holds the
figures only; exit 0 when all hold, 1 when one does not, 2 for an unknown area, 3 when one could not be measured.
"""

import argparse
import importlib
import json
import pkgutil
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from unicodedata import east_asian_width

import tests.benchmarks as room
from tests.benchmarks.figure import Figure

COLUMNS = ("figure", "measured", "target", "holds")


def areas() -> dict[str, ModuleType]:
    """Every area by name; a module without `figures` is a tool of another one."""
    names = sorted(found.name for found in pkgutil.iter_modules(room.__path__) if not found.name.startswith("_"))
    loaded = {name: importlib.import_module(f"{room.__name__}.{name}") for name in names if name != "figure"}
    return {name: module for name, module in loaded.items() if callable(getattr(module, "figures", None))}


def _width(words: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def table(figures: Sequence[Figure]) -> str:
    rows = [COLUMNS, *((one.name, str(one), one.target, "yes" if one.holds else "NO") for one in figures)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(COLUMNS))]
    lines = [
        " · ".join(word + " " * (width - _width(word)) for word, width in zip(row, widths, strict=True)) for row in rows
    ]
    return "\n".join(line.rstrip() for line in lines)


def as_json(figures: Sequence[Figure]) -> str:
    told = [{"name": one.name, "value": one.value, "target": one.target, "holds": one.holds} for one in figures]
    return json.dumps({"figures": told}, ensure_ascii=False)


def measure(wanted: dict[str, ModuleType], say: Callable[[str], None]) -> tuple[list[Figure], list[str]]:
    """All figures, and the areas that could not measure; one area's trouble never hides the figures of another."""
    found: list[Figure] = []
    failed: list[str] = []
    for name, module in wanted.items():
        say(f"measuring {name} …")
        try:
            areas_figures: Iterable[Figure] = module.figures()
            found += list(areas_figures)
        except Exception:  # whatever an area dies of, the others are still measured
            failed.append(name)
            say(traceback.format_exc())
    return found, failed


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="./run bench", description="The figures we promise, measured on this machine."
    )
    parser.add_argument("area", nargs="?", metavar="AREA", help="one area only; without it all")
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    asked = parser.parse_args(arguments)
    roll = areas()
    if asked.area and asked.area not in roll:
        print(f"there is no area “{asked.area}”; there are: {', '.join(roll) or 'none yet'}", file=sys.stderr)
        return 2
    wanted = {asked.area: roll[asked.area]} if asked.area else roll
    figures, failed = measure(wanted, lambda words: print(words, file=sys.stderr, flush=True))
    print(as_json(figures) if asked.json else table(figures))
    if failed:
        print(f"could not measure: {', '.join(failed)}", file=sys.stderr)
        return 3
    return 0 if all(one.holds for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
