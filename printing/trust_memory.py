"""What a verifier has seen before: the root it pinned and the newest lists, so that nobody can turn back time (I5).

Rollback: a trust list or status list older than one already seen is refused, however well it is signed, because an old
list is how a lost key is made good again. Another root under the same first root must descend from the pinned one.
The memory is a small file of the verifier's own; a verifier that cannot write it still verifies, it only remembers
less.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import cbor2

from printing import cbor
from printing.files import write_private
from printing.status import StatusList
from printing.trust import TrustList

MEMORY: Final = "onewindow-trust-memory-1"


@dataclass(frozen=True)
class Seen:
    """Of one realm: newest root (version, digest), newest trust list and newest status lists (versions)."""

    root: int
    root_digest: str
    trust_list: int
    status_lists: dict[str, int] = field(default_factory=dict)


@dataclass
class TrustMemory:
    """Mutable on purpose: it is the one thing a verifier learns. `path` None: for one run only."""

    path: Path | None = None
    realms: dict[str, Seen] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> TrustMemory:
        """A file that is not there or is damaged is an empty memory: it is no secret and no proof."""
        made = cls(path)
        with contextlib.suppress(OSError, cbor.CborWrong, KeyError, TypeError, ValueError):
            found: Any = cbor.read(path.read_bytes())
            if found[0] == MEMORY:
                for realm, root, digest, trust_list, lists in found[1]:
                    known = {str(uri): int(version) for uri, version in lists}
                    made.realms[str(realm)] = Seen(int(root), str(digest), int(trust_list), known)
        return made

    def judge(self, trust: TrustList) -> tuple[str, str]:
        """("", "") when `trust` is at least as new as all seen before, and then remembered; else (code, detail)."""
        if trust.roots is None:
            return "", ""
        realm, chain = trust.roots.realm, trust.roots
        seen = self.realms.get(realm)
        if seen is None:
            self._learn(realm, Seen(chain.last.version, chain.last.digest, trust.version))
            return "", ""
        if chain.last.version < seen.root or trust.version < seen.trust_list:
            return "TRUST_LIST_ROLLBACK", f"{trust.version} < {seen.trust_list}"
        if chain.roots[seen.root - 1].digest != seen.root_digest:
            return "TRUST_LIST_OTHER_ROOT", chain.last.digest[:16]
        if (chain.last.version, trust.version) != (seen.root, seen.trust_list):
            newest = replace(seen, root=chain.last.version, root_digest=chain.last.digest, trust_list=trust.version)
            self._learn(realm, newest)
        return "", ""

    def is_old(self, trust: TrustList, known: StatusList) -> bool:
        """A newer version of this status list was seen before; a newer one now is remembered."""
        if trust.roots is None:
            return False
        seen = self.realms.get(trust.roots.realm)
        if seen is None:
            return False
        newest = seen.status_lists.get(known.uri, 0)
        if known.version > newest:
            self._learn(trust.roots.realm, replace(seen, status_lists={**seen.status_lists, known.uri: known.version}))
        return known.version < newest

    def _learn(self, realm: str, seen: Seen) -> None:
        self.realms[realm] = seen
        if self.path is None:
            return
        rows = [
            [name, one.root, one.root_digest, one.trust_list, [[uri, n] for uri, n in sorted(one.status_lists.items())]]
            for name, one in sorted(self.realms.items())
        ]
        with contextlib.suppress(OSError):  # a read-only data folder verifies too
            write_private(self.path, cbor2.dumps({0: MEMORY, 1: rows}, canonical=True))
