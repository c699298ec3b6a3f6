"""The keeper that is a person: a passphrase, made slow and memory-hungry by Argon2id (RFC 9106).

The cost stands in the key file and is bound to the slot, so nobody can lower it unseen; a file that asks for an absurd
cost is refused before it can stop the machine. Default: 128 MiB, 3 passes, about 0.15 s on an office computer.
"""

from __future__ import annotations

import base64
import os
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from argon2.low_level import Type, hash_secret_raw

from document_vault.errors import Locked

SHORTEST = 8


@dataclass(frozen=True)
class Cost:
    memory_kib: int = 128 * 1024
    passes: int = 3
    lanes: int = 2

    def is_sane(self) -> bool:
        return 8 <= self.memory_kib <= 1 << 20 and 1 <= self.passes <= 20 and 1 <= self.lanes <= 16


def new(_where: str, ask: Callable[[], str], cost: Cost) -> tuple[dict[str, Any], bytes]:
    words = ask()
    if len(words) < SHORTEST:
        raise Locked("passphrase_too_short", least=SHORTEST)
    settings = {
        "argon2id": {"memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes},
        "salt": base64.b64encode(os.urandom(16)).decode(),
    }
    return settings, _stretch(words, settings)


def again(settings: Mapping[str, Any], _where: str, ask: Callable[[], str]) -> bytes:
    return _stretch(ask(), settings)


def _stretch(words: str, settings: Mapping[str, Any]) -> bytes:
    try:
        asked = settings["argon2id"]
        cost = Cost(int(asked["memory_kib"]), int(asked["passes"]), int(asked["lanes"]))
        salt = base64.b64decode(settings["salt"], validate=True)
    except (KeyError, TypeError, ValueError) as wrong:
        raise Locked("keyset_damaged") from wrong
    if not cost.is_sane() or not 16 <= len(salt) <= 64:
        raise Locked("keyset_damaged")
    # NFC: the same words typed on two keyboards, composed or not, are the same words.
    secret = unicodedata.normalize("NFC", words).encode()
    return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, 32, Type.ID)
