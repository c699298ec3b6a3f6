"""`onewindow voucher issue | kinds | preview | stock | pdf-seal`: every kind of paper from the command line.

Law: what is signed comes from the values file, what is printed around it from the layout; a preview is never signed and
shows it by having no voucher in its symbol.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, cast

import typer

import resources
from printing import layout, preprinted
from printing.errors import PressTrouble
from printing.files import write_private
from printing.paper import Engine
from printing.voucher import Form, Issued
from window_client.casework.errors import WindowError
from window_client.cli.common import Exit, JsonFlag, emit, house, settings_of, stop
from window_client.cli.voucher_file import voucher_from
from window_client.counter.trouble import as_window_error

FORMS = ("a4", "a5", "80mm", "form")
FormOption = Annotated[str, typer.Option("--form", help="a4, a5, 80mm, or form: onto a pre-printed form.")]
KindArgument = Annotated[str, typer.Argument(help="Kind of paper, as `onewindow voucher kinds` names it.")]


def form_of(form: str) -> Form:
    if form not in FORMS:
        raise typer.BadParameter(" | ".join(FORMS), param_hint="--form")
    return cast("Form", form)


def issue(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="Kind, or a JSON file that names it (docs/vouchers.md §3).")],
    values: Annotated[Path | None, typer.Option("--values", help="The values as JSON.")] = None,
    form: FormOption = "a4",
    out: Annotated[Path | None, typer.Option("--out", help="Where the paper goes; voucher.pdf or .png.")] = None,
    png: Annotated[Path | None, typer.Option("--png", help="Where the 80 mm picture goes besides.")] = None,
    seal_pdf: Annotated[bool | None, typer.Option("--seal-pdf/--no-seal-pdf", help="PAdES seal; else as set.")] = None,
    json_wanted: JsonFlag = False,
) -> None:
    """Sign and draw one voucher; a number that was issued before gives the stored one."""
    settings, chosen = settings_of(context), form_of(form)
    language = settings.language
    file = values if values is not None else Path(kind)
    try:
        given = {} if values is None else _layout_of(kind)
        voucher = voucher_from(file, {"centre": settings.station.centre_zh, **given})
    except WindowError as trouble:
        stop(trouble, language=language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)
    target = out or Path("voucher.png" if chosen == "80mm" else "voucher.pdf")
    with house(context, json_wanted=json_wanted) as opened:
        press = opened.press
        if seal_pdf is not None:
            from window_client.assembly.house import pdf_seal_of

            press = press.sealing(pdf_seal_of(settings, opened.keyset, opened.clock()) if seal_pdf else None)
        issued = press.issue(voucher)
        paper = issued.receipt_png if chosen == "80mm" else press.sheet(issued, chosen)
        _write({target: paper, **({png: issued.receipt_png} if png else {})}, language, json_wanted)
    emit(_told(issued, chosen, target, png), json_wanted)


def _told(issued: Issued, form: str, target: Path, png: Path | None) -> dict[str, object]:
    found = {"number": issued.number, "again": issued.again, "digest": issued.digest, "form": form}
    return {**found, "pdf": str(target), "png": str(png) if png else None, "qr_text": issued.qr_text}


def _layout_of(kind: str) -> dict[str, str]:
    try:
        return {"kind": kind, "layout": layout.of_kind(resources.layouts_dir(), kind).name}
    except PressTrouble as wrong:
        raise as_window_error(wrong) or wrong from None


def _write(papers: dict[Path, bytes], language: str, json_wanted: bool) -> None:
    for target, content in papers.items():
        try:
            write_private(target, content)
        except OSError as trouble:
            reason = {"printer": str(target), "reason": str(trouble.strerror)}
            stop(WindowError("printing.printer_refused", **reason), language=language, json_wanted=json_wanted)


def kinds(context: typer.Context, json_wanted: JsonFlag = False) -> None:
    """Every kind of paper: its layout, its sheets, the words its values file may have."""
    zh = settings_of(context).language == "zh"
    rows = []
    for name in layout.names(resources.layouts_dir()):
        found = layout.load(resources.layouts_dir(), name)
        for kind, said in found.kinds.items():
            optional = [word for word, entry in found.words.items() if entry.get("optional")]
            rows.append(
                {
                    "kind": kind,
                    "title": said["title"]["zh" if zh else "en"],
                    "layout": name,
                    "version": found.version,
                    "sheets": found.parts(kind),
                    "form": found.preprinted is not None,
                    "words": [word for word in found.words if word not in optional],
                    "optional": optional,
                    "item_words": list(found.item_words),
                }
            )
    emit({"kinds": rows}, json_wanted, lambda: "\n".join(f"{row['kind']:24}{row['title']}" for row in rows))


def preview(
    context: typer.Context,
    kind: KindArgument,
    form: FormOption = "a4",
    out: Annotated[Path, typer.Option("--out", help="Where the picture goes; further pages get -2, -3 …")] = Path(
        "preview.png"
    ),
    language: Annotated[str, typer.Option("--language", help="zh, en or zh+en.")] = "zh",
    longest: Annotated[bool, typer.Option("--longest", help="With the longest samples and five items.")] = False,
    dpi: Annotated[float, typer.Option("--dpi", min=40, max=300)] = 110.0,
    json_wanted: JsonFlag = False,
) -> None:
    """Draw a layout's own samples as pictures; unsigned, so the symbol is blank."""
    if language not in ("zh", "en", "zh+en"):
        raise typer.BadParameter("zh | en | zh+en", param_hint="--language")
    wanted = cast('Literal["zh", "en", "zh+en"]', language)
    try:
        found = layout.of_kind(resources.layouts_dir(), kind)
        voucher = replace(found.sample(5 if longest else 3, kind, longest=longest), language=wanted)
        blank = [[False] * 69 for _ in range(69)]
        given = preprinted.fill(found, voucher, form_of(form), blank, "-----", ink="both")
        pages = Engine(resources.layouts_dir()).picture(found, given, dpi)
    except PressTrouble as wrong:
        told = as_window_error(wrong)
        assert told is not None
        stop(told, language=settings_of(context).language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)
    files = [out if n == 0 else out.with_stem(f"{out.stem}-{n + 1}") for n in range(len(pages))]
    _write(dict(zip(files, pages, strict=True)), settings_of(context).language, json_wanted)
    emit({"pages": [str(file) for file in files]}, json_wanted)


def stock(
    context: typer.Context,
    kind: KindArgument,
    out: Annotated[Path, typer.Option("--out", help="Where the PDF goes.")] = Path("form.pdf"),
    json_wanted: JsonFlag = False,
) -> None:
    """The empty pre-printed form of a kind, for the print shop."""
    try:
        found = layout.of_kind(resources.layouts_dir(), kind)
        blank = [[False] * 69 for _ in range(69)]
        given = preprinted.fill(found, found.sample(1, kind), "form", blank, "", ink="stock")
        pdf = Engine(resources.layouts_dir()).pdf(found, given, 0)
    except PressTrouble as wrong:
        told = as_window_error(wrong)
        assert told is not None
        stop(told, language=settings_of(context).language, code=Exit.WRONG_INPUT, json_wanted=json_wanted)
    _write({out: pdf}, settings_of(context).language, json_wanted)
    emit({"pdf": str(out)}, json_wanted)


def pdf_seal(
    context: typer.Context,
    root: Annotated[Path | None, typer.Option("--root", help="Write the root certificate (PEM) here.")] = None,
    json_wanted: JsonFlag = False,
) -> None:
    """The centre's seal for PDFs (PAdES): made at the first call; tells its name, its last day and its root."""
    from window_client.assembly.house import pdf_seal_of

    settings = settings_of(context)
    with house(context, json_wanted=json_wanted) as opened:
        seal = pdf_seal_of(settings, opened.keyset, opened.clock())
        if root is not None:
            _write({root: seal.root}, settings.language, json_wanted)
        where = root or settings.data / "pdf-seal-root.pem"
    emit({"name": seal.name, "until": seal.until, "root": str(where), "on": settings.voucher.pdf_seal}, json_wanted)


def add_to(app: typer.Typer) -> None:
    """The commands of this module under `onewindow voucher`."""
    example = "Example: onewindow voucher"
    app.command("issue", epilog=f"{example} issue acceptance_notice --values notice.json --form a5")(issue)
    app.command("kinds", epilog=f"{example} kinds --json")(kinds)
    app.command("preview", epilog=f"{example} preview refusal_notice --longest --out sheet.png")(preview)
    app.command("stock", epilog=f"{example} stock document_receipt --out form.pdf")(stock)
    app.command("pdf-seal", epilog=f"{example} pdf-seal --root centre.pem")(pdf_seal)
