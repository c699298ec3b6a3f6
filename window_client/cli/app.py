"""The command ``onewindow``: without a word after it, the two-screen client; with one, that room's command.

A group's module is imported only when its word is used, so that ``onewindow voucher verify`` starts no Qt.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from window_client.cli.common import Asked

_WORDS: dict[str, tuple[str, str, str]] = {
    "demo": ("demo", "app", "The main job on a sample resident against the training departments."),
    "training": ("training", "app", "The training departments: real web applications to practise against."),
    "catalogue": ("catalogue", "app", "Service items: lint, list, search."),
    "bridge": ("bridge", "app", "A department's recipe: check, run, drift."),
    "vault": ("vault", "app", "The e-document vault: put, get, list, who-used, check, repair, backup, forget."),
    "voucher": ("voucher", "app", "Vouchers: issue, show, verify, trust-list."),
    "print": ("printing", "print_app", "Print a stored voucher again, marked as a reprint."),
    "printers": ("printing", "printers_app", "The printers of this window and how they are."),
    "sign-in": ("sign_in", "app", "Keep this window's sign-in to a department's system, sealed."),
    "ledger": ("ledger", "app", "The ledger: export."),
    "audit": ("ledger", "audit", "Check the chains of the ledger and the vault."),
    "doctor": ("doctor", "app", "Is this machine ready? What is missing, and what to do about it."),
}


class _Words(TyperGroup):
    """Knows every word, imports a room only when it is asked for it."""

    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(_WORDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in _WORDS:
            return None
        module, name, words = _WORDS[cmd_name]
        command = get_command(getattr(import_module(f"window_client.cli.{module}"), name))
        command.name = cmd_name
        command.help = command.help or words
        command.short_help = words
        return command


app = typer.Typer(
    cls=_Words,
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    help="OneWindow 一窗: the dual-screen client of a combined service window. Without a command: the client itself.",
    epilog="Example: onewindow voucher verify receipt.pdf --json",
)


@app.callback()
def front(
    context: typer.Context,
    config: Annotated[Path | None, typer.Option(help="Settings file (YAML).")] = None,
    data: Annotated[Path | None, typer.Option(help="Data folder.")] = None,
    lang: Annotated[str | None, typer.Option(help="zh or en.")] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="File holding the vault's passphrase (0600).")] = None,
) -> None:
    context.obj = Asked(config, data, lang, passphrase_file)
    if context.invoked_subcommand is None:
        from window_client.cli.client import run_client

        raise typer.Exit(run_client(context))
