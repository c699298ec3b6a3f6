"""Quick readers on every picture, patient ones only when needed; two papers are two, and a passing code is none."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PIL import Image, ImageFilter

from printing import qr, reading
from window_client.counter import sighting
from window_client.counter.sighting import Sighting, is_voucher

ONE, OTHER = (qr.text_of(random.Random(seed).randbytes(330), "verify.onewindow.invalid") for seed in (5, 6))
FOREIGN = qr.text_of(random.Random(7).randbytes(330), "verify.onewindow.invalid").replace("https", "httpx")


def symbol(text: str) -> Image.Image:
    rows = qr.modules(text)
    drawn = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
    drawn.putdata([0 if dark else 255 for row in _framed(rows) for dark in row])
    return drawn.resize((360, 360), Image.Resampling.LANCZOS)


def _framed(rows: list[list[bool]]) -> list[list[bool]]:
    wide = len(rows) + 8
    edge = [[False] * wide] * 4
    return [*edge, *([False] * 4 + row + [False] * 4 for row in rows), *edge]


def scene(*symbols: Image.Image, blur: float = 0) -> Image.Image:
    counter = Image.new("L", (1280, 720), 150)
    for n, each in enumerate(symbols):
        counter.paste(each, (120 + 620 * n, 180))
    return counter.filter(ImageFilter.GaussianBlur(blur)) if blur else counter


NOTHING = scene()
CLEAR, BOTH, PASSING = scene(symbol(ONE)), scene(symbol(ONE), symbol(OTHER)), scene(symbol(FOREIGN))


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def look(clock: Clock) -> Callable[[float, Image.Image], tuple[str, ...]]:
    looking = Sighting(clock)

    def at(seconds: float, picture: Image.Image) -> tuple[str, ...]:
        clock.now = 100.0 + seconds
        return looking.look(picture)

    return at


Look = Callable[[float, Image.Image], tuple[str, ...]]


def test_one_voucher_is_an_answer_after_another_look(look: Look) -> None:
    assert [look(0.0, NOTHING), look(0.1, CLEAR), look(0.2, CLEAR)] == [(), (), ()]
    assert look(0.5, NOTHING) == (ONE,)  # taken away meanwhile: read is read


@pytest.mark.parametrize("more", [sighting.MORE, 0.0], ids=["as it is", "control"])
def test_two_vouchers_are_two_even_when_one_is_sharp_first(
    look: Look, monkeypatch: pytest.MonkeyPatch, more: float
) -> None:
    """The control takes the first text for the answer, and never sees the other."""
    monkeypatch.setattr(sighting, "MORE", more)
    answers = [look(0.0, CLEAR), look(0.2, BOTH), look(0.4, BOTH)]
    first = next(answer for answer in answers if answer)
    assert first == (tuple(sorted((ONE, OTHER))) if more else (ONE,))


def test_a_code_that_is_no_voucher_has_to_stay(look: Look) -> None:
    assert not is_voucher(FOREIGN)
    assert [look(t, PASSING) for t in (0.0, 0.5)] == [(), ()]
    assert look(1.6, NOTHING) == ()  # it went by
    assert [look(t, PASSING) for t in (2.0, 2.7, 3.2)] == [(), (), ()]
    assert look(3.6, PASSING) == (FOREIGN,)


def test_a_foreign_code_on_the_wall_does_not_hide_the_voucher(look: Look) -> None:
    both = scene(symbol(ONE), symbol(FOREIGN))
    assert look(0.0, PASSING) == ()
    assert look(0.3, both) == ()
    assert ONE in look(0.8, both)


def test_the_dear_ways_are_gone_only_when_it_stays_unread(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def spy(name: str) -> None:
        real = getattr(reading, name)

        def told(*given: object) -> list[str]:
            asked.append(name)
            return list(real(*given))

        monkeypatch.setattr(reading, name, told)

    spy("by_pyzbar")
    spy("texts")
    soft = scene(symbol(ONE), blur=2.0)
    assert look(0.3, soft) == ()
    assert asked == []
    assert look(1.0, soft) == ()
    assert asked == ["by_pyzbar"]
    assert look(2.5, soft) == ()  # read now, and another look is taken
    assert "texts" in asked
    assert look(3.0, NOTHING) == (ONE,)
    asked.clear()
    assert look(3.1, CLEAR) == (ONE,)
    assert asked == []  # the control: a clear picture costs nothing of it


def test_an_empty_counter_is_not_mended_for_ever(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    mended: list[float] = []

    def nothing(_: Image.Image, patience: float) -> list[str]:
        mended.append(patience)
        return []

    monkeypatch.setattr(reading, "texts", nothing)
    for half_second in range(12):
        look(half_second / 2, NOTHING)
    assert mended == []
    grain = Image.effect_noise((320, 180), 120)
    for half_second in range(12, 22):
        look(half_second / 2, grain)
    assert 0 < len(mended) <= 5  # a rest after each


def test_whoever_holds_it_is_told_when_it_is_hard(clock: Clock) -> None:
    looking, hard = Sighting(clock), []
    for seconds, picture in ((0.0, NOTHING), (sighting.SLOW + 1, NOTHING), (0.1, CLEAR)):
        clock.now += seconds
        looking.look(picture)
        hard.append(looking.is_hard)
    assert hard == [False, True, False]


@pytest.mark.parametrize("mode", ["L", "RGB", "YCbCr"])
def test_every_kind_of_picture_a_camera_gives_is_read(clock: Clock, mode: str) -> None:
    looking = Sighting(clock)
    looking.look(CLEAR.convert("RGB").convert(mode))
    clock.now += 1
    assert looking.look(NOTHING) == (ONE,)
