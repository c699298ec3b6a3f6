"""Merkle proofs over the log of issued statements, as RFC 9162 §2.1 has them (laws I5, I8).

A leaf is SHA-256(00 ‖ SHA-256(statement)), a node SHA-256(01 ‖ left ‖ right). A checkpoint says "at this time the log
of this centre had n entries and this root", signed by a log key of the trust list, which is not the issuer's key. A
proof that a statement is under a checkpoint shows that it was issued before that moment: that is what makes vouchers
good whose key was lost later, and what makes a voucher stand out that was signed behind the log's back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import cbor2

from printing import cbor, endorsement
from printing.endorsement import Endorsed, EndorsementWrong
from printing.errors import LogWrong
from printing.seal import Seal
from printing.trust import TrustList

CHECKPOINT: Final = "onewindow-checkpoint-1"
PROOF: Final = "onewindow-log-proof-1"
ATTACHMENT: Final = "log-proof.cbor"


def leaf(statement: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + hashlib.sha256(statement).digest()).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; of none, SHA-256 of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    cut = _split(len(leaves))
    return node(tree_root(leaves[:cut]), tree_root(leaves[cut:]))


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes beside the way from leaf `index` to the root, lowest first."""
    if len(leaves) == 1:
        return []
    cut = _split(len(leaves))
    if index < cut:
        return [*inclusion(index, leaves[:cut]), tree_root(leaves[cut:])]
    return [*inclusion(index - cut, leaves[cut:]), tree_root(leaves[:cut])]


def root_from_inclusion(index: int, size: int, found: bytes, path: Sequence[bytes]) -> bytes | None:
    """The root that `path` leads to (RFC 9162 §2.1.3.2); None when the path has not this tree's shape."""
    if not 0 <= index < size:
        return None
    place, last = index, size - 1
    for beside in path:
        if last == 0:
            return None
        if place % 2 or place == last:
            found = node(beside, found)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            found = node(found, beside)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def consistency(before: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that show that the tree of the first `before` leaves grew into this one (RFC 9162 §2.1.4.1)."""
    return _sub_proof(before, leaves, whole=True) if 0 < before < len(leaves) else []


def _sub_proof(before: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if before == len(leaves):
        return [] if whole else [tree_root(leaves)]
    cut = _split(len(leaves))
    if before <= cut:
        return [*_sub_proof(before, leaves[:cut], whole=whole), tree_root(leaves[cut:])]
    return [*_sub_proof(before - cut, leaves[cut:], whole=False), tree_root(leaves[:cut])]


def is_consistent(before: int, old: bytes, size: int, new: bytes, path: Sequence[bytes]) -> bool:
    """Whether `path` shows that `new` (of `size` leaves) begins with `old` (of `before`) (RFC 9162 §2.1.4.2)."""
    if before == size:
        return old == new and not path
    if not 0 < before < size:
        return before == 0 and not path
    steps = list(path)
    if before & (before - 1) == 0:
        steps.insert(0, old)
    if not steps:
        return False
    place, last = before - 1, size - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    left = right = steps[0]
    for beside in steps[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            left, right = node(beside, left), node(beside, right)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            right = node(right, beside)
        place, last = place >> 1, last >> 1
    return left == old and right == new and last == 0


@dataclass(frozen=True)
class Checkpoint:
    """`log`: the centre's code and a name, `990101001/log`."""

    log: str
    size: int
    root: bytes = field(repr=False)
    at: datetime

    def signed(self, seal: Seal) -> bytes:
        content = {0: CHECKPOINT, 1: self.log, 2: self.size, 3: self.root, 4: int(self.at.timestamp())}
        return Endorsed(endorsement.CHECKPOINT, cbor2.dumps(content, canonical=True)).endorsed(seal).encode()

    @classmethod
    def decode(cls, content: bytes) -> Checkpoint:
        try:
            found: Any = cbor.read(content)
            mark, log, size, root = found[0], found[1], found[2], found[3]
            if mark != CHECKPOINT or not isinstance(log, str) or not isinstance(root, bytes) or len(root) != 32:
                raise LogWrong(reason="damaged")
            return cls(log, int(size), root, datetime.fromtimestamp(int(found[4]), UTC))
        except (cbor.CborWrong, KeyError, TypeError, ValueError, OverflowError):
            raise LogWrong(reason="damaged") from None


def read_checkpoint(data: bytes, trust: TrustList) -> Checkpoint:
    """A checkpoint that a log key of `trust` may sign and did. LogWrong: damaged, unknown_key, signature,
    not_authorised."""
    try:
        paper = endorsement.read(data, endorsement.CHECKPOINT)
        keys = trust.keys_under(paper, "log")
    except EndorsementWrong as wrong:
        raise LogWrong(reason=wrong.reason if wrong.reason in ("unknown_key", "signature") else "damaged") from None
    made = Checkpoint.decode(paper.content)
    if not any(key.signs_at(made.log, made.at) for key in keys):
        raise LogWrong(reason="not_authorised")
    return made


def proof_of(index: int, leaves: Sequence[bytes], checkpoint: bytes) -> bytes:
    """The attachment: where the statement stands, the way to the root, the signed checkpoint."""
    path = inclusion(index, leaves)
    return cbor2.dumps({0: PROOF, 1: index, 2: path, 3: checkpoint}, canonical=True)


def proven_at(proof: bytes, statement: bytes, issuer: str, trust: TrustList) -> datetime | None:
    """The checkpoint's time when `proof` holds for `statement` of `issuer`; None when it does not."""
    try:
        found: Any = cbor.read(proof)
        if found[0] != PROOF:
            return None
        checkpoint = read_checkpoint(bytes(found[3]), trust)
        path = [bytes(each) for each in found[2]]
        root = root_from_inclusion(int(found[1]), checkpoint.size, leaf(statement), path)
    except (cbor.CborWrong, LogWrong, KeyError, TypeError, ValueError):
        return None
    return checkpoint.at if root == checkpoint.root and checkpoint.log.startswith(issuer) else None
