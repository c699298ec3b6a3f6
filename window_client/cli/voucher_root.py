"""`onewindow voucher keys root-…`: the realm's root keys, on a machine that never meets a network.

These commands open no house: a root machine has none. docs/key-ceremony.md says who stands beside whom.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from printing import ceremony, keys
from printing.errors import CeremonyWrong
from resources import texts
from window_client.cli.ceremony_common import (
    Algorithm,
    OutFolder,
    RootsFile,
    WordsFiles,
    Years,
    algorithm_of,
    key_id,
    passphrases,
    told,
)
from window_client.cli.common import JsonFlag, emit, settings_of

app = typer.Typer(no_args_is_help=True, help="Keys: root, issuer, trust list; docs/key-ceremony.md.")


@app.command("root-init", epilog="Example: onewindow voucher keys root-init --name 示例省 --out /media/root")
def root_init(
    context: typer.Context,
    name: Annotated[str, typer.Option("--name", help="What the realm is called; shown with every verdict.")],
    out: OutFolder,
    count: Annotated[int, typer.Option("--keys", min=1, max=16)] = 3,
    threshold: Annotated[int, typer.Option("--threshold", min=1, max=16)] = 2,
    years: Years = 10,
    algorithm: Algorithm = "ES256",
    words: WordsFiles = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Make the root keys and root 1. On a machine without a network; each key file then goes to its own keeper."""
    now = datetime.now(UTC)
    with told(context, json_wanted):
        if not 1 <= threshold <= count:
            raise CeremonyWrong(reason="threshold")
        said = passphrases(words or [], count, new=True)
        seals = ceremony.root_keys(out, said, name, algorithm_of(algorithm), now)
        chain = ceremony.new_root(seals, threshold, name, years, now)
        ceremony.save_roots(out / "roots.cbor", chain)
    line = texts(settings_of(context).language)["printing.cli.root_made"].replace("{digest}", chain.realm)
    emit(
        {**ceremony.told(chain.papers[0]), "realm": chain.realm, "roots": str(out / "roots.cbor")},
        json_wanted,
        lambda: line,
    )


@app.command(
    "root-next",
    epilog="Example: onewindow voucher keys root-next --roots roots.cbor --drop 0123456789abcdef --new 1",
)
def root_next(
    context: typer.Context,
    roots: RootsFile,
    out: OutFolder,
    drop: Annotated[list[str] | None, typer.Option("--drop", help="Key id of a root key that goes.")] = None,
    new: Annotated[int, typer.Option("--new", min=0, max=8, help="How many new root keys.")] = 0,
    years: Years = 10,
    algorithm: Algorithm = "ES256",
    words: WordsFiles = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Draft the next root: a lost key replaced, a retired one dropped. Old and new keys then sign it (root-sign)."""
    now = datetime.now(UTC)
    with told(context, json_wanted):
        chain = ceremony.load_roots(roots)
        first = 1 + max((int(path.stem[5:]) for path in out.glob("root-[0-9]*.key")), default=len(chain.last.keys))
        said = passphrases(words or [], new, new=True)
        seals = ceremony.root_keys(out, said, chain.last.name, algorithm_of(algorithm), now, first)
        rows = [ceremony.public_row(seal) for seal in seals]
        paper = ceremony.next_root(chain, [key_id(each) for each in drop or []], rows, years, now)
        for seal in seals:
            paper = paper.endorsed(seal)
        ceremony.save_draft(out / "root.draft", paper)
    emit({**ceremony.told(paper), "draft": str(out / "root.draft")}, json_wanted)


@app.command("root-join", epilog="Example: onewindow voucher keys root-join root.draft --roots roots.cbor")
def root_join(
    context: typer.Context,
    draft: Annotated[Path, typer.Argument(help="The next root with its signatures.")],
    roots: RootsFile,
    json_wanted: JsonFlag = False,
) -> None:
    """Add the signed next root to the roots file."""
    with told(context, json_wanted):
        chain = ceremony.joined(ceremony.load_roots(roots), ceremony.load_draft(draft))
        ceremony.save_roots(roots, chain)
    emit({"version": chain.last.version, "realm": chain.realm, "digest": chain.last.digest}, json_wanted)


@app.command("root-sign", epilog="Example: onewindow voucher keys root-sign trust-list.draft --key root-1.key")
def root_sign(
    context: typer.Context,
    draft: Annotated[Path, typer.Argument(help="A draft of a root or a trust list.")],
    key: Annotated[Path, typer.Option("--key", help="One root key file.")],
    words: WordsFiles = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Show what a draft says and put one root key's signature under it."""
    with told(context, json_wanted):
        paper = ceremony.load_draft(draft)
        said = ceremony.told(paper)
        if not json_wanted:
            print(texts(settings_of(context).language)["printing.cli.signing"], file=sys.stderr)
        seal = keys.open_root_key(key, passphrases(words or [], 1)[0])
        paper = paper.endorsed(seal)
        ceremony.save_draft(draft, paper)
    emit({**said, "signed_by": seal.kid, "signatures": [kid for kid, _ in paper.signatures]}, json_wanted)
