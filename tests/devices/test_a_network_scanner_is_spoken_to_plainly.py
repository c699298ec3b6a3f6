"""eSCL: pages come once each, waiting is bounded, every fault has its code, and nobody else is spoken to."""

import threading
from pathlib import Path

import pytest

from tests.devices.escl_counterpart import network_scanner
from tests.devices.stands import small_paper
from tests.whispers import Ear
from window_client.devices.scanner import Place, Wish
from window_client.devices.scanners.escl import Escl
from window_client.devices.trouble import DeviceTrouble

_PAGE = small_paper(size=(620, 877))


def test_a_feeder_gives_every_sheet_once_and_the_job_is_ended(tmp_path: Path) -> None:
    with network_scanner(sheets=[_PAGE] * 3, feeder=True, not_yet=2) as counterpart:
        pages = Escl(Place(tmp_path, counterpart.address)).scan(Wish("lease", dpi=200, wait=20))
        assert len(pages) == 3
        assert counterpart.ended == 1
        assert "<pwg:InputSource>Feeder<" in counterpart.asked[0]
        assert "<scan:XResolution>300<" in counterpart.asked[0]  # 200 is not offered; never less than wanted


def test_a_glass_gives_one_page_in_grey_when_asked(tmp_path: Path) -> None:
    with network_scanner(sheets=[_PAGE, _PAGE]) as counterpart:
        pages = Escl(Place(tmp_path, counterpart.address + "/")).scan(Wish("id_card", colour="grey", wait=20))
        assert len(pages) == 1
        assert "Grayscale8" in counterpart.asked[0]
        assert len(counterpart.sheets) == 1


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ({"feeder": True, "adf": "ScannerAdfEmpty"}, "no_paper"),
        ({"feeder": True, "adf": "ScannerAdfJam", "not_yet": 99}, "jammed"),
        ({"feeder": True, "adf": "ScannerAdfHatchOpen", "refuse": 409}, "cover_open"),
        ({"refuse": 409}, "setting_refused"),
        ({"refuse": 500}, "scanner_gone"),
        ({"refuse": 302}, "scanner_gone"),
        ({"always_not_yet": True}, "scan_timeout"),
        ({"sheets": [_PAGE], "cut_after": 900}, "scanner_gone"),
        ({"sheets": [b"<html>login</html>"]}, "scan_unreadable"),
        ({"elsewhere": "http://192.0.2.1:80/eSCL", "sheets": [_PAGE]}, "scanner_gone"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_fault_has_its_code(
    tmp_path: Path, state: dict[str, object], code: str, nothing_is_whispered: Ear
) -> None:
    nothing_is_whispered.expect("scan failed")
    with network_scanner(**state) as counterpart:
        with pytest.raises(DeviceTrouble) as trouble:
            Escl(Place(tmp_path, counterpart.address)).scan(Wish("id_card", wait=1.5))
        assert trouble.value.code == code


def test_it_can_be_stopped_while_it_waits(tmp_path: Path, nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("scan failed")
    stop = threading.Event()
    with network_scanner(always_not_yet=True) as counterpart:
        threading.Timer(0.3, stop.set).start()
        with pytest.raises(DeviceTrouble) as trouble:
            Escl(Place(tmp_path, counterpart.address)).scan(Wish("id_card", wait=60), stop)
        assert trouble.value.code == "scan_stopped"
        assert counterpart.ended == 1


@pytest.mark.parametrize("address", ["", "file:///etc/passwd", "scanner.invalid"])
def test_without_a_real_address_there_is_no_scanner(tmp_path: Path, address: str, nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("scan failed")
    with pytest.raises(DeviceTrouble) as trouble:
        Escl(Place(tmp_path, address)).scan(Wish("id_card", wait=1))
    assert trouble.value.code == "scanner_missing"
