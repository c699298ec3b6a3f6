"""`onewindow printers` and `onewindow print NUMBER`: what can print, and a voucher's paper once more.

Law: nothing is printed twice unmarked. `print` puts out the copy that is not on paper yet; when it is, a reason is
asked for and the next copy is a reprint that says so, inside the signature.
"""

from __future__ import annotations

from typing import Annotated

import typer

from printing.handing_over import freed
from resources import texts
from window_client.cli import printer_room
from window_client.cli.common import Exit, JsonFlag, emit, house, settings_of
from window_client.cli.notices import FormOption, form_of

print_app = typer.Typer(help="Print a voucher's paper; a second paper is a reprint with its number and reason.")
printers_app = typer.Typer(help="The printers of this window and how they are.")
printer_room.add_to(printers_app)


@printers_app.callback(invoke_without_command=True, epilog="Example: onewindow printers --json")
def printers(context: typer.Context, json_wanted: JsonFlag = False) -> None:
    """Every printer and its state. Exit 1 when none is usable."""
    if context.invoked_subcommand is not None:
        return
    language = settings_of(context).language
    with house(context, json_wanted=json_wanted) as opened:
        found = opened.press.printers()
    words = texts(language)

    def said() -> str:
        rows = [
            f"{one.name}  {words['printing.cli.usable'] if one.usable else words[f'printing.{one.code}.happened']}"
            for one in found
        ]
        return (
            "\n".join(row.replace("{printer}", one.name) for row, one in zip(rows, found, strict=True))
            or (words["printing.cli.no_printers"])
        )

    emit({"printers": found}, json_wanted, said)
    raise typer.Exit(int(Exit.DONE if any(one.usable for one in found) else Exit.NO))


@print_app.command(epilog="Example: onewindow print V20261121-03-0001-R1 --form 80mm")
def print_voucher(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="Voucher number.")],
    printer: Annotated[str, typer.Option(help="Printer as `onewindow printers` names it.")] = "folder",
    form: FormOption = "a4",
    reason: Annotated[str, typer.Option(help="Reason of a reprint, printed and signed.")] = "",
    json_wanted: JsonFlag = False,
) -> None:
    """Print a stored voucher; with --reason the next copy, marked as a reprint. Where it waits for paper at another
    printer, it is taken back first."""
    chosen = form_of(form)
    language = settings_of(context).language
    with house(context, json_wanted=json_wanted) as opened:
        press = opened.press
        freed(press, number, printer)
        issued = press.reprint(number, reason) if reason else press.stored(number)
        done = press.print(issued, printer, chosen)
    words = texts(language)["printing.cli.printed"].replace("{printer}", done.printer).replace("{where}", done.where)
    emit(done, json_wanted, lambda: words)
