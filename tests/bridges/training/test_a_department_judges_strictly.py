"""The checks refuse what a real department would, crash on nothing that can be sent, and numbers never repeat."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridges.training import ALL, Running
from bridges.training.canlian.forms import FORMS as CANLIAN
from bridges.training.checks import complaints, id_number_is_right
from bridges.training.gongan.forms import FORMS as GONGAN
from bridges.training.minzheng.forms import FORMS as MINZHENG
from bridges.training.received import Book
from bridges.training.sheet import CHANGES, Form, changed
from tests.bridges.training.clerk import Clerk, filled
from tests.bridges.training.hands import ID_NUMBER

EVERY = (*GONGAN, *MINZHENG, *CANLIAN)
_by_item = pytest.mark.parametrize("form", EVERY, ids=lambda form: form.item)


def _papers(form: Form) -> set[str]:
    return {paper.kind for paper in form.papers}


@_by_item
def test_a_full_filing_has_nothing_to_complain_about(form: Form) -> None:
    assert complaints(form, filled(form), _papers(form)) == ()


@_by_item
def test_each_required_box_and_paper_is_asked_for_by_its_label(form: Form) -> None:
    for field in form.fields:
        without = {name: value for name, value in filled(form).items() if name != field.name}
        found = complaints(form, without, _papers(form))
        assert found == ((f"{field.label}不能为空",) if field.required else ())
    for paper in form.papers:
        found = complaints(form, filled(form), _papers(form) - {paper.kind})
        assert found == ((f"请上传{paper.label}",) if paper.required else ())


@_by_item
@pytest.mark.parametrize("how", CHANGES)
def test_a_changed_form_still_knows_whose_filing_it_is(form: Form, how: str) -> None:
    names = {field.name for field in changed(form, how).fields}
    new = changed(form, how)
    assert {new.name_field, new.id_field} <= names


@pytest.mark.parametrize("wrong", ["X" * 18, ID_NUMBER[:-1] + "1", ID_NUMBER[:-1], "", "99010119541315002X", "9" * 18])
def test_a_wrong_id_number_is_turned_away(wrong: str) -> None:
    assert id_number_is_right(ID_NUMBER)
    assert not id_number_is_right(wrong)


@given(st.text())
def test_no_text_at_all_upsets_the_id_check(text: str) -> None:
    assert id_number_is_right(text) in (True, False)


_ANYTHING = st.one_of(st.text(max_size=30), st.lists(st.text(max_size=8), max_size=4))


@given(
    st.sampled_from(EVERY),
    st.dictionaries(st.sampled_from([field.name for form in EVERY for field in form.fields]), _ANYTHING, max_size=8),
)
def test_nothing_that_can_be_sent_upsets_the_checks(form: Form, told: Mapping[str, str | list[str]]) -> None:
    found = complaints(form, {**filled(form), **told}, _papers(form))
    assert all(found)


@settings(max_examples=40)
@given(st.text(st.characters(codec="gbk", exclude_characters="\x00"), min_size=1))
def test_what_gbk_knows_comes_through_gbk_unharmed(text: str) -> None:
    posted = urlencode({"xm": text}, encoding="gbk")
    assert parse_qs(posted, keep_blank_values=True, encoding="gbk")["xm"] == [text]


@pytest.mark.parametrize("body", [b"", b"\xff\xfe%zz", b"[1,2]", b'{"file_ids": 7}', b"null", b"{" * 2000])
@pytest.mark.parametrize("department", ALL)
def test_rubbish_is_answered_and_never_kept(running: Running, department: str, body: bytes) -> None:
    clerk = Clerk(running, department)
    clerk.sign_in()
    form = clerk.department.forms()[0]
    path = {"gongan": "hjyw/save.do", "minzheng": f"business/{form.path}/save", "canlian": f"api/apply/{form.path}"}
    assert clerk.ask(path[department], body, "application/json").status == 200
    assert clerk.department.book.find() == ()


@pytest.mark.parametrize("department", ALL)
def test_a_paper_of_the_wrong_kind_is_turned_away(running: Running, department: str) -> None:
    clerk = Clerk(running, department)
    clerk.sign_in()
    path = {"gongan": "hjyw/upload.do", "minzheng": "business/upload", "canlian": "api/upload"}[department]
    box = "wj" if department == "gongan" else "file"
    fields = {"ywlx": "hkbhl", "ywlsh": "s", "clzl": "id_card", "kind": "id_card"}
    said = clerk.upload(path, fields, box, b"MZ", "application/x-msdownload")
    assert "JPG" in (said.text if department == "gongan" else json.loads(said.text)["msg"])


@pytest.mark.parametrize("department", ALL)
def test_numbers_never_repeat_however_many_save_at_once(running: Running, department: str) -> None:
    book = running.departments[department].book

    def save(n: int) -> str:
        return book.receive("x.y", ID_NUMBER, f"{n}", {}, ()).number

    with ThreadPoolExecutor(4) as clerks:
        numbers = list(clerks.map(save, range(60)))
    assert len(set(numbers)) == 60
    assert {row.number for row in book.find()} == set(numbers)


def test_a_count_starts_anew_with_its_period(tmp_path: Path) -> None:
    def daily(now: datetime, count: int) -> tuple[str, str]:
        return f"{now:%Y%m%d}", f"{now:%Y%m%d}{count:04}"

    assert daily(datetime(2026, 11, 21, tzinfo=UTC), 7) == ("20261121", "202611210007")
    book = Book(tmp_path / "a.sqlite", daily)
    assert book.receive("x.y", "", "", {}, ()).number.endswith("0001")


@pytest.mark.parametrize("department", ALL)
def test_the_list_finds_by_number_item_and_day(running: Running, department: str) -> None:
    book = running.departments[department].book
    other, items = "990101197002020017", [form.item for form in running.departments[department].forms()]
    wanted = book.receive(items[0], ID_NUMBER, "a", {}, ())
    book.receive(items[1], ID_NUMBER, "b", {}, ())
    book.receive(items[0], other, "c", {}, ())
    day = wanted.filed_at[:10]
    assert [row.number for row in book.find(ID_NUMBER, items[0], day)] == [wanted.number]
    assert book.find(ID_NUMBER, items[0], "2001-01-01") == ()
    assert len(book.find()) == 3
