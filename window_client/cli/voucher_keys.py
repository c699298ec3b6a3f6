"""`onewindow voucher keys …`: the centre's keys and the trust list (docs/key-ceremony.md); root keys: voucher_root.py.

Commands of the centre open the house, because its keys are sealed with the vault's; a token's PIN is sealed there too.
"""

from __future__ import annotations

import getpass
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from printing import ceremony, endorsement, keys, local_trust, token, trust
from printing.errors import CeremonyWrong
from printing.inquiry import MEMORY
from printing.trust import TrustedKey, TrustList, Use
from printing.trust_memory import TrustMemory
from window_client.cli.ceremony_common import Algorithm, RootsFile, algorithm_of, key_id, told
from window_client.cli.common import JsonFlag, emit, house, settings_of
from window_client.cli.voucher_root import app as app


@app.command("issuer-new", epilog="Example: onewindow voucher keys issuer-new --out requests")
def issuer_new(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="Folder for the key request.")] = Path("requests"),
    use: Annotated[str, typer.Option("--use", help="voucher, status or log.")] = "voucher",
    algorithm: Algorithm = "ES256",
    days: Annotated[int, typer.Option("--days", min=1, max=400)] = 366,
    module: Annotated[
        str, typer.Option("--token-module", help="PKCS#11 driver: the key is made inside the token.")
    ] = "",
    label: Annotated[str, typer.Option("--token-label")] = "",
    key_label: Annotated[str, typer.Option("--token-key")] = "onewindow",
    pin_file: Annotated[
        Path | None, typer.Option("--pin-file", help="File with the token's PIN; else asked for.")
    ] = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Make this centre's next key, in a sealed file or inside a token, and the request for the trust list."""
    with house(context, json_wanted=json_wanted) as opened:
        kind, now = _use(use), opened.clock()
        centre, row = opened.centre, algorithm_of(algorithm)
        path = centre.folder / f"{local_trust.NAMES[kind]}-{now:%Y%m%d%H%M%S}.key"
        if module:
            where = token.Where(module, label, key_label, _pin(pin_file))
            public = token.make_key(where, row)
            record = keys.record_for(public, row, centre.issuer, centre.name, now, days=days, use=kind)
            keys.keep_token(path, centre.kek, where, record, issuer=centre.issuer)
        else:
            keys.make_issuer(
                path, centre.kek, issuer=centre.issuer, name=centre.name, now=now, algorithm=row, days=days, use=kind
            )
        made = [_request(path, centre, out)]
    emit({"requests": made}, json_wanted)


@app.command("issuer-request", epilog="Example: onewindow voucher keys issuer-request --out requests")
def issuer_request(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="Folder for the key requests.")] = Path("requests"),
    json_wanted: JsonFlag = False,
) -> None:
    """Requests for all keys this centre has: voucher, status and log."""
    with house(context, json_wanted=json_wanted) as opened:
        paths = [path for use in local_trust.NAMES for path in local_trust.key_files(opened.centre.folder, use)]
        made = [_request(path, opened.centre, out) for path in paths]
    emit({"requests": made}, json_wanted)


@app.command(
    "trust-list-build",
    epilog="Example: onewindow voucher keys trust-list-build --add a.request --out trust-list.draft",
)
def trust_list_build(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="The draft.")] = Path("trust-list.draft"),
    previous: Annotated[Path | None, typer.Option("--previous", help="The trust list before this one.")] = None,
    add: Annotated[list[Path] | None, typer.Option("--add", help="A centre's key request.")] = None,
    region: Annotated[
        list[str] | None, typer.Option("--region", help="Limit of the added keys; else the issuer code.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Limit of the added voucher keys; else every kind.")
    ] = None,
    drop: Annotated[list[str] | None, typer.Option("--drop", help="Key id of a key that goes.")] = None,
    lost: Annotated[
        list[str] | None, typer.Option("--compromised", help="KEYID=TIME since when a key is lost.")
    ] = None,
    host: Annotated[list[str] | None, typer.Option("--host", help="An official host; else as before.")] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=400)] = 90,
    json_wanted: JsonFlag = False,
) -> None:
    """Draft the next trust list; root keys then sign it (root-sign), and trust-list-finish makes the file."""
    with told(context, json_wanted):
        before = TrustList.load(previous) if previous else None
        records = [_limited(path, region or [], kind or []) for path in add or []]
        paper = ceremony.build(
            before,
            datetime.now(UTC),
            add=records,
            drop=[key_id(each) for each in drop or []],
            lost=[_lost(each) for each in lost or []],
            hosts=host or [],
            days=days,
        )
        ceremony.save_draft(out, paper)
    emit({**ceremony.told(paper), "draft": str(out)}, json_wanted)


@app.command(
    "trust-list-finish",
    epilog="Example: onewindow voucher keys trust-list-finish trust-list.draft --roots roots.cbor",
)
def trust_list_finish(
    context: typer.Context,
    draft: Annotated[Path, typer.Argument(help="The draft with its signatures.")],
    roots: RootsFile,
    out: Annotated[Path, typer.Option("--out")] = Path("trust-list.cbor"),
    json_wanted: JsonFlag = False,
) -> None:
    """The trust list file, once enough root keys have signed; without them nothing is written."""
    with told(context, json_wanted):
        chain, paper = ceremony.load_roots(roots), ceremony.load_draft(draft)
        if paper.kind != endorsement.TRUST_LIST:
            raise CeremonyWrong(reason="not_a_trust_list", file=str(draft))
        listed = trust.save(out, chain, paper)
    emit({"version": listed.version, "expires": listed.expires, "realm": chain.realm, "file": str(out)}, json_wanted)


@app.command(
    "trust-list-install", epilog="Example: onewindow voucher keys trust-list-install trust-list.cbor --realm 3f…"
)
def trust_list_install(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A finished trust list.")],
    realm: Annotated[str, typer.Option("--realm", help="The realm's digest, if it is not the one installed.")] = "",
    json_wanted: JsonFlag = False,
) -> None:
    """Believe this list from now on, on this computer. An older one than seen before is refused."""
    data = settings_of(context).data
    with told(context, json_wanted):
        listed = ceremony.install(trust.read_file(file), data, realm, TrustMemory.load(data / MEMORY))
    roots = listed.roots
    assert roots is not None
    emit(
        {"version": listed.version, "expires": listed.expires, "realm": roots.realm, "root": roots.last.name},
        json_wanted,
    )


def _request(path: Path, centre: local_trust.Centre, out: Path) -> str:
    """Writes the request of one key file; a key whose days are over asks for nothing."""
    seal = keys.open_issuer(path, centre.kek, None)
    record = keys.limited(keys.record_of(path), centre.regions, centre.kinds)
    file = out / f"{centre.issuer}-{record.use}-{seal.kid.hex()}.request"
    ceremony.save_request(file, seal, record)
    return str(file)


def _limited(path: Path, regions: list[str], kinds: list[str]) -> TrustedKey:
    issuer, record = ceremony.load_request(path)
    given = tuple(regions) or (issuer,)
    return replace(record, regions=given, kinds=tuple(kinds) if record.use == "voucher" else ())


def _pin(path: Path | None) -> str:
    if path is not None:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    return getpass.getpass("PIN: ")


def _lost(text: str) -> tuple[bytes, datetime]:
    kid, _, since = text.partition("=")
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        raise CeremonyWrong(reason="time", key=text[:60]) from None
    return key_id(kid), moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _use(name: str) -> Use:
    found = next((use for use in local_trust.NAMES if use == name), None)
    if found is None:
        raise CeremonyWrong(reason="unknown_use", key=name[:20])
    return found
