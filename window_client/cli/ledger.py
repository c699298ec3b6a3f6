"""`onewindow ledger export` and `onewindow audit verify`: the ledger as it rests, and whether it still holds together.

The export gives away nothing that the ledger keeps sealed: private bodies leave sealed, as base64.
"""

from __future__ import annotations

import base64
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, TextIO

import typer

import resources
from printing.issue_log import LogReport
from window_client.casework.errors import WindowError
from window_client.casework.ledger import ChainReport, Head, Link
from window_client.casework.records.cabinet import Cabinet
from window_client.cli.common import Exit, JsonFlag, emit, house, settings_of, stop

app = typer.Typer(help="The ledger: everything that happened, as it rests.", no_args_is_help=True)
audit = typer.Typer(help="Check that nothing was changed, removed or added.", no_args_is_help=True)


@app.callback()
def _ledger() -> None:
    """The ledger: everything that happened, as it rests."""


@audit.callback()
def _audit() -> None:
    """Check that nothing was changed, removed or added."""


@app.command("export", epilog="Example: onewindow ledger export --out ledger.jsonl")
def export_command(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="File to write (JSON lines); standard output when absent.")] = None,
    station: Annotated[str | None, typer.Option(help="Only this station's chain.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Write every entry as one JSON line: place, time, actor, kind, hashes, and the body (sealed ones as base64)."""
    with house(context, json_wanted=as_json) as opened:
        cabinet = opened.cabinet
        stations = [head.station for head in cabinet.heads() if station in (None, head.station)]
        if out is None:
            written = _write(cabinet, stations, sys.stdout)
        else:
            written = _write_file(cabinet, stations, out)
            emit({"entries": written, "file": str(out), "heads": _heads(cabinet.heads())}, as_json)


@audit.command("verify", epilog="Example: onewindow audit verify --heads heads.json --json")
def verify_command(
    context: typer.Context,
    heads: Annotated[
        Path | None, typer.Option(help="Heads kept elsewhere (JSON list of station, position, hash).")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Walk every chain from its first entry. Exit 1 when one does not hold; names the first place."""
    settings = settings_of(context)
    try:
        known = _read_heads(heads) if heads else ()
    except WindowError as trouble:
        stop(trouble, language=settings.language, code=Exit.WRONG_INPUT, json_wanted=as_json)
    with house(context, json_wanted=as_json) as opened:
        report = opened.cabinet.verify_chain(known)
        issued = opened.books.log.audit(opened.trust)
    ok = report.ok and issued.ok
    told = {
        "ok": ok,
        "entries": report.entries,
        "heads": _heads(report.heads),
        "breaks": [asdict(one) for one in report.breaks],
        "issue_log": {"ok": issued.ok, **asdict(issued)},
    }
    emit(told, as_json, lambda: f"{_words(report, settings.language)}\n{_log_words(issued, settings.language)}")
    if not ok:
        raise typer.Exit(int(Exit.NO))


def _write_file(cabinet: Cabinet, stations: list[str], out: Path) -> int:
    """Beside first, then in place: a half-written export never carries the name that was asked for."""
    making = out.with_name(out.name + ".part")
    try:
        with making.open("w", encoding="utf-8") as file:
            written = _write(cabinet, stations, file)
        making.replace(out)
    except OSError as failure:
        raise WindowError("casework.export_failed", error=failure.strerror or "OSError") from None
    finally:
        making.unlink(missing_ok=True)
    return written


def _write(cabinet: Cabinet, stations: list[str], file: TextIO) -> int:
    written = 0
    for station in stations:
        for link in cabinet.links(station):
            file.write(json.dumps(_line(link), ensure_ascii=False, sort_keys=True) + "\n")
            written += 1
    return written


def _line(link: Link) -> dict[str, object]:
    sealed = bool(link.holder)
    return {
        "station": link.station,
        "position": link.position,
        "visit": link.visit,
        "seq": link.seq,
        "at": link.at,
        "actor": link.actor,
        "kind": link.kind,
        "holder": link.holder,
        "operation": link.operation,
        "body": base64.b64encode(link.body).decode() if sealed else json.loads(link.body),
        "sealed": sealed,
        "prev": link.prev.hex(),
        "hash": link.hash.hex(),
    }


def _heads(heads: tuple[Head, ...]) -> list[dict[str, object]]:
    return [asdict(head) for head in heads]


def _read_heads(file: Path) -> tuple[Head, ...]:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        listed = said["heads"] if isinstance(said, dict) else said
        return tuple(Head(str(one["station"]), int(one["position"]), str(one["hash"])) for one in listed)
    except (OSError, ValueError, TypeError, KeyError):
        raise WindowError("casework.heads_unreadable", file=file.name) from None


def _log_words(issued: LogReport, language: str) -> str:
    words = resources.texts(language)
    if issued.ok:
        line = words["printing.cli.log_whole"].replace("{leaves}", str(issued.leaves))
        return line.replace("{checkpoints}", str(issued.checkpoints))
    rows = [words[f"printing.cli.log.{one.why}"].replace("{where}", one.where) for one in issued.breaks]
    return "\n".join(rows)


def _words(report: ChainReport, language: str) -> str:
    words = resources.texts(language)
    if report.ok:
        whole = words["casework.audit.whole"].replace("{entries}", str(report.entries))
        return whole.replace("{stations}", str(len(report.heads)))
    lines = []
    for one in report.breaks:
        line = words["casework.audit.broken"].replace("{station}", one.station)
        why = words[f"casework.audit.why.{one.why}"]
        lines.append(line.replace("{position}", str(one.position)).replace("{why}", why))
    return "\n".join(lines)
