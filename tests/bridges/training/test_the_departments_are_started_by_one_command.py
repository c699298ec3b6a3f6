"""`onewindow training serve` and its like: open, told on one line, closed by a signal; clear words otherwise."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from bridges.training import CannotServe, serve
from bridges.training.wishes import chosen, troubles

_COMMANDS = {
    "client": ["-m", "window_client", "--data", "{home}", "training", "serve", "--json"],
    "alone": ["-m", "bridges.training", "--home", "{home}"],
}


@pytest.mark.parametrize("how", _COMMANDS)
def test_it_tells_the_addresses_serves_and_stops(how: str, tmp_path: Path) -> None:
    words = [word.format(home=tmp_path) for word in _COMMANDS[how]] + ["--port", "0", "--departments", "gongan"]
    with subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        try:
            assert run.stdout is not None
            told = json.loads(run.stdout.readline())
            with urllib.request.urlopen(told["urls"]["gongan"], timeout=10) as page:
                assert "公安户政业务受理系统" in page.read().decode("gbk")
            assert Path(told["databases"]["gongan"]).is_file()
        finally:
            run.send_signal(signal.SIGTERM)
            said = run.communicate(timeout=20)
    assert (run.returncode, said) == (0, ("", ""))


def test_a_taken_port_opens_nothing_at_all(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe) as trouble:
            serve(tmp_path, ("gongan", "minzheng"), ports={"minzheng": port})
    assert (trouble.value.code, trouble.value.detail["department"]) == ("port_taken", "minzheng")


def test_books_are_kept_between_two_starts(tmp_path: Path) -> None:
    with serve(tmp_path, ("canlian",)) as running:
        kept = running.departments["canlian"].book.receive("canlian.subsidy", "", "", {}, ())
    with serve(tmp_path, ("canlian",)) as running:
        assert [row.number for row in running.departments["canlian"].book.find()] == [kept.number]


def test_wishes_are_read_or_refused_with_the_choice() -> None:
    assert chosen(" canlian,gongan") == ("gongan", "canlian")
    assert troubles(["gongan:slow=2", "gongan:no_number", "canlian:refuse=不予受理"]) == {
        "gongan": {"slow": 2.0, "no_number": True},
        "canlian": {"refuse": "不予受理"},
    }
    for wish, code in [("x:slow=1", "unknown_department"), ("gongan:rain", "unknown_trouble")]:
        with pytest.raises(CannotServe) as trouble:
            troubles([wish])
        assert trouble.value.code == code
    for wish in ("gongan:slow=soon", "gongan:page_changed=x", "gongan:logout=x"):
        with pytest.raises(CannotServe) as trouble:
            troubles([wish])
        assert trouble.value.code == "trouble_wrong"
