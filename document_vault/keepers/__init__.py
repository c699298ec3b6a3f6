"""Who can open the keyset: a passphrase or a key file, each in slots of their own.

``uri`` says which keeper to ask: ``passphrase:`` (``ask`` is called for the words) or ``file:/path/to/key``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, cast

from document_vault.errors import Locked
from document_vault.keepers import file, passphrase
from document_vault.keepers.passphrase import Cost
from document_vault.keys import KeyFile, Keyset, Slot, new_keyset, open_with, read_key_file

__all__ = ["Cost", "Keyset", "add_slot", "make_keyset", "open_keyset"]

Ask = Callable[[], str]


class Keeper(Protocol):
    def new(self, where: str, ask: Ask, cost: Cost, /) -> tuple[dict[str, Any], bytes]: ...
    def again(self, settings: Mapping[str, Any], where: str, ask: Ask, /) -> bytes: ...


USUAL_COST = Cost()
KEEPERS: dict[str, Keeper] = {"passphrase": cast("Keeper", passphrase), "file": cast("Keeper", file)}


def _nobody_to_ask() -> str:
    raise Locked("nobody_to_ask")


def make_keyset(path: Path, uri: str, ask: Ask = _nobody_to_ask, *, cost: Cost = USUAL_COST) -> Keyset:
    """A new keyset at ``path`` with one slot; refuses where one is already."""
    slot, kek = _new_slot(uri, ask, cost)
    return new_keyset(Path(path), slot, kek)


def open_keyset(path: Path, uri: str, ask: Ask = _nobody_to_ask) -> Keyset:
    """Tries every slot of the keeper; Locked with the reason when none opens. Nothing is ever written."""
    scheme, where = _split(uri)
    opened = read_key_file(Path(path))
    slots = [slot for slot in opened.slots if slot.keeper == scheme]
    if not slots:
        raise Locked("no_slot_for_keeper", keeper=scheme)
    asked: list[str] = []

    def ask_once() -> str:
        if not asked:
            asked.append(ask())
        return asked[0]

    return _first_that_opens(Path(path), opened, slots, where, ask_once)


def _first_that_opens(path: Path, opened: KeyFile, slots: list[Slot], where: str, ask: Ask) -> Keyset:
    last: Locked | None = None
    for slot in slots:
        try:
            return open_with(path, opened, slot, KEEPERS[slot.keeper].again(slot.settings, where, ask))
        except Locked as locked:
            if locked.reason not in ("wrong_passphrase", "wrong_key_file"):
                raise
            last = locked
    raise last or Locked("keyset_damaged")


def add_slot(keyset: Keyset, uri: str, ask: Ask = _nobody_to_ask, *, cost: Cost = USUAL_COST) -> str:
    """A further way to open the same keyset, for instance a key file in the safe; gives the slot's name."""
    slot, kek = _new_slot(uri, ask, cost)
    keyset.add_slot(slot, kek)
    return slot.name


def _new_slot(uri: str, ask: Ask, cost: Cost) -> tuple[Slot, bytes]:
    scheme, where = _split(uri)
    settings, kek = KEEPERS[scheme].new(where, ask, cost)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return Slot(os.urandom(4).hex(), scheme, made, settings, b""), kek


def _split(uri: str) -> tuple[str, str]:
    scheme, colon, where = uri.partition(":")
    if not colon or scheme not in KEEPERS or (scheme == "file") != bool(where):
        raise Locked("unknown_keeper", keeper=scheme)
    return scheme, where
