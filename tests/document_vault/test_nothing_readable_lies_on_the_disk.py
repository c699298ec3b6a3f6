"""A stolen disk (D4): no page, name or number of anybody in any file, in no encoding, and none said aloud."""

from __future__ import annotations

import os
from pathlib import Path

import sqlalchemy
from sqlalchemy import Engine

from document_vault.errors import VaultTrouble
from document_vault.values import Origin
from document_vault.vault import Vault
from tests.document_vault.conftest import ADA, CASE, WORDS, Clock, OpenVault
from tests.document_vault.test_a_document_is_kept_once_and_lent_by_consent import agree

NAME, NUMBER = "演示甲幸福", "演残证第〇〇七号"


def planted(content: bytes) -> list[bytes]:
    words = [ADA, NAME, NUMBER, WORDS]
    encodings = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    return [word.encode(encoding) for word in words for encoding in encodings] + [content[:64], content[-64:]]


def live_a_day(vault: Vault, clock: Clock, content: bytes) -> None:
    ada = vault.holder_of(ADA)
    kept = vault.put(
        ada, "id_card", content, media_type="image/jpeg", origin=Origin.COPY, case=CASE, actor="clerk07", number=NUMBER
    )
    vault.seal_for(ada, NAME.encode(), b"form")
    consent = agree(vault, clock, ada, kept.document)
    vault.lend(kept.document, consent=consent, purpose="canlian.subsidy", case="V1-2", actor="clerk07")
    vault.rotate_keys(actor="officer")


def test_every_file_and_every_row(vault: Vault, engine: Engine, tmp_path: Path, clock: Clock) -> None:
    content = f"{NAME} {ADA} ".encode() * 500 + os.urandom(5000)
    live_a_day(vault, clock, content)
    vault.backup(tmp_path / "backup")
    found, looked = [], 0
    for path in tmp_path.rglob("*"):
        if path.is_file():
            looked += 1
            raw = path.read_bytes()
            found += [(path.name, word) for word in planted(content) if word in raw]
    assert found == []
    assert looked > 8
    # The rows as the database gives them: on PostgreSQL this is what lies on its disk.
    with engine.connect() as connection:
        for table in sqlalchemy.inspect(engine).get_table_names():
            for row in connection.execute(sqlalchemy.text(f'SELECT * FROM "{table}"')):
                raw = b"|".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in row)
                assert [word for word in planted(content) if word in raw] == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """Negative control: the same search finds a number in a file that was not sealed."""
    (tmp_path / "plain").write_bytes(b"\x00" + ADA.encode("utf-16-le") + b"\x00")
    raw = (tmp_path / "plain").read_bytes()
    assert any(word in raw for word in planted(bytes(200)))


def test_names_of_files_tell_nothing_and_are_for_the_owner_only(vault: Vault, tmp_path: Path, clock: Clock) -> None:
    live_a_day(vault, clock, b"page" * 999)
    for path in (tmp_path / "vault").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path.name
        assert ADA not in path.name
        assert "id_card" not in path.name


def test_troubles_and_reprs_are_silent(open_vault: OpenVault, clock: Clock) -> None:
    vault = open_vault()
    ada = vault.holder_of(ADA)
    said = [repr(vault._room.people.held(ada)), repr(vault._room.keyset)]
    vault.put(ada, "id_card", b"page", media_type="image/jpeg", origin=Origin.COPY, case=CASE, actor="c", number=NUMBER)
    said += [repr(vault.list(ada)), repr(vault.offer(ada, ["id_card"], on=clock().date()))]
    for wrong in (f"{ADA}；{NAME}", ""):
        try:
            vault.holder_of(wrong)
        except VaultTrouble as trouble:
            said += [str(trouble), repr(trouble), repr(trouble.detail)]
    key = vault._room.person(ada).key.secret
    for words in said:
        assert not any(word in words for word in (ADA, NAME, NUMBER, key.hex(), repr(key)))
