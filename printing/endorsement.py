"""A paper of the trust with the signatures under it: roots, trust lists, status lists, checkpoints, key requests (I5).

`[content type, content, [[key id, signature] …]]` in the same strict CBOR as a voucher. Each signature is over a
COSE Sig_structure whose protected header names algorithm, content type and key, so that a signature under one sort of
paper is worth nothing under another. Who must have signed is the reader's question: `signed_by` answers with the
distinct keys that really did, and a key that signs twice is one key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import cbor2

from printing import cbor
from printing.algorithms import Algorithm
from printing.seal import Seal, Signer, StatementWrong, header

ROOT: Final = 65010
TRUST_LIST: Final = 65011
STATUS_LIST: Final = 65012
CHECKPOINT: Final = 65013
KEY_REQUEST: Final = 65014
LARGEST: Final = 4 << 20
MOST_SIGNATURES: Final = 32


class EndorsementWrong(Exception):
    """`reason`: not_cbor, shape, other_paper, too_large."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Endorsed:
    kind: int
    content: bytes = field(repr=False)
    signatures: tuple[tuple[bytes, bytes], ...] = ()

    def encode(self) -> bytes:
        rows = [list(each) for each in sorted(self.signatures)]
        return cbor2.dumps([self.kind, self.content, rows], canonical=True)

    def endorsed(self, seal: Seal) -> Endorsed:
        """With `seal`'s signature added, or renewed where it had signed before."""
        made = seal.sign(signed_bytes(self.kind, self.content, seal.algorithm, seal.kid))
        others = tuple(each for each in self.signatures if each[0] != seal.kid)
        return Endorsed(self.kind, self.content, (*others, (seal.kid, made)))

    def signed_by(self, signers: Mapping[bytes, Signer]) -> frozenset[bytes]:
        """Key ids, out of `signers`, whose signature under this paper holds."""
        found = set()
        for kid, signature in self.signatures:
            signer = signers.get(kid)
            if signer is None:
                continue
            try:
                holds = signer.holds(signature, signed_bytes(self.kind, self.content, signer.algorithm, kid))
            except StatementWrong:  # this machine lacks the algorithm: it cannot count this signature
                continue
            if holds:
                found.add(kid)
        return frozenset(found)


def signed_bytes(kind: int, content: bytes, algorithm: Algorithm, kid: bytes) -> bytes:
    """Sig_structure (RFC 9052 §4.4) of one signature under a paper."""
    return cbor2.dumps(["Signature1", header(algorithm, kid, kind), b"", content], canonical=True)


def by_kid(signers: Iterable[Signer]) -> dict[bytes, Signer]:
    return {signer.kid: signer for signer in signers}


def read(data: bytes, kind: int) -> Endorsed:
    """The paper of one kind; EndorsementWrong for anything that is not exactly its shape. Proves nothing yet."""
    if len(data) > LARGEST:
        raise EndorsementWrong("too_large")
    try:
        found = cbor.read(data)
    except cbor.CborWrong:
        raise EndorsementWrong("not_cbor") from None
    match found:
        case [int() as number, bytes() as content, [*rows]] if len(rows) <= MOST_SIGNATURES:
            pass
        case _:
            raise EndorsementWrong("shape")
    if number != kind:
        raise EndorsementWrong("other_paper")
    signatures = []
    for row in rows:
        match row:
            case [bytes() as kid, bytes() as signature] if len(kid) == 8 and len(signature) == 64:
                signatures.append((kid, signature))
            case _:
                raise EndorsementWrong("shape")
    return Endorsed(kind, content, tuple(signatures))
