"""A disk that is full or fails (B3, B4): told with a code, nothing acknowledged is harmed, and it works again after."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from document_vault import disk
from document_vault.errors import DiskFull, StorageFailed, VaultTrouble
from document_vault.values import Kept, Origin
from document_vault.vault import Vault
from tests.document_vault.conftest import ADA, CASE

CALLS = ("open", "write", "fsync", "replace")


def put(vault: Vault, holder: str, content: bytes) -> Kept:
    return vault.put(holder, "id_card", content, media_type="image/jpeg", origin=Origin.COPY, case=CASE, actor="c")


def failing_at(patch: pytest.MonkeyPatch, at: int, error: int, home: Path) -> Callable[[], bool]:
    """The Nth of the vault's file operations fails as the system lets it fail; tells whether it came to that."""
    state = {"count": 0}
    ours: set[int] = set()
    real = {name: getattr(os, name) for name in CALLS}

    def call(name: str) -> Callable[..., object]:
        def made(*arguments: object, **more: object) -> object:
            first = arguments[0]
            mine = first in ours if isinstance(first, int) else str(first).startswith(str(home))
            if mine:
                state["count"] += 1
                if state["count"] == at:
                    raise OSError(error, os.strerror(error))
            done = real[name](*arguments, **more)
            if name == "open" and mine:
                ours.add(done)
            return done

        return made

    for name in CALLS:
        patch.setattr(os, name, call(name))
    return lambda: state["count"] >= at


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])
def test_every_step_may_fail(vault: Vault, tmp_path: Path, error: int) -> None:
    home = tmp_path / "vault"
    ada = vault.holder_of(ADA)
    kept = [(put(vault, ada, b"first").document, b"first")]
    for at in range(1, 40):
        content = f"page {at}".encode() * 300
        with pytest.MonkeyPatch.context() as patch:
            has_fired = failing_at(patch, at, error, home)
            document, told = "", None
            try:
                document = put(vault, ada, content).document
            except VaultTrouble as trouble:
                told = trouble
            fired = has_fired()
        if document:
            kept.append((document, content))
        else:
            assert isinstance(told, DiskFull if error == errno.ENOSPC else StorageFailed)
            assert list((home / "tmp").glob("*-*")) == [], "no leftover"
            if error == errno.EIO:
                with pytest.raises(StorageFailed) as stopped:  # never "try the sync again and hope"
                    put(vault, ada, content)
                assert stopped.value.reason == "stopped_until_recovered"
                vault.recover()
        for known, true in kept:
            assert vault.read_own(known, case=CASE, actor="c") == true
        assert vault.check("full").findings == ()
        if not fired:
            assert at > 5
            assert vault.verify_audit().ok
            return
    raise AssertionError("the fault never stopped firing")


def test_a_put_that_failed_can_be_done_again(vault: Vault, tmp_path: Path) -> None:
    ada = vault.holder_of(ADA)
    with pytest.MonkeyPatch.context() as patch:
        failing_at(patch, 2, errno.ENOSPC, tmp_path / "vault")
        with pytest.raises(DiskFull):
            put(vault, ada, b"page")
    assert not put(vault, ada, b"page").already_there
    assert len(vault.list(ada)) == 1
    assert [use.act for use in vault.who_used(ada)] == ["put"]


def test_an_answer_lost_after_the_commit_is_not_taken_for_a_failure(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B7: the connection dies after COMMIT was carried out; the document stays and is not undone."""
    ada = vault.holder_of(ADA)
    engine = vault._room.shelf._engine
    real, count = engine.dialect.do_commit, iter(range(100))

    def commit_and_hang_up(connection: object) -> None:
        real(connection)  # type: ignore[arg-type]
        if next(count) == 1:  # the transaction that makes the document live
            raise engine.dialect.loaded_dbapi.OperationalError("connection closed")

    monkeypatch.setattr(engine.dialect, "do_commit", commit_and_hang_up)
    kept = put(vault, ada, b"page")
    assert vault.read_own(kept.document, case=CASE, actor="c") == b"page"
    assert vault.check("full").ok


def test_a_commit_that_failed_leaves_nothing_behind(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ada = vault.holder_of(ADA)
    engine = vault._room.shelf._engine
    with monkeypatch.context() as patch:
        real, count = engine.dialect.do_commit, iter(range(100))

        def hang_up_first(connection: object) -> None:
            if next(count) == 1:
                raise engine.dialect.loaded_dbapi.OperationalError("connection closed")
            real(connection)  # type: ignore[arg-type]

        patch.setattr(engine.dialect, "do_commit", hang_up_first)
        with pytest.raises(StorageFailed) as failed:
            put(vault, ada, b"page")
        assert failed.value.reason == "records_failed"
    assert vault.list(ada) == ()
    assert vault.check("full").ok
    assert put(vault, ada, b"page").already_there is False


_FULL = """
import subprocess, sys
from pathlib import Path
from document_vault.errors import DiskFull
from document_vault.keepers import Cost, make_keyset
from document_vault.shelf import make_tables
from document_vault.vault import Vault
from window_client.casework.records.engine import open_engine

place = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], check=True)
rows = Path(sys.argv[2])
keyset = make_keyset(rows / "keys.json", "passphrase:", lambda: "long enough words", cost=Cost(1024, 1, 1))
engine = open_engine(rows / "records.db", bytes(32))
make_tables(engine)
vault = Vault(keyset, engine, place / "vault", "03")
ada = vault.holder_of("990101198001010014")
wishes = {"media_type": "image/jpeg", "origin": "copy", "case": "V1-1", "actor": "c"}
kept, told = [], 0
for n in range(60):
    content = bytes([n]) * 200_000
    try:
        kept.append((vault.put(ada, "id_card", content, **wishes).document, content))
    except DiskFull as full:
        told += full.reason == "disk_full"
assert told >= 20 and len(kept) >= 15, (told, len(kept))
assert all(vault.read_own(name, case="V1-1", actor="c") == content for name, content in kept)
assert vault.check("full").ok, vault.check("full").findings
assert not list((place / "vault" / "tmp").glob("*-*"))
subprocess.run(["mount", "-o", "remount,size=12m", str(place)], check=True)
vault.put(ada, "id_card", b"room again", **wishes)
print(f"kept={len(kept)} refused={told}")
"""


@pytest.mark.slow
def test_a_really_full_disk(tmp_path: Path) -> None:
    """A memory disk of 6 MB in a name space of its own: the operating system itself says no."""
    for folder in ("full", "rows"):
        (tmp_path / folder).mkdir()
    alone = ["unshare", "--user", "--map-root-user", "--mount", sys.executable, "-c", _FULL]
    ran = subprocess.run(
        [*alone, tmp_path / "full", tmp_path / "rows"],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("kept=")


def test_a_failed_sync_is_the_caller_s_to_hear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a writer that swallows the error of the sync would acknowledge what was never kept."""

    def broken(_number: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="broken"):
        disk.write_new(tmp_path / "page", b"page")
