"""What came of the demo, told from the ledger and checked from outside: files read back, signature verified."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from printing import inquiry
from printing.voucher import Issued
from window_client.assembly import House
from window_client.casework import facts as f
from window_client.casework.visit import Visit, replay
from window_client.counter.gathering import borrowed


def summary(house: House, number: str, issued: Issued, out: Path, seconds: float) -> dict[str, Any]:
    """Write the voucher's files into ``out`` and say everything in one object; stable keys."""
    entries = house.cabinet.facts(number)
    happened = [entry.fact for entry in entries]
    visit = replay(number, happened)
    files = _write(issued, out)
    papers, now = inquiry.Papers.load(house.settings.data), house.clock()
    verdicts = {name: papers.verify(path, now).code for name, path in files.items()}
    return {
        "visit": number,
        "cases": [
            {
                "case": case.number,
                "item": case.item,
                "department": case.department,
                "accepted_number": case.accepted_number,
                "state": case.state,
                "fields_filled": case.fields_filled,
                "fields_verified": case.fields_verified,
                "seconds": round(case.seconds, 3),
            }
            for case in visit.live_cases
        ],
        "voucher": {
            "number": issued.number,
            **{name: str(path) for name, path in files.items()},
            "qr_text": issued.qr_text,
            "verified": all(code.startswith("VALID") for code in verdicts.values()),
            "verdicts": verdicts,
        },
        "typed_fields": len(typed(happened)),
        "repeated_fields": repeated(happened),
        "documents": {
            "scanned": sum(1 for fact in happened if isinstance(fact, f.MaterialKept) and fact.origin == "scanned"),
            "reused": borrowed(visit, house.catalogue),
        },
        "seconds": round(seconds, 3),
    }


def typed(happened: list[f.Fact]) -> list[f.AnswerWritten]:
    return [fact for fact in happened if isinstance(fact, f.AnswerWritten) and fact.source == "typed"]


def repeated(happened: list[f.Fact]) -> int:
    """How often the clerk typed a data element that already had a value."""
    known: set[str] = set()
    count = 0
    for fact in happened:
        if isinstance(fact, f.AnswerWritten):
            count += fact.source == "typed" and fact.element in known
            known.add(fact.element)
    return count


def _write(issued: Issued, out: Path) -> dict[str, Path]:
    files = {"pdf": out / "voucher.pdf", "png": out / "voucher-80mm.png", "text": out / "voucher.txt"}
    files["pdf"].write_bytes(issued.pdf)
    files["png"].write_bytes(issued.receipt_png)
    files["text"].write_text(issued.qr_text + "\n", encoding="ascii")
    return files


def held_by_departments(visit: Visit, databases: Mapping[str, Path]) -> dict[str, int]:
    """How often each acceptance number stands in its department's own database: once, or something is wrong."""
    found = {}
    for case in visit.live_cases:
        with closing(sqlite3.connect(f"file:{databases[case.department]}?mode=ro", uri=True)) as database:
            row = database.execute("SELECT count(*) FROM received WHERE number = ?", (case.accepted_number,)).fetchone()
        found[case.accepted_number] = int(row[0])
    return found


def save(said: dict[str, Any], out: Path) -> Path:
    path = out / "summary.json"
    path.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path
