"""Whoever stands before a camera that is on is told so, on their own screen, in every language and size."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.window_client import looking
from tests.window_client.sample_scenes import scenes
from window_client.look.tokens import Tokens
from window_client.look.words import Language, Words
from window_client.resident.stage import Stage


@pytest.mark.parametrize(("language", "large"), [("zh", False), ("en", True)])
def test_the_lamp_is_there_as_long_as_the_camera_is_on(qtbot: QtBot, language: Language, large: bool) -> None:
    words = Words(language)
    stage = Stage(words, Tokens.load("resident", "light", large))
    qtbot.addWidget(stage)
    stage.resize(1280, 800)
    stage.show_scene(scenes(language)["welcome"])
    stage.show()
    for on in (False, True, False, True):
        stage.tell_camera(on)
        QApplication.processEvents()
        assert (words("resident.camera_on") in looking.words_on(stage)) is on
        assert looking.cut_off(stage) + looking.outside(stage) == []
    stage.show_scene(scenes(language)["review"])  # another page: it is still on
    QApplication.processEvents()
    assert words("resident.camera_on") in looking.words_on(stage)
    assert words.missed == []
