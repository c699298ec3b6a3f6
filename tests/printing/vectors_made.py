"""Makes tests/printing/vectors/*.json: what any verifier of ours must answer, in Python and on the page alike.

`python -m tests.printing.vectors_made` writes them; a test compares them with what is made now, byte for byte. Every
key and nonce is steady, so the files change only when the format does. docs/voucher-format.md §10 describes them.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import cbor2

from printing import endorsement, log_proof, qr, statement, trust
from printing.endorsement import Endorsed
from printing.seal import DEFLATED, PLAIN, Seal, unverified
from printing.status import StatusList, StatusLists, pack
from printing.trust import TrustList
from printing.trust_memory import TrustMemory
from printing.verdict import Verdict
from printing.verify import verify
from printing.voucher import Voucher
from tests.printing import hostile
from tests.printing.conftest import receipt
from tests.printing.forgery import changed
from tests.printing.realm import HOST, ISSUER, NOW, Realm, realm, steady_seal

FOLDER = Path(__file__).with_name("vectors")
ADDRESS = f"{ISSUER}/1"
Case = dict[str, Any]


class Maker:
    """Collects lists and cases; every expected answer is our own verifier's, and stands in the file to be read."""

    def __init__(self) -> None:
        self.realm: Realm = realm()
        self.trust_lists: dict[str, bytes] = {}
        self.status_lists: dict[str, bytes] = {}
        self.cases: dict[str, list[Case]] = {}

    def seal(self, name: str) -> Seal:
        return self.realm.seals[name]

    def payload(self, voucher: Voucher | None = None, *, mark: int = 0, **claims: Any) -> bytes:
        identity = bytes(10) + mark.to_bytes(2, "big")
        return statement.pack(voucher or receipt(), ISSUER, 1, identity=identity, **claims)

    def signed(self, by: str = "ES256", **given: Any) -> bytes:
        return statement.seal_payload(self.seal(by), self.payload(**given))

    def case(self, file: str, name: str, text: str, code: str, **given: Any) -> None:
        """`given`: trust (name or None), status (names), now, seen (names of trust lists seen before), proof."""
        now: datetime = given.get("now", NOW)
        wanted: str | None = given.get("trust", "present")
        status: list[str] = given.get("status", [])
        seen: list[str] = given.get("seen", [])
        proof: bytes = given.get("proof", b"")
        found = self._answer(text, wanted, status, now, seen, proof)
        assert found.code == code, (name, found.code, found.detail)
        self.cases.setdefault(file, []).append(
            {
                "name": name,
                "text": text,
                "trust": wanted,
                "status": status,
                "seen": seen,
                "proof": proof.hex(),
                "now": now.isoformat().replace("+00:00", "Z"),
                "expected": {
                    "code": found.code,
                    "class": found.kind,
                    "notes": list(found.notes),
                    "human_code": found.human_code,
                    "signer": found.signer,
                    "replaces": found.replaces,
                    "replaced_by": found.replaced_by,
                    "fields": dict(found.fields),
                },
            }
        )

    def _answer(
        self, text: str, wanted: str | None, status: list[str], now: datetime, seen: list[str], proof: bytes
    ) -> Verdict:
        memory = TrustMemory()
        for name in seen:
            memory.judge(trust.from_bytes(self.trust_lists[name]))
        known = trust.from_bytes(self.trust_lists[wanted]) if wanted is not None else None
        lists = StatusLists.of([self.status_lists[name] for name in status], known) if known and status else None
        return verify(text, known, now=now, status=lists, memory=memory, proof=proof)


def make() -> dict[str, Any]:
    """File name → content."""
    maker = Maker()
    _lists(maker)
    _genuine(maker)
    _forged(maker)
    _rights_and_time(maker)
    _in_force(maker)
    _texts(maker)
    _proofs(maker)
    files: dict[str, Any] = {
        "lists.json": {
            "format": "onewindow-vectors-1",
            "about": "演示数据 sample data. Files as hex: trust lists and status lists the cases name.",
            "host": HOST,
            "root_digest": maker.realm.chain.realm,
            "trust": {name: content.hex() for name, content in maker.trust_lists.items()},
            "status": {name: content.hex() for name, content in maker.status_lists.items()},
        }
    }
    for name, cases in maker.cases.items():
        files[f"{name}.json"] = {"format": "onewindow-vectors-1", "cases": cases}
    return files


def _lists(maker: Maker) -> None:
    known, made = maker.realm.trust, maker.realm
    other = TrustList(1, known.issued, known.expires, (HOST,), ())
    es256 = tuple(replace(key, regions=("1100",)) for key in known.keys)
    kinds = tuple(replace(key, kinds=("licence",)) for key in known.keys)
    days = tuple(replace(key, sign_until=NOW - timedelta(days=2)) for key in known.keys)
    maker.trust_lists = {
        "present": made.file(known),
        "older": made.file(replace(known, version=6)),
        "empty": made.file(other),
        "other region": made.file(replace(known, keys=es256)),
        "other kind": made.file(replace(known, keys=kinds)),
        "key days over": made.file(replace(known, keys=days)),
        "local": _local(known),
    }
    status, states = maker.seal("status"), {1: "revoked", 2: "suspended", 3: "redeemed", 4: "revoked"}
    bits = pack(states, 4096)  # type: ignore[arg-type]
    present = StatusList(ADDRESS, NOW - timedelta(hours=2), timedelta(days=1), bits, 5, ((4, "V20261121-03-0001-R9"),))
    foreign = replace(present, uri="110101001/1")
    maker.status_lists = {
        "present": present.signed(status),
        "stale": replace(present, issued=NOW - timedelta(days=3), version=4).signed(status),
        "short": replace(present, bits=present.bits[:1]).signed(status),
        "by an issuer key": present.signed(maker.seal("ES256")),
        "of another region": foreign.signed(status),
        "damaged": changed(present.signed(status), -5),
    }


def _local(known: TrustList) -> bytes:
    from printing.root import Root, RootChain

    seal = steady_seal("local root")
    root = Root(1, known.issued, known.expires, "幸福区 演示数据", 1, ((seal.algorithm.name, seal.public),), local=True)
    chain = RootChain.of([root.draft().endorsed(seal)])
    return trust.to_bytes(chain, known.draft().endorsed(seal))


def _genuine(maker: Maker) -> None:
    file = "genuine"
    for n, name in enumerate(("ES256", "EdDSA", "SM2")):
        content = maker.signed(name, mark=n)
        maker.case(file, f"{name}, deflated", qr.text_of(content, HOST), "VALID")
        plain = maker.seal(name).statement(maker.payload(mark=10 + n), PLAIN)
        maker.case(file, f"{name}, plain", qr.text_of(plain, HOST), "VALID")
    content = maker.signed(mark=20)
    maker.case(file, "the other text form", qr.alternate_text_of(content), "VALID")
    maker.case(file, "a line end behind it", qr.text_of(content, HOST) + "\r\n", "VALID")
    maker.case(file, "an unknown host", qr.text_of(content, "evil.invalid"), "VALID")
    maker.case(file, "a local root", qr.text_of(content, HOST), "VALID", trust="local")
    reprint = receipt(copy=2, reason="遗失")
    maker.case(file, "a reprint", qr.text_of(maker.signed(voucher=reprint, mark=21), HOST), "VALID")
    corrected = receipt("V20261121-03-0001-R2", replaces="V20261121-03-0001-R1", correction="受理编号有误")
    content = maker.signed(voucher=corrected, mark=22, before=bytes(12))
    maker.case(file, "a correction", qr.text_of(content, HOST), "VALID")
    english = receipt(language="zh+en", items=1, demo=False)
    maker.case(file, "two languages, one item", qr.text_of(maker.signed(voucher=english, mark=23), HOST), "VALID")


def _forged(maker: Maker) -> None:
    file, good = "forged", maker.signed(mark=30)
    claims = statement.unpack(unverified(good)[1], DEFLATED)
    names = {"tag": 0, "header": 6, "key id": 12, "payload": 60, "r": -60, "s": -1}
    codes = {"tag": "MALFORMED", "header": "MALFORMED", "key id": "UNKNOWN_KEY"}
    for name, at in names.items():
        text = qr.text_of(changed(good, at), HOST)
        maker.case(file, f"one bit of the {name}", text, codes.get(name, "BAD_SIGNATURE"))
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    twin = good[:-32] + (order - int.from_bytes(good[-32:], "big")).to_bytes(32, "big")
    maker.case(file, "the other spelling of the signature", qr.text_of(twin, HOST), "BAD_SIGNATURE")
    for name, content in hostile.twelve(maker.seal("ES256"), claims).items():
        crossed = name == "another key's algorithm"
        maker.case(file, name, qr.text_of(content, HOST), "BAD_SIGNATURE" if crossed else "MALFORMED")
    for name, content in hostile.odd_payloads(maker.seal("ES256"), claims).items():
        maker.case(file, name, qr.text_of(content, HOST), "MALFORMED")
    bomb = hostile.bomb(maker.seal("ES256"), 60_000)
    maker.case(file, "a bomb in the deflate", qr.text_of(bomb, HOST), "DEFLATE_BOMB")
    maker.case(file, "a stranger's bomb", qr.text_of(changed(bomb, -1), HOST), "BAD_SIGNATURE")
    stranger = steady_seal("a stranger")
    content = statement.seal_payload(stranger, maker.payload(mark=31))
    maker.case(file, "a stranger's key", qr.text_of(content, HOST), "UNKNOWN_KEY")
    by_status = statement.seal_payload(maker.seal("status"), maker.payload(mark=32))
    maker.case(file, "a status key signs a voucher", qr.text_of(by_status, HOST), "UNKNOWN_KEY")
    head = cbor2.dumps({1: -9999, 3: PLAIN, 4: stranger.kid}, canonical=True)
    message = cbor2.dumps([head, {}, claims, bytes(64)], canonical=True)
    maker.case(file, "a future algorithm", qr.text_of(b"\xd2" + message, HOST), "UNSUPPORTED_ALG")
    future = maker.seal("ES256").statement(claims, 65002)
    maker.case(file, "a future dictionary", qr.text_of(future, HOST), "UNKNOWN_DICTIONARY")


def _rights_and_time(maker: Maker) -> None:
    file, text = "rights", qr.text_of(maker.signed(mark=40), HOST)
    maker.case(file, "no trust list", text, "TRUST_LIST_MISSING", trust=None)
    maker.case(file, "a list without the key", text, "UNKNOWN_KEY", trust="empty")
    maker.case(file, "another region", text, "ISSUER_NOT_AUTHORISED", trust="other region")
    maker.case(file, "another kind", text, "ISSUER_NOT_AUTHORISED", trust="other kind")
    maker.case(file, "after the key's days", text, "KEY_OUT_OF_WINDOW", trust="key days over")
    maker.case(file, "a newer list was seen", text, "TRUST_LIST_ROLLBACK", trust="older", seen=["present"])
    maker.case(file, "the same list was seen", text, "VALID", seen=["older", "present"])
    maker.case(file, "the list is over", text, "TRUST_LIST_EXPIRED", now=NOW + timedelta(days=81))
    maker.case(file, "the list ends soon", text, "VALID", now=NOW + timedelta(days=70))
    maker.case(file, "a clock years behind", text, "CLOCK_SUSPECT", now=NOW - timedelta(days=3 * 365))
    maker.case(file, "issued in the future", text, "NOT_YET_VALID", now=NOW - timedelta(minutes=10))
    maker.case(file, "four minutes early is no matter", text, "VALID", now=NOW - timedelta(minutes=4))
    until = int((NOW + timedelta(days=30)).timestamp())
    kept = qr.text_of(maker.signed(mark=41, expires=until), HOST)
    maker.case(file, "before its end", kept, "VALID", now=NOW + timedelta(days=29))
    maker.case(file, "after its end", kept, "EXPIRED", now=NOW + timedelta(days=31))
    early = receipt(issued_at=NOW - timedelta(days=5))
    lost, unproven = (qr.text_of(maker.signed("lost", voucher=v, mark=42), HOST) for v in (receipt(), early))
    maker.case(file, "after the key was lost", lost, "KEY_COMPROMISED")
    maker.case(file, "before the key was lost, unproven", unproven, "KEY_COMPROMISED_UNPROVEN")


def _in_force(maker: Maker) -> None:
    file, texts = "status", [qr.text_of(maker.signed(mark=50 + n, status=(ADDRESS, n)), HOST) for n in range(5)]
    for n, code in enumerate(("VALID", "REVOKED", "SUSPENDED", "REDEEMED", "SUPERSEDED")):
        maker.case(file, f"place {n}", texts[n], code, status=["present"])
    maker.case(file, "no list here", texts[1], "VALID_NO_STATUS")
    maker.case(file, "an old list", texts[0], "VALID_STALE_STATUS", status=["stale"])
    maker.case(file, "an old list that says no", texts[1], "REVOKED", status=["stale"])
    maker.case(file, "the newer of two", texts[0], "VALID", status=["stale", "present"])
    far = qr.text_of(maker.signed(mark=56, status=(ADDRESS, 4000)), HOST)
    maker.case(file, "a list too short", far, "VALID_NO_STATUS", status=["short"])
    for name in ("by an issuer key", "of another region", "damaged"):
        maker.case(file, f"a list {name}", texts[1], "VALID_NO_STATUS", status=[name])


def _texts(maker: Maker) -> None:
    file, good = "texts", qr.text_of(maker.signed(mark=60), HOST)
    rows = {
        "a letter": ("一封信", "NOT_A_VOUCHER"),
        "another page": ("https://example.invalid/", "NOT_A_VOUCHER"),
        "another pass": ("HC1:6BF", "NOT_A_VOUCHER"),
        "full-width digits": (f"https://{HOST}/#1" + "１" * 400, "NOT_A_VOUCHER"),
        "a future version": (good.replace("#1", "#2", 1), "UNSUPPORTED_VERSION"),
        "a future version, other form": ("GV2:AAA", "UNSUPPORTED_VERSION"),
        "too few digits": (f"https://{HOST}/#1123", "MALFORMED"),
        "too many digits": (f"https://{HOST}/#1" + "9" * 5000, "MALFORMED"),
        "leading zeros": (good.replace("#1", "#10", 1), "MALFORMED"),
        "the end is cut off": (good[:-40], "MALFORMED"),
        "something behind it": (good + "x", "MALFORMED"),
        "no base45": ("GV1:" + "~" * 300, "MALFORMED"),
        "empty base45": ("GV1:", "MALFORMED"),
    }
    for name, (text, code) in rows.items():
        maker.case(file, name, text, code)


def _proofs(maker: Maker) -> None:
    file, early = "proofs", receipt(issued_at=NOW - timedelta(days=5))
    lost = maker.signed("lost", voucher=early, mark=70)
    leaves = [log_proof.leaf(bytes((n,)) * 80) for n in range(6)] + [log_proof.leaf(lost)]
    root = log_proof.tree_root(leaves)
    point = log_proof.Checkpoint(f"{ISSUER}/log", 7, root, NOW - timedelta(days=4))
    text, log = qr.text_of(lost, HOST), maker.seal("log")
    good = log_proof.proof_of(6, leaves, point.signed(log))
    maker.case(file, "logged before the key was lost", text, "VALID", proof=good)
    late = log_proof.proof_of(6, leaves, replace(point, at=NOW).signed(log))
    maker.case(file, "logged only afterwards", text, "KEY_COMPROMISED_UNPROVEN", proof=late)
    elsewhere = log_proof.proof_of(5, leaves, point.signed(log))
    maker.case(file, "another statement's proof", text, "KEY_COMPROMISED_UNPROVEN", proof=elsewhere)
    by_issuer = log_proof.proof_of(6, leaves, point.signed(maker.seal("ES256")))
    maker.case(file, "a checkpoint by an issuer key", text, "KEY_COMPROMISED_UNPROVEN", proof=by_issuer)
    cut = Endorsed(endorsement.CHECKPOINT, b"\xa0").endorsed(log).encode()
    broken = log_proof.proof_of(6, leaves, cut)
    maker.case(file, "a checkpoint that says nothing", text, "KEY_COMPROMISED_UNPROVEN", proof=broken)


def written(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in make().items():
        (FOLDER / name).write_text(written(content), encoding="utf-8")
        print(name, len(content.get("cases", [])))
