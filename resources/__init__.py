"""The one way to the data folder: every other room asks here and never builds a path of its own.

Data only live below this package: catalogue, departments, layouts, texts, styles, schemas and the vendored npm folders.
A missing or doubled thing is named at once (`ResourceWrong`), because a text that silently falls back to another one is
how a clerk reads the wrong instruction.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

HERE = Path(__file__).resolve().parent
LANGUAGES = ("zh", "en")
Weight = Literal["thin", "light", "regular", "bold", "fill", "duotone"]

_NOTO = "@expo-google-fonts/noto-sans-sc"
_NOTO_FACES = (
    "400Regular/NotoSansSC_400Regular.ttf",
    "500Medium/NotoSansSC_500Medium.ttf",
    "700Bold/NotoSansSC_700Bold.ttf",
)
# Debian's fonts-hanazono; the rare characters of CJK extension B and later are in HanaMinB only.
_HANAZONO = (
    Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
    Path("/usr/share/fonts/truetype/fonts-hanazono/HanaMinB.ttf"),
    Path("/usr/share/fonts/opentype/hanazono/HanaMinB.otf"),
)


class ResourceWrong(Exception):
    """A data file is missing, unreadable or says one thing twice. `file` and `words` name it for the reader."""

    def __init__(self, file: Path, words: str) -> None:
        super().__init__(f"{file}: {words}")
        self.file = file
        self.words = words


def catalogue_dir() -> Path:
    return HERE / "catalogue"


def departments_dir() -> Path:
    return HERE / "departments"


def department_dir(department: str) -> Path:
    return _inside(departments_dir(), department)


def layouts_dir() -> Path:
    return HERE / "layouts"


def verify_page_dir() -> Path:
    """The verifying page, to be copied whole (printing/verify_page.py)."""
    return HERE / "verify_page"


def calendar_dir() -> Path:
    return HERE / "calendar"


@cache
def _schema_text(name: str) -> str:
    return _read(_inside(HERE / "schemas", f"{name}.schema.json"))


def schema(name: str) -> dict[str, Any]:
    """`resources/schemas/<name>.schema.json`, a fresh dictionary at each call."""
    found = json.loads(_schema_text(name))
    assert isinstance(found, dict)
    return found


@cache
def _texts(language: str) -> tuple[tuple[str, str], ...]:
    if language not in LANGUAGES:
        raise ResourceWrong(HERE / "texts" / language, "there are no texts in this language")
    merged: dict[str, str] = {}
    written_in: dict[str, Path] = {}
    for file in sorted((HERE / "texts" / language).glob("*.yaml")):
        written = _yaml(file) or {}
        if not isinstance(written, dict):
            raise ResourceWrong(file, "a text file is a table of lines `key: words`")
        for key, words in written.items():
            if not isinstance(key, str) or not isinstance(words, str):
                raise ResourceWrong(file, f"{key}: a text is one line `key: words`")
            if key in merged:
                raise ResourceWrong(file, f"{key} is already in {written_in[key].name}")
            merged[key] = words
            written_in[key] = file
    return tuple(merged.items())


def texts(language: str) -> dict[str, str]:
    """All texts of one language, `resources/texts/<language>/*.yaml` merged; a key that is there twice is an error."""
    return dict(_texts(language))


def verdicts() -> dict[str, Any]:
    """Every answer a verification can have (`resources/verdicts.json`): one table for Python and the verifying page."""
    found = json.loads(_read(HERE / "verdicts.json"))
    assert isinstance(found, dict)
    return found


def style_tokens() -> dict[str, Any]:
    """The design tokens, `resources/styles/tokens.yaml`: colours, sizes, type, written once for Qt and for pages."""
    found = _yaml(HERE / "styles" / "tokens.yaml")
    if not isinstance(found, dict):
        raise ResourceWrong(HERE / "styles" / "tokens.yaml", "the tokens are one table")
    return found


def font_files() -> list[Path]:
    """Static faces for Qt and typst: Noto Sans SC Regular, Medium, Bold; HanaMinB for rare names where installed."""
    found = [kit(_NOTO) / face for face in _NOTO_FACES]
    for file in found:
        if not file.is_file():
            raise ResourceWrong(file, "the font is not installed; ./run installs it")
    return found + [file for file in _HANAZONO if file.is_file()][:1]


def icon(name: str, weight: Weight = "regular") -> Path:
    """The Phosphor icon `name` as SVG."""
    tail = "" if weight == "regular" else f"-{weight}"
    file = _inside(kit("@phosphor-icons/core") / "assets" / weight, f"{name}{tail}.svg")
    if not file.is_file():
        raise ResourceWrong(file, "there is no such icon")
    return file


def kit(name: str) -> Path:
    """The folder of an installed npm package: `layui`, `element-ui`, `vue`, `@phosphor-icons/core` …"""
    folder = _inside(HERE / "vendor" / "node_modules", name)
    if not folder.is_dir():
        raise ResourceWrong(folder, "this npm package is not installed; ./run installs it")
    return folder


def _inside(folder: Path, name: str) -> Path:
    """A name is a name: a path that climbs out of its folder is refused here, once for every caller."""
    path = (folder / name).resolve()
    if not name or path == folder or not path.is_relative_to(folder):
        raise ResourceWrong(folder, f"{name!r} is not a name in this folder")
    return path


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ResourceWrong(file, "this file is not there") from None
    except (OSError, UnicodeDecodeError) as trouble:
        raise ResourceWrong(file, f"this file cannot be read: {trouble}") from trouble


def _yaml(file: Path) -> Any:
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    try:
        return reader.load(_read(file))
    except MarkedYAMLError as trouble:
        line = trouble.problem_mark.line + 1 if trouble.problem_mark else 0
        raise ResourceWrong(file, f"line {line}: {trouble.problem}") from trouble
