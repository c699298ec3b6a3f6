"""Fetching a status list over HTTPS; the line is convenience, the signature inside is the proof (laws I5, I10).

Only https, or a loopback address; no redirects, which would let a captive portal answer; small and quick, or not at
all. What comes is believed when a status key of the trust list signed it and it is not older than the one we have.
"""

from __future__ import annotations

import http.client
import ssl
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from printing import endorsement, status
from printing.errors import StatusWrong
from printing.files import write_private
from printing.status import StatusList
from printing.trust import TrustList

SECONDS: Final = 10.0
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


def address_url(host: str, address: str) -> str:
    return f"https://{host}/status/{quote(address)}"


def fetch(url: str, *, context: ssl.SSLContext | None = None) -> bytes:
    """StatusWrong with reason not_https, unreachable, answer (with the number) or too_large."""
    where = urlsplit(url)
    host = where.hostname or ""
    if where.scheme != "https" and not (where.scheme == "http" and host in _LOOPBACK):
        raise StatusWrong(reason="not_https")
    line: http.client.HTTPConnection
    if where.scheme == "https":
        safe = context or ssl.create_default_context()
        line = http.client.HTTPSConnection(host, where.port, timeout=SECONDS, context=safe)
    else:
        line = http.client.HTTPConnection(host, where.port, timeout=SECONDS)
    try:
        line.request("GET", where.path or "/", headers={"Accept": "application/cbor"})
        with line.getresponse() as answer:
            if answer.status != http.HTTPStatus.OK:
                raise StatusWrong(reason="answer", number=str(answer.status))
            content = answer.read(endorsement.LARGEST + 1)
    except (OSError, http.client.HTTPException):
        raise StatusWrong(reason="unreachable", host=host) from None
    finally:
        line.close()
    if len(content) > endorsement.LARGEST:
        raise StatusWrong(reason="too_large")
    return content


def file_name(address: str) -> str:
    """A list's file in a folder: its address with nothing in it that climbs."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in address)
    return f"{kept or 'list'}.cbor"


def install(content: bytes, folder: Path, trust: TrustList) -> StatusList:
    """Keeps a believed list, unless the folder has a newer one. StatusWrong: see status.read, and older."""
    made = status.read(content, trust)
    path = folder / file_name(made.uri)
    try:
        known = status.read(path.read_bytes(), trust)
    except (OSError, StatusWrong):
        known = None
    if known is not None and known.version > made.version:
        raise StatusWrong(reason="older", version=str(made.version))
    try:
        write_private(path, content)
    except OSError as trouble:
        raise StatusWrong(reason="unwritable", system=str(trouble.strerror)) from None
    return made
