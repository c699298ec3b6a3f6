"""The system's own print dialog, through Qt: for a printer that only this computer's driver knows (Windows).

It hands over pictures of the page, drawn by the press at the printer's resolution: Qt's own text would put other
characters under the ink (research/vouchers.md §2.6). The dialog belongs to the main thread; the press prints on a lane,
so the question is carried over and waited for. Without a running Qt application this module finds no printer.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

from PIL import Image

from printing import paper
from printing.errors import PrinterRefused
from printing.printers import Delivery, Job, JobState
from printing.voucher import Form, PrinterState

FINEST: Final = 600  # dots an inch of the pictures; a finer printer gains nothing and waits
Choose = Callable[[Any], bool]


class SystemPrinter:
    """`choose` is given a QPrinter and says whether to print; it is the dialog unless somebody brings another."""

    name = "system"
    paper = True
    dpi = 300

    def __init__(self, choose: Choose | None = None) -> None:
        self._choose = choose or _dialog

    def state(self) -> PrinterState:
        return PrinterState(self.name, _application() is not None, "" if _application() is not None else "printer_gone")

    def takes(self, form: Form) -> Literal["application/pdf", "image/png"]:
        return "image/png" if form == "80mm" else "application/pdf"

    def deliver(self, job: Job) -> Delivery:
        if _application() is None:
            raise PrinterRefused(printer=self.name, reason="no_application")
        printed: list[str] = []
        _on_the_main_thread(lambda: printed.extend(self._print(job)))
        if not printed:
            raise PrinterRefused(printer=self.name, reason="cancelled")
        return Delivery(f"system-{job.title}", printed[0], "done")

    def _print(self, job: Job) -> list[str]:
        """Where it went, or nothing when the clerk cancelled. On the main thread."""
        from PySide6.QtCore import QMarginsF, QSizeF
        from PySide6.QtGui import QPageLayout, QPageSize
        from PySide6.QtPrintSupport import QPrinter

        width, height = _millimetres(job)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(job.title)
        printer.setFullPage(True)
        size = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Millimeter)
        way = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
        printer.setPageLayout(QPageLayout(size, way, QMarginsF(0, 0, 0, 0)))
        if not self._choose(printer):
            return []
        _draw(printer, job)
        if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
            raise PrinterRefused(printer=self.name, reason="system")
        return [printer.outputFileName() or printer.printerName() or self.name]

    def follow(self, job: str) -> JobState:
        return JobState("done")  # the system's queue has it; it has no window to ask through

    def take_back(self, job: str) -> JobState:
        return self.follow(job)


def _draw(printer: Any, job: Job) -> None:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtPrintSupport import QPrinter

    resolution = min(FINEST, printer.resolution())
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefused(printer="system", reason="system")
    try:
        for n, page in enumerate(_pictures(job, resolution)):
            if n:
                printer.newPage()
            grey = page.convert("L")
            image = QImage(grey.tobytes(), grey.width, grey.height, grey.width, QImage.Format.Format_Grayscale8)
            painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), image)
    finally:
        painter.end()


def _pictures(job: Job, resolution: int) -> list[Image.Image]:
    if job.media_type == "application/pdf":
        return paper.raster(job.content, resolution)
    with Image.open(io.BytesIO(job.content)) as slip:
        return [slip.copy()]


def _millimetres(job: Job) -> tuple[float, float]:
    if job.media_type == "application/pdf":
        return paper.size_mm(job.content)
    with Image.open(io.BytesIO(job.content)) as slip:
        dpi = float(slip.info.get("dpi", (paper.DPI, paper.DPI))[0])
        return slip.width / dpi * 25.4, slip.height / dpi * 25.4


def _application() -> Any:
    """The running application with windows; asked without loading Qt, because a command line has none."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets.QApplication.instance() if widgets is not None else None


def _dialog(printer: Any) -> bool:
    from PySide6.QtPrintSupport import QPrintDialog

    return bool(QPrintDialog(printer).exec())


def _on_the_main_thread(work: Callable[[], None]) -> None:
    """Runs `work` where windows may be shown and waits; its trouble comes back to the caller."""
    from PySide6.QtCore import QObject, Qt, QThread, Signal

    if QThread.currentThread() == _application().thread():
        work()
        return
    trouble: list[Exception] = []

    class Carrier(QObject):
        asked = Signal()

        def carry(self) -> None:
            try:
                work()
            except Exception as error:  # noqa: BLE001 brought over the thread's border, raised there
                trouble.append(error)

    carrier = Carrier()
    carrier.moveToThread(_application().thread())
    carrier.asked.connect(carrier.carry, Qt.ConnectionType.BlockingQueuedConnection)
    carrier.asked.emit()
    carrier.deleteLater()
    if trouble:
        raise trouble[0]


def find(_room: Path) -> list[SystemPrinter]:
    """One, in a client with windows; none on a command line."""
    return [SystemPrinter()] if _application() is not None else []
