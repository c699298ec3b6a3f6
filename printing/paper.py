"""From a filled layout to bytes: A4 PDF, 80 mm picture, preview, all from the one template by the one engine (typst).

Law: plaintext stays in memory; typst gets the voucher as a file of that one run, in memory, and none of ours holds it.
(As an input of `sys.inputs` it would change typst's own library, and nothing typst remembers would hold for the next.)
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Final, cast

import pypdfium2
import typst
from PIL import Image

import resources
from printing.errors import LayoutWrong
from printing.layout import DOTS_WIDE, SLIP_DPI, Layout

DPI: Final = float(SLIP_DPI)
PDF_STANDARD: Final = "a-3b"  # part 3, because the proof from the log travels inside the file as an attachment
# Half-covered dots become ink: strokes of Chinese characters at 203 dpi break when only full dots count.
INK_BELOW: Final = 150
_INK: Final = [0 if level < INK_BELOW else 255 for level in range(256)]
# pdfium keeps global state and is not safe from two threads at once.
_PDFIUM = threading.Lock()


class Engine:
    """typst with our fonts and no others, kept warm. Two benches, so that sheet and slip of one voucher are drawn
    side by side (typst lets other threads work while it compiles); one voucher at a time on each."""

    def __init__(self, layouts: Path) -> None:
        self._layouts = layouts
        self._sheet_lock = threading.Lock()
        self._slip_lock = threading.Lock()

    @cached_property
    def fonts(self) -> tuple[Path, ...]:
        """The faces themselves; HanaMinA joins HanaMinB where it is installed beside it."""
        files = resources.font_files()
        beside = [file.with_name("HanaMinA.ttf") for file in files if file.name.startswith("HanaMinB")]
        return (*files, *(file for file in beside if file.is_file()))

    @cached_property
    def _faces(self) -> typst.Fonts:
        folders = sorted({str(font.parent) for font in self.fonts})
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))

    def _bench(self) -> typst.Compiler:
        return typst.Compiler(root=str(self._layouts), font_paths=self._faces, ignore_system_fonts=True)

    @cached_property
    def _sheets(self) -> typst.Compiler:
        return self._bench()

    @cached_property
    def _slips(self) -> typst.Compiler:
        return self._bench()

    def both(self, layout: Layout, sheet: dict[str, str], slip: dict[str, str], moment: int) -> tuple[bytes, bytes]:
        """(A4 as PDF, 80 mm as PNG) of one voucher, drawn side by side."""
        with ThreadPoolExecutor(1, thread_name_prefix="sheet") as beside:
            drawn = beside.submit(self.pdf, layout, sheet, moment)
            receipt = self.receipt(layout, slip, moment)
            return drawn.result(), receipt

    def pdf(self, layout: Layout, given: dict[str, str], moment: int) -> bytes:
        """A4 or A5, PDF/A; the date inside is the voucher's, so the same voucher gives the same bytes."""
        with _at_work(layout, given, self._sheet_lock) as files:
            made = self._sheets.compile(input=files, format="pdf", pdf_standards=[PDF_STANDARD], timestamp=moment)
        return _pages(made)[0]

    def picture(self, layout: Layout, given: dict[str, str], dpi: float) -> list[bytes]:
        with _at_work(layout, given, self._sheet_lock) as files:
            made = self._sheets.compile(input=files, format="png", ppi=dpi)
        return _pages(made)

    def receipt(self, layout: Layout, given: dict[str, str], moment: int, dpi: int = SLIP_DPI) -> bytes:
        """80 mm roll as a 1-bit PNG, 576 dots wide at 203 dots an inch. Drawn by pdfium: typst's own PNG takes five
        times the work, most of it for colours that a thermal printer has not."""
        pages = raster(self._roll(layout, given, moment), dpi)
        if len(pages) != 1:
            raise LayoutWrong(file=str(layout.folder), reason="receipt_pages", word=str(len(pages)))
        page = pages[0]
        if page.width != DOTS_WIDE[dpi]:
            page = page.crop((0, 0, DOTS_WIDE[dpi], page.height))
        return png(page.point(_INK, "1"), dpi)

    def calibration(self, size: tuple[float, float], offset: tuple[float, float], words: str) -> bytes:
        """The page that tells how far a printer's paper lies from where it should; `words` is one JSON table."""
        given = {"paper": size, "offset": offset, **json.loads(words)}
        page = (self._layouts / "_shared" / "calibration.typ").read_bytes()
        with self._sheet_lock:
            files: Any = {"main.typ": page, "calibration.json": json.dumps(given).encode()}
            made = self._sheets.compile(input=files, format="pdf")
        return _pages(made)[0]

    def _roll(self, layout: Layout, given: dict[str, str], moment: int) -> bytes:
        with _at_work(layout, given, self._slip_lock) as files:
            made = self._slips.compile(input=files, format="pdf", timestamp=moment, pdf_tags=False)
        return _pages(made)[0]


@contextmanager
def _at_work(layout: Layout, given: dict[str, str], bench: threading.Lock) -> Iterator[Any]:
    """The files of one run (the stubs of typst know no such dict); a template finds its shared parts
    on disk, below the layouts' folder."""
    file = layout.folder / layout.template
    own = {"voucher.json": given["voucher"].encode(), "symbol.svg": given["symbol"].encode()}
    with bench:
        try:
            yield {"main.typ": file.read_bytes(), **own}
        except typst.TypstError as wrong:
            raise LayoutWrong(file=str(file), reason="template", word=str(wrong.message)[:200]) from None


def _pages(made: bytes | list[bytes] | None) -> list[bytes]:
    assert made is not None  # typst gives None only when it writes to a file
    return made if isinstance(made, list) else [made]


def png(picture: Image.Image, dpi: float) -> bytes:
    target = io.BytesIO()
    picture.save(target, "PNG", dpi=(dpi, dpi), compress_level=1)  # a few KB more, in a third of the time
    return target.getvalue()


def raster(pdf: bytes, dpi: float, *, most_pages: int = 6, most_pixels: int = 40_000_000) -> list[Image.Image]:
    """The pages as grey pictures, as a printer at `dpi` would draw them. pypdfium2.PdfiumError for a broken file."""
    pages: list[Image.Image] = []
    with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        for n in range(min(len(document), most_pages)):
            page = document[n]
            scale = dpi / 72
            area = max(1.0, page.get_width() * page.get_height())
            scale = min(scale, (most_pixels / area) ** 0.5)
            picture = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()
            pages.append(picture.convert("L"))
            page.close()
    return pages


def symbol_corners(pdf: bytes, dpi: float, *, most_pages: int = 6) -> list[Image.Image]:
    """The upper right quarter of every page, where our sheets have their symbol."""
    found: list[Image.Image] = []
    with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        for n in range(min(len(document), most_pages)):
            page = document[n]
            picture = page.render(
                scale=dpi / 72,
                grayscale=True,
                may_draw_forms=False,
                crop=(page.get_width() * 0.55, page.get_height() * 0.55, 0, 0),
            ).to_pil()
            found.append(cast("Image.Image", picture.convert("L")))
            page.close()
    return found


def size_mm(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page in millimetres."""
    with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        size = page.get_width() * 25.4 / 72, page.get_height() * 25.4 / 72
        page.close()
    return size


def page_texts(pdf: bytes, *, most_pages: int = 6) -> list[str]:
    """The text layer, page by page."""
    found: list[str] = []
    with _PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        for n in range(min(len(document), most_pages)):
            page = document[n]
            layer = page.get_textpage()
            found.append(layer.get_text_bounded())
            layer.close()
            page.close()
    return found


def roll_pdf(receipt_png: bytes, dpi: float = DPI) -> bytes:
    """The 80 mm picture as a page for a print server: exactly these dots, no font of the printer is asked."""
    target = io.BytesIO()
    with Image.open(io.BytesIO(receipt_png)) as picture:
        picture.save(target, "PDF", resolution=dpi)
    return target.getvalue()
