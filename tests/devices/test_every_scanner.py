"""What every scanner owes, whoever wrote it: found by roll call, plugged into its real counterpart."""

import io
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.devices.stands import SCANNERS, Stand
from tests.whispers import Ear
from window_client.devices.roll_call import all_scanners, scanner_for
from window_client.devices.scanner import Page, Wish
from window_client.devices.trouble import DeviceTrouble
from window_client.settings import ScannerChoice, Settings


@pytest.fixture(params=sorted(all_scanners()))
def stand(request: pytest.FixtureRequest, tmp_path: Path, nothing_is_whispered: Ear) -> Iterator[Stand]:
    assert request.param in SCANNERS, "a new scanner brings its stand: tests/devices/stands.py"
    nothing_is_whispered.expect("scan_timeout.*scan failed")  # the hang Stand.scan asks again over
    with SCANNERS[request.param](tmp_path) as ready:
        yield ready


def test_is_called_as_its_file(stand: Stand) -> None:
    assert all_scanners()[stand.scanner.name] is type(stand.scanner)


def test_delivers_a_page_fit_to_be_sealed(stand: Stand) -> None:
    stand.insert()
    assert stand.scanner.is_usable()
    (page,) = stand.scan()
    assert page.media_type == "image/jpeg"
    with Image.open(io.BytesIO(page.content)) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (page.width, page.height)
        assert not picture.getexif()
    assert page.dpi > 0
    assert (page.number, page.of) == (1, 1)
    stand.scanner.release((page,))


def test_can_be_stopped_at_once(stand: Stand, nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("scan failed")
    stop = threading.Event()
    stop.set()
    began = time.monotonic()
    with pytest.raises(DeviceTrouble) as trouble:
        stand.scanner.scan(Wish("id_card", wait=30), stop)
    assert trouble.value.code == "scan_stopped"
    assert time.monotonic() - began < 8


def test_where_there_is_none_it_says_so_and_nothing_else(stand: Stand, nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("scan failed")
    assert stand.nowhere.is_usable() is False
    with pytest.raises(DeviceTrouble):
        stand.nowhere.scan(Wish("id_card", wait=1))


def test_grey_is_grey(stand: Stand) -> None:
    stand.insert()
    wish = Wish("id_card", dpi=stand.wish.dpi, colour="grey", pages=stand.wish.pages, wait=20)
    (page,) = stand.scan(wish)
    with Image.open(io.BytesIO(page.content)) as picture:
        assert picture.mode == "L"


def test_says_nothing_about_what_is_on_the_page(stand: Stand, nothing_is_whispered: Ear) -> None:
    stand.insert()
    stand.scanner.release(stand.scan())
    said = [record.getMessage() for record in nothing_is_whispered.heard if record.levelno >= logging.INFO]
    assert any("scanned" in line for line in said)
    assert not any("content" in line or "scans/" in line for line in said)


def test_releasing_twice_or_what_was_never_taken_does_no_harm(stand: Stand) -> None:
    stand.insert()
    pages = stand.scan()
    stand.scanner.release(pages)
    stand.scanner.release(pages)
    stand.scanner.release((Page(b"", "image/jpeg", 1, 1, 300, "nowhere"),))


def test_an_unknown_kind_is_named_with_those_there_are() -> None:
    with pytest.raises(DeviceTrouble) as trouble:
        scanner_for(Settings(scanner=ScannerChoice(kind="telepathy")))
    assert trouble.value.code == "unknown_device"
    assert "watched_folder" in trouble.value.detail["known"]


def test_a_fault_in_a_driver_is_one_clear_trouble(tmp_path: Path, nothing_is_whispered: Ear) -> None:
    class Broken(all_scanners()["watched_folder"]):  # type: ignore[misc]
        def _take(self, wish: Wish, stop: threading.Event) -> Iterator[object]:
            raise ZeroDivisionError("990101")

    nothing_is_whispered.expect("scan failed")
    with SCANNERS["watched_folder"](tmp_path) as ready:
        broken = Broken(ready.scanner.place)
        with pytest.raises(DeviceTrouble) as trouble:
            broken.scan(ready.wish)
    assert trouble.value.code == "device_failed"
    assert trouble.value.detail["what"] == "ZeroDivisionError"
    assert not any("990101" in record.getMessage() for record in nothing_is_whispered.heard)
