"""EDV1 (law I4, B5): bit for bit, or refused. Nothing in between, whatever is done to the object."""

from __future__ import annotations

import os
import time

import pytest
from blake3 import blake3
from hypothesis import given
from hypothesis import strategies as st

from document_vault.envelope import PersonKey, check_hash, header, open_into, read_header, seal_into, sealing
from document_vault.errors import BadWish, Tampered
from tests.document_vault.mutants import Spoiler, with_true_trailer

FRAME = 4096
KEY = PersonKey(b"k" * 16, bytes(range(32)))
OTHER = PersonKey(b"o" * 16, bytes(range(1, 33)))
NAME = b"n" * 16
TRIALS = 6000


def seal(content: bytes, *, keys: tuple[PersonKey, ...] = (KEY,), name: bytes = NAME, frame: int = FRAME) -> bytes:
    return bytes(seal_into(bytearray(), content, b"told " + name, keys, name, frame=frame))


def opened(sealed: bytes, key: PersonKey = KEY, name: bytes | None = NAME) -> bytes:
    return bytes(open_into(bytearray(), sealed, lambda key_id: key if key_id == key.key_id else None, name).content)


def is_accepted(sealed: bytes) -> bool:
    try:
        opened(sealed)
    except Tampered:
        return False
    return True


_borders = st.sampled_from([0, 1, FRAME, 2 * FRAME, 3 * FRAME, 5 * FRAME])


@given(_borders, st.integers(-17, 17), st.binary(min_size=1, max_size=40))
def test_it_comes_back_bit_for_bit(border: int, beside: int, seed: bytes) -> None:
    length = max(0, border + beside)
    content = blake3(seed).digest(length)
    sealed = seal(content)
    assert opened(sealed) == content
    assert len(sealed) == read_header(sealed).total
    assert check_hash(sealed).object_id == NAME


def test_one_buffer_serves_documents_of_every_size() -> None:
    """A shorter document after a longer one must not bring the longer one's end along."""
    sealed_in, opened_in = bytearray(), bytearray()
    for length in (3 * FRAME + 5, 7, 2 * FRAME, 0, FRAME - 1):
        content = os.urandom(length)
        sealed = seal_into(sealed_in, content, b"told", (KEY,), NAME, frame=FRAME)
        assert bytes(open_into(opened_in, sealed, lambda _: KEY, NAME).content) == content


def test_no_two_objects_are_alike() -> None:
    one, two = seal(b"the same scan" * 999), seal(b"the same scan" * 999)
    assert sum(a == b for a, b in zip(one[48:], two[48:], strict=True)) < len(one) // 50


def test_no_mutant_is_accepted() -> None:
    spoiler = Spoiler(seal(os.urandom(3 * FRAME + 700)), seal(os.urandom(3 * FRAME + 700)), seed=20261121)
    accepted = [how for how, mutant in spoiler.mutants(TRIALS) if is_accepted(mutant)]
    print(f"trials={TRIALS} violations={len(accepted)} seed=20261121")
    assert accepted == []


def test_without_the_header_bound_to_the_frames_mutants_would_be_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the very same attack succeeds when the frames are not bound to the header."""
    monkeypatch.setattr(sealing, "bound_header", lambda _header: b"")
    short = seal(b"one short page", frame=FRAME)
    changed = bytearray(short)
    changed[36:40] = (2 * FRAME).to_bytes(4, "big")  # another frame size, to no effect for a short document
    assert is_accepted(with_true_trailer(bytes(changed)))
    monkeypatch.undo()
    short = seal(b"one short page", frame=FRAME)
    changed = bytearray(short)
    changed[36:40] = (2 * FRAME).to_bytes(4, "big")
    assert not is_accepted(with_true_trailer(bytes(changed)))


def test_without_the_last_flag_a_cut_would_be_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control for STREAM: frames bound to nothing but their number can be cut off at the end."""
    content = os.urandom(2 * FRAME)

    def without_last_frame() -> bytes:
        sealed = bytearray(seal(content))
        sealed[24:32] = FRAME.to_bytes(8, "big")
        return with_true_trailer(bytes(sealed[: -32 - FRAME - 16]) + bytes(32))

    monkeypatch.setattr(sealing, "bound_header", lambda _header: b"")
    assert not is_accepted(without_last_frame())
    monkeypatch.setattr(sealing, "_nonce", lambda prefix, counter, _last: prefix + counter.to_bytes(4, "big") + b"\0")
    assert is_accepted(without_last_frame())


def test_another_key_or_another_name_is_refused() -> None:
    sealed = seal(b"page" * 3000)
    with pytest.raises(Tampered) as wrong:
        opened(sealed, OTHER)
    assert wrong.value.reason == "wrong_key"
    with pytest.raises(Tampered):
        opened(sealed, PersonKey(KEY.key_id, OTHER.secret))
    with pytest.raises(Tampered) as swapped:
        opened(sealed, name=b"m" * 16)
    assert swapped.value.detail == {"what": "swapped"}


def test_a_household_document_opens_for_each_of_its_people() -> None:
    sealed = seal(b"hukou" * 2000, keys=(KEY, OTHER))
    assert opened(sealed, KEY) == opened(sealed, OTHER) == b"hukou" * 2000


def test_a_key_that_was_not_committed_to_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """GCM alone lets one ciphertext open under two keys; the commitment says which document key it was."""
    forged = bytearray(seal(b"page"))
    other = seal(b"page")
    at = header._FIXED.size + header._RECIPIENT.size
    forged[at : at + 40] = other[at : at + 40]  # a document key of ours, but not the one of this object
    with pytest.raises(Tampered) as refused:
        opened(with_true_trailer(bytes(forged)))
    assert refused.value.detail == {"what": "commitment"}


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_at_once(noise: bytes) -> None:
    began = time.perf_counter()
    for sealed in (noise, b"EDV1" + noise, seal(b"page")[: len(noise) + 60] + noise):
        with pytest.raises(Tampered):
            opened(sealed)
    assert time.perf_counter() - began < 0.5  # a hostile length is never allocated


def test_a_suite_of_the_future_is_named_not_guessed() -> None:
    sealed = bytearray(seal(b"page"))
    sealed[5] = header.SM_SUITE
    with pytest.raises(Tampered) as refused:
        opened(bytes(sealed))
    assert refused.value.reason == "unknown_suite"


def test_too_much_is_refused_before_anything_is_done() -> None:
    with pytest.raises(BadWish):
        seal_into(bytearray(), b"x", b"d" * (header.LONGEST_DESCRIPTOR + 1), (KEY,), NAME)
