"""What makes a catalogue right, beyond being readable: the checker rules of the trade, each finding with file and line.

The rules are those of a city's public checker for 实施清单 (service-windows.md §4.4) and the few that only show when
two pages are read together. `lint` never stops at the first fault, so that one run names everything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import resources
from window_client.casework.catalogue import item_files
from window_client.casework.catalogue_files import Dictionaries, check_page, read_dictionaries, validator
from window_client.casework.yaml_page import CatalogueWrong, Page, read_page

Place = tuple[str | int, ...]
Rule = Callable[[dict[str, Any]], Iterator[Place]]
_FIVE_STEPS = ("受理", "审核", "审批", "办结", "送达")
_LEGAL_TOPICS = frozenset(
    {"设立变更", "准营准办", "资质认证", "年检年审", "税收财务", "人力资源", "商务贸易", "投资审批"}
)
_AREA_CODE = re.compile(r"^(0\d{2,3}-\d{7,8}|0\d{2,3}-\d{5,6}|\d{5}|400-\d{3}-\d{4})$")


@dataclass(frozen=True)
class Finding:
    """`rule` is `unusable` for what keeps the page from being read at all, else a name from RULES."""

    file: Path
    line: int
    rule: str
    words: str


def lint(folder: Path, language: str = "zh") -> list[Finding]:
    """Everything wrong in a catalogue folder, by file and line; empty when there is nothing."""
    try:
        dictionaries = read_dictionaries(folder)
        files = item_files(folder)
    except CatalogueWrong as fault:
        return [_unusable(fault)]
    words, checker = resources.texts(language), validator()
    found: list[Finding] = []
    pages: list[Page] = []
    for file in files:
        try:
            page = read_page(file)
        except CatalogueWrong as fault:
            found.append(_unusable(fault))
            continue
        faults = [_unusable(fault) for fault in check_page(page, dictionaries, checker)]
        found += faults or _rule_findings(page, words)
        if not faults:
            pages.append(page)
    found += _across(pages, words)
    found += _unused(folder, dictionaries, words)
    return sorted(found, key=lambda one: (one.file.name, one.line, one.rule))


def _unusable(fault: CatalogueWrong) -> Finding:
    return Finding(fault.file, fault.line, "unusable", fault.words)


def _finding(page: Page, place: Place, rule: str, words: dict[str, str]) -> Finding:
    return Finding(page.file, page.line(place), rule, words[f"casework.lint.{rule}"])


def _rule_findings(page: Page, words: dict[str, str]) -> list[Finding]:
    return [_finding(page, place, rule, words) for rule, check in RULES.items() for place in check(page.data)]


# -- one page --------------------------------------------------------------------------------------------------------


def _when(*fields: str, wrong: Callable[[dict[str, Any]], bool]) -> Rule:
    """A rule that points at the first of `fields` when `wrong` holds."""

    def check(item: dict[str, Any]) -> Iterator[Place]:
        if wrong(item):
            yield (next((name for name in fields if name in item), fields[-1]),)

    return check


def _finish(ending: str, finish: str) -> Rule:
    """A result named …证 is finished as 出证办结, unless it is handed over at once."""
    return _when(
        "finish_type",
        wrong=lambda item: item["result_name"].endswith(ending) and item["finish_type"] not in (finish, "当场发放"),
    )


def _steps(item: dict[str, Any]) -> Iterator[Place]:
    for at, step in enumerate(item["handle_flow"]):
        if not (step.get("role") and "day" in step and step.get("material_requirement")):
            yield ("handle_flow", at)


def _permission_steps(item: dict[str, Any]) -> bool:
    named = {step["step"] for step in item["handle_flow"]}
    return item["task_type"] == "01" and not named.issuperset(_FIVE_STEPS)


def _is_immediate(item: dict[str, Any]) -> bool:
    return bool(item["promise_day"] == 0)


def _topic_fits(item: dict[str, Any]) -> bool:
    legal = _LEGAL_TOPICS.intersection(item["user_topic_type"])
    person = set(item["user_topic_type"]) - _LEGAL_TOPICS
    persons = "自然人" in item["server_type"]
    others = bool(set(item["server_type"]) - {"自然人"})
    return not (legal and not others) and not (person and not persons)


def _days(item: dict[str, Any], name: str) -> float:
    return float(item[f"{name}_day"]) * {"H": 1 / 24, "D": 1.0, "W": 1.4}[item[f"{name}_day_type"]]


RULES: dict[str, Rule] = {
    "immediate_is_immediate": _when(
        "project_type", "check_type",
        wrong=lambda i: _is_immediate(i) and (i["project_type"], i["check_type"]) != ("1", "即审即办"),
    ),
    "promised_is_promised": _when(
        "project_type", "check_type",
        wrong=lambda i: not _is_immediate(i) and (i["project_type"], i["check_type"]) != ("2", "前审后批"),
    ),
    "certificate_finish": _finish("证", "出证办结"),
    "document_finish": _finish("文", "出文办结"),
    "reply_finish": _finish("批复", "审批办结"),
    "visit_needs_reason": _when(
        "limit_scene_explain", wrong=lambda i: i["limit_scene_num"] > 0 and i["limit_scene_explain"] in ("无", "-")
    ),
    "no_visit_no_reason": _when(
        "limit_scene_explain", wrong=lambda i: i["limit_scene_num"] == 0 and i["limit_scene_explain"] != "无"
    ),
    "no_visit_needs_post": _when(
        "handle_form",
        wrong=lambda i: i["limit_scene_num"] == 0 and not i["is_online"] and "邮寄申请" not in i["handle_form"],
    ),
    "online_depth_four": _when(
        "limit_scene_num", wrong=lambda i: i["online_handle_depth"] == "Ⅳ级" and i["limit_scene_num"] != 0
    ),
    "fee_needs_basis": _when(
        "is_fee", wrong=lambda i: i["is_fee"] and not (i.get("fee_basis") and i["is_pay_online"] and i["fees"])
    ),
    "free_takes_no_payment": _when(
        "is_pay_online", wrong=lambda i: not i["is_fee"] and (i["is_pay_online"] or i["fees"])
    ),
    "two_telephones": _when("supervise_way", wrong=lambda i: i["link_way"] == i["supervise_way"]),
    "area_code": _when("link_way", wrong=lambda i: not _AREA_CODE.match(i["link_way"])),
    "supervision_area_code": _when("supervise_way", wrong=lambda i: not _AREA_CODE.match(i["supervise_way"])),
    "topic_fits_people": _when("user_topic_type", wrong=lambda i: not _topic_fits(i)),
    "permission_needs_question": _when("questions", wrong=lambda i: i["task_type"] == "01" and not i["questions"]),
    "permission_needs_steps": _when("handle_flow", wrong=_permission_steps),
    "result_needs_sample": _when(
        "result_name", wrong=lambda i: i["result_name"] != "无" and not i.get("result_sample")
    ),
    "step_is_complete": _steps,
    "promise_within_law": _when("promise_day", wrong=lambda i: _days(i, "promise") > _days(i, "anticipate")),
    "department_system_named": _when(
        "is_handle_by_dept_sys", wrong=lambda i: i["is_handle_by_dept_sys"] and not i.get("dept_sys_name")
    ),
    "ends_after_start": _when(
        "plan_cancel_date", wrong=lambda i: i.get("plan_cancel_date", "9999") <= i["plan_effective_date"]
    ),
}  # fmt: skip


# -- several pages ---------------------------------------------------------------------------------------------------


def _across(pages: Sequence[Page], words: dict[str, str]) -> Iterator[Finding]:
    for name, rule in (("task_code", "task_code_once"), ("task_name", "task_name_once")):
        first: dict[str, Page] = {}
        for page in pages:
            if page.data[name] in first:
                yield _finding(page, (name,), rule, words)
            first.setdefault(page.data[name], page)
    named: dict[str, str] = {}
    for page in pages:
        department = page.data["department"]
        if named.setdefault(department, page.data["dept_name"]) != page.data["dept_name"]:
            yield _finding(page, ("dept_name",), "department_one_name", words)


def _unused(folder: Path, dictionaries: Dictionaries, words: dict[str, str]) -> Iterator[Finding]:
    """Code tables that no element uses: most often a misspelt `codes:`."""
    used = {element.codes for element in dictionaries.elements.values()}
    for name in sorted(set(dictionaries.tables) - used):
        yield Finding(folder / "_codes" / f"{name}.yaml", 1, "table_unused", words["casework.lint.table_unused"])
