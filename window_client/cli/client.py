"""The two-screen client: what ``onewindow`` without a word after it starts.

In order: settings, the log, the application, the passphrase, the house, the two windows; then the day book, when the
client stopped with a visit open: the clerk takes it up from there.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import typer

from window_client.casework.errors import WindowError
from window_client.cli.common import Asked, Exit, asked, passphrase, sentences, settings_of, stop

if TYPE_CHECKING:
    from window_client.assembly import House
    from window_client.settings import Settings


def run_client(context: typer.Context) -> int:
    """Open the client and stay until the clerk closes it. Returns the exit code."""
    from window_client.assembly.application import application
    from window_client.assembly.window import open_window
    from window_client.log import start_logging

    settings = settings_of(context)
    start_logging(settings.log_folder, level=settings.log.level, keep_files=settings.log.keep_files)
    with application("OneWindow 一窗") as app, ExitStack() as closing:
        house = _opened(settings, asked(context), closing)
        if house is None:
            return int(Exit.COULD_NOT)
        window = closing.enter_context(open_window(house))
        if house.cabinet.open_visits():
            window.staff.turn("day_book")
        app.exec()
    return int(Exit.DONE)


def _opened(settings: Settings, want: Asked, closing: ExitStack) -> House | None:
    """The house, opened with the key file, the passphrase file, or what the clerk types; None when they gave up."""
    from window_client.assembly import is_new, open_house
    from window_client.counter.trouble import as_window_error
    from window_client.look.tokens import Tokens
    from window_client.look.words import Words
    from window_client.staff.unlock import Unlock

    opened: list[House] = []

    def attempt(words: str) -> str:
        try:
            opened.append(closing.enter_context(open_house(settings, ask=lambda: words)))
        except Exception as error:
            trouble = as_window_error(error)
            if trouble is None:
                raise
            return sentences(trouble, settings.language)
        return ""

    if want.passphrase_file is not None or not settings.keeper.startswith("passphrase:"):
        wrong = attempt(passphrase(want) if want.passphrase_file is not None else "")
        if wrong:
            stop(WindowError("desk.house_stays_closed", why=wrong), language=settings.language)
        return opened[0]
    look = Tokens.load("staff", settings.look.theme, settings.look.large_type)
    Unlock(Words(settings.language), look, attempt, first=is_new(settings)).exec()
    return opened[0] if opened else None
