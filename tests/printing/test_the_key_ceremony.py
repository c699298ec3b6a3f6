"""Law I5: whom a verifier believes is decided by two of three people with a key each, step by step, by command.

The whole of docs/key-ceremony.md is played here: root, centre, list, signatures, installation, a lost issuer key, a
lost root key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import resources
from printing import keys, layout
from printing.inquiry import Papers
from printing.trust import TrustList
from tests.printing.conftest import receipt

WORDS = ("first long words", "second long words", "third long words", "fourth long words")


class Hall:
    """Folders of the ceremony, and the command asked in them."""

    def __init__(self, room: Path) -> None:
        self.room = room
        self.data = room / "centre"
        for n, words in enumerate(WORDS, 1):
            (room / f"words-{n}").write_text(words)
        (room / "settings.yaml").write_text(f"keeper: file:{room / 'house.key'}\n")
        (room / "root").mkdir()

    @classmethod
    def beside(cls, other: Hall, name: str) -> Hall:
        """The same room, another computer's data folder."""
        made = object.__new__(cls)
        made.room, made.data = other.room, other.room / name
        return made

    def ask(self, *words: str, code: int = 0) -> Any:
        return self.ask_all("voucher", *words, code=code)

    def ask_all(self, *words: str, code: int = 0) -> Any:
        from window_client.cli.app import app

        front = ["--config", str(self.room / "settings.yaml"), "--data", str(self.data)]
        ran = CliRunner().invoke(app, [*front, *words, "--json"])
        assert ran.exit_code == code, (words, ran.exit_code, ran.output, ran.exception)
        return json.loads(ran.stdout.splitlines()[-1])

    def sign(self, draft: Path, n: int, code: int = 0) -> Any:
        key, words = self.room / "root" / f"root-{n}.key", self.room / f"words-{n}"
        return self.ask("keys", "root-sign", str(draft), "--key", str(key), "--passphrase-file", str(words), code=code)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The passphrases are stretched with a sixteenth of the memory: the same way, a second less for each."""
    made = Hall(tmp_path_factory.mktemp("ceremony"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(keys, "KIB", 8 * 1024)
        _found(made)
        yield made


def _found(made: Hall) -> None:
    words = [part for n in (1, 2, 3) for part in ("--passphrase-file", str(made.room / f"words-{n}"))]
    made.ask("keys", "root-init", "--name", "示例省 演示数据", "--out", str(made.room / "root"), *words)


@pytest.fixture(scope="module")
def listed(hall: Hall) -> Path:
    """A trust list with the centre's keys, signed by two of three."""
    asked = hall.ask("keys", "issuer-request", "--out", str(hall.room / "requests"))["requests"]
    assert len(asked) == 3
    draft = hall.room / "trust-list.draft"
    adds = [part for file in asked for part in ("--add", file)]
    hall.ask("keys", "trust-list-build", *adds, "--region", "9901", "--host", "verify.invalid", "--out", str(draft))
    finish = ("keys", "trust-list-finish", str(draft), "--roots", str(hall.room / "root" / "roots.cbor"))
    out = hall.room / "trust-list.cbor"
    hall.sign(draft, 1)
    hall.sign(draft, 1)  # one key twice is one key
    assert hall.ask(*finish, "--out", str(out), code=3)["detail"]["reason"] == "too_few_signatures"
    assert not out.exists()
    hall.sign(draft, 3)
    hall.ask(*finish, "--out", str(out))
    return out


def test_a_voucher_of_a_realm(hall: Hall, listed: Path) -> None:
    realm = TrustList.load(listed).roots
    assert realm is not None
    refused = hall.ask("keys", "trust-list-install", str(listed), code=3)
    assert refused["detail"]["reason"] == "other_realm", "the first list of a realm needs its digest, said by hand"
    told = hall.ask("keys", "trust-list-install", str(listed), "--realm", realm.realm)
    assert told["root"] == "示例省 演示数据"
    voucher = hall.room / "voucher.json"
    sample = layout.load(resources.layouts_dir(), "combined_receipt").sample(1)
    given = {
        "number": "K1",
        "kind": sample.kind,
        "layout": sample.layout,
        "centre": sample.centre,
        "lines": {line.key: line.value for line in sample.lines if not line.key.startswith("agent")},
        "items": [{line.key: line.value for line in item} for item in sample.items],
        "demo": True,
    }
    voucher.write_text(json.dumps(given))
    pdf = hall.room / "k1.pdf"
    hall.ask("issue", str(voucher), "--out", str(pdf))
    (found,) = hall.ask("verify", str(pdf))["results"]
    assert found["code"] == "VALID"
    assert found["basis"]["root"] == "示例省 演示数据"
    assert not found["basis"]["root_is_local"]
    assert found["basis"]["status_version"] >= 1
    (alone,) = hall.ask("verify", str(pdf), "--trust", str(listed))["results"]
    assert alone["code"] == "VALID"
    hall.ask("suspend", "K1", "--reason", "核实中")
    (found,) = hall.ask("verify", str(pdf), code=1)["results"]
    assert (found["code"], found["answer"]) == ("SUSPENDED", "false")
    hall.ask("resume", "K1", "--reason", "无误")
    assert hall.ask("verify", str(pdf))["results"][0]["code"] == "VALID"
    hall.ask("redeem", "K1", "--reason", "已领证")
    assert hall.ask("revoke", "K1", "--reason", "x", code=3)["detail"]["reason"] == "final"
    history = hall.ask("history", "K1")
    assert [one["state"] for one in history["changes"]] == ["suspended", "in_force", "redeemed"]
    assert [one["reason"] for one in history["changes"]] == ["核实中", "无误", "已领证"]
    assert hall.ask("history", "K2", code=3)["error"] == "printing.unknown_voucher"


def test_a_lost_issuer_key_is_marked_and_not_forgotten(hall: Hall, listed: Path) -> None:
    known = TrustList.load(listed)
    kid = next(key.kid for key in known.keys if key.use == "voucher").hex()
    draft, out = hall.room / "second.draft", hall.room / "second.cbor"
    lost = f"{kid}=2026-01-01T00:00:00+08:00"
    hall.ask("keys", "trust-list-build", "--previous", str(listed), "--compromised", lost, "--out", str(draft))
    hall.sign(draft, 2)
    hall.sign(draft, 3)
    roots = str(hall.room / "root" / "roots.cbor")
    hall.ask("keys", "trust-list-finish", str(draft), "--roots", roots, "--out", str(out))
    assert TrustList.load(out).version == known.version + 1
    hall.ask("keys", "trust-list-install", str(out), "--realm", known.roots.realm if known.roots else "")
    (found,) = hall.ask("verify", str(hall.room / "k1.pdf"), code=1)["results"]
    assert found["code"] == "KEY_COMPROMISED"
    old = hall.ask("keys", "trust-list-install", str(listed), code=3)
    assert old["detail"]["reason"] == "rollback", "the list before the loss would make the lost key good again"


def test_a_lost_root_key_is_replaced(hall: Hall, listed: Path) -> None:
    root, roots = hall.room / "root", hall.room / "root" / "roots.cbor"
    gone = hall.ask("keys", "root-sign", str(_draft_of(hall)), "--key", str(root / "root-1.key"),
                    "--passphrase-file", str(hall.room / "words-1"))["signed_by"]  # fmt: skip
    fourth = ("--passphrase-file", str(hall.room / "words-4"))
    hall.ask("keys", "root-next", "--roots", str(roots), "--drop", gone, "--new", "1", "--out", str(root), *fourth)
    draft = root / "root.draft"
    join = ("keys", "root-join", str(draft), "--roots", str(roots))
    hall.sign(draft, 2)
    assert hall.ask(*join, code=3)["detail"]["reason"] == "root_unproven", "one old key and the new one are not enough"
    hall.sign(draft, 3)
    assert hall.ask(*join)["version"] == 2
    again = hall.room / "third.draft"
    before = TrustList.load(listed)
    hall.ask("keys", "trust-list-build", "--previous", str(hall.room / "second.cbor"), "--out", str(again))
    hall.sign(again, 4)
    finish = ("keys", "trust-list-finish", str(again), "--roots", str(roots), "--out", str(hall.room / "third.cbor"))
    hall.sign(again, 1)  # the dropped key's signature counts for nothing
    assert hall.ask(*finish, code=3)["detail"]["reason"] == "too_few_signatures"
    hall.sign(again, 2)
    hall.ask(*finish)
    after = TrustList.load(hall.room / "third.cbor")
    assert after.roots is not None
    assert before.roots is not None
    assert after.roots.realm == before.roots.realm, "who pinned the first root follows to the second"
    hall.ask("keys", "trust-list-install", str(hall.room / "third.cbor"))
    assert Papers.load(hall.data).trust == after


def _draft_of(hall: Hall) -> Path:
    """Any draft, signed only to learn a root key's id."""
    copy = hall.room / "copy.draft"
    copy.write_bytes((hall.room / "trust-list.draft").read_bytes())
    return copy


def test_wrong_words_and_wrong_files_are_sentences(hall: Hall, listed: Path) -> None:
    root = hall.room / "root"
    draft = str(_draft_of(hall))
    wrong = ("--passphrase-file", str(hall.room / "words-2"))
    told = hall.ask("keys", "root-sign", draft, "--key", str(root / "root-1.key"), *wrong, code=3)
    assert told == {
        "error": "printing.key_file_wrong",
        "detail": {"reason": "other_key", "file": str(root / "root-1.key")},
    }
    assert (
        hall.ask("keys", "root-sign", str(listed), "--key", str(root / "root-1.key"), *wrong, code=3)["detail"][
            "reason"
        ]
        == "not_a_draft"
    )
    for words in (
        ("keys", "trust-list-build", "--add", str(listed), "--out", draft),
        ("keys", "trust-list-build", "--previous", str(listed), "--drop", "zz", "--out", draft),
        ("keys", "trust-list-build", "--previous", str(listed), "--compromised", "00=x", "--out", draft),
        ("keys", "trust-list-finish", draft, "--roots", str(listed)),
        ("keys", "root-join", draft, "--roots", str(root / "roots.cbor")),
        ("keys", "issuer-new", "--algorithm", "RSA"),
    ):
        assert hall.ask(*words, code=3)["error"].startswith("printing."), words


def test_the_key_files_give_nothing_away(hall: Hall) -> None:
    for file in (hall.room / "root").glob("root-*.key"):
        assert file.stat().st_mode & 0o777 == 0o600
    assert receipt().number not in (hall.room / "root" / "roots.cbor").read_bytes().decode("latin1")


def test_a_centre_whose_key_is_lost_asks_for_another_and_goes_on(hall: Hall, listed: Path) -> None:
    """The house opens, says why it cannot sign, and makes the next key; only the realm's list makes it good."""
    voucher = hall.room / "voucher.json"
    again = {**json.loads(voucher.read_text()), "number": "K2"}
    voucher.write_text(json.dumps(again))
    pdf = hall.room / "k2.pdf"
    refused = hall.ask("issue", str(voucher), "--out", str(pdf), code=3)
    assert refused["detail"].get("reason") == "not_in_trust_list", refused
    (asked,) = hall.ask("keys", "issuer-new", "--out", str(hall.room / "more"))["requests"]
    assert hall.ask("issue", str(voucher), "--out", str(pdf), code=3)["error"] == "printing.key_file_wrong"
    draft, out = hall.room / "fourth.draft", hall.room / "fourth.cbor"
    before = ("--previous", str(hall.room / "third.cbor"))
    hall.ask("keys", "trust-list-build", *before, "--add", asked, "--region", "9901", "--out", str(draft))
    hall.sign(draft, 2)
    hall.sign(draft, 4)
    roots = str(hall.room / "root" / "roots.cbor")
    hall.ask("keys", "trust-list-finish", str(draft), "--roots", roots, "--out", str(out))
    hall.ask("keys", "trust-list-install", str(out))
    hall.ask("issue", str(voucher), "--out", str(pdf))
    assert hall.ask("verify", str(pdf))["results"][0]["code"] == "VALID"


def test_an_air_gapped_verifier_hears_of_it_by_qr_codes(hall: Hall, listed: Path) -> None:
    """Another computer: the trust list on a stick, the status list held up as pictures; then a correction and audit."""
    known = TrustList.load(hall.room / "fourth.cbor")
    assert known.roots is not None
    away = Hall.beside(hall, "away")
    away.ask("keys", "trust-list-install", str(listed), "--realm", known.roots.realm)
    assert away.ask("verify", str(hall.room / "k1.pdf"))["results"][0]["code"] == "VALID_NO_STATUS"
    pictures = hall.ask("status-list", "publish", "--out", str(hall.room / "lists"), "--qr")["pictures"]
    assert pictures
    installed = away.ask("status-list", "install", *pictures)["installed"]
    assert away.ask("status-list", "show")["lists"] == installed
    found = away.ask("verify", str(hall.room / "k1.pdf"), code=1)["results"][0]
    assert (found["code"], found["basis"]["status_version"]) == ("REDEEMED", installed[0]["version"])
    assert away.ask("status-list", "install", str(listed), code=3)["error"] == "printing.status_wrong"
    assert away.ask("status-list", "install", str(hall.room / "none"), code=3)["detail"]["reason"] == "unreadable"


def test_the_audit_tells_of_the_log(hall: Hall, listed: Path) -> None:
    told = hall.ask_all("audit", "verify")
    assert told["ok"]
    assert told["issue_log"]["leaves"] == 2
    assert told["issue_log"]["breaks"] == []
