"""The keyset: several ways to open it, no way around it, and never a new one where an old one lies (D5, B6)."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from document_vault import disk
from document_vault.errors import Locked, VaultTrouble
from document_vault.keepers import add_slot, make_keyset, open_keyset
from document_vault.keys import Keyset
from tests.document_vault.conftest import QUICK, WORDS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "keys.json"


@pytest.fixture
def made(path: Path) -> Keyset:
    return make_keyset(path, "passphrase:", lambda: WORDS, cost=QUICK)


def refused(path: Path, uri: str, words: str = WORDS) -> str:
    with pytest.raises(Locked) as locked:
        open_keyset(path, uri, lambda: words)
    return locked.value.reason


def test_the_same_keys_every_time_and_another_one_per_purpose(path: Path, made: Keyset) -> None:
    again = open_keyset(path, "passphrase:", lambda: WORDS)
    purposes = ["records", "seal", "index", "dedupe", "audit"]
    assert [again.derive(one) for one in purposes] == [made.derive(one) for one in purposes]
    assert len({made.derive(one) for one in purposes}) == len(purposes)
    assert all(len(made.derive(one)) == 32 for one in purposes)
    assert made.derive("records").hex() not in repr(made)


def test_a_wrong_passphrase_opens_nothing_and_changes_nothing(path: Path, made: Keyset) -> None:
    before = path.read_bytes()
    assert refused(path, "passphrase:", "演示口令 wrong") == "wrong_passphrase"
    assert path.read_bytes() == before


def test_the_words_may_be_typed_composed_or_not(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    make_keyset(path, "passphrase:", lambda: "caf\u00e9 caf\u00e9", cost=QUICK)
    assert open_keyset(path, "passphrase:", lambda: "cafe\u0301 cafe\u0301")


def test_a_second_slot_opens_the_same_vault_and_can_be_taken_away(path: Path, made: Keyset, tmp_path: Path) -> None:
    key = tmp_path / "safe" / "escrow.key"
    slot = add_slot(made, f"file:{key}")
    assert open_keyset(path, f"file:{key}").derive("records") == made.derive("records")
    assert key.stat().st_mode & 0o077 == 0
    made.remove_slot(slot)
    assert refused(path, f"file:{key}") == "no_slot_for_keeper"
    with pytest.raises(Locked) as last:
        made.remove_slot(made.slots()[0].name)
    assert last.value.reason == "last_slot"
    assert open_keyset(path, "passphrase:", lambda: WORDS)


def test_a_key_file_lost_foreign_or_open_to_others_is_told(path: Path, made: Keyset, tmp_path: Path) -> None:
    key = tmp_path / "escrow.key"
    add_slot(made, f"file:{key}")
    key.chmod(0o644)
    assert refused(path, f"file:{key}") == "key_file_open_to_others"
    key.chmod(0o600)
    make_keyset(tmp_path / "other.json", f"file:{tmp_path / 'other.key'}")
    assert refused(path, f"file:{tmp_path / 'other.key'}") == "wrong_key_file"
    key.write_bytes(b"\xff" * 40)
    assert refused(path, f"file:{key}") == "key_file_unreadable"
    key.unlink()
    assert refused(path, f"file:{key}") == "key_file_missing"
    assert not key.exists(), "opening must never make a key"


def test_a_missing_keyset_is_told_and_none_is_made(path: Path) -> None:
    assert refused(path, "passphrase:") == "keyset_missing"
    assert not path.exists()


def test_one_that_is_there_is_never_overwritten(path: Path, made: Keyset) -> None:
    for spoiled in (b"", b"{}", b"\x00" * 500, path.read_bytes()[:-30]):
        path.write_bytes(spoiled)
        with pytest.raises(Locked) as locked:
            make_keyset(path, "passphrase:", lambda: WORDS, cost=QUICK)
        assert locked.value.reason == "keyset_exists"
        assert path.read_bytes() == spoiled


def test_a_damaged_keyset_opens_from_its_copy_and_both_damaged_is_told(path: Path, made: Keyset) -> None:
    path.write_bytes(b"\x00" * 100)
    assert open_keyset(path, "passphrase:", lambda: WORDS).derive("records") == made.derive("records")
    path.with_name("keys.json.copy").write_bytes(b"")
    assert refused(path, "passphrase:") == "keyset_damaged"
    assert path.read_bytes() == b"\x00" * 100


def test_changing_what_stands_in_the_file_opens_nothing(path: Path, made: Keyset) -> None:
    """Cost, salt, names, sealed parts: each is bound to what it belongs to (300 spoiled files)."""
    dice, whole = random.Random(7), json.loads(path.read_text())
    trials = opened = 0
    while trials < 300:
        spoiled = json.loads(json.dumps(whole))
        slot = spoiled["slots"][0]
        what = dice.choice(["passes", "lanes", "salt", "wrapped", "sealed", "made", "identity", "slot"])
        if what in ("passes", "lanes"):
            slot["settings"]["argon2id"][what] += dice.randrange(1, 3)
        elif what == "salt":
            slot["settings"]["salt"] = _spoiled(slot["settings"]["salt"], dice)
        elif what in ("sealed", "identity"):
            spoiled[what] = _spoiled(spoiled[what], dice)
        else:
            slot[what] = _spoiled(slot[what], dice)
        if spoiled == whole:
            continue
        trials += 1
        for file in (path, path.with_name("keys.json.copy")):
            file.write_text(json.dumps(spoiled))
        try:
            open_keyset(path, "passphrase:", lambda: WORDS)
            opened += 1
        except VaultTrouble:
            pass
    assert opened == 0


def _spoiled(words: str, dice: random.Random) -> str:
    at = dice.randrange(len(words) - 4)
    return words[:at] + ("A" if words[at] != "A" else "B") + words[at + 1 :]


def test_a_file_that_asks_for_an_absurd_cost_is_refused_at_once(path: Path, made: Keyset) -> None:
    whole = json.loads(path.read_text())
    whole["slots"][0]["settings"]["argon2id"]["memory_kib"] = 1 << 30
    for file in (path, path.with_name("keys.json.copy")):
        file.write_text(json.dumps(whole))
    assert refused(path, "passphrase:") == "keyset_damaged"


def test_another_program_s_rotation_is_followed(path: Path, made: Keyset) -> None:
    other = open_keyset(path, "passphrase:", lambda: WORDS)
    assert other.add_generation() == 2
    assert made.wrapping_key(2) == other.wrapping_key(2)
    assert other.retire_generations() == (1,)
    with pytest.raises(Locked):
        open_keyset(path, "passphrase:", lambda: WORDS).wrapping_key(1)


def test_a_write_that_fails_leaves_the_old_keyset_in_force(
    path: Path, made: Keyset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every step the writing of the file may fail; the vault still opens, and there is no leftover."""
    real = {name: getattr(os, name) for name in ("open", "write", "fsync", "replace")}
    for at in range(1, 30):
        count = 0

        def counted(name: str, at: int = at) -> object:
            def call(*arguments: object, **more: object) -> object:
                nonlocal count
                count += 1
                if count == at:
                    raise OSError(28, "no room")
                return real[name](*arguments, **more)

            return call

        for name in real:
            monkeypatch.setattr(os, name, counted(name))
        try:
            add_slot(made, "passphrase:", lambda: "another 演示口令", cost=QUICK)
            reason = ""
        except VaultTrouble as trouble:
            reason = trouble.reason
        monkeypatch.undo()
        assert reason in ("", "disk_full")
        assert open_keyset(path, "passphrase:", lambda: WORDS).derive("records") == made.derive("records")
        assert sorted(one.name for one in path.parent.iterdir()) == ["keys.json", "keys.json.copy"]
        if not reason:
            assert at > 10
            return
    raise AssertionError("the fault never stopped firing")


def test_the_file_of_keys_is_for_its_owner_only(path: Path, made: Keyset) -> None:
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    text = path.read_text()
    assert disk.read(path.with_name("keys.json.copy"), most=10**6).decode() == text
    for purpose in ("records", "index"):
        assert made.derive(purpose).hex() not in text
