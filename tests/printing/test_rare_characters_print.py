"""C10: a name is printed as it is written, to GB 18030-2022 level 3; what no font has is named, not boxed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import resources
from printing import glyphs, layout, paper, qr
from printing.errors import MissingGlyph
from printing.paper import Engine

# GB 18030-2022 level 3: the basic block, extensions A to F, the radical at 〇, and the compatibility characters.
LEVEL_3 = {
    "basic": (0x4E00, 0x9FEF),
    "A": (0x3400, 0x4DB5),
    "B": (0x20000, 0x2A6D6),
    "C": (0x2A700, 0x2B734),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
}
# Characters that stand in real registers and were long impossible to print.
NAMES = "㛃䶮𠅤𡊨𣸸𤩽𥖄𦒍𧒽𨭎𩽾𪚥𪜀𫖮𫚕𬀩𬭊𬶋"


def _drawable() -> frozenset[int]:
    return frozenset[int]().union(*(glyphs.characters(font) for font in Engine(resources.layouts_dir()).fonts))


def _missing(known: frozenset[int], block: str) -> Iterator[str]:
    first, last = LEVEL_3[block]
    yield from (f"U+{code:04X}" for code in range(first, last + 1) if code not in known)


@pytest.mark.parametrize("block", LEVEL_3)
def test_every_character_of_level_3_can_be_drawn(block: str) -> None:
    assert list(_missing(_drawable(), block)) == []


def test_a_hole_would_be_seen() -> None:
    """Negative control: the text font alone lacks nearly all of extension B."""
    alone = glyphs.characters(resources.font_files()[0])
    assert sum(1 for _ in _missing(alone, "B")) > 40_000


@pytest.mark.parametrize("form", ["a4", "a5"])
def test_names_reach_the_text_layer_as_they_are_written(form: str) -> None:
    found = layout.load(resources.layouts_dir(), "acceptance_notice")
    sample = found.sample()
    lines = tuple(type(line)(line.key, NAMES if line.key == "holder" else line.value) for line in sample.lines)
    voucher = type(sample)(**{**sample.__dict__, "lines": lines})
    glyphs.check([("holder", NAMES)], Engine(resources.layouts_dir()).fonts)
    given = layout.fill(found, voucher, form, qr.modules("https://v.invalid/#1" + "7" * 400), "-")  # type: ignore[arg-type]
    pdf = Engine(resources.layouts_dir()).pdf(found, given, 1)
    assert "".join("".join(paper.page_texts(pdf)).split()).count(NAMES) >= 1


def test_a_character_of_the_future_is_named() -> None:
    with pytest.raises(MissingGlyph) as stopped:
        glyphs.check([("holder", "张\U000323b0")], Engine(resources.layouts_dir()).fonts)
    assert stopped.value.detail["code"] == "U+323B0"
