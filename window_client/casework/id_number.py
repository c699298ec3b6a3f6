"""The citizen identity number (GB 11643): checking, the old 15 digits, birth date and sex, masking.

Small and our own on purpose: the checksum and the birth date decide; the region is a hint and never a refusal, because
districts are merged and renamed while the people who carry their codes live on.
"""

from __future__ import annotations

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # 2^(17-i) mod 11, GB 11643-1999 §4
_CHECK = "10X98765432"
_OLDEST = date(1850, 1, 1)
_DIGITS = frozenset("0123456789")


def tidy(number: str) -> str:
    """What people type and paste: blanks and dashes away, full-width digits and a small x made plain."""
    plain = number.translate(str.maketrans("０１２３４５６７８９ｘＸｘ", "0123456789XXX"))
    return "".join(ch for ch in plain if not ch.isspace() and ch != "-").upper()


def check_digit(first17: str) -> str:
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def wrong(number: str, *, on: date | None = None) -> str | None:
    """None when this is an ID number of 18 digits, else `wrong_shape`, `wrong_birth_date` or `wrong_checksum`."""
    if len(number) != 18 or not set(number[:17]) <= _DIGITS or number[17] not in _CHECK:
        return "wrong_shape"
    born = _date(number[6:14])
    if born is None or born < _OLDEST or (on is not None and born > on):
        return "wrong_birth_date"
    if check_digit(number[:17]) != number[17]:
        return "wrong_checksum"
    return None


def to_18(number: str) -> str | None:
    """The 18-digit form of an old 15-digit number, or None when it is none. Centenarians' 996–999 codes mean 18xx."""
    if len(number) != 15 or not set(number) <= _DIGITS:
        return None
    century = "18" if number[12:] in ("996", "997", "998", "999") else "19"
    first17 = f"{number[:6]}{century}{number[6:]}"
    return first17 + check_digit(first17) if _date(first17[6:14]) else None


def birth_date(number: str) -> date | None:
    return _date(number[6:14]) if wrong(number) is None else None


def sex(number: str) -> str | None:
    """GB/T 2261.1: `1` male, `2` female; None when the number is wrong."""
    if wrong(number) is not None:
        return None
    return "1" if int(number[16]) % 2 else "2"


def region(number: str) -> str:
    """The six digits of the district that first issued the number: a hint, never a reason to refuse."""
    return number[:6] if wrong(number) is None else ""


def age(born: date, on: date) -> int:
    """Full years. Who is born on 29 February has a birthday on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
