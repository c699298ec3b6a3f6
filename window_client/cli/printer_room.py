"""`onewindow printers add | remove | offset | calibrate`: receipt printers by address, and where the paper lies.

Nothing here needs the house: the list and the offsets are plain files in the press's folder, without a word of anybody.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer

import resources
from printing import layout, preprinted
from printing.errors import PressTrouble
from printing.files import write_private
from printing.paper import Engine
from printing.printers import receipt
from resources import texts
from window_client.casework.errors import WindowError
from window_client.cli.common import Exit, JsonFlag, emit, settings_of, stop
from window_client.counter.trouble import as_window_error

PrinterArgument = Annotated[str, typer.Argument(help="Printer as `onewindow printers` names it.")]
KindArgument = Annotated[str, typer.Argument(help="Kind whose pre-printed form it is.")]


def _room(context: typer.Context) -> Path:
    return settings_of(context).data / "press"


def _said_wrong(context: typer.Context, wrong: PressTrouble, json_wanted: bool) -> NoReturn:
    told = as_window_error(wrong)
    assert told is not None
    stop(told, language=settings_of(context).language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)


def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What the clerks call it.")],
    address: Annotated[str, typer.Argument(help="tcp://host:9100, file:///dev/usb/lp0 or usb://04b8:0e15.")],
    dpi: Annotated[int, typer.Option("--dpi", help="Dots an inch of its head: 180, 203, 300 or 600.")] = 203,
    json_wanted: JsonFlag = False,
) -> None:
    """Add a receipt printer that speaks ESC/POS, or change it; windows see it at their next start."""
    made = receipt.ReceiptPrinter(name, address, dpi)
    try:
        others = [one for one in receipt.known(_room(context)) if one.name != name]
        receipt.keep(_room(context), [*others, made])
    except PressTrouble as wrong:
        _said_wrong(context, wrong, json_wanted)
    emit({"name": name, "address": address, "dpi": dpi, "usable": made.state().usable}, json_wanted)


def remove(context: typer.Context, name: PrinterArgument, json_wanted: JsonFlag = False) -> None:
    """Take a receipt printer off the list. Exit 1 when it was not on it."""
    try:
        known = receipt.known(_room(context))
        receipt.keep(_room(context), [one for one in known if one.name != name])
    except PressTrouble as wrong:
        _said_wrong(context, wrong, json_wanted)
    found = any(one.name == name for one in known)
    emit({"name": name, "removed": found}, json_wanted)
    raise typer.Exit(int(Exit.DONE if found else Exit.NO))


def offset(
    context: typer.Context,
    printer: PrinterArgument,
    kind: KindArgument,
    right: Annotated[float | None, typer.Option("--right", help="Millimetres to the right; negative: left.")] = None,
    down: Annotated[float | None, typer.Option("--down", help="Millimetres down; negative: up.")] = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Tell, or with --right and --down set, how far a printer's values are moved on a pre-printed form."""
    try:
        found = layout.of_kind(resources.layouts_dir(), kind)
        kept = preprinted.Offsets(_room(context))
        before = kept.of(printer, found.name)
        if right is not None or down is not None:
            kept.keep(printer, found.name, before[0] if right is None else right, before[1] if down is None else down)
        now = kept.of(printer, found.name)
    except PressTrouble as wrong:
        _said_wrong(context, wrong, json_wanted)
    emit({"printer": printer, "form": found.name, "right": now[0], "down": now[1]}, json_wanted)


def calibrate(
    context: typer.Context,
    printer: PrinterArgument,
    kind: KindArgument,
    out: Annotated[Path, typer.Option("--out", help="Where the page goes.")] = Path("calibration.pdf"),
    json_wanted: JsonFlag = False,
) -> None:
    """A page with crosses and scales: print it on the form, measure, then set the offset and print it again."""
    language = settings_of(context).language
    words = texts(language)
    try:
        found = layout.of_kind(resources.layouts_dir(), kind)
        right, down = preprinted.Offsets(_room(context)).of(printer, found.name)
        title = found.kinds[kind]["title"][language]
        facts = [[words["printing.calibration.form"], title], [words["printing.calibration.printer"], printer]]
        facts += [
            [words["printing.calibration.right"], f"{right} mm"],
            [words["printing.calibration.down"], f"{down} mm"],
        ]
        told = {
            "title": words["printing.calibration.title"],
            "words": [words[f"printing.calibration.{n}"] for n in range(1, 4)],
            "facts": facts,
        }
        page = Engine(resources.layouts_dir()).calibration(preprinted.size(found), (right, down), json.dumps(told))
        write_private(out, page)
    except PressTrouble as wrong:
        _said_wrong(context, wrong, json_wanted)
    except OSError as trouble:
        wrong_place = WindowError("printing.printer_refused", printer=str(out), reason=str(trouble.strerror))
        stop(wrong_place, language=language, json_wanted=json_wanted)
    emit({"pdf": str(out), "right": right, "down": down}, json_wanted)


def add_to(app: typer.Typer) -> None:
    """The commands of this module under `onewindow printers`."""
    example = "Example: onewindow printers"
    app.command("add", epilog=f"{example} add 小票机 tcp://192.0.2.17:9100")(add)
    app.command("remove", epilog=f"{example} remove 小票机")(remove)
    app.command("offset", epilog=f"{example} offset cups:office document_receipt --right 1.5 --down -0.5")(offset)
    app.command("calibrate", epilog=f"{example} calibrate cups:office document_receipt --out page.pdf")(calibrate)
