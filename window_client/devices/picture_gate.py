"""The gate every scanned or dropped picture passes before anybody looks at it or seals it.

Laws: what a file is, its bytes say, not its name. Nothing larger than the limits is ever unpacked. What comes out is
drawn anew from the pixels: no EXIF, no place, no thumbnail of something else, no second document behind the first.
A picture nobody could read later (blank, black, blurred, cut) is refused now, while resident and paper are here.
"""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from PIL import Image, ImageFilter, ImageOps, ImageStat, UnidentifiedImageError

from window_client.devices.trouble import DeviceTrouble

MOST_BYTES: Final = 60_000_000
MOST_PIXELS: Final = 80_000_000  # A3 at 600 dpi is 70 million
MOST_PAGES: Final = 50
LONG_SIDE, SHORT_SIDE = 3508, 2480  # A4 at 300 dpi
_QUALITY: Final = 85
_MAGIC: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
    (b"P5", "PPM"),
    (b"P6", "PPM"),
    (b"%PDF-", "PDF"),
)
# Measured on the sample documents: sharp 1.1 and more; blurred by 3 pixels at 300 dpi 0.14 to 0.22 (still readable),
# by 4 pixels 0.07 to 0.12, by 6 pixels 0.05.
_LEAST_SHARPNESS: Final = 0.13
_LEAST_CONTRAST: Final = 40  # grey levels between the paper and the darkest two thousandths of it
_LEAST_LIGHT: Final = 55  # mean grey level
_STROKE: Final = 400  # points: the outline of about ten characters of print at 150 dpi
_EDGE_CROSSINGS: Final = 40  # strokes that run over one edge of the picture: the page goes on where the picture ends


@dataclass(frozen=True)
class Picture:
    """One page as it will be sealed: JPEG bytes, pixels, dots per inch."""

    content: bytes = field(repr=False)
    width: int
    height: int
    dpi: int


def kind_of(content: bytes) -> str:
    """JPEG, PNG, TIFF, BMP, PPM, WEBP or PDF by the first bytes; empty for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    return next((kind for magic, kind in _MAGIC if content.startswith(magic)), "")


def pictures_in(content: bytes, *, dpi: int = 300, grey: bool = False, judge: bool = True) -> tuple[Picture, ...]:
    """All pages of a picture or PDF file. DeviceTrouble ``scan_unreadable`` with ``why``: kind, too_big, cut_off,
    damaged, encrypted, too_many_pages, blank, too_dark, blurred, page_cut."""
    if len(content) > MOST_BYTES:
        raise unreadable("too_big")
    kind = kind_of(content)
    match kind:
        case "":
            raise unreadable("kind")
        case "PDF":
            from window_client.devices.pdf_pages import pages_of_pdf

            return tuple(
                _finished(page, 300, grey, judge) for sheet in pages_of_pdf(content) for page in _frames(sheet, "PPM")
            )
        case _:
            return tuple(_finished(frame, dpi, grey, judge) for frame in _frames(content, kind))


def unreadable(why: str) -> DeviceTrouble:
    return DeviceTrouble("scan_unreadable", why=why)


def _frames(content: bytes, kind: str) -> Iterator[Image.Image]:
    """Every frame, unpacked only after its size is known. The bomb warning of the library is an error here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=[kind]) as opened:
                count = getattr(opened, "n_frames", 1) if kind == "TIFF" else 1
                if count > MOST_PAGES:
                    raise unreadable("too_many_pages")
                for number in range(count):
                    opened.seek(number)
                    if opened.width * opened.height > MOST_PIXELS:
                        raise unreadable("too_big")
                    opened.load()
                    yield ImageOps.exif_transpose(opened)
    except DeviceTrouble:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as trouble:
        raise unreadable("too_big") from trouble
    except UnidentifiedImageError as trouble:
        raise unreadable("damaged") from trouble
    except OSError as trouble:
        raise unreadable("cut_off" if "truncated" in str(trouble) else "damaged") from trouble
    except (
        Exception
    ) as trouble:  # decoders of broken files raise almost anything: ValueError, SyntaxError, struct.error
        raise unreadable("damaged") from trouble


def _finished(frame: Image.Image, dpi: int, grey: bool, judge: bool) -> Picture:
    picture = _plain(frame, grey)
    long_side = max(picture.size)
    upright = picture.height >= picture.width
    room = (SHORT_SIDE, LONG_SIDE) if upright else (LONG_SIDE, SHORT_SIDE)
    if picture.width > room[0] or picture.height > room[1]:
        picture.thumbnail(room, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if judge:
        _judge(picture)
    shown_dpi = max(1, round(dpi * max(picture.size) / long_side))
    paper = io.BytesIO()
    picture.save(paper, "JPEG", quality=_QUALITY, dpi=(shown_dpi, shown_dpi))
    return Picture(paper.getvalue(), picture.width, picture.height, shown_dpi)


def _plain(frame: Image.Image, grey: bool) -> Image.Image:
    """Pixels only: alpha laid on white, palettes and 16 bits made plain, everything the file said about itself gone."""
    if "A" in frame.getbands() or "transparency" in frame.info:
        seen = frame.convert("RGBA")
        under = Image.new("RGBA", seen.size, "white")
        frame = Image.alpha_composite(under, seen)
    if frame.mode.startswith(("I;16", "I")) and frame.mode != "I":
        frame = frame.point(lambda level: level / 256).convert("L")
    picture = frame.convert("L" if grey else "RGB")
    picture.info.clear()
    return picture


def _judge(picture: Image.Image) -> None:
    """Refuse what a person could not read. Works on a quarter of a million pixels at native scale and smaller."""
    small = picture.convert("L")
    small.thumbnail((900, 900), Image.Resampling.BOX)
    light = ImageStat.Stat(small).mean[0]
    dark_end, light_end = _level_at(small, 0.01), _level_at(small, 0.99)
    if light < _LEAST_LIGHT:
        raise unreadable("too_dark")
    specks = small.resize((max(1, small.width // 2), max(1, small.height // 2)), Image.Resampling.BOX)  # less grain
    if light_end - _level_at(specks, 0.0005) < _LEAST_CONTRAST:
        raise unreadable("blank")
    if sharpness(picture) < _LEAST_SHARPNESS:
        raise unreadable("blurred")
    if _is_cut(small, (dark_end + light_end) // 2):
        raise unreadable("page_cut")


def sharpness(picture: Image.Image) -> float:
    """How steep the steepest strokes are, against the page's own contrast: 0 (none) to about 2.

    The variance of the Laplacian is the usual measure and depends on how much is written: a sharp page with three lines
    scores lower than a blurred one full of text. The steepest few hundred points of a page do not.
    """
    grey = picture.convert("L")
    if max(grey.size) > 1754:  # 150 dpi: below that a stroke of print is one pixel wide
        grey.thumbnail((1754, 1754), Image.Resampling.BOX)
    laplacian = ImageFilter.Kernel((3, 3), (0, -1, 0, -1, 4, -1, 0, -1, 0), scale=2, offset=128)
    edges = grey.filter(laplacian).crop((2, 2, grey.width - 2, grey.height - 2))
    few = _STROKE / (edges.width * edges.height)
    steepness = max(_level_at(edges, 1 - few) - 128, 128 - _level_at(edges, few))
    contrast = max(1, _level_at(grey, 0.999) - _level_at(grey, 0.001))
    return 2 * steepness / contrast


def _level_at(grey: Image.Image, share: float) -> int:
    """The grey level below which this share of the pixels lies."""
    wanted = share * grey.width * grey.height
    seen = 0
    for level, count in enumerate(grey.histogram()):
        seen += count
        if seen >= wanted:
            return level
    return 255


def _is_cut(small: Image.Image, middle: int) -> bool:
    """True when many strokes run over one edge: then the paper went on and the picture did not."""
    width, height = small.size
    strips = (
        small.crop((0, 0, width, 1)),
        small.crop((0, height - 1, width, height)),
        small.crop((0, 0, 1, height)),
        small.crop((width - 1, 0, width, height)),
    )
    for strip in strips:
        dark = [level < middle for level in strip.tobytes()]
        if sum(one != after for one, after in pairwise(dark)) >= _EDGE_CROSSINGS:
            return True
    return False
