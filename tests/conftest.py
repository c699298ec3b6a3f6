"""What every test of the house stands on: two databases, two screens, no network, and silence.

`engine`               a fresh empty database, once on SQLCipher and once on PostgreSQL
`nothing_is_whispered` fails a test that logs anything personal or any warning it did not expect
"""

import os
import secrets
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine

from tests import appetite
from tests.postgresql import Server, fresh_database, running_server
from tests.whispers import Ear, whispered
from window_client.casework.records.engine import open_engine

# Read when the first application object is made: two named screens, no display needed.
_SCREENS = Path(__file__).with_name("two_screens.json")
os.environ["QT_QPA_PLATFORM"] = os.environ.get("ONEWINDOW_TEST_PLATFORM", f"offscreen:configfile={_SCREENS}")
# A clerk's desk has a message bus; a test machine need not, and Qt's accessibility would warn about it.
os.environ["QT_ACCESSIBILITY"] = "0"
os.environ["NO_AT_BRIDGE"] = "1"

hypothesis.settings.register_profile(
    "house",
    deadline=None,  # two shared cores: a slow example is not a wrong one
    max_examples=int(os.environ.get("ONEWINDOW_EXAMPLES", "100")),
    database=None,  # a failure prints the line that reproduces it; nothing is left in the tree
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")


appetite.watch()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture(params=["sqlcipher", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A fresh, empty database on each of the two kinds we support."""
    if request.param == "sqlcipher":
        made = open_engine(tmp_path / "records.db", secrets.token_bytes(32))
        yield made
        made.dispose()
        return
    with fresh_database(request.getfixturevalue("postgresql_server")) as address:
        made = open_engine(address, None)
        yield made
        made.dispose()


@pytest.fixture(autouse=True)
def nothing_is_whispered() -> Iterator[Ear]:
    """Listens during the test. A test that provokes a warning says so: `nothing_is_whispered.expect("pattern")`."""
    ear = Ear()
    ear.listen()
    yield ear
    ear.leave()
    complaints = list(ear.complaints())
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What reached standard error counts as said aloud, whoever said it."""
    report: pytest.TestReport = yield
    said = "\n".join(text for _, name, text in item._report_sections if name == "stderr")
    whispers = whispered(said)
    if whispers and report.outcome == "passed":
        report.outcome = "failed"
        report.longrepr = f"standard error holds something personal: {', '.join(sorted(set(whispers)))}"
    return report
