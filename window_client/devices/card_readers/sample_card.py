"""The training card reader: the card of a sample resident lies on it (演示数据).

It is what the demo, the training mode and the tests use in place of a certified reader, through the same port and the
same checks. It can be told to fail once, the way real cards and readers do, so that clerks can practise it.
"""

from typing import ClassVar, Literal

from window_client.devices.card_reader import Card, CardReader, Desk
from window_client.devices.sample_documents import portrait
from window_client.devices.sample_residents import SampleResident, sample_resident
from window_client.devices.trouble import DeviceTrouble

Failure = Literal["no_card", "card_unreadable", "wrong_checksum", "reader_gone"]


class SampleCard(CardReader):
    name: ClassVar[str] = "sample_card"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lying_here: SampleResident | None = sample_resident(desk.resident)
        self._next_failure: Failure | None = None

    def lay(self, resident: str) -> None:
        """Put this sample resident's card on the reader; an empty id takes the card away."""
        self._lying_here = sample_resident(resident) if resident else None

    def fail_once(self, failure: Failure) -> None:
        self._next_failure = failure

    def _usable(self) -> bool:
        return self._next_failure != "reader_gone"

    def _read(self) -> Card:
        failure, self._next_failure = self._next_failure, None
        if failure in ("no_card", "card_unreadable", "reader_gone"):
            raise DeviceTrouble(failure, device=self.name)
        if self._lying_here is None:
            raise DeviceTrouble("no_card", device=self.name)
        fields = dict(self._lying_here.card)
        if failure == "wrong_checksum":
            number = fields["person.id_number"]
            fields["person.id_number"] = number[:-1] + ("1" if number[-1] != "1" else "2")
        return Card(fields, portrait(self._lying_here))
