"""The root of trust: a few keys kept apart from every network, of which a threshold must sign (law I5).

Root 1 is signed by its own keys. Root n+1 is signed by enough keys of root n and enough of its own, so a lost or
retired root key can be replaced without asking every verifier to be installed again. Only distinct keys count.
A *local* root is one that a machine made for itself at its first start, with one key in the same house as the issuer's:
good for a demonstration and for a centre that is not yet in a realm, and every verdict says that it is one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

import cbor2

from printing import cbor, endorsement
from printing.algorithms import ALGORITHMS, BY_NUMBER, AlgorithmName
from printing.endorsement import Endorsed, EndorsementWrong
from printing.seal import Signer

ROOT: Final = "onewindow-root-1"
LONGEST_CHAIN: Final = 64


@dataclass(frozen=True)
class Root:
    """`keys`: (algorithm, public bytes) of every root key; `threshold` of them must sign."""

    version: int
    issued: datetime
    expires: datetime
    name: str
    threshold: int
    keys: tuple[tuple[AlgorithmName, bytes], ...] = field(repr=False)
    local: bool = False

    def encode(self) -> bytes:
        rows = [[ALGORITHMS[name].cose, public] for name, public in self.keys]
        times = {2: int(self.issued.timestamp()), 3: int(self.expires.timestamp())}
        return cbor2.dumps(
            {0: ROOT, 1: self.version, **times, 4: self.name, 5: self.threshold, 6: rows, 7: self.local}, canonical=True
        )

    def draft(self) -> Endorsed:
        return Endorsed(endorsement.ROOT, self.encode())

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.encode()).hexdigest()

    @cached_property
    def signers(self) -> dict[bytes, Signer]:
        return endorsement.by_kid(Signer.of(ALGORITHMS[name], public) for name, public in self.keys)

    @classmethod
    def decode(cls, content: bytes) -> Root:
        try:
            found: Any = cbor.read(content)
            if found[0] != ROOT or not isinstance(found[1], int) or not isinstance(found[7], bool):
                raise EndorsementWrong("root_shape")
            keys = tuple((BY_NUMBER[number].name, bytes(public)) for number, public in found[6])
            times = [datetime.fromtimestamp(found[at], UTC) for at in (2, 3)]
            made = cls(found[1], times[0], times[1], str(found[4]), int(found[5]), keys, found[7])
            known = made.signers
        except (cbor.CborWrong, KeyError, TypeError, ValueError, OverflowError, IndexError):
            raise EndorsementWrong("root_shape") from None
        if not 1 <= made.threshold <= len(known) or len(known) != len(keys):
            raise EndorsementWrong("root_shape")
        return made


@dataclass(frozen=True)
class RootChain:
    """Proven roots from version 1 to the present one, and the signed papers they came on."""

    papers: tuple[Endorsed, ...]
    roots: tuple[Root, ...]

    @property
    def last(self) -> Root:
        return self.roots[-1]

    @property
    def realm(self) -> str:
        """What names this realm for ever: the digest of its first root."""
        return self.roots[0].digest

    @classmethod
    def read(cls, written: Sequence[bytes]) -> RootChain:
        """EndorsementWrong with reason root_missing, root_shape, root_gap or root_unproven."""
        if not 0 < len(written) <= LONGEST_CHAIN:
            raise EndorsementWrong("root_missing")
        return cls.of([endorsement.read(each, endorsement.ROOT) for each in written])

    @classmethod
    def of(cls, papers: Sequence[Endorsed]) -> RootChain:
        roots: list[Root] = []
        for n, paper in enumerate(papers):
            root = Root.decode(paper.content)
            if root.version != n + 1:
                raise EndorsementWrong("root_gap")
            for judge in (*roots[-1:], root):
                if len(paper.signed_by(judge.signers)) < judge.threshold:
                    raise EndorsementWrong("root_unproven")
            roots.append(root)
        return cls(tuple(papers), tuple(roots))
