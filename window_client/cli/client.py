"""The two-screen client: what ``onewindow`` without a word after it starts.

In order: settings, the log, the passphrase, the house, the application, the two windows; then the day book, when the
client stopped with a visit open: the clerk takes it up from there.
"""

from __future__ import annotations

import typer

from window_client.cli.common import Exit, house, settings_of


def run_client(context: typer.Context) -> int:
    """Open the client and stay until the clerk closes it. Returns the exit code."""
    from window_client.assembly.application import application
    from window_client.assembly.window import open_window
    from window_client.log import start_logging

    settings = settings_of(context)
    start_logging(settings.log_folder, level=settings.log.level, keep_files=settings.log.keep_files)
    with house(context) as opened, application("OneWindow 一窗") as app, open_window(opened) as window:
        if opened.cabinet.open_visits():
            window.staff.turn("day_book")
        app.exec()
    return int(Exit.DONE)
