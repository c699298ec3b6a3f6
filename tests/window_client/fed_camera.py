"""A camera whose lens is ours: QtMultimedia's own way from a frame to the sink, fed with pictures of papers held up.

What stands before the session is QVideoFrameInput in place of QCamera, and that is all that differs from a real one:
the session, its sink, the frames' planes, both threads of the watch and the readers are those of the counter.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import cycle

import qrcode
from PIL import Image, ImageFilter
from PySide6.QtCore import QSize, QTimer
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat, QVideoFrameInput

from printing import qr, reading
from window_client.devices.camera import Eye
from window_client.devices.cameras.system import SystemCamera
from window_client.devices.trouble import DeviceTrouble

SIZE = (1280, 720)
WINDOW = Eye("fed:0", "Counter camera")
OTHER = Eye("fed:1", "Second camera")
Pictures = Sequence[Image.Image]


class FedCamera(SystemCamera):
    """`pictures` one after the other and from the start again, 25 a second; `trouble`: what switching on ends with."""

    def __init__(self, pictures: Pictures, *, there: Sequence[Eye] = (WINDOW,), trouble: str = "") -> None:
        super().__init__()
        self._frames: Iterator[QVideoFrame] = iter(())
        self.show(pictures)
        self.there, self.trouble = tuple(there), trouble
        self._input: QVideoFrameInput | None = None
        self._clock = QTimer()
        self._clock.setInterval(40)
        self._clock.timeout.connect(self._feed)
        self.sent = 0
        self.was_on: list[Eye] = []

    def show(self, pictures: Pictures) -> None:
        """From now on these."""
        still = list(pictures) * 2 if len(pictures) == 1 else pictures  # the same frame twice is no new picture
        self._frames = cycle([as_frame(picture) for picture in still])

    def _eyes(self) -> tuple[Eye, ...]:
        if not self.there:
            raise DeviceTrouble("camera_missing")
        return self.there

    def _begin(self, eye: Eye) -> None:
        self._inputs()
        if self.trouble:
            raise DeviceTrouble(self.trouble)
        self._key = eye.key
        feed = self._input = QVideoFrameInput()
        self._watch(lambda session: session.setVideoFrameInput(feed))
        self.was_on.append(eye)
        self._clock.start()

    def _feed(self) -> None:
        frame = next(self._frames, None)
        if frame is not None and self._input is not None and self._input.sendVideoFrame(frame):
            self.sent += 1

    def pull_out(self, *eyes: Eye) -> None:
        """As when a plug is pulled: the system says that its list of cameras is another one."""
        self.there = tuple(each for each in self.there if each not in eyes)
        if self.on and self._key in {each.key for each in eyes}:
            self.lost("camera_gone")
        self.eyes_changed()

    def plug_in(self, eye: Eye) -> None:
        self.there = (*self.there, eye)
        self.eyes_changed()

    def _end(self) -> None:
        self._clock.stop()
        super()._end()
        self._input = None


def as_frame(picture: Image.Image) -> QVideoFrame:
    """As a webcam sends it: NV12, brightness and then both colours at half the size."""
    light, blue, red = picture.convert("YCbCr").split()
    half = (picture.width // 2, picture.height // 2)
    kind = QVideoFrameFormat(QSize(*picture.size), QVideoFrameFormat.PixelFormat.Format_NV12)
    frame = QVideoFrame(kind)
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    write(frame, 0, light)
    write(frame, 1, Image.merge("LA", (blue.resize(half), red.resize(half))))
    frame.unmap()
    return frame


def write(frame: QVideoFrame, plane: int, picture: Image.Image) -> None:
    content, stride, view = picture.tobytes(), frame.bytesPerLine(plane), memoryview(frame.bits(plane))
    wide = len(content) // picture.height
    if wide == stride:
        view[: len(content)] = content
        return
    for line in range(picture.height):
        view[line * stride : line * stride + wide] = content[line * wide : (line + 1) * wide]


# -- papers held up ------------------------------------------------------------------------------------------------


@cache
def _grain() -> Image.Image:
    return Image.effect_noise(SIZE, 18).filter(ImageFilter.GaussianBlur(1.2))


def desk_top() -> Image.Image:
    """The counter with nothing on it."""
    grain = _grain()
    return Image.merge("RGB", (grain.point(lambda v: v + 20), grain.point(lambda v: v + 6), grain))


def slip(paper: Image.Image) -> Image.Image:
    """The part of a voucher with the symbol, as somebody holds it nearest to the lens."""
    (_, box), *_ = reading.places(paper)
    edge = (box[2] - box[0]) // 6
    return paper.convert("RGB").crop((box[0] - edge, box[1] - edge, box[2] + edge, box[3] + edge))


def held(
    paper: Image.Image, *, side: int = 430, turn: float = 0, tilt: float = 0, at: tuple[int, int] = (0, 0)
) -> Image.Image:
    """On the counter: `side` pixels large, turned by degrees, its upper edge `tilt` (a share) farther away."""
    small = paper.resize((side, round(side * paper.height / paper.width)), Image.Resampling.LANCZOS).convert("RGBA")
    wide, high = small.size
    if tilt:
        near = round(wide * tilt / 2)
        small = small.transform(
            small.size, Image.Transform.QUAD, (-near, 0, 0, high, wide, high, wide + near, 0), Image.Resampling.BICUBIC
        )
    turned = small.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    scene = desk_top()
    place = ((SIZE[0] - turned.width) // 2 + at[0], (SIZE[1] - turned.height) // 2 + at[1])
    scene.paste(turned, place, turned)
    return scene


def moving_then_still(scene: Image.Image, *, blurred: int = 20, seed: int = 7) -> list[Image.Image]:
    """A hand that comes to rest: smeared pictures first, then a sharp one for a while."""
    chance = random.Random(seed)
    made = []
    for n in range(blurred):
        away = chance.randint(18, 60) * (blurred - n) // blurred + 8
        made.append(
            scene.transform(SIZE, Image.Transform.AFFINE, (1, 0, away, 0, 1, away // 2)).filter(
                ImageFilter.BoxBlur(away // 3)
            )
        )
    return [*made, *[scene] * 8]


def symbol(text: str) -> Image.Image:
    """A symbol somebody drew: as good-looking as ours, whatever it says."""
    rows = qr.modules(text) if "#" in text else _plain(text)
    side = len(rows) + 8
    drawn = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            drawn.putpixel((x + 4, y + 4), 0 if dark else 255)
    return drawn.resize((side * 5, side * 5), Image.Resampling.NEAREST).convert("RGB")


def _plain(text: str) -> list[list[bool]]:
    drawing = qrcode.QRCode(border=0)
    drawing.add_data(text)
    drawing.make()
    return [[bool(cell) for cell in row] for row in drawing.get_matrix()]
