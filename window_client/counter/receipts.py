"""The filed cases of a visit as the press is told them: words of the layout's vocabulary, already masked."""

from __future__ import annotations

from datetime import datetime

from printing.voucher import Line, Voucher
from window_client.casework.catalogue import Catalogue
from window_client.casework.resident import masked_id_number, masked_name
from window_client.casework.visit import Visit
from window_client.counter.station import Station

KIND = "combined_receipt"


def voucher_number(visit: Visit) -> str:
    """The visit's number, R for receipt, and how many there are: a later filing of the same visit gets the next."""
    return f"{visit.number}-R{len(visit.vouchers) + 1}"


def voucher_for(visit: Visit, catalogue: Catalogue, station: Station, now: datetime) -> Voucher:
    """A combined receipt over every case of the visit that a department has accepted.

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
    items = []
    for case in filed:
        item = catalogue.item(case.item)
        items.append(
            (
                Line("item", item.name),
                Line("department", item.department_name),
                Line("accepted_number", case.accepted_number),
                Line("case", case.number),
                Line("promise", item.promise),
            )
        )
    return Voucher(
        number=voucher_number(visit),
        kind=KIND,
        layout=KIND,
        centre=station.centre,
        issued_at=now,
        lines=lines,
        items=tuple(items),
    )
