"""What a person reads is complete in both languages, and every error has its three sentences."""

import ast
import re
import string
from collections.abc import Iterator

import pytest

import resources
from tests.house.tree import PACKAGES, modules, name_of

PARTS = ("happened", "done", "next")

# The exception families of the rooms: class name of the family → the room its codes are filed under in the texts.
FAMILIES = {"WindowError": "", "VaultTrouble": "vault", "PressTrouble": "printing", "BridgeTrouble": "bridge"}
FAMILIES |= {"DeviceTrouble": "devices"}


def _gaps(words: str) -> set[str]:
    """`{label_en}` is the English word for what `{label}` is in Chinese, so both count as the same gap."""
    return {name.removesuffix("_en") for _, name, _, _ in string.Formatter().parse(words) if name}


def test_both_languages_say_the_same_things() -> None:
    chinese, english = (resources.texts(language) for language in resources.LANGUAGES)
    assert sorted(set(chinese) ^ set(english)) == []
    assert [key for key in chinese if not chinese[key].strip() or not english[key].strip()] == []


def test_both_languages_leave_the_same_gaps() -> None:
    chinese, english = (resources.texts(language) for language in resources.LANGUAGES)
    shared = chinese.keys() & english.keys()
    assert [key for key in sorted(shared) if _gaps(chinese[key]) != _gaps(english[key])] == []


def test_the_english_is_english() -> None:
    odd = {key: words for key, words in resources.texts("en").items() if re.search(r"[\u3400-\u9fff]", words)}
    # Names of things that exist only in Chinese (一窗, 残联 …) may stand in brackets or beside their translation.
    assert {key: words for key, words in odd.items() if not re.search(r"[A-Za-z]", words)} == {}


@pytest.mark.parametrize("language", resources.LANGUAGES)
def test_an_error_has_all_three_sentences(language: str) -> None:
    keys = resources.texts(language).keys()
    codes = {key.removesuffix(".happened") for key in keys if key.endswith(".happened")}
    assert [f"{code}.{part}" for code in sorted(codes) for part in PARTS if f"{code}.{part}" not in keys] == []


def _families() -> dict[str, str]:
    """Every exception class of the five families, by name, with its room."""
    known = dict(FAMILIES)
    grown = True
    while grown:
        grown = False
        for _, tree in modules(*PACKAGES):
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef) and node.name not in known:
                    parents = [base.id for base in node.bases if isinstance(base, ast.Name) and base.id in known]
                    if parents:
                        known[node.name] = known[parents[0]]
                        grown = True
    return known


def _class_codes(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        targets = (
            line.targets if isinstance(line, ast.Assign) else [line.target] if isinstance(line, ast.AnnAssign) else []
        )
        named_code = any(isinstance(target, ast.Name) and target.id == "code" for target in targets)
        value = line.value if isinstance(line, ast.Assign | ast.AnnAssign) else None
        if named_code and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def raised_codes() -> dict[str, str]:
    """Every error code the program can raise, as it stands in the texts, with the place that raises it."""
    families, found = _families(), {}
    for path, tree in modules(*PACKAGES):
        for node in ast.walk(tree):
            codes: list[str] = []
            room, line = "", getattr(node, "lineno", 0)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in families:
                room = families[node.func.id]
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    codes = [first.value]
            elif isinstance(node, ast.ClassDef) and node.name in families and node.name not in FAMILIES:
                room, codes = families[node.name], list(_class_codes(node))
            for code in codes:
                if re.fullmatch(r"[a-z0-9_.]+", code):
                    full = code if not room or code.startswith(f"{room}.") else f"{room}.{code}"
                    found[full] = f"{name_of(path)}:{line}"
    return found


def test_every_error_has_its_words() -> None:
    keys = resources.texts("zh").keys()
    assert {code: place for code, place in raised_codes().items() if f"{code}.happened" not in keys} == {}


def _spoken() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every literal of the program, and every f-string as the pattern of what it may become."""
    literals: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for _, tree in modules(*PACKAGES):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
                if any(re.search(r"[a-z]{4}", part) for part in parts):
                    patterns.append(re.compile("".join(parts)))
    return literals, patterns


def test_no_words_wait_for_an_error_that_cannot_happen() -> None:
    literals, patterns = _spoken()
    codes = {key.removesuffix(".happened") for key in resources.texts("zh") if key.endswith(".happened")}
    silent = []
    for code in sorted(codes):
        last = code.rpartition(".")[2]
        if not {code, last} & literals and not any(one.fullmatch(code) or one.fullmatch(last) for one in patterns):
            silent.append(code)
    assert silent == []
