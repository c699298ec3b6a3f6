"""In the peers' own environment (.peers): two SM2 libraries that share no code with ours judge and make signatures.

In:  {"private": hex 32, "public": hex 64, "message": hex, "signatures": [hex 64 (r, s) …]}
Out: {"gmssl": [accepted …], "gmssl_pyx": [accepted …], "made": {"gmssl": hex 64, "gmssl_pyx": hex 64}}
"""

import json
import secrets
import sys
import warnings
from typing import Any

import gmssl_pyx
from gmssl import sm2

warnings.simplefilter("ignore")
Given = dict[str, Any]
ID = b"1234567812345678"


def der(raw: bytes) -> bytes:
    """SEQUENCE of two INTEGERs."""
    parts = b""
    for half in (raw[:32], raw[32:]):
        number = half.lstrip(b"\x00") or b"\x00"
        if number[0] & 0x80:
            number = b"\x00" + number
        parts += b"\x02" + bytes((len(number),)) + number
    return b"\x30" + bytes((len(parts),)) + parts


def raw(signature: bytes) -> bytes:
    at, halves = 2, b""
    for _ in range(2):
        size = signature[at + 1]
        halves += signature[at + 2 : at + 2 + size].lstrip(b"\x00").rjust(32, b"\x00")
        at += 2 + size
    return halves


def by_gmssl(given: Given) -> sm2.CryptSM2:
    theirs = sm2.CryptSM2(private_key=given["private"], public_key=given["public"])
    theirs.public_key = given["public"]  # of 256 keys one begins with 04, which gmssl strips as if it were the mark
    return theirs


def by_pyx(given: Given, signature: bytes) -> bool:
    return bool(
        gmssl_pyx.sm2_verify(
            bytes.fromhex(given["public"]), bytes.fromhex(given["message"]), der(signature), signer_id=ID
        )
    )


def judged(judge: Any) -> bool:
    try:
        return bool(judge())
    except Exception:
        return False


def main() -> None:
    given = json.load(sys.stdin)
    message = bytes.fromhex(given["message"])
    tool = by_gmssl(given)
    signatures = [bytes.fromhex(each) for each in given["signatures"]]
    found = {
        "gmssl": [judged(lambda s=s: tool.verify_with_sm3(s.hex(), message)) for s in signatures],
        "gmssl_pyx": [judged(lambda s=s: by_pyx(given, s)) for s in signatures],
        "made": {
            "gmssl": tool.sign_with_sm3(message, secrets.token_hex(32)).rjust(128, "0"),
            "gmssl_pyx": raw(
                gmssl_pyx.sm2_sign(
                    bytes.fromhex(given["private"]), bytes.fromhex(given["public"]), message, signer_id=ID
                )
            ).hex(),
        },
    }
    json.dump(found, sys.stdout)


main()
