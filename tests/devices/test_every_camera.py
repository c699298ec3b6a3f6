"""What every camera owes; what the system's camera makes of a frame, a refusal, a machine without QtMultimedia."""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from tests.house.tree import ROOT
from tests.whispers import Ear
from window_client.devices.camera import Camera, Eye
from window_client.devices.cameras import system
from window_client.devices.cameras.system import SystemCamera, best_format, picture_of
from window_client.devices.roll_call import all_cameras, camera_for
from window_client.devices.trouble import DeviceTrouble
from window_client.settings import CameraChoice, Settings

WIDE, HIGH = 322, 242  # neither is a round number of anything
Kind = QVideoFrameFormat.PixelFormat


def test_each_is_called_as_its_file_and_is_found() -> None:
    assert all_cameras()
    for name, kind in all_cameras().items():
        assert kind.name == name
        assert camera_for(Settings(camera=CameraChoice(kind=name))).on is False
    with pytest.raises(DeviceTrouble) as trouble:
        camera_for(Settings(camera=CameraChoice(kind="crystal_ball")))
    assert trouble.value.code == "unknown_device"


# -- the public half ---------------------------------------------------------------------------------------------------


class Glass(Camera):
    name = "glass"

    def __init__(self, begin: Callable[[Camera], None] = lambda _: None) -> None:
        super().__init__("two")
        self.begin = begin
        self.ended = 0

    def _eyes(self) -> tuple[Eye, ...]:
        return Eye("1", "Number one"), Eye("2", "Number two")

    def _begin(self, eye: Eye) -> None:
        self.begin(self)

    def _newest(self) -> Image.Image | None:
        raise OSError("torn")

    def _end(self) -> None:
        self.ended += 1
        raise RuntimeError("does not close")


def _busy(camera: Camera) -> None:
    camera.lost("camera_busy")


def _breaks(_: Camera) -> None:
    raise ValueError("driver")


def test_only_device_trouble_leaves_and_it_is_told_once(nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("camera")
    told: list[str] = []
    for begin, code in ((_busy, "camera_busy"), (_breaks, "device_failed")):
        glass = Glass(begin)
        with pytest.raises(DeviceTrouble) as trouble:
            glass.switch_on(glass.eyes()[0], lambda each: told.append(each.code))
        assert (trouble.value.code, glass.on, told) == (code, False, [])
    glass = Glass()
    assert [eye.name for eye in glass.eyes()] == ["Number two", "Number one"]  # the settings' one first
    assert glass.newest() is None
    glass.switch_on(glass.eyes()[0], lambda each: told.append(each.code))
    assert glass.newest() is None  # a torn picture is none
    glass.lost("camera_gone")
    glass.lost("camera_gone")
    glass.switch_off()
    assert (told, glass.on, glass.ended) == (["camera_gone"], False, 1)


# -- the system's camera -----------------------------------------------------------------------------------------------


def test_without_the_part_or_its_libraries_it_says_so(
    monkeypatch: pytest.MonkeyPatch, nothing_is_whispered: Ear
) -> None:
    nothing_is_whispered.expect("camera not usable")
    monkeypatch.delattr("PySide6.QtMultimedia", raising=False)
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    with pytest.raises(DeviceTrouble) as trouble:
        SystemCamera().eyes()
    assert trouble.value.code == "camera_not_installed"


def test_the_client_loads_nothing_of_it_at_start() -> None:
    """Only a function may import it; a module that did so would cost every start FFmpeg."""
    at_once = re.compile(r"^(from|import) .*QtMultimedia", re.MULTILINE)
    sources = {path: path.read_text() for path in (ROOT / "window_client").rglob("*.py")}
    del sources[ROOT / "window_client/cli/doctor.py"]  # in the text of a program for a process of its own
    assert [path.name for path, text in sources.items() if at_once.search(text)] == []
    assert "import QtMultimedia" in sources[Path(str(system.__file__))]  # the control: it is imported somewhere


def test_a_camera_that_is_there_and_may_not_be_opened_is_another_answer_than_none() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        assert not system._forbidden(folder)
        camera = folder / "video0"
        camera.touch(mode=0o600)
        assert not system._forbidden(folder)
        camera.chmod(0o000)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)  # root may open everything
        try:
            assert system._forbidden(folder)
        finally:
            os.seteuid(user)


class Offered:
    """A format as a camera offers it."""

    def __init__(self, wide: int, high: int, rate: float) -> None:
        self.size, self.rate = QSize(wide, high), rate

    def resolution(self) -> QSize:
        return self.size

    def maxFrameRate(self) -> float:
        return self.rate


@pytest.mark.parametrize(
    ("offered", "best"),
    [
        ([(640, 480, 30), (1280, 720, 30), (1920, 1080, 5)], (1280, 720, 30)),  # sharp, but a slide show
        ([(1920, 1080, 30), (3840, 2160, 30), (1920, 1080, 60)], (1920, 1080, 30)),
        ([(1600, 1200, 2)], None),
        ([], None),
    ],
)
def test_the_sharpest_picture_that_still_moves_is_chosen(
    offered: list[tuple[int, int, float]], best: tuple[int, int, float] | None
) -> None:
    found = best_format([Offered(*each) for each in offered])  # type: ignore[misc]
    assert best == (found and (found.resolution().width(), found.resolution().height(), found.maxFrameRate()))


# -- frames ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def paper() -> Image.Image:
    """Every colour in it somewhere, nothing the same left and right or up and down."""
    across = Image.linear_gradient("L").rotate(90).resize((WIDE, HIGH))
    down = Image.linear_gradient("L").resize((WIDE, HIGH))
    return Image.merge("RGB", (across, down, Image.radial_gradient("L").resize((WIDE, HIGH))))


def _planes(kind: str, paper: Image.Image) -> list[Image.Image]:
    """What a camera of this kind would have in its memory."""
    light, blue, red = paper.convert("YCbCr").split()
    half, flat = ((WIDE + 1) // 2, (HIGH + 1) // 2), ((WIDE + 1) // 2, HIGH)
    small = {"b": blue.resize(half), "r": red.resize(half), "B": blue.resize(flat), "R": red.resize(flat)}
    pairs = [light.transform(flat, Image.Transform.AFFINE, (2, 0, at, 0, 1, 0)) for at in (0, 1)]
    colours = dict(zip("RGBAX", (*paper.split(), *[Image.new("L", paper.size, 255)] * 2), strict=True))
    match kind:
        case "YUV420P":
            return [light, small["b"], small["r"]]
        case "YV12":
            return [light, small["r"], small["b"]]
        case "YUV422P":
            return [light, small["B"], small["R"]]
        case "NV12":
            return [light, Image.merge("LA", (small["b"], small["r"]))]
        case "NV21":
            return [light, Image.merge("LA", (small["r"], small["b"]))]
        case "YUYV":
            return [Image.merge("RGBA", (pairs[0], small["B"], pairs[1], small["R"]))]
        case "UYVY":
            return [Image.merge("RGBA", (small["B"], pairs[0], small["R"], pairs[1]))]
        case "Y8":
            return [light]
        case _:
            return [Image.merge("RGBA", tuple(colours[letter] for letter in kind[:4]))]


KINDS = ["YUV420P", "YV12", "YUV422P", "NV12", "NV21", "YUYV", "UYVY", "Y8"]
KINDS += [f"{order}8888" for order in ("BGRA", "BGRX", "RGBA", "RGBX", "ARGB", "XRGB", "ABGR", "XBGR")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_of_every_kind_becomes_the_same_picture(kind: str, paper: Image.Image) -> None:
    frame = QVideoFrame(QVideoFrameFormat(QSize(WIDE, HIGH), getattr(Kind, f"Format_{kind}")))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    for number, plane in enumerate(_planes(kind, paper)):
        content, stride, wide = plane.tobytes(), frame.bytesPerLine(number), len(plane.tobytes()) // plane.height
        for line in range(plane.height):
            memory = memoryview(frame.bits(number))
            memory[line * stride : line * stride + wide] = content[line * wide : (line + 1) * wide]
    frame.unmap()
    made = picture_of(frame)
    assert made.size == paper.size
    wanted = paper.convert("L") if kind == "Y8" else paper
    assert max(ImageStat.Stat(ImageChops.difference(made.convert(wanted.mode), wanted)).mean) < 4
    turned = made.convert(wanted.mode).transpose(
        Image.Transpose.FLIP_LEFT_RIGHT
    )  # the control: mirrored is not the same
    assert max(ImageStat.Stat(ImageChops.difference(turned, wanted)).mean) > 20


def test_a_packed_frame_is_unpacked_and_a_torn_one_is_an_error(paper: Image.Image) -> None:
    packed = io.BytesIO()
    paper.save(packed, "JPEG", quality=90)
    made = system._jpeg(packed.getvalue())
    assert max(ImageStat.Stat(ImageChops.difference(made, paper)).mean) < 4
    with pytest.raises(OSError):
        system._jpeg(packed.getvalue()[:200])
    huge = io.BytesIO()
    Image.new("L", (9000, 4000)).save(huge, "JPEG")
    with pytest.raises(ValueError, match="too large"):
        system._jpeg(huge.getvalue())


def test_a_picture_of_the_system_itself_is_taken_too(paper: Image.Image) -> None:
    rgb = QImage(paper.tobytes(), WIDE, HIGH, WIDE * 3, QImage.Format.Format_RGB888)
    made = picture_of(QVideoFrame(rgb.convertToFormat(QImage.Format.Format_ARGB32)))
    assert max(ImageStat.Stat(ImageChops.difference(made, paper)).mean) < 1
