"""What the resident sees, as a pure function of what happened.

``scene_for`` is the only place that decides what leaves the clerk's side. It whitelists: a value reaches the
resident's screen because a line here puts it there, already masked and in the resident's language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, assert_never

from window_client.casework.catalogue import Catalogue, Element, ServiceItem
from window_client.casework.form import Form
from window_client.casework.resident import masked as masked_value
from window_client.casework.resident import masked_name
from window_client.casework.visit import Case, Visit
from window_client.counter import scenes as s
from window_client.counter.gathering import GatherLine, gathering, wishes
from window_client.counter.station import Station

_NUMBER = 7
"""From this many digits on a sensitive value is a number (ID, account, phone, certificate) and is shown masked."""

Moment = Literal["idle", "checklist", "consent", "review", "sign", "wait", "thanks", "rate", "blank"]
Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything the script may look at. ``in_flight``: cases being filed right now; ``symbol``: PNG or empty."""

    station: Station
    catalogue: Catalogue
    language: Language
    moment: Moment
    visit: Visit | None = None
    form: Form | None = None
    until: datetime | None = None
    in_flight: frozenset[str] = frozenset()
    symbol: bytes = field(default=b"", repr=False)


def scene_for(table: Table) -> s.Scene:
    """The one scene that belongs to this moment. Without an identified resident there is only ``Welcome``."""
    visit, form = table.visit, table.form
    if table.moment == "blank":
        return s.Blank()
    if table.moment == "idle" or visit is None or form is None or not visit.holder:
        return _welcome(table)
    match table.moment:
        case "checklist":
            return _checklist(table, visit, form)
        case "consent":
            return _consent(table, visit, form)
        case "review":
            return s.Review(_resident(visit), _items(table, visit), _lines(table, visit, form))
        case "sign":
            return s.Sign(_resident(visit), _items(table, visit), visit.form_digest[:16])
        case "wait":
            return s.Wait(_resident(visit), _wait_lines(table, visit))
        case "thanks":
            number = visit.voucher.number if visit.voucher else ""
            return s.Thanks(_resident(visit), _wait_lines(table, visit), number, table.symbol)
        case "rate":
            return s.Rate(table.station.window, table.station.clerk)
        case _:
            assert_never(table.moment)


def _welcome(table: Table) -> s.Welcome:
    station = table.station
    if table.language == "en":
        return s.Welcome(station.centre_en, station.window, station.notices_en)
    return s.Welcome(station.centre, station.window, station.notices)


def _resident(visit: Visit) -> str:
    return masked_name(visit.value("person.name"))


def item_name(item: ServiceItem, language: Language) -> str:
    return item.name_en if language == "en" else item.name


def department_name(item: ServiceItem, language: Language) -> str:
    return item.department_name_en if language == "en" else item.department_name


def _items(table: Table, visit: Visit) -> tuple[s.ItemLine, ...]:
    items = (table.catalogue.item(case.item) for case in visit.live_cases)
    return tuple(s.ItemLine(item_name(item, table.language), department_name(item, table.language)) for item in items)


def _checklist(table: Table, visit: Visit, form: Form) -> s.Checklist:
    lines = tuple(_material(line, table.language) for line in gathering(visit, form, table.catalogue))
    return s.Checklist(_resident(visit), _items(table, visit), lines)


def _material(line: GatherLine, language: Language) -> s.MaterialLine:
    name = line.name_en if language == "en" else line.name
    match line.state:
        case "missing":
            return s.MaterialLine(name, "needed")
        case "offered" | "ask":
            return s.MaterialLine(name, "ask")
        case "kept":
            return s.MaterialLine(name, "kept")
        case "lent":
            return s.MaterialLine(name, "lent")
        case _:
            assert_never(line.state)


def _consent(table: Table, visit: Visit, form: Form) -> s.Consent:
    lines = tuple(
        s.ConsentLine(
            wish.document,
            wish.name_en if table.language == "en" else wish.name,
            wish.kept_on,
            wish.expires,
            tuple(item_name(table.catalogue.item(code), table.language) for code in wish.purposes),
        )
        for wish in wishes(visit, form, table.catalogue)
    )
    until = table.until.strftime("%Y-%m-%d") if table.until else ""
    return s.Consent(_resident(visit), lines, until)


def shown_value(element: Element, value: str, catalogue: Catalogue, language: Language, *, masked: bool = True) -> str:
    """A value as a person reads it: codes as words, an ID number or an account masked unless ``masked`` is off."""
    if not value:
        return ""
    if element.codes is not None:
        words = {
            code.value: (code.label_en if language == "en" else code.label) for code in catalogue.codes(element.codes)
        }
        if element.kind == "region":
            return " ".join(words.get(part, part) for part in value.split("/"))
        return "、".join(words.get(part, part) for part in value.split(","))
    if not (element.sensitive and masked):
        return value
    # A resident can only confirm a name or an address that can be read; a number is recognised by its two ends.
    digits = sum(character.isdigit() for character in value)
    return masked_value(element.kind, value) if digits >= _NUMBER and digits * 2 > len(value) else value


def _lines(table: Table, visit: Visit, form: Form) -> tuple[s.ReviewLine, ...]:
    return tuple(
        s.ReviewLine(
            one.name,
            one.element.group_label_en if table.language == "en" else one.element.group_label,
            one.element.label_en if table.language == "en" else one.element.label,
            shown_value(one.element, visit.value(one.name), table.catalogue, table.language),
            one.name in visit.disputed,
        )
        for one in form.fields
        if visit.value(one.name)
    )


def wait_state(
    case: Case, in_flight: frozenset[str]
) -> Literal["waiting", "working", "done", "refused", "unsure", "not_sent"]:
    """A case in plain words; ``begun`` without anybody working on it is in doubt, and says so."""
    match case.state:
        case "open" | "dropped":
            return "working" if case.number in in_flight else "waiting"
        case "begun":
            return "working" if case.number in in_flight else "unsure"
        case "filed":
            return "done"
        case "refused":
            return "refused"
        case "unsure":
            return "working" if case.number in in_flight else "unsure"
        case "not_sent":
            return "working" if case.number in in_flight else "not_sent"
        case _:
            assert_never(case.state)


def _wait_lines(table: Table, visit: Visit) -> tuple[s.WaitLine, ...]:
    lines = []
    for case in visit.live_cases:
        item = table.catalogue.item(case.item)
        lines.append(
            s.WaitLine(
                department_name(item, table.language),
                item_name(item, table.language),
                wait_state(case, table.in_flight),
                case.accepted_number,
            )
        )
    return tuple(lines)
