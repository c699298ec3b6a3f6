"""What somebody brings is answered in the verifier's own words, by file, by drop and by scanner, and then forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

import resources
from printing import verify_page
from printing.inquiry import Papers
from printing.layout import load
from printing.voucher import Issued
from tests.window_client import desks, looking
from window_client.assembly.house import House
from window_client.counter.desk import Desk
from window_client.look.live import Paper
from window_client.look.words import Language
from window_client.staff.panels.verify_voucher import VerifyVoucher
from window_client.staff.window import StaffWindow


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with desks.a_house(tmp_path_factory.mktemp("verify") / "house") as house:
        yield house


@pytest.fixture(scope="module")
def voucher(open_house: House) -> Issued:
    sample = load(resources.layouts_dir(), "combined_receipt").sample(2)
    return open_house.press.issue(replace(sample, issued_at=open_house.clock(), centre=open_house.station.centre))


@pytest.fixture
def asking(open_house: House) -> Desk:
    desk = desks.a_desk(open_house)
    desk.papers = lambda: Papers.load(open_house.settings.data)
    return desk


def _window(qtbot: QtBot, desk: Desk, language: Language = "zh", large: bool = False) -> StaffWindow:
    window = desks.clerks_window(qtbot, desk, language, large)
    window.turn("verify")
    QApplication.processEvents()
    return window


def _said(window: StaffWindow) -> tuple[str, str]:
    QApplication.processEvents()
    found = [window.findChild(QLabel, name) for name in ("verdict class", "verdict words")]
    return tuple(each.text() if isinstance(each, QLabel) else "" for each in found)  # type: ignore[return-value]


def test_a_scanner_types_and_the_answer_stands_in_words(qtbot: QtBot, asking: Desk, voucher: Issued) -> None:
    window = _window(qtbot, asking)
    panel = window.panels["verify"]
    assert isinstance(panel, VerifyVoucher)
    assert panel.line is not None
    QTest.keyClicks(panel.line, voucher.qr_text)
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    words = window.place.words
    assert asking.checked is not None
    assert asking.checked.verdict.kind == "true"
    assert _said(window) == (words("verdict.class.true"), words(f"verdict.{asking.checked.verdict.code}"))
    assert len([each for each in panel.findChildren(Paper) if each.isVisible()]) == 1  # redrawn from the signature
    assert voucher.number in looking.words_on(window)


def test_a_dropped_file_is_shown_beside_what_was_signed(
    qtbot: QtBot, asking: Desk, voucher: Issued, tmp_path: Path
) -> None:
    file = tmp_path / "receipt.pdf"
    file.write_bytes(voucher.pdf)
    window = _window(qtbot, asking)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    panel = window.panels["verify"]
    assert isinstance(panel, VerifyVoucher)
    panel.dropEvent(drop)
    assert _said(window)[0] == window.place.words("verdict.class.true")
    assert len([each for each in panel.findChildren(Paper) if each.isVisible()]) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\x89PNG nonsense\x00", "FILE_UNREADABLE"), ("买菜：鸡蛋".encode(), "NOT_A_VOUCHER"), (b"", "FILE_UNREADABLE")],
)
def test_what_is_no_voucher_cannot_be_told_and_is_never_a_no(
    qtbot: QtBot, asking: Desk, tmp_path: Path, content: bytes, code: str
) -> None:
    file = tmp_path / "given"
    file.write_bytes(content)
    window = _window(qtbot, asking)
    asking.check_voucher(file)
    assert asking.checked is not None
    assert asking.checked.verdict.code == code
    assert _said(window)[0] == window.place.words("verdict.class.cannot-tell")


def test_a_changed_digit_is_a_no(qtbot: QtBot, asking: Desk, voucher: Issued) -> None:
    window = _window(qtbot, asking)
    last = voucher.qr_text[-1]
    asking.check_voucher(voucher.qr_text[:-1] + ("1" if last != "1" else "2"))
    assert _said(window)[0] == window.place.words("verdict.class.false")


def test_without_a_trust_list_nobody_is_called_a_forger(qtbot: QtBot, open_house: House, voucher: Issued) -> None:
    """The control: the same voucher, the same desk, but nobody handed it the papers."""
    desk = desks.a_desk(open_house)
    window = _window(qtbot, desk)
    desk.check_voucher(voucher.qr_text)
    assert desk.checked is not None
    assert desk.checked.verdict.code == "TRUST_LIST_MISSING"
    assert _said(window)[0] == window.place.words("verdict.class.cannot-tell")


def test_the_next_visit_finds_nothing_of_it_and_no_fact_was_written(asking: Desk, voucher: Issued) -> None:
    asking.open_visit()
    visit = asking.visit
    assert visit is not None
    before = visit.length
    asking.check_voucher(voucher.qr_text)
    assert asking.checked is not None
    assert asking.visit is not None
    assert asking.visit.length == before
    asking.park_visit()
    assert asking.checked is None


@pytest.mark.parametrize(("language", "large"), [("zh", False), ("en", True)])
def test_nothing_is_cut_nameless_or_out_of_reach(
    qtbot: QtBot, asking: Desk, voucher: Issued, tmp_path: Path, language: Language, large: bool
) -> None:
    file = tmp_path / "slip.png"
    file.write_bytes(voucher.receipt_png)
    window = _window(qtbot, asking, language, large)
    faults: dict[str, list[str]] = {}
    for source in (None, file, "GV1:NONSENSE"):
        if source is not None:
            asking.check_voucher(source)
        for _ in range(3):
            QApplication.processEvents()
        found = looking.cut_off(window) + looking.outside(window) + looking.nameless(window)
        found += looking.unreachable(window)
        if found:
            faults[str(source)] = found
    assert faults == {}
    assert window.place.words.missed == []


def test_without_a_camera_the_browser_has_the_verifying_page_with_this_computers_own_lists(
    qtbot: QtBot, asking: Desk, open_house: House
) -> None:
    class Browser(QObject):
        @Slot(QUrl)
        def show(self, page: QUrl) -> None:
            opened.append(Path(page.toLocalFile()))

    opened: list[Path] = []
    browser = Browser()
    asking.page_of_our_own = lambda: verify_page.of_data_folder(open_house.settings.data)
    window = _window(qtbot, asking)
    QDesktopServices.setUrlHandler("file", browser, "show")  # type: ignore[arg-type]  # PySide takes text only
    try:
        for name in ("camera", "camera browser"):
            button = window.findChild(QPushButton, name)
            assert isinstance(button, QPushButton)
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [page.name for page in opened] == ["index.html"]
    assert (opened[0].parent / "trust-list.cbor").read_bytes() == (
        open_house.settings.data / "trust-list.cbor"
    ).read_bytes()
    assert window.notice.text == window.place.words("staff.verify.camera_opened", page=str(opened[0]))
