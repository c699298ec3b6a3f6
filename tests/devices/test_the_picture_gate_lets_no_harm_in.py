"""C7 of the fault list: what arrives may be hostile or useless; what is sealed is neither."""

import io
import random
import struct
import time
import zipfile
import zlib

import pypdfium2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from tests.devices.stands import paper, small_paper
from window_client.devices.picture_gate import kind_of, pictures_in, sharpness
from window_client.devices.trouble import DeviceTrouble

_SMALL = small_paper()


def _why(content: bytes) -> str:
    with pytest.raises(DeviceTrouble) as trouble:
        pictures_in(content)
    assert trouble.value.code == "scan_unreadable"
    return trouble.value.detail["why"]


def _gate(content: bytes, judge: bool = True) -> str:
    try:
        pages = pictures_in(content, judge=judge)
    except DeviceTrouble as trouble:
        return trouble.code
    return "a page" if all(kind_of(page.content) == "JPEG" for page in pages) else "something else"


def _saved(picture: Image.Image, form: str = "JPEG", **how: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, form, **how)
    return written.getvalue()


def _png_bomb(side: int) -> bytes:
    """A PNG of side × side black pixels in a few hundred kilobytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    body = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _pdf(pages: int, size: tuple[float, float] = (595, 842), content: bytes = b"") -> bytes:
    """A small PDF written by hand: `content` is each page's drawing, packed."""
    packed = zlib.compress(content or b"0 g 100 500 300 40 re f 100 400 20 60 re f")
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(pages))
    objects.append(b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (pages, kids))
    objects.append(b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(packed), packed))
    box = b"[0 0 %f %f]" % size
    objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 3 0 R >>" % box for _ in range(pages)]
    out, offsets = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj %s endobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer << /Size %d /Root 1 0 R >> startxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "BMP", "PPM", "WEBP"])
def test_every_kind_a_scanner_writes_is_read(form: str) -> None:
    with Image.open(io.BytesIO(_SMALL)) as page:
        (picture,) = pictures_in(_saved(page.convert("RGB"), form))
    assert (picture.width, picture.height) == (827, 1169)


def test_a_page_comes_out_as_large_as_a4_at_300_dpi_and_no_larger() -> None:
    with Image.open(io.BytesIO(paper())) as page:
        (picture,) = pictures_in(_saved(page.resize((3720, 5262))), dpi=450)
    assert (picture.width, picture.height, picture.dpi) == (2480, 3508, 300)


def test_the_same_file_gives_the_same_bytes() -> None:
    assert pictures_in(_SMALL) == pictures_in(_SMALL)


def test_nothing_a_camera_wrote_about_itself_survives() -> None:
    with Image.open(io.BytesIO(_SMALL)) as page:
        marks = Image.Exif()
        marks[0x010F] = "CANARY-MAKER"
        marks.get_ifd(0x8825)[2] = (31.0, 14.0, 3.0)
        content = _saved(page, exif=marks, comment=b"CANARY-COMMENT", icc_profile=b"CANARY-PROFILE" * 20)
    assert content.count(b"CANARY") > 2
    hidden = content + b"PK\x03\x04CANARY-ARCHIVE"
    (picture,) = pictures_in(hidden)
    assert b"CANARY" not in picture.content
    with Image.open(io.BytesIO(picture.content)) as clean:
        assert not clean.getexif()
        assert set(clean.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


def test_a_turned_photograph_stands_upright() -> None:
    with Image.open(io.BytesIO(_SMALL)) as page:
        marks = Image.Exif()
        marks[0x0112] = 6
        (picture,) = pictures_in(_saved(page, exif=marks))
    assert (picture.width, picture.height) == (1169, 827)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "kind"),
        (b"MZ\x90\x00 a program", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><!ENTITY x SYSTEM 'file:///etc/passwd'></svg>", "kind"),
        (b"GIF89a", "kind"),
        (b"\xff\xd8\xff\xe0 nothing more", "damaged"),
        (b"%PDF-1.7 nothing more", "damaged"),
        (_SMALL[: len(_SMALL) // 2], "cut_off"),
        (_png_bomb(30_000), "too_big"),
        (_pdf(200), "too_many_pages"),
    ],
    ids=["empty", "program", "svg", "gif", "jpeg head", "pdf head", "half a jpeg", "png bomb", "200 pages"],
)
def test_what_is_no_page_is_refused_with_its_reason(content: bytes, why: str) -> None:
    began = time.monotonic()
    assert _why(content) == why
    assert time.monotonic() - began < 10


def test_an_archive_with_a_picture_inside_is_no_picture() -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("../../scan.jpg", _SMALL)
    assert _why(box.getvalue()) == "kind"


def _blurred(page: Image.Image) -> Image.Image:
    return page.filter(ImageFilter.GaussianBlur(page.width / 400))


def _dark(page: Image.Image) -> Image.Image:
    return page.point(lambda level: level // 6)


def _blank(page: Image.Image) -> Image.Image:
    noise = Image.effect_noise(page.size, 6)
    return Image.merge("RGB", (noise, noise, noise)).point(lambda level: min(255, level + 110))


def _cut(page: Image.Image) -> Image.Image:
    sheet = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(sheet)
    for column in range(40, page.width - 40, 9):  # a line of print through the lower edge
        draw.rectangle((column, page.height - 30, column + 4, page.height), (20, 20, 20))
    return sheet


@pytest.mark.parametrize("size", [(827, 1169), (1654, 2339)], ids=["100 dpi", "200 dpi"])
@pytest.mark.parametrize(
    ("spoil", "why"), [(_blurred, "blurred"), (_dark, "too_dark"), (_blank, "blank"), (_cut, "page_cut")]
)
def test_what_nobody_could_read_later_is_refused_now(spoil: object, why: str, size: tuple[int, int]) -> None:
    assert callable(spoil)
    with Image.open(io.BytesIO(small_paper(size=size))) as page:
        assert _why(_saved(spoil(page.convert("RGB")), quality=92)) == why


def test_the_usual_measure_of_blur_would_refuse_the_wrong_one() -> None:
    """Negative control: by variance of the Laplacian a sharp page of one line is worse than a blurred one."""
    rng = random.Random(3)
    full, sparse = Image.new("L", (1240, 1754), 250), Image.new("L", (1240, 1754), 250)
    for row in range(60, 1700, 22):
        for column in range(60, 1180, 7):
            ImageDraw.Draw(full).rectangle((column, row, column + rng.randint(1, 4), row + rng.randint(4, 14)), 20)
    for column in range(200, 380, 9):
        ImageDraw.Draw(sparse).rectangle((column, 800, column + 3, 814), 20)
    blurred = full.filter(ImageFilter.GaussianBlur(3))

    def variance(page: Image.Image) -> float:
        kernel = ImageFilter.Kernel((3, 3), (0, -1, 0, -1, 4, -1, 0, -1, 0), scale=1, offset=128)
        levels = page.filter(kernel).histogram()
        count = sum(levels)
        mean = sum(level * n for level, n in enumerate(levels)) / count
        return sum(n * (level - mean) ** 2 for level, n in enumerate(levels)) / count

    assert variance(sparse) < variance(blurred)
    assert sharpness(sparse) > 2 * sharpness(blurred)


@given(st.data())
@example(None)
def test_a_damaged_file_is_a_page_or_one_clear_trouble(data: st.DataObject | None) -> None:
    content = bytearray(_SMALL)
    if data is not None:
        for _ in range(data.draw(st.integers(1, 12))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        content = content[: data.draw(st.integers(1, len(content)))]
    assert _gate(bytes(content)) in ("a page", "scan_unreadable")


@pytest.mark.parametrize("form", ["PNG", "TIFF", "BMP", "PPM", "WEBP"])
def test_mutants_of_every_kind_raise_nothing_else(form: str) -> None:
    rng = random.Random(form)
    sheet = Image.new("RGB", (60, 80), "white")
    ImageDraw.Draw(sheet).text((5, 5), "1234", "black")
    whole = _saved(sheet, form)
    for _ in range(150):
        content = bytearray(whole)
        for _ in range(rng.randint(1, 6)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        assert _gate(bytes(content), judge=False) in ("a page", "scan_unreadable")


def test_a_pdf_becomes_its_pages() -> None:
    pages = pictures_in(_pdf(2))
    assert [(page.width, page.height, page.dpi) for page in pages] == [(2479, 3508, 300)] * 2


def test_a_pdf_with_a_password_says_so() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    written = io.BytesIO()
    document.save(written)
    document.close()
    # an encryption dictionary that no empty password opens
    plain = _pdf(1)
    locked = plain.replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >> /ID [<00><00>]",
    )
    assert _why(locked) == "encrypted"


@pytest.mark.slow
def test_a_pdf_that_unfolds_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """84 MB of drawing in 164 kB: the child ends at its limit, the window does not notice."""
    stroke = b"1 0 0 1 0 0 cm 0 0 m 500 700 l S\n"
    content = stroke * (84_000_000 // len(stroke))
    began = time.monotonic()
    assert _why(_pdf(1, content=content)) == "too_big"
    assert time.monotonic() - began < 45


def test_a_page_of_a_square_kilometre_is_drawn_small() -> None:
    (page,) = pictures_in(_pdf(1, size=(14_400, 14_400), content=b"0 g 1000 5000 9000 400 re f 1000 2000 200 900 re f"))
    assert page.width * page.height <= 9_000_000
