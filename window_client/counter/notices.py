"""Which notices a case may be given now, what the clerk must still say, and the notice itself as the press is told it.

What the ledger and the catalogue know is filled in: papers taken, papers missing, numbers, promised days. Only what a
person decides is typed (why not accepted, with which result). Laws: names and numbers are masked before they leave this
module; a notice that the case's state contradicts is not offered: no acceptance before the department's own number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import resources
from printing import layout
from printing.voucher import Issued, Line, Voucher
from window_client.casework.catalogue import Catalogue, MaterialNeed, ServiceItem
from window_client.casework.clocks import WorkCalendar
from window_client.casework.errors import WindowError
from window_client.casework.resident import masked_id_number, masked_name
from window_client.casework.visit import Case, Visit
from window_client.counter.receipts import promise_words
from window_client.counter.station import Station

# Kind → (letter of its number, the words a person must say, the words they may say).
KINDS: Final[Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    "document_receipt": ("S", (), ("remark",)),
    "one_time_notice": ("G", (), ("extra", "remark")),
    "correction_notice": ("B", ("basis",), ("extra", "complete_until", "remark")),
    "conditional_acceptance": ("T", ("basis",), ("remark",)),
    "acceptance_notice": ("A", ("basis",), ("remark",)),
    "refusal_notice": ("J", ("reason_told", "basis", "go_to", "review_body"), ("court", "remark")),
    "collection_slip": ("L", ("collect_from", "collect_at"), ("collect_until", "remark")),
    "completion_notice": ("W", ("finished_at", "result"), ("result_number", "remark")),
}
_LAW: Final = "《中华人民共和国行政许可法》第三十二条第一款第"
_BASIS: Final = {
    "correction_notice": f"{_LAW}四项",
    "acceptance_notice": f"{_LAW}五项",
    "refusal_notice": f"{_LAW}二项",
    "conditional_acceptance": "本事项办事指南所列容缺受理规定",
}


@dataclass(frozen=True)
class NoticeDrawn:
    """A finished notice and its first page for the clerk's screen."""

    issued: Issued
    kind: str
    case: str
    picture: bytes = field(repr=False)


def offered(visit: Visit, case: Case, catalogue: Catalogue) -> tuple[str, ...]:
    """The kinds that fit what has happened to this case so far."""
    taken, gone = _taken(visit, case, catalogue), missing(visit, case, catalogue)
    filed = case.state == "filed"
    fits = {
        "document_receipt": bool(taken),
        "one_time_notice": not filed and bool(gone),
        "correction_notice": not filed and bool(taken) and bool(gone),
        "conditional_acceptance": bool(taken) and bool(gone),
        "acceptance_notice": filed,
        "refusal_notice": not filed and case.state not in ("begun", "unsure"),
        "collection_slip": filed,
        "completion_notice": filed,
    }
    return tuple(kind for kind in KINDS if fits[kind])


def missing(visit: Visit, case: Case, catalogue: Catalogue) -> tuple[MaterialNeed, ...]:
    """The required materials of this item that nobody has brought and nobody may borrow."""
    needs = catalogue.item(case.item).materials
    return tuple(need for need in needs if need.required and need.kind not in visit.materials)


def suggested(kind: str, word: str, case: Case, station: Station, now: datetime) -> str:
    """What stands in the field until the clerk writes something else."""
    match word:
        case "basis":
            return _BASIS.get(kind, "")
        case "reason_told":
            return case.words
        case "collect_at":
            return f"{station.centre}出件窗口"
        case "collect_from" | "finished_at":
            return now.strftime("%Y-%m-%d" if word == "collect_from" else "%Y-%m-%d %H:%M")
        case _:
            return ""


def title(kind: str, language: str) -> str:
    return str(_layout(kind).kinds[kind]["title"][language])


def word_label(kind: str, word: str, language: str) -> str:
    """The label that the word has on the paper; `extra` is no word of the paper but one more line of its list."""
    if word == "extra":
        return resources.texts(language)["staff.notices.extra"]
    return str(_layout(kind).words[word][language])


def _layout(kind: str) -> layout.Layout:
    return layout.of_kind(resources.layouts_dir(), kind)


def notice_for(
    kind: str,
    typed: Mapping[str, str],
    visit: Visit,
    case: Case,
    *,
    catalogue: Catalogue,
    station: Station,
    calendar: WorkCalendar,
    now: datetime,
    language: str,
) -> Voucher:
    """The notice with every value. WindowError: desk.notice_not_now, desk.notice_word_missing."""
    if kind not in offered(visit, case, catalogue):
        raise WindowError("desk.notice_not_now")
    found, item = _layout(kind), catalogue.item(case.item)
    letter, musts, mays = KINDS[kind]
    said = {word: typed.get(word, "").strip() for word in (*musts, *mays)}
    for word in musts:
        if not said[word]:
            raise WindowError(
                "desk.notice_word_missing", word=word_label(kind, word, "en" if language == "en" else "zh")
            )
    extra = said.pop("extra", "")
    values = _known(visit, case, item, station, calendar, now) | {word: value for word, value in said.items() if value}
    if kind == "conditional_acceptance":
        values["complete_until"] = values["due"]  # never later than the promised day
    lines = tuple(Line(word, values[word]) for word in found.words if values.get(word))
    return Voucher(
        number=f"{visit.number}-{letter}{len(visit.vouchers) + 1}",
        kind=kind,
        layout=found.name,
        centre=station.centre,
        issued_at=now,
        lines=lines,
        items=_items(kind, visit, case, catalogue, calendar, now, extra),
        language="zh+en" if language == "en" else "zh",
        demo=item.demo,
    )


def _known(
    visit: Visit, case: Case, item: ServiceItem, station: Station, calendar: WorkCalendar, now: datetime
) -> dict[str, str]:
    """Everything the window knows by itself; a layout takes the words it has."""
    filed = case.state == "filed"
    moment = now.strftime("%Y-%m-%d %H:%M")
    accepted = case.accepted_at[:16].replace("T", " ") or moment
    promised = _promised(item, calendar, _accepted(case, now))
    page = item.page
    return {
        "holder": masked_name(visit.value("person.name")),
        "holder_id": masked_id_number(visit.value("person.id_number")),
        "item": item.name,
        "department": item.department_name,
        "case_number": case.number,
        "applied_at": accepted if filed else moment,
        "received_at": moment,
        "told_until": calendar.correction_due(now).at.strftime("%Y-%m-%d"),
        "accepted_number": case.accepted_number,
        "accepted_at": accepted if filed else "",
        "promise": promise_words(item),
        "due": promised,
        "result_name": item.result_name,
        "window": f"综合窗口 {station.window} 号",
        "clerk": station.clerk,
        "telephone": str(page.get("link_way") or ""),
        "supervise": str(page.get("supervise_way") or ""),
    }


def _accepted(case: Case, now: datetime) -> datetime:
    """When the department accepted it; promised days count from there. Not accepted yet: from now."""
    try:
        at = datetime.fromisoformat(case.accepted_at)
    except ValueError:
        return now
    return at if at.tzinfo else at.replace(tzinfo=now.tzinfo)


def _promised(item: ServiceItem, calendar: WorkCalendar, now: datetime) -> str:
    """The last day of the promise; an item done on the spot is promised for today."""
    return calendar.due(now, item.promise_days or 0, item.promise_unit or "W").at.strftime("%Y-%m-%d")


def _taken(visit: Visit, case: Case, catalogue: Catalogue) -> tuple[MaterialNeed, ...]:
    return tuple(need for need in catalogue.item(case.item).materials if need.kind in visit.materials)


def _items(
    kind: str, visit: Visit, case: Case, catalogue: Catalogue, calendar: WorkCalendar, now: datetime, extra: str
) -> tuple[tuple[Line, ...], ...]:
    if kind == "document_receipt":
        return tuple(_handed_in(visit, need) for need in _taken(visit, case, catalogue))
    gone = missing(visit, case, catalogue)
    if kind == "conditional_acceptance":
        until = _promised(catalogue.item(case.item), calendar, now)
        return tuple((Line("material", need.name), Line("form", _form(need)), Line("until", until)) for need in gone)
    if kind in ("one_time_notice", "correction_notice"):
        rows = [(Line("material", need.name), Line("problem", "未提交"), Line("wanted", _form(need))) for need in gone]
        more = (
            [(Line("material", extra), Line("problem", "窗口审查提出"), Line("wanted", "按左栏要求"))] if extra else []
        )
        return (*rows, *more)
    return ()


def _handed_in(visit: Visit, need: MaterialNeed) -> tuple[Line, ...]:
    scanned = visit.materials[need.kind].origin == "scanned"
    return (
        Line("material", need.name),
        Line("form", "原件扫描" if scanned else "电子证件"),
        Line("copies", "1"),
        Line("pages", str(need.page_num)),
        Line("handling", "扫描后退还" if scanned else "经本人同意调用"),
    )


def _form(need: MaterialNeed) -> str:
    return f"{need.material_type or '原件'} {need.page_num} 份"
