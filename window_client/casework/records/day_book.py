"""The searchable side of a case: the words it is found by, and looking it up.

Law I7/I9: words hold the masked name, the item and the numbers. A full name is found only through a keyed token of it,
so that the table gives no name away and a forgotten resident can be forgotten here as well.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import Connection, or_, select

from window_client.casework.catalogue import Catalogue
from window_client.casework.catalogue_search import initials, tidy
from window_client.casework.records.tables import CaseTableRow, VisitRow
from window_client.casework.resident import masked_id_number, masked_name

LAST_WORDS = ("done", "refused")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line of the day book. Times are ISO with zone; `person` is masked. `status`: what became of a filed case."""

    number: str
    visit: str
    item: str
    version: int
    department: str
    state: str
    accepted_number: str
    person: str
    opened_at: str
    changed_at: str
    status: str = ""
    status_words: str = ""
    status_at: str = ""


def spaced(text: str) -> str:
    """Every Chinese character a word of its own, other runs as they are: `敬老卡 jlk` → `敬 老 卡 jlk`."""
    out: list[str] = []
    for ch in unicodedata.normalize("NFKC", text).lower():
        lone = unicodedata.name(ch, "").startswith("CJK")
        out.append(f" {ch} " if lone else ch)
    return " ".join("".join(out).split())


def name_token(key: bytes | None, name: str) -> str:
    """A keyed, shortened mark of a full name, or nothing where there is no key."""
    if key is None or not name.strip():
        return ""
    return "n" + hmac.new(key, tidy(name).encode(), hashlib.sha256).hexdigest()[:20]


@dataclass(frozen=True)
class Words:
    """Makes the words of a case. `catalogue` gives item names; without it only codes are found."""

    catalogue: Catalogue | None
    key: bytes | None

    def of_person(self, card: Mapping[str, str]) -> tuple[str, str]:
        """(masked name as shown, words it is found by) of a card that was read."""
        name, number = card.get("person.name", ""), card.get("person.id_number", "")
        shown = masked_name(name)
        tail = masked_id_number(number)[-4:] if number else ""
        return shown, " ".join(filter(None, (spaced(shown.replace("*", "")), name_token(self.key, name), tail)))

    def of_case(self, number: str, item: str, department: str) -> str:
        parts = [number.lower(), item, department]
        known = self.catalogue.items.get(item) if self.catalogue is not None else None
        if known is not None:
            for name in (known.name, *known.synonyms):
                parts += [spaced(name), initials(name)]
            parts += [known.name_en.lower(), spaced(known.department_name), spaced(known.department_short)]
        return " ".join(dict.fromkeys(parts))


_COLUMNS = tuple(getattr(CaseTableRow, one.name) for one in fields(CaseRow))


def undecided(db: Connection, station: str, since: date) -> tuple[CaseRow, ...]:
    """Filed cases of this station's visits whose department has not said its last word, the newest first."""
    table = CaseTableRow
    question = select(*_COLUMNS).join(VisitRow, VisitRow.number == table.visit).where(VisitRow.station == station)
    question = question.where(table.state == "filed", table.day >= since, table.status.not_in(LAST_WORDS))
    question = question.order_by(table.day.desc(), table.number.desc())
    return tuple(CaseRow(**row) for row in db.execute(question).mappings())


def look_up(
    db: Connection,
    words: Words,
    day: date | None,
    wanted: str,
    state: str | None,
    limit: int,
    offset: int,
    status: str | None = None,
) -> tuple[CaseRow, ...]:
    """The newest first; every word must be found."""
    table, question = CaseTableRow, select(*_COLUMNS)
    if day is not None:
        question = question.where(table.day == day)
    if state is not None:
        question = question.where(table.state == state)
    if status is not None:
        question = question.where(table.status == status)
    for word in wanted.split():
        found = table.words.contains(spaced(word), autoescape=True)
        token = name_token(words.key, word)
        question = question.where(or_(found, table.words.contains(token)) if token else found)
    question = question.order_by(table.day.desc(), table.number.desc()).limit(limit).offset(offset)
    return tuple(CaseRow(**row) for row in db.execute(question).mappings())
