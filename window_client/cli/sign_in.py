"""``onewindow sign-in DEPARTMENT``: keep this window's sign-in to a department, sealed, never in a settings file."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

import resources
from window_client.casework.errors import WindowError
from window_client.cli.common import Exit, JsonFlag, emit, house, settings_of, stop

app = typer.Typer(help="Keep this window's sign-in to a department's system, sealed.")


# A command and not a group: a group takes what stands behind the department for words of its own.
@app.command(epilog="Example: onewindow sign-in gongan --user window03")
def sign_in(
    context: typer.Context,
    department: Annotated[str, typer.Argument(help="Department id, as in resources/departments.")],
    user: Annotated[str, typer.Option(help="Sign-in name.")],
    password_file: Annotated[Path | None, typer.Option(help="File holding the password; else it is asked.")] = None,
    json: JsonFlag = False,
) -> None:
    from bridges.filing import Credentials, Secret

    known = sorted(folder.name for folder in resources.departments_dir().iterdir() if folder.is_dir())
    if department not in known:
        trouble = WindowError("desk.no_such_department", department=department, known="、".join(known))
        stop(trouble, language=settings_of(context).language, code=Exit.WRONG_INPUT, json_wanted=json)
    with house(context, json_wanted=json) as opened:
        if password_file is not None:
            password = password_file.read_text(encoding="utf-8").rstrip("\r\n")
        else:
            password = getpass.getpass(f"{department} {user}: ")
        opened.sign_ins.keep(department, Credentials(user, Secret(password)))
    emit({"department": department, "user": user, "kept": True}, json)
