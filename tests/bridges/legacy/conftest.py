"""One old office, one browser at it, for all pages of this folder."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bridges.filing import Filing, Outcome
from bridges.filing_desk import FilingDesk
from bridges.journal import open_plain
from bridges.recipe import load
from tests.bridges.legacy.office import Office, opened

VALUES = {
    "person.name": "王示例", "person.id_number": "99010119850307123x", "person.birth": "1985-03-07", "person.sex": "1",
    "person.phone": "010-60001234", "person.region": "示例省/幸福区", "person.address": "幸福路12号",
    "matter.amount": "3500", "matter.reasons": "困难家庭;重大疾病", "matter.notes": "第一行\n第二行；<原件> & 退还",
    "matter.street": "平安街道", "matter.grid": "七网格",
    "case.region": "990101", "case.region_name": "幸福区", "case.reason": "临时救助",
}  # fmt: skip
FAMILY = (
    {"name": "李示例", "relation": "01", "birth": "1987-11-02"},
    {"name": "王小例", "relation": "02", "birth": "2012-06-30"},
    {"name": "王二例", "relation": "02", "birth": "2015-01-09"},
)
ACCOUNTS = ({"bank": "示例农商银行", "number": "6200009900001234567"},)
Rows = tuple[dict[str, str], ...]
Submit = Callable[..., Outcome]


@pytest.fixture(scope="package")
def office() -> Iterator[Office]:
    with opened() as made:
        yield made


@pytest.fixture(scope="package")
def submit(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Submit]:
    """Files one form of this folder's recipe; values may be changed by name (dots written as two underscores)."""
    home = tmp_path_factory.mktemp("office")
    recipe = replace(load(Path(__file__).parent), base=office.address, hosts=(office.elsewhere.split("/")[2],))
    desk = FilingDesk(
        open_plain(home / "journal.db"), home / "browsers", lambda _: None, departments={"office": recipe}
    )
    count = 0

    def file(item: str, *, family: Rows = FAMILY, accounts: Rows = ACCOUNTS, **changed: str) -> Outcome:
        nonlocal count
        count += 1
        values = VALUES | {name.replace("__", "."): value for name, value in changed.items()}
        return desk.file(Filing(f"V{count}:office:1", "office", item, values, {"family": family, "accounts": accounts}))

    yield file
    desk.close()
