"""One page for one kind of scene."""

from __future__ import annotations

from typing import assert_never

from window_client.counter import scenes as s
from window_client.look.tokens import Tokens
from window_client.look.words import Words
from window_client.resident.pages.blank import BlankPage
from window_client.resident.pages.checklist import ChecklistPage
from window_client.resident.pages.consent import ConsentPage
from window_client.resident.pages.page import Page
from window_client.resident.pages.rate import RatePage
from window_client.resident.pages.review import ReviewPage
from window_client.resident.pages.sign import SignPage
from window_client.resident.pages.thanks import ThanksPage
from window_client.resident.pages.wait import WaitPage
from window_client.resident.pages.welcome import WelcomePage


def page_for(scene: s.Scene, words: Words, tokens: Tokens) -> Page:
    match scene:
        case s.Welcome():
            return WelcomePage(scene, words, tokens)
        case s.Checklist():
            return ChecklistPage(scene, words, tokens)
        case s.Consent():
            return ConsentPage(scene, words, tokens)
        case s.Review():
            return ReviewPage(scene, words, tokens)
        case s.Sign():
            return SignPage(scene, words, tokens)
        case s.Wait():
            return WaitPage(scene, words, tokens)
        case s.Thanks():
            return ThanksPage(scene, words, tokens)
        case s.Rate():
            return RatePage(scene, words, tokens)
        case s.Blank():
            return BlankPage(words, tokens)
        case _:
            assert_never(scene)
