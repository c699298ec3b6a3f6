"""Asks the libraries in .peers about statements; they live apart because cwt needs an older cbor2 than we do."""

import json
import subprocess
from pathlib import Path
from typing import Any

from printing.keys import TrustedKey
from printing.seal import Seal

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".peers" / "bin" / "python"


def judge(seal: Seal | TrustedKey, statements: list[bytes]) -> dict[str, Any]:
    """{"cwt": [accepted …], "pycose": [accepted …], "payloads": [hex …]}."""
    given = {
        "x": seal.public[:32].hex(),
        "y": seal.public[32:].hex(),
        "kid": seal.kid.hex(),
        "statements": [each.hex() for each in statements],
    }
    return _asked("cose_check.py", given)


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
    script = Path(__file__).with_name(name)
    ran = subprocess.run(
        [str(PYTHON), "-W", "ignore", str(script)], input=json.dumps(given).encode(), capture_output=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]
    found: dict[str, Any] = json.loads(ran.stdout)
    return found
