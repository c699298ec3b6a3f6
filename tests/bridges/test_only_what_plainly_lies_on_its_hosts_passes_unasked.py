"""A9: an address Playwright's process lets pass without asking us is one we would have allowed; the odd ones are asked.

The expression is read by JavaScript too, so the same addresses are put to the JavaScript of Playwright's own node.
"""

import json
import re
import subprocess

from hypothesis import given
from hypothesis import strategies as st
from playwright._impl._driver import compute_driver_executable

from bridges.worker.guard import MODAL, Guard

HOSTS = ["dept.invalid:80", "dept.invalid:443", "127.0.0.1:8080", "a-b.dept.invalid:8443"]
GUARD = Guard(HOSTS, [])
PIECES = [
    "http", "https", "ws", "://", ":", "/", "//", "@", "?", "#", ".", "\\", "%2e", "80", "443", "8080", "8443", "x",
    "dept.invalid", "DEPT.invalid", "127.0.0.1", "a-b.dept.invalid", "evil.invalid", "user:secret", " ", "\n", MODAL,
]  # fmt: skip
ODD = [
    "http://dept.invalid.evil.invalid/", "http://dept.invalid@evil.invalid/", "http://dept.invalid:80@evil.invalid/",
    "http://evil.invalid/http://dept.invalid/", "http://evil.invalid#http://dept.invalid/", "http://dept.invalid:8080/",
    "https://dept.invalid:80x/", "http://127.0.0.1:80801/", "http://127.0.0.1:8080.evil.invalid/", "file:///etc/passwd",
    "ftp://dept.invalid/", "http://aXb.dept.invalid:8443/", "http://127a0b0c1:8080/", f"http://dept.invalid{MODAL}",
    "http://dept.invalid\\.evil.invalid/", "http://evil.invalid/\nhttp://dept.invalid/", "chrome://settings",
]  # fmt: skip
PLAIN = [
    "http://dept.invalid/", "http://dept.invalid:80/a?b#c", "https://dept.invalid/x.js", "https://dept.invalid",
    "http://127.0.0.1:8080/save", "https://a-b.dept.invalid:8443?x",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_what_passes_unasked_would_have_been_allowed(address: str) -> None:
    if not GUARD.not_surely_ours().search(address):
        assert GUARD.allows(address)


def test_the_plain_ones_pass_and_every_odd_one_is_asked_about() -> None:
    strange = GUARD.not_surely_ours()
    assert [one for one in ODD if not strange.search(one)] == []
    assert [one for one in PLAIN if strange.search(one)] == []


def test_javascript_reads_the_expression_as_we_do() -> None:
    ask = (
        "const [p, all] = JSON.parse(process.argv[1]); console.log(JSON.stringify(all.map(a => new RegExp(p).test(a))))"
    )
    told = subprocess.run(
        [compute_driver_executable()[0], "-e", ask, json.dumps([GUARD.not_surely_ours().pattern, [*ODD, *PLAIN]])],
        capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    assert json.loads(told.stdout) == [True] * len(ODD) + [False] * len(PLAIN)


def test_control_an_expression_without_its_end_lets_a_lookalike_pass() -> None:
    naive = GUARD.not_surely_ours().pattern.replace("(?:[/?#]|$)", "")
    told = [one for one in ODD if not re.search(naive, one)]
    assert "http://dept.invalid.evil.invalid/" in told
    assert "http://dept.invalid@evil.invalid/" in told
