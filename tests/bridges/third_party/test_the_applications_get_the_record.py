"""Three applications written by others get the record through the desk; each one's own database is the judge.

Nightly, because the pack installs from the network: `./run test -m nightly tests/bridges/third_party`.
"""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridges.filing import Credentials, Filed, Secret
from bridges.filing_desk import FilingDesk
from bridges.journal import open_plain
from bridges.recipe import load
from tests.bridges.third_party.pack import HERE, Pack, open_pack

pytestmark = [pytest.mark.nightly, pytest.mark.browser, pytest.mark.timeout(1200)]
ACCOUNTS = {"sqlledger": ("admin@intake", "gov123"), "roundup": ("clerk", "clerk123"), "lam": ("clerk", "clerk123")}


@pytest.fixture(scope="module")
def pack() -> Iterator[Pack]:
    found = open_pack()
    found.set_up(*ACCOUNTS)
    yield found
    found.stop(*ACCOUNTS)


@pytest.mark.parametrize("name", sorted(ACCOUNTS))
def test_the_record_arrives_whole_and_once(pack: Pack, tmp_path: Path, name: str) -> None:
    tag = f"T{secrets.token_hex(4)}"
    user, word = ACCOUNTS[name]
    desk = FilingDesk(
        open_plain(tmp_path / "journal.db"), tmp_path / "browsers", lambda _: Credentials(user, Secret(word)),
        departments={name: load(HERE / name)},
    )  # fmt: skip
    try:
        outcome = desk.file(pack.filing(name, tag))
        again = desk.file(pack.filing(name, tag))
    finally:
        desk.close()
    assert isinstance(outcome, Filed), vars(outcome)
    told = pack.verified(name, tag)
    assert told["ok"], told["diff"]
    assert str(told["record"]) == outcome.number
    assert isinstance(again, Filed)
    assert again.number == outcome.number
    assert all(proof.ok for proof in outcome.proofs)
