"""`onewindow voucher …`: verify and show need no house, no key and no network; issue needs the house.

Law: "could not tell" has its own exit code (3) and is never mixed with "no" (1). Of several files the worst answer
counts: no before wrong input before could not tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from printing.errors import PressTrouble
from printing.inquiry import Papers
from printing.verdict import Basis, Verdict
from resources import texts
from window_client.casework.errors import WindowError
from window_client.cli import notices
from window_client.cli import voucher_standing as standing
from window_client.cli.common import Exit, JsonFlag, emit, settings_of, stop
from window_client.cli.voucher_keys import app as keys_app
from window_client.cli.voucher_page import page
from window_client.cli.voucher_standing import status_app
from window_client.counter.trouble import as_window_error

app = typer.Typer(
    no_args_is_help=True, help="Vouchers: issue, show, verify, revoke, suspend, redeem, status lists, trust list, keys."
)
StatusOption = Annotated[
    list[Path] | None, typer.Option("--status", help="Status list file; beside the data folder's.")
]
TrustOption = Annotated[Path | None, typer.Option("--trust", help="Trust list file; else the data folder's.")]
app.add_typer(keys_app, name="keys")
app.add_typer(status_app, name="status-list")
notices.add_to(app)
app.command("page", epilog="Example: onewindow voucher page /srv/www/verify")(page)
app.command("revoke", epilog="Example: onewindow voucher revoke V1-R1 --reason 误发")(standing.revoke)
app.command("suspend", epilog="Example: onewindow voucher suspend V1-R1 --reason 核实中")(standing.suspend)
app.command("resume", epilog="Example: onewindow voucher resume V1-R1 --reason 核实无误")(standing.resume)
app.command("redeem", epilog="Example: onewindow voucher redeem V1-R1 --reason 已领证")(standing.redeem)
app.command("history", epilog="Example: onewindow voucher history V1-R1 --json")(standing.history)
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
    answer: str
    replaces: str
    replaced_by: str
    basis: Basis


@app.command(epilog="Example: onewindow voucher verify receipt.pdf photo.jpg --trust trust-list.cbor")
def verify(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(help="PDF, photo, scan, text file, or the symbol's text itself.")],
    trust: TrustOption = None,
    status: StatusOption = None,
    proof: Annotated[Path | None, typer.Option("--proof", help="Log proof file; a PDF may carry its own.")] = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Is this voucher genuine? Exit 0 yes, 1 no, 2 wrong input, 3 could not tell."""
    language = settings_of(context).language
    known = papers_of(context, trust, json_wanted, status or ())
    beside = _proof(proof, language, json_wanted)
    found = [(name, _checked(name, known, beside)) for name in files]
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
    verdict = _checked(file, papers_of(context, trust, json_wanted))
    told = _told(file, verdict, language)
    values = "\n".join(f"{place}: {value}" for place, value in verdict.fields.items())
    emit(told, json_wanted, f"{_said(told, language)}\n{values}".rstrip)
    raise typer.Exit(verdict.exit_code)


@app.command("trust-list", epilog="Example: onewindow voucher trust-list --json")
def trust_list(context: typer.Context, trust: TrustOption = None, json_wanted: JsonFlag = False) -> None:
    """Whom this computer believes: keys, their limits, and how long the list is good."""
    language = settings_of(context).language
    papers = papers_of(context, trust, json_wanted)
    known = papers.trust
    if known is None:
        where = trust or settings_of(context).data / "trust-list.cbor"
        wrong = WindowError("printing.trust_list_wrong", reason=papers.unproven or "missing", file=str(where))
        stop(wrong, language=language, json_wanted=json_wanted)
    rows = [
        {
            "key_id": key.kid.hex(),
            "algorithm": key.algorithm,
            "use": key.use,
            "name": key.name,
            "regions": key.regions,
            "kinds": key.kinds,
            "sign_from": key.sign_from,
            "sign_until": key.sign_until,
            "compromised_since": key.compromised_since,
        }
        for key in known.keys
    ]
    roots = known.roots
    assert roots is not None  # every list out of a file has its proven roots
    root = {
        "name": roots.last.name,
        "version": roots.last.version,
        "realm": roots.realm,
        "threshold": roots.last.threshold,
        "of": len(roots.last.keys),
        "expires": roots.last.expires,
        "local": roots.last.local,
    }
    found = {"version": known.version, "issued": known.issued, "expires": known.expires, "hosts": known.hosts}
    emit({**found, "digest": known.digest, "root": root, "keys": rows}, json_wanted)


def papers_of(context: typer.Context, named: Path | None, json_wanted: bool, status: Sequence[Path] = ()) -> Papers:
    """The named trust list, or the data folder's, or none; a named one that is none is wrong input."""
    settings = settings_of(context)
    try:
        return Papers.load(settings.data, trust=named, status=status)
    except PressTrouble as trouble:
        told = as_window_error(trouble)
        assert told is not None
        code = Exit.WRONG_INPUT if named is not None else Exit.COULD_NOT
        stop(told, language=settings.language, code=code, json_wanted=json_wanted)


def _proof(path: Path | None, language: str, json_wanted: bool) -> bytes:
    if path is None:
        return b""
    try:
        return path.read_bytes()
    except OSError as trouble:
        wrong = WindowError("printing.log_wrong", reason="unreadable", file=str(path), system=str(trouble.strerror))
        stop(wrong, language=language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)


def _checked(name: str, papers: Papers, proof: bytes = b"") -> Verdict:
    """A path, or the text of a symbol pasted as the argument."""
    is_text = name.startswith(("https://", "GV"))
    return papers.verify(name if is_text else Path(name), datetime.now(UTC), proof)


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
        answer=verdict.kind,
        replaces=verdict.replaces,
        replaced_by=verdict.replaced_by,
        basis=verdict.basis,
    )


def _said(one: Checked, language: str) -> str:
    words = texts(language)
    lines = [f"{one.file}: {one.words} [{one.code}]"]
    if one.detail:
        lines.append(f"  {one.detail}")
    if one.number:
        lines.append(f"  {one.number}  {words['printing.cli.code']} {one.human_code}")
        lines.append(f"  {words['printing.cli.signed_by']} {one.signer}")
    return "\n".join(lines + [f"  {note}" for note in one.notes] + _stands_on(one.basis, words))


def _stands_on(basis: Basis, words: dict[str, str]) -> list[str]:
    """How old the lists are, so that a person can judge it."""
    found = []
    if basis.trust_issued is not None and basis.trust_expires is not None:
        line = words["printing.cli.basis_trust"].replace("{version}", str(basis.trust_version))
        line = line.replace("{date}", str(basis.trust_issued.date())).replace(
            "{until}", str(basis.trust_expires.date())
        )
        found.append("  " + line.replace("{root}", basis.root or "-"))
    if basis.status_issued is not None:
        line = words["printing.cli.basis_status"].replace("{version}", str(basis.status_version))
        found.append("  " + line.replace("{date}", basis.status_issued.isoformat(timespec="minutes")))
    return found


def _all_said(told: list[Checked], language: str) -> str:
    return "\n\n".join(_said(one, language) for one in told)
