"""I9: what is kept of a run shows that the page was right, not who the resident is; and it stays small."""

import io

import pytest
from PIL import Image

from bridges.filing import NotSent
from bridges.filing_desk import FilingDesk
from tests.bridges.conftest import Town, filing_for, sample_values

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MASK = (120, 130, 140)


def covered(jpeg: bytes) -> float:
    """How many thousandths of the picture have the colour of the mask."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        bands = picture.convert("RGB").split()
    near = [
        band.point([255 if abs(value - wanted) < 7 else 0 for value in range(256)])
        for band, wanted in zip(bands, MASK, strict=True)
    ]
    both = Image.merge("RGB", near).convert("L").point([0] * 255 + [255])
    return 1000 * both.histogram()[255] / (both.width * both.height)


@pytest.mark.parametrize(
    "department", ["gongan", *(pytest.param(one, marks=pytest.mark.nightly) for one in ("minzheng", "canlian"))]
)
def test_name_and_number_are_covered_in_picture_and_archive(town: Town, desk: FilingDesk, department: str) -> None:
    outcome = desk.file(filing_for(department), stop_before_submit=True)
    assert isinstance(outcome, NotSent)
    pieces = {one.name: one.content for one in outcome.evidence}
    number = sample_values()["person.id_number"]
    assert covered(pieces["before_submit.jpeg"]) > 10
    assert number.encode() not in b"".join(pieces.values())
    assert sum(map(len, pieces.values())) < 100_000


def test_without_words_to_mask_nothing_is_covered(
    town: Town, desk: FilingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the measure of the law above is the mask and not the page's own colours."""
    hand = desk._hands["gongan"]
    begin = hand.begin
    monkeypatch.setattr(hand, "begin", lambda order: begin({**order, "masked": []}))
    outcome = desk.file(filing_for("gongan"), stop_before_submit=True)
    pieces = {one.name: one.content for one in outcome.evidence}
    assert covered(pieces["before_submit.jpeg"]) < 3
    assert sample_values()["person.id_number"] in pieces["values.json"].decode()
