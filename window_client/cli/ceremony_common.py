"""What the key commands share: trouble as a sentence, passphrases from the terminal or files, never from arguments."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from printing.algorithms import ALGORITHMS
from printing.errors import CeremonyWrong, PressTrouble
from window_client.casework.errors import WindowError
from window_client.cli.common import Exit, settings_of, stop
from window_client.counter.trouble import as_window_error

WordsFiles = Annotated[list[Path] | None, typer.Option("--passphrase-file", help="One for each key; else asked for.")]
RootsFile = Annotated[Path, typer.Option("--roots", help="The realm's roots file.")]
OutFolder = Annotated[Path, typer.Option("--out", help="Folder for the key files and what belongs to them.")]
Years = Annotated[int, typer.Option("--years", min=1, max=20, help="How long this root is good.")]
Algorithm = Annotated[str, typer.Option("--algorithm", help="ES256, EdDSA or SM2.")]


@contextmanager
def told(context: typer.Context, json_wanted: bool) -> Iterator[None]:
    """The press's trouble and a full disk as a sentence and an exit code."""
    try:
        yield
    except PressTrouble as trouble:
        said = as_window_error(trouble) or WindowError("printing.ceremony_wrong")
        stop(said, language=settings_of(context).language, code=Exit.COULD_NOT, json_wanted=json_wanted)


def passphrases(files: list[Path], count: int, *, new: bool = False) -> list[str]:
    """One for each key; from the terminal, and twice where it makes a key: a typing slip would lose the key."""
    if files:
        if len(files) != count:
            raise CeremonyWrong(reason="passphrase_files")
        try:
            return [path.read_text(encoding="utf-8").rstrip("\r\n") for path in files]
        except (OSError, UnicodeDecodeError):
            raise CeremonyWrong(reason="passphrase_files") from None
    if count and not os.isatty(sys.stdin.fileno()):
        raise CeremonyWrong(reason="no_passphrase")
    found = []
    for n in range(count):
        words = getpass.getpass(f"OneWindow 一窗 · {n + 1}/{count} passphrase: ")
        if new and getpass.getpass(f"OneWindow 一窗 · {n + 1}/{count} again: ") != words:
            raise CeremonyWrong(reason="passphrase_differs")
        found.append(words)
    return found


def key_id(text: str) -> bytes:
    try:
        found = bytes.fromhex(text)
    except ValueError:
        raise CeremonyWrong(reason="key_id", key=text[:32]) from None
    return found


def algorithm_of(name: str) -> Any:
    if name not in ALGORITHMS:
        raise CeremonyWrong(reason="unknown_algorithm", key=name[:20])
    return name
