"""The vault: what sealing costs, measured against the same work without it, in the same run.

Documents have the size of an A4 scan (2.5 MB). The limit is what the disk and the records allow: the same files
written, synced and renamed with the same two transactions, but nothing sealed. Rounds are interleaved; best against
best, because another program on the machine only ever makes a round slower.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from document_vault import disk
from document_vault.envelope import PersonKey, open_into, seal_into
from document_vault.keepers import Cost, make_keyset
from document_vault.shelf import make_tables
from document_vault.vault import Vault
from tests.benchmarks.figure import Figure
from window_client.casework.records.engine import open_engine

PERSON = "990101198001010014"  # 演示数据
SCAN = 2_540_000
ROUNDS, EACH = 5, 8


@contextmanager
def _vault() -> Iterator[tuple[Vault, Path]]:
    place = Path(tempfile.mkdtemp(prefix="vault-bench-"))
    engine = open_engine(place / "records.db", secrets.token_bytes(32))
    try:
        make_tables(engine)
        keyset = make_keyset(place / "keys.json", "passphrase:", lambda: "long enough words", cost=Cost(1024, 1, 1))
        vault = Vault(keyset, engine, place / "vault", "03")
        yield vault, place
        vault.close()
    finally:
        engine.dispose()
        shutil.rmtree(place, ignore_errors=True)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _plain_file(folder: Path, content: bytes) -> None:
    name = secrets.token_hex(16)
    disk.write_new(folder / "tmp" / name, content)
    disk.publish(folder / "tmp" / name, folder / "kept" / name)


def figures() -> list[Figure]:
    with _vault() as (vault, place):
        holder = vault.holder_of(PERSON)
        for name in ("tmp", "kept"):
            (place / "plain" / name).mkdir(parents=True)
        sealed_only, plain, whole = [], [], []
        key, buffer, back = PersonKey(bytes(16), secrets.token_bytes(32)), bytearray(), bytearray()
        for _ in range(ROUNDS):
            for _ in range(EACH):
                content = os.urandom(SCAN)
                plain.append(_seconds(partial(_plain_file, place / "plain", content)))
                sealed_only.append(_seconds(partial(_sealed_file, place / "plain", content, key, buffer)))
                whole.append(_seconds(partial(_put, vault, holder, content)))
        opening = min(_seconds(lambda: _open(key, buffer, back)) for _ in range(20))
        audit = _audit_share(vault, min(whole))
        verify = _verify_rate(vault)
    limit = min(plain)
    durable = limit / min(sealed_only)
    return [
        Figure("vault: durable sealed write against the same write unsealed", durable, "≥ 0.85", durable >= 0.85),
        Figure("vault: audit entry's share of a put", audit * 100, "≤ 5 %", audit <= 0.05, " %"),
        Figure("vault: opening a scan", opening * 1000, "≤ 10 ms", opening <= 0.010, " ms"),
        Figure("vault: audit entries verified", verify, "≥ 10000 /s", verify >= 10_000, " /s"),
    ]


def _sealed_file(folder: Path, content: bytes, key: PersonKey, buffer: bytearray) -> None:
    sealed = seal_into(buffer, content, b"told", (key,), bytes(16))
    name = secrets.token_hex(16)
    disk.write_new(folder / "tmp" / name, sealed)
    disk.publish(folder / "tmp" / name, folder / "kept" / name)


def _put(vault: Vault, holder: str, content: bytes) -> None:
    vault.put(holder, "id_card", content, media_type="image/jpeg", origin="copy", case="V1-1", actor="c")


def _open(key: PersonKey, sealed: bytearray, back: bytearray) -> None:
    open_into(back, memoryview(sealed), lambda _: key)


def _audit_share(vault: Vault, put_seconds: float) -> float:
    """One transaction with and without an entry; the difference is what the trail adds."""

    def turn(told: bool) -> float:
        def work() -> None:
            with vault._room.shelf.turn() as one:
                one.set_person("0" * 32, copied=True)
                if told:
                    one.note("bench", "c")

        return min(_seconds(work) for _ in range(60))

    return max(0.0, turn(True) - turn(False)) / put_seconds


def _verify_rate(vault: Vault) -> float:
    for _ in range(4):
        with vault._room.shelf.turn() as turn:
            for number in range(2000):
                turn.note("bench", "c", number=number)
    began = time.perf_counter()
    report = vault.verify_audit()
    assert report.ok
    return report.entries / (time.perf_counter() - began)
