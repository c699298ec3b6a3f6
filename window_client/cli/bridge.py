"""``onewindow bridge``: a department's recipe tried out: looked at, run, compared with yesterday's page.

It stands alone: no vault, no house records. ``run`` keeps its own journal (a plain SQLite file, ``--journal``), so that
the same key is never submitted twice from the command line either.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

import bridges.recipe as recipes
from bridges.filing import (
    FieldsChecked,
    Filed,
    Filing,
    Note,
    NotSent,
    Outcome,
    Progress,
    Refused,
    StepBegan,
    Unsure,
)
from bridges.filing_desk import FilingDesk
from bridges.inspection import lines_of_fields
from bridges.journal import open_plain
from bridges.recipe import Recipe
from resources import texts
from window_client.casework.errors import WindowError
from window_client.cli import drifting, looked
from window_client.cli.accepting import accept, hint
from window_client.cli.bridge_common import (
    Attach,
    Base,
    Item,
    PasswordFile,
    RecipeName,
    User,
    Watch,
    account_of,
    accounts,
    address_of,
    filing_of,
    looked_at,
    recipe_named,
)
from window_client.cli.common import Exit, JsonFlag, emit, settings_of, stop
from window_client.cli.recording import record

app = typer.Typer(
    no_args_is_help=True,
    help="A department's recipe (配方): check it, run it, see what changed.",
    epilog="Example: onewindow bridge check gongan --user window03 --password-file pw.txt",
)
app.command("record", epilog="Example: onewindow bridge record http://10.0.0.8:8080/login --out my/recipe.yaml")(record)
app.command("accept", epilog="Example: onewindow bridge accept gongan --user window03 --password-file pw.txt")(accept)


@app.command("check", epilog="Example: onewindow bridge check gongan --user window03")
def check(
    context: typer.Context, recipe: RecipeName, user: User = "", password_file: PasswordFile = None, base: Base = "",
    watch: Watch = False, json_wanted: JsonFlag = False,
) -> None:  # fmt: skip
    """Say field by field what would be filled, without touching the department's data."""
    language = settings_of(context).language
    known = recipe_named(recipe, language, json_wanted)
    seen = looked_at(known, account_of(user, password_file), base, watch, language, json_wanted)
    lines = lines_of_fields(known)
    report = {
        "recipe": str(known.file),
        "department": known.department,
        "fields": [{**asdict(one), "line": lines.get((one.form, one.step, one.field), 0)} for one in seen.fields],
        "unreached": [asdict(one) for one in seen.unreached],
        "not_mentioned": [{**asdict(one), "line": one.line()} for one in seen.spare],
    }
    emit(report, json_wanted, lambda: looked.in_words(known, seen, language))
    _hint(known, recipe, language, json_wanted or any(one.problem for one in seen.fields))
    if any(one.problem for one in seen.fields):
        raise typer.Exit(int(Exit.NO))


@app.command("drift", epilog="Example: onewindow bridge drift --user window03 --password-file pw.txt")
def drift(
    context: typer.Context,
    recipe: Annotated[str, typer.Argument(metavar="[RECIPE]", help="A department id or a path; without it all.")] = "",
    user: User = "", password_file: PasswordFile = None, base: Base = "",
    kept: Annotated[bool, typer.Option("--sign-ins", help="Use what `onewindow sign-in` keeps for each.")] = False,
    keep: Annotated[bool, typer.Option("--accept", help="Record the page as it is now, beside the recipe.")] = False,
    json_wanted: JsonFlag = False,
) -> None:  # fmt: skip
    """Compare pages with recipes and with the pages as they were last accepted. 1: something changed; 3: not seen."""
    settings = settings_of(context)
    language = settings.language
    with accounts(context, account_of(user, password_file), kept, json_wanted) as account_at:
        if recipe:
            known = recipe_named(recipe, language, json_wanted)
            address = address_of(settings, known.department, base)
            seen = looked_at(known, account_at(known.department), address, False, language, json_wanted)
            reports: list[dict[str, Any]] = [drifting.report_of(known, seen, accept=keep)]
        elif base:
            trouble = WindowError("bridge.base_for_one")
            stop(trouble, language=language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)
        else:
            look = drifting.looker(account_at, lambda name: address_of(settings, name, ""))
            reports = drifting.all_reports(recipes.roll_call(), look, accept=keep)
    told = reports[0] if recipe else {"departments": reports}
    emit(
        told,
        json_wanted,
        lambda: "\n".join(
            drifting.in_words(one, language, lambda seen: looked.line(seen, language)) for one in reports
        ),
    )
    if any("error" in one for one in reports):
        raise typer.Exit(int(Exit.COULD_NOT))
    if not keep and any(one["changes"] or one["controls"] for one in reports):
        raise typer.Exit(int(Exit.NO))


@app.command(
    "run", epilog="Example: onewindow bridge run canlian --values me.json --attach id_card=id.jpg --stop-before-submit"
)
def run(
    context: typer.Context,
    recipe: RecipeName,
    values: Annotated[Path, typer.Option(help="JSON: {name: value}; nested names get dots, lists are tables.")],
    attach: Attach = None,
    item: Item = "",
    key: Annotated[str, typer.Option(help="Filing key; the same key is never submitted twice.")] = "",
    stop_before_submit: Annotated[bool, typer.Option("--stop-before-submit")] = False,
    evidence: Annotated[Path | None, typer.Option(help="Folder for the evidence.")] = None,
    journal: Annotated[Path | None, typer.Option(help="SQLite file; default: bridge-journal.db in the data.")] = None,
    user: User = "", password_file: PasswordFile = None, base: Base = "", watch: Watch = False,
    json_wanted: JsonFlag = False,
) -> None:  # fmt: skip
    """Fill the department's form, read every value back, and submit it once."""
    settings = settings_of(context)
    language = settings.language
    known = recipe_named(recipe, language, json_wanted)
    account = account_of(user, password_file)
    filing = filing_of(known, values, attach or [], item, key, language, json_wanted)
    home = settings.data / "bridge"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    desk = FilingDesk(
        open_plain(journal or home / "bridge-journal.db"), home / "browsers", lambda _: account,
        departments={known.department: known}, base_urls={known.department: base} if base else {}, headless=not watch,
    )  # fmt: skip
    try:
        outcome = desk.file(filing, lambda told: _say(told, language), stop_before_submit=stop_before_submit)
    finally:
        desk.close()
    if evidence is not None:
        evidence.mkdir(parents=True, exist_ok=True, mode=0o700)
        for piece in outcome.evidence:
            (evidence / piece.name).touch(mode=0o600)
            (evidence / piece.name).write_bytes(piece.content)
    emit(_report(filing, outcome), json_wanted, lambda: _words(outcome, language))
    _hint(known, recipe, language, json_wanted or not isinstance(outcome, Filed))
    rehearsed = stop_before_submit and isinstance(outcome, NotSent) and outcome.code == "stopped_before_submit"
    raise typer.Exit(int(Exit.DONE if rehearsed else _exit(outcome)))


def _exit(outcome: Outcome) -> Exit:
    match outcome:
        case Filed():
            return Exit.DONE
        case Refused() | Unsure():
            return Exit.NO
        case NotSent(reason="data"):
            return Exit.WRONG_INPUT
        case NotSent():
            return Exit.COULD_NOT


def _hint(known: Recipe, name: str, language: str, silent: bool) -> None:
    """What is left to do once the recipe is seen to work."""
    said = "" if silent else hint(known, name, language)
    if said:
        print(said, file=sys.stderr)


def _say(told: Progress, language: str) -> None:
    match told:
        case StepBegan(name, n, of):
            print(f"[{n}/{of}] {texts(language)[f'bridge.step.{name}']}", file=sys.stderr)
        case FieldsChecked(filled, verified, of):
            print(f"      {verified}/{filled} ({of})", file=sys.stderr)
        case Note(code):
            print(texts(language)[f"bridge.note.{code}"], file=sys.stderr)


def _report(filing: Filing, outcome: Outcome) -> dict[str, Any]:
    told = {key: value for key, value in vars(outcome).items() if key not in ("proofs", "evidence")}
    return {
        "key": filing.key,
        "outcome": type(outcome).__name__.lower(),
        **told,
        "fields_filled": len(outcome.proofs),
        "fields_verified": sum(proof.ok for proof in outcome.proofs),
        "evidence": [{"name": piece.name, "sha256": piece.sha256} for piece in outcome.evidence],
    }


def _words(outcome: Outcome, language: str) -> str:
    words = texts(language)
    code, detail = "", dict[str, str]()
    match outcome:
        case Filed(number=number):
            return words["bridge.filed"].replace("{number}", number)
        case Refused(words=said):
            return words["bridge.refused"].replace("{words}", said)
        case Unsure(why=why):
            code = why
        case NotSent():
            code, detail = outcome.code, dict(outcome.detail)
    told = "\n".join(words.get(f"bridge.{code}.{part}", "") for part in ("happened", "done", "next"))
    for name, value in detail.items():
        told = told.replace("{" + name + "}", value)
    return told
