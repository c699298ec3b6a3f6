"""Laws I5, C1, C2, C5: one exception type, at most 20 ms, nothing accepted; and two usual libraries as the control."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from printing import qr, statement
from printing.seal import PLAIN, StatementWrong, unverified
from printing.verify import verify, verify_statement
from printing.voucher import Issued
from tests.peers import judges
from tests.printing import hostile
from tests.printing.conftest import HOST, NOW, Centre

SLOWEST = 0.020


@pytest.fixture(scope="module")
def claims(issued: Issued) -> bytes:
    content_type, payload = unverified(issued.statement)
    return statement.unpack(payload, content_type)


def test_ours_agrees_with_the_libraries_on_genuine_ones(centre: Centre, issued: Issued, claims: bytes) -> None:
    """Third parties verify what we sign: a deflated statement and a plain CWT."""
    plain = centre.seal.statement(claims, PLAIN)
    found = judges.judge(centre.seal, [issued.statement, plain])
    assert found["cwt"] == [True, True]
    assert found["pycose"] == [True, True]
    assert bytes.fromhex(found["payloads"][0]) == unverified(issued.statement)[1]
    elsewhere = judges.judge_in_node(centre.seal, [issued.statement, plain])
    assert elsewhere["webcrypto"] == elsewhere["auth0"] == [True, True]
    assert elsewhere["payloads"] == found["payloads"]
    assert hostile.opens(centre.trust, plain)


def test_twelve_hostile_ones_are_refused(centre: Centre, claims: bytes) -> None:
    """Negative control: the libraries accept most of them, so the strictness is not theirs."""
    made = hostile.twelve(centre.seal, claims)
    assert len(made) == 12
    verdicts = {name: verify_statement(content, centre.trust, now=NOW).code for name, content in made.items()}
    assert {name: code for name, code in verdicts.items() if code not in ("MALFORMED", "BAD_SIGNATURE")} == {}
    found = judges.judge(centre.seal, list(made.values()))
    assert sum(found["cwt"]) >= 6, "the control must bite: a lax library accepts hostile statements"
    assert sum(found["pycose"]) >= 6
    assert sum(judges.judge_in_node(centre.seal, list(made.values()))["auth0"]) >= 5


def test_a_signature_over_another_shape_is_no_voucher(centre: Centre, claims: bytes) -> None:
    for name, content in hostile.odd_payloads(centre.seal, claims).items():
        verdict = verify_statement(content, centre.trust, now=NOW)
        assert verdict.code == "MALFORMED", name
        assert verdict.voucher is None


def test_a_bomb_is_refused_before_it_swells(centre: Centre) -> None:
    for size in (40_000, 1 << 20):
        started = time.perf_counter()
        assert verify_statement(hostile.bomb(centre.seal, size), centre.trust, now=NOW).code == "DEFLATE_BOMB"
        assert time.perf_counter() - started < 0.5


def test_a_stranger_cannot_light_a_bomb(centre: Centre, issued: Issued) -> None:
    """The signature is looked at first: a bomb under a foreign signature is never inflated at all."""
    content = hostile.bomb(centre.seal, 1 << 20)
    broken = content[:-1] + bytes((content[-1] ^ 1,))
    assert verify_statement(broken, centre.trust, now=NOW).code == "BAD_SIGNATURE"


def mutants(good: bytes, count: int, seed: int) -> list[bytes]:
    chance = random.Random(seed)
    made: list[bytes] = []
    while len(made) < count:
        content = bytearray(good)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            match chance.randrange(6):
                case 0 | 1:
                    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
                case 2:
                    content[chance.randrange(len(content))] = chance.choice((0, 0x18, 0x40, 0x58, 0x5F, 0x9F, 0xFF))
                case 3:
                    at = chance.randrange(len(content))
                    del content[at : at + chance.randrange(1, 5)]
                case 4:
                    at = chance.randrange(len(content))
                    content[at:at] = chance.randbytes(chance.randrange(1, 5))
                case _:
                    at, size = chance.randrange(len(content)), chance.randrange(1, 30)
                    content[at:at] = content[at : at + size]
        if bytes(content) != good:
            made.append(bytes(content))
    return made


@pytest.mark.parametrize("batches", [8, pytest.param(100, marks=pytest.mark.nightly)])
def test_of_sixteen_or_two_hundred_thousand_mutants_none_is_accepted(
    centre: Centre, issued: Issued, batches: int
) -> None:
    accepted, slowest = 0, 0.0
    for batch in range(batches):
        for mutant in mutants(issued.statement, 2000, seed=batch):
            started = time.thread_time()
            accepted += hostile.opens(centre.trust, mutant)
            slowest = max(slowest, time.thread_time() - started)
    assert accepted == 0
    assert slowest < SLOWEST


def test_mutants_of_the_payload_under_a_genuine_signature(centre: Centre, claims: bytes) -> None:
    """The parser alone, as if the key were the attacker's: never another exception, never slow."""
    slowest = 0.0
    for mutant in mutants(claims, 6_000, seed=9):
        started = time.thread_time()
        with contextlib.suppress(StatementWrong):
            statement.parse(mutant)
        slowest = max(slowest, time.thread_time() - started)
    assert slowest < SLOWEST


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "NOT_A_VOUCHER"),
        ("https://example.invalid/", "NOT_A_VOUCHER"),
        (f"https://{HOST}/#2123456", "UNSUPPORTED_VERSION"),
        (f"https://{HOST}/#1123", "MALFORMED"),
        (f"https://{HOST}/#1" + "9" * 5000, "MALFORMED"),
        (f"https://{HOST}/#1" + "１" * 400, "NOT_A_VOUCHER"),
        (f"https://{HOST}/#1" + "0" * 400, "MALFORMED"),
        ("GV1:", "MALFORMED"),
        ("GV1:" + "A" * 10_000, "MALFORMED"),
        ("GV1:" + "~" * 300, "MALFORMED"),
        ("GV2:AAA", "UNSUPPORTED_VERSION"),
        ("HC1:6BF", "NOT_A_VOUCHER"),
    ],
)
def test_texts_that_are_no_voucher(centre: Centre, text: str, code: str) -> None:
    assert verify(text, centre.trust, now=NOW).code == code


def test_digits_have_one_spelling(centre: Centre, issued: Issued) -> None:
    for wrong in ("+", " ", "_", "0"):
        text = issued.qr_text.replace("#1", f"#1{wrong}", 1)
        assert not verify(text, centre.trust, now=NOW).genuine
    assert not verify(issued.qr_text + "\n9", centre.trust, now=NOW).genuine
    assert qr.parse(issued.qr_text) == (issued.statement, HOST)
