"""I1 in the database: one claim, one intent, one number; whoever loses the lease stops. On both databases."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from bridges.journal import METADATA, Busy, Claimed, InDoubt, Journal, Settled, is_gone, who_am_i

KEY = "V20261121-03-0001-1:canlian:1"


@pytest.fixture
def window(engine: Engine) -> Callable[..., Journal]:
    METADATA.create_all(engine)
    return lambda owner, lease=30.0: Journal(engine, owner=owner, lease=lease)


def _claim(journal: Journal) -> object:
    return journal.claim(KEY, "canlian", "canlian.subsidy")


def test_the_second_window_is_told_who_holds_the_case(window: Callable[..., Journal]) -> None:
    assert _claim(window("other:1:1:a")) == Claimed(1)
    assert isinstance(_claim(window("mine:2:2:b")), Busy)


def test_an_intent_is_written_once_and_never_again(window: Callable[..., Journal]) -> None:
    one = window("one:1:1:a")
    _claim(one)
    assert one.intend(KEY, 1, 1)
    assert not one.intend(KEY, 1, 2)


def test_who_lost_the_lease_may_not_click(window: Callable[..., Journal]) -> None:
    slow, quick = window("slow:1:1:a", lease=-1.0), window("quick:2:2:b")
    _claim(slow)
    assert _claim(quick) == Claimed(2)
    assert not slow.intend(KEY, 1, 1)
    assert not slow.step(KEY, 1, 1, "filled")
    assert not slow.settle(KEY, 1, "filed", number="A-1")
    assert quick.intend(KEY, 2, 1)


def test_an_intent_without_an_end_is_in_doubt_for_the_next_window(window: Callable[..., Journal]) -> None:
    dead = window("dead:1:1:a", lease=0.0)
    _claim(dead)
    with dead._engine.begin() as db:  # the lease held when the intent was written; then the process died
        db.exec_driver_sql("UPDATE bridge_run SET state = 'intent', intended = began")
    claim = _claim(window("next:2:2:b"))
    assert isinstance(claim, InDoubt)
    assert not window("next:2:2:b").intend(KEY, claim.fence, 1)


def test_nobody_says_surely_not_sent_after_an_intent(window: Callable[..., Journal]) -> None:
    one = window("one:1:1:a")
    _claim(one)
    assert one.intend(KEY, 1, 1)
    assert not one.settle(KEY, 1, "not_sent")
    assert one.settle(KEY, 1, "unsure")
    assert one.in_doubt() == (KEY,)


def test_a_number_belongs_to_one_filing(window: Callable[..., Journal]) -> None:
    one = window("one:1:1:a")
    _claim(one)
    one.claim("another", "canlian", "canlian.subsidy")
    assert one.settle(KEY, 1, "filed", number="A-1")
    assert not one.settle("another", 1, "filed", number="A-1")
    assert one.number_known("canlian", "A-1", but="another")
    assert not one.number_known("canlian", "A-1", but=KEY)


def test_a_settled_case_gives_its_number_back(window: Callable[..., Journal]) -> None:
    one = window("one:1:1:a")
    _claim(one)
    one.settle(KEY, 1, "filed", number="A-1")
    assert _claim(window("two:2:2:b")) == Settled("filed", "A-1", {})


def test_not_sent_may_be_tried_again(window: Callable[..., Journal]) -> None:
    one = window("one:1:1:a")
    _claim(one)
    one.settle(KEY, 1, "not_sent")
    assert _claim(one) == Claimed(2)


def test_of_many_that_click_at_once_one_wins(window: Callable[..., Journal]) -> None:
    for turn in range(10):
        key, gate, wins = f"case-{turn}", threading.Barrier(4), list[bool]()

        def click(owner: str, key: str = key, gate: threading.Barrier = gate, wins: list[bool] = wins) -> None:
            journal = window(owner)
            gate.wait()
            claim = journal.claim(key, "canlian", "x")
            wins.append(isinstance(claim, Claimed) and journal.intend(key, claim.fence, 1))

        threads = [threading.Thread(target=click, args=(f"w{n}:{n}:1:a",)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(wins) == 1


def test_only_a_process_of_this_host_that_is_surely_dead_counts_as_gone() -> None:
    assert not is_gone(who_am_i())
    assert not is_gone("elsewhere:1:1.00:a")
    host = who_am_i().rsplit(":", 3)[0]
    assert is_gone(f"{host}:999999999:1.00:a")
    assert not is_gone("nonsense")
