"""`onewindow voucher revoke|suspend|resume|redeem|history` and `voucher status-list …`: how a voucher stands.

A change needs the house, a reason and a name, and leaves a new signed list in the data folder at once. Lists travel as
files, over HTTPS, or as a row of QR codes to a window that nothing may be plugged into.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from printing import inquiry, qr_series, reading, status_fetch
from printing.errors import PressTrouble, StatusWrong
from printing.files import write_private
from printing.status import State, StatusList
from printing.trust import TrustList
from resources import texts
from window_client.casework.errors import WindowError
from window_client.cli.common import Exit, JsonFlag, emit, house, settings_of, stop
from window_client.counter.trouble import as_window_error

status_app = typer.Typer(no_args_is_help=True, help="Status lists: publish ours, install others', as files, HTTPS, QR.")
Number = Annotated[str, typer.Argument(help="The voucher's number.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept for ever, shown to nobody outside.")]
Actor = Annotated[str, typer.Option("--actor", help="Who decided it.")]


def revoke(
    context: typer.Context, number: Number, reason: Reason, actor: Actor = "cli", json_wanted: JsonFlag = False
) -> None:
    """A voucher issued in error ends; this is final."""
    _change(context, number, "revoked", reason, actor, json_wanted)


def suspend(
    context: typer.Context, number: Number, reason: Reason, actor: Actor = "cli", json_wanted: JsonFlag = False
) -> None:
    """A voucher rests until something is found out."""
    _change(context, number, "suspended", reason, actor, json_wanted)


def resume(
    context: typer.Context, number: Number, reason: Reason, actor: Actor = "cli", json_wanted: JsonFlag = False
) -> None:
    """A suspended voucher is in force again."""
    _change(context, number, "in_force", reason, actor, json_wanted)


def redeem(
    context: typer.Context, number: Number, reason: Reason, actor: Actor = "cli", json_wanted: JsonFlag = False
) -> None:
    """A voucher was used for what it was issued for; this is final."""
    _change(context, number, "redeemed", reason, actor, json_wanted)


def history(context: typer.Context, number: Number, json_wanted: JsonFlag = False) -> None:
    """Every change of one voucher's state, with reason, name and time."""
    with house(context, json_wanted=json_wanted) as opened:
        book = opened.books.status
        state, successor = book.state_of(number)
        emit({"number": number, "state": state, "replaced_by": successor, "changes": book.history(number)}, json_wanted)


def _change(context: typer.Context, number: str, state: State, reason: str, actor: str, json_wanted: bool) -> None:
    settings = settings_of(context)
    words = texts(settings.language)
    with house(context, json_wanted=json_wanted) as opened:
        opened.press.stored(number)  # an unknown number is named as such
        opened.books.status.place_for(number)
        opened.books.status.change(number, state, reason, actor)
        files = opened.books.status.publish_all(settings.data / inquiry.STATUS, opened.standing.status)
    said = words["printing.cli.standing"].replace("{number}", number)
    said = said.replace("{state}", words[f"printing.cli.state.{state}"])
    emit(
        {"number": number, "state": state, "reason": reason, "lists": [str(f) for f in files]},
        json_wanted,
        lambda: said,
    )


@status_app.command("publish", epilog="Example: onewindow voucher status-list publish --out lists --qr")
def publish(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="Folder for the list files.")] = Path("status-lists"),
    qr: Annotated[bool, typer.Option("--qr", help="Also as a row of QR code pictures.")] = False,
    json_wanted: JsonFlag = False,
) -> None:
    """This centre's lists as they stand now, signed."""
    with house(context, json_wanted=json_wanted) as opened:
        files = list(opened.books.status.publish_all(out, opened.standing.status))
        pictures = _pictures(files, out) if qr else []
    emit({"lists": [str(f) for f in files], "pictures": [str(f) for f in pictures]}, json_wanted)


def _pictures(files: list[Path], out: Path) -> list[Path]:
    made = []
    for file in files:
        for n, text in enumerate(qr_series.parts(file.read_bytes()), 1):
            made.append(out / f"{file.stem}-{n:03d}.png")
            write_private(made[-1], qr_series.picture(text))
    return made


@status_app.command("install", epilog="Example: onewindow voucher status-list install list.cbor")
def install(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="List files, or pictures or texts of a row of QR codes.")],
    json_wanted: JsonFlag = False,
) -> None:
    """Keep another centre's list, when a status key of the trust list signed it and it is not older than ours."""
    _install(context, lambda: _contents(files), json_wanted)


@status_app.command("fetch", epilog="Example: onewindow voucher status-list fetch 990101001/1")
def fetch(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="A list's address, or the whole URL.")],
    host: Annotated[str | None, typer.Option("--host", help="Else the first host of the trust list.")] = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Get a list over HTTPS; the signature inside is what counts, not the line."""
    settings = settings_of(context)

    def got() -> list[bytes]:
        if "://" in address:
            return [status_fetch.fetch(address)]
        where = host or next(iter(TrustList.load(settings.data / inquiry.TRUST).hosts), "")
        return [status_fetch.fetch(status_fetch.address_url(where, address))]

    _install(context, got, json_wanted)


@status_app.command("show", epilog="Example: onewindow voucher status-list show --json")
def show(context: typer.Context, json_wanted: JsonFlag = False) -> None:
    """The lists this computer has, and how old they are."""
    settings, now = settings_of(context), datetime.now(UTC)
    papers = inquiry.Papers.load(settings.data)
    found = papers.status.lists.values() if papers.status else ()
    refused = papers.status.refused if papers.status else ()
    emit({"lists": [_row(one, now) for one in found], "refused": refused}, json_wanted)


def _row(one: StatusList, now: datetime) -> dict[str, object]:
    return {
        "address": one.uri,
        "version": one.version,
        "issued": one.issued,
        "stale": one.is_stale(now),
        "places": len(one.bits) * 4,
        "corrected": len(one.replaced),
    }


def _install(context: typer.Context, give: Callable[[], list[bytes]], json_wanted: bool) -> None:
    settings, now = settings_of(context), datetime.now(UTC)
    try:
        trust = TrustList.load(settings.data / inquiry.TRUST)
        made = [status_fetch.install(content, settings.data / inquiry.STATUS, trust) for content in give()]
    except PressTrouble as trouble:
        told = as_window_error(trouble) or WindowError("printing.status_wrong")
        stop(told, language=settings.language, code=Exit.COULD_NOT, json_wanted=json_wanted)
    emit({"installed": [_row(one, now) for one in made]}, json_wanted)


def _contents(files: list[Path]) -> list[bytes]:
    """Whole list files as they are; pictures and texts together are one row of QR codes."""
    whole, said = [], []
    for file in files:
        try:
            content = file.read_bytes()
        except OSError as trouble:
            raise StatusWrong(reason="unreadable", file=str(file), system=str(trouble.strerror)) from None
        if content.startswith(b"GS1:"):
            said += content.decode("ascii", "replace").splitlines()
        elif content[:1] == b"\x83":  # an endorsed paper: an array of three
            whole.append(content)
        else:
            said += _read_picture(content)
    return [*whole, *([qr_series.gather(said)] if said or not whole else [])]


def _read_picture(content: bytes) -> list[str]:
    import io

    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as picture:
            return reading.texts(picture)
    except Exception:  # noqa: BLE001 a broken picture makes decoders raise anything
        raise StatusWrong(reason="no_series") from None
