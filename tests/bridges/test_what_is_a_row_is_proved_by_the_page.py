"""Which rows of a recorded table are a list: proved by what came of a click, never by the words on the button."""

from typing import Any

from bridges.draft_fields import Samples
from bridges.draft_rows import Rows, rows_of
from bridges.draft_tables import moments_of
from bridges.recording import Act, Page, Recording

HEADS = ("姓名", "关系")


def box(n: int, text: str) -> dict[str, Any]:
    return {"n": n, "label": HEADS[n % 2], "labels": [HEADS[n % 2]], "type": "text", "kit": "plain", "name": f"b{n}",
            "id": "", "section": "", "required": True, "readonly": False, "secret": False, "text": text, "code": text,
            "options": None, "hands": 0}  # fmt: skip


class Table:
    """A page with one table, told moment by moment: the texts of its rows, and the click that came next."""

    def __init__(self) -> None:
        self._page, self._acts = Page("p", "", "http://127.0.0.1/", True), list[Act]()

    def shows(self, *rows: tuple[str, str], shape: str = "boxes", may_add: str = "") -> "Table":
        page = self._page
        page.now = {2 * r + c: box(2 * r + c, text) for r, row in enumerate(rows) for c, text in enumerate(row)}
        for n, one in page.now.items():
            page.first.setdefault(n, one)
        page.tables = [{
            "key": "family", "section": "家庭成员", "address": {}, "shape": shape, "may_add": may_add,
            "columns": [{"header": one} for one in HEADS],
            "rows": [{"id": r, "cells": [2 * r, 2 * r + 1]} for r in range(len(rows))],
        }]  # fmt: skip
        return self

    def click(self, words: str) -> "Table":
        what = {"words": words, "css": "", "sure": True, "lettered": True, "unique": True, "layer": False,
                "adds": {"family": {"text": words}}}  # fmt: skip
        act = Act("click", "p", "", what, {"p": dict(self._page.now)}, {}, {"p": self._page.tables})
        self._acts.append(act)
        return self

    def told(self) -> tuple[Rows, Samples]:
        samples = Samples()
        recording = Recording("http://127.0.0.1/", self._acts, {"p": self._page}, [], 0)
        return rows_of(recording, moments_of(recording), samples), samples


def table_of(told: Rows) -> dict[str, Any]:
    [step] = told.steps.values()
    found: dict[str, Any] = step["table"]
    return found


def test_rows_that_came_empty_after_a_click_are_a_list_whatever_the_button_says() -> None:
    told, samples = (
        Table().shows(("", "")).shows(("演示甲", "妻")).click("继续").shows(("演示甲", "妻"), ("", ""))
        .shows(("演示甲", "妻"), ("演示乙", "子")).click("提交").told()
    )  # fmt: skip
    assert table_of(told)["add"] == "继续"
    assert [list(row.values()) for row in samples.tables["jia_ting_cheng_yuan"]] == [["演示甲", "妻"], ["演示乙", "子"]]


def test_rows_that_came_filled_are_what_was_found_and_no_list() -> None:
    """The control: whoever counts rows only takes a query for the button that adds them."""
    told, samples = Table().shows(("甲", "妻")).click("增加").shows(("甲", "妻"), ("乙", "子")).click("提交").told()
    assert (told.steps, samples.tables) == ({}, {})


def test_rows_that_stood_there_before_are_kept_and_not_filled() -> None:
    told, samples = (
        Table().shows(("户主", "本人")).click("增加").shows(("户主", "本人"), ("", ""))
        .shows(("户主", "本人"), ("演示乙", "子")).click("提交").told()
    )  # fmt: skip
    assert table_of(told)["others"] == "keep"
    assert len(samples.tables["jia_ting_cheng_yuan"]) == 1


def test_a_page_that_clears_itself_when_it_is_sent_takes_no_row_away() -> None:
    table = Table().shows(("", "")).shows(("演示甲", "妻")).click("增加").shows(("演示甲", "妻"), ("", ""))
    told, samples = table.shows(("演示甲", "妻"), ("演示乙", "子")).click("提交").shows(("", "")).told()
    assert len(samples.tables["jia_ting_cheng_yuan"]) == 2
    assert told.dropped == set()


def test_printed_rows_are_a_list_when_two_are_filled_and_a_question_when_it_is_one() -> None:
    empty = (("", ""), ("", ""), ("", ""))
    two = (("演示甲", "妻"), ("演示乙", "子"), ("", ""))
    told, _ = Table().shows(*empty).click("看").shows(*two).click("提交").told()
    assert "add" not in table_of(told)
    told, samples = Table().shows(*empty).click("看").shows(("演示甲", "妻"), *empty[1:]).click("提交").told()
    assert (told.steps, samples.tables) == ({}, {})
    assert [code for code, _ in told.notes] == ["rows_once_printed"]
    told, _ = (
        Table().shows(("", ""), may_add="增加").click("看").shows(("甲", "妻"), may_add="增加").click("提交").told()
    )
    assert told.notes == [("rows_once", {"table": "姓名、关系", "add": "增加"})]
