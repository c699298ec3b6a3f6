"""What the commands about a recipe share: the recipe by its name, the account, what to file, and a look at the page."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

import bridges.recipe as recipes
from bridges.filing import Attachment, Credentials, Filing, Secret
from bridges.gaps import told_values
from bridges.inspection import CannotInspect, Inspection, inspect
from bridges.recipe import Recipe, RecipeWrong
from window_client.casework.errors import WindowError
from window_client.cli.common import Exit, house, stop
from window_client.settings import Settings

MEDIA = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".tif": "image/tiff",
}
RecipeName = Annotated[str, typer.Argument(metavar="RECIPE", help="A department id or a path to recipe.yaml.")]
User = Annotated[str, typer.Option(help="Account at the department.")]
PasswordFile = Annotated[Path | None, typer.Option(help="File with its password; otherwise it is asked for.")]
Base = Annotated[str, typer.Option(help="Address of the department's system, when not the recipe's own.")]
Watch = Annotated[bool, typer.Option("--watch", help="Show the browser.")]
Item = Annotated[str, typer.Option(help="Item code or form name, when the recipe has several.")]
Attach = Annotated[list[str] | None, typer.Option(help="KIND=FILE, may be repeated.")]


def recipe_named(name: str, language: str, json_wanted: bool) -> Recipe:
    try:
        return recipes.find(name)
    except RecipeWrong as wrong:
        if json_wanted:
            told = {
                "error": f"recipe.{wrong.code}",
                "file": str(wrong.file),
                "line": wrong.line,
                "detail": wrong.detail,
            }
            print(json.dumps(told, ensure_ascii=False))
        print(f"{wrong.file}:{wrong.line}: {wrong.in_words(language)}", file=sys.stderr)
        raise typer.Exit(int(Exit.WRONG_INPUT)) from None


def looked_at(
    recipe: Recipe, account: Credentials | None, base: str, watch: bool, language: str, json_wanted: bool
) -> Inspection:
    try:
        return inspect(recipe, account, base=base, headless=not watch)
    except CannotInspect as trouble:
        stop(WindowError(f"bridge.{trouble.code}", **trouble.detail), language=language, json_wanted=json_wanted)


@contextlib.contextmanager
def accounts(
    context: typer.Context, account: Credentials | None, kept: bool, json_wanted: bool
) -> Iterator[Callable[[str], Credentials | None]]:
    """Who signs in at a department: what `onewindow sign-in` keeps for it, or the one account that was given."""
    if not kept:
        yield lambda _: account
        return
    with house(context, json_wanted=json_wanted) as opened:
        yield opened.sign_ins.of


def address_of(settings: Settings, department: str, base: str) -> str:
    """Where its system is: as was said, else as this window's settings say; empty for the recipe's own."""
    link = settings.departments.get(department)
    return base or (link.base_url if link else "")


def account_of(user: str, password_file: Path | None) -> Credentials | None:
    """The password comes from a file or from the terminal; never from an argument or the environment."""
    if not user:
        return None
    if password_file is not None:
        return Credentials(user, Secret(password_file.read_text(encoding="utf-8").strip("\r\n")))
    if not os.isatty(sys.stdin.fileno()):
        return Credentials(user, Secret(sys.stdin.readline().rstrip("\r\n")))
    return Credentials(user, Secret(getpass.getpass(f"{user}: ")))


def filing_of(
    recipe: Recipe, file: Path, attach: list[str], item: str, key: str, language: str, json_wanted: bool
) -> Filing:
    forms = list(recipe.forms.values())
    if not item and len(forms) > 1:
        stop(item_needed(recipe), language=language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        values, tables = told_values(told)
    except (OSError, ValueError, AttributeError) as why:
        trouble = WindowError("bridge.wrong_values", file=str(file), why=type(why).__name__)
        stop(trouble, language=language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)
    chosen = item or forms[0].items[0]
    attachments = tuple(_attachment(word, language, json_wanted) for word in attach)
    return Filing(key or f"{file.stem}:{recipe.department}:1", recipe.department, chosen, values, tables, attachments)


def item_needed(recipe: Recipe) -> WindowError:
    known = "、".join(code for form in recipe.forms.values() for code in form.items)
    return WindowError("bridge.item_needed", known=known)


def _attachment(word: str, language: str, json_wanted: bool) -> Attachment:
    kind, _, name = word.partition("=")
    path = Path(name)
    if not kind or not name or not path.is_file():
        trouble = WindowError("bridge.wrong_attachment", word=word)
        stop(trouble, language=language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)
    media = MEDIA.get(path.suffix.lower(), "application/octet-stream")
    return Attachment(kind, path.name, media, path.read_bytes())
