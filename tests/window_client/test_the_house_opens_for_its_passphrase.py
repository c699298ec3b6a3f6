"""The unlock window: asked before anything is opened, chosen twice the first time, a wrong one may be retried."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from window_client.look.tokens import Tokens
from window_client.look.words import Language, Words
from window_client.staff.unlock import Unlock

# A window of fixed size tells the platform so, and the offscreen platform says that it has no window frame to tell.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def _dialog(qtbot: QtBot, tried: list[str], *, first: bool, language: Language = "zh") -> Unlock:
    def opens(words: str) -> str:
        tried.append(words)
        return "" if words == "right one" else "口令不对"

    made = Unlock(Words(language), Tokens.load("staff"), opens, first=first)
    qtbot.addWidget(made)
    made.show()
    return made


def _type(dialog: Unlock, *words: str) -> None:
    for field, typed in zip(dialog.findChildren(QLineEdit), words, strict=False):
        field.setText(typed)
    next(one for one in dialog.findChildren(QPushButton) if one.isDefault()).click()


def test_a_wrong_passphrase_is_said_and_may_be_typed_again(qtbot: QtBot) -> None:
    tried: list[str] = []
    dialog = _dialog(qtbot, tried, first=False)
    _type(dialog, "wrong one")
    assert dialog.isVisible()
    assert all(not field.text() for field in dialog.findChildren(QLineEdit))
    _type(dialog, "right one")
    assert tried == ["wrong one", "right one"]
    assert dialog.result() == 1


def test_a_new_passphrase_that_was_mistyped_founds_nothing(qtbot: QtBot) -> None:
    tried: list[str] = []
    dialog = _dialog(qtbot, tried, first=True)
    _type(dialog, "right one", "right onr")
    assert tried == []
    _type(dialog, "right one", "right one")
    assert tried == ["right one"]
    assert dialog.result() == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("first", [True, False])
def test_every_word_is_there_and_every_field_has_a_name(qtbot: QtBot, language: Language, first: bool) -> None:
    words = Words(language)
    dialog = Unlock(words, Tokens.load("staff"), lambda _: "", first=first)
    qtbot.addWidget(dialog)
    assert words.missed == []
    assert all(field.accessibleName() for field in dialog.findChildren(QLineEdit))
