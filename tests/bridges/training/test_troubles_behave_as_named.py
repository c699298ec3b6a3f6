"""Every fault of docs/training.md does what its row says, in all three systems: a test may rely on the name alone."""

import json
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import RemoteDisconnected
from typing import Any
from urllib.error import URLError

import pytest

from bridges.training import ALL, Running
from bridges.training.sheet import CHANGES, Form
from bridges.training.trouble import Trouble
from tests.bridges.training.clerk import Clerk, Said, filled

WORDS = "该人员信息与人口库不一致，请核实后重新提交"


@pytest.fixture(params=ALL)
def clerk(request: pytest.FixtureRequest, running: Running) -> Clerk:
    signed_in = Clerk(running, request.param)
    assert signed_in.sign_in().status == 200
    return signed_in


def _kept(clerk: Clerk) -> int:
    return len(clerk.department.book.find())


def _first(clerk: Clerk) -> Form:
    return clerk.department.forms()[0]


def _by_deadline(fact: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "the fact did not come"
        time.sleep(0.02)


@pytest.mark.parametrize("which", [0, 1])
def test_a_well_department_accepts_and_shows_its_number(clerk: Clerk, which: int) -> None:
    form = clerk.department.forms()[which]
    said = clerk.file(form)
    row = clerk.department.book.find()[0]
    assert clerk.number.search(said.text)
    assert row.number in said.text
    assert clerk.number.fullmatch(row.number)
    assert row.form == form.item


def test_doubles_are_taken_happily(clerk: Clerk) -> None:
    """The negative control of every exactly-once proof: nothing here would have stopped a second filing."""
    numbers = {clerk.number.search(clerk.file(_first(clerk)).text) for _ in range(2)}
    assert len({found.group() for found in numbers if found}) == 2
    assert _kept(clerk) == 2


def test_down_closes_the_door_and_well_opens_the_same_one(running: Running, clerk: Clerk) -> None:
    port = int(clerk.url.rsplit(":", 1)[1].strip("/"))
    running.trouble(clerk.id, down=True)
    with pytest.raises(URLError):
        clerk.open(_first(clerk))
    with socket.socket() as knock:
        assert knock.connect_ex(("127.0.0.1", port)) != 0
    running.trouble(clerk.id)
    assert clerk.open(_first(clerk)).status == 200


def test_slow_waits_before_every_page(running: Running, clerk: Clerk) -> None:
    running.trouble(clerk.id, slow=0.4)
    began = time.monotonic()
    clerk.open(_first(clerk))
    assert time.monotonic() - began >= 0.4


def test_refuse_says_the_departments_words_and_keeps_nothing(running: Running, clerk: Clerk) -> None:
    running.trouble(clerk.id, refuse=WORDS)
    assert WORDS in clerk.file(_first(clerk)).text
    assert _kept(clerk) == 0


def test_error500_breaks_the_save_only(running: Running, clerk: Clerk) -> None:
    running.trouble(clerk.id, error500=True)
    assert clerk.open(_first(clerk)).status == 200
    assert clerk.file(_first(clerk)).status == 500
    assert _kept(clerk) == 0
    running.trouble(clerk.id, error500="pages")
    assert clerk.open(_first(clerk)).status == 500


def test_error500_with_commit_after_breaks_and_keeps_all_the_same(running: Running, clerk: Clerk) -> None:
    running.trouble(clerk.id, error500=True, commit_after=0.2)
    assert clerk.file(_first(clerk)).status == 500
    _by_deadline(lambda: _kept(clerk) == 1)


def test_commit_after_hangs_and_keeps_late(running: Running, clerk: Clerk) -> None:
    running.trouble(clerk.id, commit_after=0.5)
    began = time.monotonic()
    said = clerk.file(_first(clerk))
    assert time.monotonic() - began >= 0.5
    assert clerk.number.search(said.text)
    assert _kept(clerk) == 1


def test_commit_after_keeps_even_when_the_door_was_shut_meanwhile(running: Running, clerk: Clerk) -> None:
    running.trouble(clerk.id, error500=True, commit_after=0.6)
    clerk.file(_first(clerk))
    running.trouble(clerk.id, down=True)
    assert _kept(clerk) == 0
    _by_deadline(lambda: _kept(clerk) == 1)


def test_a_save_that_hangs_is_cut_by_down_and_kept_all_the_same(running: Running, clerk: Clerk) -> None:
    """The worst case for whoever files: no answer, a dead line, and the case arrives afterwards."""
    running.trouble(clerk.id, commit_after=2.5)
    with ThreadPoolExecutor(1) as hand:
        waiting = hand.submit(clerk.file, _first(clerk))
        _by_deadline(lambda: clerk.department.is_keeping)
        running.trouble(clerk.id, down=True)
        assert isinstance(waiting.exception(timeout=10), URLError | ConnectionError | RemoteDisconnected)
    _by_deadline(lambda: _kept(clerk) == 1)
    running.trouble(clerk.id)
    assert clerk.sign_in().status == 200


def test_half_page_keeps_and_breaks_off_before_the_number(running: Running, clerk: Clerk) -> None:
    running.trouble(clerk.id, half_page=True)
    said = clerk.file(_first(clerk))
    assert said.cut
    assert not clerk.number.search(said.text)
    assert _kept(clerk) == 1


def test_no_number_says_accepted_without_one(running: Running, clerk: Clerk) -> None:
    running.trouble(clerk.id, no_number=True)
    said = clerk.file(_first(clerk))
    assert "受理" in _readable(said)
    assert not clerk.number.search(said.text)
    assert _kept(clerk) == 1


def test_same_number_shows_the_one_before(running: Running, clerk: Clerk) -> None:
    clerk.file(_first(clerk))
    earlier = clerk.department.book.find()[0].number
    running.trouble(clerk.id, same_number=True)
    assert earlier in clerk.file(_first(clerk)).text
    assert len({row.number for row in clerk.department.book.find()}) == 2


def test_other_person_names_somebody_else(running: Running, clerk: Clerk) -> None:
    running.trouble(clerk.id, other_person=True)
    assert "赵示例" in _readable(clerk.file(_first(clerk)))
    assert clerk.department.book.find()[0].name == "安秀岚"


@pytest.mark.parametrize("where", ["form", "save"])
def test_logout_strikes_once_between_two_pages(running: Running, clerk: Clerk, where: str) -> None:
    running.trouble(clerk.id, logout=where)
    gone = clerk.open(_first(clerk)) if where == "form" else clerk.file(_first(clerk))
    assert "登录" in _readable(gone)
    assert _kept(clerk) == 0
    clerk.sign_in()
    assert clerk.number.search(clerk.file(_first(clerk)).text)


@pytest.mark.parametrize("how", CHANGES)
def test_page_changed_shows_and_asks_for_the_changed_form(running: Running, clerk: Clerk, how: str) -> None:
    before = _readable(clerk.open(_first(clerk)))
    running.trouble(clerk.id, page_changed=how)
    form = _first(clerk)
    after = _readable(clerk.open(form))
    assert after != before
    answers = filled(form)
    answers.pop(f"{form.id_field}Bak", None)
    assert clerk.number.search(clerk.file(form, answers).text)


@pytest.mark.parametrize("how", ["rename", "new_required", "removed", "twin"])
def test_who_overlooks_the_change_files_nothing(running: Running, clerk: Clerk, how: str) -> None:
    """A filing made for yesterday's page (or one that fills the hidden twin) is turned away."""
    answers = filled(_first(clerk))
    running.trouble(clerk.id, page_changed=how)
    form = _first(clerk)
    told = filled(form) if how == "twin" else answers
    assert not clerk.number.search(clerk.file(form, told).text)
    assert _kept(clerk) == 0


def test_a_wrong_password_is_told_and_opens_nothing(running: Running, clerk: Clerk) -> None:
    stranger = Clerk(running, clerk.id)
    said = _readable(stranger.sign_in("guessed"))
    assert "用户名或口令错误" in said or "账号或密码不正确" in said or "用户名或密码错误" in said
    assert "登录" in _readable(stranger.open(_first(clerk)))


def test_a_session_ends_after_thirty_idle_minutes(clerk: Clerk) -> None:
    real = clerk.department.clock
    try:
        clerk.department.clock = lambda: real() + 29 * 60
        assert "登录" not in _readable(clerk.open(_first(clerk)))
        clerk.department.clock = lambda: real() + 60 * 60
        assert "登录" in _readable(clerk.file(_first(clerk)))
    finally:
        clerk.department.clock = real
    assert _kept(clerk) == 0


def test_a_form_is_good_for_one_save_where_the_system_has_tokens(running: Running) -> None:
    clerk = Clerk(running, "minzheng")
    clerk.sign_in()
    told = json.loads(clerk.ask("business/seniorCard/save", b"_csrf=stale").text)
    assert (told["code"], "表单已失效" in told["msg"]) == (1002, True)


@pytest.mark.parametrize(("field", "value"), [("page_changed", "?"), ("error500", "often"), ("logout", "never")])
def test_a_trouble_that_does_not_exist_is_refused(field: str, value: Any) -> None:
    with pytest.raises(ValueError, match=field):
        Trouble(**{field: value})


def _readable(said: Said) -> str:
    """The words of an answer, whether it is a page or JSON with escapes."""
    try:
        return json.dumps(json.loads(said.text), ensure_ascii=False)
    except json.JSONDecodeError:
        return said.text
