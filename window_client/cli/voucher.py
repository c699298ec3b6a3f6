"""`onewindow voucher …`: verify and show need no house, no key and no network; issue needs the house.

Law: "could not tell" has its own exit code (3) and is never mixed with "no" (1). Of several files the worst answer
counts: no before wrong input before could not tell.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from printing.errors import PressTrouble
from printing.keys import TrustList
from printing.verdict import Verdict
from printing.verify import verify as verify_source
from printing.voucher import Line, Voucher
from resources import texts
from window_client.casework.errors import WindowError
from window_client.cli.common import Exit, JsonFlag, emit, house, settings_of, stop
from window_client.counter.trouble import as_window_error

app = typer.Typer(no_args_is_help=True, help="Vouchers: issue, show, verify, trust-list.")
TrustOption = Annotated[Path | None, typer.Option("--trust", help="Trust list file; else the data folder's.")]
# The worst answer of several files: a no is a no, whatever the others are.
_ORDER = (Exit.NO, Exit.WRONG_INPUT, Exit.COULD_NOT, Exit.DONE)


@dataclass(frozen=True)
class Checked:
    """One file's answer, as it is printed."""

    file: str
    code: str
    genuine: bool
    words: str
    detail: str
    notes: tuple[str, ...]
    number: str
    kind: str
    copy: int
    human_code: str
    signer: str
    fields: dict[str, str]
    mismatches: tuple[str, ...]


@app.command(epilog="Example: onewindow voucher verify receipt.pdf photo.jpg --trust trust-list.cbor")
def verify(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(help="PDF, photo, scan, text file, or the symbol's text itself.")],
    trust: TrustOption = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Is this voucher genuine? Exit 0 yes, 1 no, 2 wrong input, 3 could not tell."""
    language = settings_of(context).language
    known = _trust(context, trust, json_wanted)
    found = [(name, _checked(name, known)) for name in files]
    told = [_told(name, verdict, language) for name, verdict in found]
    exits = {Exit(verdict.exit_code) for _, verdict in found}
    emit({"results": told}, json_wanted, partial(_all_said, told, language))
    raise typer.Exit(int(next(code for code in _ORDER if code in exits)))


@app.command(epilog="Example: onewindow voucher show receipt.pdf")
def show(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="PDF, photo, scan, text file, or the symbol's text itself.")],
    trust: TrustOption = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Every signed value of one voucher."""
    language = settings_of(context).language
    verdict = _checked(file, _trust(context, trust, json_wanted))
    told = _told(file, verdict, language)
    values = "\n".join(f"{place}: {value}" for place, value in verdict.fields.items())
    emit(told, json_wanted, f"{_said(told, language)}\n{values}".rstrip)
    raise typer.Exit(verdict.exit_code)


@app.command(epilog="Example: onewindow voucher issue voucher.json --out receipt.pdf --png receipt.png")
def issue(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The voucher's values as JSON (docs/vouchers.md §3).")],
    out: Annotated[Path, typer.Option("--out", help="Where the PDF goes.")] = Path("voucher.pdf"),
    png: Annotated[Path | None, typer.Option("--png", help="Where the 80 mm picture goes.")] = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Sign and draw one voucher; a number that was issued before gives the stored one."""
    from printing.files import write_private

    language = settings_of(context).language
    try:
        voucher = _voucher_from(file)
    except WindowError as trouble:
        stop(trouble, language=language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)
    with house(context, json_wanted=json_wanted) as opened:
        issued = opened.press.issue(voucher)
        try:
            write_private(out, issued.pdf)
            if png is not None:
                write_private(png, issued.receipt_png)
        except OSError as trouble:
            reason = {"printer": str(out), "reason": str(trouble.strerror)}
            stop(WindowError("printing.printer_refused", **reason), language=language, json_wanted=json_wanted)
    found = {"number": issued.number, "again": issued.again, "digest": issued.digest, "pdf": str(out)}
    emit({**found, "png": str(png) if png else None, "qr_text": issued.qr_text}, json_wanted)


@app.command("trust-list", epilog="Example: onewindow voucher trust-list --json")
def trust_list(context: typer.Context, trust: TrustOption = None, json_wanted: JsonFlag = False) -> None:
    """Whom this computer believes: keys, their limits, and how long the list is good."""
    language = settings_of(context).language
    known = _trust(context, trust, json_wanted)
    if known is None:
        where = trust or settings_of(context).data / "trust-list.cbor"
        wrong = WindowError("printing.trust_list_wrong", reason="missing", file=str(where))
        stop(wrong, language=language, json_wanted=json_wanted)
    rows = [
        {
            "key_id": key.kid.hex(),
            "algorithm": key.algorithm,
            "name": key.name,
            "regions": key.regions,
            "kinds": key.kinds,
            "sign_from": key.sign_from,
            "sign_until": key.sign_until,
            "compromised_since": key.compromised_since,
        }
        for key in known.keys
    ]
    found = {"version": known.version, "issued": known.issued, "expires": known.expires, "hosts": known.hosts}
    emit({**found, "digest": known.digest, "keys": rows}, json_wanted)


def _trust(context: typer.Context, named: Path | None, json_wanted: bool) -> TrustList | None:
    """The named list, or the data folder's, or none; a named one that cannot be used is wrong input."""
    settings = settings_of(context)
    path = named or settings.data / "trust-list.cbor"
    if named is None and not path.exists():
        return None
    try:
        return TrustList.load(path)
    except PressTrouble as trouble:
        told = as_window_error(trouble)
        assert told is not None
        code = Exit.WRONG_INPUT if named is not None else Exit.COULD_NOT
        stop(told, language=settings.language, code=code, json_wanted=json_wanted)


def _checked(name: str, trust: TrustList | None) -> Verdict:
    """A path, or the text of a symbol pasted as the argument."""
    is_text = name.startswith(("https://", "GV"))
    return verify_source(name if is_text else Path(name), trust, now=datetime.now(UTC))


def _told(name: str, verdict: Verdict, language: str) -> Checked:
    said = texts(language)
    voucher = verdict.voucher
    return Checked(
        file=name if not name.startswith(("https://", "GV")) else "-",
        code=verdict.code,
        genuine=verdict.genuine,
        words=said[f"verdict.{verdict.code}"],
        detail=verdict.detail,
        notes=tuple(said[f"verdict.note.{note}"] for note in verdict.notes),
        number=voucher.number if voucher else "",
        kind=voucher.kind if voucher else "",
        copy=voucher.copy if voucher else 0,
        human_code=verdict.human_code,
        signer=verdict.signer,
        fields=dict(verdict.fields),
        mismatches=tuple(each.place for each in verdict.mismatches),
    )


def _said(one: Checked, language: str) -> str:
    words = texts(language)
    lines = [f"{one.file}: {one.words} [{one.code}]"]
    if one.detail:
        lines.append(f"  {one.detail}")
    if one.number:
        lines.append(f"  {one.number}  {words['printing.cli.code']} {one.human_code}")
        lines.append(f"  {words['printing.cli.signed_by']} {one.signer}")
    return "\n".join(lines + [f"  {note}" for note in one.notes])


def _all_said(told: list[Checked], language: str) -> str:
    return "\n\n".join(_said(one, language) for one in told)


def _voucher_from(file: Path) -> Voucher:
    """The voucher of a JSON file; the trouble names the first part that is not as it should be."""
    field = "file"
    try:
        given: Any = json.loads(file.read_text(encoding="utf-8"))
        field = "number"
        found = {name: _text(given, (field := name)) for name in ("number", "kind", "layout", "centre")}
        field = "issued_at"
        moment = datetime.fromisoformat(given["issued_at"]) if "issued_at" in given else datetime.now(UTC)
        field = "lines"
        lines = _lines(given.get("lines", {}))
        field = "items"
        items = tuple(_lines(item) for item in given.get("items", []))
        field = "language"
        language = given.get("language", "zh")
        if language not in ("zh", "en", "zh+en"):
            raise ValueError(language)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise WindowError("printing.voucher_file", file=str(file), field=field) from None
    demo = given.get("demo") is True
    return Voucher(
        number=found["number"],
        kind=found["kind"],
        layout=found["layout"],
        centre=found["centre"],
        issued_at=moment,
        lines=lines,
        items=items,
        language=language,
        demo=demo,
    )


def _text(given: Any, name: str) -> str:
    value = given[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _lines(given: Any) -> tuple[Line, ...]:
    return tuple(Line(str(key), _text(given, key)) for key in given)
