"""The port for readers of the resident's ID card.

The public half keeps the laws: only DeviceTrouble leaves; a card whose number fails its own check digit, or whose birth
date or sex contradicts its number, is refused here, because everything later is built on that number.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, final

from window_client import log
from window_client.devices.trouble import DeviceTrouble, only_device_trouble

_log = log.logger(__name__)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999 §4, check digit by MOD 11-2


@dataclass(frozen=True)
class Card:
    """What a card says, by data element, and the portrait on its chip (JPEG) when it has one."""

    fields: Mapping[str, str] = field(repr=False)
    portrait: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Desk:
    """What a card reader may need to know about this window: the sample card on it, the device's name or address."""

    resident: str = ""
    device: str = ""


class CardReader(ABC):
    """Public half of every card reader. A driver writes ``name``, ``_usable`` and ``_read``."""

    name: ClassVar[str]

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @final
    def is_usable(self) -> bool:
        """True when a card could be read right now. Never raises."""
        try:
            return self._usable()
        except Exception as trouble:  # noqa: BLE001  a probing driver may fail in any way; the answer is then no
            _log.info("card reader not usable", device=self.name, trouble=type(trouble).__name__)
            return False

    @final
    def read(self) -> Card:
        """Read the card that lies on the reader. Blocking, seconds at most: call it on a lane. DeviceTrouble."""
        with only_device_trouble(_log, "card not read", self.name):
            card = self._read()
            _check(card.fields)
        _log.info("card read", device=self.name, fields=len(card.fields), portrait=card.portrait is not None)
        return Card(MappingProxyType(dict(card.fields)), card.portrait)

    @abstractmethod
    def _usable(self) -> bool: ...

    @abstractmethod
    def _read(self) -> Card: ...


def _check(fields: Mapping[str, str]) -> None:
    number = fields.get("person.id_number", "")
    if not fields.get("person.name") or not number:
        raise DeviceTrouble("card_unreadable")
    digits, check = number[:-1], number[-1:]
    if len(number) != 18 or not (digits.isascii() and digits.isdigit()):
        raise DeviceTrouble("card_checksum_wrong")
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    if "10X98765432"[total % 11] != check:
        raise DeviceTrouble("card_checksum_wrong")
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    sex = "1" if int(number[16]) % 2 else "2"
    if fields.get("person.birth_date", born) != born or fields.get("person.sex", sex) != sex:
        raise DeviceTrouble("card_contradicts_itself")
