"""The cameras this computer's own system knows (V4L2, Media Foundation, AVFoundation), through QtMultimedia.

QtMultimedia is loaded when somebody first asks for a camera, never at start: it brings FFmpeg with it, an office may
leave it out (the extra `camera`), and a window without it still does everything else. Pictures are taken from the
frame's own planes, so reading needs no graphics card: the brightness plane is what the readers want anyway.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PIL import Image

from window_client.devices.camera import Camera, Eye
from window_client.devices.trouble import DeviceTrouble

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCameraDevice, QCameraFormat, QMediaCaptureSession, QVideoFrame

MOST_PIXELS: Final = 1920 * 1080  # a symbol of 77 modules held at arm's length has 4 pixels a module at this
LEAST_RATE: Final = 10.0  # pictures a second; below it a hand is never still
_DEVICES: Final = Path("/dev")
# Hardware decoding is never used here, so a machine without its libraries is not a finding.
_UNUSED: Final = "qt.multimedia.symbolsresolver.warning=false\nqt.multimedia.ffmpeg.info=false"


class SystemCamera(Camera):
    name: ClassVar[str] = "system"

    def __init__(self, device: str = "") -> None:
        super().__init__(device)
        self._multimedia: Any = None
        self._devices: Any = None
        self._session: QMediaCaptureSession | None = None
        self._camera: Any = None
        self._sink: Any = None
        self._last: QVideoFrame | None = None
        self._key = ""

    # -- what there is -------------------------------------------------------------------------------------------

    def _eyes(self) -> tuple[Eye, ...]:
        found = self._inputs()
        if not found:
            raise DeviceTrouble("camera_not_allowed" if _forbidden(_DEVICES) else "camera_missing")
        return tuple(Eye(_key(each), each.description()) for each in found)

    def _inputs(self) -> list[QCameraDevice]:
        if self._multimedia is None:
            self._multimedia = _loaded()
            self._devices = self._multimedia.QMediaDevices()
            self._devices.videoInputsChanged.connect(self._inputs_changed)
        default = _key(self._multimedia.QMediaDevices.defaultVideoInput())
        return sorted(self._multimedia.QMediaDevices.videoInputs(), key=lambda each: _key(each) != default)

    def _inputs_changed(self) -> None:
        if self.on and self._key and self._key not in {_key(each) for each in self._inputs()}:
            self.lost("camera_gone")
        self.eyes_changed()

    # -- on and off ----------------------------------------------------------------------------------------------

    def _begin(self, eye: Eye) -> None:
        device = next((each for each in self._inputs() if _key(each) == eye.key), None)
        if device is None:
            raise DeviceTrouble("camera_gone")
        if _refused_by_the_system():
            raise DeviceTrouble("camera_not_allowed")
        self._key = eye.key
        camera = self._multimedia.QCamera(device)
        best = best_format(device.videoFormats())
        if best is not None:
            camera.setCameraFormat(best)
        camera.errorOccurred.connect(lambda _, words: self._failed(words))
        self._watch(lambda session: session.setCamera(camera))
        self._camera = camera
        camera.start()

    def _watch(self, attach: Callable[[QMediaCaptureSession], None]) -> None:
        """A session with what `attach` puts before it, and our sink behind it."""
        if self._sink is None:
            self._sink = self._multimedia.QVideoSink()  # one for good: another thread looks into it
        session = self._multimedia.QMediaCaptureSession()
        attach(session)
        session.setVideoSink(self._sink)
        self._session = session

    def _failed(self, words: str) -> None:
        busy = any(word in words.casefold() for word in ("in use", "busy", "being used"))
        self.lost("camera_busy" if busy else "camera_will_not_start")

    def _end(self) -> None:
        camera, session, self._camera, self._session = self._camera, self._session, None, None
        self._key, self._last = "", None
        if camera is not None:
            camera.errorOccurred.disconnect()
            camera.stop()
        if session is not None:
            session.setVideoSink(None)  # type: ignore[arg-type]  # Qt takes none
            session.setCamera(None)  # type: ignore[arg-type]

    # -- pictures ------------------------------------------------------------------------------------------------

    def _newest(self) -> Image.Image | None:
        sink = self._sink
        frame = sink.videoFrame() if sink is not None else None
        if frame is None or not frame.isValid() or frame == self._last:
            return None
        self._last = frame
        return picture_of(frame)


def _loaded() -> Any:
    """QtMultimedia, or DeviceTrouble `camera_not_installed`: left out, or a library of the system is missing."""
    from PySide6.QtCore import QLoggingCategory

    QLoggingCategory.setFilterRules(_UNUSED)
    try:
        from PySide6 import QtMultimedia
    except ImportError:
        raise DeviceTrouble("camera_not_installed") from None
    kinds = QtMultimedia.QMediaFormat
    if not kinds().supportedVideoCodecs(kinds.ConversionMode.Decode):  # its FFmpeg part did not load
        raise DeviceTrouble("camera_not_installed")
    return QtMultimedia


def _key(device: QCameraDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")


def _forbidden(folder: Path) -> bool:
    """Linux shows a camera only to those who may open it: one that is there and not listed is one we may not use."""
    cameras = list(folder.glob("video*")) if sys.platform == "linux" else []
    return bool(cameras) and not any(os.access(each, os.R_OK | os.W_OK, effective_ids=True) for each in cameras)


def _refused_by_the_system() -> bool:
    """Where the system itself asks the person (macOS, a sandbox) and the answer was no."""
    from PySide6.QtCore import QCameraPermission, QCoreApplication, Qt

    application = QCoreApplication.instance()
    denied = Qt.PermissionStatus.Denied
    return application is not None and application.checkPermission(QCameraPermission()) == denied


def best_format(formats: list[QCameraFormat]) -> QCameraFormat | None:
    """The sharpest picture that still moves: a symbol needs pixels, a hand needs pictures. None: the camera's own."""

    def pixels(each: QCameraFormat) -> int:
        return each.resolution().width() * each.resolution().height()

    fit = [each for each in formats if pixels(each) <= MOST_PIXELS and each.maxFrameRate() >= LEAST_RATE]
    return max(fit, key=lambda each: (pixels(each), min(each.maxFrameRate(), 30.0)), default=None)


# -- a frame's planes as a picture ---------------------------------------------------------------------------------

_PACKED: Final = {"YUYV": (0, 1, 3), "UYVY": (1, 0, 2)}  # brightness in each pair; both colours in each four
_COLOURS: Final = {"BGRA": "BGRX", "BGRX": "BGRX", "RGBA": "RGBX", "RGBX": "RGBX", "ARGB": "XRGB", "XRGB": "XRGB"}
_COLOURS_TURNED: Final = {"ABGR": "XBGR", "XBGR": "XBGR"}


def picture_of(frame: QVideoFrame) -> Image.Image:
    """The frame's pixels, copied: RGB, YCbCr or L. Any thread; OSError or ValueError when it cannot be mapped."""
    size = frame.size().width(), frame.size().height()
    kind = frame.surfaceFormat().pixelFormat().name.removeprefix("Format_").removesuffix("_Premultiplied")
    from PySide6.QtMultimedia import QVideoFrame as Frame

    if not frame.map(Frame.MapMode.ReadOnly):
        raise OSError("not mapped")
    try:
        made = _drawn(frame, kind, size)
    finally:
        frame.unmap()
    return made if made is not None else _by_qt(frame)


def _drawn(frame: QVideoFrame, kind: str, size: tuple[int, int]) -> Image.Image | None:
    match kind:
        case "YUV420P" | "YUV422P":
            return _ycbcr(*(_plane(frame, n, "L", _share(size, kind, n)) for n in (0, 1, 2)))
        case "YV12":
            return _ycbcr(*(_plane(frame, n, "L", _share(size, kind, n)) for n in (0, 2, 1)))
        case "NV12" | "NV21":
            both = _plane(frame, 1, "LA", _share(size, kind, 1)).split()
            return _ycbcr(_plane(frame, 0, "L", size), *(both if kind == "NV12" else both[::-1]))
        case "YUYV" | "UYVY":
            light, blue, red = _PACKED[kind]
            pairs = _plane(frame, 0, "RGBA", (size[0] // 2, size[1])).split()
            return _ycbcr(_plane(frame, 0, "LA", size).getchannel(light), pairs[blue], pairs[red])
        case "Y8":
            return _plane(frame, 0, "L", size)
        case "Jpeg":
            return _jpeg(bytes(frame.bits(0)))
        case _:
            pass
    head = kind.removesuffix("8888")
    if head in _COLOURS:
        return _plane(frame, 0, "RGB", size, _COLOURS[head])
    if head in _COLOURS_TURNED:
        turned = _plane(frame, 0, "RGBX", size, "RGBX").split()
        return Image.merge("RGB", (turned[3], turned[2], turned[1]))
    return None


def _share(size: tuple[int, int], kind: str, plane: int) -> tuple[int, int]:
    """Colour planes are half as wide, and mostly half as high."""
    if plane == 0:
        return size
    return (size[0] + 1) // 2, size[1] if kind == "YUV422P" else (size[1] + 1) // 2


def _plane(frame: QVideoFrame, plane: int, mode: str, size: tuple[int, int], raw: str = "") -> Image.Image:
    stride = frame.bytesPerLine(plane)
    view = frame.bits(plane)
    return Image.frombytes(mode, size, bytes(view), "raw", raw or mode, stride, 1)


def _ycbcr(light: Image.Image, blue: Image.Image, red: Image.Image) -> Image.Image:
    near = Image.Resampling.NEAREST
    return Image.merge("YCbCr", (light, blue.resize(light.size, near), red.resize(light.size, near)))


def _jpeg(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=["JPEG"]) as opened:
        if opened.width * opened.height > 4 * MOST_PIXELS:
            raise ValueError("too large")
        opened.load()
        return opened.copy()


def _by_qt(frame: QVideoFrame) -> Image.Image:
    """The rare kinds (ten bits and more, textures) are left to Qt's own conversion."""
    from PySide6.QtGui import QImage

    shown = frame.toImage().convertToFormat(QImage.Format.Format_RGB888)
    content = bytes(shown.constBits())
    return Image.frombytes("RGB", (shown.width(), shown.height()), content, "raw", "RGB", shown.bytesPerLine(), 1)
