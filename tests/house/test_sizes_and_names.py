"""What rots in programs like this one is the big window and the big controller, so nothing may become big."""

import ast
import re

from tests.house.tree import PACKAGES, modules, name_of

LONGEST_MODULE = 300
LONGEST_FUNCTION = 60
LONGEST_CLASS = 260

# Words that name a drawer, not a thing a clerk could point at.
EMPTY_WORDS = {"Manager", "Helper", "Helpers", "Util", "Utils", "Handler", "Controller", "Service", "Base", "Impl"}


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_module_is_too_long() -> None:
    lengths = {name_of(path): len(path.read_text().splitlines()) for path, _ in modules(*PACKAGES, "tests")}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_and_no_class_is_too_long() -> None:
    too_long = {}
    for path, tree in modules(*PACKAGES):
        for node in ast.walk(tree):
            if "versions" in path.parts:  # a migration lists tables; splitting it would hide what it does
                continue
            limit = LONGEST_CLASS if isinstance(node, ast.ClassDef) else LONGEST_FUNCTION
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > limit:
                too_long[f"{name_of(path)}:{node.name}"] = _length(node)
    assert too_long == {}


def test_no_class_is_named_after_a_drawer() -> None:
    found = []
    for path, tree in modules(*PACKAGES, "tests"):
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                words = re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*", node.name)
                if words and words[-1] in EMPTY_WORDS:
                    found.append(f"{name_of(path)}: {node.name}")
    assert found == []


def test_every_module_says_why_it_exists() -> None:
    silent = [
        name_of(path)
        for path, tree in modules(*PACKAGES)
        if tree.body and ast.get_docstring(tree) is None and path.stat().st_size
    ]
    assert silent == []
