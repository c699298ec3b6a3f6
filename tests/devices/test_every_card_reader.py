"""What every card reader owes, and what the training reader can be told to do."""

import io
import logging

import pytest
from PIL import Image

from tests.whispers import Ear
from window_client.devices.card_reader import Card, CardReader, Desk
from window_client.devices.card_readers.sample_card import Failure, SampleCard
from window_client.devices.roll_call import all_card_readers, card_reader_for
from window_client.devices.sample_residents import sample_resident, sample_residents
from window_client.devices.trouble import DeviceTrouble
from window_client.settings import CardReaderChoice, Settings


@pytest.fixture(params=sorted(all_card_readers()))
def reader(request: pytest.FixtureRequest) -> CardReader:
    return card_reader_for(Settings(card_reader=CardReaderChoice(kind=request.param)))


def test_is_called_as_its_file_and_reads_a_card(reader: CardReader) -> None:
    assert all_card_readers()[reader.name] is type(reader)
    assert reader.is_usable()
    card = reader.read()
    assert {"person.name", "person.id_number", "person.birth_date", "person.sex"} <= card.fields.keys()
    if card.portrait is not None:
        with Image.open(io.BytesIO(card.portrait)) as head:
            assert head.format == "JPEG"


def test_neither_log_nor_repr_holds_what_is_on_the_card(reader: CardReader, nothing_is_whispered: Ear) -> None:
    card = reader.read()
    said = [record.getMessage() for record in nothing_is_whispered.heard if record.levelno >= logging.INFO]
    assert any("card read" in line for line in said)
    for value in (card.fields["person.name"], card.fields["person.id_number"]):
        assert not any(value in line for line in [*said, repr(card)])


@pytest.mark.parametrize("resident", [one.id for one in sample_residents()])
def test_the_card_of_any_sample_resident_can_lie_there(resident: str) -> None:
    assert SampleCard(Desk(resident)).read().fields == sample_resident(resident).card


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        ("no_card", "no_card"),
        ("card_unreadable", "card_unreadable"),
        ("wrong_checksum", "card_checksum_wrong"),
        ("reader_gone", "reader_gone"),
    ],
)
def test_it_fails_once_as_told_and_then_reads_again(failure: Failure, code: str, nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("card not read")
    reader = SampleCard(Desk())
    reader.fail_once(failure)
    with pytest.raises(DeviceTrouble) as trouble:
        reader.read()
    assert trouble.value.code == code
    assert reader.read().fields["person.name"]


def test_with_the_card_taken_away_there_is_none(nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("card not read")
    reader = SampleCard(Desk())
    reader.lay("")
    with pytest.raises(DeviceTrouble) as trouble:
        reader.read()
    assert trouble.value.code == "no_card"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"person.id_number": "99010119540615002"}, "card_checksum_wrong"),
        ({"person.id_number": "９９０１０１19540615002X"}, "card_checksum_wrong"),
        ({"person.id_number": "990101195406150029"}, "card_checksum_wrong"),
        ({"person.birth_date": "1954-06-16"}, "card_contradicts_itself"),
        ({"person.sex": "1"}, "card_contradicts_itself"),
        ({"person.name": ""}, "card_unreadable"),
    ],
)
def test_a_card_that_cannot_be_right_is_refused_at_the_port(
    change: dict[str, str], code: str, nothing_is_whispered: Ear
) -> None:
    nothing_is_whispered.expect("card not read")

    class Odd(SampleCard):
        def _read(self) -> Card:
            return Card({**sample_resident().card, **change})

    with pytest.raises(DeviceTrouble) as trouble:
        Odd(Desk()).read()
    assert trouble.value.code == code


def test_a_fault_in_a_driver_is_one_clear_trouble(nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("card not read")

    class Broken(SampleCard):
        def _read(self) -> Card:
            raise OSError("usb 990101")

        def _usable(self) -> bool:
            raise OSError("usb")

    assert Broken(Desk()).is_usable() is False
    with pytest.raises(DeviceTrouble) as trouble:
        Broken(Desk()).read()
    assert (trouble.value.code, trouble.value.detail["what"]) == ("device_failed", "OSError")


def test_an_unknown_sample_is_named_with_those_there_are() -> None:
    with pytest.raises(DeviceTrouble) as trouble:
        SampleCard(Desk("nobody"))
    assert trouble.value.code == "no_such_sample"
    assert "an-xiulan" in trouble.value.detail["known"]
