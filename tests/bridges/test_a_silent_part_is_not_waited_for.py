"""Whatever falls silent, an answer comes: a worker that stands still is ended, a department that is down is named."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from bridges import hand as hands
from bridges.filing import Credentials, Secret
from bridges.hand import Hand, WorkerSilent
from bridges.inspection import CannotInspect, inspect
from bridges.recipe import departments
from tests.bridges.conftest import Town

pytestmark = pytest.mark.browser


@pytest.mark.timeout(60)
def test_a_worker_that_stands_still_is_ended(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "QUIET_SECONDS", 1.0)
    hand = Hand(departments()["gongan"], town.running.urls["gongan"], tmp_path, headless=True)
    try:
        hand.begin({"do": "warm", "form": "居住证首次申办", "steps": [], "masked": [], "credentials": None})
        worker = hand.worker_pid
        assert worker
        os.kill(worker, signal.SIGSTOP)
        with pytest.raises(WorkerSilent):
            list(hand.heard(0.1))
    finally:
        hand.close()
    assert not psutil.pid_exists(worker)
    assert hand.browser.living() is None


@pytest.mark.timeout(60)
def test_looking_at_a_department_that_is_down_says_so(town: Town, trouble: Callable[..., None]) -> None:
    trouble("gongan", down=True)
    with pytest.raises(CannotInspect) as told:
        inspect(departments()["gongan"], None, base=town.running.urls["gongan"])
    assert told.value.code == "department_down"


@pytest.fixture
def deaf() -> Iterator[str]:
    """A port where somebody listens who never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


@pytest.mark.nightly
@pytest.mark.timeout(90)
def test_looking_at_a_department_that_never_answers_says_so(deaf: str) -> None:
    with pytest.raises(CannotInspect) as told:
        inspect(departments()["gongan"], Credentials("window03", Secret("x")), base=deaf)
    assert told.value.code == "department_slow"
