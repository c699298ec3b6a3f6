"""``onewindow training serve``: the three training departments, for clerks who practise and for whoever writes recipes.

They hold invented people only and keep their own databases, so this command opens neither vault nor records.
"""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from bridges.training import CannotServe, Running, serve
from bridges.training.received import SAMPLE_PASSWORD, SAMPLE_USER
from bridges.training.wishes import FIRST_PORT, chosen, troubles
from resources import texts
from window_client.casework.errors import WindowError
from window_client.cli.common import Exit, JsonFlag, emit, settings_of, stop

app = typer.Typer(
    no_args_is_help=True,
    help="The training departments (实训系统): real web applications with invented people.",
    epilog="Example: onewindow training serve --departments gongan,canlian",
)

_WRONG_INPUT = ("unknown_department", "unknown_trouble", "trouble_wrong")


@app.callback()
def training() -> None:
    """The training departments (实训系统): real web applications with invented people."""


@app.command("serve", epilog="Example: onewindow training serve --port 18610 --trouble gongan:slow=2")
def serve_departments(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Port of the first department; 0: free ports.")] = FIRST_PORT,
    departments: Annotated[str, typer.Option(help="gongan,minzheng,canlian; empty: all.")] = "",
    home: Annotated[
        Path | None, typer.Option(help="Folder of their databases; default: training/ in the data.")
    ] = None,
    trouble: Annotated[
        list[str] | None, typer.Option(help="DEPARTMENT:FAULT[=VALUE], may be repeated; see docs/training.md.")
    ] = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Serve the training departments until Ctrl-C."""
    settings = settings_of(context)
    try:
        wished = troubles(trouble or ())
        running = serve(home or settings.data / "training", chosen(departments), ports=port)
    except CannotServe as wrong:
        code = Exit.WRONG_INPUT if wrong.code in _WRONG_INPUT else Exit.COULD_NOT
        told = WindowError(f"training.{wrong.code}", **wrong.detail)
        stop(told, language=settings.language, code=code, json_wanted=json_wanted)
    with running:
        for name, faults in wished.items():
            if name in running.urls:
                running.trouble(name, **faults)
        found = {
            "urls": running.urls,
            "databases": running.databases,
            "user": SAMPLE_USER,
            "password": SAMPLE_PASSWORD,
        }
        emit(found, json_wanted, lambda: _for_people(running, settings.language))
        sys.stdout.flush()
        _until_told_to_stop()


def _for_people(running: Running, language: str) -> str:
    words = texts(language)
    lines = [words["training.open"]]
    lines += [f"  {words[f'training.name.{name}']}  {url}" for name, url in running.urls.items()]
    lines += [words["training.sign_in"].format(user=SAMPLE_USER, password=SAMPLE_PASSWORD), words["training.stop"]]
    return "\n".join(lines)


def _until_told_to_stop() -> None:
    done = threading.Event()
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: done.set())
    done.wait()
