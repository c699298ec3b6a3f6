"""Every trouble of this room can be said in both languages, and no sentence is left with a gap in it."""

import ast
import re
from pathlib import Path

import pytest

import resources
from window_client.devices.trouble import DeviceTrouble

_ROOM = Path(__file__).parents[2] / "window_client" / "devices"
_DETAIL = dict.fromkeys(("device", "folder", "seconds", "wanted", "got", "kind", "known", "what", "id"), "5")


def _reasons() -> set[str]:
    """Every reason the picture gate and its child can give."""
    found: set[str] = set()
    for file in _ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "unreadable":
                found |= {word.value for word in ast.walk(node) if isinstance(word, ast.Constant)}  # type: ignore[misc]
            if isinstance(node, ast.keyword) and node.arg == "why" and isinstance(node.value, ast.Constant):
                found.add(str(node.value.value))
    return found - {"truncated"}


def _codes() -> set[str]:
    keys = resources.texts("zh")
    return {key.split(".")[1] for key in keys if key.startswith("devices.")}


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_every_reason_has_its_words(language: str) -> None:
    texts = resources.texts(language)
    reasons = _reasons()
    assert {"blurred", "cut_off", "encrypted", "page_cut"} <= reasons
    for why in reasons:
        assert all(DeviceTrouble("scan_unreadable", why=why).words(texts))


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_no_sentence_is_left_with_a_gap(language: str) -> None:
    texts = resources.texts(language)
    for code in _codes():
        said = " ".join(DeviceTrouble(code, **_DETAIL).words(texts))
        assert not re.search(r"[{}]", said), code
