"""A paper held before the counter's camera is answered like any other; the camera looks no longer than it must.

The frames go QtMultimedia's own way (fed_camera.py): session, sink, planes. What stands for the lens is the tests'.
"""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PIL import Image, ImageFilter, ImageStat
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

import resources
from printing.inquiry import Papers
from printing.layout import load
from printing.voucher import Issued
from tests.whispers import Ear
from tests.window_client import desks, fed_camera, looking
from tests.window_client.fed_camera import OTHER, WINDOW, FedCamera, held, symbol
from window_client.assembly.house import House
from window_client.counter import sighting
from window_client.counter.desk import Desk
from window_client.look.words import Language
from window_client.staff import watch
from window_client.staff.panels.verify_voucher import VerifyVoucher
from window_client.staff.window import StaffWindow

SECONDS = 8.0
Use = Callable[..., tuple[StaffWindow, VerifyVoucher]]


@pytest.fixture(scope="module")
def voucher(house: House) -> Issued:
    sample = load(resources.layouts_dir(), "combined_receipt").sample(2)
    return house.press.issue(replace(sample, issued_at=house.clock(), centre=house.station.centre))


@pytest.fixture(scope="module")
def slip(voucher: Issued) -> Image.Image:
    with Image.open(io.BytesIO(voucher.receipt_png)) as paper:
        return fed_camera.slip(paper)


@pytest.fixture(scope="module")
def scenes(slip: Image.Image, voucher: Issued) -> dict[str, Image.Image]:
    """A digit of the statement changed; somebody's payment code; two vouchers side by side."""
    text, middle = voucher.qr_text, len(voucher.qr_text) - 40
    forged = text[:middle] + ("1" if text[middle] != "1" else "2") + text[middle + 1 :]
    two = held(slip, side=420, at=(-320, 0))
    two.paste(held(symbol(forged), side=380, at=(320, 0)).crop((640, 0, 1280, 720)), (640, 0))
    foreign = held(symbol("https://pay.example.invalid/000000"), side=260)
    return {"forged": held(symbol(forged), turn=-9), "foreign": foreign, "two": two}


@pytest.fixture
def use(qtbot: QtBot, house: House, desk: Desk, nothing_is_whispered: Ear) -> Iterator[Use]:
    """The clerk's window with a camera before it, switched on by its button."""
    nothing_is_whispered.expect("camera lost|camera not usable")
    desk.papers = lambda: Papers.load(house.settings.data)
    panels: list[VerifyVoucher] = []

    def on(camera: FedCamera, language: Language = "zh", large: bool = False) -> tuple[StaffWindow, VerifyVoucher]:
        desk.camera = lambda: camera
        window = desks.clerks_window(qtbot, desk, language, large)
        window.turn("verify")
        panel = window.panels["verify"]
        assert isinstance(panel, VerifyVoucher)
        panels.append(panel)
        press(window, "camera")
        return window, panel

    yield on
    for panel in panels:
        panel.watch.end()


def press(window: StaffWindow, name: str) -> None:
    QApplication.processEvents()
    button = window.findChild(QPushButton, name)
    assert isinstance(button, QPushButton), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def wait(fact: Callable[[], object]) -> None:
    until = time.monotonic() + SECONDS
    while not fact():
        assert time.monotonic() < until, "it did not come"
        QApplication.processEvents()
        time.sleep(0.002)


def labelled(window: StaffWindow, name: str) -> str:
    found = window.findChild(QLabel, name)
    return found.text() if isinstance(found, QLabel) else ""


# -- what is held up is answered --------------------------------------------------------------------------------------


def test_a_voucher_that_comes_to_rest_is_answered_as_by_every_other_way(
    use: Use, desk: Desk, house: House, slip: Image.Image, voucher: Issued
) -> None:
    by_text = desk.papers().verify(voucher.qr_text, house.clock())
    kept = sorted(house.settings.data.rglob("*"))
    camera = FedCamera(fed_camera.moving_then_still(held(slip, turn=23, tilt=0.14), blurred=8))
    window, panel = use(camera)
    assert desk.camera_is_on
    wait(lambda: panel.watch.state == "live")
    assert {"摄像头已打开", "关闭摄像头"} <= looking.words_on(window)
    wait(lambda: desk.checked)
    QApplication.processEvents()
    by_camera = desk.checked
    assert by_camera is not None
    assert by_camera.verdict == by_text
    assert (camera.on, desk.camera_is_on, panel.watch.state) == (False, False, "off")
    assert labelled(window, "verdict class") == window.place.words("verdict.class.true")
    assert (by_camera.given, by_camera.name) == (b"", "")
    assert sorted(house.settings.data.rglob("*")) == kept  # nothing of the pictures is anywhere


ANSWERS = {
    "forged": ("BAD_SIGNATURE", "false"),
    "foreign": ("NOT_A_VOUCHER", "cannot-tell"),
    "two": ("MULTIPLE_VOUCHERS", "cannot-tell"),
}


@pytest.mark.parametrize("scene", ANSWERS)
def test_what_is_no_single_genuine_voucher_has_the_same_answers_as_everywhere(
    use: Use, desk: Desk, scenes: dict[str, Image.Image], scene: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sighting, "STAYS", 0.3)
    use(FedCamera([scenes[scene]]))
    wait(lambda: desk.checked)
    assert desk.checked is not None
    assert (desk.checked.verdict.code, desk.checked.verdict.kind) == ANSWERS[scene]


def test_a_picture_that_never_comes_to_rest_has_no_answer(use: Use, desk: Desk, slip: Image.Image) -> None:
    """The control: the same paper and the same way, but nothing to read in it; the hint says what to do."""
    smeared = held(slip).filter(ImageFilter.BoxBlur(14))
    window, panel = use(FedCamera([smeared]))
    wait(lambda: panel.watch.state == "live")
    assert labelled(window, "camera hint") == window.place.words("staff.camera.hold")
    QTest.qWait(400)
    assert panel.watch.is_on
    assert desk.checked is None


# -- how long it looks ------------------------------------------------------------------------------------------------


def test_nobody_for_a_while_ends_it_and_a_press_begins_again(use: Use, desk: Desk) -> None:
    camera = FedCamera([fed_camera.desk_top()])
    window, panel = use(camera)
    wait(lambda: panel.watch.state == "live")
    panel.watch._nobody.start(1)  # its minute is over
    wait(lambda: panel.watch.state == "nobody")
    QApplication.processEvents()
    assert not camera.on
    assert not desk.camera_is_on
    assert labelled(window, "camera trouble 0") == window.place.words("staff.camera.nobody")
    panel.watch._nobody.setInterval(60_000)
    press(window, "camera again")
    wait(lambda: panel.watch.state == "live")
    press(window, "camera")
    assert (camera.on, panel.watch.state) == (False, "off")


def test_turning_away_ends_it(use: Use, desk: Desk) -> None:
    camera = FedCamera([fed_camera.desk_top()])
    window, _ = use(camera)
    was_on = [camera.on]

    def after(act: Callable[[], object]) -> None:
        act()
        assert camera.on == desk.camera_is_on
        was_on.append(camera.on)

    after(lambda: window.turn("pick"))
    window.turn("verify")
    after(lambda: press(window, "camera"))
    after(desk.open_visit)  # the next person
    after(lambda: press(window, "camera"))
    after(lambda: window.prefer(replace(window.place.preferences, language="en")))  # the panel is laid out anew
    assert was_on == [True, False, True, False, True, False]


# -- cameras come and go ----------------------------------------------------------------------------------------------


def test_pulled_out_while_it_looks_and_another_one_chosen(use: Use) -> None:
    camera = FedCamera([fed_camera.desk_top()])
    window, panel = use(camera)
    wait(lambda: panel.watch.state == "live")
    assert window.findChild(QComboBox, "camera choice") is None
    camera.plug_in(OTHER)
    QApplication.processEvents()
    choice = window.findChild(QComboBox, "camera choice")
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findData(OTHER.key))
    choice.activated.emit(choice.currentIndex())
    assert camera.was_on[-1] == OTHER
    camera.pull_out(OTHER)
    QApplication.processEvents()
    assert labelled(window, "camera trouble 0") == window.place.words("devices.camera_gone.happened")
    press(window, "camera again")
    assert camera.was_on[-1] == WINDOW


CODES = ("not_installed", "missing", "not_allowed", "busy", "gone", "silent", "will_not_start")


@pytest.mark.parametrize(("language", "large"), [("zh", False), ("en", True)])
def test_every_refusal_is_a_sentence_of_its_own_and_nothing_is_cut(use: Use, language: Language, large: bool) -> None:
    camera = FedCamera([fed_camera.desk_top()], there=(WINDOW, OTHER))
    window, panel = use(camera, language, large)
    wait(lambda: panel.watch.state == "live")
    faults = _faults(window)
    said = set()
    for code in CODES:
        camera.trouble = f"camera_{code}"
        panel.watch.begin()
        for _ in range(3):
            QApplication.processEvents()
        assert window.findChild(QPushButton, "camera browser") is not None
        said.add(labelled(window, "camera trouble 0"))
        faults += _faults(window)
    assert len(said) == len(CODES)
    assert said == {window.place.words(f"devices.camera_{code}.happened") for code in CODES}
    assert faults == []
    assert window.place.words.missed == []


def _faults(window: StaffWindow) -> list[str]:
    return looking.cut_off(window) + looking.outside(window) + looking.nameless(window) + looking.unreachable(window)


def test_a_camera_without_a_picture_says_so(use: Use) -> None:
    window, panel = use(FedCamera(()))
    assert labelled(window, "camera hint") == window.place.words("staff.camera.starting")
    panel.watch._silent.start(1)
    wait(lambda: panel.watch.state == "trouble")
    assert panel.watch.trouble is not None
    assert panel.watch.trouble.code == "camera_silent"


# -- the window stays at hand -----------------------------------------------------------------------------------------


class Stuck(sighting.Sighting):
    """A reader that does not come back from its first picture until it is let go."""

    seen: list[float] = []
    go = threading.Event()

    def look(self, picture: Image.Image) -> tuple[str, ...]:
        self.seen.append(ImageStat.Stat(picture.getchannel(0)).mean[0])
        assert self.go.wait(SECONDS)
        return ()


def test_a_slow_reader_makes_neither_a_queue_nor_the_window_wait(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "Sighting", Stuck)
    Stuck.seen.clear()
    Stuck.go.clear()
    camera = FedCamera([fed_camera.desk_top()])
    shown: list[object] = []
    _, panel = use(camera)
    panel.watch.shown.connect(shown.append)
    wait(lambda: len(shown) > 6)  # the window goes on, and so does the picture
    assert len(Stuck.seen) == 1
    camera.show([Image.new("RGB", fed_camera.SIZE, "white")])
    before = len(shown)
    wait(lambda: len(shown) > before + 2)
    Stuck.go.set()
    wait(lambda: len(Stuck.seen) > 1)
    assert Stuck.seen[1] > 250  # the newest, and none of those that came in between


def test_the_control_a_reader_on_the_windows_own_thread_stops_it(use: Use) -> None:
    _, panel = use(FedCamera([fed_camera.desk_top()]))
    wait(lambda: panel.watch.state == "live")
    panel.watch.shown.connect(lambda _: time.sleep(0.25))
    looks = [time.monotonic()]

    def stopped() -> bool:
        looks.append(time.monotonic())
        return looks[-1] - looks[-2] > 0.2

    wait(stopped)
