"""The sample residents are nobody, and yet everything a form or a department asks of them fits."""

import io
import re
from datetime import date
from typing import Any

import pytest
from PIL import Image
from ruamel.yaml import YAML

import resources
from window_client.casework import id_number
from window_client.devices.picture_gate import pictures_in
from window_client.devices.sample_documents import kinds, portrait, sample_document
from window_client.devices.sample_residents import FILE, SampleResident, sample_resident, sample_residents

_PEOPLE = pytest.mark.parametrize("person", sample_residents(), ids=lambda one: one.id)
_TODAY = date(2026, 11, 21)


def _yaml(name: str) -> dict[str, Any]:
    found = YAML(typ="safe").load((resources.catalogue_dir() / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


_ELEMENTS = _yaml("_elements.yaml")["elements"]
_MATERIALS = _yaml("_materials.yaml")["materials"]


@_PEOPLE
def test_the_number_is_right_and_nobodys(person: SampleResident) -> None:
    assert id_number.wrong(person.id_number, on=_TODAY) is None
    assert person.id_number.startswith("990101")
    assert person.card["person.birth_date"] == str(id_number.birth_date(person.id_number))
    assert person.card["person.sex"] == id_number.sex(person.id_number)


@_PEOPLE
def test_telephones_accounts_and_relatives_are_invented_too(person: SampleResident) -> None:
    for element, value in person.answers.items():
        kind = _ELEMENTS[element]["kind"]
        if kind == "phone":
            assert re.fullmatch(r"1990000\d{4}", value), element
        if kind == "id_number":
            assert value.startswith("990101"), element
            assert id_number.wrong(value) is None
    assert person.answers["bank.account"].startswith("62999900")
    assert person.answers["remark.text"] == "演示数据"


def test_the_file_says_what_it_is() -> None:
    assert "演示数据 SAMPLE" in FILE.read_text(encoding="utf-8").splitlines()[0]


@_PEOPLE
def test_every_value_is_what_its_data_element_takes(person: SampleResident) -> None:
    for element, value in {**person.card, **person.answers}.items():
        rule = _ELEMENTS[element]  # KeyError: an element nobody has defined
        assert value, element
        assert len(value) <= int(rule.get("max_length", "999")), element
        if "codes" in rule:
            table = {str(code["value"]) for code in _yaml(f"_codes/{rule['codes']}.yaml")["codes"]}
            parts = value.split("/") if rule["kind"] == "region" else value.split(",")
            assert set(parts) <= table, (element, value)
        if rule["kind"] == "date" and value != rule.get("open_end"):
            date.fromisoformat(value)
        if "pattern" in rule:
            assert re.fullmatch(rule["pattern"].replace(r"\p{Han}", "\u3400-\u9fff"), value), (element, value)


def test_the_people_cover_what_has_to_be_shown() -> None:
    born = {one.id: date.fromisoformat(one.card["person.birth_date"]) for one in sample_residents()}
    ages = {who: id_number.age(day, _TODAY) for who, day in born.items()}
    assert len(ages) >= 6
    assert ages["an-xiulan"] == 72
    assert {"id_card", "hukou_booklet", "disability_certificate"} <= set(sample_resident("an-xiulan").documents)
    assert ages["zhu-yangsheng"] == 64
    assert "䶮" in sample_resident("li-yan").name
    assert any("disability_certificate" not in one.documents for one in sample_residents())
    assert any("agent.name" in one.answers for one in sample_residents())
    assert any(one.card["person.id_valid_until"] < str(_TODAY) for one in sample_residents())


@_PEOPLE
def test_every_paper_a_person_carries_can_be_drawn(person: SampleResident) -> None:
    assert set(person.documents) <= set(kinds())


def test_every_material_of_the_catalogue_can_be_drawn() -> None:
    assert set(_MATERIALS) <= set(kinds())


@pytest.mark.parametrize("kind", ["id_card", "hukou_booklet", "disability_certificate", "photo", "lease"])
def test_a_paper_is_a_scan_that_passes_the_gate_and_the_same_every_time(kind: str) -> None:
    person = sample_resident()
    drawn = sample_document(person, kind)
    assert drawn == sample_document(person, kind)
    with Image.open(io.BytesIO(drawn)) as page:
        assert page.size == (2480, 3508)
        red = page.convert("RGB").resize((310, 438)).tobytes()
    marked = sum(1 for r, g, b in zip(red[::3], red[1::3], red[2::3], strict=True) if r > g + 12 and r > b + 12)
    assert marked > 1500, "the SAMPLE mark is not to be overlooked"
    assert len(pictures_in(drawn)) == 1


def test_papers_and_faces_differ_from_person_to_person() -> None:
    people = sample_residents()[:3]
    assert len({sample_document(one, "bank_card") for one in people}) == 3
    assert len({portrait(one) for one in people}) == 3
