"""Law I10: one answer for one voucher, whoever verifies: what the verifying page is held to holds here too."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from printing import trust
from printing.status import StatusLists
from printing.trust_memory import TrustMemory
from printing.verdict import CODES
from printing.verify import verify
from tests.printing import vectors_made

FILES = ("genuine", "forged", "rights", "status", "texts", "proofs")


@cache
def _file(name: str) -> Any:
    return json.loads((vectors_made.FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def test_the_files_are_what_is_made_today() -> None:
    """A change of the format shows as a change of the vectors, and the page's engineer hears of it."""
    made = {name: vectors_made.written(content) for name, content in vectors_made.make().items()}
    there = {path.name: path.read_text(encoding="utf-8") for path in vectors_made.FOLDER.glob("*.json")}
    assert made == there


@pytest.mark.parametrize("file", FILES)
def test_every_case_has_its_answer(file: str) -> None:
    lists = _file("lists")
    for case in _file(file)["cases"]:
        known = trust.from_bytes(bytes.fromhex(lists["trust"][case["trust"]])) if case["trust"] else None
        memory = TrustMemory()
        for name in case["seen"]:
            memory.judge(trust.from_bytes(bytes.fromhex(lists["trust"][name])))
        given = [bytes.fromhex(lists["status"][name]) for name in case["status"]]
        status = StatusLists.of(given, known) if known and given else None
        now = datetime.fromisoformat(case["now"])
        proof = bytes.fromhex(case["proof"])
        found = verify(case["text"], known, now=now, status=status, memory=memory, proof=proof)
        wanted = case["expected"]
        got = {"code": found.code, "class": found.kind, "notes": list(found.notes), "fields": dict(found.fields)}
        assert got == {key: wanted[key] for key in got}, case["name"]
        assert found.human_code == wanted["human_code"]


def test_what_a_text_can_answer_is_in_the_vectors() -> None:
    """Codes of pictures, PDFs and files aside, every code has a vector."""
    answered = {case["expected"]["code"] for file in FILES for case in _file(file)["cases"]}
    elsewhere = {
        "TEXT_MISMATCH", "PDF_SIGNATURE_INVALID", "TRUST_LIST_OTHER_ROOT", "TRUST_LIST_UNPROVEN", "NO_QR_FOUND",
        "QR_UNREADABLE", "MULTIPLE_VOUCHERS", "FILE_UNREADABLE", "FILE_TOO_LARGE",
    }  # fmt: skip
    assert set(CODES) - elsewhere == answered
