"""Keeping the visit and case tables in step with the facts, inside the same transaction.

The state of a case comes from the fold itself (`visit.case_after`), so the table cannot have an opinion of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from window_client.casework import facts as f
from window_client.casework.records.day_book import Words
from window_client.casework.records.tables import CaseTableRow, VisitRow
from window_client.casework.visit import Case, case_after

_CaseFact = f.CaseDropped | f.FilingBegun | f.CaseOutcome | f.SubmitAgainAllowed


def follow(
    db: Connection, words: Words, station: str, visit: str, facts: Sequence[f.Fact], before: int, at: datetime
) -> None:
    """Bring both tables to where the visit is once `facts` have happened."""
    moment = at.isoformat(timespec="microseconds")
    if before == 0:
        db.execute(
            insert(VisitRow).values(
                number=visit, station=station, length=0, holder="", person="", person_words="", opened_at=moment
            )
        )
    db.execute(update(VisitRow).where(VisitRow.number == visit).values(length=before + len(facts)))
    for fact in facts:
        match fact:
            case f.ResidentIdentified():
                _identify(db, words, visit, fact)
            case f.CaseOpened():
                _open_case(db, words, visit, fact, at)
            case f.VisitClosed():
                db.execute(update(VisitRow).where(VisitRow.number == visit).values(closed_at=moment))
            case f.CaseDropped() | f.FilingBegun() | f.Filed() | f.Refused() | f.Unsure() | f.NotSent():
                _change_case(db, fact, moment)
            case f.SubmitAgainAllowed():
                _change_case(db, fact, moment)
            case f.StatusLearnt():
                _keep_status(db, fact)
            case _:
                pass  # nothing a day book shows


def _identify(db: Connection, words: Words, visit: str, fact: f.ResidentIdentified) -> None:
    shown, found_by = words.of_person(fact.card)
    db.execute(
        update(VisitRow).where(VisitRow.number == visit).values(holder=fact.holder, person=shown, person_words=found_by)
    )
    _name_cases(db, words, visit, shown, found_by)


def _name_cases(db: Connection, words: Words, visit: str, shown: str, found_by: str) -> None:
    table = CaseTableRow
    cases = db.execute(
        select(table.number, table.item, table.department, table.accepted_number).where(table.visit == visit)
    ).all()
    for case in cases:
        own = _words(words, case.number, case.item, case.department, found_by, case.accepted_number)
        db.execute(update(table).where(table.number == case.number).values(person=shown, words=own))


def _open_case(db: Connection, words: Words, visit: str, fact: f.CaseOpened, at: datetime) -> None:
    person = db.execute(select(VisitRow.person, VisitRow.person_words).where(VisitRow.number == visit)).one()
    moment = at.isoformat(timespec="microseconds")
    db.execute(delete(CaseTableRow).where(CaseTableRow.number == fact.case))  # opened again: the fold replaces it too
    db.execute(
        insert(CaseTableRow).values(
            number=fact.case,
            visit=visit,
            item=fact.item,
            version=fact.version,
            department=fact.department,
            state="open",
            accepted_number="",
            person=person.person,
            day=at.date(),
            opened_at=moment,
            changed_at=moment,
            words=_words(words, fact.case, fact.item, fact.department, person.person_words, ""),
        )
    )


def _change_case(db: Connection, fact: _CaseFact, moment: str) -> None:
    table = CaseTableRow
    row = db.execute(
        select(table.item, table.version, table.department, table.state, table.accepted_number, table.words).where(
            table.number == fact.case
        )
    ).one_or_none()
    if row is None or row.state == "filed":
        return
    case = case_after(Case(fact.case, row.item, row.version, row.department, row.state, row.accepted_number), fact)
    found_by = row.words
    if case.accepted_number and case.accepted_number != row.accepted_number:
        found_by = f"{found_by} {case.accepted_number.lower()}"
    db.execute(
        update(table)
        .where(table.number == fact.case)
        .values(state=case.state, accepted_number=case.accepted_number, changed_at=moment, words=found_by)
    )


def _keep_status(db: Connection, fact: f.StatusLearnt) -> None:
    """As the fold has it: only a filed case has a fate. `changed_at` stays: the promised period counts from it."""
    table = CaseTableRow
    told = {"status": fact.state, "status_words": fact.words[:120], "status_at": fact.at}
    db.execute(update(table).where(table.number == fact.case, table.state == "filed").values(**told))


def forget_person(db: Connection, words: Words, holder: str) -> None:
    visits = db.scalars(select(VisitRow.number).where(VisitRow.holder == holder)).all()
    db.execute(update(VisitRow).where(VisitRow.holder == holder).values(person="", person_words=""))
    for visit in visits:
        _name_cases(db, words, visit, "", "")


def _words(words: Words, case: str, item: str, department: str, found_by: str, accepted: str) -> str:
    return " ".join(filter(None, (words.of_case(case, item, department), found_by, accepted.lower())))
