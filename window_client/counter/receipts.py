"""The filed cases of a visit as the press is told them: words of the layout's vocabulary, already masked."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from PIL import Image

from printing.qr import modules
from printing.voucher import Line, Voucher
from window_client.casework.catalogue import Catalogue, ServiceItem
from window_client.casework.resident import masked_id_number, masked_name
from window_client.casework.visit import Case, Visit
from window_client.counter.station import Station

KIND = "combined_receipt"
_UNITS = {"W": "个工作日", "D": "日", "H": "小时"}


def voucher_number(visit: Visit) -> str:
    """The visit's number, R for receipt, and how many there are: a later filing of the same visit gets the next."""
    receipts = sum(one.kind == KIND for one in visit.vouchers.values())
    return f"{visit.number}-R{receipts + 1}"


def voucher_for(visit: Visit, catalogue: Catalogue, station: Station, now: datetime, language: str) -> Voucher:
    """A combined receipt over every case of the visit that a department has accepted; in two languages for a resident
    who reads the screen in English.

    Raises ``RuntimeError`` when there is none: only a filed case gives the number a receipt needs.
    """
    filed = [case for case in visit.live_cases if case.state == "filed"]
    if not filed:
        raise RuntimeError("a receipt needs at least one filed case")
    lines = (
        Line("holder", masked_name(visit.value("person.name"))),
        Line("holder_id", masked_id_number(visit.value("person.id_number"))),
        Line("visit", visit.number),
        Line("window", station.window),
        Line("clerk", station.clerk),
    )
    items = tuple(_item_lines(case, catalogue.item(case.item)) for case in filed)
    return Voucher(
        number=voucher_number(visit),
        kind=KIND,
        layout=KIND,
        centre=station.centre,
        issued_at=now,
        lines=lines,
        items=items,
        language="zh+en" if language == "en" else "zh",
        demo=any(catalogue.item(case.item).demo for case in filed),
    )


def _item_lines(case: Case, item: ServiceItem) -> tuple[Line, ...]:
    return (
        Line("item", item.name),
        Line("department", item.department_name),
        Line("accepted_number", case.accepted_number),
        Line("accepted_at", case.accepted_at[:16].replace("T", " ")),
        Line("promise", promise_words(item)),
        Line("case_number", case.number),
        Line("state", "已受理"),
    )


def promise_words(item: ServiceItem) -> str:
    """承诺办结时限 as it stands on the paper; an item done on the spot says so."""
    if item.is_immediate or not item.promise_days:
        return "当场办结"
    return f"{item.promise_days} {_UNITS[item.promise_unit]}"


def symbol_png(qr_text: str, module: int = 6) -> bytes:
    """The voucher's symbol for the resident's screen, the same modules that are on paper, with its quiet zone."""
    rows = modules(qr_text)
    side = len(rows) + 8
    picture = Image.new("1", (side, side), 1)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                picture.putpixel((x + 4, y + 4), 0)
    written = BytesIO()
    picture.resize((side * module, side * module), Image.Resampling.NEAREST).save(written, "PNG")
    return written.getvalue()
