"""Facts and bytes: every fact comes back equal, what a later version added stays byte for byte, nonsense is told."""

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.casework import facts as f
from window_client.casework.errors import WindowError
from window_client.casework.records.coding import KINDS, decode, encode, kind_of

WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
st.register_type_strategy(str, WORDS)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
FACTS = st.one_of([st.builds(kind) for kind in KINDS.values()])


@given(FACTS)
def test_a_fact_comes_back_equal(fact: f.Fact) -> None:
    body = encode(fact)
    read = decode(kind_of(fact), body)
    assert read.fact == fact
    assert read.rest == {}
    assert encode(read.fact, read.rest) == body


@given(FACTS, st.dictionaries(st.from_regex(r"later_[a-z]{1,8}", fullmatch=True), st.integers() | WORDS, min_size=1))
def test_what_a_later_version_added_stays_byte_for_byte(fact: f.Fact, added: dict[str, Any]) -> None:
    body = encode(fact, added)
    read = decode(kind_of(fact), body)
    assert read.fact == fact
    assert encode(read.fact, read.rest) == body


@given(FACTS, st.data())
def test_a_body_of_another_shape_is_told(fact: f.Fact, data: st.DataObject) -> None:
    said = json.loads(encode(fact))
    if not said:
        return
    name = data.draw(st.sampled_from(sorted(said)))
    said[name] = {"strange": [None]} if not isinstance(said[name], dict) else ["strange"]
    with pytest.raises(WindowError) as told:
        decode(kind_of(fact), json.dumps(said).encode())
    assert told.value.code == "casework.fact_unreadable"


@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=60))
def test_any_bytes_are_a_fact_or_told(kind: str, body: bytes) -> None:
    try:
        assert kind_of(decode(kind, body).fact) == kind
    except WindowError as told:
        assert told.code == "casework.fact_unreadable"  # noqa: PT017


def test_a_fact_of_a_newer_version_is_told() -> None:
    with pytest.raises(WindowError) as told:
        decode("Teleported", b"{}")
    assert (told.value.code, told.value.detail["kind"]) == ("casework.fact_unknown", "Teleported")


def test_half_a_character_and_no_number_are_refused() -> None:
    for fact in (f.VisitOpened("w03", "\ud800"), f.Filed("c", "n", 1, 1, float("nan"))):
        with pytest.raises(WindowError) as told:
            encode(fact)
        assert told.value.code == "casework.fact_unwritable"


def test_every_fact_says_whether_it_is_private() -> None:
    assert len(KINDS) >= 20
    for kind in KINDS.values():
        assert isinstance(kind.private, bool)  # type: ignore[attr-defined]
        assert dataclasses.is_dataclass(kind)
