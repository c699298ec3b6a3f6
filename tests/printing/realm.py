"""A realm for tests: three root keys, an issuer of each algorithm, a status key, a log key; the same at every run."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from printing import trust
from printing.algorithms import ALGORITHMS, P256_ORDER, AlgorithmName
from printing.endorsement import Endorsed
from printing.keys import record_for
from printing.root import Root, RootChain
from printing.seal import Seal, key_id
from printing.trust import TrustList, Use
from tests.printing import sm2_by_hand

HOST = "verify.xingfu.gov.invalid"
NOW = datetime(2026, 11, 21, 2, 35, tzinfo=UTC)
ISSUER = "990101001"


def steady_seal(label: str, algorithm: AlgorithmName = "ES256", issuer: str = ISSUER) -> Seal:
    """A seal whose key comes from `label`; never use such a key outside the tests."""
    row = ALGORITHMS[algorithm]
    raw = hashlib.sha256(f"onewindow test key {label}".encode()).digest()
    if algorithm != "EdDSA":
        raw = (int.from_bytes(raw, "big") % (P256_ORDER - 3) + 1).to_bytes(32, "big")
    key = row.private(raw)
    public = row.public_of(key)
    start, end = int((NOW - timedelta(days=300)).timestamp()), int((NOW + timedelta(days=90)).timestamp())
    number = int.from_bytes(raw, "big")
    by_hand = (lambda message: sm2_by_hand.sign(number, message)) if algorithm == "SM2" else None
    return Seal(issuer, row, key_id(row, public), start, end, public, key, by_hand)


@dataclass(frozen=True)
class Realm:
    """`seals` by label: `ES256`, `EdDSA`, `SM2` sign vouchers, `status` and `log` the rest; `lost` is compromised."""

    roots: tuple[Seal, Seal, Seal]
    chain: RootChain
    seals: dict[str, Seal]
    trust: TrustList

    def signed(self, listed: TrustList, by: int = 2) -> Endorsed:
        paper = listed.draft()
        for seal in self.roots[:by]:
            paper = paper.endorsed(seal)
        return paper

    def file(self, listed: TrustList) -> bytes:
        return trust.to_bytes(self.chain, self.signed(listed))


def realm() -> Realm:
    roots = (steady_seal("root 1"), steady_seal("root 2", "EdDSA"), steady_seal("root 3"))
    keys = tuple((seal.algorithm.name, seal.public) for seal in roots)
    root = Root(1, NOW - timedelta(days=400), NOW + timedelta(days=3000), "示例省政务凭证信任根 演示数据", 2, keys)
    paper = root.draft()
    for seal in roots[:2]:
        paper = paper.endorsed(seal)
    chain = RootChain.of([paper])
    names: tuple[AlgorithmName, ...] = ("ES256", "EdDSA", "SM2")
    seals: dict[str, Seal] = {name: steady_seal(f"issuer {name}", name) for name in names}
    seals |= {"status": steady_seal("status"), "log": steady_seal("log"), "lost": steady_seal("lost")}
    uses: dict[str, Use] = {"status": "status", "log": "log"}
    records = []
    for label, seal in seals.items():
        made = record_for(
            seal.public, seal.algorithm.name, ISSUER, f"幸福区综合窗口 {label}", NOW - timedelta(days=300),
            regions=("9901",), days=390, use=uses.get(label, "voucher"),
        )  # fmt: skip
        records.append(replace(made, compromised_since=NOW - timedelta(days=1)) if label == "lost" else made)
    listed = TrustList(7, NOW - timedelta(days=10), NOW + timedelta(days=80), (HOST,), tuple(records))
    return Realm(roots, chain, seals, trust.from_bytes(_file(chain, listed, roots)))


def _file(chain: RootChain, listed: TrustList, roots: tuple[Seal, ...]) -> bytes:
    paper = listed.draft()
    for seal in roots[1:]:
        paper = paper.endorsed(seal)
    return trust.to_bytes(chain, paper)
