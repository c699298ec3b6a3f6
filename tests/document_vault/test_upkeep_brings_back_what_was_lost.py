"""Check names what is wrong, repair puts it right, a backup gives everything back, forgetting is for good (B5, D15)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete

from document_vault.errors import BadWish, Gone, Tampered, VaultTrouble
from document_vault.keepers import open_keyset
from document_vault.shelf.tables import METADATA
from document_vault.upkeep import restore
from document_vault.values import RepairReport
from document_vault.vault import Vault
from tests.document_vault.conftest import ADA, BEN, CASE, WORDS, Clock, OpenVault
from tests.document_vault.test_a_document_is_kept_once_and_lent_by_consent import agree, keep


def pages(vault: Vault, holder: str, count: int = 4) -> dict[str, bytes]:
    made = {}
    for number in range(count):
        content = f"page {number} of {holder}".encode() * 300
        made[keep(vault, holder, content)] = content
    return made


def place_of(vault: Vault, document: str) -> Path:
    with vault._room.shelf.look() as look:
        stored = look.object_of(document)
    assert stored is not None
    return vault._room.cupboard.place(stored.object_id)


def read_all(vault: Vault, made: dict[str, bytes]) -> bool:
    return all(vault.read_own(document, case=CASE, actor="c") == content for document, content in made.items())


def spoil(path: Path, at: int = 300) -> None:
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(raw)


def test_every_kind_of_damage_is_named_and_the_rest_still_opens(vault: Vault) -> None:
    made = pages(vault, vault.holder_of(ADA), 6)
    sound, *spoilt = made
    places = [place_of(vault, document) for document in spoilt]
    places[0].unlink()
    places[1].write_bytes(places[1].read_bytes()[:-9])
    spoil(places[2])
    one, two = places[3].read_bytes(), places[4].read_bytes()
    places[3].write_bytes(two)
    places[4].write_bytes(one)
    (places[0].parent / "who put me here").write_bytes(b"?")
    quick = {finding.document: finding.code for finding in vault.check("quick").findings if finding.document}
    assert quick == {spoilt[0]: "missing", spoilt[1]: "wrong_length"}
    found = {finding.document: finding.code for finding in vault.check("hash").findings}
    assert [found[document] for document in spoilt] == ["missing", "wrong_length", "damaged", "swapped", "swapped"]
    assert found[""] == "unknown_file"
    for document in spoilt:
        with pytest.raises(Tampered):
            vault.read_own(document, case=CASE, actor="c")
    assert read_all(vault, {sound: made[sound]})


def test_an_older_version_under_the_right_name_is_refused(vault: Vault) -> None:
    """Rollback: genuine, of the right person and document, but not the version the row knows."""
    ada = vault.holder_of(ADA)
    (document,) = pages(vault, ada, 1)
    older = place_of(vault, document).read_bytes()
    spoil(place_of(vault, document))
    keep(vault, ada, f"page 0 of {ada}".encode() * 300)  # sealed anew in place of the damaged one
    place = place_of(vault, document)
    place.write_bytes(older)
    with pytest.raises(Tampered):
        vault.read_own(document, case=CASE, actor="c")
    assert [finding.code for finding in vault.check("full").findings] != []


def test_scanning_the_same_page_again_heals_a_damaged_one(vault: Vault) -> None:
    ada = vault.holder_of(ADA)
    (document,) = pages(vault, ada, 1)
    content = f"page 0 of {ada}".encode() * 300
    spoil(place_of(vault, document))
    again = vault.put(ada, "id_card", content, media_type="image/jpeg", origin="copy", case=CASE, actor="c")
    assert (again.document, again.already_there) == (document, True)
    assert vault.read_own(document, case=CASE, actor="c") == content


def test_repair_fetches_from_a_copy_and_names_what_nobody_has(vault: Vault, tmp_path: Path) -> None:
    made = pages(vault, vault.holder_of(ADA))
    vault.backup(tmp_path / "copy")
    later = keep(vault, vault.holder_of(ADA), b"after the backup" * 99)
    fetched, lost = next(iter(made)), later
    spoil(place_of(vault, fetched))
    place_of(vault, lost).unlink()
    report = vault.repair(copies=[tmp_path / "copy"], actor="officer")
    assert report == RepairReport(from_copy=1, lost=(lost,))
    assert read_all(vault, made)
    assert [row.state for row in vault.list(vault.holder_of(ADA)) if row.document == lost] == ["damaged"]
    assert vault.check("full").ok, "the damage is known and marked; nothing new is found"
    assert len(list((tmp_path / "vault" / "quarantine").iterdir())) == 1
    keep(vault, vault.holder_of(ADA), b"after the backup" * 99)
    assert vault.read_own(lost, case=CASE, actor="c") == b"after the backup" * 99


def test_a_spoilt_copy_is_not_taken_for_a_sound_one(vault: Vault, tmp_path: Path) -> None:
    (document,) = pages(vault, vault.holder_of(ADA), 1)
    vault.backup(tmp_path / "copy")
    place = place_of(vault, document)
    spoil(tmp_path / "copy" / "objects" / place.parent.name / place.name)
    spoil(place)
    assert vault.repair(copies=[tmp_path / "copy"], actor="officer").lost == (document,)


def test_lost_rows_are_made_again_from_the_objects(vault: Vault, engine: Engine, clock: Clock) -> None:
    ada, ben = vault.holder_of(ADA), vault.holder_of(BEN)
    made = {**pages(vault, ada), **pages(vault, ben, 2)}
    before = [(row.document, row.kind, row.expires, row.number) for row in vault.list(ada)]
    with engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(delete(table))
    vault._room.people.let_go()
    report = vault.repair(actor="officer")
    assert (report.people_rebuilt, report.rows_rebuilt, report.lost) == (2, 6, ())
    assert vault.holder_of(ADA) == ada
    assert sorted((row.document, row.kind, row.expires, row.number) for row in vault.list(ada)) == sorted(before)
    assert vault.check("full").ok
    for document, content in made.items():
        whose = ada if document in {row.document for row in vault.list(ada)} else ben
        consent = agree(vault, clock, whose, document)
        assert vault.lend(document, consent=consent, purpose="canlian.subsidy", case="V9", actor="c") == content


def test_a_backup_restores_on_another_machine_with_the_escrow_words(
    open_vault: OpenVault, engine: Engine, tmp_path: Path, clock: Clock
) -> None:
    vault = open_vault()
    ada = vault.holder_of(ADA)
    made = pages(vault, ada)
    first = vault.backup(tmp_path / "backup")
    assert (first.objects, first.copied) == (4, 4)
    assert vault.backup(tmp_path / "backup").copied == 0, "objects are written once; only new ones are copied"
    with pytest.raises(BadWish):
        vault.backup(tmp_path / "vault" / "inside")
    report = restore(tmp_path / "backup", tmp_path / "new", tmp_path / "new" / "keys.json")
    assert report.objects == 4
    with pytest.raises(BadWish):
        restore(tmp_path / "backup", tmp_path / "new", tmp_path / "new" / "keys.json")
    keyset = open_keyset(tmp_path / "new" / "keys.json", "passphrase:", lambda: WORDS)
    elsewhere = Vault(keyset, engine, tmp_path / "new", "03", clock=clock)
    assert elsewhere.check("full").ok
    assert read_all(elsewhere, made)
    elsewhere.close()


def test_a_spoilt_or_cut_backup_is_told(vault: Vault, tmp_path: Path) -> None:
    pages(vault, vault.holder_of(ADA), 2)
    vault.backup(tmp_path / "backup")
    for number, harm in enumerate((spoil, Path.unlink)):
        copy = tmp_path / f"copy{number}"
        shutil.copytree(tmp_path / "backup", copy)
        harm(next(copy.glob("objects/*/*")))
        with pytest.raises(Tampered):
            restore(copy, tmp_path / f"new{number}", tmp_path / f"new{number}" / "keys.json")
    with pytest.raises(Tampered):
        restore(tmp_path / "nothing here", tmp_path / "new9", tmp_path / "new9" / "keys.json")


def test_a_new_wrapping_key_for_everybody_while_another_window_works(open_vault: OpenVault) -> None:
    one, two = open_vault("03"), open_vault("04")
    made = pages(one, one.holder_of(ADA))
    two.holder_of(BEN)
    report = one.rotate_keys(actor="officer", retire=True)
    assert (report.generation, report.people, report.retired) == (2, 2, (1,))
    two._room.people.let_go()
    assert read_all(two, made)
    pages(two, two.holder_of(BEN))
    assert one.check("full").ok
    assert one.verify_audit().ok


def test_forgetting_is_for_good_and_nobody_else_is_touched(vault: Vault, tmp_path: Path, clock: Clock) -> None:
    ada, ben = vault.holder_of(ADA), vault.holder_of(BEN)
    hers, his = pages(vault, ada), pages(vault, ben)
    consent = agree(vault, clock, ada, next(iter(hers)))
    sealed = vault.seal_for(ada, b"phone", b"form")
    shutil.copytree(tmp_path / "vault" / "objects", tmp_path / "stolen")
    places = {document: place_of(vault, document) for document in hers}
    vault.forget(ada, actor="officer")
    vault.forget(ada, actor="officer")  # twice changes nothing
    for document in hers:
        with pytest.raises(VaultTrouble):
            vault.read_own(document, case=CASE, actor="c")
        with pytest.raises(VaultTrouble):
            vault.lend(document, consent=consent, purpose="canlian.subsidy", case="V9", actor="c")
        assert not places[document].exists()
    for act in (lambda: vault.list(ada), lambda: vault.open_for(ada, sealed, b"form"), lambda: keep(vault, ada)):
        with pytest.raises(Gone):
            act()
    assert not (tmp_path / "vault" / "people" / f"{ada}.key").exists()
    # Old copies of her objects stay what they are: bytes nobody can open, also after a repair that finds them.
    for path in (tmp_path / "stolen").rglob("*"):
        if path.is_file() and not (tmp_path / "vault" / "objects" / path.parent.name / path.name).exists():
            shutil.copyfile(path, tmp_path / "vault" / "objects" / path.parent.name / path.name)
    assert vault.repair(actor="officer").rows_rebuilt == 0
    assert read_all(vault, his)
    assert vault.holder_of(ADA) != ada, "the same person begins anew"
    assert len(vault.who_used(ada)) >= 4, "the trail keeps the fact"
    assert vault.verify_audit().ok
    assert vault.backup(tmp_path / "backup").people == 2
