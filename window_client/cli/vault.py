"""`onewindow vault …`: the e-document vault from the command line, for officers, integrators and scripts.

Laws: a passphrase or an ID number is never an argument (others can read arguments): they come from a file or the
terminal. A document leaves only for a case that brought it or with a consent, into a file nobody else may read, and
every such reading is in the trail.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from document_vault.errors import VaultTrouble
from document_vault.values import Origin
from resources import texts
from window_client.casework.errors import WindowError
from window_client.cli.common import Exit, JsonFlag, emit, house, settings_of, stop
from window_client.cli.vault_copies import back_up, bring_back
from window_client.cli.vault_files import content_of, media_type_of, write_private

if TYPE_CHECKING:
    from window_client.assembly import House

app = typer.Typer(no_args_is_help=True, help="The e-document vault: everything a resident handed in once.")

HolderOption = Annotated[
    str | None, typer.Option("--holder", help="The holder (32 hex digits), instead of an ID number.")
]
IdFileOption = Annotated[
    Path | None, typer.Option("--id-file", help="File holding the ID number, - for standard input; else it is asked.")
]
CaseOption = Annotated[str, typer.Option("--case", help="Case number this is done for.")]
How = Literal["quick", "hash", "full"]


@contextlib.contextmanager
def _opened(context: typer.Context, json_wanted: bool) -> Iterator[House]:
    """The house, with senseless wishes (exit 2) told apart from what could not be done (exit 3)."""
    from window_client.counter.trouble import as_window_error

    with house(context, json_wanted=json_wanted) as opened:
        try:
            yield opened
        except VaultTrouble as trouble:
            told = as_window_error(trouble) or WindowError(trouble.code)
            code = {"BadWish": Exit.WRONG_INPUT, "UnknownKind": Exit.WRONG_INPUT, "Gone": Exit.WRONG_INPUT}.get(
                type(trouble).__name__, Exit.COULD_NOT
            )
            if type(trouble).__name__ in ("NoConsent", "NotUsable"):
                code = Exit.NO
            stop(told, language=opened.settings.language, code=code, json_wanted=json_wanted)


def _holder(opened: House, holder: str | None, id_file: Path | None) -> str:
    if holder is not None:
        return holder
    if id_file is not None:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            number = sys.stdin.readline() if str(id_file) == "-" else id_file.read_text(encoding="utf-8")
            return opened.vault.holder_of(number.strip())
        raise WindowError("vault.file_unreadable", file=id_file.name)
    if not os.isatty(sys.stdin.fileno()):
        raise WindowError("vault.nobody_named")
    return opened.vault.holder_of(getpass.getpass("公民身份号码 ID number: "))


@app.command(epilog="Example: onewindow vault put card.jpg --kind id_card --case V20261121-03-0001-1 --id-file id.txt")
def put(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The document: JPEG, PNG, PDF, …")],
    *,
    kind: Annotated[str, typer.Option(help="Kind of material, as in the dictionary: id_card …")],
    case: CaseOption,
    holder: HolderOption = None,
    id_file: IdFileOption = None,
    origin: Annotated[Origin, typer.Option(help="Where it comes from.")] = Origin.ORIGINAL_SEEN,
    issued: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of issue.")] = None,
    expires: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day of validity.")] = None,
    pages: Annotated[int, typer.Option(min=1)] = 1,
    json_wanted: JsonFlag = False,
) -> None:
    """Keep a document. The same bytes of the same person are kept once; exit 0 either way."""
    with _opened(context, json_wanted) as opened:
        content = content_of(file)
        known = opened.catalogue.materials
        if kind not in known:
            raise WindowError("vault.unknown_kind", kind=kind)
        whose = _holder(opened, holder, id_file)
        kept = opened.vault.put(
            whose,
            kind,
            content,
            media_type=media_type_of(content),
            origin=origin,
            case=case,
            actor=opened.settings.station.clerk_number,
            issued=issued.date() if issued else None,
            expires=expires.date() if expires else None,
            pages=pages,
        )
        emit({"holder": whose, **asdict(kept)}, json_wanted)


@app.command(epilog="Example: onewindow vault get DOCUMENT --case V20261121-03-0001-1 --out card.jpg")
def get(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="Document reference (32 hex digits).")],
    case: CaseOption,
    out: Annotated[Path, typer.Option(help="File to write (0600, never over another); - for standard output.")],
    consent: Annotated[str, typer.Option(help="The resident's consent, where the case did not bring it itself.")] = "",
    purpose: Annotated[str, typer.Option(help="Service item code, with --consent.")] = "",
    json_wanted: JsonFlag = False,
) -> None:
    """Read a document: one the case brought itself, or with a consent. Exit 1 when the consent does not cover it."""
    with _opened(context, json_wanted) as opened:
        clerk = opened.settings.station.clerk_number
        if str(out) != "-" and out.exists():
            raise WindowError("vault.file_exists", file=out.name)
        if consent:
            content = opened.vault.lend(document, consent=consent, purpose=purpose, case=case, actor=clerk)
        else:
            content = opened.vault.read_own(document, case=case, actor=clerk)
        if str(out) == "-":
            sys.stdout.buffer.write(content)
            return
        write_private(out, content)
        emit({"document": document, "bytes": len(content), "file": str(out)}, json_wanted)


@app.command("list", epilog="Example: onewindow vault list --id-file id.txt --json")
def list_(
    context: typer.Context,
    holder: HolderOption = None,
    id_file: IdFileOption = None,
    json_wanted: JsonFlag = False,
) -> None:
    """What is kept for one person, newest first."""
    with _opened(context, json_wanted) as opened:
        whose = _holder(opened, holder, id_file)
        rows = opened.vault.list(whose)
        words = texts(opened.settings.language)
        told = {"holder": whose, "documents": [asdict(row) for row in rows]}
        emit(
            told,
            json_wanted,
            lambda: "\n".join(
                [
                    f"holder {whose}",
                    *(
                        f"{row.document}  {row.kind:28} {row.state:8} {words[f'vault.origin.{row.origin}']}  "
                        f"{row.kept_at.astimezone():%Y-%m-%d %H:%M}  → {row.expires or '—'}  {row.case}"
                        for row in rows
                    ),
                ]
            ),
        )


@app.command("who-used", epilog="Example: onewindow vault who-used --id-file id.txt")
def who_used(
    context: typer.Context,
    holder: HolderOption = None,
    id_file: IdFileOption = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Every use of one person's documents, refusals too: for the resident to read or take home."""
    with _opened(context, json_wanted) as opened:
        whose = _holder(opened, holder, id_file)
        uses = opened.vault.who_used(whose)
        words = texts(opened.settings.language)
        emit(
            {"holder": whose, "uses": [asdict(use) for use in uses]},
            json_wanted,
            lambda: "\n".join(
                f"{use.at.astimezone():%Y-%m-%d %H:%M:%S}  {words[f'vault.act.{use.act}']}  "
                f"{words[f'vault.decision.{use.decision}']}  {use.kind}  {use.purpose or '—'}  {use.case}  "
                f"{use.actor}  {use.reason}".rstrip()
                for use in uses
            ),
        )


@app.command(epilog="Example: onewindow vault check full --json")
def check(
    context: typer.Context,
    how: Annotated[
        How, typer.Argument(help="quick: there and long enough · hash: read all · full: open all.")
    ] = "quick",
    json_wanted: JsonFlag = False,
) -> None:
    """Is everything there and true? The trail too. Exit 1 when something is not."""
    with _opened(context, json_wanted) as opened:
        report, trail = opened.vault.check(how), opened.vault.verify_audit()
        told = {
            **asdict(report),
            "ok": report.ok and trail.ok,
            "audit": {"entries": trail.entries, "wrong": [list(one) for one in trail.wrong]},
        }
        emit(told, json_wanted)
        if not (report.ok and trail.ok):
            raise typer.Exit(int(Exit.NO))


@app.command(epilog="Example: onewindow vault repair --copy /media/backup")
def repair(
    context: typer.Context,
    copy: Annotated[list[Path] | None, typer.Option(help="A backup folder to fetch from; may be given often.")] = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Put right what a check found; what nobody has a copy of is named. Exit 1 when something stays lost."""
    with _opened(context, json_wanted) as opened:
        report = opened.vault.repair(copies=copy or (), actor=opened.settings.station.clerk_number)
        emit(report, json_wanted)
        if report.lost:
            raise typer.Exit(int(Exit.NO))


@app.command("rotate-keys", epilog="Example: onewindow vault rotate-keys")
def rotate_keys(
    context: typer.Context,
    retire: Annotated[
        bool, typer.Option(help="Forget the older wrapping keys; old backups then need their own keys.")
    ] = False,
    json_wanted: JsonFlag = False,
) -> None:
    """A new wrapping key for every person, while the windows go on working."""
    with _opened(context, json_wanted) as opened:
        emit(opened.vault.rotate_keys(actor=opened.settings.station.clerk_number, retire=retire), json_wanted)


@app.command(epilog="Example: onewindow vault backup /media/backup")
def backup(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(help="Folder of the backup; only what is new is copied into it.")],
    json_wanted: JsonFlag = False,
) -> None:
    """Copy records, objects and sealed keys; everything is checked while it is copied. Readable with your keys only."""
    with _opened(context, json_wanted) as opened:
        emit(back_up(opened, target), json_wanted)


@app.command(epilog="Example: onewindow --data /srv/onewindow vault restore /media/backup")
def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="Folder of the backup.")],
    json_wanted: JsonFlag = False,
) -> None:
    """Fill an empty data folder from a backup, then open it and check every document."""
    settings = settings_of(context)
    try:
        brought = bring_back(settings.data, source)
    except VaultTrouble as trouble:
        stop(WindowError(trouble.code, **trouble.detail), language=settings.language, json_wanted=json_wanted)
    with _opened(context, json_wanted) as opened:
        rebuilt = opened.vault.repair(actor=opened.settings.station.clerk_number)
        report = opened.vault.check("full")
        told: dict[str, Any] = {
            **brought,
            "rows_rebuilt": rebuilt.rows_rebuilt,
            "check": {**asdict(report), "ok": report.ok},
        }
        emit(told, json_wanted)
        if not report.ok:
            raise typer.Exit(int(Exit.NO))


@app.command(epilog="Example: onewindow vault forget --id-file id.txt --yes")
def forget(
    context: typer.Context,
    holder: HolderOption = None,
    id_file: IdFileOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask once more.")] = False,
    json_wanted: JsonFlag = False,
) -> None:
    """Destroy one person's key: all their documents are gone for good. The trail keeps the fact, not the content."""
    with _opened(context, json_wanted) as opened:
        whose = _holder(opened, holder, id_file)
        documents = len(opened.vault.list(whose))
        if not yes:
            typer.confirm(
                texts(opened.settings.language)["vault.ask.forget"].format(count=documents), abort=True, err=True
            )
        opened.vault.forget(whose, actor=opened.settings.station.clerk_number)
        opened.cabinet.forget(whose)
        emit({"holder": whose, "documents": documents}, json_wanted)
