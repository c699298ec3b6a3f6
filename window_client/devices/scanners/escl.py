"""Scanners on the network, and most new ones on USB, through eSCL (AirScan): plain HTTP, no driver, every system.

One job: read what the scanner can do, ask for a scan, fetch pages until it says there are no more. The scanner keeps
nothing afterwards. Only the address in the settings is spoken to; what it answers is bounded and goes through the
picture gate like everything else.
"""

import http.client
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from threading import Event
from typing import ClassVar, Final

from window_client.devices.picture_gate import MOST_BYTES
from window_client.devices.scanner import Scanner, Taken, Wish
from window_client.devices.trouble import DeviceTrouble

_PATIENCE: Final = 10.0  # seconds for one answer; a page may take several answers of "not yet"
_ASK_AGAIN: Final = 0.3
_STATE: Final[Mapping[str, str]] = {
    "ScannerAdfEmpty": "no_paper",
    "ScannerAdfJam": "jammed",
    "ScannerAdfHatchOpen": "cover_open",
    "ScannerAdfMultipickDetected": "jammed",
    "Processing": "scanner_busy",
    "Down": "scanner_gone",
}
_WISH = """<?xml version="1.0" encoding="UTF-8"?>
<scan:ScanSettings xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"
                   xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">
<pwg:Version>2.0</pwg:Version><scan:Intent>Document</scan:Intent>
<pwg:ScanRegions><pwg:ScanRegion><pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>
<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset><pwg:Width>2480</pwg:Width><pwg:Height>3508</pwg:Height>
</pwg:ScanRegion></pwg:ScanRegions>
<pwg:InputSource>{source}</pwg:InputSource><scan:ColorMode>{mode}</scan:ColorMode>
<scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution>
<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat></scan:ScanSettings>"""


class Escl(Scanner):
    name: ClassVar[str] = "escl"

    def _usable(self) -> bool:
        return "ScannerCapabilities" in self._ask("/ScannerCapabilities").decode("utf-8", "replace")

    def _take(self, wish: Wish, stop: Event) -> Iterator[Taken]:
        job = self._begin(wish)
        got, until = 0, time.monotonic() + wish.wait
        try:
            while not wish.pages or got < wish.pages:
                if stop.is_set():
                    raise DeviceTrouble("scan_stopped")
                if time.monotonic() > until:
                    raise DeviceTrouble("scan_timeout", seconds=round(wish.wait))
                try:
                    page = self._ask("/NextDocument", at=job)
                except urllib.error.HTTPError as answer:
                    answer.close()
                    if answer.code == http.client.SERVICE_UNAVAILABLE and not self._state():
                        stop.wait(_ASK_AGAIN)
                        continue
                    if answer.code in (http.client.NOT_FOUND, http.client.GONE) and got:
                        return
                    raise DeviceTrouble(self._state() or "scanner_gone", device=self.name) from answer
                got, until = got + 1, time.monotonic() + wish.wait
                yield Taken(page)
                if not wish.pages and not self._has_feeder:
                    return
        finally:
            self._end(job)

    def _begin(self, wish: Wish) -> str:
        able = self._ask("/ScannerCapabilities").decode("utf-8", "replace")
        self._has_feeder = "<scan:Adf" in able and wish.pages != 1
        words = _WISH.format(
            source="Feeder" if self._has_feeder else "Platen",
            mode="RGB24" if wish.colour == "colour" else "Grayscale8",
            dpi=_nearest(wish.dpi, able),
        )
        request = urllib.request.Request(  # noqa: S310  the scheme was checked in _address
            self._address() + "/ScanJobs", words.encode(), {"Content-Type": "text/xml"}, method="POST"
        )
        try:
            with self._open(request) as answer:
                job: str = urllib.parse.urljoin(self._address() + "/", str(answer.headers["Location"] or ""))
        except urllib.error.HTTPError as answer:
            answer.close()
            refused = "setting_refused" if answer.code == http.client.CONFLICT else "scanner_gone"
            raise DeviceTrouble(self._state() or refused, device=self.name) from answer
        if urllib.parse.urlsplit(job).netloc != urllib.parse.urlsplit(self._address()).netloc:
            raise DeviceTrouble("scanner_gone", device=self.name)  # a scanner has no business elsewhere
        return job.rstrip("/")

    def _state(self) -> str:
        """What keeps the scanner from scanning, as our code; empty when nothing does."""
        told = self._ask("/ScannerStatus").decode("utf-8", "replace")
        found = re.findall(r"<(?:scan:AdfState|pwg:State)>\s*([A-Za-z]+)\s*<", told)
        codes = [_STATE[word] for word in found if word in _STATE and word != "Processing"]
        return codes[0] if codes else ""

    def _end(self, job: str) -> None:
        """Tell the scanner to forget the job; a finished one is unknown to it, which is as good."""
        request = urllib.request.Request(job, method="DELETE")  # noqa: S310
        try:
            self._open(request).close()
        except (DeviceTrouble, urllib.error.HTTPError):
            return

    def _ask(self, path: str, at: str = "") -> bytes:
        with self._open(urllib.request.Request((at or self._address()) + path)) as answer:  # noqa: S310
            try:
                content = answer.read(MOST_BYTES + 1)
            except (OSError, http.client.HTTPException) as trouble:
                raise DeviceTrouble("scanner_gone", device=self.name) from trouble
            if answer.length and len(content) <= MOST_BYTES:  # it promised more than it sent
                raise DeviceTrouble("scanner_gone", device=self.name)
        if len(content) > MOST_BYTES:
            raise DeviceTrouble("scan_unreadable", why="too_big")
        return content

    def _open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        # No proxy and no redirect: the scanner stands in this building, at this address.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _StayHere())
        try:
            answer: http.client.HTTPResponse = opener.open(request, timeout=_PATIENCE)
        except urllib.error.HTTPError:
            raise
        except TimeoutError as trouble:
            raise DeviceTrouble("scan_timeout", seconds=round(_PATIENCE)) from trouble
        except (OSError, http.client.HTTPException) as trouble:
            raise DeviceTrouble("scanner_gone", device=self.name) from trouble
        return answer

    def _address(self) -> str:
        address = self.place.device.rstrip("/")
        if not address.startswith(("http://", "https://")):
            raise DeviceTrouble("scanner_missing", device=self.name)
        return address


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def _nearest(dpi: int, able: str) -> int:
    """The wanted resolution, or the lowest offered one above it, or the highest there is."""
    offered = sorted({int(found) for found in re.findall(r"<scan:XResolution>(\d+)<", able)})
    if not offered or dpi in offered:
        return dpi
    return next((one for one in offered if one > dpi), offered[-1])
