"""Colours can be told apart by weak eyes, a signature is kept as it was drawn, and a pen goes before a resting hand."""

from __future__ import annotations

import json
from typing import cast
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from window_client.look.signature import SignaturePad
from window_client.look.tokens import Theme, Tokens

PAIRS = (
    ("text", "ground"),
    ("text", "surface"),
    ("text_soft", "ground"),
    ("text_soft", "surface"),
    ("text_faint", "surface"),
    ("text_faint", "ground"),
    ("on_primary", "primary"),
    ("on_primary", "primary_hover"),
    ("primary", "surface"),
    ("primary", "primary_soft"),
    ("good", "good_soft"),
    ("warn", "warn_soft"),
    ("bad", "bad_soft"),
    ("note", "note_soft"),
    ("bad", "surface"),
    ("good", "surface"),
    ("rail_text", "rail"),
    ("rail_soft", "rail"),
    ("rail_text", "rail_here"),
)


def _light(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("theme", "least"), [("light", 4.5), ("contrast", 7.0)])
def test_every_text_can_be_read_on_its_ground(theme: str, least: float) -> None:
    tokens = Tokens.load("staff", cast("Theme", theme))
    weak = {pair: round(_contrast(*map(tokens.colour, pair)), 2) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < least} == {}


def _pad(qtbot: QtBot) -> SignaturePad:
    pad = SignaturePad(Tokens.load("resident"), "pad", "here")
    qtbot.addWidget(pad)
    pad.resize(900, 320)
    pad.show()
    return pad


def test_a_drawn_signature_is_kept_as_strokes_and_as_a_picture(qtbot: QtBot) -> None:
    pad = _pad(qtbot)
    told: list[bool] = []
    pad.changed.connect(told.append)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(100, 200))
    for x in range(110, 300, 10):
        QTest.mouseMove(pad, QPoint(x, 200 - x // 5))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(300, 140))
    assert told == [True]
    said = json.loads(pad.strokes.as_json())
    assert (said["width"], said["height"]) == (900, 320)
    assert said["strokes"][0][0][:2] == [100.0, 200.0]
    assert said["strokes"][0][-1][:2] == [300.0, 140.0]
    assert all(point[3] == -1 for point in said["strokes"][0])
    assert ET.fromstring(pad.strokes.as_svg()).tag.endswith("svg")
    pad.clear()
    assert told == [True, False]
    assert pad.strokes.lines == []


def test_a_dot_is_no_signature(qtbot: QtBot) -> None:
    pad = _pad(qtbot)
    told: list[bool] = []
    pad.changed.connect(told.append)
    QTest.mouseClick(pad, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert told == [False]


def test_a_hand_resting_beside_the_pen_draws_nothing(qtbot: QtBot) -> None:
    pad = _pad(qtbot)
    pad._draw("pen", "down", QPointF(10, 10), 0, 0.5)
    pad._draw("finger", "down", QPointF(400, 300), 1, -1.0)
    pad._draw("pen", "up", QPointF(200, 10), 30, 0.6)
    assert len(pad.strokes.lines) == 1
    assert [point.x for point in pad.strokes.lines[0]] == [10, 200]
