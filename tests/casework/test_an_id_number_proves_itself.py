"""GB 11643: the checksum and the birth date decide; the region never does. And what may be shown of a number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.casework import id_number, resident

DATES = st.dates(date(1900, 1, 1), date(2026, 11, 21))
REGIONS = st.sampled_from(["990101", "990199", "000000"])


def number_of(region: str, born: date, order: int) -> str:
    first = f"{region}{born:%Y%m%d}{order:03d}"
    return first + id_number.check_digit(first)


@given(REGIONS, DATES, st.integers(0, 999))
def test_a_made_number_is_right_and_tells_birth_and_sex(region: str, born: date, order: int) -> None:
    number = number_of(region, born, order)
    assert id_number.wrong(number) is None
    assert id_number.birth_date(number) == born
    assert id_number.sex(number) == ("1" if order % 2 else "2")
    assert id_number.region(number) == region


@given(REGIONS, DATES, st.integers(0, 999), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_single_wrong_digit_is_found(region: str, born: date, order: int, at: int, digit: str) -> None:
    number = number_of(region, born, order)
    mistyped = number[:at] + digit + number[at + 1 :]
    assert (id_number.wrong(mistyped) is None) == (mistyped == number)


@given(REGIONS, DATES, st.integers(0, 999), st.integers(0, 16))
def test_every_swap_of_two_neighbours_is_found(region: str, born: date, order: int, at: int) -> None:
    number = number_of(region, born, order)
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert (id_number.wrong(swapped) is None) == (swapped == number)


def test_a_published_number_of_the_standard() -> None:
    assert id_number.wrong("99010119491231001X") is None


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("", "wrong_shape"),
        ("99010119590312001", "wrong_shape"),
        ("９９０１０１１９５９０３１２００１７", "wrong_shape"),
        ("99010119590230001X", "wrong_birth_date"),
        ("990101175903120017", "wrong_birth_date"),
        ("99010119491231001x", "wrong_shape"),
        ("990101194912310011", "wrong_checksum"),
    ],
)
def test_each_fault_has_its_name(number: str, why: str) -> None:
    assert id_number.wrong(number) == why


def test_born_tomorrow_is_wrong_only_when_today_is_told() -> None:
    number = number_of("990101", date(2026, 11, 22), 1)
    assert id_number.wrong(number) is None
    assert id_number.wrong(number, on=date(2026, 11, 21)) == "wrong_birth_date"


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    id_number.wrong(text)
    id_number.to_18(text)
    id_number.wrong(id_number.tidy(text))


@given(REGIONS, st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 995))
def test_fifteen_digits_become_eighteen(region: str, born: date, order: int) -> None:
    fifteen = f"{region}{born:%y%m%d}{order:03d}"
    assert id_number.to_18(fifteen) == number_of(region, born, order)


def test_tidying_what_was_pasted() -> None:
    assert id_number.tidy(" 990101 19491231-001ｘ ") == "99010119491231001X"
    assert id_number.tidy("９９０１０１１９４９１２３１００１Ｘ") == "99010119491231001X"


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1961, 11, 22), date(2026, 11, 21), 64),
        (date(1961, 11, 21), date(2026, 11, 21), 65),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
    ],
)
def test_full_years(born: date, on: date, years: int) -> None:
    assert id_number.age(born, on) == years


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王明", "王*"),
        ("王小明", "王*明"),
        ("王小小明", "王**明"),
        ("欧阳明", "欧阳*"),
        ("欧阳小明", "欧阳**"),
        ("阿不都·买买提", "阿**·买**"),
        ("王", "*"),
        ("", ""),
        ("𠮷野家", "𠮷*家"),
    ],
)
def test_a_masked_name(name: str, shown: str) -> None:
    assert resident.masked_name(name) == shown


@given(st.text(alphabet="0123456789X", min_size=0, max_size=20))
def test_a_masked_number_never_shows_the_birth_date(number: str) -> None:
    shown = resident.masked_id_number(number)
    assert len(shown) == len(number)
    assert all(ch == "*" for ch in shown[3:-4])
    if len(number) < 8:
        assert set(shown) <= {"*"}
