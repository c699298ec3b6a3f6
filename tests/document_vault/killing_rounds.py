"""Kills a program that keeps documents, again and again, and counts what was lost. Run by the test beside it.

`python -m tests.document_vault.killing_rounds PLACE DATABASE SECONDS` prints one JSON object. Each round forks a child
that opens the vault, recovers, looks it over, and then keeps documents until it is killed; the acknowledgements come
through a pipe, so what arrived here had been acknowledged.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from hashlib import sha256
from pathlib import Path

from document_vault.keepers import Cost, make_keyset, open_keyset
from document_vault.shelf import make_tables
from document_vault.vault import Vault
from window_client.casework.records.engine import open_engine

WORDS = "long enough words"
PERSON = "990101198001010014"
DATABASE_KEY = bytes(range(32))


def content_of(round_: int, number: int) -> bytes:
    return sha256(f"{round_} {number}".encode()).digest() * (50 + number % 900)


def open_vault(place: Path, database: str) -> Vault:
    engine = open_engine(database, DATABASE_KEY if "://" not in database else None)
    keyset = open_keyset(place / "keys.json", "passphrase:", lambda: WORDS)
    return Vault(keyset, engine, place / "vault", "03")


def child(place: Path, database: str, round_: int, pipe: int, acknowledged: dict[str, tuple[int, int]]) -> None:
    vault = open_vault(place, database)
    recovery = vault.recover()
    report = look_over(vault, acknowledged)
    os.write(pipe, f"recovered {recovery.completed} {recovery.undone} {recovery.leftovers} {report}\n".encode())
    holder = vault.holder_of(PERSON)
    number = 0
    while True:
        kept = vault.put(
            holder,
            "id_card",
            content_of(round_, number),
            media_type="image/jpeg",
            origin="copy",
            case="V1-1",
            actor="c",
        )
        os.write(pipe, f"kept {kept.document} {round_} {number}\n".encode())
        number += 1


def look_over(vault: Vault, acknowledged: dict[str, tuple[int, int]]) -> str:
    """ "ok", or what is wrong."""
    findings = vault.check("full").findings
    if findings:
        return findings[0].code
    there = {one.document for one in vault.list(vault.holder_of(PERSON))}
    if not set(acknowledged) <= there:
        return "lost"
    for document in random.sample(sorted(acknowledged), min(5, len(acknowledged))):
        if vault.read_own(document, case="V1-1", actor="c") != content_of(*acknowledged[document]):
            return "changed"
    return "ok" if vault.verify_audit().ok else "audit"


def main() -> None:
    place, database, seconds = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
    make_keyset(place / "keys.json", "passphrase:", lambda: WORDS, cost=Cost(1024, 1, 1))
    engine = open_engine(database, DATABASE_KEY if "://" not in database else None)
    make_tables(engine)
    engine.dispose()
    dice = random.Random(20261121)
    acknowledged: dict[str, tuple[int, int]] = {}
    wrong: list[str] = []
    rounds = completed = undone = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until or rounds < 5:
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            try:
                child(place, database, rounds, writer, acknowledged)
            finally:
                os._exit(1)
        os.close(writer)
        rounds += 1
        with os.fdopen(reader, "rb") as pipe:
            first = pipe.readline().decode().split()
            if len(first) != 5:
                raise SystemExit("the child died before it had recovered")
            completed, undone = completed + int(first[1]), undone + int(first[2])
            if first[4] != "ok":
                wrong.append(first[4])
            told = pipe.readline()
            time.sleep(dice.random() * 0.06)  # the moment of the kill, not a wait for anything
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            for line in (told + pipe.read()).decode().splitlines():
                _, document, round_, number = line.split()
                acknowledged[document] = (int(round_), int(number))
    vault = open_vault(place, database)
    last = vault.recover()
    final = look_over(vault, acknowledged)
    if final != "ok":
        wrong.append(final)
    kept = len(vault.list(vault.holder_of(PERSON)))
    vault.close()
    summary = {
        "rounds": rounds, "acknowledged": len(acknowledged), "kept": kept, "wrong": wrong,
        "completed": completed + last.completed, "undone": undone + last.undone,
    }  # fmt: skip
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
