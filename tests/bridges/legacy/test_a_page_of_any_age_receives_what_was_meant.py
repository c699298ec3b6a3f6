"""Rows that move, windows that write back, late tabs, choices that post, silent saves: what arrived is judged."""

import json

import pytest

from bridges.filing import Filed, NotSent, Outcome
from tests.bridges.legacy.conftest import FAMILY, VALUES, Submit
from tests.bridges.legacy.office import Office, rows_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def filed(outcome: Outcome) -> Filed:
    assert isinstance(outcome, Filed), vars(outcome)
    assert outcome.proofs
    assert all(proof.ok for proof in outcome.proofs)
    return outcome


def refused_before_typing(outcome: Outcome, code: str) -> NotSent:
    assert isinstance(outcome, NotSent), vars(outcome)
    assert outcome.code == code, (outcome.code, outcome.detail)
    return outcome


def test_every_row_arrives_once_though_each_new_one_moves_the_others(office: Office, submit: Submit) -> None:
    outcome = filed(submit("rows"))
    [told] = office.kept("rows")
    words = {"01": "配偶", "02": "子女"}
    wanted = [(row["name"], words[row["relation"]], row["birth"]) for row in FAMILY]
    assert sorted(rows_in(told)) == sorted(wanted)
    assert told["hz"] == [VALUES["person.name"]]  # what was filled before the page was posted is still there
    assert told["dh"] == [VALUES["person.phone"]]
    assert sum(proof.element.startswith("family[") for proof in outcome.proofs) == 9


def test_a_page_that_forgets_a_cell_of_an_older_row_is_not_submitted(office: Office, submit: Submit) -> None:
    """The control: whoever looks at the row just filled only, submits rows without their dates here."""
    outcome = refused_before_typing(submit("forgetful"), "row_lost")
    assert outcome.detail["row"] == "1"
    assert office.kept("forgetful") == []


def test_windows_write_back_what_was_picked_in_them(office: Office, submit: Submit) -> None:
    filed(submit("pickers"))
    [told] = office.kept("pickers")
    assert (told["sq"], told["sqdm"], told["kn"]) == (["幸福社区"], ["SQ01"], ["困难家庭,重大疾病"])
    assert told["wg"] == ["平安街道七网格"]  # picked in a window that a window opened
    assert told["bz"][0].replace("\r\n", "\n") == VALUES["matter.notes"]


def test_a_line_the_window_does_not_offer_is_named_with_those_it_does(office: Office, submit: Submit) -> None:
    before = len(office.kept("pickers"))
    outcome = refused_before_typing(submit("pickers", matter__reasons="困难户"), "line_missing")
    assert "困难家庭" in outcome.detail["near"]
    assert len(office.kept("pickers")) == before


def test_windows_that_hold_the_page_are_answered_by_the_recipe(office: Office, submit: Submit) -> None:
    filed(submit("modal"))
    [told] = office.kept("modal")
    assert (told["qh"], told["mc"], told["sy"]) == (["990101"], ["幸福区"], ["临时救助"])


def test_tabs_built_late_values_drawn_later_cascades_and_groups(office: Office, submit: Submit) -> None:
    filed(submit("tabs"))
    [told] = office.kept("tabs")
    assert (told["zj"], told["cs"], told["xb"], told["je"]) == (
        ["99010119850307123X"],
        ["1985-03-07"],
        ["1"],
        ["3500.00"],
    )
    assert (told["s"], told["q"], told["k1"], told["k2"], told["token"]) == (["99"], ["990101"], ["1"], ["1"], ["T1"])
    assert told["sm"][0].replace("\r\n", "\n") == VALUES["matter.notes"]


def test_a_save_that_says_nothing_is_found_by_its_number_and_saved_once(office: Office, submit: Submit) -> None:
    outcome = filed(submit("silent"))
    [told] = office.kept("silent")
    assert outcome.number == told["bh"][0]
    assert (told["action"], told["xm"], told["dh"]) == (["保存"], [VALUES["person.name"]], [VALUES["person.phone"]])


@pytest.mark.parametrize("character", ["䶮", "𠮷", "㛃", "€"])
def test_a_character_the_office_cannot_store_is_refused_by_name(office: Office, submit: Submit, character: str) -> None:
    outcome = submit("coded", person__name=f"王{character}")
    told = refused_before_typing(outcome, "charset_substitute" if character == "䶮" else "charset")
    assert (told.detail["character"], told.detail["field"]) == (character, "姓名")
    assert told.detail["substitute"] == ("〓" if character == "䶮" else "")
    assert office.kept("coded") == []


def test_an_option_the_office_offers_but_cannot_store_is_refused_too(office: Office, submit: Submit) -> None:
    told = refused_before_typing(submit("coded", person__family="䶮姓"), "charset_substitute")
    assert told.detail["field"] == "姓氏"
    assert office.kept("coded") == []


def test_too_long_in_characters_and_in_bytes_is_said_before_typing(office: Office, submit: Submit) -> None:
    told = refused_before_typing(submit("coded", person__name="王示例很长"), "too_long")
    assert (told.detail["limit"], told.detail["length"]) == ("4", "5")
    told = refused_before_typing(submit("coded", person__address="幸福路一百二十八号三单元"), "too_many_bytes")
    assert (told.detail["limit"], told.detail["length"]) == ("20", "24")
    assert office.kept("coded") == []
    filed(submit("coded", matter__notes="演示数据"))
    [kept] = office.kept("coded")
    assert (kept["xm"], kept["xs"]) == ([VALUES["person.name"]], ["wang"])


def test_frames_within_frames_and_of_another_origin(office: Office, submit: Submit) -> None:
    filed(submit("frames"))
    [told] = office.kept("inner")
    assert (told["xm"], told["sx"]) == ([VALUES["person.name"]], [f"{VALUES['person.name']}的申请（3500元）"])


def test_a_window_to_work_in_rows_by_dialog_printed_rows_and_rich_text(office: Office, submit: Submit) -> None:
    outcome = filed(submit("desk"))
    [told] = office.kept("desk")
    assert json.loads(told["cy"][0]) == [[row["name"], row["relation"]] for row in FAMILY]
    assert (told["kh1"], told["zh1"], told["kh2"]) == (["示例农商银行"], ["6200009900001234567"], [""])
    assert told["zw"][0].replace("\r\n", "\n") == VALUES["matter.notes"]
    assert told["xm"] == [VALUES["person.name"]]
    assert outcome.number.startswith("LG-")


def test_more_rows_than_a_page_has_and_nothing_that_adds_one_is_said(office: Office, submit: Submit) -> None:
    before = len(office.kept("desk"))
    three = tuple({"bank": f"示例银行{n}", "number": f"62000099000012345{n}"} for n in range(3))
    outcome = refused_before_typing(submit("desk", accounts=three), "too_few_rows")
    assert outcome.detail["count"] == "3"
    assert len(office.kept("desk")) == before
