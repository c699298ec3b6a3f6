"""The watched folder: a page is taken whole, stays until it is sealed, and goes only then."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.devices.stands import private, small_paper
from tests.whispers import Ear
from window_client.devices.scanner import Place, Wish
from window_client.devices.scanners.watched_folder import WatchedFolder
from window_client.devices.trouble import DeviceTrouble

_PAGE = small_paper(size=(620, 877))
_OTHER = small_paper("bank_card", size=(620, 877))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return private(tmp_path / "scans")


@pytest.fixture
def scanner(folder: Path) -> WatchedFolder:
    return WatchedFolder(Place(folder))


def _drop(folder: Path, name: str, content: bytes, age: int = 0) -> Path:
    arriving = folder / f".{name}"
    arriving.write_bytes(content)
    stamp = time.time_ns() - age * 1_000_000_000
    os.utime(arriving, ns=(stamp, stamp))
    return arriving.rename(folder / name)


def _wish(pages: int = 1, wait: float = 5) -> Wish:
    return Wish("id_card", pages=pages, wait=wait)


def test_the_file_stays_until_its_page_is_sealed(scanner: WatchedFolder, folder: Path) -> None:
    file = _drop(folder, "a.jpg", _PAGE)
    pages = scanner.scan(_wish())
    assert file.exists()
    scanner.release(pages)
    assert not file.exists()


def test_it_is_overwritten_before_it_goes(scanner: WatchedFolder, folder: Path) -> None:
    file = _drop(folder, "a.jpg", _PAGE)
    pages = scanner.scan(_wish())
    with file.open("rb") as still_open:
        scanner.release(pages)
        left = still_open.read()
    assert len(left) == len(_PAGE)
    assert left[:64] != _PAGE[:64]
    assert _PAGE[1000:1200] not in left


def test_the_same_page_is_not_handed_out_twice_in_one_life(scanner: WatchedFolder, folder: Path) -> None:
    _drop(folder, "a.jpg", _PAGE, age=10)
    _drop(folder, "b.jpg", _OTHER)
    (first,) = scanner.scan(_wish())
    (second,) = scanner.scan(_wish())
    assert first.content != second.content


def test_the_oldest_comes_first_and_the_kind_has_its_own_folder(scanner: WatchedFolder, folder: Path) -> None:
    _drop(folder, "a.jpg", _OTHER)
    _drop(folder, "b.jpg", _OTHER, age=100)
    own = _drop(private(folder / "id_card"), "c.jpg", _PAGE)
    order = [Path(scanner.scan(_wish())[0].source).name for _ in range(3)]
    assert order == [own.name, "b.jpg", "a.jpg"]


def test_a_wish_for_two_pages_takes_two_files(scanner: WatchedFolder, folder: Path) -> None:
    _drop(folder, "a.jpg", _PAGE, age=5)
    threading.Timer(0.3, _drop, (folder, "b.jpg", _OTHER)).start()
    pages = scanner.scan(_wish(pages=2, wait=20))
    assert [Path(page.source).name for page in pages] == ["a.jpg", "b.jpg"]
    scanner.release(pages)
    assert list(folder.glob("*.jpg")) == []


def test_pages_that_do_not_suffice_stay_for_the_next_try(
    scanner: WatchedFolder, folder: Path, nothing_is_whispered: Ear
) -> None:
    nothing_is_whispered.expect("scan failed")
    file = _drop(folder, "a.jpg", _PAGE)
    with pytest.raises(DeviceTrouble) as trouble:
        scanner.scan(_wish(pages=2, wait=1))
    assert (trouble.value.code, trouble.value.detail["got"]) == ("pages_missing", "1")
    assert file.exists()
    assert Path(scanner.scan(_wish())[0].source) == file


def test_put_back_pages_come_again(scanner: WatchedFolder, folder: Path) -> None:
    _drop(folder, "a.jpg", _PAGE)
    pages = scanner.scan(_wish())
    scanner.put_back(pages)
    assert scanner.scan(_wish()) == pages


def test_nothing_arrives_and_it_says_where_it_looked(
    scanner: WatchedFolder, folder: Path, nothing_is_whispered: Ear
) -> None:
    nothing_is_whispered.expect("scan failed")
    with pytest.raises(DeviceTrouble) as trouble:
        scanner.scan(_wish(wait=1))
    assert trouble.value.code == "nothing_arrived"
    assert trouble.value.detail["folder"] == str(folder)


_WRITER = """
import sys, time
half, rest = open(sys.argv[2], "rb").read(), b""
half, rest = half[: len(half) // 2], half[len(half) // 2 :]
with open(sys.argv[1], "wb") as file:
    file.write(half); file.flush()
    print("half", flush=True); sys.stdin.readline()
    file.write(rest); file.flush()
    print("whole", flush=True); sys.stdin.readline()
"""


@pytest.fixture
def writer(folder: Path, tmp_path: Path) -> "subprocess.Popen[str]":
    """Another process that writes scan.jpg in two halves and then keeps the file open."""
    source = tmp_path / "whole.jpg"
    source.write_bytes(_PAGE)
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder / "scan.jpg"), str(source)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _says(writer: "subprocess.Popen[str]", word: str) -> None:
    assert writer.stdout is not None
    assert writer.stdout.readline().strip() == word


def _go_on(writer: "subprocess.Popen[str]") -> None:
    assert writer.stdin is not None
    writer.stdin.write("\n")
    writer.stdin.flush()


def test_a_file_is_not_taken_while_somebody_writes_it(
    scanner: WatchedFolder, folder: Path, writer: "subprocess.Popen[str]", nothing_is_whispered: Ear
) -> None:
    nothing_is_whispered.expect("scan failed")
    with writer:
        _says(writer, "half")
        with pytest.raises(DeviceTrouble) as trouble:
            scanner.scan(_wish(wait=1))
        assert trouble.value.code == "nothing_arrived"
        _go_on(writer)
        _says(writer, "whole")  # complete, but its writer has not closed it yet
        with pytest.raises(DeviceTrouble):
            scanner.scan(_wish(wait=1))
        _go_on(writer)
        writer.wait()
        (page,) = scanner.scan(_wish())
    assert (page.width, page.height) == (620, 877)


def test_the_naive_way_takes_half_a_page(folder: Path, writer: "subprocess.Popen[str]") -> None:
    """Negative control: whoever reads what lies there gets half a file."""
    with writer:
        _says(writer, "half")
        naive = next(iter(folder.glob("*.jpg"))).read_bytes()
        assert 0 < len(naive) < len(_PAGE)
        for _ in range(2):
            _go_on(writer)


def test_a_file_cut_off_for_good_is_refused_and_out_of_the_way(
    scanner: WatchedFolder, folder: Path, nothing_is_whispered: Ear
) -> None:
    nothing_is_whispered.expect("scan failed")
    cut = _drop(folder, "a.jpg", _PAGE[: len(_PAGE) // 2], age=60)
    _drop(folder, "b.jpg", _OTHER)
    (good,) = scanner.scan(_wish())  # the cut one may still be arriving, the next is whole
    assert Path(good.source).name == "b.jpg"
    with pytest.raises(DeviceTrouble) as trouble:
        scanner.scan(_wish(wait=20))
    assert trouble.value.detail["why"] == "cut_off"
    assert not cut.exists()
    assert len(list((folder / "refused").iterdir())) == 1


def test_what_was_put_aside_is_wiped_after_a_day(scanner: WatchedFolder, folder: Path) -> None:
    old = _drop(private(folder / "refused"), "old.jpg", _PAGE, age=90_000)
    new = _drop(folder / "refused", "new.jpg", _PAGE, age=60)
    _drop(folder, "a.jpg", _PAGE)
    scanner.scan(_wish())
    assert (old.exists(), new.exists()) == (False, True)


def test_links_hidden_files_and_other_papers_are_left_alone(
    scanner: WatchedFolder, folder: Path, tmp_path: Path, nothing_is_whispered: Ear
) -> None:
    nothing_is_whispered.expect("scan failed")
    outside = tmp_path / "outside.jpg"
    outside.write_bytes(_PAGE)
    (folder / "link.jpg").symlink_to(outside)
    (folder / ".half.jpg").write_bytes(_PAGE)
    (folder / "letter.docx").write_bytes(b"PK")
    (folder / "folder.jpg").mkdir()
    with pytest.raises(DeviceTrouble):
        scanner.scan(_wish(wait=1))
    assert outside.read_bytes() == _PAGE
    assert len(list(folder.iterdir())) == 4


def test_another_file_under_the_same_name_is_not_wiped(scanner: WatchedFolder, folder: Path) -> None:
    file = _drop(folder, "a.jpg", _PAGE)
    pages = scanner.scan(_wish())
    file.unlink()
    _drop(folder, "a.jpg", _OTHER)
    scanner.release(pages)
    assert file.read_bytes() == _OTHER


def test_a_pdf_goes_only_when_all_its_pages_are_sealed(scanner: WatchedFolder, folder: Path) -> None:
    from PIL import Image  # a scanner's multi-page PDF: two pictures in one file

    first, second = Image.open(io.BytesIO(_PAGE)), Image.open(io.BytesIO(_OTHER))
    written = io.BytesIO()
    first.save(written, "PDF", save_all=True, append_images=[second], resolution=75)
    file = _drop(folder, "a.pdf", written.getvalue())
    pages = scanner.scan(Wish("id_card", wait=20))
    assert [(page.number, page.of) for page in pages] == [(1, 2), (2, 2)]
    scanner.release(pages[:1])
    assert file.exists()
    scanner.release(pages[1:])
    assert not file.exists()


def test_a_folder_others_can_read_is_refused(folder: Path, nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("scan failed")
    folder.chmod(0o755)
    scanner = WatchedFolder(Place(folder))
    assert not scanner.is_usable()
    with pytest.raises(DeviceTrouble) as trouble:
        scanner.scan(_wish())
    assert trouble.value.code == "folder_not_private"


_CLERK = """
import sys, pathlib
from window_client.devices.scanner import Place, Wish
from window_client.devices.scanners.watched_folder import WatchedFolder
scanner = WatchedFolder(Place(pathlib.Path(sys.argv[1])))
pages = scanner.scan(Wish("id_card", pages=1, wait=30))
print("taken", flush=True)
sys.stdin.readline()
scanner.release(pages)
print("released", flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("after_release", [False, True], ids=["before sealing", "after sealing"])
def test_killed_in_between_the_page_is_there_again_exactly_when_it_was_not_sealed(
    folder: Path, after_release: bool
) -> None:
    file = _drop(folder, "a.jpg", _PAGE)
    clerk = subprocess.Popen(
        [sys.executable, "-c", _CLERK, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with clerk:
        _says(clerk, "taken")
        if after_release:
            _go_on(clerk)
            _says(clerk, "released")
        clerk.send_signal(signal.SIGKILL)
    assert file.exists() is not after_release
    if not after_release:
        (page,) = WatchedFolder(Place(folder)).scan(_wish())
        assert page.width == 620
