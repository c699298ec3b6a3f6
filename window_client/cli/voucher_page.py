"""`onewindow voucher page FOLDER`: the verifying page with this computer's lists, ready for a web server or a stick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from printing import inquiry, trust, verify_page
from printing.errors import PressTrouble
from window_client.casework.errors import WindowError
from window_client.cli.common import Exit, JsonFlag, emit, settings_of, stop
from window_client.counter.trouble import as_window_error


def page(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where the page goes; files of an older page are replaced.")],
    listed: Annotated[Path | None, typer.Option("--trust", help="Trust list file; else the data folder's.")] = None,
    status: Annotated[list[Path] | None, typer.Option("--status", help="Status list; else the data folder's.")] = None,
    json_wanted: JsonFlag = False,
) -> None:
    """A folder with a page that verifies vouchers on any telephone or computer: no server, nothing fetched."""
    settings = settings_of(context)
    path = listed or settings.data / inquiry.TRUST
    files = status or sorted((settings.data / inquiry.STATUS).glob("*.cbor"))
    try:
        believed = verify_page.export(folder, trust.read_file(path), [trust.read_file(file) for file in files])
    except PressTrouble as trouble:
        told = as_window_error(trouble)
        assert told is not None
        stop(told, language=settings.language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)
    except OSError as trouble:
        wrong = WindowError("printing.page_not_written", folder=str(folder), system=str(trouble.strerror))
        stop(wrong, language=settings.language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)
    assert believed is not None
    found = {"page": str(folder / "index.html"), "trust_version": believed.version, "expires": believed.expires}
    emit({**found, "hosts": believed.hosts, "files": sum(1 for _ in folder.rglob("*.*"))}, json_wanted)
