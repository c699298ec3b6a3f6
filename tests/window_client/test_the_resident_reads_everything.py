"""The resident's pages: every scene, both languages, normal and large: nothing cut, nothing nameless, nothing else."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from tests.window_client import looking
from tests.window_client.sample_scenes import scenes
from window_client.counter import scenes as s
from window_client.look.buttons import Button
from window_client.look.tokens import Theme, Tokens
from window_client.look.words import Language, Words
from window_client.resident.pages.sign import SignPage
from window_client.resident.stage import Stage

LOOKS: tuple[tuple[Theme, bool], ...] = (("light", False), ("light", True), ("contrast", False))


def _stage(qtbot: QtBot, language: Language, theme: Theme = "light", large: bool = False) -> Stage:
    stage = Stage(Words(language), Tokens.load("resident", theme, large), say=lambda _: None)
    qtbot.addWidget(stage)
    stage.resize(1280, 800)
    stage.show()
    return stage


def _show(stage: Stage, scene: s.Scene) -> None:
    """New widgets are shown by the event loop."""
    stage.show_scene(scene)
    QApplication.processEvents()


def _said(value: object) -> Iterator[str]:
    """Every string of a scene, however deep."""
    match value:
        case str():
            yield value
        case tuple():
            for one in value:
                yield from _said(one)
        case _ if dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                yield from _said(getattr(value, field.name))
        case _:
            return


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("theme", "large"), LOOKS)
def test_nothing_is_cut_nameless_or_untranslated(qtbot: QtBot, language: Language, theme: Theme, large: bool) -> None:
    stage = _stage(qtbot, language, theme, large)
    for name, scene in scenes(language).items():
        _show(stage, scene)
        assert looking.cut_off(stage) == [], name
        assert looking.outside(stage) == [], name
        assert looking.nameless(stage) == [], name
    assert stage._words.missed == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_shown_but_the_scene_and_the_fixed_words(qtbot: QtBot, language: Language) -> None:
    written = (text for key, text in resources.texts(language).items() if key.startswith("resident."))
    fixed = {part.strip() for text in written for part in re.split(r"\{\w+\}", text)} - {""}
    stage = _stage(qtbot, language)
    for name, scene in scenes(language).items():
        _show(stage, scene)
        told = set(_said(scene)) - {""}
        for text in looking.words_on(stage):
            rest = text
            for part in (*sorted(told, key=len, reverse=True), *sorted(fixed, key=len, reverse=True)):
                rest = rest.replace(part, "")
            assert re.fullmatch(r"[\d\s、·,%\u3000]*", rest), (name, text, rest)


def test_an_earlier_scene_leaves_nothing_behind(qtbot: QtBot) -> None:
    stage = _stage(qtbot, "zh")
    before = scenes("zh")["review"]
    for after in ("blank", "welcome", "rate"):
        _show(stage, before)
        _show(stage, scenes("zh")[after])
        words = " ".join(looking.words_on(stage))
        assert "199****0001" not in words
        assert "示*国" not in words
    _show(stage, before)
    stage.blank()
    QApplication.processEvents()
    assert looking.words_on(stage) == set()


def test_answers_are_what_was_tapped(qtbot: QtBot) -> None:
    stage = _stage(qtbot, "zh")
    answers: list[object] = []
    stage.answered.connect(answers.append)

    def tap(name: str) -> None:
        next(one for one in stage.findChildren(Button) if one.accessibleName() == name and one.isVisible()).click()

    _show(stage, scenes("zh")["consent"])
    tap("同意使用 居民身份证")
    tap("这次不用 居民户口簿")
    tap("确认我的选择")
    _show(stage, scenes("zh")["review_right"])
    tap("联系电话有误")
    tap("全部无误，去签名")
    _show(stage, scenes("zh")["sign"])
    tap("返回核对")
    assert answers == [s.AgreesTo(("d1",)), s.SaysWrong("contact.phone"), s.HasRead(), s.GoesBack()]


def test_nothing_is_agreed_beforehand_and_nothing_is_sent_half_chosen(qtbot: QtBot) -> None:
    stage = _stage(qtbot, "zh")
    _show(stage, scenes("zh")["consent"])
    done = next(one for one in stage.findChildren(Button) if one.text() == "确认我的选择")
    assert not done.isEnabled()
    next(one for one in stage.findChildren(Button) if one.accessibleName() == "同意使用 居民身份证").click()
    assert not done.isEnabled()


def test_large_type_is_the_residents_own_and_ends_with_the_visit(qtbot: QtBot) -> None:
    stage = _stage(qtbot, "zh")
    _show(stage, scenes("zh")["checklist"])
    next(one for one in stage.findChildren(Button) if one.text() == "大字").click()
    assert stage._tokens.large
    _show(stage, scenes("zh")["review"])
    assert stage._tokens.large
    _show(stage, scenes("zh")["welcome"])
    assert not stage._tokens.large


def test_without_a_voice_there_is_no_button_for_it(qtbot: QtBot) -> None:
    stage = Stage(Words("zh"), Tokens.load("resident"))
    qtbot.addWidget(stage)
    stage.show()
    _show(stage, scenes("zh")["welcome"])
    assert "朗读" not in looking.words_on(stage)
    assert "朗读" in looking.words_on(_with_voice(qtbot))


def _with_voice(qtbot: QtBot) -> Stage:
    stage = _stage(qtbot, "zh")
    _show(stage, scenes("zh")["welcome"])
    return stage


def test_no_button_takes_the_clerks_keyboard(qtbot: QtBot) -> None:
    stage = _stage(qtbot, "zh")
    for scene in scenes("zh").values():
        _show(stage, scene)
        takers = [one.accessibleName() for one in looking.seen(stage) if one.focusPolicy().value]
        assert takers == []


def test_the_same_scene_again_keeps_what_was_drawn(qtbot: QtBot) -> None:
    """The desk tells its observers often; a half-drawn signature must survive that."""
    stage = _stage(qtbot, "zh")
    _show(stage, scenes("zh")["sign"])
    page = stage.page
    assert isinstance(page, SignPage)
    _show(stage, scenes("zh")["sign"])
    assert stage.page is page
