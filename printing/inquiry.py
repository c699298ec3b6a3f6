"""Everything a verifier on this computer stands on, gathered from its data folder, for the command and the screen (I5).

`<data>/trust-list.cbor` whom it believes · `<data>/status/*.cbor` the status lists it was given ·
`<data>/trust-memory.cbor` what it has seen before. No key, no database, no network: verifying needs no house.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from printing.errors import TrustListWrong
from printing.status import StatusLists
from printing.trust import TrustList
from printing.trust_memory import TrustMemory
from printing.verdict import Verdict
from printing.verify import verify

TRUST: Final = "trust-list.cbor"
STATUS: Final = "status"
MEMORY: Final = "trust-memory.cbor"
# A file that is no list at all is the caller's wrong input; one whose proof fails is an answer about the verifier.
_NO_LIST: Final = ("missing", "unreadable", "not_a_trust_list", "damaged", "too_large", "not_cbor")


@dataclass(frozen=True)
class Papers:
    """`unproven`: why the trust list that is there was not believed."""

    trust: TrustList | None
    status: StatusLists | None
    memory: TrustMemory
    unproven: str = ""

    @classmethod
    def load(cls, data: Path, *, trust: Path | None = None, status: Iterable[Path] = ()) -> Papers:
        """Of a data folder, with another trust list or more status lists where named. TrustListWrong when a named
        trust list is none, or the folder's cannot be read."""
        memory = TrustMemory.load(data / MEMORY)
        path = trust or data / TRUST
        if trust is None and not path.exists():
            return cls(None, None, memory)
        try:
            listed = TrustList.load(path)
        except TrustListWrong as wrong:
            if wrong.detail["reason"] in _NO_LIST:
                raise
            return cls(None, None, memory, wrong.detail["reason"])
        files = [*sorted((data / STATUS).glob("*.cbor")), *status]
        return cls(listed, StatusLists.load(files, listed) if files else None, memory)

    def verify(self, source: bytes | Path | str, now: datetime, proof: bytes = b"") -> Verdict:
        found = verify(source, self.trust, now=now, status=self.status, memory=self.memory, proof=proof)
        if found.code == "TRUST_LIST_MISSING" and self.unproven:
            return Verdict("TRUST_LIST_UNPROVEN", detail=self.unproven, statement=found.statement)
        return found
