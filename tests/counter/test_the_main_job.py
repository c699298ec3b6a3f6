"""The visit as the Desk tells it: one intake, three departments, one receipt; nothing twice."""

from __future__ import annotations

from typing import cast

import pytest

from bridges.filing import Filing, NotSent, Outcome, Refused, Unsure
from tests.counter.conftest import ITEMS, Counter
from tests.whispers import Ear
from window_client.casework.errors import WindowError
from window_client.casework.visit import Visit
from window_client.counter import scenes as s
from window_client.demo.summary import repeated


def codes(counter: Counter) -> dict[str, str]:
    assert counter.desk.visit is not None
    return {case.department: case.state for case in counter.desk.visit.live_cases}


def test_three_items_one_intake_three_numbers_one_receipt(counter: Counter) -> None:
    counter.ready()
    counter.desk.file_all()
    assert codes(counter) == {"gongan": "filed", "minzheng": "filed", "canlian": "filed"}
    counter.desk.issue_voucher()
    assert counter.desk.issued is not None
    counter.desk.print_voucher("folder", "a4")
    assert counter.desk.visit is not None
    assert counter.desk.visit.voucher is not None
    assert counter.desk.visit.voucher.copies == 1
    assert counter.troubles == []


def test_an_element_that_three_departments_want_is_asked_once(counter: Counter) -> None:
    counter.ready()
    visit = counter.desk.visit
    assert visit is not None
    facts = [entry.fact for entry in counter.desk.rooms.cabinet.facts(visit.number)]
    assert repeated(facts) == 0
    assert counter.desk.form.repeated() == 0
    assert counter.desk.form.saved() > 10
    counter.desk.file_all()
    names = {filing.values["person.name"] for filing in counter.departments.received}
    assert names == {counter.resident.name}


def test_a_scan_serves_the_second_item_only_after_the_resident_agreed(counter: Counter) -> None:
    counter.seated()
    for need in counter.desk.form.materials:
        counter.lay(need.kind)
        counter.desk.scan(need.kind)
    counter.fill_in()
    with pytest.raises(WindowError) as refused:
        counter.desk.push_review()
    assert refused.value.code == "desk.not_complete"
    scene = counter.ask_consent()
    assert scene is not None
    counter.desk.answered(s.AgreesTo(tuple(line.document for line in scene.documents)))
    counter.sign()
    counter.desk.file_all()
    attached = {filing.department: {one.kind for one in filing.attachments} for filing in counter.departments.received}
    assert "id_card" in attached["gongan"] & attached["minzheng"] & attached["canlian"]


def test_a_declined_paper_is_handed_in_again_for_the_items_that_want_it(counter: Counter) -> None:
    counter.seated()
    for need in counter.desk.form.materials:
        counter.lay(need.kind)
        counter.desk.scan(need.kind)
    assert counter.ask_consent() is not None
    counter.desk.answered(s.AgreesTo(()))
    for need in counter.desk.form.materials:
        counter.lay(need.kind)
        counter.desk.scan(need.kind)
    counter.fill_in()
    counter.sign()
    counter.desk.file_all()
    assert counter.troubles == []
    assert set(codes(counter).values()) == {"filed"}


def test_one_refusal_never_undoes_the_others(counter: Counter) -> None:
    def refuse(_: Filing) -> Outcome:
        return Refused("申请人已享受同类补贴")

    counter.departments.outcomes["canlian"] = refuse
    counter.ready()
    counter.desk.file_all()
    assert codes(counter) == {"gongan": "filed", "minzheng": "filed", "canlian": "refused"}
    assert counter.desk.visit is not None
    assert counter.desk.visit.live_cases[2].words == "申请人已享受同类补贴"
    counter.desk.issue_voucher()
    assert counter.desk.issued is not None


def test_filing_begun_is_in_the_ledger_before_the_errand_runs(counter: Counter) -> None:
    seen: list[str] = []

    def look(filing: Filing) -> Outcome:
        visit = counter.desk.replayed(filing.key.rsplit(":", 2)[0].rsplit("-", 1)[0])
        seen.append(visit.cases[filing.key.split(":", 1)[0]].state)
        return Unsure("no_number")

    counter.departments.outcomes = dict.fromkeys(("gongan", "minzheng", "canlian"), look)
    counter.ready()
    counter.desk.file_all()
    assert seen == ["begun", "begun", "begun"]


def test_an_unsure_case_is_looked_up_and_never_sent_again_by_itself(counter: Counter) -> None:
    counter.departments.outcomes["gongan"] = lambda _: Unsure("no_number")
    counter.ready()
    counter.desk.file_all()
    number = next(case.number for case in counter.desk.visit.live_cases if case.department == "gongan")  # type: ignore[union-attr]
    with pytest.raises(WindowError) as refused:
        counter.desk.file(number)
    assert refused.value.code == "desk.not_again"
    counter.departments.found["gongan"] = Unsure("not_found_yet")
    counter.desk.look_up(number)
    with pytest.raises(WindowError):
        counter.desk.allow_again(number, "  ")
    counter.desk.allow_again(number, "电话核实部门没有收到")
    del counter.departments.outcomes["gongan"]
    counter.desk.file(number)
    assert codes(counter)["gongan"] == "filed"
    keys = [filing.key for filing in counter.departments.received if filing.department == "gongan"]
    assert keys == [f"{number}:gongan:1", f"{number}:gongan:2"]


def test_what_surely_was_not_sent_is_sent_again_under_the_same_key(counter: Counter) -> None:
    counter.departments.outcomes["gongan"] = lambda _: NotSent("transport", "department_down")
    counter.ready()
    counter.desk.file_all()
    del counter.departments.outcomes["gongan"]
    counter.desk.file_all()
    keys = [filing.key for filing in counter.departments.received if filing.department == "gongan"]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_a_change_after_the_signature_stops_the_filing(counter: Counter) -> None:
    counter.ready()
    counter.desk.write("contact.phone", "19900000999")
    with pytest.raises(WindowError) as refused:
        counter.desk.file_all()
    assert refused.value.code == "desk.not_confirmed"
    assert counter.departments.received == []


def test_a_wrong_card_writes_nothing(counter: Counter, nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("card not read")
    counter.desk.open_visit()
    for code in ITEMS:
        counter.desk.pick(code)
    counter.reader.fail_once("wrong_checksum")
    counter.desk.read_card()
    assert counter.troubles == ["devices.card_checksum_wrong"]
    assert counter.desk.visit is not None
    assert not counter.desk.visit.holder
    assert len(counter.desk.visit.live_cases) == 3


def test_an_unreadable_scan_keeps_nothing_and_says_so(counter: Counter, nothing_is_whispered: Ear) -> None:
    nothing_is_whispered.expect("scan failed")
    counter.seated()
    counter.scans.mkdir(exist_ok=True, mode=0o700)
    (counter.scans / "id_card.jpg").write_bytes(b"not a picture at all" * 50)
    counter.desk.scan("id_card")
    assert counter.troubles
    assert counter.troubles[0].startswith("devices.")
    assert counter.desk.visit is not None
    assert "id_card" not in counter.desk.visit.materials


def test_the_client_that_stopped_in_the_middle_finds_its_visit_in_doubt(counter: Counter) -> None:
    counter.ready()
    counter.hold = True
    counter.desk.file_all()
    assert counter.desk.visit is not None
    number = counter.desk.visit.number
    counter.desk.visit = None  # the process is gone: nothing came home
    counter.desk.errands.clear()
    assert number in counter.desk.rooms.cabinet.open_visits()
    counter.desk.resume(number)
    assert set(codes(counter).values()) == {"unsure"}


def test_what_comes_home_late_goes_to_its_own_visit(counter: Counter) -> None:
    counter.ready()
    counter.hold = True
    counter.desk.file_all()
    assert counter.desk.visit is not None
    first = counter.desk.visit.number
    with pytest.raises(WindowError):
        counter.desk.close_visit()
    counter.desk.visit = cast("Visit | None", None)
    counter.desk.open_visit()
    counter.let_go()
    assert counter.desk.visit is not None
    assert counter.desk.visit.number != first
    assert counter.desk.visit.live_cases == ()
    assert {case.state for case in counter.desk.replayed(first).live_cases} == {"filed"}


def test_a_printer_that_is_gone_loses_no_receipt(counter: Counter) -> None:
    counter.ready()
    counter.desk.file_all()
    counter.desk.issue_voucher()
    counter.desk.print_voucher("office-3", "a4")
    assert counter.troubles == ["printing.printer_gone"]
    assert counter.desk.visit is not None
    assert counter.desk.visit.voucher is not None
    assert counter.desk.visit.voucher.copies == 0
    counter.desk.print_voucher("folder", "a4")
    assert counter.desk.visit.voucher.copies == 1


def test_a_receipt_is_issued_once_and_a_second_paper_is_marked(counter: Counter) -> None:
    counter.ready()
    counter.desk.file_all()
    counter.desk.issue_voucher()
    first = counter.desk.issued
    counter.desk.print_voucher("folder", "a4")
    counter.desk.issue_voucher()
    assert counter.desk.issued is not None
    assert first is not None
    assert counter.desk.issued.digest == first.digest
    assert counter.desk.visit is not None
    assert len(counter.desk.visit.vouchers) == 1
    counter.desk.print_voucher("folder", "a4")
    names = sorted(path.name for path in (counter.home / "printed").iterdir())
    assert len(names) == 2, names


def test_the_next_resident_sees_nothing_of_the_last(counter: Counter) -> None:
    counter.ready()
    counter.desk.close_visit()
    assert isinstance(counter.desk.scene, s.Welcome)
    shown = repr(counter.desk.scene)
    assert counter.resident.name not in shown
    counter.desk.open_visit()
    assert counter.desk.visit is not None
    assert counter.desk.visit.answers == {}
    assert counter.desk.progress == {}
    assert counter.desk.issued is None


def test_no_scene_shows_an_identity_number_or_an_account(counter: Counter) -> None:
    seen: list[s.Scene] = []
    counter.desk.observers.append(lambda: seen.append(counter.desk.scene))
    counter.ready()
    counter.desk.file_all()
    counter.desk.issue_voucher()
    counter.desk.show_rating()
    reviewed = [line.value for scene in seen if isinstance(scene, s.Review) for line in scene.lines]
    assert reviewed
    account = counter.resident.answers["bank.account"]
    assert not any(counter.resident.id_number in value or account in value for value in reviewed)
    assert counter.resident.name in reviewed
