"""What the trust of a voucher costs and withstands: status lists, hostile statements, mutants, strangers' verifiers.

The status list is measured as it travels, signature and all, beside the list of 12-byte identities that other systems
send (both deflated; random identities do not shrink). Hostile statements and mutants are the tests' own.
"""

import random
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from printing import statement
from printing.seal import DEFLATED, PLAIN, Seal, unverified
from printing.status import MOST, State, StatusList, pack
from printing.trust import TrustList
from printing.voucher import Issued
from tests.benchmarks.figure import Figure
from tests.peers import judges
from tests.printing import hostile
from tests.printing.test_hostile_statements_are_refused import mutants

BATCHES, BATCH = 100, 2000
SLOWEST = 0.020


def trust_figures(trust: TrustList, seal: Seal, issued: Issued) -> Iterator[Figure]:
    yield _status_list(seal)
    claims = statement.unpack(unverified(issued.statement)[1], DEFLATED)
    yield _hostile(trust, seal, claims)
    yield from _mutants(trust, issued)
    yield _agreement(seal, issued, claims)


def _status_list(seal: Seal) -> Figure:
    chance = random.Random(20261121)
    revoked: dict[int, State] = dict.fromkeys(chance.sample(range(MOST), MOST // 100), "revoked")
    made = StatusList("990101001/1", datetime.now(UTC), timedelta(days=1), pack(revoked, MOST)).signed(seal)
    identities = zlib.compress(b"".join(chance.randbytes(12) for _ in revoked), 9)
    ratio = len(identities) / len(made)
    return Figure("status list of a million, 1 % revoked: smaller than ids", ratio, "≥ 7×", ratio >= 7, "×")


def _hostile(trust: TrustList, seal: Seal, claims: bytes) -> Figure:
    made = list(hostile.twelve(seal, claims).values())
    refused = sum(not hostile.opens(trust, each) for each in made)
    return Figure("hostile statements with a correct signature refused, of 12", refused, "12", refused == 12, "")


def _mutants(trust: TrustList, issued: Issued) -> Iterator[Figure]:
    accepted, slowest = 0, 0.0
    for batch in range(BATCHES):
        for mutant in mutants(issued.statement, BATCH, seed=batch):
            started = time.thread_time()
            accepted += hostile.opens(trust, mutant)
            slowest = max(slowest, time.thread_time() - started)
    count = BATCHES * BATCH
    yield Figure(f"mutants accepted, of {count}", accepted, "0", accepted == 0, "")
    yield Figure("… the slowest answer", slowest * 1000, "≤ 20 ms", slowest <= SLOWEST, "ms")


def _agreement(seal: Seal, issued: Issued, claims: bytes) -> Figure:
    """cwt, pycose, @auth0/cose, cbor-x with WebCrypto: how many of them accept both of our content types."""
    given = [issued.statement, seal.statement(claims, PLAIN)]
    said = {**judges.judge(seal, given), **judges.judge_in_node(seal, given)}
    agreed = sum(all(said[name]) for name in ("cwt", "pycose", "auth0", "webcrypto"))
    return Figure("other people's COSE verifiers that accept our ES256, of 4", agreed, "4", agreed == 4, "")
