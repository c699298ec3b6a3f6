"""The same sheet by reportlab and by WeasyPrint, for the figures of tests/benchmarks/paper.py. Runs in .peers.

Both make what ours is as far as they can: the same words, the same three faces, the foot with the page's number (the
number of pages is given to reportlab, which would need a second pass), and WeasyPrint PDF/A-3 as well (reportlab has
none, and neither is tagged as ours is).

reportlab comes in two speeds: as it installs itself (`reportlab`), and with `rl_accel`, its accelerator in C, a package
of its own (`reportlab+C`). One process can be only one of them: the peers to be measured are its arguments.

Reads one JSON line first (the sheet's words, its symbol as SVG, the font files), then answers each line that names a
peer with the CPU seconds of one page. Each is warm before the first answer.
"""

from __future__ import annotations

import io
import json
import re
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any


def by_reportlab(sheet: dict[str, Any]) -> Callable[[], bytes]:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    pdfmetrics.registerFont(TTFont("sans", sheet["fonts"][0]))
    pdfmetrics.registerFont(TTFont("sans-medium", sheet["fonts"][1]))
    pdfmetrics.registerFont(TTFont("sans-bold", sheet["fonts"][2]))
    body = ParagraphStyle("body", fontName="sans", fontSize=9.5, leading=12, wordWrap="CJK")
    small = ParagraphStyle("small", parent=body, fontSize=8.5, leading=11)
    strong = ParagraphStyle("strong", parent=body, fontName="sans-bold", fontSize=9)
    medium = ParagraphStyle("medium", parent=small, fontName="sans-medium")
    head = ParagraphStyle("head", parent=body, fontName="sans-bold", fontSize=22, leading=30, alignment=1)
    steps = [tuple(map(int, found)) for found in re.findall(r"M(\d+) (\d+)H(\d+)", sheet["symbol"])]
    wide = int(re.findall(r'viewBox="0 -.5 (\d+)', sheet["symbol"])[0])

    class Symbol(Flowable):  # type: ignore[misc]
        width = height = sheet["symbol_mm"] * mm

        def draw(self) -> None:
            self.canv.scale(self.width / wide, self.height / wide)
            path = self.canv.beginPath()
            for x, y, end in steps:
                path.rect(x, wide - y - 1, end - x, 1)
            self.canv.drawPath(path, stroke=0, fill=1)

    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont("sans", 7.5)
        canvas.line(19 * mm, 14 * mm, 191 * mm, 14 * mm)
        canvas.drawString(19 * mm, 10 * mm, sheet["foot"])
        canvas.drawRightString(191 * mm, 10 * mm, f"第 {document.page} 页 共 1 页")

    def drawn() -> bytes:
        target = io.BytesIO()
        facts = Table(
            [[Paragraph(a, small), Paragraph(b, body)] for a, b in sheet["facts"]], colWidths=[30 * mm, 85 * mm]
        )
        facts.setStyle(grid)
        beside = Table([[facts, [Symbol(), Paragraph(sheet["scan"], small)]]], colWidths=[120 * mm, 50 * mm])
        cells: list[list[Any]] = [[Paragraph(cell, strong) for cell in sheet["heads"]]]
        spans = []
        for row in sheet["rows"]:
            n, item, *rest = row["cells"]
            name = [Paragraph(item, medium), Paragraph(row["case"], small)]
            cells.append([Paragraph(n, small), name, *(Paragraph(cell, small) for cell in rest)])
            spans.append(("SPAN", (0, len(cells)), (-1, len(cells))))
            cells.append([Paragraph(row["note"], small)] + [""] * len(rest) + [""])
        items = Table(cells, repeatRows=1, colWidths=[across * mm for across in (11, 40, 28, 36, 19, 23, 15)])
        items.setStyle(TableStyle(spans, parent=grid))
        parts: list[Any] = [Paragraph(sheet["centre"], body), Paragraph(sheet["title"], head)]
        parts += [Paragraph(sheet["mark"], strong), Spacer(1, 8), beside]
        parts += [Spacer(1, 8), Paragraph(sheet["lead"], body), items, Spacer(1, 8)]
        parts += [*(Paragraph(words, small) for words in sheet["below"]), Paragraph(sheet["notices_head"], strong)]
        parts += [Paragraph(f"{n}. {words}", small) for n, words in enumerate(sheet["notices"], 1)]
        parts += [Spacer(1, 20), Paragraph(sheet["signed"], body)]
        margins = {"leftMargin": 19 * mm, "rightMargin": 19 * mm, "topMargin": 12 * mm, "bottomMargin": 16 * mm}
        page = SimpleDocTemplate(target, pagesize=A4, **margins)
        page.build(parts, onFirstPage=foot, onLaterPages=foot)
        return target.getvalue()

    return drawn


def by_weasyprint(sheet: dict[str, Any]) -> Callable[[], bytes]:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    faces = "".join(
        f'@font-face{{font-family:sans-sc;font-weight:{weight};src:url("{Path(file).as_uri()}")}}'
        for weight, file in zip((400, 500, 700), sheet["fonts"], strict=False)
    )
    look = """@page{size:A4;margin:12mm 19mm 16mm;@bottom-left{font:7.5pt sans-sc;content:"FOOT"}
    @bottom-right{font:7.5pt sans-sc;content:"第 " counter(page) " 页 共 " counter(pages) " 页"}}
    td:nth-child(2){font-weight:500}body{font:9.5pt sans-sc}h1{text-align:center;font-size:22pt}
    table{border-collapse:collapse;width:100%}
    td,th{border:.5pt solid #999;padding:.8mm 2mm;text-align:left;line-height:1.25}
    .both{display:flex;gap:6mm}.both svg{width:45mm;height:45mm}p,h1,ol{margin:2mm 0}li,.s,td{font-size:8.5pt}"""
    style = CSS(string=faces + look.replace("FOOT", sheet["foot"]), font_config=fonts)
    facts = "".join(f"<tr><th class=s>{escape(a)}</th><td>{escape(b)}</td></tr>" for a, b in sheet["facts"])
    rows = "<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in sheet["heads"]) + "</tr>"
    for row in sheet["rows"]:
        n, item, *rest = map(escape, row["cells"])
        rows += f"<tr><td>{n}</td><td>{item}<br><small>{escape(row['case'])}</small></td>"
        rows += "".join(f"<td>{cell}</td>" for cell in rest) + f"</tr><tr><td colspan=7>{escape(row['note'])}</td></tr>"
    below = "".join(f"<p class=s>{escape(words)}</p>" for words in sheet["below"])
    notices = "".join(f"<li>{escape(words)}</li>" for words in sheet["notices"])
    page = (
        f"<p>{escape(sheet['centre'])}</p><h1>{escape(sheet['title'])}</h1><p><b>{escape(sheet['mark'])}</b></p>"
        f"<div class=both><table>{facts}</table><div>{sheet['symbol']}<p>{escape(sheet['scan'])}</p></div></div>"
        f"<p>{escape(sheet['lead'])}</p><table>{rows}</table>{below}<b>{escape(sheet['notices_head'])}</b><ol>{notices}</ol>"
        f"<p style='text-align:right'>{escape(sheet['signed'])}</p>"
    )

    def drawn() -> bytes:
        made = HTML(string=page).write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-3b")
        assert isinstance(made, bytes)
        return made

    return drawn


def main() -> None:
    sheet = json.loads(sys.stdin.readline())
    if "reportlab+C" not in sys.argv:
        sys.modules["_rl_accel"] = None  # type: ignore[assignment]  # as if it were not installed
    known = {"reportlab": by_reportlab, "reportlab+C": by_reportlab, "weasyprint": by_weasyprint}
    peers = {name: known[name](sheet) for name in sys.argv[1:]}
    for draw in peers.values():
        draw()
    print("ready", flush=True)
    for line in sys.stdin:
        name, _, keep = line.strip().partition(" ")
        started = time.process_time()
        pdf = peers[name]()
        seconds = time.process_time() - started
        if keep:
            Path(keep).write_bytes(pdf)
        print(seconds, flush=True)


if __name__ == "__main__":
    main()
