"""The open part of an EDV1 object and its one strict reader. docs/vault.md gives the same layout as a table.

Law I4: a header that could be read in two ways is not read at all. Every length is checked against the length of the
whole object before anything is allocated, so a hostile header cannot ask for memory or time.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from document_vault.errors import Tampered

MAGIC = b"EDV1"
VERSION = 1
AES_SUITE = 1  # AES-256-GCM frames, AES-KW, HKDF-SHA256, SHA-256 header hash, BLAKE3 ids
SM_SUITE = 2  # reserved: SM4-GCM frames, SM4-KW, SM3
SUITES = {AES_SUITE: 40}  # suite -> length of one wrapped document key
FRAME = 1 << 20
SMALLEST_FRAME, LARGEST_FRAME = 1 << 12, 1 << 24
LONGEST_DESCRIPTOR = 1 << 16
LONGEST_CONTENT = 1 << 28  # 256 MiB; a scan has 2.5 MB
MOST_RECIPIENTS = 8
TAG = 16
TRAILER = 32
_FIXED = struct.Struct(">4sBBH16sQII7sB32s")  # 80 bytes
_RECIPIENT = struct.Struct(">16sH")  # then the wrapped document key


@dataclass(frozen=True)
class Recipient:
    key_id: bytes  # 16 bytes, names a person key without naming the person
    wrapped: bytes  # the document key, wrapped under that person key


@dataclass(frozen=True)
class Header:
    suite: int
    object_id: bytes
    content_length: int
    descriptor_length: int
    frame: int
    nonce_prefix: bytes
    commitment: bytes
    recipients: tuple[Recipient, ...]

    @property
    def length(self) -> int:
        return _FIXED.size + sum(_RECIPIENT.size + len(one.wrapped) for one in self.recipients)

    @property
    def frames(self) -> int:
        """Data frames; an empty document still has one, so that its end is authentic too."""
        return max(1, -(-self.content_length // self.frame))

    @property
    def total(self) -> int:
        """Length of the whole object: it follows from the header, and a file of any other length is refused."""
        return self.length + self.descriptor_length + self.content_length + TAG * (1 + self.frames) + TRAILER

    def encode(self) -> bytes:
        head = _FIXED.pack(
            MAGIC, VERSION, self.suite, self.length, self.object_id, self.content_length, self.descriptor_length,
            self.frame, self.nonce_prefix, len(self.recipients), self.commitment,
        )  # fmt: skip
        return head + b"".join(_RECIPIENT.pack(one.key_id, len(one.wrapped)) + one.wrapped for one in self.recipients)


def read_header(sealed: bytes | bytearray | memoryview) -> Header:
    """The header at the beginning of ``sealed``; Tampered if anything at all is not as written by ``encode``."""
    if len(sealed) < _FIXED.size:
        raise Tampered("tampered", what="header")
    magic, version, suite, length, object_id, content, descriptor, frame, prefix, count, commitment = _FIXED.unpack(
        sealed[: _FIXED.size]
    )
    if magic != MAGIC or version != VERSION:
        raise Tampered("not_an_object")
    if suite not in SUITES:
        raise Tampered("unknown_suite", suite=suite)
    wrapped_length = SUITES[suite]
    sound = (
        1 <= count <= MOST_RECIPIENTS
        and length == _FIXED.size + count * (_RECIPIENT.size + wrapped_length)
        and length <= len(sealed)
        and content <= LONGEST_CONTENT
        and 1 <= descriptor <= LONGEST_DESCRIPTOR
        and SMALLEST_FRAME <= frame <= LARGEST_FRAME
        and frame & (frame - 1) == 0
    )
    if not sound:
        raise Tampered("tampered", what="header")
    recipients = tuple(_read_recipients(bytes(sealed[_FIXED.size : length]), count, wrapped_length))
    header = Header(suite, object_id, content, descriptor, frame, prefix, commitment, recipients)
    if header.total != len(sealed):
        raise Tampered("tampered", what="length")
    return header


def _read_recipients(listed: bytes, count: int, wrapped_length: int) -> list[Recipient]:
    found: list[Recipient] = []
    step = _RECIPIENT.size + wrapped_length
    for start in range(0, count * step, step):
        key_id, length = _RECIPIENT.unpack_from(listed, start)
        if length != wrapped_length or any(key_id == other.key_id for other in found):
            raise Tampered("tampered", what="header")
        found.append(Recipient(key_id, listed[start + _RECIPIENT.size : start + step]))
    return found
