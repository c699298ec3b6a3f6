"""No file names a package registry (an office has its own), and nobody's real identity number stands in the tree."""

import re
from datetime import date

from tests.house.tree import name_of, texts

# Written in two halves, or this file would name them.
_HOSTS = [
    ("pypi", ".org"), ("pythonhosted", ".org"), ("npmjs", ".org"), ("npmjs", ".com"), ("yarnpkg", ".com"),
    ("npmmirror", ".com"), ("deb.debian", ".org"), ("security.debian", ".org"), ("mirrors.", "aliyun"),
    ("tuna.tsinghua", ".edu"), ("mirrors.", "ustc"), ("mirrors.", "cloud"), ("conda.", "anaconda"),
]  # fmt: skip
REGISTRY = re.compile("|".join(re.escape(a + b) for a, b in _HOSTS), re.IGNORECASE)

# Eighteen characters with a plausible birthday inside, not part of a longer word.
ID_LIKE = re.compile(r"(?<![0-9A-Za-z.])([1-9]\d{5})((?:18|19|20)\d{2})(\d{2})(\d{2})\d{3}[\dXx](?![0-9A-Za-z])")


def _is_a_birthday(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def test_no_file_names_a_package_registry() -> None:
    assert [name_of(path) for path, text in texts() if REGISTRY.search(text)] == []


def test_every_identity_number_is_from_the_unassigned_region() -> None:
    found = [
        f"{name_of(path)}: {match.group(1)}…"
        for path, text in texts()
        for match in ID_LIKE.finditer(text)
        if _is_a_birthday(*match.group(2, 3, 4)) and not match.group(1).startswith("99")
    ]
    assert found == []


def test_a_real_looking_number_would_be_seen() -> None:
    looks_real = "1101" + "01" + "19800101" + "0013"
    match = ID_LIKE.search(f"read {looks_real} from the card")
    assert match
    assert _is_a_birthday(*match.group(2, 3, 4))
