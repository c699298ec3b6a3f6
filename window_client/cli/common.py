"""What every command shares: one JSON object on standard output, everything else on standard error, four exit codes.

0 done · 1 done, but the answer is no · 2 wrong usage or input · 3 could not, with the reason.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from resources import texts
from window_client.casework.errors import WindowError
from window_client.settings import Settings, load

if TYPE_CHECKING:
    from window_client.assembly import House


class Exit(IntEnum):
    DONE = 0
    NO = 1
    WRONG_INPUT = 2
    COULD_NOT = 3


@dataclass(frozen=True)
class Asked:
    """The options in front of the command: ``onewindow --config FILE --data DIR --lang zh|en COMMAND``."""

    config: Path | None = None
    data: Path | None = None
    language: str | None = None
    passphrase_file: Path | None = None


JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON object with stable keys.")]


def asked(context: typer.Context) -> Asked:
    return context.obj if isinstance(context.obj, Asked) else Asked()


def settings_of(context: typer.Context) -> Settings:
    """Defaults, file, environment, then the options in front of the command."""
    want = asked(context)
    over: dict[str, Any] = {}
    if want.data is not None:
        over["data"] = want.data
    if want.language is not None:
        over["language"] = want.language
    try:
        return load(want.config, over)
    except WindowError as trouble:
        stop(trouble, language=want.language or "zh", code=Exit.WRONG_INPUT)


def emit(found: object, json_wanted: bool, human: Callable[[], str] | None = None) -> None:
    """One JSON object, or the same thing for a person."""
    if json_wanted:
        print(json.dumps(plain(found), ensure_ascii=False))
    else:
        print(human() if human is not None else _as_lines(plain(found)))


def plain(value: object) -> Any:
    """Dataclasses, dates, paths and bytes as JSON can hold them."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, Path) else value


def _as_lines(value: Any, indent: str = "") -> str:
    if isinstance(value, dict):
        return "\n".join(
            f"{indent}{key}:\n{_as_lines(one, indent + '  ')}"
            if isinstance(one, dict | list) and one
            else f"{indent}{key}: {one}"
            for key, one in value.items()
        )
    if isinstance(value, list):
        return "\n".join(_as_lines(one, indent) for one in value)
    return f"{indent}{value}"


def sentences(trouble: WindowError, language: str) -> str:
    """What happened, what is already done, what to do next: one text each, from resources/texts."""
    words = texts(language)
    detail = {key: str(value) for key, value in trouble.detail.items()}
    found = [words[key] for part in ("happened", "done", "next") if (key := f"{trouble.code}.{part}") in words]
    joined = ("。" if language == "zh" else ". ").join(_filled(one, detail) for one in found)
    return joined or f"{trouble.code} {detail or ''}".strip()


def _filled(text: str, detail: Mapping[str, str]) -> str:
    for key, value in detail.items():
        text = text.replace("{" + key + "}", value)
    return text


def stop(
    trouble: WindowError, *, language: str = "zh", code: Exit = Exit.COULD_NOT, json_wanted: bool = False
) -> NoReturn:
    """Say the trouble on standard error (and as JSON when asked) and leave with ``code``."""
    if json_wanted:
        print(json.dumps({"error": trouble.code, "detail": plain(trouble.detail)}, ensure_ascii=False))
    print(sentences(trouble, language), file=sys.stderr)
    raise typer.Exit(int(code))


@contextmanager
def house(context: typer.Context, *, json_wanted: bool = False) -> Iterator[House]:
    """The opened house for one command; every room's trouble becomes a sentence and an exit code."""
    from window_client.assembly import open_house
    from window_client.counter.trouble import as_window_error

    settings = settings_of(context)
    try:
        with open_house(settings, ask=lambda: passphrase(asked(context))) as opened:
            yield opened
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        trouble = as_window_error(error)
        if trouble is None:
            raise
        stop(trouble, language=settings.language, json_wanted=json_wanted)


def passphrase(want: Asked) -> str:
    """From ``--passphrase-file`` or the terminal; never from an argument or the environment."""
    if want.passphrase_file is not None:
        return want.passphrase_file.read_text(encoding="utf-8").rstrip("\r\n")
    if not os.isatty(sys.stdin.fileno()):
        raise WindowError("desk.no_passphrase")
    return getpass.getpass("OneWindow 一窗 · 口令 passphrase: ")
