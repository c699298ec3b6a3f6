"""Five pages made of real widget kits get the record through the door a counter uses; their own books are the judge.

Nightly, because the pack installs from the network: `./run test -m nightly tests/bridges/third_party`.
"""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridges.filing import Filed
from bridges.filing_desk import FilingDesk
from bridges.journal import open_plain
from bridges.recipe import load
from tests.bridges.third_party.pack import HERE, Pack, open_pack

pytestmark = [pytest.mark.nightly, pytest.mark.browser, pytest.mark.timeout(1200)]
PAGES = ("easyui", "layui", "element", "jq1", "bs3")


@pytest.fixture(scope="module")
def pack() -> Iterator[Pack]:
    found = open_pack()
    found.set_up("toolkits")
    yield found
    found.stop("toolkits")


@pytest.mark.parametrize("page", PAGES)
def test_the_record_arrives_whole_and_once(pack: Pack, tmp_path: Path, page: str) -> None:
    tag = f"T{secrets.token_hex(4)}"
    filing = pack.filing(page, tag)
    journal = open_plain(tmp_path / "journal.db")
    desk = FilingDesk(journal, tmp_path / "browsers", lambda _: None, departments={page: load(HERE / page)})
    try:
        outcome = desk.file(filing)
        again = desk.file(filing)
    finally:
        desk.close()
    assert isinstance(outcome, Filed), outcome
    told = pack.verified(page, tag)
    assert told["ok"], told["diff"]
    assert told["record"] == outcome.number
    assert isinstance(again, Filed)
    assert again.number == outcome.number  # the journal knew; one row is what the judge counted
    assert all(proof.ok for proof in outcome.proofs)
