"""`onewindow catalogue lint | list | search`: the service items, for whoever writes them and whoever looks for one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import resources
from window_client.casework.catalogue import Catalogue, CatalogueWrong, ServiceItem
from window_client.casework.catalogue_lint import Finding, lint
from window_client.cli.common import Exit, JsonFlag, emit, settings_of, stop

app = typer.Typer(help="Service items: lint, list, search.", no_args_is_help=True)
_Folder = Annotated[Path | None, typer.Option("--dir", help="Another catalogue folder than the one shipped.")]


@app.command("lint", epilog="Example: onewindow catalogue lint --json")
def lint_command(context: typer.Context, folder: _Folder = None, as_json: JsonFlag = False) -> None:
    """Check every page of the catalogue; each finding names file and line. Exit 1 when there is one."""
    language = settings_of(context).language
    place = folder or resources.catalogue_dir()
    found = lint(place, language)
    items = () if any(one.rule == "unusable" for one in found) else tuple(Catalogue.load(place).items.values())
    told = {
        "ok": not found,
        "items": len(items),
        "departments": len({item.department for item in items}),
        "findings": [{"file": one.file.name, "line": one.line, "rule": one.rule, "words": one.words} for one in found],
    }
    emit(told, as_json, lambda: _lint_words(found, items, language))
    if found:
        raise typer.Exit(int(Exit.NO))


@app.command("list", epilog="Example: onewindow catalogue list --department canlian")
def list_command(
    context: typer.Context,
    department: Annotated[str | None, typer.Option(help="Only this department's items.")] = None,
    folder: _Folder = None,
    as_json: JsonFlag = False,
) -> None:
    """All items, by department."""
    language = settings_of(context).language
    catalogue = _load(folder, language, as_json)
    items = [item for item in catalogue.items.values() if department in (None, item.department)]
    emit({"items": [_told(item) for item in items]}, as_json, lambda: _lines(items, language))


@app.command("search", epilog="Example: onewindow catalogue search 老年卡")
def search_command(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Name, everyday name, pinyin, initials or code.")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 10,
    folder: _Folder = None,
    as_json: JsonFlag = False,
) -> None:
    """The best items first. Exit 1 when nothing fits."""
    language = settings_of(context).language
    found = list(_load(folder, language, as_json).search(" ".join(words), limit))
    emit({"items": [_told(item) for item in found]}, as_json, lambda: _lines(found, language))
    if not found:
        raise typer.Exit(int(Exit.NO))


def _load(folder: Path | None, language: str, as_json: bool) -> Catalogue:
    try:
        return Catalogue.load(folder or resources.catalogue_dir())
    except CatalogueWrong as trouble:
        stop(trouble, language=language, code=Exit.WRONG_INPUT, json_wanted=as_json)


def _told(item: ServiceItem) -> dict[str, object]:
    return {
        "code": item.code,
        "name": item.name,
        "name_en": item.name_en,
        "version": item.version,
        "department": item.department,
        "department_name": item.department_name,
        "project_type": item.project_type,
        "promise_days": item.promise_days,
        "promise_unit": item.promise_unit,
        "fields": len(item.fields),
        "materials": [need.kind for need in item.materials],
        "demo": item.demo,
    }


def _promise(item: ServiceItem, words: dict[str, str]) -> str:
    if item.is_immediate:
        return words["casework.promise.immediate"]
    return words[f"casework.promise.{item.promise_unit}"].replace("{days}", str(item.promise_days))


def _lines(items: list[ServiceItem], language: str) -> str:
    words = resources.texts(language)
    if not items:
        return words["casework.search.nothing"]
    english = language == "en"
    return "\n".join(
        f"{item.code:<32} {item.name_en if english else item.name} · "
        f"{item.department_name_en if english else item.department_name} · {_promise(item, words)}"
        f"{words['casework.demo_mark'] if item.demo else ''}"
        for item in items
    )


def _lint_words(found: list[Finding], items: tuple[ServiceItem, ...], language: str) -> str:
    words = resources.texts(language)
    if not found:
        clean = words["casework.lint.clean"].replace("{items}", str(len(items)))
        return clean.replace("{departments}", str(len({item.department for item in items})))
    lines = [f"{one.file.name}:{one.line}: {one.words}" for one in found]
    return "\n".join([*lines, words["casework.lint.found"].replace("{count}", str(len(found)))])
