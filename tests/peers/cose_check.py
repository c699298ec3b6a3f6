"""Runs in the peers' own environment (.peers): two COSE libraries that are not ours judge statements.

In:  {"x": hex, "y": hex, "kid": hex, "statements": [hex, …]}
Out: {"cwt": [accepted, …], "pycose": [accepted, …], "payloads": [hex or "" …]} in the order of the statements.
"""

import json
import sys
import warnings
from collections.abc import Callable
from typing import Any

import cwt
from pycose.keys import EC2Key
from pycose.keys.curves import P256
from pycose.messages import Sign1Message

warnings.simplefilter("ignore")
Given = dict[str, Any]


def by_cwt(statement: bytes, given: Given) -> Any:
    key = cwt.COSEKey.new(
        {
            1: 2,
            2: bytes.fromhex(given["kid"]),
            3: -7,
            -1: 1,
            -2: bytes.fromhex(given["x"]),
            -3: bytes.fromhex(given["y"]),
        }
    )
    return cwt.COSE.new().decode(statement, key)


def by_pycose(statement: bytes, given: Given) -> Any:
    message = Sign1Message.decode(statement)
    message.key = EC2Key(crv=P256, x=bytes.fromhex(given["x"]), y=bytes.fromhex(given["y"]))
    if not message.verify_signature():
        raise ValueError("signature")
    return message.payload


def judged(reader: Callable[[bytes, Given], Any], statement: bytes, given: Given) -> Any:
    try:
        return reader(statement, given)
    except Exception:
        return None


def main() -> None:
    given = json.load(sys.stdin)
    found: dict[str, list[Any]] = {"cwt": [], "pycose": [], "payloads": []}
    for text in given["statements"]:
        statement = bytes.fromhex(text)
        one, other = judged(by_cwt, statement, given), judged(by_pycose, statement, given)
        found["cwt"].append(one is not None)
        found["pycose"].append(other is not None)
        payload = one if isinstance(one, bytes) else other if isinstance(other, bytes) else b""
        found["payloads"].append(payload.hex())
    json.dump(found, sys.stdout)


main()
