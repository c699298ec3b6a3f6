"""Ways to spoil a sealed object, by accident and on purpose; half of them with the plain trailer made true again."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator

from blake3 import blake3

from document_vault.envelope import read_header


def with_true_trailer(sealed: bytes) -> bytes:
    """What somebody who knows the format would do after changing something: the plain hash stops nobody."""
    return sealed[:-32] + blake3(sealed[:-32]).digest()


class Spoiler:
    """``base`` and ``twin``: two objects of the same shape, person and name, of at least three frames."""

    def __init__(self, base: bytes, twin: bytes, seed: int) -> None:
        self.base, self.twin, self.dice = base, twin, random.Random(seed)
        self.head = read_header(base)
        self.first = self.head.length + self.head.descriptor_length + 16
        self.step = self.head.frame + 16

    def mutants(self, count: int) -> Iterator[tuple[str, bytes]]:
        ways: list[Callable[[], bytes]] = [
            self.flip, self.spoil_header, self.spoil_header, self.cut, self.extend, self.exchange_frames,
            self.repeat_frame, self.drop_frame, self.foreign_frame, self.foreign_header,
        ]  # fmt: skip
        made = 0
        while made < count:
            way = self.dice.choice(ways)
            mutant = way()
            if len(mutant) > 32 and self.dice.random() < 0.5:
                mutant = with_true_trailer(mutant)
            if mutant != self.base:
                made += 1
                yield way.__name__, mutant

    def frame(self, number: int, of: bytes | None = None) -> bytes:
        at = self.first + number * self.step
        return (of or self.base)[at : at + self.step]

    def flip(self) -> bytes:
        changed = bytearray(self.base)
        changed[self.dice.randrange(len(changed))] ^= 1 << self.dice.randrange(8)
        return bytes(changed)

    def spoil_header(self) -> bytes:
        changed = bytearray(self.base)
        at = self.dice.randrange(self.head.length)
        changed[at] = (changed[at] + self.dice.randrange(1, 256)) % 256
        return bytes(changed)

    def cut(self) -> bytes:
        return self.base[: self.dice.randrange(len(self.base))]

    def extend(self) -> bytes:
        at = self.dice.randrange(len(self.base))
        return self.base[:at] + os.urandom(self.dice.randrange(1, 64)) + self.base[at:]

    def exchange_frames(self) -> bytes:
        pieces = [self.frame(number) for number in range(3)]
        one, two = self.dice.sample(range(3), 2)
        pieces[one], pieces[two] = pieces[two], pieces[one]
        return self.base[: self.first] + b"".join(pieces) + self.base[self.first + 3 * self.step :]

    def repeat_frame(self) -> bytes:
        number = self.dice.randrange(3)
        at = self.first + number * self.step
        return self.base[:at] + self.frame(number) + self.base[at:]

    def drop_frame(self) -> bytes:
        """With the length in the header corrected, as somebody who knows the format would."""
        changed = bytearray(self.base[: self.first + 2 * self.step] + self.base[self.first + 3 * self.step :])
        changed[24:32] = (self.head.content_length - self.head.frame).to_bytes(8, "big")
        return bytes(changed)

    def foreign_frame(self) -> bytes:
        number = self.dice.randrange(3)
        at = self.first + number * self.step
        return self.base[:at] + self.frame(number, self.twin) + self.base[at + self.step :]

    def foreign_header(self) -> bytes:
        return self.twin[: self.head.length] + self.base[self.head.length :]
