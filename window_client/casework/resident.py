"""How a resident may appear where others can read it: masked name, masked ID number, masked phone and account.

Law I7/I9: lists, titles, receipts in public view and the searchable case table carry these and nothing longer.
"""

from __future__ import annotations

_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶"
    "太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐闾丘呼延百里东郭南门拓跋"
)
_COMPOUND_SURNAMES = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))


def masked_name(name: str) -> str:
    """王*, 王*明, 欧阳**; 阿***·买** for a name with a dot; one character becomes a star.

    The surname stays and, from three characters on, the last one: enough for the person to know themselves, not
    enough for a bystander.
    """
    name = name.strip()
    if "·" in name:
        return "·".join(part[:1] + "*" * (len(part) - 1) for part in name.split("·"))
    if len(name) <= 1:
        return "*" * len(name)
    kept = 2 if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else 1
    if len(name) == kept + 1:
        return name[:kept] + "*"
    if kept == 2:
        return name[:2] + "*" * (len(name) - 2)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def masked_id_number(number: str) -> str:
    """First three and last four: 990***********1234. Shorter than eight: stars only."""
    return number[:3] + "*" * (len(number) - 7) + number[-4:] if len(number) >= 8 else "*" * len(number)


def masked_phone(number: str) -> str:
    return number[:3] + "*" * (len(number) - 7) + number[-4:] if len(number) >= 8 else "*" * len(number)


def masked_account(number: str) -> str:
    return "*" * max(0, len(number) - 4) + number[-4:] if len(number) > 4 else "*" * len(number)


def masked(kind: str, value: str) -> str:
    """A sensitive value of an element kind, masked as that kind is usually masked."""
    match kind:
        case "id_number":
            return masked_id_number(value)
        case "phone":
            return masked_phone(value)
        case _:
            return masked_account(value)
