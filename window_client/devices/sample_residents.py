"""The sample residents: invented people for training, the demo and the tests (演示数据).

They live in resources/samples/residents.yaml. Laws: every ID number is from the unassigned region 990101 with a right
check digit; a value is exactly what the data element takes (a code, not its label).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

import resources
from window_client.devices.trouble import DeviceTrouble

FILE = Path(resources.__file__).parent / "samples" / "residents.yaml"


@dataclass(frozen=True)
class SampleResident:
    """``card``: what the ID card says; ``answers``: what the person answers; both by data element."""

    id: str
    note: str
    note_en: str
    issuer: str
    documents: tuple[str, ...]
    card: Mapping[str, str] = field(repr=False)
    answers: Mapping[str, str] = field(repr=False)

    @property
    def name(self) -> str:
        return self.card["person.name"]

    @property
    def id_number(self) -> str:
        return self.card["person.id_number"]

    def value(self, element: str) -> str:
        """What this person would say to the question, from the card or from memory; empty when there is no answer."""
        return self.card.get(element) or self.answers.get(element, "")


@cache
def sample_residents() -> tuple[SampleResident, ...]:
    """All of them, in the order of the file; the first one is the resident of the demo."""
    tree = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    return tuple(
        SampleResident(
            one["id"],
            one["note"],
            one["note_en"],
            one["issuer"],
            tuple(one["documents"]),
            MappingProxyType(dict(one["card"])),
            MappingProxyType(dict(one["answers"])),
        )
        for one in tree["residents"]
    )


def sample_resident(wanted: str = "") -> SampleResident:
    """The one with this id, or the first when no id is given. DeviceTrouble ``no_such_sample`` for an unknown one."""
    people = sample_residents()
    if not wanted:
        return people[0]
    for one in people:
        if one.id == wanted:
            return one
    raise DeviceTrouble("no_such_sample", id=wanted, known=", ".join(person.id for person in people))
